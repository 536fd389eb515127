import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { organisations } from './organisations.ts'

/** One right in one office. `number` is the canonical docdb spelling under which it is shown. */
export const patents = sqliteTable(
  'patents',
  {
    id: text('id').primaryKey(),
    number: text('number').notNull().unique(),
    office: text('office').notNull(),
    titleJa: text('title_ja'),
    titleEn: text('title_en'),
    priorityOn: text('priority_on'),
    filedOn: text('filed_on'),
    publishedOn: text('published_on'),
    grantedOn: text('granted_on'),
    expiresOn: text('expires_on'),
    expiresSource: text('expires_source'),
    expiresSeenOn: text('expires_seen_on'),
    /** The recorded end that upkeep has dealt with; another one makes it due again. */
    endSettledOn: text('end_settled_on'),
    family: text('family'),
    version: integer('version').notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (t) => [
    index('patents_family').on(t.family),
    index('patents_filed').on(t.filedOn, t.id),
    index('patents_registered').on(t.createdAt, t.id),
    index('patents_end_due').on(t.expiresOn).where(sql`end_settled_on is not expires_on`),
    index('patents_expires').on(t.expiresOn),
  ],
)

/** Every number that leads to a patent. `key` is the number space and number without kind, so a right has one record. */
export const patentNumbers = sqliteTable(
  'patent_numbers',
  {
    key: text('key').primaryKey(),
    patentId: text('patent_id')
      .notNull()
      .references(() => patents.id),
    docdb: text('docdb').notNull(),
    position: integer('position').notNull(),
  },
  (t) => [index('patent_numbers_patent').on(t.patentId)],
)

export const patentHolders = sqliteTable(
  'patent_holders',
  {
    patentId: text('patent_id')
      .notNull()
      .references(() => patents.id),
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    /** A fraction as the register prints it (`1/2`); null when it is not known. */
    share: text('share'),
    fromOn: text('from_on'),
    untilOn: text('until_on'),
    position: integer('position').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.patentId, t.position] }),
    index('patent_holders_organisation').on(t.organisationId, t.patentId),
  ],
)

/** Inventors as printed, in the order printed. */
export const patentInventors = sqliteTable(
  'patent_inventors',
  {
    patentId: text('patent_id')
      .notNull()
      .references(() => patents.id),
    position: integer('position').notNull(),
    name: text('name').notNull(),
    romanised: text('romanised'),
    orcid: text('orcid'),
    /** The letters of the names in one order, so that a name is found however it is written. */
    nameKey: text('name_key'),
    romanisedKey: text('romanised_key'),
  },
  (t) => [
    primaryKey({ columns: [t.patentId, t.position] }),
    index('patent_inventors_orcid').on(t.orcid),
    index('patent_inventors_name').on(t.nameKey),
    index('patent_inventors_romanised').on(t.romanisedKey),
  ],
)

export const patentClasses = sqliteTable(
  'patent_classes',
  {
    patentId: text('patent_id')
      .notNull()
      .references(() => patents.id),
    scheme: text('scheme').notNull(),
    symbol: text('symbol').notNull(),
    position: integer('position').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.patentId, t.scheme, t.symbol] }),
    index('patent_classes_symbol').on(t.scheme, t.symbol),
  ],
)

/** WIPO technology fields (1–35) that the patent's classes fall into. */
export const patentFields = sqliteTable(
  'patent_fields',
  {
    patentId: text('patent_id')
      .notNull()
      .references(() => patents.id),
    field: integer('field').notNull(),
  },
  (t) => [primaryKey({ columns: [t.patentId, t.field] }), index('patent_fields_field').on(t.field, t.patentId)],
)

/** Legal status in valid time: what held from which day, who said so and when it was seen. Rows are only added. */
export const patentStatuses = sqliteTable(
  'patent_statuses',
  {
    patentId: text('patent_id')
      .notNull()
      .references(() => patents.id),
    sequence: integer('sequence').notNull(),
    value: text('value').notNull(),
    validFrom: text('valid_from').notNull(),
    source: text('source').notNull(),
    seenOn: text('seen_on').notNull(),
    recordedAt: text('recorded_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.patentId, t.sequence] })],
)

/** What stands in the way of opening a patent. Only an exclusive licence without a research reservation blocks. */
export const patentEncumbrances = sqliteTable(
  'patent_encumbrances',
  {
    patentId: text('patent_id')
      .notNull()
      .references(() => patents.id),
    position: integer('position').notNull(),
    kind: text('kind').notNull(),
    researchReserved: integer('research_reserved', { mode: 'boolean' }).notNull(),
    fromOn: text('from_on'),
    untilOn: text('until_on'),
  },
  (t) => [primaryKey({ columns: [t.patentId, t.position] })],
)
