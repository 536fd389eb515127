import { and, asc, desc, eq, lt } from 'drizzle-orm'
import * as schema from '../../schema/index.ts'
import { build, type Database, type Reader, type Statement, statement } from '../database.ts'
import { known } from '../shapes.ts'
import { type NoticeKind, type NoticeShown, noticeKind } from './notice.ts'
import { toNotice } from './queries.ts'
import { type Delivery, deliveryState, type Webhook, webhooksPerOrganisationMax } from './webhook.ts'

const { webhooks, deliveries, notices, organisations } = schema

/** The `target` of a delivery that goes to the organisation's notice address. */
const mailTarget = 'mail'
/** Once mail is turned on, what is older than this is not sent any more: it is news no longer. */
const mailDaysMax = 3

export async function listWebhooks(read: Reader, organisationId: string): Promise<Webhook[]> {
  const rows = await read
    .select()
    .from(webhooks)
    .where(eq(webhooks.organisationId, organisationId))
    .orderBy(asc(webhooks.id))
  return rows.map(toWebhook)
}

/** Only of its own organisation: for others there is no such webhook. */
export async function findWebhook(read: Reader, organisationId: string, id: string): Promise<Webhook | undefined> {
  const [row] = await read
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.id, id), eq(webhooks.organisationId, organisationId)))
  return row && toWebhook(row)
}

export function insertWebhook(organisationId: string, webhook: Webhook, secret: string): Statement[] {
  const { id, url, kinds, createdAt } = webhook
  return [
    {
      sql: `insert into guard select count(*) < ?, 'webhooks' from webhooks where organisation_id = ?`,
      args: [webhooksPerOrganisationMax, organisationId],
    },
    statement(build.insert(webhooks).values({ id, organisationId, url, secret, kinds, createdAt })),
  ]
}

/** What was still to be sent there is not sent any more. */
export function deleteWebhook(organisationId: string, id: string): Statement[] {
  return [
    statement(build.delete(deliveries).where(eq(deliveries.webhookId, id))),
    statement(
      build.delete(webhooks).where(and(eq(webhooks.id, id), eq(webhooks.organisationId, organisationId))),
      'webhook',
    ),
  ]
}

/** A delivery to each webhook of the organisation that asked for the kind, and to its notice address if it has one. */
export function queueDeliveries(noticeId: string, organisationId: string, kind: NoticeKind, at: string): Statement[] {
  return [
    {
      sql: `insert into deliveries (notice_id, target, webhook_id, state, attempts, next_at)
            select ?, w.id, w.id, 'pending', 0, ? from webhooks w
            where w.organisation_id = ? and exists (select 1 from json_each(w.kinds) k where k.value = ?)`,
      args: [noticeId, at, organisationId, kind],
    },
    {
      sql: `insert into deliveries (notice_id, target, state, attempts, next_at)
            select ?, ?, 'pending', 0, ? from organisations where id = ? and notice_address is not null`,
      args: [noticeId, mailTarget, at, organisationId],
    },
  ]
}

/** A delivery to this one webhook, while no other test of it is under way. */
export function queueTest(noticeId: string, webhookId: string, at: string): Statement[] {
  return [
    {
      sql: `insert into guard select count(*) = 0, 'test' from deliveries d join notices n on n.id = d.notice_id
            where d.webhook_id = ? and d.state = 'pending' and n.kind = 'webhook_test'`,
      args: [webhookId],
    },
    statement(
      build
        .insert(deliveries)
        .values({ noticeId, target: webhookId, webhookId, state: 'pending', attempts: 0, nextAt: at }),
    ),
  ]
}

/** The newest first, from behind `before` on. */
export async function listDeliveries(
  read: Reader,
  webhookId: string,
  filter: { state?: string | undefined; notice?: string },
  before: string | undefined,
  limit: number,
): Promise<Delivery[]> {
  const rows = await read
    .select({ delivery: deliveries, kind: notices.kind })
    .from(deliveries)
    .innerJoin(notices, eq(notices.id, deliveries.noticeId))
    .where(
      and(
        eq(deliveries.webhookId, webhookId),
        filter.state === undefined ? undefined : eq(deliveries.state, filter.state),
        filter.notice === undefined ? undefined : eq(deliveries.noticeId, filter.notice),
        before === undefined ? undefined : lt(deliveries.noticeId, before),
      ),
    )
    .orderBy(desc(deliveries.noticeId))
    .limit(limit)
  return rows.map(({ delivery, kind }) => toDelivery(delivery, kind))
}

