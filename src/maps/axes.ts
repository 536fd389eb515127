import { type Dimension, dimensions } from '../patents/cells.ts'
import { isOfField } from '../patents/classification/fields.ts'
import type { MapQuestion } from './map.ts'

/** What an axis is held to. `below` is a class symbol, `kind` that of a holder, years are of filing and inclusive. */
export type Only = { equals: string } | { below: string } | { kind: string } | { from: string; to: string }

/**
 * One independent way of telling patents apart. The classes are one (a finer symbol begins with the coarser), kind and
 * holder another: of such, the finest that is asked for is counted, and the coarser keys follow from it.
 */
export type Axis = { dimension: Dimension; only?: Only; gives: readonly Dimension[] }

/** The axes of a question in the order of `dimensions`. */
export function axesOf({ by, filter }: Pick<MapQuestion, 'by' | 'filter'>): Axis[] {
  const { field, terms, status, office } = filter
  const plain: readonly (readonly [Dimension, string | undefined])[] = [
    ['office', office],
    ['status', status],
    ['terms', terms],
    ['field', field],
  ]
  const axes = [
    ...plain.flatMap(([dimension, value]) => axis(by, dimension, value === undefined ? undefined : { equals: value })),
    ...axis(by, 'year', yearsOf(filter)),
    ...classAxis(by, filter.ipc),
    ...holderAxis(by, filter),
  ]
  return axes.sort((a, b) => dimensions.indexOf(a.dimension) - dimensions.indexOf(b.dimension))
}

/** The axes on which the filters stand: those of the totals. */
export function filterAxes(question: MapQuestion): Axis[] {
  return axesOf({ by: [], filter: question.filter })
}

/** The key of a dimension that an axis gives, from the axis's own value. */
export function keyOf(dimension: Dimension, axis: Axis, value: string, kindOf: (holder: string) => string): string {
  const length = symbolLengths.get(dimension)
  if (length !== undefined) return value.slice(0, length)
  return dimension === 'kind' && axis.dimension === 'holder' && value !== '' ? kindOf(value) : value
}

/** A filter on a field keeps, of subclasses and main groups, those that belong to it: not what its patents are in besides. */
export function isWithinField(dimension: Dimension, value: string, { field }: { field?: string }): boolean {
  if (field === undefined || field === '' || !(dimension === 'subclass' || dimension === 'group')) return true
  return isOfField(value, Number(field))
}

/** Whole years, or undefined where the days do not begin and end with a year. */
export function yearsOf({
  filedFrom,
  filedTo,
}: {
  filedFrom?: string
  filedTo?: string
}): { from: string; to: string } | undefined {
  if (filedFrom === undefined && filedTo === undefined) return undefined
  return { from: filedFrom?.slice(0, 4) ?? '0000', to: filedTo?.slice(0, 4) ?? '9999' }
}

/** Whether the days of filing can be told from the year alone. */
export function isWholeYears({ filedFrom, filedTo }: { filedFrom?: string; filedTo?: string }): boolean {
  return (
    (filedFrom === undefined || filedFrom.endsWith('-01-01')) && (filedTo === undefined || filedTo.endsWith('-12-31'))
  )
}

/** What symbols below this one begin with end before this text. */
export function afterAllBelow(symbol: string): string {
  return `${symbol}~`
}

const symbolLengths: ReadonlyMap<Dimension, number> = new Map([
  ['section', 1],
  ['class', 3],
  ['subclass', 4],
])

function axis(by: readonly Dimension[], dimension: Dimension, only: Only | undefined): Axis[] {
  const asked = by.includes(dimension)
  if (!asked && only === undefined) return []
  return [{ dimension, gives: asked ? [dimension] : [], ...(only === undefined ? {} : { only }) }]
}

const classLevels = ['section', 'class', 'subclass', 'group'] as const

function classAxis(by: readonly Dimension[], ipc: string | undefined): Axis[] {
  const gives = classLevels.filter((level) => by.includes(level))
  const named = ipc === undefined || ipc === '' ? -1 : levelIndex(ipc)
  const finest = classLevels[Math.max(named, ...gives.map((level) => classLevels.indexOf(level)))]
  if (finest === undefined) return ipc === '' ? [{ dimension: 'section', gives, only: { equals: '' } }] : []
  if (ipc === undefined) return [{ dimension: finest, gives }]
  const exact = ipc === '' || classLevels.indexOf(finest) === named
  return [{ dimension: finest, gives, only: exact ? { equals: ipc } : { below: ipc } }]
}

function levelIndex(symbol: string): number {
  if (symbol.length > 4) return 3
  return symbol.length === 4 ? 2 : symbol.length === 3 ? 1 : 0
}

function holderAxis(by: readonly Dimension[], { holder, kind }: { holder?: string; kind?: string }): Axis[] {
  const gives = (['kind', 'holder'] as const).filter((one) => by.includes(one))
  if (holder !== undefined) {
    const held: Axis = { dimension: 'holder', gives, only: { equals: holder } }
    // Both: patents of that holder which have a holder of the kind, itself or another.
    return kind === undefined ? [held] : [{ dimension: 'kind', gives: [], only: { equals: kind } }, held]
  }
  if (gives.includes('holder'))
    return [{ dimension: 'holder', gives, ...(kind === undefined ? {} : { only: kindOnly(kind) }) }]
  return axis(by, 'kind', kind === undefined ? undefined : { equals: kind })
}

function kindOnly(kind: string): Only {
  return kind === '' ? { equals: '' } : { kind }
}
