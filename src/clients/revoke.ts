import type { Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { findOrganisation } from '../organisations/queries.ts'
import { isSteward, requireOfficerOf } from '../organisations/rights.ts'
import { closeClient, findClient } from './queries.ts'

/** Ends a client at once: its secret, its keys and the access tokens it already has. */
export function revokeClient(ctx: Context, organisationId: string, clientId: string): Promise<void> {
  return settle(async () => {
    const found = await findOrganisation(ctx.db.read, organisationId)
    if (!isSteward(ctx.actor)) requireOfficerOf(ctx.actor, found ? [found.organisation.id] : [], 'organisation:manage')
    const known = await findClient(ctx.db.read, clientId)
    if (!found || !known || known.client.organisation !== found.organisation.id)
      throw new RegistryError('not_found', 'There is no such client.')
    await commit(ctx, {
      write: [closeClient(found.organisation.id, clientId, ctx.now.toISOString())],
      events: [{ event: 'client_revoked', subject: clientId, source: 'officer', before: known.client }],
      answer: undefined,
    })
  })
}