/** A dead delivery is due again, with all its attempts before it. */
export function reviveDelivery(webhookId: string, noticeId: string, at: string): Statement {
  return statement(
    build
      .update(deliveries)
      .set({ state: 'pending', attempts: 0, nextAt: at })
      .where(and(eq(deliveries.webhookId, webhookId), eq(deliveries.noticeId, noticeId), eq(deliveries.state, 'dead'))),
    'delivery',
  )
}

/** What one attempt needs. `webhook` is undefined for mail, `address` when the organisation has none any more. */
export type Due = {
  notice: NoticeShown
  target: string
  attempts: number
  webhook: { url: string; secret: string } | undefined
  address: string | undefined
}

/**
 * Takes up to `limit` deliveries that are due, so that no other run takes them before `until`: the taking is one
 * conditional update, and it counts as an attempt, so that one that ends the process is not tried for ever.
 */
export async function claimDue(
  db: Database,
  claim: string,
  { now, until, mail, limit }: { now: Date; until: Date; mail: boolean; limit: number },
): Promise<Due[]> {
  const at = now.toISOString()
  const mailSince = mail ? new Date(now.getTime() - mailDaysMax * 86_400_000).toISOString() : at
  // One of each receiver first, so that one who does not answer holds up nobody else.
  const due = `select id from (
                 select rowid as id, next_at, row_number() over (
                   partition by coalesce(webhook_id, notice_id) order by next_at) as place
                 from deliveries where state = 'pending' and next_at <= ? and (webhook_id is not null or next_at > ?))
               order by place, next_at limit ?`
  const [any] = await db.read.rows(due, [at, mailSince, 1])
  if (!any) return []
  await db.write([
    {
      sql: `update deliveries set claim = ?, attempts = attempts + 1, next_at = ? where rowid in (${due})`,
      args: [claim, until.toISOString(), at, mailSince, limit],
    },
  ])
  const rows = await db.read
    .select({
      notice: notices,
      target: deliveries.target,
      attempts: deliveries.attempts,
      url: webhooks.url,
      secret: webhooks.secret,
      address: organisations.noticeAddress,
    })
    .from(deliveries)
    .innerJoin(notices, eq(notices.id, deliveries.noticeId))
    .leftJoin(webhooks, eq(webhooks.id, deliveries.webhookId))
    .leftJoin(organisations, eq(organisations.id, notices.organisationId))
    .where(and(eq(deliveries.claim, claim), eq(deliveries.state, 'pending')))
    .orderBy(asc(deliveries.noticeId))
  return rows.map(({ notice, target, attempts, url, secret, address }) => ({
    notice: toNotice(notice),
    target,
    attempts,
    webhook: url === null || secret === null ? undefined : { url, secret },
    address: address ?? undefined,
  }))
}

export type Outcome = {
  state: 'pending' | 'delivered' | 'dead'
  nextAt: string
  lastStatus: number | null
  lastError: string | null
}

/** Writes what became of attempts; of one that another run has taken over meanwhile, nothing. */
export async function recordOutcomes(
  db: Database,
  claim: string,
  outcomes: readonly { due: Due; outcome: Outcome }[],
): Promise<void> {
  await db.write(
    outcomes.map(({ due, outcome }) =>
      statement(
        build
          .update(deliveries)
          .set({ ...outcome, claim: null })
          .where(
            and(eq(deliveries.noticeId, due.notice.id), eq(deliveries.target, due.target), eq(deliveries.claim, claim)),
          ),
      ),
    ),
  )
}

/** The secret has no way out. */
function toWebhook({ id, url, kinds, createdAt }: typeof webhooks.$inferSelect): Webhook {
  return { id, url, kinds: kinds.map((kind) => noticeKind.parse(kind)), createdAt }
}

function toDelivery(row: typeof deliveries.$inferSelect, kind: string): Delivery {
  const state = deliveryState.parse(row.state)
  return {
    notice: row.noticeId,
    kind: noticeKind.parse(kind),
    state,
    attempts: row.attempts,
    ...known({
      nextAt: state === 'pending' ? row.nextAt : null,
      lastStatus: row.lastStatus,
      lastError: row.lastError,
    }),
  }
}
