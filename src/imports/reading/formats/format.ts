import type { DaySystem } from '../dates.ts'
import type { Draft } from '../draft.ts'
import type { FormatId, Layout } from '../row.ts'
import { type Cell, cellOf, type Table } from '../table.ts'

export type Row = { readonly table: Table; readonly cells: readonly string[]; readonly days: DaySystem }

/** A table whose columns are known by name. */
export type TableFormat = {
  readonly id: FormatId
  /** Whether these columns are the format's; names that no other format has decide. */
  readonly recognises: (table: Table) => boolean
  /** Nearly always one right a row; a row about a family gives several. */
  readonly read: (row: Row, layout: Layout) => Draft[]
}

export function cell(row: Row, ...keys: readonly string[]): Cell {
  return cellOf(row.table, row.cells, ...keys)
}
