import { type Facts, holdsOn } from '../../policies/question.ts'
import type { PatentLine } from './patent.ts'

/**
 * What a verdict depends on and what a line of a list shows: the derived row of `projections/facts.ts`. Versions are
 * those of the records it was made from, so that a later write can say which ones it relied on.
 */
export type PatentFacts = Omit<Facts, 'suspendedHolders' | 'declarations'> & {
  version: number
  title: { ja?: string; en?: string }
  declarations: readonly (Facts['declarations'][number] & { version: number })[]
}

/** Who holds the patent on that day. */
export function holdersOn(facts: PatentFacts, on: string): PatentFacts['holders'] {
  return facts.holders.filter((holder) => holdsOn(holder, on))
}

/** Declarations under which the patent is open on that day. */
export function openDeclarations(facts: PatentFacts, on: string): PatentFacts['declarations'] {
  return facts.declarations.filter(
    ({ inForceFrom, from, until, withdrawnOn }) =>
      inForceFrom !== undefined &&
      inForceFrom <= on &&
      from <= on &&
      (until === undefined || until >= on) &&
      (withdrawnOn === undefined || withdrawnOn > on),
  )
}

export function statusValueOn(facts: PatentFacts, on: string): PatentLine['status'] {
  return facts.statuses.filter((status) => status.on <= on).at(-1)?.value ?? 'unknown'
}

export function toLine(facts: PatentFacts, fields: number[], on: string): PatentLine {
  const open = openDeclarations(facts, on)
  return {
    id: facts.patentId,
    number: facts.number,
    title: facts.title,
    holders: holdersOn(facts, on).map(({ id, name }) => ({ id, name })),
    ...(facts.filedOn === undefined ? {} : { filedOn: facts.filedOn }),
    fields,
    status: statusValueOn(facts, on),
    open: open.length > 0,
    terms: [...new Set(open.map(({ termsId }) => termsId))],
  }
}
