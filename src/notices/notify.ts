import type { Context } from '../context.ts'
import type { Statement } from '../database.ts'
import { queueDeliveries } from './delivery-queries.ts'
import type { NoticeKind } from './notice.ts'
import { insertNotice } from './queries.ts'

export type Notice = {
  to: { organisationId: string } | { personId: string }
  kind: NoticeKind
  /** Id of the record that it is about. */
  subject: string
  /** Ids and public facts. What names a person is erased with that person's notices. */
  body: Readonly<Record<string, string | number | boolean | readonly string[]>>
}

/**
 * Statements for the `write` of the act that the notice tells of: both go in, or neither. A delivery is queued for each
 * webhook of the organisation that asked for that kind, and for its notice address.
 */
export function notify(ctx: Context, notice: Notice): Statement[] {
  const id = ctx.newId()
  const at = ctx.now.toISOString()
  const insert = insertNotice(id, notice, at)
  if ('personId' in notice.to) return [insert]
  return [insert, ...queueDeliveries(id, notice.to.organisationId, notice.kind, at)]
}
