import { expect, test } from 'vitest'
import * as vocabulary from '../../policies/vocabulary.ts'

const sets = [
  [vocabulary.beneficiary.options, vocabulary.beneficiaryWords],
  [vocabulary.purpose.options, vocabulary.purposeWords],
  [vocabulary.mode.options, vocabulary.modeWords],
  [vocabulary.act.options, vocabulary.actWords],
  [vocabulary.rule.options, vocabulary.ruleWords],
  [vocabulary.grantNeeded.options, vocabulary.grantNeededWords],
  [vocabulary.legalStatus.options, vocabulary.legalStatusWords],
  [vocabulary.verdict.options, vocabulary.verdictWords],
  [vocabulary.revocationReason.options, vocabulary.revocationReasonWords],
  [vocabulary.reportDuty.options, vocabulary.reportDutyWords],
  [vocabulary.reciprocity.options, vocabulary.reciprocityWords],
  [vocabulary.researchStageTest.options, vocabulary.researchStageTestWords],
  [vocabulary.encumbranceKind.options, vocabulary.encumbranceKindWords],
] as const

test('every tag has a label and a sentence in Japanese and in English, and no two share a label', () => {
  for (const [values, words] of [
    ...sets,
    ...Object.values(vocabulary.fixedTagWords).map((set) => [Object.keys(set), set] as const),
  ]) {
    expect(Object.keys(words).sort()).toEqual([...values].sort())
    const entries: vocabulary.Word[] = Object.values(words)
    for (const { label, sentence } of entries) {
      expect(label.ja).toMatch(/[ぁ-んァ-ヶ一-龠]/)
      expect(label.en).toMatch(/^[A-Z][a-zA-Z’ -]+$/)
      expect(sentence.ja).toMatch(/[ぁ-ん].*。$/)
      expect(sentence.en).toMatch(/^[A-Z].*\.$/)
      expect(sentence.en).not.toMatch(/[ぁ-んァ-ヶ一-龠]/)
    }
    expect(new Set(entries.map(({ label }) => label.ja)).size).toBe(entries.length)
    expect(new Set(entries.map(({ label }) => label.en)).size).toBe(entries.length)
  }
})

test('the closed vocabularies are those of the domain', () => {
  expect(vocabulary.beneficiary.options).toEqual([
    'university',
    'research_institute',
    'hospital',
    'nonprofit',
    'government',
    'company',
    'individual',
  ])
  expect(vocabulary.purpose.options).toHaveLength(11)
  expect(vocabulary.mode.options).toEqual(['on', 'with'])
  expect(vocabulary.verdict.options).toEqual([
    'allowed',
    'ask',
    'not_allowed',
    'not_needed',
    'not_enrolled',
    'unrecognised',
  ])
  expect(vocabulary.revocationReason.options).toEqual([
    'breach',
    'false_statement',
    'ineligible',
    'issued_in_error',
    'superseded',
    'holder_request_allowed_by_terms',
  ])
})
