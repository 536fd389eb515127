import { z } from 'zod'
import type { DaySystem } from './dates.ts'

/**
 * `line`: number of the row in the sheet. `unfilled`: columns (0-based) whose formula kept no value. `days`: how the
 * workbook counts days, when not from 1900.
 */
export type SheetRow = {
  readonly line: number
  readonly cells: readonly string[]
  readonly unfilled?: readonly number[]
  readonly days?: DaySystem
}

/** Rows as UTF-8 text, one JSON array a line, as `detect` and `readChunk` read them (shape `sheet`). */
export function encodeSheetRows(rows: readonly SheetRow[]): Uint8Array {
  const lines = rows.map(
    ({ line, cells, unfilled = [], days = 1900 }) => `${JSON.stringify([line, cells, unfilled, days])}\n`,
  )
  return new TextEncoder().encode(lines.join(''))
}

const row = z.tuple([
  z.number().int(),
  z.array(z.string()),
  z.array(z.number().int()),
  z.union([z.literal(1900), z.literal(1904)]),
])

export function sheetCells(text: string): SheetRow | undefined {
  if (text === '') return undefined
  try {
    const read = row.safeParse(JSON.parse(text))
    if (!read.success) return undefined
    const [line, cells, unfilled, days] = read.data
    return { line, cells, unfilled, days }
  } catch {
    return undefined
  }
}
