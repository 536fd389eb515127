import { fill, type Language, readCount, readDate } from '../http/language.ts'
import type { Dimension } from '../patents/cells.ts'
import { type Labels, labelOf } from './labels.ts'
import type { MapCounts, MapQuestion } from './map.ts'
import type { FilterQuery } from './question.ts'
import { dimensionWords, mapWords } from './words.ts'

/** `技術分野 × 出願年` */
export function titleFor(by: readonly Dimension[], lang: Language): string {
  return by.map((dimension) => dimensionWords[dimension][lang]).join(' × ')
}

/** The filters in words, for a subtitle and for the ear. */
export function filtersInWords(query: FilterQuery, labels: Labels, lang: Language): string {
  const say = mapWords[lang]
  const valued = (name: 'field' | 'kind' | 'terms' | 'status', dimension: Dimension) => {
    const value = query[name]
    return value === undefined ? [] : [labelOf(dimension, value === 'none' ? '' : value)[lang]]
  }
  const { ipc, holder, office, open, filed_from: from, filed_to: to } = query
  return [
    ...valued('field', 'field'),
    ...(ipc === undefined ? [] : [labelOf('subclass', ipc === 'none' ? '' : ipc)[lang]]),
    ...(holder === undefined ? [] : [labels('holder', holder)[lang]]),
    ...valued('kind', 'kind'),
    ...valued('terms', 'terms'),
    ...valued('status', 'status'),
    ...(office === undefined ? [] : [office]),
    ...(open === undefined ? [] : [open === 'true' ? say.onlyOpen : say.onlyClosed]),
    ...(from === undefined && to === undefined ? [] : [`${from ?? ''}–${to ?? ''}`]),
  ].join(' · ')
}

/** `登録 432、開放 120、権利者数 37` */
export function totalsInWords({ patents, open, holders }: MapCounts['totals'], lang: Language): string {
  const say = mapWords[lang]
  const number = (value: number) => readCount(Math.round(value * 10) / 10, lang)
  return [
    `${say.patents} ${number(patents)}`,
    `${say.openPatents} ${number(open)}`,
    ...(holders === undefined ? [] : [`${say.holders} ${number(holders)}`]),
  ].join(lang === 'ja' ? '、' : ', ')
}

/** What is not shown, a sentence for each dimension that was cut. */
export function othersInWords({ others }: MapCounts, lang: Language): string[] {
  return [...others].map(([dimension, count]) =>
    fill(mapWords[lang].others, { count: readCount(count, lang), name: dimensionWords[dimension][lang] }),
  )
}

/** What stands under every picture: counting, what was left out, source, day. */
export function footLines(
  { count }: Pick<MapQuestion, 'count'>,
  counts: MapCounts,
  registryUrl: string,
  asOf: string,
  lang: Language,
): string[] {
  const say = mapWords[lang]
  const day = fill(say.asOf, { date: readDate(asOf, lang) })
  return [
    [count === 'whole' ? say.whole_text : say.fractional_text, ...othersInWords(counts, lang)].join(' '),
    `${fill(say.sourceShort, { host: new URL(registryUrl).host })} · ${day}`,
  ]
}
