import type { Child } from 'hono/jsx'
import type { Reader } from '../database.ts'
import type { Language } from '../http/language.ts'
import type { Dimension } from '../patents/cells.ts'
import { technologyFields } from '../patents/classification/fields.ts'
import { titleOf } from '../patents/classification/titles.ts'
import { gridOf } from './grids.ts'
import { type Labels, readLabels } from './labels.ts'
import { type Base, mapLink, narrowed, type Picture, patentsLink } from './links.ts'
import { type Cell, type Counting, type MapCounts, type MapQuestion, shownKey } from './map.ts'
import { BubblesPicture } from './pictures/bubbles.tsx'
import { HeatPicture } from './pictures/heat.tsx'
import { LinesPicture, type Series } from './pictures/lines.tsx'
import type { PictureWords } from './pictures/parts.tsx'
import { type Spot, SpotsPicture, whiteness } from './pictures/spots.tsx'
import { type Tile, TreemapPicture } from './pictures/treemap.tsx'
import { readMap } from './queries.ts'
import type { FilterQuery } from './question.ts'
import { gridTable, linesTable, listTable, type Table } from './tables.tsx'
import { dimensionWords, mapWords } from './words.ts'

/** Rows and columns that a two-way picture has at most: more are neither read nor sent. */
export const rowsMax = 14
export const columnsMax = 16
/** Columns with words at their head are wider. */
const wordyColumnsMax = 12
/** Small charts of one picture. */
export const seriesMax = 9
/** Fewer holders are no thicket. */
export const spotHoldersMin = 3
/** Spots that are drawn, the whitest of those that are read. */
const spotsMax = 60
const spotsReadMax = 1000
/** Tiles of one picture, so that the smallest still has a name. */
export const tilesMax = 60

/** How one view of the map is asked for, whoever shows it. */
export type View = {
  picture: Picture
  question: MapQuestion
  query: FilterQuery
  lang: Language
  base: Base
  id: string
  title: string
  desc: string
  /** Where a value leads on this page, if not to a narrower map. */
  linkTo?: (dimension: Dimension, value: string) => { href?: string } | undefined
}

/** A picture with what stands beside it: the same numbers as a table, and the counts it was drawn from. */
export type Drawn = { drawing: Child; table: Table; counts: MapCounts; labels: Labels }

/** The dimensions that a picture shows, given the filters: what is chosen is shown one level finer. */
export function dimensionsOf(picture: Picture, { field, ipc }: FilterQuery): readonly Dimension[] {
  const finer: Dimension =
    ipc !== undefined && ipc.length >= 4 ? 'group' : field !== undefined || ipc !== undefined ? 'subclass' : 'field'
  if (picture === 'treemap')
    return finer === 'field' ? ['field'] : finer === 'group' ? ['group'] : ['subclass', 'group']
  if (picture === 'heat') return [finer, 'year']
  if (picture === 'bubbles') return ['holder', finer]
  if (picture === 'years') return ['holder', 'year']
  return field === undefined && ipc === undefined ? ['field', 'year'] : ['holder', 'year']
}

/** As many values of a ranked dimension as the picture can hold. */
export function topOf(picture: Picture): number {
  if (picture === 'spots') return spotsReadMax
  if (picture === 'treemap') return tilesMax
  return picture === 'lines' ? seriesMax : rowsMax
}

/** The picture that suits these dimensions best. */
export function pictureFor(by: readonly Dimension[]): Picture {
  if (by.length === 1) return by[0] === 'year' ? 'lines' : 'treemap'
  if (by.includes('year')) return by.includes('holder') ? 'years' : 'heat'
  return by.every((one) => ['section', 'class', 'subclass', 'group'].includes(one)) ? 'treemap' : 'bubbles'
}

export async function draw(read: Reader, view: View): Promise<Drawn> {
  const { question, picture, lang } = view
  const counts = await readMap(read, question)
  const labels = await readLabels(read, question.by, counts)
  if (picture === 'treemap') {
    const last = question.by.at(-1) ?? 'field'
    const table = listTable(counts, last, labels, lang, (value) => linkOf(view, last, value))
    return { drawing: await treemapOf(read, view, counts, labels), table, counts, labels }
  }
  const { id, title, desc } = view
  const words = pictureWords(lang, question.count)
  if (picture === 'spots') {
    const [by = 'field'] = question.by
    const cells = whitest(counts)
    const spots = cells.map(
      ({ keys, patents, open, holders }): Spot => ({
        label: labels(by, keys[0] ?? '')[lang],
        patents,
        open,
        holders,
        ...linkOf(view, by, keys[0] ?? ''),
      }),
    )
    const corner = mapWords[lang].spotsHere
    const drawing = <SpotsPicture id={id} title={title} desc={desc} spots={spots} words={words} corner={corner} />
    const table = listTable({ cells }, by, labels, lang, (value) => linkOf(view, by, value))
    return { drawing, table, counts: { ...counts, cells }, labels }
  }
  if (picture === 'lines') {
    const series = seriesOf(view, counts, labels)
    const drawing = <LinesPicture id={id} title={title} desc={desc} series={series} words={words} />
    return { drawing, table: linesTable(series, lang), counts, labels }
  }
  const [row = 'field', column] = question.by
  const totals = column === 'year' ? undefined : await readMap(read, { ...question, by: [row] })
  const grid = gridOf({
    counts,
    labels,
    ...view,
    rowTotals: totals?.cells,
    rowsMax,
    columnsMax: column === 'year' ? columnsMax : wordyColumnsMax,
  })
  const Shape = picture === 'heat' ? HeatPicture : BubblesPicture
  const drawing = <Shape id={id} title={title} desc={desc} grid={grid} words={words} />
  return { drawing, table: gridTable(grid, dimensionWords[row][lang], lang), counts, labels }
}

