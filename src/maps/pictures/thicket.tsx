import type { VerdictValue } from '../../../policies/vocabulary.ts'
import { Drawing, hatch, Linked, pictureWidth } from './parts.tsx'
import { fitted, widthOf, wrap } from './text.ts'

/** One patent as a mark: its verdict is its shape. */
export type Mark = { name: string; verdict: VerdictValue; href?: string }
/** Patents that the same holders own together. */
export type Owned = { holders: string; terms: string; marks: readonly Mark[] }

const labelWidth = 300
const zoneWidth = 340
const zoneGap = 20
const step = 21
const perLine = Math.floor(zoneWidth / step)
const headHeight = 46
const rowPadding = 16

/**
 * A thicket: a row for each holder or group of co-owners. On the left of the line what one grant covers, on the right what
 * remains to be asked for or needs nothing.
 */
export function ThicketPicture({
  id,
  title,
  desc,
  rows,
  heads,
}: {
  id: string
  title: string
  desc: string
  rows: readonly Owned[]
  /** What stands above the two zones. */
  heads: readonly [string, string]
}) {
  const laid = layRows(rows)
  const height = headHeight + laid.reduce((sum, row) => sum + row.height, 0) + 4
  const [left, right] = [labelWidth, labelWidth + zoneWidth + zoneGap]
  return (
    <Drawing id={id} title={title} desc={desc} height={height}>
      {[left, right].map((x, i) => (
        <text x={x} y="28" class="b">
          {fitted(heads[i] ?? '', zoneWidth, 12)}
        </text>
      ))}
      <rect class="h" fill="none" x={left - 10.5} y="8.5" width={zoneWidth + 6} height={height - 12} />
      {laid.map(({ row, y, covered, other, names }) => (
        <g transform={`translate(0 ${y})`}>
          <path class="l" d={`M0 0.5H${pictureWidth}`} />
          {names.map((line, i) => (
            <text x="0" y={20 + i * 16}>
              {line}
            </text>
          ))}
          <text x="0" y={20 + names.length * 16} class="d">
            {fitted(row.terms, labelWidth - 24, 11)}
          </text>
          <Marks id={id} marks={covered} x={left} />
          <Marks id={id} marks={other} x={right} />
        </g>
      ))}
    </Drawing>
  )
}

function Marks({ id, marks, x }: { id: string; marks: readonly Mark[]; x: number }) {
  return (
    <>
      {marks.map((mark, i) => (
        <Linked href={mark.href} name={mark.name}>
          <VerdictShape
            id={id}
            verdict={mark.verdict}
            x={x + (i % perLine) * step}
            y={rowPadding / 2 + Math.floor(i / perLine) * step + 2}
          />
        </Linked>
      ))}
    </>
  )
}

/** The shapes of the style sheet's marks, 16 by 16: disc, triangle, cross, dash, frame, diamond. */
export function VerdictShape({ id, verdict, x, y }: { id: string; verdict: VerdictValue; x: number; y: number }) {
  const place = `translate(${x} ${y})`
  if (verdict === 'allowed') return <circle class="h g" cx={x + 8} cy={y + 8} r="7.5" fill={hatch(id)} />
  if (verdict === 'ask') return <path class="a g" transform={place} d="M8 1l8 14H0z" />
  const shape = shapes[verdict]
  return <path class="n g" fill-rule="evenodd" transform={place} d={shape} />
}

const shapes: Readonly<Record<Exclude<VerdictValue, 'allowed' | 'ask'>, string>> = {
  not_allowed: 'M3 0l5 5 5-5 3 3-5 5 5 5-3 3-5-5-5 5-3-3 5-5-5-5z',
  not_needed: 'M0 6h16v4H0z',
  not_enrolled: 'M0 0h16v16H0zM3 3v10h10V3z',
  unrecognised: 'M8 0l8 8-8 8-8-8zm0 4L4 8l4 4 4-4z',
}

type Laid = { row: Owned; y: number; height: number; covered: Mark[]; other: Mark[]; names: string[] }

export function layRows(rows: readonly Owned[]): Laid[] {
  let y = headHeight
  return rows.map((row) => {
    const covered = row.marks.filter(({ verdict }) => verdict === 'allowed')
    const other = row.marks.filter(({ verdict }) => verdict !== 'allowed')
    const names =
      widthOf(row.holders, 12) <= labelWidth - 24 ? [row.holders] : wrap(row.holders, labelWidth - 24, 12, 2)
    const lines = Math.ceil(Math.max(covered.length, other.length) / perLine)
    const height = Math.max(lines * step, names.length * 16 + 20) + rowPadding
    const laid = { row, y, height, covered, other, names }
    y += height
    return laid
  })
}
