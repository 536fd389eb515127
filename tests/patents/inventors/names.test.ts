import { describe, expect, test } from 'vitest'
import { nameKey, namesMatch } from '../../../src/patents/inventors/names.ts'

describe('may be of one person', () => {
  test.each([
    ['入会 花子', '入会花子'],
    ['入会　花子', '花子 入会'],
    ['渡邊 太郎', '渡辺太郎'],
    ['齋藤 髙志', '斎藤 高志'],
    ['Hanako Iriai', 'IRIAI, Hanako'],
    ['Iriai Hanako', 'Hanako  IRIAI'],
    ['Ōgimachi Filíppa', 'Filippa OGIMACHI'],
    ['Jean-Luc O’Neil', 'ONEIL JeanLuc'],
    ['ｶﾀｶﾅ ﾊﾅｺ', 'カタカナ ハナコ'],
  ])('%s and %s', (one, other) => {
    expect(namesMatch(one, other)).toBe(true)
    expect(nameKey(one)).toBe(nameKey(other))
  })
})

test.each([
  ['入会 花子', '入会 花代'],
  ['Hanako Iriai', 'Hanako Iria'],
  ['abc', 'cab'],
  ['', ''],
  ['x'.repeat(201), 'x'.repeat(201)],
])('%s and %s are not alike', (one, other) => {
  expect(namesMatch(one, other)).toBe(false)
})
