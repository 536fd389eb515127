import { expect, test } from 'vitest'
import { fingerprint } from '../../policies/fingerprint.ts'
import { catalogue, pinnedFingerprints } from '../../policies/terms.ts'
import { sha256Hex } from '../../src/log/canonical.ts'
import { termsAnswer, termsList } from '../../src/terms/terms.ts'
import { openLocalRegistry } from '../support/registry.ts'

test('the bytes of every published document hash to its fingerprint', async () => {
  const { anonymous } = await openLocalRegistry()
  for (const [id, sha256] of Object.entries(pinnedFingerprints)) {
    const answer = await anonymous.get(`/v1/terms/${id}/document`)
    expect(answer.headers.get('Content-Type')).toBe('application/json')
    expect(await sha256Hex(answer.text)).toBe(sha256)
    expect(await fingerprint(JSON.parse(answer.text))).toBe(sha256)
  }
})

test('terms are listed, and each has its machine part, deed and clauses', async () => {
  const { anonymous, url } = await openLocalRegistry()
  const { items } = (await anonymous.get('/v1/terms')).as(termsList)
  expect(items.map(({ id }) => id)).toEqual([...catalogue.keys()])
  for (const { id, sha256 } of items) {
    const terms = (await anonymous.get(`/v1/terms/${id}`)).as(termsAnswer)
    expect(terms.sha256).toBe(sha256)
    expect(terms.url).toBe(`${url}/v1/terms/${id}`)
    const clauses = new Set(terms.clauses.map((clause) => clause.id))
    for (const row of terms.deed) for (const clause of row.clauses) expect(clauses).toContain(clause)
  }
})

test.each([
  [undefined, 'application/json'],
  ['*/*', 'application/json'],
  ['application/json', 'application/json'],
  ['application/ld+json', 'application/ld+json'],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html; charset=UTF-8'],
  ['application/*;q=0.5, text/html;q=0.4', 'application/json'],
  ['application/json;q=0, */*', 'application/ld+json'],
  ['application/json;q=0.1, application/ld+json;q=0.9', 'application/ld+json'],
])('asked with Accept %s, terms answer as %s', async (accept, type) => {
  const { anonymous } = await openLocalRegistry()
  const answer = await anonymous.get('/v1/terms/RPC-OPEN-1.0', accept === undefined ? {} : { Accept: accept })
  expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, type])
  expect(answer.headers.get('Vary')).toContain('Accept')
  expect(answer.headers.get('Vary')).toContain('Accept-Language')
})

test('a form that is not there is refused by name, terms that are not there are not found', async () => {
  const { anonymous } = await openLocalRegistry()
  const refused = await anonymous.get('/v1/terms/RPC-OPEN-1.0', { Accept: 'application/pdf' })
  expect([refused.status, refused.problem().code]).toEqual([406, 'not_acceptable'])
  for (const path of ['/v1/terms/RPC-NONE-9.9', '/v1/terms/RPC-NONE-9.9/document', '/v1/terms/__proto__'])
    expect((await anonymous.get(path)).problem().code).toBe('not_found')
})

test('the ODRL form carries the fingerprint and its own address', async () => {
  const { anonymous, url } = await openLocalRegistry()
  const answer = await anonymous.get('/v1/terms/RPC-OPEN-1.0', { Accept: 'application/ld+json' })
  expect(JSON.parse(answer.text)).toMatchObject({
    '@type': 'Offer',
    uid: `${url}/v1/terms/RPC-OPEN-1.0`,
    'research:sha256': pinnedFingerprints['RPC-OPEN-1.0'],
  })
})

test('each form has an ETag of its own, and the same one is not sent twice', async () => {
  const { anonymous } = await openLocalRegistry()
  const tags = new Set<string | null>()
  for (const Accept of ['application/json', 'application/ld+json', 'text/html']) {
    const tag = (await anonymous.get('/v1/terms/RPC-OPEN-1.0', { Accept })).headers.get('ETag')
    tags.add(tag)
    const again = await anonymous.get('/v1/terms/RPC-OPEN-1.0', { Accept, 'If-None-Match': tag ?? '' })
    expect([again.status, again.text]).toEqual([304, ''])
    expect(again.headers.get('Vary')).toContain('Accept')
  }
  expect(tags.size).toBe(3)
})

test('every clause has an anchor on the page, and the deed links to those that are there', async () => {
  const { anonymous } = await openLocalRegistry()
  for (const [id, { clauses }] of catalogue)
    for (const lang of ['ja', 'en']) {
      const { text } = await anonymous.get(`/${lang}/terms/${id}`)
      for (const clause of clauses) expect(text).toContain(`id="c-${clause.id.replace('.', '-')}"`)
      const anchors = new Set([...text.matchAll(/ id="([^"]{1,40})"/g)].map(([, anchor]) => anchor))
      for (const [, target] of text.matchAll(/href="#([^"]{1,40})"/g)) expect(anchors).toContain(target)
      expect(text).toContain(`/v1/terms/${id}/document | sha256sum`)
    }
})
