import { actorId, type Context } from '../context.ts'
import type { Statement } from '../database.ts'
import type { LogEntry } from '../log/commit.ts'
import { notify } from '../notices/notify.ts'
import type { Mandate } from './mandate.ts'
import { closeMandate } from './queries.ts'

/** What ending a mandate consists of, by the principal or the agent: for the acts that end it. The other one is told. */
export function endingOf(
  ctx: Context,
  mandate: Mandate,
  by: string,
): { ended: Mandate; write: Statement[]; entry: LogEntry } {
  const { id, principal, agent } = mandate
  const endedAt = ctx.now.toISOString()
  const endedBy = by === principal.id ? ('principal' as const) : ('agent' as const)
  return {
    ended: { ...mandate, state: 'ended', endedAt, endedBy },
    write: [
      closeMandate(id, by, actorId(ctx.actor), endedAt),
      ...notify(ctx, {
        to: { organisationId: endedBy === 'principal' ? agent.id : principal.id },
        kind: 'mandate_ended',
        subject: id,
        body: { mandate: id, by, endedBy },
      }),
    ],
    entry: { type: 'mandate_ended', subject: id, record: { mandate: id, by, endedBy, endedAt } },
  }
}
