import { type HierarchyRectangularNode, hierarchy, treemap } from 'd3-hierarchy'
import {
  type Amount,
  byValue,
  Drawing,
  hatch,
  Legend,
  Linked,
  type Named,
  type PictureWords,
  pictureWidth,
  spoken,
} from './parts.tsx'
import { amount, at, fitted, wrap } from './text.ts'

/** `uncounted`: its patents are the sum of its parts', which may share some, so no number is shown. */
export type Tile = Named & Amount & { parts?: readonly Tile[]; uncounted?: true }

const legendHeight = 22
const headHeight = 19
const labelSize = 12
const lineHeight = 15

/**
 * Areas by number of patents, at most two levels: a tile with parts is a frame with its name above. The part that is open
 * is hatched from below, its area to that of the tile as open patents to enrolled ones.
 */
export function TreemapPicture({
  id,
  title,
  desc,
  tiles,
  words,
  height = 560,
}: {
  id: string
  title: string
  desc: string
  tiles: readonly Tile[]
  words: PictureWords
  height?: number
}) {
  const placed = placeTiles(tiles, pictureWidth, height)
  const frames = placed.filter(({ framed }) => framed)
  return (
    <Drawing id={id} title={title} desc={desc} height={height + legendHeight}>
      <Legend id={id} words={words} />
      <g transform={`translate(0 ${legendHeight})`}>
        {frames.map(({ tile, x, y, width }) => (
          <Linked href={tile.href} name={tile.uncounted ? tile.label : spoken([tile.label], tile, words)}>
            <text x={x + 2} y={y + 13} class="b">
              {fitted(tile.uncounted ? tile.label : `${tile.label}  ${amount(tile.patents)}`, width - 4, labelSize)}
            </text>
          </Linked>
        ))}
        {byPatents(placed.filter(({ framed }) => !framed)).map((one) => (
          <Leaf id={id} placed={one} words={words} />
        ))}
      </g>
    </Drawing>
  )
}

function Leaf({
  id,
  placed: { tile, x, y, width, height },
  words,
}: {
  id: string
  placed: Placed
  words: PictureWords
}) {
  const open = tile.patents === 0 ? 0 : (height * tile.open) / tile.patents
  const room = width < 26 ? 0 : Math.floor((height - 3) / lineHeight)
  const lines = room === 0 ? [] : wrap(tile.label, width - 8, labelSize, Math.max(1, Math.min(3, room - 1)))
  return (
    <Linked href={tile.href} name={spoken([tile.label], tile, words)}>
      <rect x={x} y={y} width={width} height={height} class="w" />
      {open > 0 ? <rect x={x} y={at(y + height - open)} width={width} height={at(open)} fill={hatch(id)} /> : null}
      {lines.map((line, i) => (
        <text x={x + 5} y={y + 15 + i * lineHeight} class="k">
          {line}
        </text>
      ))}
      {room <= lines.length ? null : (
        <text x={x + 5} y={y + 15 + lines.length * lineHeight} class="d k">
          {fitted(countOf(tile), width - 8, 11)}
        </text>
      )}
    </Linked>
  )
}

function countOf({ patents, open }: Amount): string {
  return open === 0 ? amount(patents) : `${amount(patents)} / ${amount(open)}`
}

/** Where a tile is drawn; all whole units but the width and height of the last in a row. */
export type Placed = { tile: Tile; x: number; y: number; width: number; height: number; framed: boolean }

/** Squarified (Bruls, Huizing, van Wijk), greatest first; a tile without patents has no place. */
export function placeTiles(tiles: readonly Tile[], width: number, height: number): Placed[] {
  const shown = tiles.filter(({ patents }) => patents > 0)
  const framed = shown.some(({ parts }) => parts !== undefined)
  const root = hierarchy<Tile>({ label: '', patents: 0, open: 0, parts: shown }, ({ parts }) =>
    parts?.filter(({ patents }) => patents > 0),
  )
    .sum(({ parts, patents }) => (parts === undefined || parts.length === 0 ? patents : 0))
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
  const laid = treemap<Tile>()
    .size([width, height])
    .round(true)
    .paddingInner(3)
    .paddingTop((node) => (framed && node.depth === 1 && node.children ? headHeight : 0))(root)
  return laid
    .descendants()
    .filter(({ depth }) => depth > 0)
    .map(place)
    .filter((one) => one.width > 0 && one.height > 0)
}

function place({ data, x0, x1, y0, y1, children }: HierarchyRectangularNode<Tile>): Placed {
  return { tile: data, x: x0, y: y0, width: x1 - x0, height: y1 - y0, framed: children !== undefined }
}

function byPatents(placed: readonly Placed[]): Placed[] {
  return byValue(placed.map((one) => ({ ...one, patents: one.tile.patents })))
}
