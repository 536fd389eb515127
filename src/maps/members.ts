import type { Dimension } from '../patents/cells.ts'
import { type Axis, afterAllBelow, axesOf, isWithinField, keyOf } from './axes.ts'
import type { Cell, MapCounts, MapQuestion } from './map.ts'

/** The values of one patent, as the counters count them (`map_members`). */
export type Member = {
  values: Readonly<Partial<Record<Dimension, readonly string[]>>>
  open: boolean
  filedOn: string
}

/** Dimensions with so many values that only the strongest are shown. */
export const rankedDimensions: ReadonlySet<Dimension> = new Set(['class', 'subclass', 'group', 'holder'])

/**
 * Counts patent by patent, for questions that no counter answers. Fractional: a patent counts 1/k in each of its k values
 * of an axis, for several axes the product. Ranked dimensions keep the values with the most patents.
 * @param kindOf the kind of a holder by its id
 */
export function countMembers(
  members: readonly Member[],
  question: MapQuestion,
  kindOf: (holder: string) => string,
): MapCounts {
  const passing = members.filter((member) => passes(member, question))
  const others = new Map<Dimension, number>()
  let cells = cellsOf(passing, question, kindOf)
  question.by.forEach((dimension, place) => {
    if (!rankedDimensions.has(dimension)) return
    const values = cellsOf(passing, { ...question, by: [dimension], count: 'whole' }, kindOf)
    const ranked = values
      .map(({ keys, patents }) => ({ value: keys[0] ?? '', patents }))
      .sort((a, b) => b.patents - a.patents || (a.value < b.value ? -1 : 1))
    const best = new Set(ranked.slice(0, question.top).map(({ value }) => value))
    if (ranked.length > question.top) others.set(dimension, ranked.length - question.top)
    cells = cells.filter(({ keys }) => best.has(keys[place] ?? ''))
  })
  const [all] = cellsOf(passing, { ...question, by: [] }, kindOf)
  const { patents = 0, open = 0, holders = 0 } = all ?? {}
  return { cells, totals: { patents, open, holders }, others }
}

function cellsOf(members: readonly Member[], question: MapQuestion, kindOf: (holder: string) => string): Cell[] {
  const axes = axesOf(question)
  const cells = new Map<string, Tally & { keys: readonly string[] }>()
  for (const member of members) {
    const places = new Map<string, { keys: readonly string[]; weight: number }>()
    for (const { keys, weight } of placesOf(axes, member, kindOf, question.by)) {
      if (!question.by.every((dimension, i) => isWithinField(dimension, keys[i] ?? '', question.filter))) continue
      const name = keys.join('\n')
      places.set(name, { keys, weight: (places.get(name)?.weight ?? 0) + weight })
    }
    for (const [name, { keys, weight }] of places) {
      const cell = cells.get(name) ?? { keys, ...tally() }
      add(cell, member, question.count === 'whole' ? 1 : weight)
      cells.set(name, cell)
    }
  }
  return [...cells.values()].map(({ keys, patents, open, who }) => ({ keys, patents, open, holders: who.size }))
}

type Tally = { patents: number; open: number; who: Set<string> }

function tally(): Tally {
  return { patents: 0, open: 0, who: new Set() }
}

function add(to: Tally, { values, open }: Member, weight: number): void {
  to.patents += weight
  if (open) to.open += weight
  for (const holder of values.holder ?? []) if (holder !== '') to.who.add(holder)
}

function passes({ open, filedOn }: Member, { filter }: MapQuestion): boolean {
  if (filter.open !== undefined && filter.open !== open) return false
  if (filter.filedFrom !== undefined && filedOn < filter.filedFrom) return false
  return filter.filedTo === undefined || (filedOn !== '' && filedOn <= filter.filedTo)
}

/** Where a patent stands on these axes together; nowhere when a filter excludes it. */
function placesOf(
  axes: readonly Axis[],
  { values }: Member,
  kindOf: (holder: string) => string,
  by: readonly Dimension[],
): { keys: readonly string[]; weight: number }[] {
  let places: { found: ReadonlyMap<Dimension, string>; weight: number }[] = [{ found: new Map(), weight: 1 }]
  for (const axis of axes) {
    const all = values[axis.dimension] ?? ['']
    const fitting = all.filter((value) => fits(value, axis, kindOf))
    places = places.flatMap(({ found, weight }) =>
      fitting.map((value) => ({
        found: new Map([...found, ...axis.gives.map((given) => [given, keyOf(given, axis, value, kindOf)] as const)]),
        weight: weight / all.length,
      })),
    )
  }
  return places.map(({ found, weight }) => ({ keys: by.map((dimension) => found.get(dimension) ?? ''), weight }))
}

function fits(value: string, { only }: Axis, kindOf: (holder: string) => string): boolean {
  if (only === undefined) return true
  if ('equals' in only) return value === only.equals
  if ('below' in only) return value >= only.below && value < afterAllBelow(only.below)
  if ('kind' in only) return value !== '' && kindOf(value) === only.kind
  return value !== '' && value >= only.from && value <= only.to
}
