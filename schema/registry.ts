import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { patents } from './patents.ts'

/** Facts about the registry itself, such as that it holds the sample. */
export const registryFacts = sqliteTable('registry_facts', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
})

/** The outcome of a POST that carried an Idempotency-Key, written with the act itself. */
export const idempotentRequests = sqliteTable(
  'idempotent_requests',
  {
    principal: text('principal').notNull(),
    key: text('key').notNull(),
    requestSha256: text('request_sha256').notNull(),
    /** The answer as JSON; null when it held a secret, which is shown once only. */
    answer: text('answer'),
    expiresAt: text('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.principal, t.key] }), index('idempotent_requests_expires').on(t.expiresAt)],
)

/** Assumptions of a write. Its triggers let a row that holds vanish and let one that does not end the whole batch. */
export const guard = sqliteTable('guard', {
  holds: integer('holds').notNull(),
  what: text('what').notNull(),
})

/** Patents whose derived rows the running batch must rewrite; empty between batches. */
export const touchedPatents = sqliteTable('touched_patents', {
  patentId: text('patent_id').primaryKey(),
})

/** One row a patent with all that a verdict depends on, for any day. Rewritten by `log/commit.ts` in the same batch. */
export const facts = sqliteTable('facts', {
  patentId: text('patent_id')
    .primaryKey()
    .references(() => patents.id),
  body: text('body').notNull(),
})
