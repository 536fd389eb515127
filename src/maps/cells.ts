import type { Reader } from '../database.ts'
import { type Among, type Measure, rankValues, readCells as readKept } from '../patents/cell-queries.ts'
import { isCellDims } from '../patents/cells.ts'
import { beginningsOfField } from '../patents/classification/fields.ts'
import { type Axis, afterAllBelow, axesOf, filterAxes, isWithinField, keyOf } from './axes.ts'
import { type Cell, type Dimension, type MapCounts, type MapQuestion, othersCountedMax, type Totals } from './map.ts'
import { rankedDimensions } from './members.ts'

/** Weights are kept in millionths of a patent. */
const weightUnit = 1_000_000

/** What an answer needs to know of organisations: the kind of one, and those of a kind. */
export type Kinds = { kindOf(holder: string): string; ofKind(kind: string): readonly string[] }

/**
 * The answer from the counters alone (`schema/projections.ts`), at a cost that does not grow with the patents. Undefined
 * where they do not hold it.
 */
export async function countFromCells(
  read: Reader,
  question: MapQuestion,
  kinds: Kinds,
): Promise<MapCounts | undefined> {
  const axes = axesOf(question)
  const limits = filterAxes(question)
  const ranked = question.by.filter((dimension) => rankedDimensions.has(dimension))
  const lists = ranked.map((dimension) => ({ dimension, axes: axesOf({ by: [dimension], filter: question.filter }) }))
  if (![axes, limits, ...lists.map((list) => list.axes)].every(isCounted)) return undefined
  const totals = (await cellsOf(read, limits, { ...question, by: [] }, new Map(), kinds))[0] ?? { patents: 0, open: 0 }
  const best = await Promise.all(
    lists.map((list) => strongestOf(read, list.axes, list.dimension, totals, question, kinds)),
  )
  const among = new Map(ranked.map((dimension, i) => [dimension, best[i]?.values ?? []]))
  const cells = await cellsOf(read, axes, question, among, kinds)
  return {
    cells: cells.filter(({ keys }) =>
      question.by.every((dimension, place) => among.get(dimension)?.includes(keys[place] ?? '') ?? true),
    ),
    totals: { patents: totals.patents, open: totals.open, ...holdersOf(totals) },
    others: new Map(ranked.map((dimension, i) => [dimension, best[i]?.others ?? 0] as const).filter(([, n]) => n > 0)),
  }
}

function holdersOf({ holders }: Totals): { holders?: number } {
  return holders === undefined ? {} : { holders }
}

function isCounted(axes: readonly Axis[]): boolean {
  return isCellDims(dimsOf(axes))
}

function dimsOf(axes: readonly Axis[]): string {
  return axes.map(({ dimension }) => dimension).join(',')
}

/** Kept cells joined by the keys that are asked for; years that are not asked for are added up, which is exact. */
async function cellsOf(
  read: Reader,
  axes: readonly Axis[],
  question: MapQuestion,
  among: ReadonlyMap<Dimension, readonly string[]>,
  kinds: Kinds,
): Promise<Cell[]> {
  const kept = await readKept(read, dimsOf(axes), amongOf(axes, among, kinds))
  // Distinct holders are counted for some cells, and 0 in others; of joined cells they cannot be told.
  const withHolders = question.filter.open === undefined && !axes.some(isSummed)
  const cells = new Map<string, Cell>()
  const places = question.by.map((dimension) => {
    const place = axes.findIndex(({ gives }) => gives.includes(dimension))
    return { dimension, place, axis: axes[place] }
  })
  for (const one of kept) {
    const keys = places.map(({ dimension, place, axis }) =>
      axis === undefined ? '' : keyOf(dimension, axis, one.values[place] ?? '', kinds.kindOf),
    )
    const name = keys.join('\n')
    const { patents, open } = amountsOf(one, question)
    const known = cells.get(name)
    cells.set(name, {
      keys,
      patents: patents + (known?.patents ?? 0),
      open: open + (known?.open ?? 0),
      ...(withHolders && one.holders > 0 ? { holders: one.holders } : {}),
    })
  }
  return [...cells.values()].filter(
    ({ keys, patents }) =>
      patents > 0 && question.by.every((dimension, i) => isWithinField(dimension, keys[i] ?? '', question.filter)),
  )
}

function amountsOf(
  kept: { patents: number; open: number; weight: number; openWeight: number },
  { filter, count }: MapQuestion,
): { patents: number; open: number } {
  const [patents, open] =
    count === 'whole' ? [kept.patents, kept.open] : [kept.weight / weightUnit, kept.openWeight / weightUnit]
  if (filter.open === undefined) return { patents, open }
  return filter.open ? { patents: open, open } : { patents: patents - open, open: 0 }
}

/** An axis without a key of its own that is not held to one value: several kept cells make one. */
function isSummed({ gives, only }: Axis): boolean {
  return gives.length === 0 && !(only !== undefined && 'equals' in only)
}

function amongOf(axes: readonly Axis[], among: ReadonlyMap<Dimension, readonly string[]>, kinds: Kinds): Among {
  const held: Among = {}
  for (const { dimension, only } of axes) {
    const values = among.get(dimension)
    if (only !== undefined && 'equals' in only) held[dimension] = [only.equals]
    else if (values !== undefined) held[dimension] = values
    else if (only === undefined) continue
    else if ('kind' in only) held[dimension] = kinds.ofKind(only.kind)
    else if ('below' in only) held[dimension] = { from: only.below, below: afterAllBelow(only.below) }
    else held[dimension] = { from: only.from, below: afterAllBelow(only.to) }
  }
  return held
}

/** The values with the most patents that pass the filters, strongest first, and how many there are besides. */
async function strongestOf(
  read: Reader,
  axes: readonly Axis[],
  dimension: Dimension,
  totals: Totals,
  { filter, top }: MapQuestion,
  kinds: Kinds,
): Promise<{ values: string[]; others: number }> {
  const axis = axes.find(({ gives }) => gives.includes(dimension))
  if (axis?.only !== undefined && 'equals' in axis.only)
    return { values: [keyOf(dimension, axis, axis.only.equals, kinds.kindOf)], others: 0 }
  const measure: Measure = filter.open === undefined ? 'patents' : filter.open ? 'open' : 'closed'
  const among = amongOf(axes, new Map(), kinds)
  const ofField = filter.field !== undefined && (dimension === 'subclass' || dimension === 'group')
  if (ofField && filter.field !== '' && axis !== undefined && among[axis.dimension] === undefined)
    among[axis.dimension] = { beginnings: beginningsOfField(Number(filter.field)) }
  const counted = dimension === 'holder' && among.holder === undefined && totals.holders !== undefined
  // Which of them belong to the field is told from each by itself; else nobody looks at more than are shown.
  const limit = ofField ? top + othersCountedMax : top
  const { strongest, all } = await rankValues(read, dimsOf(axes), dimension, among, limit, measure)
  const found = strongest.filter(({ value }) => isWithinField(dimension, value, filter))
  const count = counted
    ? Math.max(totals.holders ?? 0, found.length)
    : ofField || all === undefined
      ? found.length
      : Math.min(all, top + othersCountedMax)
  return { values: found.slice(0, top).map(({ value }) => value), others: Math.max(0, count - top) }
}
