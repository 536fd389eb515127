import { expect, test } from 'vitest'
import { granted, grantOf, numbersOf, opened } from '../support/opening.ts'
import { signedIn } from '../support/people.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

/** A grant over so many patents of one holder, to a university. */
async function certified(registry: LocalRegistry, count: number) {
  const { holder, officer, patents } = await opened(registry, 'RPC-OPEN-1.0', { count })
  const institution = await registry.organisation()
  const client = await registry.member(institution.id)
  const issued = await granted(client, grantOf(numbersOf(patents), ['RPC-OPEN-1.0']))
  return { holder, officer, institution, client, issued, patents }
}

const page = async (registry: LocalRegistry, number: string, lang = 'en') =>
  registry.anonymous.get(`/${lang}/g/${number}`)

test('the certificate says what is permitted, under which words, and where the log has it', async () => {
  const registry = await openLocalRegistry()
  const { issued, holder, patents } = await certified(registry, 2)
  for (const lang of ['ja', 'en'] as const) {
    const { status, text, headers } = await page(registry, issued.number, lang)
    expect([status, headers.get('Content-Language')]).toEqual([200, lang])
    for (const part of [issued.number, holder.name[lang], ...numbersOf(patents), 'RPC-OPEN-1.0'])
      expect(text).toContain(part)
    expect(text).toContain('d3547b73bf9d84e62c0f29ddca8040dbb780d2cee88edf69ba0b6982ecfac411')
    expect(text).toContain(lang === 'ja' ? '有効' : 'Valid')
    expect(text).toContain(`/v1/grants/${issued.id}.tlog-proof`)
  }
})

test('the root on the certificate is that of the proof that it links to', async () => {
  const registry = await openLocalRegistry()
  const { issued } = await certified(registry, 1)
  const { text } = await page(registry, issued.number)
  const proof = await registry.anonymous.get(`/v1/grants/${issued.id}.tlog-proof`)
  const [, size = '', root = ''] = /\n(\d+)\n([A-Za-z0-9+/]{43}=)\n/.exec(proof.text) ?? []
  expect(text).toContain(`<code>${root.replaceAll('+', '+')}</code>`)
  expect(text).toContain(`Root of the tree of ${size} entries`)
})

test('whose grant it is nobody reads but the grantee’s institution and a steward', async () => {
  const registry = await openLocalRegistry()
  const { issued, institution, client, officer } = await certified(registry, 1)
  const stranger = await registry.member((await registry.organisation()).id)
  const blind = await registry.member(institution.id, { scopes: ['grants:issue'] })
  for (const caller of [registry.anonymous, officer, stranger, blind]) {
    const { text } = await caller.get(`/en/g/${issued.number}`)
    expect(text).not.toContain('入会 花子')
    expect(text).toContain('The name is in the grant that the grantee holds')
    expect(text).not.toContain(`/g/${issued.number}.jwt`)
    expect((await caller.get(`/g/${issued.number}.jwt`)).status).toBe(404)
  }
  for (const caller of [client, registry.steward]) {
    const { text } = await caller.get(`/en/g/${issued.number}`)
    expect(text).toContain('入会 花子')
    expect(text).toContain(`/g/${issued.number}.jwt`)
    const file = await caller.get(`/g/${issued.number}.jwt`)
    expect([file.text, file.headers.get('Content-Type')]).toEqual([issued.token, 'application/jwt'])
    expect(file.headers.get('Content-Disposition')).toBe(`attachment; filename="${issued.number}.jwt"`)
  }
})

