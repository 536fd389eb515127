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