export function pictureWords(lang: Language, count: Counting): PictureWords {
  const say = mapWords[lang]
  const short = count === 'fractional' ? (lang === 'ja' ? '（分数）' : ' (fractional)') : ''
  return { enrolled: `${say.legendEnrolled}${short}`, open: say.legendOpen, share: say.share, holders: say.holders }
}

async function treemapOf(read: Reader, view: View, counts: MapCounts, labels: Labels): Promise<Child> {
  const { question, lang, id, title, desc } = view
  const words = pictureWords(lang, question.count)
  const [first, second] = question.by
  if (first === undefined) return null
  const tileOf = (cell: Cell, dimension: Dimension, value: string): Tile => ({
    label: tileLabel(labels(dimension, value)[lang], dimension, value),
    patents: cell.patents,
    open: cell.open,
    ...linkOf(view, dimension, value),
  })
  const single = counts.cells.map((cell) => tileOf(cell, second ?? first, cell.keys.at(-1) ?? ''))
  if (second === undefined)
    return (
      <TreemapPicture
        id={id}
        title={title}
        desc={desc}
        words={words}
        tiles={first === 'field' ? bySector(counts, single, lang) : single}
      />
    )
  const frames = await readMap(read, { ...question, by: [first], top: tilesMax })
  const frameLabels = await readLabels(read, [first], frames)
  const tiles = frames.cells.flatMap((cell): Tile[] => {
    const value = cell.keys[0] ?? ''
    const parts = counts.cells.filter(({ keys }) => keys[0] === value)
    if (parts.length === 0) return []
    const frame = { ...tileOf(cell, first, value), label: frameLabels(first, value)[lang] }
    return [{ ...frame, parts: parts.map((part) => tileOf(part, second, part.keys[1] ?? '')) }]
  })
  return <TreemapPicture id={id} title={title} desc={desc} words={words} tiles={tiles} />
}

function tileLabel(label: string, dimension: Dimension, value: string): string {
  if (dimension === 'field' && value !== '') return `${value} ${label}`
  // Where a group has no label of its own, the frame around it says that of its subclass.
  return dimension === 'group' && titleOf(value)?.of !== value && value !== '' ? value : label
}

/** The fields within their sectors; patents without a field beside them. */
function bySector(counts: MapCounts, tiles: readonly Tile[], lang: Language): Tile[] {
  const sectors = new Map<string, Tile[]>()
  const outside: Tile[] = []
  counts.cells.forEach((cell, i) => {
    const tile = tiles[i]
    const sector = technologyFields[Number(cell.keys[0]) - 1]?.sector[lang]
    if (tile === undefined) return
    if (sector === undefined) outside.push(tile)
    else sectors.set(sector, [...(sectors.get(sector) ?? []), tile])
  })
  const framed = [...sectors].map(([label, parts]) => ({
    label,
    patents: parts.reduce((sum, { patents }) => sum + patents, 0),
    open: parts.reduce((sum, { open }) => sum + open, 0),
    uncounted: true as const,
    parts,
  }))
  return [...framed, ...outside]
}

function seriesOf(view: View, counts: MapCounts, labels: Labels): Series[] {
  const { question, lang } = view
  const place = question.by.indexOf('year')
  const other = question.by.find((dimension) => dimension !== 'year')
  const groups = new Map<string, Cell[]>()
  for (const cell of counts.cells) {
    const value = other === undefined ? '' : (cell.keys[1 - place] ?? '')
    groups.set(value, [...(groups.get(value) ?? []), cell])
  }
  const series = [...groups].map(([value, cells]): Series => {
    const label = other === undefined ? mapWords[lang].total : labels(other, value)[lang]
    const within = other === undefined ? view.query : narrowed(view.query, other, value)
    return {
      label,
      patents: cells.reduce((sum, { patents }) => sum + patents, 0),
      open: cells.reduce((sum, { open }) => sum + open, 0),
      ...(other === undefined ? {} : linkOf(view, other, value)),
      points: cells.flatMap(({ keys, patents, open }) => {
        const year = shownKey('year', keys[place] ?? '')
        if (typeof year !== 'number') return []
        const href = patentsLink(view.base, narrowed(within, 'year', String(year)))
        return [{ year, patents, open, ...(href === undefined ? {} : { href }) }]
      }),
    }
  })
  return series
    .filter(({ points }) => points.length > 0)
    .sort((a, b) => b.patents - a.patents)
    .slice(0, seriesMax)
}

/** Where holders are many and little is open, whitest first. */
function whitest({ cells }: MapCounts) {
  return cells
    .map((cell) => ({ ...cell, holders: cell.holders ?? 0 }))
    .filter(({ keys, holders }) => keys[0] !== '' && holders >= spotHoldersMin)
    .sort((a, b) => whiteness(b) - whiteness(a))
    .slice(0, spotsMax)
}

/** Further in: a field to its classes, a subclass to its groups, a group to its patents, a holder to its own map. */
export function linkOf({ base, query, picture, linkTo }: View, dimension: Dimension, value: string): { href?: string } {
  const special = linkTo?.(dimension, value)
  if (special !== undefined) return special
  const next = narrowed(query, dimension, value)
  if (dimension === 'group') {
    const href = patentsLink(base, next)
    return href === undefined ? {} : { href }
  }
  if (dimension === 'holder') return { href: mapLink(base, picture === 'lines' ? 'lines' : 'heat', next) }
  // Nothing finer is recorded of patents without a class: who holds them and since when is what can be told.
  const unclassed = value === '' && picture === 'treemap'
  return { href: mapLink(base, unclassed ? 'years' : picture, next) }
}