test('a person sees whose grant it is while acting for the institution that asked for it', async () => {
  const registry = await openLocalRegistry()
  const { issued, institution, holder } = await certified(registry, 1)
  const member = await signedIn(registry, { name: '担当 一郎', memberOf: institution.id })
  expect((await member.get(`/ja/g/${issued.number}`)).text).toContain('入会 花子')
  expect((await member.get(`/g/${issued.number}.jwt`)).text).toBe(issued.token)
  const others = [
    await signedIn(registry, { name: '担当 二郎', memberOf: holder.id }),
    await signedIn(registry, { name: '担当 三郎', memberOf: institution.id, actingFor: null }),
    await signedIn(registry, { name: '入会 花子', orcid: 'https://orcid.org/0000-0002-1825-0097' }),
  ]
  for (const other of others) {
    expect((await other.get(`/ja/g/${issued.number}`)).text).toContain('名前は本人が持つ許諾証に記載されています')
    expect((await other.get(`/g/${issued.number}.jwt`)).status).toBe(404)
  }
})

test('a patent that has run out since is marked as not needing the grant, with its date', async () => {
  const registry = await openLocalRegistry()
  const { issued, officer, patents } = await certified(registry, 1)
  const path = `/v1/patents/${numbersOf(patents)[0]}`
  const { headers } = await officer.get(path)
  const status = { value: 'lapsed', on: '2026-11-20', source: 'J-PlatPat', seenOn: '2026-11-21' }
  const changed = await officer.patch(path, { status }, { 'If-Match': headers.get('ETag') ?? '' })
  expect(changed.status, changed.text).toBe(200)
  const { text } = await page(registry, issued.number)
  expect(text).toMatch(/class="mark not_needed">[^<]+<\/span> *Lapsed *\(20 November 2026\)/)
})

test('a long list has its first patents on the page and all of them in an annex', async () => {
  const registry = await openLocalRegistry()
  const { issued, patents } = await certified(registry, 11)
  const { text } = await page(registry, issued.number)
  expect(text).toContain('The first 8 of 11')
  const [first = '', annex = ''] = text.split('id="annex"')
  const last = numbersOf(patents).at(-1) ?? ''
  expect([first.includes(`>${last}<`), annex.includes(`>${last}<`)]).toEqual([false, true])
  expect(annex.match(/class="num"><a /g)).toHaveLength(11)
})

test('a revoked grant says so at the top, with the reason in its history', async () => {
  const registry = await openLocalRegistry()
  const { issued, client } = await certified(registry, 1)
  await client.post(`/v1/grants/${issued.id}/revocation`, { reason: 'issued_in_error' })
  const { text } = await page(registry, issued.number)
  const [top = ''] = text.split('<dl')
  expect(top).toContain('Revoked')
  expect(top).not.toContain('Valid')
  expect(text).toContain('Issued in error')
})

test('the statement to paste is there in both languages, whole and without markup', async () => {
  const registry = await openLocalRegistry()
  const { issued, patents } = await certified(registry, 7)
  const { text } = await page(registry, issued.number)
  const statements = [...text.matchAll(/<p lang="(ja|en)" class="pick statement">([^<]+)<\/p>/g)]
  expect(statements.map(([, lang]) => lang)).toEqual(['ja', 'en'])
  for (const [, , statement = ''] of statements) {
    expect(statement).toContain(issued.number)
    expect(statement).toContain(`${registry.url}/g/${issued.number}`)
    expect(statement).toContain(numbersOf(patents)[4])
    expect(statement).not.toMatch(/[{}]/)
  }
  expect(statements[1]?.[2]).toContain('and 2 more')
})

test('the QR code and the mark come with the page: nothing is fetched, no style stands in the markup', async () => {
  const registry = await openLocalRegistry()
  const { issued } = await certified(registry, 1)
  const { text } = await page(registry, issued.number)
  expect(text.match(/<svg /g)).toHaveLength(2)
  expect(text).not.toContain(' style="')
  expect(text).not.toContain('<img')
})

test('a number that no grant has is answered with a page', async () => {
  const registry = await openLocalRegistry()
  for (const path of ['/ja/g/0000000000', '/g/0000000000.jwt', `/en/g/${'0'.repeat(500)}`]) {
    const { status, headers } = await registry.anonymous.get(path)
    expect([status, headers.get('Content-Type')]).toEqual([404, 'text/html; charset=UTF-8'])
  }
})
