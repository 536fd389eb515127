import { type Actor, type Context, today } from '../../context.ts'
import { RegistryError } from '../../errors.ts'
import { findHolders, type GrantRecord } from '../../grants/queries.ts'
import { readsGrant } from '../../grants/show.ts'
import { isOfficerOf, isSteward, requireOfficer } from '../../organisations/rights.ts'
import { listReportsOfGrant } from './queries.ts'
import type { Report } from './report.ts'

/** The person whose grant it is, for oneself, or an officer of the institution of a research grant. */
export function requireReporter(actor: Actor, grant: GrantRecord): { personId: string | null } {
  if (actor.kind === 'person' && actor.id === grant.personId) return { personId: actor.id }
  const { organisationId } = requireOfficer(actor, 'grants:issue')
  if (grant.kind === 'research' && organisationId === grant.organisationId) return { personId: null }
  throw new RegistryError('forbidden', 'Only the grantee or the institution of the grant may do this.')
}

/** All of them for the grantee and the institution, to a holder those about its patents, to others what is public. */
export async function reportsShown(ctx: Context, grant: GrantRecord): Promise<Report[]> {
  const [reports, holders] = await Promise.all([
    listReportsOfGrant(ctx.db.read, grant.id),
    findHolders(ctx.db.read, grant.id, today(ctx)),
  ])
  const all = isSteward(ctx.actor) || readsGrant(ctx.actor, grant)
  const isMine = (patentId: string) =>
    [...(holders.get(patentId) ?? [])].some((id) => isOfficerOf(ctx.actor, id, 'grants:read'))
  return reports
    .filter(({ report, patentIds }) => all || report.public || patentIds.some(isMine))
    .map(({ report }) => report)
}
