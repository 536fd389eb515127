import { scaleLinear, scaleSqrt } from 'd3-scale'
import {
  type Amount,
  byValue,
  Drawing,
  hatch,
  Linked,
  type Named,
  type PictureWords,
  pictureWidth,
  spoken,
} from './parts.tsx'
import { at, fitted, widthOf } from './text.ts'

export type Spot = Named & Amount & { holders: number }

const height = 480
const margin = { left: 52, right: 20, top: 16, bottom: 44 }
/** Discs at nought need room below the line. */
const footroom = 30
const labelSize = 12
const labelWidthMax = 210

/**
 * Fields by how many hold them (across) and what part of them is open (up). The white spots are below on the right: many
 * to ask, little open. Names stand where they fitted, those of the whitest spots first.
 */
export function SpotsPicture({
  id,
  title,
  desc,
  spots,
  words,
  corner,
}: {
  id: string
  title: string
  desc: string
  spots: readonly Spot[]
  words: PictureWords
  /** What is said of the corner below on the right. */
  corner: string
}) {
  const x = scaleSqrt(
    [
      Math.max(0, Math.min(...spots.map(({ holders }) => holders)) - 1),
      Math.max(4, ...spots.map(({ holders }) => holders)),
    ],
    [margin.left, pictureWidth - margin.right - 30],
  ).nice(5)
  const share = Math.max(0.2, ...spots.map(({ patents, open }) => (patents === 0 ? 0 : open / patents)))
  const y = scaleLinear([0, Math.min(1, share * 1.1)], [height - margin.bottom - footroom, margin.top]).nice(5)
  const radius = scaleSqrt([0, Math.max(1, ...spots.map(({ patents }) => patents))], [0, 30])
  const discs = spots.map((spot) => ({
    spot,
    x: at(x(spot.holders)),
    y: at(y(spot.patents === 0 ? 0 : spot.open / spot.patents)),
    r: at(Math.max(2, radius(spot.patents))),
    patents: spot.patents,
  }))
  const labels = placeLabels(discs)
  return (
    <Drawing id={id} title={title} desc={desc} height={height}>
      {y.ticks(5).map((tick) => (
        <>
          <path d={`M${margin.left} ${at(y(tick))}H${pictureWidth - margin.right}`} class="l" />
          <text x={margin.left - 8} y={at(y(tick) + 4)} class="d r">{`${Math.round(tick * 100)}%`}</text>
        </>
      ))}
      {x
        .ticks(8)
        .filter(Number.isInteger)
        .map((tick) => (
          <text x={at(x(tick))} y={height - margin.bottom + 16} class="d m">
            {String(tick)}
          </text>
        ))}
      <text x={pictureWidth - margin.right} y={height - 6} class="d r">
        {`${corner} ↘  ${words.holders} →`}
      </text>
      <text x="0" y={height - 6} class="d">
        {`↑ ${words.share}`}
      </text>
      {byValue(discs).map(({ spot, x: cx, y: cy, r }) => {
        return (
          <Linked href={spot.href} name={`${spoken([spot.label], spot, words)}, ${words.holders} ${spot.holders}`}>
            <circle class="w" cx={cx} cy={cy} r={r} />
            {spot.open > 0 ? (
              <circle class="h" cx={cx} cy={cy} r={at(Math.max(1.5, radius(spot.open)))} fill={hatch(id)} />
            ) : null}
          </Linked>
        )
      })}
      <g>
        {[...labels.values()].map(({ x: left, y: base, text }) => (
          <text class="k" x={at(left)} y={at(base)}>
            {text}
          </text>
        ))}
      </g>
    </Drawing>
  )
}

type Disc = { spot: Spot; x: number; y: number; r: number }
type Box = { x0: number; x1: number; y0: number; y1: number }

/** A label to the right of its disc, else to the left, above or below; none where all four would lie on another label or disc. */
function placeLabels(discs: readonly Disc[]): Map<Spot, { x: number; y: number; text: string }> {
  const taken: Box[] = []
  const placed = new Map<Spot, { x: number; y: number; text: string }>()
  const whitestFirst = [...discs].sort((a, b) => whiteness(b.spot) - whiteness(a.spot))
  for (const { spot, x, y, r } of whitestFirst) {
    const text = fitted(spot.label, labelWidthMax, labelSize)
    const width = widthOf(text, labelSize)
    const places = [
      { x: x + r + 4, y: y + 4 },
      { x: x - r - 4 - width, y: y + 4 },
      { x: x - width / 2, y: y - r - 5 },
      { x: x - width / 2, y: y + r + 14 },
    ]
    const free = places.find((place) => {
      const box = { x0: place.x, x1: place.x + width, y0: place.y - labelSize, y1: place.y + 3 }
      const inside =
        box.x0 >= margin.left && box.x1 <= pictureWidth && box.y0 >= 0 && box.y1 <= height - margin.bottom + 4
      const onDisc = discs.some((other) => other.spot !== spot && overlap(box, boxOf(other)))
      return inside && !onDisc && !taken.some((other) => overlap(box, other))
    })
    if (free === undefined) continue
    taken.push({ x0: free.x, x1: free.x + width, y0: free.y - labelSize, y1: free.y + 3 })
    placed.set(spot, { ...free, text })
  }
  return placed
}

function boxOf({ x, y, r }: Disc): Box {
  return { x0: x - r, x1: x + r, y0: y - r, y1: y + r }
}

function overlap(a: Box, b: Box): boolean {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1
}

/** How many holders would have to be asked, for want of openness: the measure by which white spots are ranked. */
export function whiteness({ holders, patents, open }: Amount & { holders: number }): number {
  return patents === 0 ? 0 : holders * (1 - open / patents)
}
