import type { Reader } from '../database.ts'
import { findOrganisation, suspendedOn } from '../organisations/queries.ts'
import { toLine } from './facts.ts'
import { type After, findListed, type PatentFilter } from './list-queries.ts'
import { parseNumber } from './numbers/parse.ts'
import type { PatentLine } from './patent.ts'
import { findPatentIds } from './queries.ts'
import { highlight } from './search/highlight.ts'
import { wholeWords } from './search/spread.ts'

export type ListedLine = PatentLine & { registeredAt: string }

/**
 * What a question means: `q` is a number where it is that of an enrolled patent in any spelling, else words; a holder may be
 * named by its ROR id.
 */
export async function readFilter(read: Reader, asked: PatentFilter): Promise<PatentFilter> {
  const { q, holder } = asked
  const [ids, whole, organisation] = await Promise.all([
    q === undefined ? undefined : patentsByNumber(read, q),
    q === undefined ? [] : wholeWords(read, q),
    holder === undefined ? undefined : findOrganisation(read, holder),
  ])
  return {
    ...asked,
    ids,
    q: ids === undefined ? q : undefined,
    whole: ids === undefined && whole.length > 0 ? whole : undefined,
    holder: holder === undefined ? undefined : (organisation?.organisation.id ?? holder),
  }
}

/** A page of the list. Lines of words say where these stand in their titles. */
export async function readListing(
  read: Reader,
  filter: PatentFilter,
  on: string,
  after: After | undefined,
  limit: number,
): Promise<{ lines: ListedLine[]; more: After | undefined }> {
  const [{ found, more }, suspended] = await Promise.all([
    findListed(read, filter, on, after, limit),
    suspendedOn(read, on),
  ])
  const lines = found.map(({ facts, fields, registeredAt }) => ({
    ...toLine(facts, fields, on, suspended),
    registeredAt,
  }))
  const { q } = filter
  const passing = lines.filter((line) => stillPasses(line, filter))
  return { lines: q === undefined ? passing : passing.map((line) => ({ ...line, ...marked(line, q) })), more }
}

/** A member row may be a minute behind what holds today. */
function stillPasses(line: PatentLine, { open, status, terms }: PatentFilter): boolean {
  return (
    (open === undefined || line.open === open) &&
    (status === undefined || line.status === status) &&
    (terms === undefined || line.terms.includes(terms))
  )
}

function marked(
  { title }: PatentLine,
  q: string,
): { highlights?: { ja?: [number, number][]; en?: [number, number][] } } {
  const of = (text: string | undefined) =>
    text === undefined ? [] : highlight(text, q).map(([from, to]): [number, number] => [from, to])
  const [ja, en] = [of(title.ja), of(title.en)]
  if (ja.length + en.length === 0) return {}
  return { highlights: { ...(ja.length === 0 ? {} : { ja }), ...(en.length === 0 ? {} : { en }) } }
}

/** The patents that the text means, if it is a number of one at all. */
async function patentsByNumber(read: Reader, q: string): Promise<string[] | undefined> {
  const { candidates } = parseNumber(q)
  if (candidates.length === 0) return undefined
  const ids = await findPatentIds(
    read,
    candidates.map(({ key }) => key),
  )
  return ids.length === 0 ? undefined : ids
}
