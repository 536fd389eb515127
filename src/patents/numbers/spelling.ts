import type { PatentNumber } from './number.ts'
import { parseNumber } from './parse.ts'

/**
 * A spelling that leads back to this number alone: docdb, unless docdb writes an application and a publication alike
 * (`JP-2018081998-A` is read as 特開2018-081998), then the one of epodoc, then the words of the display.
 */
export function unambiguousSpelling(number: PatentNumber): string {
  const spellings = [number.docdb, `${number.office}-${number.epodoc.slice(2)}`, number.display.en, number.display.ja]
  return spellings.find((spelling) => leadsBack(spelling, number)) ?? number.docdb
}

/** The number with this key among all that a docdb spelling can mean, whatever it is read as by itself. */
export function numberWithKey(docdb: string, key: string): PatentNumber | undefined {
  const read = (type?: 'application' | 'publication' | 'grant') =>
    parseNumber(docdb, { type }).candidates.find((candidate) => candidate.key === key)
  return read() ?? read('application') ?? read('publication') ?? read('grant')
}

function leadsBack(spelling: string, number: PatentNumber): boolean {
  const { candidates } = parseNumber(spelling)
  return candidates.length === 1 && candidates[0]?.key === number.key
}
