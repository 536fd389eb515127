import { expect, test } from 'vitest'
import { fillCommons } from '../support/commons.ts'
import { numbersOf, opened, research } from '../support/opening.ts'
import { signedIn } from '../support/people.ts'
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
  expect([long.status, (long.text.match(/<tr>/g) ?? []).length]).toEqual([200, 51])
  const tooLong = await anonymous.send('POST', '/ja/check', post({ numbers: [...numbers, 'JP-4000001-B2'].join('\n') }))
  expect([tooLong.status, tooLong.text.includes('1,001件')]).toEqual([413, true])
})

test('what is allowed today leads to one grant for all of it, as long as an address can carry it', async () => {
  const registry = await openLocalRegistry()
  const { open, academic, closed } = await fillCommons(registry)
  const person = await signedIn(registry, { name: '入会 花子' })
  const numbers = [open, closed, academic, open].join('\n')
  const asked = new URLSearchParams({ numbers, purpose: 'basic_research', mode: 'with', beneficiary: 'university' })
  const { text } = await person.get(`/ja/check?${asked}`)
  const [, address = '', words] = /<a class="button" href="([^"]+)">([^<]+)<\/a>/.exec(text) ?? []
  expect(words).toBe('使える 2 件で許諾証を受ける')
  const [path, query] = address.replaceAll('&amp;', '&').split('?')
  expect(path).toBe('/ja/me/grants/new')
  const carried = new URLSearchParams(query)
  expect(carried.get('numbers')?.split('\n').sort()).toEqual([open, academic].sort())
  expect([carried.get('purpose'), carried.get('mode')]).toEqual(['basic_research', 'with'])
  expect((await person.get(`${path}?${query}`)).text).toContain('terms-RPC-ACADEMIC-1.0')
  for (const other of [`numbers=${closed}&${use}`, `${asked}&on=2026-11-01`, `numbers=${open}&purpose=&mode=`])
    expect((await person.get(`/ja/check?${other}`)).text, other).not.toContain('/me/grants/new')
  expect((await registry.anonymous.get(`/ja/check?${asked}`)).text, 'nobody can sign in here').not.toContain('/me/')
})

test('more that is allowed than an address can carry is said in words', async () => {
  const registry = await openLocalRegistry()
  const { patents } = await opened(registry, 'RPC-OPEN-1.0', { count: 160 })
  const person = await signedIn(registry, { name: '入会 花子' })
  const shown = async (count: number) => {
    const numbers = [...numbersOf(patents).slice(0, count), ...Array.from({ length: 130 }, () => 'x'.repeat(20))]
    return (await person.submit('/en/check', { numbers: numbers.join('\n'), ...research })).text
  }
  const [, address = ''] = /href="([^"]*\/me\/grants\/new[^"]*)"/.exec(await shown(100)) ?? []
  expect(address.replaceAll('&amp;', '&').length).toBeLessThan(2000)
  expect(new URLSearchParams(address.split('?')[1]).get('numbers')?.split('\n')).toHaveLength(100)
  const long = await shown(160)
  expect(long.includes('160 are allowed: more than a link can carry')).toBe(true)
  expect(long.includes('/me/grants/new')).toBe(false)
})
