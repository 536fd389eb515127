import { expect, test } from 'vitest'
import { z } from 'zod'
import { fillCommons } from '../support/commons.ts'
import { openLocalRegistry } from '../support/registry.ts'

const linked = (html: string) =>
  [...html.matchAll(/href="(\/(?:ja|en)\/[^"]+)"/g)].map(([, href]) => (href ?? '').replaceAll('&amp;', '&'))

test('every link within a picture leads somewhere, and a list has as many patents as the picture says', {
  timeout: 60_000,
}, async () => {
  const registry = await openLocalRegistry()
  await fillCommons(registry)
  for (const path of [
    '/ja/map',
    '/en/map?picture=heat',
    '/ja/map?picture=years',
    '/ja/map?picture=bubbles',
    '/ja/map?picture=lines',
    '/ja/fields',
    '/ja/fields/1',
    '/ja/ipc/H01M',
    '/en/white-spots?by=subclass',
  ]) {
    const page = await registry.anonymous.get(path)
    expect([path, page.status]).toEqual([path, 200])
    const [, picture = ''] = /<svg class="pic[^>]*>([\s\S]*?)<\/svg>/.exec(page.text) ?? []
    for (const href of new Set(linked(picture)))
      expect([href, (await registry.anonymous.get(href)).status]).toEqual([href, 200])
    for (const [, href = '', patents = ''] of picture.matchAll(/href="([^"]+)"><title>[^<]*: (\d+) \(/g)) {
      if (!href.includes('/patents?')) continue
      const query = href.replaceAll('&amp;', '&').split('?')[1]
      const list = await registry.anonymous.get(`/v1/patents?${query}&limit=100`)
      expect([href, list.as(z.looseObject({ items: z.array(z.unknown()) })).items.length]).toEqual([
        href,
        Number(patents),
      ])
    }
  }
})

test.each([
  'picture=pie',
  'field=99',
  'ipc=%3Cscript%3E',
  'filed_from=then',
  'count=half',
  'open=maybe',
  'terms=x',
  'office=%27%27',
])('a page refuses %s, naming it, and shows nothing of it as markup', async (query) => {
  const { anonymous } = await openLocalRegistry()
  const page = await anonymous.get(`/ja/map?${query}`)
  expect(page.status).toBe(400)
  expect(page.text).toContain(`<code>?${query.split('=')[0]}</code>`)
  expect(page.text).not.toContain('<script')
})

test('an empty registry says so on every page, and where to begin', async () => {
  const { anonymous } = await openLocalRegistry()
  for (const path of ['/map', '/fields', '/white-spots', '/fields/1', '/ipc/H01M10']) {
    const page = await anonymous.get(`/en${path}`)
    expect([path, page.status]).toEqual([path, 200])
    expect(page.text, path).toContain('Nothing to count')
  }
  for (const path of ['/fields/0', '/fields/36', '/fields/x', '/ipc/I01', '/ipc/H01M10%2F05'])
    expect([path, (await anonymous.get(`/en${path}`)).status]).toEqual([path, 404])
})

test('a field of the form that is left empty is no filter, and a symbol may be written small', async () => {
  const registry = await openLocalRegistry()
  await fillCommons(registry)
  const all =
    '/ja/map?picture=heat&field=&holder=&open=&filed_from=&filed_to=&ipc=h01m&kind=&terms=&status=&office=jp&count=whole'
  const page = await registry.anonymous.get(all)
  expect(page.status).toBe(200)
  expect(page.text).toContain('H01M 電池・燃料電池')
})

test('a list of numbers becomes a picture at an address: what one grant covers, whom to ask', async () => {
  const registry = await openLocalRegistry()
  const commons = await fillCommons(registry)
  const numbers = ['特許第5985120号', commons.closed, commons.waiting, 'JP-9999999-B2', 'no number'].join('\n')
  const sent = await registry.anonymous.send('POST', '/ja/thicket', {
    body: new URLSearchParams({ numbers }).toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  })
  expect(sent.status).toBe(303)
  const address = sent.headers.get('Location') ?? ''
  expect(address).toMatch(/^\/ja\/thicket\?numbers=JP-5985120%2C/)
  const page = await registry.anonymous.get(address)
  expect(page.text).toContain('一枚の許諾証で1件')
  expect(page.text).toContain('入会電池株式会社')
  expect(page.text).toContain(`/ja/me/grants/new?numbers=${commons.open}&amp;`)
  expect(page.text).toContain(`/ja/patents/${commons.closed}`)
})

test('more numbers than a picture takes are refused, and hostile text stays text', async () => {
  const { anonymous } = await openLocalRegistry()
  const many = Array.from({ length: 201 }, (_, i) => `JP-${3_000_001 + i}-B2`).join(',')
  expect((await anonymous.get(`/en/thicket?numbers=${many}`)).status).toBe(413)
  const hostile = await anonymous.get(
    `/en/thicket?numbers=${encodeURIComponent('</textarea><script>alert(1)</script>"><img src=x>')}`,
  )
  expect(hostile.status).toBe(200)
  expect(hostile.text).not.toMatch(/<script|<img/)
  const empty = await anonymous.get('/en/thicket')
  expect(empty.text).toContain('Enter some numbers')
})

test('the check of a list leads to its picture', async () => {
  const registry = await openLocalRegistry()
  const commons = await fillCommons(registry)
  const page = await registry.anonymous.get(
    `/ja/check?numbers=${commons.open},${commons.closed}&purpose=basic_research&mode=with&beneficiary=university`,
  )
  const href = linked(page.text).find((one) => one.includes('/thicket?'))
  expect(href).toBeDefined()
  expect((await registry.anonymous.get(href ?? '')).status).toBe(200)
})

test('a picture can be taken along: its addresses answer', async () => {
  const registry = await openLocalRegistry()
  await fillCommons(registry)
  for (const path of ['/ja/map?picture=years&field=1', '/ja/fields', '/ja/white-spots?by=subclass', '/ja/fields/1']) {
    const page = await registry.anonymous.get(path)
    const addresses = [...page.text.matchAll(/href="(\/v1\/map\?[^"]+)"/g)].map(([, href]) =>
      (href ?? '').replaceAll('&amp;', '&'),
    )
    if (path !== '/ja/white-spots?by=subclass') expect(addresses.length, path).toBeGreaterThan(2)
    for (const address of addresses)
      expect([address, (await registry.anonymous.get(address)).status]).toEqual([address, 200])
  }
})
