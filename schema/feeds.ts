import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * What others follow: one row for each public change, numbered in the order in which the changes went in. Writes come one
 * after another, so a number is given only once every smaller one is there to be read. Rows are only added.
 */
export const changes = sqliteTable(
  'changes',
  {
    sequence: integer('sequence').primaryKey(),
    at: text('at').notNull(),
    kind: text('kind').notNull(),
    /** Id of the organisation, patent, declaration, grant, terms, key or area that it was about. */
    subject: text('subject').notNull(),
    /** The entry of the public log, for a legal act. */
    logSequence: integer('log_sequence'),
  },
  (t) => [
    index('changes_at').on(t.at),
    index('changes_kind').on(t.kind, t.sequence),
    index('changes_subject').on(t.subject, t.sequence),
  ],
)

/** When anything that is shown of a patent last changed: its record, its holders' names, its declarations. */
export const patentStamps = sqliteTable(
  'patent_stamps',
  { patentId: text('patent_id').primaryKey(), at: text('at').notNull() },
  (t) => [index('patent_stamps_at').on(t.at, t.patentId)],
)
