import { expect, test } from 'vitest'
import { fillCommons } from '../support/commons.ts'
import { openLocalRegistry } from '../support/registry.ts'

const use = 'purpose=basic_research&mode=with&beneficiary=university'

function post(form: Record<string, string>) {
  return {
    body: new URLSearchParams(form).toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  }
}

test('one number has its word, its sentence, the clause, the status with its source, and the next step', async () => {
  const registry = await openLocalRegistry()
  const { open } = await fillCommons(registry)
  const { text } = await registry.anonymous.get(`/ja/check?numbers=${open}&${use}`)
  expect(text).toContain('<span class="mark allowed">使えます</span>')
  expect(text).toContain('RPC-OPEN-1.0 で開放しています（第3条2項）')
  expect(text).toContain('href="/ja/terms/RPC-OPEN-1.0#c-3-2"')
  expect(text).toMatch(/出典: J-PlatPat, 確認日 <time>2026年11月1日<\/time>/)
  expect(text).toContain('次にすること')
  expect(text).toContain('特許法第69条')
  expect(text).toContain(`/v1/check?number=${open}&amp;purpose=basic_research`)
})

test('a list is shown worst first, with its counts', async () => {
  const registry = await openLocalRegistry()
  const { open, closed } = await fillCommons(registry)
  const { text } = await registry.anonymous.get(`/en/check?numbers=${[open, 'nonsense', closed].join('%0A')}&${use}`)
  const cards = [...text.matchAll(/<article class="card ([a-z_]{1,20})"/g)].map(([, verdict]) => verdict)
  expect(cards).toEqual(['ask', 'unrecognised', 'allowed'])
})

test('an ambiguous number leads to each of its readings', async () => {
  const { anonymous } = await openLocalRegistry()
  const { text } = await anonymous.get(`/ja/check?numbers=JPH10-123456&${use}`)
  const links = [...text.matchAll(/href="(\/ja\/check\?numbers=[^"]{1,300})"/g)].map(
    ([, href]) => href?.replaceAll('&amp;', '&') ?? '',
  )
  expect(links.length).toBeGreaterThan(1)
  for (const link of links) expect((await anonymous.get(link)).text).toContain('class="card not_enrolled"')
})

test('what is not answered stays unknown, and what cannot be read is never answered', async () => {
  const registry = await openLocalRegistry()
  const { open } = await fillCommons(registry)
  const partial = await registry.anonymous.get(`/ja/check?numbers=${open}&purpose=basic_research&mode=&beneficiary=`)
  expect(partial.text).toContain('class="card ask"')
  for (const [name, wrong] of Object.entries({
    purpose: 'anything',
    on: '2026-13-45',
    country: 'Japan',
    mode: 'under',
  })) {
    const asked = new URLSearchParams({ numbers: open, purpose: 'basic_research', mode: 'on', [name]: wrong })
    const refused = await registry.anonymous.get(`/ja/check?${asked}`)
    expect([refused.status, refused.text.includes('<article')], name).toEqual([422, false])
  }
})

test('a short form is answered at an address that can be kept, a long one in place', async () => {
  const { anonymous } = await openLocalRegistry()
  const short = await anonymous.send(
    'POST',
    '/ja/check',
    post({ numbers: '特許第3333333号', purpose: 'education', mode: '' }),
  )
  expect([short.status, short.headers.get('Location')]).toEqual([
    303,
    `/ja/check?${new URLSearchParams({ numbers: '特許第3333333号', purpose: 'education' })}`,
  ])
  const numbers = Array.from({ length: 1000 }, (_, i) => `JP-${3_000_001 + i}-B2`)
  const long = await anonymous.send('POST', '/ja/check', post({ numbers: numbers.join('\n') }))
  expect([long.status, (long.text.match(/<tr>/g) ?? []).length]).toEqual([200, 1001])
  const tooLong = await anonymous.send('POST', '/ja/check', post({ numbers: [...numbers, 'JP-4000001-B2'].join('\n') }))
  expect([tooLong.status, tooLong.text.includes('1,001件')]).toEqual([413, true])
})
