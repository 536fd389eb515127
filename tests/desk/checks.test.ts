import { expect, test } from 'vitest'
import { savedChecksMax } from '../../src/people/saved-checks.ts'
import { dumpState } from '../support/check-registry.ts'
import { fillCommons } from '../support/commons.ts'
import { ok } from '../support/inventors.ts'
import { type SignedIn, signedIn } from '../support/people.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

const question = { purpose: 'basic_research', mode: 'with', beneficiary: 'university' }
const list = '/ja/me/checks'

async function openDesk() {
  const registry = await openLocalRegistry({ providers: [provider] })
  const commons = await fillCommons(registry)
  const [hanako, other] = [await signedIn(registry, { name: '入会 花子' }), await signedIn(registry, { name: '二' })]
  return { registry, commons, hanako, other }
}

async function saved(person: SignedIn, numbers: string, name = '固体電解質'): Promise<string> {
  const answer = await person.submit(list, { ...question, numbers, name })
  expect([answer.status, answer.headers.get('Location')], answer.text).toEqual([303, list])
  const { text } = await person.get(list)
  return new RegExp(`href="(${list}/[^"]{1,100})">${name}<`).exec(text)?.[1] ?? ''
}

test('a check is kept once it is saved, run again when it is opened, and gone when it is deleted', async () => {
  const { registry, commons, hanako } = await openDesk()
  expect((await hanako.get(list)).text).toContain('保存した照会はまだありません')
  const asked = new URLSearchParams({ ...question, numbers: `${commons.open}\n${commons.closed}`, on: '2026-11-01' })
  const page = await hanako.get(`/ja/check?${asked}`)
  const [form = ''] = /<form[^>]*action="\/ja\/me\/checks".*?<\/form>/s.exec(page.text) ?? []
  const fields = Object.fromEntries(
    [...form.matchAll(/name="([a-z]{1,20})" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  )
  expect(fields).toMatchObject({ ...question, csrf: hanako.csrf, on: '2026-11-01' })
  for (let i = 0; i < 2; i++)
    expect((await hanako.submit(list, { ...fields, name: '固体電解質' })).headers.get('Location')).toBe(list)
  const { text } = await hanako.get(list)
  expect(text.match(/<td class="num">2<\/td>/g), 'saved twice, kept once').toHaveLength(1)
  expect((await hanako.get('/en/me')).text).toContain('href="/en/me/checks"')
  const address = /href="(\/ja\/me\/checks\/[^"]{1,100})"/.exec(text)?.[1] ?? ''
  const before = await hanako.get(address)
  expect(cards(before.text)).toEqual(['ask', 'allowed'])
  expect(before.text, 'the answers are those of today').toContain('<input id="on" name="on" type="date" value=""')
  await suspendHolders(registry)
  expect(cards((await hanako.get(address)).text), 'and of what is the case when it is opened').not.toContain('allowed')
  const id = address.slice(address.lastIndexOf('/') + 1)
  expect((await hanako.submit(`${list}/delete`, { check: id })).headers.get('Location')).toBe(list)
  expect((await hanako.get(address)).status).toBe(404)
  expect((await hanako.get(list)).text).toContain('保存した照会はまだありません')
  expect((await hanako.submit(`${list}/delete`, { check: id })).status).toBe(303)
})

test('a list too long for an address is saved and opened like any other, named after its first number', async () => {
  const { hanako } = await openDesk()
  const numbers = Array.from({ length: 1000 }, (_, i) => `JP-${3_000_001 + i}-B2`)
  await saved(hanako, numbers.join('\r\n'), '')
  const { text } = await hanako.get(list)
  expect(text).toContain('<td class="num">1,000</td>')
  const path = /href="(\/ja\/me\/checks\/[^"]{1,100})">JP-3000001-B2</.exec(text)?.[1] ?? ''
  const opened = (await hanako.get(path)).text
  expect([opened.match(/<tr>/g)?.length, opened.includes('1,000')]).toEqual([51, true])
  for (const wrong of ['', 'JP-3000001-B2\n'.repeat(1001)])
    expect((await hanako.submit(list, { ...question, numbers: wrong })).status).toBe(422)
  expect((await hanako.submit(list, { numbers: 'JP-3000001-B2', purpose: 'anything' })).status).toBe(422)
})

