import { readdirSync, readFileSync } from 'node:fs'
import canonicalize from 'canonicalize'
import { expect, test } from 'vitest'
import { canonicalJson, fingerprint } from '../../policies/fingerprint.ts'
import {
  catalogue,
  citation,
  clauseName,
  findClause,
  findTerms,
  pinnedFingerprints,
  termsDocument,
  termsId,
} from '../../policies/terms.ts'

const folder = new URL('../../policies/published/', import.meta.url)
const published = readdirSync(folder).map((name): { name: string; document: unknown } => ({
  name,
  document: JSON.parse(readFileSync(new URL(name, folder), 'utf8')),
}))
const all = [...catalogue.values()]

test('every published file is in the catalogue, under its own name', () => {
  expect(published.map(({ name }) => name).sort()).toEqual(
    [...catalogue.keys()].map((id) => `${id.toLowerCase()}.json`).sort(),
  )
  expect([...catalogue.keys()].sort()).toEqual([...termsId.options].sort())
})

test.each(published)('$name is as it was published', async ({ document }) => {
  const id = termsId.parse(
    document !== null && typeof document === 'object' && 'id' in document ? document.id : undefined,
  )
  expect(await fingerprint(document)).toBe(pinnedFingerprints[id])
  const other = canonicalize(document) ?? ''
  expect(canonicalJson(document)).toBe(other)
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(other))
  expect(Buffer.from(digest).toString('hex')).toBe(pinnedFingerprints[id])
  expect(findTerms(id)?.sha256).toBe(pinnedFingerprints[id])
})

test('a changed word, number or order of clauses changes the fingerprint; the order of keys does not', async () => {
  const before = await fingerprint({ a: 1, b: { ja: 'あ', en: 'a' }, c: ['1', '2'] })
  expect(await fingerprint({ c: ['1', '2'], b: { en: 'a', ja: 'あ' }, a: 1 })).toBe(before)
  expect(await fingerprint({ a: 2, b: { ja: 'あ', en: 'a' }, c: ['1', '2'] })).not.toBe(before)
  expect(await fingerprint({ a: 1, b: { ja: 'い', en: 'a' }, c: ['1', '2'] })).not.toBe(before)
  expect(await fingerprint({ a: 1, b: { ja: 'あ', en: 'a' }, c: ['2', '1'] })).not.toBe(before)
})

test('what the parser gives is the whole document', () => {
  for (const { document } of published) {
    const id = document !== null && typeof document === 'object' && 'id' in document ? String(document.id) : ''
    const { sha256, ...parsed } = findTerms(id) ?? { sha256: '' }
    expect(parsed).toEqual(document)
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)
  }
})

test.each(all)('$id: every tag rests on a clause that exists', (terms) => {
  const clauses = [...clausesNamed(terms.tags)]
  expect(clauses.length).toBeGreaterThan(40)
  for (const id of clauses) expect(findClause(terms, id), id).toBeDefined()
})

test.each(all)('$id: clause ids are unique and in order, and both languages are there', (terms) => {
  const ids = terms.clauses.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const places = ids.map((id) => Number(id.split('.')[0]) * 100 + Number(id.split('.')[1]))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  for (const { id, ja, en, heading } of terms.clauses) {
    expect(ja, id).toMatch(/[ぁ-ん].*。」?$/s)
    expect(en, id).toMatch(/^[A-Z].*[.”]$/s)
    expect(en, id).not.toMatch(/[ぁ-んァ-ヶ一-龠]/)
    expect(heading !== undefined, id).toBe(id.endsWith('.1'))
  }
})

test.each(all)('$id: clauses that are cited in clauses exist, the same ones in both languages', (terms) => {
  for (const { id, ja, en } of terms.clauses) {
    const inJapanese = [...ja.matchAll(/第(\d+)条(\d+)項/g)].map(([, article, item]) => `${article}.${item}`)
    const inEnglish = [...en.matchAll(/§(\d+\.\d+)/g)].map(([, cited]) => cited)
    for (const cited of [...inJapanese, ...inEnglish])
      expect(findClause(terms, cited ?? ''), `${id} cites ${cited}`).toBeDefined()
    expect(new Set(inEnglish.filter((cited) => !inJapanese.includes(cited ?? ''))), id).toEqual(new Set())
  }
})

