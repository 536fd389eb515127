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
  (t) => [
    index('notices_organisation').on(t.organisationId, t.id),
    index('notices_person').on(t.personId, t.id),
  ],
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

/** One row for each notice and webhook, until it is delivered or given up. */
export const deliveries = sqliteTable(
  'deliveries',
  {
    noticeId: text('notice_id')
      .notNull()
      .references(() => notices.id),
    webhookId: text('webhook_id')
      .notNull()
      .references(() => webhooks.id),
    state: text('state').notNull(),
    attempts: integer('attempts').notNull(),
    nextAt: text('next_at').notNull(),
    lastStatus: integer('last_status'),
    lastError: text('last_error'),
  },
  (t) => [primaryKey({ columns: [t.noticeId, t.webhookId] }), index('deliveries_due').on(t.state, t.nextAt)],
)
