import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvLine, csvMark, csvText, isMadeOtherBySpreadsheets } from '../src/csv.ts'

test('has a mark for spreadsheets, CRLF and quotes around every cell', () => {
  expect(
    csvText([
      ['番号', 'a "b"'],
      ['1', ''],
    ]),
  ).toBe('\ufeff"番号","a ""b"""\r\n"1",""\r\n')
})

test('never starts a formula, whatever the cell', () => {
  for (const cell of ['=1+1', '+81', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠x']) {
    expect(csvLine([cell])).toBe(`"'${cell}"\r\n`)
  }
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', "'", ',', 'a', '漢', ' ')),
      (parts) => {
        const cell = parts.join('')
        expect(csvLine([cell])).not.toMatch(/^"[=+\-@\t\r\n]/)
      },
    ),
  )
})

test('is the same in pieces', () => {
  const rows = [['a', 'b'], ['c']]
  expect(csvMark + rows.map(csvLine).join('')).toBe(csvText(rows))
})

test('knows what a spreadsheet makes something else of, and what it leaves as it is', () => {
  const other = ['0012', '00', '1234567890123', '1E5', '12e3', '2024.10', '3-4', '3/4', '2015-12', 'MAR1', 'Sept-2']
  expect(other.filter((cell) => !isMadeOtherBySpreadsheets(cell))).toEqual([])
  const same = [
    '',
    '0',
    '12',
    '2018081998',
    '12.5',
    '2015-12-25',
    '2015/12/25',
    '特許第6200001号',
    '2015-254253',
    'H29.3.5',
    'Mars1',
  ]
  expect(same.filter(isMadeOtherBySpreadsheets)).toEqual([])
})
