import * as schema from '../../schema/index.ts'
import type { Context } from '../context.ts'
import { build, type Statement, statement } from '../database.ts'

/** What a notice can be about. The list only grows. */
export const noticeKinds = [
  'inventorship_claimed',
  'inventorship_decided',
  'affiliation_asserted',
  'affiliation_decided',
  'inventor_moved',
  'grant_awaits_approval',
  'grant_decided',
  'grant_issued',
  'grant_revoked',
  'consent_asked',
  'consent_answered',
  'declaration_in_force',
  'declaration_withdrawn',
  'enquiry',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

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
 * webhook of the organisation that asked for that kind.
 */
export function notify(ctx: Context, notice: Notice): Statement[] {
  const id = ctx.newId()
  const at = ctx.now.toISOString()
  const { to, kind, subject, body } = notice
  const insert = statement(
    build.insert(schema.notices).values({ id, kind, subject, body: { ...body }, createdAt: at, ...to }),
  )
  if ('personId' in to) return [insert]
  return [
    insert,
    {
      sql: `insert into deliveries (notice_id, webhook_id, state, attempts, next_at)
            select ?, w.id, 'pending', 0, ? from webhooks w
            where w.organisation_id = ? and exists (select 1 from json_each(w.kinds) k where k.value = ?)`,
      args: [id, at, to.organisationId, kind],
    },
  ]
}
