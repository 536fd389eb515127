import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { organisations } from './organisations.ts'
import { people } from './people.ts'

/** What an organisation or a person should know. Written with the act it tells of; `body` holds ids and public facts. */
export const notices = sqliteTable(
  'notices',
  {
    id: text('id').primaryKey(),
    organisationId: text('organisation_id').references(() => organisations.id),
    personId: text('person_id').references(() => people.id),
    kind: text('kind').notNull(),
    subject: text('subject').notNull(),
    body: text('body', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    createdAt: text('created_at').notNull(),
    readAt: text('read_at'),
  },
  (t) => [index('notices_organisation').on(t.organisationId, t.id), index('notices_person').on(t.personId, t.id)],
)

/** Where an organisation's own systems hear of notices (Standard Webhooks). The secret signs, so it is kept readable. */
export const webhooks = sqliteTable(
  'webhooks',
  {
    id: text('id').primaryKey(),
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    url: text('url').notNull(),
    secret: text('secret').notNull(),
    kinds: text('kinds', { mode: 'json' }).$type<string[]>().notNull(),
    createdAt: text('created_at').notNull(),
  },
  (t) => [index('webhooks_organisation').on(t.organisationId)],
)

/**
 * One row for each notice and place to which it is sent, kept as a record when it is delivered or given up. `target` is
 * the webhook's id, or `mail` for the organisation's notice address.
 */
export const deliveries = sqliteTable(
  'deliveries',
  {
    noticeId: text('notice_id')
      .notNull()
      .references(() => notices.id),
    target: text('target').notNull(),
    webhookId: text('webhook_id').references(() => webhooks.id),
    /** `pending → delivered | dead`; a dead one may be made pending again. */
    state: text('state').notNull(),
    attempts: integer('attempts').notNull(),
    /** When it is due. While an attempt is under way: when another worker may take it over. */
    nextAt: text('next_at').notNull(),
    /** The run that is sending it; null between attempts. */
    claim: text('claim'),
    lastStatus: integer('last_status'),
    lastError: text('last_error'),
  },
  (t) => [
    primaryKey({ columns: [t.noticeId, t.target] }),
    index('deliveries_due').on(t.state, t.nextAt),
    index('deliveries_webhook').on(t.webhookId, t.noticeId),
    index('deliveries_claim').on(t.claim),
  ],
)
