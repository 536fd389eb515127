import { type Context, today } from '../../context.ts'
import { RegistryError } from '../../errors.ts'
import { commit, settle } from '../../log/commit.ts'
import { notify } from '../../notices/notify.ts'
import { requireOfficerOf, requirePerson } from '../../organisations/rights.ts'
import {
  type Affiliation,
  type AffiliationInput,
  type AffiliationRecord,
  currentAffiliationsMax,
  type InstitutionAffiliationInput,
} from './affiliation.ts'
import { currentAffiliations, insertAffiliation, showAffiliations } from './queries.ts'
import { affiliationEvent, newAffiliation, organisationNamed, refuseOwn, requireBegun } from './record.ts'

/** A person says where they work. The institution is told, and may confirm or reject it. */
export function assertAffiliation(ctx: Context, input: AffiliationInput): Promise<Affiliation> {
  const person = requirePerson(ctx.actor)
  requireBegun(input.from, today(ctx))
  return settle(async () => {
    const organisation = await organisationNamed(ctx, input.organisation)
    const current = await currentAffiliations(ctx.db.read, person)
    requireNew(current, organisation.id)
    const record = newAffiliation(ctx, organisation.id, input.from, { personId: person.id })
    const [shown] = await showAffiliations(ctx.db.read, [record])
    if (!shown) throw new RegistryError('internal', 'The affiliation cannot be shown.')
    return commit(ctx, {
      write: [
        ...insertAffiliation(record),
        ...notify(ctx, {
          to: { organisationId: organisation.id },
          kind: 'affiliation_asserted',
          subject: record.id,
          body: { person: person.id, from: input.from },
        }),
      ],
      events: [affiliationEvent('affiliation_asserted', record)],
      answer: shown,
    })
  })
}

/**
 * An officer records that the person with an ORCID iD works at the officer's own institution. The answer is the same
 * whether or not anyone has signed in with that iD.
 */
export function recordAffiliation(
  ctx: Context,
  organisationId: string,
  input: InstitutionAffiliationInput,
): Promise<Affiliation> {
  requireOfficerOf(ctx.actor, [organisationId], 'organisation:manage')
  requireBegun(input.from, today(ctx))
  refuseOwn(ctx, input.orcid)
  return settle(async () => {
    const record = newAffiliation(ctx, organisationId, input.from, { orcid: input.orcid })
    const [shown] = await showAffiliations(ctx.db.read, [record])
    if (!shown) throw new RegistryError('internal', 'The affiliation cannot be shown.')
    return commit(ctx, {
      write: insertAffiliation(record),
      events: [affiliationEvent('affiliation_recorded', record)],
      answer: { ...shown, person: { orcid: input.orcid } },
    })
  })
}

/** @throws already_registered when the person says so already; too many at once is a mistake */
export function requireNew(current: readonly AffiliationRecord[], organisationId: string): void {
  if (current.some((one) => one.organisationId === organisationId && one.source === 'self'))
    throw new RegistryError('already_registered', 'This affiliation is recorded already.')
  if (current.length >= currentAffiliationsMax)
    throw new RegistryError('not_allowed_now', `A person has at most ${currentAffiliationsMax} affiliations at a time.`)
}
