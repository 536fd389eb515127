import type { Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { known } from '../shapes.ts'
import type { Organisation, OrganisationInput } from './organisation.ts'
import { findSameOrganisation, insertOrganisation } from './queries.ts'

/**
 * Records that an organisation asks to join the commons. It takes part once a steward has approved it.
 * @throws already_registered when its ROR id or 法人番号 stands on another record
 */
export function applyForOrganisation(ctx: Context, input: OrganisationInput): Promise<Organisation> {
  if (ctx.actor.kind === 'anonymous') throw new RegistryError('unauthenticated', 'This needs an access token.')
  return settle(async () => {
    const same = await findSameOrganisation(ctx.db.read, input)
    if (same)
      throw new RegistryError('already_registered', 'An organisation with this ROR id or 法人番号 is registered.', {
        extra: { existing: `${ctx.registryUrl}/v1/organisations/${same.id}` },
      })
    const organisation: Organisation = known({
      id: ctx.newId(),
      ...input,
      state: 'applied' as const,
      since: ctx.now.toISOString(),
    })
    return commit(ctx, {
      write: [insertOrganisation(organisation)],
      entries: [{ type: 'organisation_applied', subject: organisation.id, record: organisation }],
      answer: organisation,
    })
  })
}
