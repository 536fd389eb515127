import { type Context, today } from '../../context.ts'
import { commit, settle } from '../../log/commit.ts'
import { shownToOthers } from '../../organisations/organisation.ts'
import { findOrganisation } from '../../organisations/queries.ts'
import type { AffiliationClaim } from '../providers.ts'
import { personIsHere } from '../queries.ts'
import { currentAffiliationsMax, isCurrent } from './affiliation.ts'
import { affiliationsOf, insertAffiliation } from './queries.ts'
import { affiliationEvent, newAffiliation } from './record.ts'

/**
 * At a sign-in an institution's issuer says that the person belongs there. Recorded once, from today: the institution's
 * own system stands behind it, and an officer may still confirm or reject it. What ended or was rejected since does not
 * come back with the next sign-in. Nothing happens when the institution is not in the commons.
 */
export function hearIssuer(ctx: Context, personId: string, claim: AffiliationClaim): Promise<void> {
  return settle(async () => {
    const found = await findOrganisation(ctx.db.read, claim.organisation)
    if (!found || !shownToOthers(found)) return
    const organisationId = found.organisation.id
    const said = await affiliationsOf(ctx.db.read, { id: personId })
    if (said.some((one) => one.source === 'issuer' && one.organisationId === organisationId)) return
    if (said.filter(isCurrent).length >= currentAffiliationsMax) return
    const record = {
      ...newAffiliation(ctx, organisationId, today(ctx), { personId }),
      source: 'issuer' as const,
      assertedBy: claim.assertedBy,
    }
    // The issuer's answer says it, not a right that the person has here.
    await commit(
      { ...ctx, actor: { kind: 'registry' } },
      {
        write: [personIsHere(personId), ...insertAffiliation(record)],
        events: [affiliationEvent('affiliation_asserted', record)],
        answer: undefined,
      },
    )
  })
}
