import type { Dimension } from '../patents/cells.ts'
import type { Labels } from './labels.ts'
import { type MapAnswer, type MapCounts, type MapQuestion, shownKey } from './map.ts'

/** Dimensions whose keys are not words that speak for themselves. */
const labelled: ReadonlySet<Dimension> = new Set(['field', 'section', 'class', 'subclass', 'group', 'holder'])

/** The public shape of a map. Fractions are rounded to thousandths: more would pretend to be exact. */
export function toMapAnswer({ by, count }: MapQuestion, counts: MapCounts, labels: Labels, asOf: string): MapAnswer {
  const names: MapAnswer['labels'] = {}
  by.forEach((dimension, place) => {
    if (!labelled.has(dimension)) return
    const values = new Set(counts.cells.map(({ keys }) => keys[place] ?? ''))
    values.delete('')
    names[dimension] = Object.fromEntries([...values].map((value) => [value, labels(dimension, value)]))
  })
  return {
    by: [...by],
    count,
    cells: inOrder(counts, by).map(({ keys, ...amounts }) => ({
      keys: Object.fromEntries(by.map((dimension, i) => [dimension, shownKey(dimension, keys[i] ?? '')])),
      ...rounded(amounts),
    })),
    totals: rounded(counts.totals),
    others: Object.fromEntries(counts.others),
    labels: names,
    asOf,
  }
}

/** By the first dimension, then the second; numbers as numbers, none at the end. */
export function inOrder({ cells }: Pick<MapCounts, 'cells'>, by: readonly Dimension[]): MapCounts['cells'] {
  return [...cells].sort((a, b) => {
    for (const [i, dimension] of by.entries()) {
      const order = compare(shownKey(dimension, a.keys[i] ?? ''), shownKey(dimension, b.keys[i] ?? ''))
      if (order !== 0) return order
    }
    return 0
  })
}

function compare(a: string | number | null, b: string | number | null): number {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  return a < b ? -1 : 1
}

function rounded<Amounts extends { patents: number; open: number; holders?: number }>(amounts: Amounts): Amounts {
  return { ...amounts, patents: thousandths(amounts.patents), open: thousandths(amounts.open) }
}

export function thousandths(value: number): number {
  return Math.round(value * 1000) / 1000
}
