import { csvLine, csvMark, isMadeOtherBySpreadsheets } from '../csv.ts'
import type { Reader } from '../database.ts'
import type { ImportRow, RowResult } from './import.ts'
import { listRows } from './rows-queries.ts'

/** Columns that the registry adds, and leaves aside when the file comes back. */
export const addedColumns = { line: 'iriai:line', result: 'iriai:result', reason: 'iriai:reason' } as const

const rowsPerPage = 500

/**
 * The rows as CSV (RFC 4180, UTF-8 with BOM for spreadsheets): the columns of the file, then what becomes of each row and
 * why. Mended, it can be uploaded as it is, saved by a spreadsheet too: no cell starts a formula, and what a spreadsheet would
 * make something else of has an apostrophe before it. Made page by page: memory does not grow with it.
 */
export function rowsAsCsv(
  read: Reader,
  importId: string,
  header: readonly string[],
  language: 'ja' | 'en',
  result: RowResult | undefined,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let after = -1
  let width = header.length
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const columns = [...header, ...Object.values(addedColumns)]
      controller.enqueue(encoder.encode(csvMark + csvLine(columns)))
    },
    async pull(controller) {
      const rows = await listRows(read, importId, result, after, rowsPerPage)
      after = rows.at(-1)?.position ?? after
      width = Math.max(width, 0)
      if (rows.length > 0) controller.enqueue(encoder.encode(rows.map((row) => lineOf(row, width, language)).join('')))
      if (rows.length < rowsPerPage) controller.close()
    },
  })
}

function asText(cell: string): string {
  return isMadeOtherBySpreadsheets(cell) ? `'${cell}` : cell
}

function lineOf(row: ImportRow, width: number, language: 'ja' | 'en'): string {
  const cells = Array.from({ length: width }, (_, i) => asText(row.cells[i] ?? ''))
  const changes = (row.changes ?? []).map(({ field, old, new: is }) => `${field}: ${old ?? ''} → ${is}`)
  const why = [
    ...row.reasons.map(({ column, text }) => `${column === '' ? '' : `${column}: `}${text[language]}`),
    ...changes,
  ]
  return csvLine([...cells, String(row.line), row.result, why.join(' / ')])
}
