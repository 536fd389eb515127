import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** The public log: `leaf` is what is hashed (RFC 6962) and served. No row is ever changed; triggers see to it. */
export const logEntries = sqliteTable(
  'log_entries',
  {
    sequence: integer('sequence').primaryKey(),
    type: text('type').notNull(),
    subject: text('subject').notNull(),
    at: text('at').notNull(),
    leaf: text('leaf').notNull(),
    leafHash: text('leaf_hash').notNull(),
  },
  (t) => [index('log_entries_subject').on(t.subject), index('log_entries_type').on(t.type, t.sequence)],
)

/** What an entry's digest stands for. Deleting a row makes its leaf meaningless and leaves the log verifiable. */
export const logRecords = sqliteTable('log_records', {
  sequence: integer('sequence').primaryKey(),
  salt: text('salt').notNull(),
  record: text('record').notNull(),
})

/** Hashes of complete subtrees, hex. */
export const logNodes = sqliteTable(
  'log_nodes',
  {
    level: integer('level').notNull(),
    position: integer('position').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.level, t.position] })],
)

/** Signed tree heads (C2SP tlog-checkpoint). */
export const logCheckpoints = sqliteTable('log_checkpoints', {
  size: integer('size').primaryKey(),
  note: text('note').notNull(),
  signedAt: text('signed_at').notNull(),
})

/** Record keeping that is not a legal act: who changed what, when, from which source. */
export const history = sqliteTable(
  'history',
  {
    id: text('id').primaryKey(),
    at: text('at').notNull(),
    by: text('by').notNull(),
    /** An agent that did it for another: `{ organisation, mandate }`, canonical JSON. */
    actedBy: text('acted_by'),
    source: text('source').notNull(),
    event: text('event').notNull(),
    subject: text('subject').notNull(),
    before: text('before'),
    after: text('after'),
    requestId: text('request_id').notNull(),
  },
  (t) => [index('history_subject').on(t.subject, t.id)],
)
