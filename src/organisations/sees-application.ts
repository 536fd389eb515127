import { actorId, type Context } from '../context.ts'
import { findLiveApplication } from './application-queries.ts'
import type { OrganisationRecord } from './organisation.ts'
import { isSteward, memberOf } from './rights.ts'

/** Whether the actor may see that this organisation has applied: a steward, its applicant, or its own client. */
export async function seesApplication(ctx: Context, { organisation }: OrganisationRecord): Promise<boolean> {
  if (organisation.state !== 'applied' || ctx.actor.kind === 'anonymous') return false
  if (isSteward(ctx.actor) || memberOf(ctx.actor) === organisation.id) return true
  return (await findLiveApplication(ctx.db.read, organisation.id))?.applicantId === actorId(ctx.actor)
}
