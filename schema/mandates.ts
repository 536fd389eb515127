import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { organisations } from './organisations.ts'

/** What a holder lets an agent do for it, and when. Only the end is ever written later. */
export const mandates = sqliteTable(
  'mandates',
  {
    id: text('id').primaryKey(),
    principalId: text('principal_id')
      .notNull()
      .references(() => organisations.id),
    agentId: text('agent_id')
      .notNull()
      .references(() => organisations.id),
    scope: text('scope', { mode: 'json' }).$type<string[]>().notNull(),
    fromOn: text('from_on').notNull(),
    /** The last day; null: until it is ended. */
    untilOn: text('until_on'),
    givenAt: text('given_at').notNull(),
    givenBy: text('given_by').notNull(),
    endedAt: text('ended_at'),
    endedBy: text('ended_by'),
    /** The principal when it revoked it, the agent when it gave it back. */
    endedById: text('ended_by_id').references(() => organisations.id),
  },
  (t) => [index('mandates_principal').on(t.principalId, t.id), index('mandates_agent').on(t.agentId, t.id)],
)