test('another person neither opens, sees nor deletes a saved check, and nobody without signing in', async () => {
  const { registry, commons, hanako, other } = await openDesk()
  const address = await saved(hanako, commons.open)
  const id = address.slice(address.lastIndexOf('/') + 1)
  expect((await other.get(address)).status).toBe(404)
  expect((await other.get(list)).text).not.toContain('固体電解質')
  await other.submit(`${list}/delete`, { check: id })
  expect((await hanako.get(address)).status).toBe(200)
  for (const path of [list, address]) {
    const asked = await registry.anonymous.get(path)
    expect([asked.status, asked.headers.get('Location')]).toEqual([
      303,
      `/ja/sign-in?return=${encodeURIComponent(path)}`,
    ])
  }
})

test('only a person who is signed in is offered to save, and a form without the token saves and deletes nothing', async () => {
  const { registry, commons, hanako, other } = await openDesk()
  const address = await saved(hanako, commons.open)
  const asked = `/ja/check?${new URLSearchParams({ ...question, numbers: commons.open })}`
  expect((await hanako.get(asked)).text).toContain('action="/ja/me/checks"')
  expect((await registry.anonymous.get(asked)).text).not.toContain('/me/checks')
  const before = await dumpState(registry)
  for (const csrf of ['', other.csrf]) {
    const fields = { ...question, numbers: commons.open, name: '別の照会', csrf }
    expect((await hanako.submit(list, fields)).status).toBe(403)
    const check = address.slice(address.lastIndexOf('/') + 1)
    expect((await hanako.submit(`${list}/delete`, { check, csrf })).status).toBe(403)
  }
  expect(await dumpState(registry)).toBe(before)
})

test('a person keeps up to the limit, is told so, and can go on after deleting one', async () => {
  const { registry, hanako, other } = await openDesk()
  await saved(hanako, 'JP-3000001-B2')
  const insert = (i: number) => ({
    sql: "insert into saved_checks values (?, ?, ?, 'JP-3000001-B2', '{}', '2026-11-01T00:00:00.000Z')",
    args: [`filled-${i}`, hanako.person.id, `${i}`],
  })
  await registry.db.write(Array.from({ length: savedChecksMax - 1 }, (_, i) => insert(i)))
  const one = { ...question, numbers: 'JP-3000002-B2', name: 'もう一つ' }
  const refused = await hanako.submit(list, one)
  expect([refused.status, refused.text.includes(`${savedChecksMax}件まで`)]).toEqual([422, true])
  expect((await hanako.get(list)).text).not.toContain('もう一つ')
  await saved(hanako, 'JP-3000001-B2')
  await saved(other, 'JP-3000001-B2')
  await hanako.submit(`${list}/delete`, { check: 'filled-0' })
  await saved(hanako, one.numbers, one.name)
})

test('saved checks are in the export, and erased with the person', async () => {
  const { registry, commons, hanako, other } = await openDesk()
  await saved(hanako, commons.open, '秘密の照会')
  await saved(other, commons.open, '他人の照会')
  const { savedChecks } = JSON.parse((await hanako.get('/v1/me/export')).text)
  expect(savedChecks).toMatchObject([{ name: '秘密の照会', numbers: [commons.open], question }])
  expect((await hanako.post('/v1/me/erasure', { confirm: 'erase everything' })).status).toBe(204)
  const state = await dumpState(registry)
  expect([state.includes('秘密の照会'), state.includes('他人の照会')]).toEqual([false, true])
})

async function suspendHolders(registry: LocalRegistry): Promise<void> {
  const rows = await registry.db.read.rows("select id from organisations where state = 'approved'", [])
  for (const [id] of rows)
    ok(
      await registry.steward.post(`/v1/organisations/${String(id)}/approval`, { state: 'suspended', reason: 'Asked.' }),
    )
}

function cards(text: string): (string | undefined)[] {
  return [...text.matchAll(/<article class="card ([a-z_]{1,20})"/g)].map(([, verdict]) => verdict)
}

const provider = {
  id: 'orcid',
  name: { ja: 'ORCID', en: 'ORCID' },
  issuer: 'https://orcid.invalid',
  clientId: 'APP-1',
  clientSecret: 'a secret of the client',
  scopes: ['openid'],
  tokenEndpointAuthMethod: 'client_secret_post' as const,
  kind: 'orcid' as const,
  claims: {},
}