/** The fixed phrases by which a clause allows, refuses or leaves to the holder. */
const phrases = {
  allow: { ja: /利用できます/, en: /\bmay use\b/ },
  ask: { ja: /許諾も拒絶もしません.*個別の同意が必要です/s, en: /neither permitted nor refused.*separate consent/s },
  deny: { ja: /利用できません/, en: /is not permitted/ },
}

test.each(all)('$id: the clause of a tag says what the tag says', (terms) => {
  const { beneficiaries, purposes, modes } = terms.tags
  for (const [value, tag] of Object.entries({ ...beneficiaries, ...purposes, ...modes })) {
    const clause = findClause(terms, tag.clause)
    for (const [rule, { ja, en }] of Object.entries(phrases)) {
      expect(ja.test(clause?.ja ?? ''), `${value} ${rule} ja`).toBe(rule === tag.rule)
      if (rule === tag.rule) expect(clause?.en, `${value} ${rule} en`).toMatch(en)
    }
  }
  for (const [value, { clause, rule, grant }] of Object.entries(purposes)) {
    const words = findClause(terms, clause)
    expect(grant === null, value).toBe(rule !== 'allow')
    expect(/許諾証が必要です/.test(words?.ja ?? ''), value).toBe(grant === 'required')
    expect(/許諾証がなくても/.test(words?.ja ?? ''), value).toBe(grant === 'recommended')
    expect(/A grant is required/.test(words?.en ?? ''), value).toBe(grant === 'required')
  }
})

test.each(all)('$id: the numbers in the tags are those in the clauses', (terms) => {
  const { noticePeriodDays, tailDays, grantLifetimeDaysMax, evaluationMonthsMax, attribution } = terms.tags
  for (const [{ value, clause }, ja, en] of [
    [noticePeriodDays, '日', ' days'],
    [tailDays, '日', ' days'],
    [grantLifetimeDaysMax, '日', ' days'],
    [evaluationMonthsMax, 'か月', ' months'],
  ] as const) {
    if (value === null) continue
    expect(findClause(terms, clause)?.ja).toContain(`${value}${ja}`)
    expect(findClause(terms, clause)?.en).toContain(`${value}${en}`)
  }
  expect(findClause(terms, attribution.clause)?.ja).toContain(attribution.value.ja)
  expect(findClause(terms, attribution.clause)?.en).toContain(attribution.value.en)
  expect(terms.tags.prevailingLanguage.value).toBe(terms.prevailingLanguage)
})

test('what every version promises: grants survive a withdrawal, it is free, results are the user’s', () => {
  for (const { tags } of all) {
    expect(tags.withdrawalEffect.value).toBe('existing_grants_survive')
    expect(tags.price.value).toBe('free')
    expect(tags.resultsOwnership.value).toBe('user')
    expect(tags.purposes.commercial.rule).toBe('deny')
    expect(tags.purposes.basic_research.rule).toBe('allow')
  }
})

test('a document with a tag too many, a tag too few or a word outside the vocabulary is refused', () => {
  const found = findTerms('RPC-OPEN-1.0')
  if (found === undefined) throw new Error('not published')
  const { sha256: _, ...open } = found
  expect(termsDocument.safeParse(open).success).toBe(true)
  const { tags } = open
  const { price, ...withoutPrice } = tags
  expect(price).toBeDefined()
  expect(termsDocument.safeParse({ ...open, tags: withoutPrice }).success).toBe(false)
  expect(
    termsDocument.safeParse({ ...open, tags: { ...tags, colour: { value: 'green', clause: '1.1' } } }).success,
  ).toBe(false)
  expect(
    termsDocument.safeParse({ ...open, tags: { ...tags, price: { value: 'cheap', clause: '4.6' } } }).success,
  ).toBe(false)
  expect(termsDocument.safeParse({ ...open, id: 'RPC-OPEN-9.9' }).success).toBe(false)
})

test('clauses are cited in one way', () => {
  expect(citation('RPC-OPEN-1.0', '3.2')).toBe('RPC-OPEN-1.0 §3.2')
  expect(clauseName('3.2')).toEqual({ ja: '第3条2項', en: '§3.2' })
  expect(findTerms('RPC-OPEN-9.9')).toBeUndefined()
})

function* clausesNamed(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return
  if ('clause' in value && typeof value.clause === 'string') yield value.clause
  for (const member of Object.values(value)) yield* clausesNamed(member)
}
