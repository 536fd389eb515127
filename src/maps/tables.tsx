import type { Child } from 'hono/jsx'
import type { Language } from '../http/language.ts'
import type { Dimension } from '../patents/cells.ts'
import { inOrder } from './answer.ts'
import type { Labels } from './labels.ts'
import type { Cell, MapCounts } from './map.ts'
import type { Grid } from './pictures/grid.ts'
import type { Series } from './pictures/lines.tsx'
import { type Amount, byValue } from './pictures/parts.tsx'
import { amount } from './pictures/text.ts'
import { dimensionWords, mapWords } from './words.ts'

/** The numbers of a picture as text. The first cell of a row names it. */
export type Table = {
  head: readonly string[]
  rows: readonly { label: string; href?: string | undefined; cells: readonly string[] }[]
  /** How a cell with two numbers is read. */
  note?: string
}

/** One line a value: enrolled, open, share, holders where they are known; greatest first. */
export function listTable(
  counts: Pick<MapCounts, 'cells'>,
  dimension: Dimension,
  labels: Labels,
  lang: Language,
  linkOf: (value: string) => { href?: string },
): Table {
  const say = mapWords[lang]
  const withHolders = counts.cells.some(({ holders }) => holders !== undefined)
  const cells = dimension === 'year' ? inOrder(counts, ['year']) : byValue(counts.cells)
  return {
    head: [
      dimensionWords[dimension][lang],
      say.patents,
      say.openPatents,
      say.share,
      ...(withHolders ? [say.holders] : []),
    ],
    rows: cells.map(({ keys, patents, open, holders }) => {
      const value = keys.at(-1) ?? ''
      return {
        label: `${dimension === 'field' && value !== '' ? `${value} ` : ''}${labels(dimension, value)[lang]}`,
        ...linkOf(value),
        cells: [
          amount(patents),
          amount(open),
          share({ patents, open }),
          ...(withHolders ? [String(holders ?? '')] : []),
        ],
      }
    }),
  }
}

/** Rows by columns; a cell is `enrolled / open`. */
export function gridTable(grid: Grid, rowName: string, lang: Language): Table {
  const say = mapWords[lang]
  return {
    head: [rowName, say.total, ...grid.columns.map(({ label }) => label)],
    note: `${say.patents} / ${say.openPatents}`,
    rows: grid.rows.map((row, i) => ({
      label: row.label,
      href: row.href,
      cells: [pair(row), ...grid.columns.map((_, column) => pair(grid.cells[i]?.[column]))],
    })),
  }
}

/** Years by series; a cell is `enrolled / open`. */
export function linesTable(series: readonly Series[], lang: Language): Table {
  const say = mapWords[lang]
  const years = [...new Set(series.flatMap(({ points }) => points.map(({ year }) => year)))].sort((a, b) => a - b)
  return {
    head: [say.year, ...series.map(({ label }) => label)],
    note: `${say.patents} / ${say.openPatents}`,
    rows: years.map((year) => ({
      label: String(year),
      cells: series.map(({ points }) => pair(points.find((point) => point.year === year))),
    })),
  }
}

export function share({ patents, open }: Pick<Cell, 'patents' | 'open'>): string {
  return patents === 0 ? '' : `${Math.round((100 * open) / patents)}%`
}

function pair(amounts: Amount | undefined): string {
  if (amounts === undefined || amounts.patents === 0) return ''
  return amounts.open === 0 ? amount(amounts.patents) : `${amount(amounts.patents)} / ${amount(amounts.open)}`
}

export function ShownTable({
  table: { head, rows, note },
  caption,
  name,
}: {
  table: Table
  caption: Child
  name: string
}) {
  const [first = '', ...others] = head
  return (
    <section class="scroll" tabindex={0} aria-label={name}>
      <table class="tight">
        <caption>
          {caption}
          {note === undefined ? null : <> ({note})</>}
        </caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {others.map((name) => (
              <th scope="col" class={others.length > 6 ? 'num' : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, href, cells }) => (
            <tr>
              <th scope="row">{href === undefined ? label : <a href={href}>{label}</a>}</th>
              {cells.map((cell) => (
                <td class="num">{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
