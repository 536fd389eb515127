import type { Amount, Head, Named } from './parts.tsx'

/** A table of two ways: what each row has in each column; nothing where there is no patent. */
export type Grid = {
  rows: readonly (Named & Amount)[]
  columns: readonly Head[]
  cells: readonly (readonly (GridCell | undefined)[])[]
}
export type GridCell = Amount & { href?: string }

export type GridPlace = { row: number; column: number; cell: GridCell }

/** Every cell that holds a patent, greatest first. */
export function placesOf({ cells }: Grid): GridPlace[] {
  return cells
    .flatMap((row, r) =>
      row.flatMap((cell, column) => (cell === undefined || cell.patents === 0 ? [] : [{ row: r, column, cell }])),
    )
    .sort((a, b) => b.cell.patents - a.cell.patents || a.row - b.row || a.column - b.column)
}

export function greatest(grid: Grid): number {
  return Math.max(1, ...grid.cells.flat().map((cell) => cell?.patents ?? 0))
}
