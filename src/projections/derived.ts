import type { Statement } from '../database.ts'
import { clearTouched, factsAfter, factsBefore } from './facts.ts'
import { mapAfter, mapDueOf } from './map.ts'
import { searchAfter } from './search.ts'

/** What keeps the derived rows of the touched patents true: these statements around those that change the records. */
export function derivedBefore(touched: readonly string[]): Statement[] {
  if (touched.length === 0) return []
  return factsBefore(touched)
}

/**
 * @param on today
 * @param attending organisations that from now on may, or may not, take part
 * @param ofFresh counts those of the touched patents that were not there before (`mapOfFresh`)
 * @param reworded patents whose words for search changed though their record did not
 */
export function derivedAfter(
  touched: readonly string[],
  on: string,
  attending: readonly string[],
  reworded: readonly string[],
  ofFresh: readonly Statement[],
): Statement[] {
  if (touched.length === 0) return [...mapDueOf(attending), ...searchAfter(reworded)]
  return [
    ...factsAfter(touched),
    ...searchAfter(reworded),
    ...ofFresh,
    ...mapAfter(on),
    ...mapDueOf(attending),
    clearTouched,
  ]
}
