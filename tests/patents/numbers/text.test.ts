import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseText } from '../../../src/patents/numbers/text.ts'

const read = (text: string) => parseText(text).map(({ input, candidates }) => [input, candidates.map(({ key }) => key)])

test('one number a line is read in order, and blank lines give nothing', () => {
  expect(read('JP4567890B2\r\n\r\n  特開2009-123456  \n\t\nUS 7,650,331 B1')).toEqual([
    ['JP4567890B2', ['JP:grant:4567890']],
    ['特開2009-123456', ['JP:publication:2009123456']],
    ['US 7,650,331 B1', ['US:grant:7650331']],
  ])
})

test('several numbers in a line are separated, and commas inside a number are not separators', () => {
  expect(read('JP4567890B2, 特許第4567891号、US 7,650,331; EP1000000B1\tWO2005/012345')).toEqual([
    ['JP4567890B2', ['JP:grant:4567890']],
    ['特許第4567891号', ['JP:grant:4567891']],
    ['US 7,650,331', ['US:grant:7650331']],
    ['EP1000000B1', ['EP:publication:1000000']],
    ['WO2005/012345', ['WO:publication:2005012345']],
  ])
})

test('numbers within sentences are found as they are written', () => {
  expect(
    read('本件（特許第４５６７８９０号）は特開平8-7001及びUS7650331B1を引用する。PCT/JP2004/000123も参照。'),
  ).toEqual([
    ['特許第４５６７８９０', ['JP:grant:4567890']],
    ['特開平8-7001', ['JP:publication:H087001']],
    ['US7650331B1', ['US:grant:7650331']],
    ['PCT/JP2004/000123', ['WO:application:JP2004000123']],
  ])
  expect(
    read('As U.S. Pat. No. 1,234,567 and JP 4567890 show (https://patents.google.com/patent/EP1000000B1/en).'),
  ).toEqual([
    ['U.S. Pat. No. 1,234,567', ['US:grant:1234567']],
    ['JP 4567890', ['JP:grant:4567890']],
    ['https://patents.google.com/patent/EP1000000B1/en', ['EP:publication:1000000']],
  ])
})

test('a line without a number gives one entry without candidates', () => {
  expect(read('JP4567890B2\n  なにもない行 \nJP4567891B2')).toEqual([
    ['JP4567890B2', ['JP:grant:4567890']],
    ['なにもない行', []],
    ['JP4567891B2', ['JP:grant:4567891']],
  ])
})

test('digits that lack their office are entries that say so', () => {
  expect(parseText('4567890, 4567891').map(({ input, warnings }) => [input, warnings.map(({ code }) => code)])).toEqual(
    [
      ['4567890', ['office_missing']],
      ['4567891', ['office_missing']],
    ],
  )
})

test('every entry is a part of the text, and every line that is not blank has one', () => {
  const unit = fc.constantFrom(
    '特許',
    '第4567890号',
    'JP',
    '4567890',
    'B2',
    ',',
    ' ',
    '、',
    '\n',
    'US 7,650,331',
    'x',
    '-',
    '/',
    '（',
    '😀',
  )
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 40 }), (parts) => {
      const text = parts.join('')
      const entries = parseText(text)
      for (const { input } of entries) expect(text).toContain(input)
      expect(entries.length).toBeGreaterThanOrEqual(text.split('\n').filter((line) => line.trim() !== '').length)
    }),
    { numRuns: 3000 },
  )
})

test('a very long line is answered', () => {
  expect(parseText('-'.repeat(200_000))).toHaveLength(1)
  expect(parseText('JP4567890B2 '.repeat(1000))).toHaveLength(1000)
})
