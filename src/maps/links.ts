import type { Dimension } from '../patents/cells.ts'
import { type FilterQuery, none } from './question.ts'

/** The pictures of a map; each is at home on some dimensions. */
export const pictures = ['treemap', 'heat', 'bubbles', 'years', 'lines'] as const
/** Besides, the picture of white spots, which has a page of its own. */
export const drawnPictures = [...pictures, 'spots'] as const
export type Picture = (typeof drawnPictures)[number]

/** Where links of a picture lead: `/ja` on a page, `https://registry.example/ja` where it stands alone. */
export type Base = string

export function mapLink(base: Base, picture: Picture, query: FilterQuery): string {
  return `${base}/map?${new URLSearchParams({ picture, ...textsOf(query) })}`
}

/** The list of just these patents; undefined where the list has no such filter. */
export function patentsLink(base: Base, { kind, ...query }: FilterQuery): string | undefined {
  const texts = textsOf(query)
  if (kind !== undefined || Object.values(texts).includes(none)) return undefined
  const { filed_from: from, filed_to: to } = query
  const days = {
    ...(from === undefined ? {} : { filed_from: from.length === 4 ? `${from}-01-01` : from }),
    ...(to === undefined ? {} : { filed_to: to.length === 4 ? `${to}-12-31` : to }),
  }
  return `${base}/patents?${new URLSearchParams({ ...texts, ...days })}`
}

/** The filters with one more: the value of a dimension, '' for none; years by their first and last. */
export function narrowed(query: FilterQuery, dimension: Dimension, value: string, last = value): FilterQuery {
  const text = value === '' ? none : value
  if (dimension === 'year') return value === '' ? query : { ...query, filed_from: value, filed_to: last }
  const name = filterNames[dimension]
  return { ...query, [name]: text }
}

const filterNames = {
  office: 'office',
  status: 'status',
  terms: 'terms',
  kind: 'kind',
  section: 'ipc',
  field: 'field',
  class: 'ipc',
  subclass: 'ipc',
  group: 'ipc',
  holder: 'holder',
} as const

/** As an address carries them, in one order, so that one view has one address. */
export function textsOf(query: FilterQuery): Record<string, string> {
  const names = [
    'field',
    'ipc',
    'holder',
    'kind',
    'terms',
    'status',
    'office',
    'open',
    'filed_from',
    'filed_to',
  ] as const
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = query[name]
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
}
