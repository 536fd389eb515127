import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { organisations } from './organisations.ts'
import { patents } from './patents.ts'

export const declarations = sqliteTable(
  'declarations',
  {
    id: text('id').primaryKey(),
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    termsId: text('terms_id').notNull(),
    termsSha256: text('terms_sha256').notNull(),
    state: text('state').notNull(),
    fromOn: text('from_on').notNull(),
    untilOn: text('until_on'),
    inForceOn: text('in_force_on'),
    withdrawnOn: text('withdrawn_on'),
    /** The first day on which no new grant is issued: the day of withdrawal and the notice period of the terms. */
    closedOn: text('closed_on'),
    withdrawalReason: text('withdrawal_reason'),
    patentCount: integer('patent_count').notNull(),
    patentsSha256: text('patents_sha256').notNull(),
    version: integer('version').notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (t) => [index('declarations_organisation').on(t.organisationId, t.id)],
)

export const declarationPatents = sqliteTable(
  'declaration_patents',
  {
    declarationId: text('declaration_id')
      .notNull()
      .references(() => declarations.id),
    patentId: text('patent_id')
      .notNull()
      .references(() => patents.id),
  },
  (t) => [
    primaryKey({ columns: [t.declarationId, t.patentId] }),
    index('declaration_patents_patent').on(t.patentId, t.declarationId),
  ],
)

/** What each co-owner said. A row stands from the day the declaration is made; `pending` is never read as a yes. */
export const consents = sqliteTable(
  'consents',
  {
    declarationId: text('declaration_id')
      .notNull()
      .references(() => declarations.id),
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    answer: text('answer').notNull(),
    answeredAt: text('answered_at'),
    answeredBy: text('answered_by'),
    evidenceSha256: text('evidence_sha256'),
    reason: text('reason'),
  },
  (t) => [
    primaryKey({ columns: [t.declarationId, t.organisationId] }),
    index('consents_organisation').on(t.organisationId, t.answer),
  ],
)
