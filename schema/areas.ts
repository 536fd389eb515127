import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { organisations } from './organisations.ts'
import { patents } from './patents.ts'

/** A priority area: which patents belong to it by rule, and who keeps it. */
export const areas = sqliteTable(
  'areas',
  {
    id: text('id').primaryKey(),
    slug: text('slug').notNull().unique(),
    titleJa: text('title_ja').notNull(),
    titleEn: text('title_en').notNull(),
    summaryJa: text('summary_ja').notNull(),
    summaryEn: text('summary_en').notNull(),
    /** Alternatives, any of which suffices; within one, every condition that is given must hold. */
    rules: text('rules', { mode: 'json' })
      .$type<{ ipc?: string[]; words?: string[]; holders?: string[] }[]>()
      .notNull(),
    /** The appointed organisation; null: the stewards keep it themselves. */
    curatorId: text('curator_id').references(() => organisations.id),
    /** `draft → published`. */
    state: text('state').notNull(),
    publishedOn: text('published_on'),
    version: integer('version').notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (t) => [index('areas_curator').on(t.curatorId)],
)

/** Patents put into an area by hand, or kept out of it whatever the rule says. */
export const areaPatents = sqliteTable(
  'area_patents',
  {
    areaId: text('area_id')
      .notNull()
      .references(() => areas.id),
    patentId: text('patent_id')
      .notNull()
      .references(() => patents.id),
    belongs: integer('belongs', { mode: 'boolean' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.areaId, t.patentId] }), index('area_patents_patent').on(t.patentId)],
)

/** Papers, data sets, materials and the like that go with a patent or an area. One of the two is set. */
export const relatedItems = sqliteTable(
  'related_items',
  {
    id: text('id').primaryKey(),
    patentId: text('patent_id').references(() => patents.id),
    areaId: text('area_id').references(() => areas.id),
    kind: text('kind').notNull(),
    titleJa: text('title_ja'),
    titleEn: text('title_en'),
    noteJa: text('note_ja'),
    noteEn: text('note_en'),
    /** In lower case, without a resolver (`10.1038/nmat3066`). */
    doi: text('doi'),
    url: text('url'),
    organisationId: text('organisation_id').references(() => organisations.id),
    addedAt: text('added_at').notNull(),
  },
  (t) => [
    index('related_items_patent').on(t.patentId, t.id),
    index('related_items_area').on(t.areaId, t.id),
    index('related_items_organisation').on(t.organisationId),
  ],
)
