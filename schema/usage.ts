import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { grants } from './grants.ts'
import { organisations } from './organisations.ts'
import { patents } from './patents.ts'
import { people } from './people.ts'

/** How often a patent was checked in a month. Of who asked there is nothing here, nor of when within the month. */
export const checkCounts = sqliteTable(
  'check_counts',
  {
    patentId: text('patent_id')
      .notNull()
      .references(() => patents.id),
    /** `YYYY-MM`, UTC. */
    month: text('month').notNull(),
    checks: integer('checks').notNull(),
  },
  (t) => [primaryKey({ columns: [t.patentId, t.month] })],
)

/** What came of a grant, as its grantee says. */
export const resultReports = sqliteTable(
  'result_reports',
  {
    id: text('id').primaryKey(),
    grantId: text('grant_id')
      .notNull()
      .references(() => grants.id),
    /** Who reported, for oneself; null for an officer of the institution. */
    personId: text('person_id').references(() => people.id),
    kind: text('kind').notNull(),
    titleJa: text('title_ja'),
    titleEn: text('title_en'),
    doi: text('doi'),
    url: text('url'),
    on: text('on_date').notNull(),
    /** The grantee wants it to be seen on the patents. */
    isPublic: integer('is_public', { mode: 'boolean' }).notNull(),
    reportedAt: text('reported_at').notNull(),
    withdrawnAt: text('withdrawn_at'),
  },
  (t) => [index('result_reports_grant').on(t.grantId, t.id), index('result_reports_person').on(t.personId, t.id)],
)

export const resultReportPatents = sqliteTable(
  'result_report_patents',
  {
    reportId: text('report_id')
      .notNull()
      .references(() => resultReports.id),
    patentId: text('patent_id')
      .notNull()
      .references(() => patents.id),
  },
  (t) => [
    primaryKey({ columns: [t.reportId, t.patentId] }),
    index('result_report_patents_patent').on(t.patentId, t.reportId),
  ],
)

/** A question to one holder of a patent, between the two alone. Personal data stands in the texts and `personId`. */
export const enquiries = sqliteTable(
  'enquiries',
  {
    id: text('id').primaryKey(),
    patentId: text('patent_id')
      .notNull()
      .references(() => patents.id),
    /** The one holder that is asked. */
    holderId: text('holder_id')
      .notNull()
      .references(() => organisations.id),
    /** Who wrote it; null for a machine client. */
    personId: text('person_id').references(() => people.id),
    /** For which organisation; null: for oneself. One of the two is always there. */
    organisationId: text('organisation_id').references(() => organisations.id),
    subject: text('subject').notNull(),
    message: text('message').notNull(),
    contact: text('contact'),
    /** `open → answered | declined | withdrawn`. */
    state: text('state').notNull(),
    askedAt: text('asked_at').notNull(),
    answer: text('answer'),
    answerContact: text('answer_contact'),
    answeredBy: text('answered_by'),
    answeredAt: text('answered_at'),
    /** Of an agent that answered for the holder. */
    mandateId: text('mandate_id'),
    version: integer('version').notNull(),
  },
  (t) => [
    index('enquiries_holder').on(t.holderId, t.state, t.id),
    index('enquiries_person').on(t.personId, t.id),
    index('enquiries_organisation').on(t.organisationId, t.id),
  ],
)
