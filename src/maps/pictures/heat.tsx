import { type Grid, type GridPlace, greatest, placesOf } from './grid.ts'
import { Drawing, Legend, Linked, type PictureWords, pictureWidth, spoken } from './parts.tsx'
import { amount, at, fitted, widthOf } from './text.ts'

const legendHeight = 22
const headHeight = 20
const rowHeight = 28
const labelSize = 12

/** Darkness of a cell by the root of its share in the greatest, in five steps; two fifths at most, so that text stays readable. */
const steps = [0.07, 0.15, 0.23, 0.31, 0.4] as const

/** Rows by columns (years, as a rule): the darker, the more patents; the bar at the foot is the part that is open. */
export function HeatPicture({
  id,
  title,
  desc,
  grid,
  words,
  width = pictureWidth,
  labelWidth = 250,
  wide = true,
}: {
  id: string
  title: string
  desc: string
  grid: Grid
  words: PictureWords
  width?: number
  labelWidth?: number
  wide?: boolean
}) {
  const cellWidth = (width - labelWidth) / Math.max(1, grid.columns.length)
  const max = greatest(grid)
  const top = legendHeight + headHeight
  const everyColumn = Math.ceil((widthOf('2024', 11) + 6) / cellWidth)
  const column = (i: number) => at(labelWidth + i * cellWidth)
  return (
    <Drawing
      id={id}
      title={title}
      desc={desc}
      width={width}
      height={top + grid.rows.length * rowHeight + 2}
      wide={wide}
    >
      <Legend id={id} words={words} open="bar" />
      {grid.columns.map(({ label, short = label }, i) =>
        i % everyColumn === 0 ? (
          <text
            x={at(column(i) + (everyColumn === 1 ? cellWidth / 2 : 0))}
            y={top - 6}
            class={everyColumn === 1 ? 'd m' : 'd'}
          >
            {fitted(short, cellWidth * everyColumn, 11)}
          </text>
        ) : null,
      )}
      {grid.rows.map((row, i) => (
        <Linked href={row.href} name={spoken([row.label], row, words)}>
          <text x="0" y={top + i * rowHeight + 18}>
            {fitted(row.label, labelWidth - 52, labelSize)}
          </text>
          <text x={labelWidth - 8} y={top + i * rowHeight + 18} class="d r">
            {amount(row.patents)}
          </text>
        </Linked>
      ))}
      {grid.rows.map((_, i) => (
        <path d={`M0 ${top + i * rowHeight - 0.5}H${width}`} class="l" />
      ))}
      {placesOf(grid).map((place) => (
        <Cell grid={grid} place={place} max={max} words={words} x={column(place.column)} width={cellWidth} top={top} />
      ))}
    </Drawing>
  )
}

function Cell({
  grid,
  place: { row, column, cell },
  max,
  words,
  x,
  width,
  top,
}: {
  grid: Grid
  place: GridPlace
  max: number
  words: PictureWords
  x: number
  width: number
  top: number
}) {
  const y = top + row * rowHeight
  const step = Math.min(steps.length - 1, Math.floor(Math.sqrt(cell.patents / max) * steps.length))
  const label = amount(cell.patents)
  const inner = at(width - 1.5)
  const open = at((inner * cell.open) / cell.patents)
  return (
    <Linked
      href={cell.href}
      name={spoken([grid.rows[row]?.label ?? '', grid.columns[column]?.label ?? ''], cell, words)}
    >
      <rect class="i g" x={x} y={y} width={inner} height={rowHeight - 2} fill-opacity={steps[step]} />
      {widthOf(label, 12) <= width - 2 ? (
        <text class="m" x={at(x + width / 2)} y={y + 17}>
          {label}
        </text>
      ) : null}
      {open > 0 ? <rect class="o" x={x} y={y + rowHeight - 6} width={open} height="4" /> : null}
    </Linked>
  )
}
