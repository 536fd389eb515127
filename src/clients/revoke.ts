import type { Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { managedOrganisation } from '../organisations/managed.ts'
import { closeClient, findClient } from './queries.ts'

/** Ends a client at once: its secret, its keys and the access tokens it already has. */
export function revokeClient(ctx: Context, organisationId: string, clientId: string): Promise<void> {
  return settle(async () => {
    const { id } = (await managedOrganisation(ctx, organisationId)).organisation
    const known = await findClient(ctx.db.read, clientId)
    if (known?.client.organisation !== id) throw new RegistryError('not_found', 'There is no such client.')
    await commit(ctx, {
      write: [closeClient(id, clientId, ctx.now.toISOString())],
      events: [{ event: 'client_revoked', subject: clientId, source: 'officer', before: known.client }],
      answer: undefined,
    })
  })
}
