import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { declarations } from './declarations.ts'
import { organisations } from './organisations.ts'
import { patents } from './patents.ts'

export const grants = sqliteTable(
  'grants',
  {
    id: text('id').primaryKey(),
    /** Short id for URLs and paper. */
    number: text('number').notNull().unique(),
    kind: text('kind').notNull(),
    state: text('state').notNull(),
    stateAt: text('state_at').notNull(),
    reason: text('reason'),
    supersededBy: text('superseded_by'),
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    /** The request as accepted: project, grantee, purpose, mode, dates, acceptance. Personal data stands here alone. */
    request: text('request', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    namePublic: integer('name_public', { mode: 'boolean' }).notNull(),
    purpose: text('purpose').notNull(),
    mode: text('mode').notNull(),
    fromOn: text('from_on').notNull(),
    untilOn: text('until_on').notNull(),
    issuedAt: text('issued_at').notNull(),
    expiresAt: text('expires_at').notNull(),
    token: text('token').notNull(),
    tokenSha256: text('token_sha256').notNull(),
    statusList: integer('status_list').notNull(),
    statusIndex: integer('status_index').notNull(),
    version: integer('version').notNull(),
  },
  (t) => [
    uniqueIndex('grants_status').on(t.statusList, t.statusIndex),
    index('grants_organisation').on(t.organisationId, t.id),
  ],
)

export const grantPatents = sqliteTable(
  'grant_patents',
  {
    grantId: text('grant_id')
      .notNull()
      .references(() => grants.id),
    patentId: text('patent_id')
      .notNull()
      .references(() => patents.id),
    declarationId: text('declaration_id')
      .notNull()
      .references(() => declarations.id),
    position: integer('position').notNull(),
  },
  (t) => [primaryKey({ columns: [t.grantId, t.patentId] }), index('grant_patents_patent').on(t.patentId)],
)

/** What happened to a grant and since when. Rows are only added. */
export const grantEvents = sqliteTable(
  'grant_events',
  {
    grantId: text('grant_id')
      .notNull()
      .references(() => grants.id),
    version: integer('version').notNull(),
    state: text('state').notNull(),
    at: text('at').notNull(),
    reason: text('reason'),
    by: text('by').notNull(),
  },
  (t) => [primaryKey({ columns: [t.grantId, t.version] })],
)
