import { describe, expect, test } from 'vitest'
import { highlight } from '../../../src/patents/search/highlight.ts'
import { matchQuestion, matchWords } from '../../../src/patents/search/match.ts'
import { rank } from '../../../src/patents/search/rank.ts'
import { alsoSought, formsOf, soughtIn } from '../../../src/patents/search/sought.ts'

describe('a word of one language is looked for in the other as well', () => {
  test.each([
    ['硫化物 電解質', ['sulfide', 'electrolyte']],
    ['硫化物系固体電解質', ['sulfide', 'solid', 'electrolyte']],
    ['ＳＵＬＦＩＤＥ', ['硫化物']],
    ['batteries', ['電池']],
    ['全固体電池の正極活物質', ['solid', 'state', 'battery', 'positive', 'electrode', 'active', 'material']],
  ])('%s', (asked, also) => {
    expect(alsoSought(asked)).toEqual(also)
  })

  test.each(['硫化物なんとか', '入会', 'CRISPR', '特許第5985120号', '', 'の', 'glasss'])('%j has none', (asked) => {
    expect(alsoSought(asked)).toEqual([])
  })
})

test('the word itself comes first, and a question without known words is asked as before', () => {
  expect(soughtIn('sulfide')).toEqual([[[{ text: 'sulfide', japanese: false }], [{ text: '硫化物', japanese: true }]]])
  expect(matchQuestion('CRISPR 入会')).toBe(matchWords('CRISPR 入会'))
  expect(matchQuestion('硫化物 CRISPR')).toBe(
    '{title names numbers classes related} : ((("硫化 化物") OR (("sulfide" OR "sulfides"))) AND "crispr"*)',
  )
  expect(matchQuestion('…')).toBeUndefined()
})

test('a word that is looked for as it is, is no beginning of others', () => {
  expect(matchQuestion('CRISPR 入会', ['crispr'])).toBe(
    '{title names numbers classes related} : (("crispr" OR "crisprs") AND "入会")',
  )
})

describe('a word in the singular and the plural', () => {
  test.each([
    ['battery', ['battery', 'batteries']],
    ['batteries', ['batteries', 'battery']],
    ['electrolytes', ['electrolytes', 'electrolyte']],
    ['glass', ['glass', 'glasses']],
    ['switch', ['switch', 'switches']],
    ['array', ['array', 'arrays']],
  ])('%s', (word, forms) => {
    expect(formsOf(word)).toEqual(forms)
  })
})

test('a title that says it in the other language ranks and is marked like one that has the word', () => {
  const documents = [
    [1, null, 'Robot'],
    [2, null, 'Sulfide solid electrolyte'],
    [3, '硫化物固体電解質', null],
  ]
  expect(rank('硫化物 電解質', documents).slice(-1)).toEqual([1])
  expect(highlight('Sulfide solid electrolyte', '硫化物')).toEqual([[0, 7]])
})
