import type { Dimension } from '../patents/cells.ts'
import { spanLabel, spansOf, type YearSpan } from './buckets.ts'
import type { Labels } from './labels.ts'
import { type Base, mapLink, narrowed, type Picture, patentsLink } from './links.ts'
import type { Cell, MapCounts, MapQuestion } from './map.ts'
import type { Grid, GridCell } from './pictures/grid.ts'
import type { FilterQuery } from './question.ts'

type Asked = {
  counts: MapCounts
  labels: Labels
  question: MapQuestion
  query: FilterQuery
  picture: Picture
  lang: 'ja' | 'en'
  base: Base
  /** Counts of the rows alone, where the sum of their cells would count a patent more than once. */
  rowTotals?: readonly Cell[] | undefined
  rowsMax: number
  columnsMax: number
}

/** A row or a column: one value, or the years of a span. */
type Line = { value: string; last: string; label: string; short?: string }

/**
 * The cells as rows and columns: years in order and joined in spans where there are many, anything else by its number of
 * patents.
 */
export function gridOf({
  counts,
  labels,
  question,
  query,
  picture,
  lang,
  base,
  rowTotals,
  rowsMax,
  columnsMax,
}: Asked): Grid {
  const [rowDimension = 'field', columnDimension = 'year'] =
    question.by[0] === 'year' ? [...question.by].reverse() : question.by
  const place = { row: question.by.indexOf(rowDimension), column: question.by.indexOf(columnDimension) }
  const rows = linesOf(counts.cells, rowDimension, place.row, labels, lang)
  const columns = linesOf(counts.cells, columnDimension, place.column, labels, lang, columnsMax)
  const [shownRows, shownColumns] = [rows.slice(0, rowsMax), columns.slice(0, columnsMax)]
  const byKeys = new Map<string, Cell>()
  for (const cell of counts.cells) byKeys.set(`${cell.keys[place.row]}\n${cell.keys[place.column]}`, cell)
  const cells = shownRows.map((row) =>
    shownColumns.map((column): GridCell | undefined => {
      const found = valuesIn(columnDimension, column).flatMap((value) => byKeys.get(`${row.value}\n${value}`) ?? [])
      if (found.length === 0) return undefined
      const within = narrowed(narrowed(query, rowDimension, row.value), columnDimension, column.value, column.last)
      const href = column.value === '' ? undefined : patentsLink(base, within)
      return { ...sum(found), ...(href === undefined ? {} : { href }) }
    }),
  )
  return {
    rows: shownRows.map((row) => ({
      label: row.label,
      ...sum(
        rowTotals?.filter(({ keys }) => keys[0] === row.value) ??
          counts.cells.filter(({ keys }) => keys[place.row] === row.value),
      ),
      href: mapLink(base, rowDimension === 'holder' ? 'heat' : picture, narrowed(query, rowDimension, row.value)),
    })),
    columns: shownColumns.map((column) => ({
      label: column.label,
      ...(column.short === undefined ? {} : { short: column.short }),
      ...(columnDimension === 'year' || column.value === ''
        ? {}
        : { href: mapLink(base, picture, narrowed(query, columnDimension, column.value)) }),
    })),
    cells,
  }
}

function linesOf(
  cells: readonly Cell[],
  dimension: Dimension,
  place: number,
  labels: Labels,
  lang: 'ja' | 'en',
  columnsMax?: number,
): Line[] {
  const strength = new Map<string, number>()
  for (const { keys, patents } of cells) {
    const value = keys[place] ?? ''
    strength.set(value, (strength.get(value) ?? 0) + patents)
  }
  if (dimension === 'year' && columnsMax !== undefined) return yearLines([...strength.keys()], labels, lang, columnsMax)
  return [...strength]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([value]) => ({ value, last: value, label: labels(dimension, value)[lang] }))
}

/** Years in their order; where some have no filing date recorded, a column for them in front. */
function yearLines(values: readonly string[], labels: Labels, lang: 'ja' | 'en', columnsMax: number): Line[] {
  const undated = values.includes('')
    ? [{ value: '', last: '', label: labels('year', '')[lang], short: labels('office', '')[lang] }]
    : []
  const years = values.filter((value) => value !== '').map(Number)
  return [
    ...undated,
    ...spansOf(years, columnsMax - undated.length).map((span) => ({
      value: String(span.from),
      last: String(span.to),
      label: spanLabel(span),
      short: String(span.from),
    })),
  ]
}

function valuesIn(dimension: Dimension, { value, last }: Line): string[] {
  if (dimension !== 'year' || value === '') return [value]
  const span: YearSpan = { from: Number(value), to: Number(last) }
  return Array.from({ length: span.to - span.from + 1 }, (_, i) => String(span.from + i))
}

function sum(cells: readonly Cell[]): { patents: number; open: number } {
  return {
    patents: cells.reduce((total, { patents }) => total + patents, 0),
    open: cells.reduce((total, { open }) => total + open, 0),
  }
}
