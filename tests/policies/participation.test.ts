import { expect, test } from 'vitest'
import { fingerprint } from '../../policies/fingerprint.ts'
import { agreementDocument, agreements, pinnedAgreements } from '../../policies/participation.ts'
import file from '../../policies/participation-1.0.json' with { type: 'json' }
import { findTerms } from '../../policies/terms.ts'

test('the published agreement is the one whose fingerprint organisations accepted', async () => {
  expect(await fingerprint(file)).toBe(pinnedAgreements['PARTICIPATION-1.0'])
  expect(agreements.get('PARTICIPATION-1.0')?.sha256).toBe(pinnedAgreements['PARTICIPATION-1.0'])
})

test('another word is another fingerprint', async () => {
  const changed = {
    ...file,
    clauses: file.clauses.map((clause, at) => (at === 0 ? { ...clause, en: `${clause.en} ` } : clause)),
  }
  expect(await fingerprint(changed)).not.toBe(pinnedAgreements['PARTICIPATION-1.0'])
})

const { clauses, inventorTerms } = agreementDocument.parse(file)

test('clauses have ids of their own in rising order, and every article a heading', () => {
  const ids = clauses.map(({ id }) => id.split('.').map(Number))
  expect(new Set(clauses.map(({ id }) => id)).size).toBe(clauses.length)
  for (const [at, [article = 0, item = 0]] of ids.entries()) {
    const [before = 0, last = 0] = ids[at - 1] ?? []
    expect([article, item]).toEqual(article === before ? [before, last + 1] : [before + 1, 1])
    expect(clauses[at]?.heading !== undefined).toBe(item === 1)
  }
})

test('clauses cite each other, the terms and numbers alike in both languages', () => {
  for (const { id, ja, en } of clauses) {
    const cited = [...ja.matchAll(/第(\d+)条(\d+)項/g)].map(([, article, item]) => `${article}.${item}`)
    expect(
      [...en.matchAll(/§(\d+\.\d+)/g)].map(([, clause]) => clause),
      id,
    ).toEqual(cited)
    for (const clause of cited)
      expect(
        clauses.some((one) => one.id === clause),
        `${id} cites ${clause}`,
      ).toBe(true)
    const numbers = (text: string) => (text.match(/(?<![\d.§-])\d+(?=日| days)/g) ?? []).sort()
    expect(numbers(en), id).toEqual(numbers(ja))
    expect(en.match(/RPC-[A-Z]+-\d\.\d/g), id).toEqual(ja.match(/RPC-[A-Z]+-\d\.\d/g))
  }
  expect(findTerms(inventorTerms)).toBeDefined()
})
