import { expect, test } from 'vitest'
import { concordance } from '../../../src/patents/classification/concordance.ts'
import { fieldOf, isOfField } from '../../../src/patents/classification/fields.ts'
import { mainGroupTitles } from '../../../src/patents/classification/group-titles.ts'
import { ancestorsOf, levelOf, titleOf } from '../../../src/patents/classification/titles.ts'
import { titlesOfAToC } from '../../../src/patents/classification/titles-a-to-c.ts'
import { titlesOfDToY } from '../../../src/patents/classification/titles-d-to-y.ts'

const lines = [titlesOfAToC, titlesOfDToY, mainGroupTitles].flatMap((list) =>
  list
    .trim()
    .split('\n')
    .map((line) => line.split('|')),
)

test('every label is short, in both languages, of one symbol, and in plain words', () => {
  expect(lines.length).toBeGreaterThan(1000)
  expect(lines.filter((parts) => parts.length !== 3 || parts.some((part) => part.trim() === ''))).toEqual([])
  expect(lines.filter(([symbol = '']) => levelOf(symbol) === undefined)).toEqual([])
  expect(new Set(lines.map(([symbol]) => symbol)).size).toBe(lines.length)
  expect(lines.filter(([, ja = '', en = '']) => ja.length > 24 || en.length > 60 || /[{}]/.test(ja + en))).toEqual([])
  expect(lines.filter(([, ja = '']) => !/[\u3040-\u30ff\u4e00-\u9fff]/.test(ja))).toEqual([])
  expect(lines.filter(([, , en = '']) => /[\u3040-\u30ff\u4e00-\u9fff]/.test(en))).toEqual([])
})

test('all nine sections, and every subclass of the concordance but those that the IPC has closed, have one', () => {
  expect([...'ABCDEFGHY'].map((section) => titleOf(section)?.of).join('')).toBe('ABCDEFGHY')
  const subclasses = concordance.flatMap(({ subclasses: runs }) =>
    runs
      .split(' ')
      .filter((run) => run !== '')
      .flatMap((run) => [...run.slice(3)].map((letter) => `${run.slice(0, 3)}${letter}`)),
  )
  const without = subclasses.filter((symbol) => titleOf(symbol)?.of !== symbol)
  expect(without).toEqual(['C13D', 'C13F', 'C13J', 'C13C', 'C13G', 'C13H'])
})

test('a group without a label is told by its subclass, which is named', () => {
  expect(titleOf('H01M10')).toEqual({ title: { ja: '二次電池', en: 'Secondary cells' }, of: 'H01M10' })
  expect(titleOf('H01M16')).toEqual({ title: { ja: '電池・燃料電池', en: 'Batteries and fuel cells' }, of: 'H01M' })
  expect(titleOf('H01X')?.of).toBe('H01')
  expect(titleOf('Z')).toBeUndefined()
})

test.each([
  ['H', 'section'],
  ['Y', 'section'],
  ['H01', 'class'],
  ['H01M', 'subclass'],
  ['A61K2039', 'group'],
  ['h01', undefined],
  ['H0', undefined],
  ['H01M10/05', undefined],
  ['H01M12345', undefined],
  ['I01', undefined],
  ['', undefined],
] as const)('%s is a %s', (symbol, level) => {
  expect(levelOf(symbol)).toBe(level)
})

test('what is above a symbol, widest first', () => {
  expect([ancestorsOf('H01M10'), ancestorsOf('H01'), ancestorsOf('H')]).toEqual([['H', 'H01', 'H01M'], ['H'], []])
})

test('classes younger than the concordance are in the fields that the pages name', () => {
  const young = ['H10N10/17', 'H10K30/00', 'G06V10/82', 'G16Y10/25', 'B64U10/13', 'A44D2200/00']
  expect(young.map(fieldOf)).toEqual([8, 8, 6, 4, 32, 34])
})

test('a subclass that is split belongs to each of its fields, a group to one', () => {
  expect([isOfField('G01N', 10), isOfField('G01N', 11), isOfField('G01N', 12)]).toEqual([true, true, false])
  expect([isOfField('G01N33', 11), isOfField('G01N33', 10), isOfField('G01N27', 10)]).toEqual([true, false, true])
  expect([isOfField('H01M', 1), isOfField('H01M10', 1), isOfField('H10B', 8)]).toEqual([true, true, true])
})
