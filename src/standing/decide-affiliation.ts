import { actorId, type Context, today } from '../context.ts'
import { invalid, RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { notify } from '../notices/notify.ts'
import { memberOf, requireOfficer, requireScope } from '../organisations/rights.ts'
import {
  type Affiliation,
  type AffiliationDecision,
  type AffiliationEnd,
  type AffiliationRecord,
  isCurrent,
} from '../people/affiliations/affiliation.ts'
import { findAffiliation, showAffiliations, updateAffiliation } from '../people/affiliations/queries.ts'
import { affiliationEvent } from '../people/affiliations/record.ts'
import type { Person } from '../people/person.ts'
import { findPerson, findPersonByOrcid } from '../people/queries.ts'
import { affiliationsBecome, said, standingOf, statementsOf } from './lapse.ts'

const unknown = () => new RegistryError('not_found', 'There is no such affiliation.')

/**
 * An officer confirms or rejects what a person says of working at the officer's own institution. What rested on a
 * rejected affiliation ends in the same act.
 */
export function decideAffiliation(
  ctx: Context,
  id: string,
  { state, reason }: AffiliationDecision,
): Promise<Affiliation> {
  const officer = requireOfficer(ctx.actor, 'organisation:manage')
  if (state === 'rejected' && reason === undefined)
    throw invalid('/reason', 'required', 'A rejection says why, so that the person can act on it.')
  return settle(async () => {
    const before = await findAffiliation(ctx.db.read, id)
    // Alike whether there is none or it is another institution's.
    if (!before || before.organisationId !== officer.organisationId) throw unknown()
    if (before.personId === actorId(ctx.actor))
      throw new RegistryError('forbidden', 'Another officer has to vouch for you.')
    if (!isCurrent(before) || before.state === state)
      throw new RegistryError('already_decided', `The affiliation is ${before.state}.`)
    return change(ctx, before, { ...decided(ctx, before, state), reason: reason ?? null }, 'affiliation_decided')
  })
}

/** The person, or an officer of that institution, ends it: last day today or earlier. */
export function endAffiliation(ctx: Context, id: string, { on = today(ctx) }: AffiliationEnd): Promise<Affiliation> {
  const actor = requireScope(ctx.actor, 'organisation:manage')
  if (on > today(ctx)) throw invalid('/on', 'in_the_future', 'Record it on the last day, or later.')
  return settle(async () => {
    const before = await findAffiliation(ctx.db.read, id)
    const own =
      actor.kind === 'person' &&
      before !== undefined &&
      (before.personId === actor.id || (before.orcid !== null && before.orcid === actor.orcid))
    if (!before || !(own || memberOf(actor) === before.organisationId)) throw unknown()
    if (!own) requireOfficer(actor, 'organisation:manage')
    if (!isCurrent(before)) throw new RegistryError('already_decided', `The affiliation is ${before.state}.`)
    if (on < before.from) throw invalid('/on', 'before_from', 'It cannot end before it began.')
    return change(ctx, before, { ...decided(ctx, before, 'ended'), until: on }, 'affiliation_ended')
  })
}

/** The person behind an affiliation, where anyone has signed in as that. */
export function personBehind(ctx: Context, { personId, orcid }: AffiliationRecord): Promise<Person | undefined> {
  if (personId !== null) return findPerson(ctx.db.read, personId)
  return orcid === null ? Promise.resolve(undefined) : findPersonByOrcid(ctx.db.read, orcid)
}

export function decided(ctx: Context, before: AffiliationRecord, state: AffiliationRecord['state']): AffiliationRecord {
  return {
    ...before,
    state,
    decidedBy: actorId(ctx.actor),
    decidedAt: ctx.now.toISOString(),
    version: before.version + 1,
  }
}

async function change(ctx: Context, before: AffiliationRecord, after: AffiliationRecord, event: string) {
  const person = await personBehind(ctx, before)
  const standing = person && (await standingOf(ctx, person))
  const posts = standing?.current.flatMap((one) => (one.id === after.id ? (isCurrent(after) ? [after] : []) : [one]))
  const consequences = standing && posts ? await affiliationsBecome(ctx, standing, posts) : []
  const [shown] = await showAffiliations(ctx.db.read, [after])
  if (!shown) throw unknown()
  return commit(ctx, {
    ...said([], consequences, affiliationEvent(event, after)),
    write: [
      ...(standing?.unchanged ?? []),
      updateAffiliation(after),
      ...statementsOf(consequences),
      ...(person && actorId(ctx.actor) !== person.id
        ? notify(ctx, {
            to: { personId: person.id },
            kind: 'affiliation_decided',
            subject: after.id,
            body: { organisation: after.organisationId, state: after.state },
          })
        : []),
    ],
    answer: shown,
  })
}
