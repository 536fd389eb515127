import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvLine, csvMark, csvText } from '../src/csv.ts'

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
