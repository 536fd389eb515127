import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { declarations } from './declarations.ts'
import { organisations } from './organisations.ts'
import { patents } from './patents.ts'
import { people } from './people.ts'

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
    /** Whose it is; null where the institution asked for one of its people by name. */
    personId: text('person_id').references(() => people.id),
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
    index('grants_person').on(t.personId, t.id),
    index('grants_superseded_by').on(t.supersededBy),
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
    /** Null where the holders' participation agreements stand in for a declaration. */
    declarationId: text('declaration_id').references(() => declarations.id),
    termsId: text('terms_id').notNull(),
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

/** A grant that a person asked for and that waits for the institution. Personal data stands in `request` alone. */
export const grantRequests = sqliteTable(
  'grant_requests',
  {
    id: text('id').primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    request: text('request', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    /** `waiting → approved | refused`. */
    state: text('state').notNull(),
    requestedAt: text('requested_at').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: text('decided_at'),
    reason: text('reason'),
    grantId: text('grant_id').references(() => grants.id),
    version: integer('version').notNull(),
  },
  (t) => [
    index('grant_requests_organisation').on(t.organisationId, t.state, t.id),
    index('grant_requests_person').on(t.personId, t.id),
  ],
)

/** What a former institution or a holder says against a grant, with a reason that its terms know. */
export const grantObjections = sqliteTable(
  'grant_objections',
  {
    id: text('id').primaryKey(),
    grantId: text('grant_id')
      .notNull()
      .references(() => grants.id),
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    reason: text('reason').notNull(),
    note: text('note').notNull(),
    at: text('at').notNull(),
  },
  (t) => [index('grant_objections_grant').on(t.grantId, t.id)],
)
