import { isRecord } from './claims.ts'
import type { IssuerKeys } from './signed.ts'

/** What the verify page tells its script. */
export type PageFacts = {
  lang: 'ja' | 'en'
  issuer: string
  keys: IssuerKeys
  terms: Readonly<Record<string, string>>
  /** Addresses of the status lists in use. */
  lists: readonly string[]
  /** Labels of purposes and modes, by code. */
  labels: Readonly<Record<string, string>>
}

/** The page and its script come from one build; this only tells that it is there. */
export function isPageFacts(value: unknown): value is PageFacts {
  return isRecord(value) && ['lang', 'issuer', 'keys', 'terms', 'lists', 'labels'].every((name) => name in value)
}
