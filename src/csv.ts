/**
 * A table as CSV for spreadsheets (RFC 4180): UTF-8 with a byte order mark so that Excel reads it, CRLF, every cell quoted.
 * A cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line break) gets an apostrophe
 * before it.
 */
export function csvText(rows: Iterable<readonly string[]>): string {
  let text = csvMark
  for (const cells of rows) text += csvLine(cells)
  return text
}

/** One row without the mark, for a table that is sent piece by piece after `csvMark`. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${harmless(cell).replaceAll('"', '""')}"`).join(',')}\r\n`
}

export const csvMark = '\ufeff'

/** Full-width signs count as well: spreadsheets in Japanese settings take them for a formula. */
function harmless(cell: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell
}

/**
 * Whether a spreadsheet that opens a CSV makes something else of the cell: it takes zeros off its front or end, shows a long
 * number as a power of ten, or reads a date where none is (0012, 1234567890123, 1E5, 3-4, MAR1). Whole dates may stay dates.
 */
export function isMadeOtherBySpreadsheets(cell: string): boolean {
  return cell.length <= madeOtherCharactersMax && madeOther.test(cell)
}

const madeOtherCharactersMax = 100
const madeOther =
  /^(?:0\d+|\d{12,}|\d+e\d+|\d+\.\d*0|\d{1,4}[-/]\d{1,2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[-. ]?\d{1,4})$/i
