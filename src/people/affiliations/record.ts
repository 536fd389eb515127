import { actorId, type Context } from '../../context.ts'
import { invalid, RegistryError } from '../../errors.ts'
import { type Organisation, shownToOthers } from '../../organisations/organisation.ts'
import { findOrganisation } from '../../organisations/queries.ts'
import type { AffiliationRecord } from './affiliation.ts'

/** A new assertion: by the person, or by the institution, which needs nobody else's word. */
export function newAffiliation(
  ctx: Context,
  organisationId: string,
  from: string,
  who: { personId: string } | { orcid: string },
): AffiliationRecord {
  const own = 'personId' in who
  return {
    id: ctx.newId(),
    personId: own ? who.personId : null,
    orcid: own ? null : who.orcid,
    organisationId,
    from,
    until: null,
    source: own ? 'self' : 'institution',
    assertedBy: actorId(ctx.actor),
    assertedAt: ctx.now.toISOString(),
    state: own ? 'asserted' : 'confirmed',
    decidedBy: null,
    decidedAt: null,
    reason: null,
    version: 1,
  }
}

/** What history keeps: ids and states. Words and iDs stand in the table alone, where they can be erased. */
export function affiliationEvent(event: string, { id, organisationId, from, until, source, state }: AffiliationRecord) {
  return { event, subject: id, source, after: { organisationId, from, until, state } }
}

export async function organisationNamed(ctx: Context, idOrRor: string): Promise<Organisation> {
  const found = await findOrganisation(ctx.db.read, idOrRor)
  if (!found || !shownToOthers(found))
    throw invalid('/organisation', 'unknown_organisation', `${idOrRor} is not an organisation of the commons.`)
  return found.organisation
}

export function requireBegun(from: string, on: string): void {
  if (from > on) throw invalid('/from', 'in_the_future', 'Record it on the first day, or later.')
}

/** Nobody vouches for oneself. */
export function refuseOwn(ctx: Context, orcid: string): void {
  if (ctx.actor.kind === 'person' && ctx.actor.orcid === orcid)
    throw new RegistryError('forbidden', 'Another officer has to vouch for you.')
}
