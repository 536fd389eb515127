import { legalStatus, legalStatusWords } from '../../policies/vocabulary.ts'
import type { Reader } from '../database.ts'
import type { Dimension } from '../patents/cells.ts'
import { fieldName } from '../patents/classification/fields.ts'
import { titleOf } from '../patents/classification/titles.ts'
import type { Bilingual } from '../shapes.ts'
import type { MapCounts } from './map.ts'
import { holderNames } from './queries.ts'
import { kindWords, mapWords } from './words.ts'

/** What the values of a dimension are called, each in both languages. */
export type Labels = (dimension: Dimension, value: string) => Bilingual

/** Labels of all that a map shows; holders by one read of their names. */
export async function readLabels(
  read: Reader,
  by: readonly Dimension[],
  { cells }: Pick<MapCounts, 'cells'>,
  more: readonly string[] = [],
): Promise<Labels> {
  const place = by.indexOf('holder')
  const ids = place === -1 ? [] : cells.map(({ keys }) => keys[place] ?? '')
  const names = await holderNames(
    read,
    [...new Set([...ids, ...more])].filter((id) => id !== ''),
  )
  return (dimension, value) =>
    (dimension === 'holder' ? names.get(value)?.name : undefined) ?? labelOf(dimension, value)
}

/** The label of a value that needs no look at the database. */
export function labelOf(dimension: Dimension, value: string): Bilingual {
  if (value === '') return noneOf(dimension)
  if (dimension === 'field') return fieldName(Number(value))
  if (dimension === 'kind') return kindWords[value] ?? same(value)
  if (dimension === 'status') return statusLabel(value)
  if (['section', 'class', 'subclass', 'group'].includes(dimension)) return classLabel(value)
  return same(value)
}

/** `H01M 電池・燃料電池`; a group without a label of its own is told by its symbol. */
export function classLabel(symbol: string): Bilingual {
  const found = titleOf(symbol)
  if (found === undefined) return same(symbol)
  const { title, of } = found
  return of === symbol
    ? { ja: `${symbol} ${title.ja}`, en: `${symbol} ${title.en}` }
    : { ja: `${symbol}（${title.ja}）`, en: `${symbol} (${title.en})` }
}

function noneOf(dimension: Dimension): Bilingual {
  const word = (['section', 'field', 'class', 'subclass', 'group'] satisfies Dimension[]).some(
    (one) => one === dimension,
  )
    ? 'noneField'
    : dimension === 'year'
      ? 'noneYear'
      : dimension === 'terms'
        ? 'noneTerms'
        : 'none'
  return { ja: mapWords.ja[word], en: mapWords.en[word] }
}

function statusLabel(value: string): Bilingual {
  const status = legalStatus.safeParse(value)
  return status.success ? legalStatusWords[status.data].label : same(value)
}

function same(text: string): Bilingual {
  return { ja: text, en: text }
}
