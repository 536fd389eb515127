import { type Facts, holdsOn, unaskedBy } from '../../policies/question.ts'
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

/** What leaves nothing to open. */
export const endedStatuses: ReadonlySet<string> = new Set(['expired', 'lapsed', 'refused', 'withdrawn', 'revoked'])

/** Declarations under which the patent is open on that day: none opens a right that has ended, or that of an owner unasked. */
export function openDeclarations(facts: PatentFacts, on: string): PatentFacts['declarations'] {
  if (endedStatuses.has(statusOn(facts, on).value)) return []
  return facts.declarations.filter(
    ({ inForceFrom, from, until, withdrawnOn, parties }) =>
      inForceFrom !== undefined &&
      inForceFrom <= on &&
      from <= on &&
      (until === undefined || until >= on) &&
      (withdrawnOn === undefined || withdrawnOn > on) &&
      unaskedBy({ inForceFrom, parties }, facts.holders).length === 0,
  )
}

/** As `unaskedBy` of `policies/question.ts`, in SQL: none of those is left of the patent of `dp` and declaration `d`. */
export const allAsked = `not exists (select 1 from patent_holders x where x.patent_id = dp.patent_id
  and d.in_force_on is not null and x.organisation_id <> d.organisation_id and (x.from_on is null or x.from_on <= d.in_force_on)
  and (x.until_on is null or x.until_on >= d.in_force_on)
  and not exists (select 1 from consents k where k.declaration_id = d.id and k.organisation_id = x.organisation_id
    and k.answer = 'given'))`

export type Dated = { value: PatentLine['status']; on: string; source: string; seenOn: string }

/** The legal status on that day: the last one recorded, or `expired` once a recorded (never an estimated) end has passed. */
export function statusOn({ statuses, end }: Pick<PatentFacts, 'statuses' | 'end'>, on: string): Dated {
  const held = statuses.filter((status) => status.on <= on).at(-1)
  const ended = end !== undefined && !end.estimated && end.on < on
  if (ended && (held === undefined || outlivable.has(held.value)))
    return { value: 'expired', on: end.on, source: end.source, seenOn: end.seenOn }
  return held ?? { value: 'unknown', on, source: 'no record', seenOn: on }
}

const outlivable: ReadonlySet<string> = new Set(['pending', 'granted', 'unknown'])

/**
 * @param suspended holders that may not take part on that day: what they hold is not open, nor is what an exclusive licence
 * keeps from research. `projections/map-members.ts` counts by the same rule.
 */
export function toLine(facts: PatentFacts, fields: number[], on: string, suspended: readonly string[]): PatentLine {
  const holders = holdersOn(facts, on)
  const inTheWay =
    holders.length === 0 ||
    holders.some(({ id }) => suspended.includes(id)) ||
    facts.encumbrances.some((one) => one.kind === 'exclusive_licence' && !one.researchReserved && holdsOn(one, on))
  const open = inTheWay ? [] : openDeclarations(facts, on)
  return {
    id: facts.patentId,
    number: facts.number,
    title: facts.title,
    holders: holders.map(({ id, name }) => ({ id, name })),
    ...(facts.filedOn === undefined ? {} : { filedOn: facts.filedOn }),
    fields,
    status: statusOn(facts, on).value,
    open: open.length > 0,
    terms: [...new Set(open.map(({ termsId }) => termsId))],
  }
}
