import type { Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import type { OrganisationRecord } from './organisation.ts'
import { findOrganisation } from './queries.ts'
import { isSteward, requireOfficerOf } from './rights.ts'

/** For one of its officers; whether there is such an organisation is told to officers and stewards alone. */
export async function ownOrganisation(ctx: Context, idOrRor: string): Promise<OrganisationRecord> {
  const found = await findOrganisation(ctx.db.read, idOrRor)
  requireOfficerOf(ctx.actor, found ? [found.organisation.id] : [], 'organisation:manage')
  return there(found)
}

/** For one of its officers or a steward. */
export async function managedOrganisation(ctx: Context, idOrRor: string): Promise<OrganisationRecord> {
  if (!isSteward(ctx.actor)) return ownOrganisation(ctx, idOrRor)
  return there(await findOrganisation(ctx.db.read, idOrRor))
}

function there(found: OrganisationRecord | undefined): OrganisationRecord {
  if (!found) throw new RegistryError('not_found', 'There is no such organisation.')
  return found
}
