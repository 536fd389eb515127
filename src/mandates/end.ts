import { type Context, today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { memberOf, requireOfficerOf, requireScope } from '../organisations/rights.ts'
import { endingOf } from './ending.ts'
import type { Mandate } from './mandate.ts'
import { findMandate } from './queries.ts'

/** The principal revokes it or the agent gives it back. The agent’s next act under it is refused; what it did stays. */
export function endMandate(ctx: Context, id: string): Promise<Mandate> {
  return settle(async () => {
    requireScope(ctx.actor, 'organisation:manage')
    const found = await findMandate(ctx.db.read, id, today(ctx))
    const parties = found ? [found.principal.id, found.agent.id] : []
    const party = memberOf(ctx.actor)
    if (!found || (ctx.actor.kind !== 'steward' && (party === undefined || !parties.includes(party))))
      throw new RegistryError('not_found', 'Your organisation has no such mandate.')
    const { organisationId } = requireOfficerOf(ctx.actor, parties, 'organisation:manage')
    if (found.state === 'ended' || found.state === 'expired')
      throw new RegistryError('already_decided', `The mandate is over: ${found.state}.`)
    const { ended, write, entry } = endingOf(ctx, found, organisationId)
    return commit(ctx, { write, entries: [entry], answer: ended })
  })
}
