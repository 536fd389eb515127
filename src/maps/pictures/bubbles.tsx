import { scaleSqrt } from 'd3-scale'
import { type Grid, greatest, placesOf } from './grid.ts'
import { Drawing, hatch, Legend, Linked, type PictureWords, pictureWidth, spoken } from './parts.tsx'
import { amount, at, fitted, widthOf, wrap } from './text.ts'

const legendHeight = 22
const rowHeight = 42
const labelWidth = 250
const headLines = 3
const labelSize = 12

/** Rows (holders) by columns (fields or years): a disc by number of patents, the hatched disc within by those open. */
export function BubblesPicture({
  id,
  title,
  desc,
  grid,
  words,
}: {
  id: string
  title: string
  desc: string
  grid: Grid
  words: PictureWords
}) {
  const cellWidth = (pictureWidth - labelWidth) / Math.max(1, grid.columns.length)
  const heads = grid.columns.map(({ label, short = label }) => wrap(short, cellWidth - 4, 11, headLines))
  const headHeight = 8 + 14 * Math.max(1, ...heads.map((lines) => lines.length))
  const top = legendHeight + headHeight
  const radius = scaleSqrt([0, greatest(grid)], [0, Math.min(cellWidth, rowHeight) / 2 - 1])
  const middle = (i: number) => at(labelWidth + (i + 0.5) * cellWidth)
  return (
    <Drawing id={id} title={title} desc={desc} height={top + grid.rows.length * rowHeight + 2}>
      <Legend id={id} words={words} />
      {heads.map((lines, i) => (
        <Linked href={grid.columns[i]?.href} name={grid.columns[i]?.label ?? ''}>
          {lines.map((line, n) => (
            <text x={middle(i)} y={legendHeight + 14 * (n + 1)} class="d m">
              {line}
            </text>
          ))}
        </Linked>
      ))}
      {grid.rows.map((row, i) => (
        <Linked href={row.href} name={spoken([row.label], row, words)}>
          <text x="0" y={top + i * rowHeight + 24}>
            {fitted(row.label, labelWidth - 56, labelSize)}
          </text>
          <text x={labelWidth - 12} y={top + i * rowHeight + 24} class="d r">
            {amount(row.patents)}
          </text>
        </Linked>
      ))}
      {grid.rows.map((_, i) => (
        <path d={`M0 ${top + i * rowHeight + 0.5}H${pictureWidth}`} class="l" />
      ))}
      {placesOf(grid).map(({ row, column, cell }) => {
        const [x, y, r] = [middle(column), at(top + (row + 0.5) * rowHeight), radius(cell.patents)]
        const label = amount(cell.patents)
        return (
          <Linked
            href={cell.href}
            name={spoken([grid.rows[row]?.label ?? '', grid.columns[column]?.label ?? ''], cell, words)}
          >
            <circle class="w" cx={x} cy={y} r={at(Math.max(r, 1.5))} />
            {cell.open > 0 ? (
              <circle class="h" cx={x} cy={y} r={at(Math.max(radius(cell.open), 1.5))} fill={hatch(id)} />
            ) : null}
            {widthOf(label, 11) <= r * 2 - 7 ? (
              <text class="m k" x={x} y={y + 4}>
                {label}
              </text>
            ) : null}
          </Linked>
        )
      })}
    </Drawing>
  )
}
