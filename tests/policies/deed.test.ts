import { expect, test } from 'vitest'
import { deed, deedKindWords } from '../../policies/deed.ts'
import { catalogue, findClause, findTerms } from '../../policies/terms.ts'

const all = [...catalogue.values()]

test.each(all)('$id: every tag of the machine part is said in the deed, and rests on clauses that exist', (terms) => {
  const rows = deed(terms)
  const silent = Object.keys(terms.tags).filter((tag) => !rows.some((row) => row.tag === tag))
  // Tags that say that there is no such duty need no row.
  const needless = [
    ...(terms.tags.inventorOnly.value ? [] : ['inventorOnly']),
    ...(terms.tags.reciprocity.value === 'none' ? ['reciprocity'] : []),
    ...(terms.tags.suspendedWhileAsserting.value ? [] : ['suspendedWhileAsserting']),
    ...(terms.tags.evaluationMonthsMax.value === null ? ['evaluationMonthsMax'] : []),
  ]
  expect(silent.sort()).toEqual(needless.sort())
  for (const row of rows) {
    expect(row.clauses.length).toBeGreaterThan(0)
    for (const id of row.clauses) expect(findClause(terms, id), `${row.tag} ${id}`).toBeDefined()
    expect(row.text.ja).toMatch(/[。」]$/)
    expect(row.text.en).toMatch(/[.”]$/)
    expect(Object.keys(deedKindWords)).toContain(row.kind)
  }
})

test('the deed lists who and what for under the rule that the tags give', () => {
  const academic = findTerms('RPC-ACADEMIC-1.0')
  if (academic === undefined) throw new Error('not published')
  const rows = deed(academic)
  const said = (tag: string) => rows.filter((row) => row.tag === tag).map(({ kind, text }) => [kind, text.ja])
  expect(said('beneficiaries')).toEqual([
    ['may', '利用できる人: 大学、研究機関、病院、非営利団体。'],
    ['ask', '先に権利者へ相談する人: 行政機関、企業、個人。'],
  ])
  expect(said('purposes')).toEqual([
    ['may', '使える目的: 基礎研究、応用研究、再現・検証、教育、企業などの資金による研究、企業との共同研究。'],
    ['ask', '先に権利者へ相談する目的: 採否の評価、臨床研究、承認申請のための試験。'],
    ['may_not', '使えない目的: 受託試験・受託研究、商業利用。'],
    ['must', '始める前に許諾証を受ける目的: 企業などの資金による研究、企業との共同研究。'],
  ])
})

test('a changed tag changes the deed', () => {
  const open = findTerms('RPC-OPEN-1.0')
  if (open === undefined) throw new Error('not published')
  const { tags } = open
  const purposes = { ...tags.purposes, education: { ...tags.purposes.education, rule: 'deny' as const } }
  const changed = deed({ ...open, tags: { ...tags, purposes, noticePeriodDays: { value: 7, clause: '8.1' } } })
  expect(changed.find(({ kind, tag }) => kind === 'may_not' && tag === 'purposes')?.text.ja).toContain('教育')
  expect(changed.find(({ tag }) => tag === 'noticePeriodDays')?.text.en).toContain('7 days')
})
