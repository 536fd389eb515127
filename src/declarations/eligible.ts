import { unaskedBy } from '../../policies/question.ts'
import { endedStatuses, holdersOn, type PatentFacts, statusOn } from '../patents/facts.ts'
import type { Exclusion } from './exclusions/exclusion.ts'

/** Why a patent cannot be declared: a code that stays, and the sentence for the officer. */
export type Obstacle = { code: ObstacleCode; detail: string }
export type ObstacleCode =
  | 'not_a_holder'
  | 'excluded'
  | 'right_ended'
  | 'encumbered'
  | 'already_declared'
  | 'changed_meanwhile'

/** Why this patent cannot be declared by this organisation today, to be open from that day. */
export function obstacleTo(
  facts: PatentFacts,
  by: { organisationId: string; termsId: string; on: string; from: string; exclusion: Exclusion | undefined },
): Obstacle | undefined {
  const { number } = facts
  const { organisationId, termsId, on, from, exclusion } = by
  if (!holdersOn(facts, on).some(({ id }) => id === organisationId))
    return { code: 'not_a_holder', detail: `Your organisation is not recorded as a holder of ${number}.` }
  if (holdersOn(facts, from).some(({ id }) => !holdersOn(facts, on).some((one) => one.id === id)))
    return {
      code: 'not_a_holder',
      detail: `As recorded, ${number} has another holder before ${from}. Declare it from then on, or to be open from today.`,
    }
  if (exclusion) return { code: 'excluded', detail: `${number} is on your exclusion list: ${nameOf(exclusion)}.` }
  const status = statusOn(facts, on).value
  if (endedStatuses.has(status))
    return { code: 'right_ended', detail: `The right ${number} is ${status}; nothing is left to open.` }
  const blocking = facts.encumbrances.some(
    ({ kind, researchReserved, from: since, until }) =>
      kind === 'exclusive_licence' &&
      !researchReserved &&
      (since === undefined || since <= on) &&
      (until === undefined || until >= on),
  )
  if (blocking)
    return {
      code: 'encumbered',
      detail: `An exclusive licence without a research reservation stands on ${number}.`,
    }
  const standing = facts.declarations.find(
    (declaration) =>
      declaration.termsId === termsId &&
      declaration.state !== 'withdrawn' &&
      unaskedBy(declaration, facts.holders).length === 0 &&
      (declaration.until === undefined || declaration.until >= from),
  )
  if (standing) return { code: 'already_declared', detail: `${number} is declared under ${termsId} by ${standing.id}.` }
  return undefined
}

/** An entry of the exclusion list as its own officers are told of it. */
export function nameOf({ id, rule, value, note }: Exclusion): string {
  return `${rule} ${value}${note === undefined ? '' : ` (${note})`}, entry ${id}`
}
