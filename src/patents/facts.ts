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

type Dated = { value: PatentLine['status']; on: string; source: string; seenOn: string }

/** The legal status on that day: the last one recorded, or `expired` once a recorded (never an estimated) end has passed. */
export function statusOn({ statuses, end }: Pick<PatentFacts, 'statuses' | 'end'>, on: string): Dated {
  const held = statuses.filter((status) => status.on <= on).at(-1)
  const ended = end !== undefined && !end.estimated && end.on < on
  if (ended && (held === undefined || outlivable.has(held.value)))
    return { value: 'expired', on: end.on, source: end.source, seenOn: end.seenOn }
  return held ?? { value: 'unknown', on, source: 'no record', seenOn: on }
}

const outlivable: ReadonlySet<string> = new Set(['pending', 'granted', 'unknown'])

export function toLine(facts: PatentFacts, fields: number[], on: string): PatentLine {
  const open = openDeclarations(facts, on)
  return {
    id: facts.patentId,
    number: facts.number,
    title: facts.title,
    holders: holdersOn(facts, on).map(({ id, name }) => ({ id, name })),
    ...(facts.filedOn === undefined ? {} : { filedOn: facts.filedOn }),
    fields,
    status: statusOn(facts, on).value,
    open: open.length > 0,
    terms: [...new Set(open.map(({ termsId }) => termsId))],
  }
}
