import { csvText } from '../csv.ts'
import type { Dimension } from '../patents/cells.ts'
import { inOrder, thousandths } from './answer.ts'
import type { Labels } from './labels.ts'
import type { MapCounts, MapQuestion } from './map.ts'
import { dimensionWords, mapWords } from './words.ts'

/** Keys that say nothing without a name beside them. */
const coded: ReadonlySet<Dimension> = new Set(['field', 'holder', 'section', 'class', 'subclass', 'group'])

/** One line a cell: keys, their names, counts. */
export function mapCsv({ by }: MapQuestion, counts: MapCounts, labels: Labels, lang: 'ja' | 'en'): string {
  const say = mapWords[lang]
  const withHolders = counts.cells.some(({ holders }) => holders !== undefined)
  const head = [
    ...by.flatMap((dimension) => {
      const name = dimensionWords[dimension][lang]
      return coded.has(dimension) ? [name, lang === 'ja' ? `${name}の名称` : `${name}: name`] : [name]
    }),
    say.patents,
    say.openPatents,
    ...(withHolders ? [say.holders] : []),
  ]
  const lines = inOrder(counts, by).map(({ keys, patents, open, holders }) => [
    ...by.flatMap((dimension, i) => {
      const value = keys[i] ?? ''
      const label = labels(dimension, value)[lang]
      return coded.has(dimension) ? [value, nameWithout(label, value)] : [value === '' ? '' : label]
    }),
    String(thousandths(patents)),
    String(thousandths(open)),
    ...(withHolders ? [String(holders ?? '')] : []),
  ])
  return csvText([head, ...lines])
}

/** A class label begins with its symbol, which has a column of its own. */
function nameWithout(label: string, value: string): string {
  return value !== '' && label.startsWith(`${value} `) ? label.slice(value.length + 1) : label
}
