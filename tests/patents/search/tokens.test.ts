import { describe, expect, test } from 'vitest'
import { highlight, parts } from '../../../src/patents/search/highlight.ts'
import { documentId, matchFilter, matchWords, symbolTokens } from '../../../src/patents/search/match.ts'
import { wordsOf } from '../../../src/patents/search/sought.ts'
import { tokensOf } from '../../../src/patents/search/tokens.ts'

describe('words of a text', () => {
  test.each([
    ['全固体電池', ['全固', '固体', '体電', '電池', '池']],
    ['電池', ['電池', '池']],
    ['池', ['池']],
    ['ＣＲＩＳＰＲ／Ｃａｓ９', ['crispr', 'cas9']],
    ['Li電池', ['li', '電池', '池']],
    ['ﾘﾁｳﾑ', ['リチ', 'チウ', 'ウム', 'ム']],
    ['ｶﾞｽ', ['ガス', 'ス']],
    ['データー', ['デー', 'ータ', 'ター', 'ー']],
    ['人々', ['人々', '々']],
    ['Süßstoff Café', ['süßstoff'.normalize('NFKD').replaceAll(/\p{M}/gu, ''), 'cafe']],
    ['㈱東芝', ['株', '東芝', '芝']],
    ['a-b_c 10%', ['a', 'b', 'c', '10']],
    ['', []],
    ['"*^():', []],
  ])('%s', (text, tokens) => {
    expect(tokensOf(text)).toEqual(tokens)
  })
})

describe('what the index is asked', () => {
  test.each([
    ['電池', '"電池"'],
    ['池', '"池"*'],
    ['全固体 電解質', '"全固 固体" AND "電解 解質"'],
    ['ＣＲＩＳＰＲ', '"crispr"*'],
    ['AI', '"ai"'],
    ['電池 電池', '"電池"'],
    ['x" OR title:*', '"x" AND "or" AND "title"*'],
    ['NEAR(a b)', '"near"* AND "a" AND "b"'],
  ])('%s', (text, expression) => {
    expect(matchWords(text)).toBe(`{title names numbers classes related} : (${expression})`)
  })

  test('nothing without a letter or digit, and no more than twelve words', () => {
    expect(matchWords(' "*-+^ ')).toBeUndefined()
    expect(wordsOf(Array.from({ length: 40 }, (_, i) => `word${i}`).join(' '))).toHaveLength(12)
  })

  test.each([
    ['H', '"xh"'],
    ['H01', '"xh01"'],
    ['H01M', '"xh01m"'],
    ['H01M10', '"xh01m10"'],
    ['h01m 10', '"xh01m10"'],
    ['H01M10/05', '"xh01m10s05"*'],
    ['H0', '"xh0"*'],
    ['"', '"x"*'],
  ])('a class as it is meant: %s', (ipc, expression) => {
    expect(matchFilter({ ipc })).toBe(`filters : (${expression})`)
  })

  test('each level of a symbol', () => {
    expect(symbolTokens('H01M10/0562')).toEqual(['xh', 'xh01', 'xh01m', 'xh01m10', 'xh01m10s0562'])
    expect(symbolTokens('Y02E')).toEqual(['xy', 'xy02', 'xy02e'])
  })
})

test('documents stand in the order of filing, and their numbers are exact', () => {
  const days = ['', '0001-01-01', '1999-12-31', '2015-12-25', '2015-12-26', '9999-12-31']
  const ids = days.flatMap((day) => [documentId(day, 0), documentId(day, 2 ** 31 - 1)])
  expect([...ids].sort((a, b) => a - b)).toEqual(ids)
  expect(ids.every(Number.isSafeInteger)).toBe(true)
})

describe('where the words stand in a title as it is written', () => {
  const marked = (text: string, query: string) =>
    parts(text, highlight(text, query))
      .filter((part) => part.marked)
      .map((part) => part.text)

  test.each([
    ['全固体電池の製造方法', '固体電池', ['固体電池']],
    ['全固体電池及び固体電解質', '固体 電', ['固体電', '固体電']],
    ['ＣＲＩＳＰＲ－Ｃａｓ９による編集', 'crispr', ['ＣＲＩＳＰＲ']],
    ['ﾘﾁｳﾑｲｵﾝ電池', 'リチウム', ['ﾘﾁｳﾑ']],
    ['ｶﾞｽｾﾝｻ', 'ガス', ['ｶﾞｽ']],
    ['Café battery', 'cafe', ['Café']],
    ['Unsolid and solid electrolyte', 'solid', ['solid']],
    ['Batteries', 'batter', ['Batter']],
    ['何もない', '電池', []],
    ['', '電池', []],
  ])('%s: %s', (text, query, found) => {
    expect(marked(text, query)).toEqual(found)
  })

  test('the parts make the whole text again, with letters beyond the first plane too', () => {
    for (const text of ['𠮷野家の𠮷', '😀電池😀', 'ｶﾞﾊﾟ①㈱'])
      expect(
        parts(text, highlight(text, '電 池 ガ 株 𠮷'))
          .map((part) => part.text)
          .join(''),
      ).toBe(text)
  })

  test('takes no longer for a hostile text', () => {
    const started = performance.now()
    highlight('あ'.repeat(1000), 'あ'.repeat(200))
    highlight(`a${'\u0301'.repeat(999)}`, 'a')
    expect(performance.now() - started).toBeLessThan(500)
  })
})
