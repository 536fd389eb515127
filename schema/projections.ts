import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { patents } from './patents.ts'

/*
 * Derived tables for maps and search. `log/commit.ts` keeps them true in the batch of every write (`src/projections/`);
 * nothing else writes them. Two are made by hand in `migrations/0001_triggers.sql`: `map_changes`, which is empty between
 * batches, and `search_text`.
 *
 * MAP CELLS. A patent has values in eleven dimensions, named in this order:
 *
 *   office   two letters                       status   legal status on the day
 *   terms    id of terms under which it is open on the day     kind   kind of a holder
 *   section  `H`     field  `1` to `35`        year     of filing, `2015`
 *   class    `H01`   subclass `H01M`   group `H01M10` (main group)      holder  id of the organisation
 *
 * The value is '' where there is none (no field, no filing date, not open under any terms), so totals add up. Classes are
 * those of the IPC; of a patent without, those of FI, else CPC. Holders are those of the day.
 *
 * READ THEM WITH `readCells` AND `strongestValues` OF `src/patents/cell-queries.ts`: `map_cells` (and `map_rankings`) keep the dimensions and the
 * values in one integer (`src/patents/cells.ts`; ids of values in `map_values`), so that counting 100,000 patents takes
 * seconds; the first four, of which a patent has one combination, are counted as one (`profile`), and the readers sum over
 * it. `dims` names one, two or three dimensions in the order above, with commas: 'field', 'field,year'; '' is the total.
 *
 *   patents      patents with these values           open         of them, open on the day
 *   weight       the same, each patent counted 1/k in each of its k values of a dimension (for several dimensions the
 *                product), in millionths of a patent; likewise `openWeight`
 *   holders      distinct holders of these patents; only for the total, fields and subclasses; else 0
 *
 * Which there are (`countedDims`, `isCellDims`): those that a picture or a filter of the site asks for, and that no list of
 * patents is short enough for. '' · every single dimension · each of the classes, field and holder by year · subclass, group and
 * holder by field · 'subclass,holder' · 'field,year,holder' · and any number of the first four, alone, with year, field,
 * subclass or holder, or with 'field,year': 'office,field,year', 'office,status,subclass', 'terms,kind,field,year'.
 *
 *   field × year            readCells(read, 'field,year')
 *   one field by subclass   readCells(read, 'field,subclass', { field: ['1'] })
 *   granted ones by office  readCells(read, 'office,status,field', { status: ['granted'] })
 *   below a symbol          readCells(read, 'field,group', { field: ['1'], group: { from: 'H01M', below: 'H01N' } })
 *   one holder × field      readCells(read, 'field,holder', { holder: [id] })
 *   strongest holders       strongestValues(read, 'holder', 'holder', {}, 20), or of a field
 *                           strongestValues(read, 'field,holder', 'holder', { field: ['1'] }, 20)
 *   field × holder × year   readCells(read, 'field,year,holder', { field: ['1'], holder: [20 ids] })
 *
 * Any other filter is answered from the members of the shortest list among its values (`patent_fields`, `patent_holders`,
 * `patent_classes`, each joined with `map_members`), up to a bound.
 *
 * OPEN means: the right is in force (pending, granted or unknown), no exclusive licence stands in the way, a declaration
 * is in force, and no holder is suspended or has left. As of the day on which the row was last made: scheduled work makes
 * anew what changes with the day, and what changes for very many patents at once (`map_due`), so a cell may be a minute
 * behind a suspension.
 */

/** Ids of values of dimensions (`cells.ts`); they are only added. */
export const mapValues = sqliteTable(
  'map_values',
  {
    id: integer('id').primaryKey(),
    dim: text('dim').notNull(),
    value: text('value').notNull(),
  },
  (t) => [uniqueIndex('map_values_value').on(t.dim, t.value)],
)

/** `key` as `src/patents/cells.ts` makes it. Without an index: it would double what a write costs. */
export const mapCells = sqliteTable('map_cells', {
  key: integer('key').primaryKey(),
  patents: integer('patents').notNull(),
  open: integer('open').notNull(),
  weight: integer('weight').notNull(),
  openWeight: integer('open_weight').notNull(),
  holders: integer('holders').notNull(),
})

/** Cells of holders, of holders in a field and of holders in a subclass. */
export const mapRankings = sqliteTable(
  'map_rankings',
  {
    key: integer('key').primaryKey(),
    patents: integer('patents').notNull(),
    open: integer('open').notNull(),
    weight: integer('weight').notNull(),
    openWeight: integer('open_weight').notNull(),
  },
  // Most holders have one patent in a field and need no rank.
  (t) => [index('map_rankings_patents').on(sql`(key >> 36)`, t.patents).where(sql`patents > 1`)],
)

/** One row a patent: its values as they were counted, and until when they hold. */
export const mapMembers = sqliteTable(
  'map_members',
  {
    patentId: text('patent_id')
      .primaryKey()
      .references(() => patents.id),
    /** Read it with `memberValues` of `src/patents/cells.ts`. */
    body: text('body').notNull(),
    open: integer('open').notNull(),
    status: text('status').notNull(),
    /** As `patents.filed_on`, '' where unknown: lists of open patents run in this order. */
    filedOn: text('filed_on').notNull(),
    /** The day for which the row was made. */
    asOf: text('as_of').notNull(),
    /** The first day after it on which something of the row changes. */
    changesOn: text('changes_on'),
  },
  (t) => [
    index('map_members_changes').on(t.changesOn).where(sql`changes_on is not null`),
    index('map_members_filed').on(t.filedOn, t.patentId),
    index('map_members_open').on(t.open, t.filedOn, t.patentId),
    index('map_members_status').on(t.status, t.filedOn, t.patentId),
  ],
)

/** Patents whose member row is to be made anew by scheduled work, as after the suspension of a holder. */
export const mapDue = sqliteTable('map_due', { patentId: text('patent_id').primaryKey() })

/** Where the rolling recount of scheduled work stands. */
export const projectionProgress = sqliteTable('projection_progress', {
  name: text('name').primaryKey(),
  at: text('at').notNull(),
})

/**
 * Which patent a row of the text index (`search_text`, FTS5) is about. `id` is the day of filing (days since year 0, times
 * 2^31) and a number that is given once, so newest first is the order of the index itself.
 */
export const searchDocuments = sqliteTable(
  'search_documents',
  {
    id: integer('id').primaryKey(),
    patentId: text('patent_id').notNull(),
    /** Versions of the records it was made from; another one means that it is due. */
    stamp: text('stamp').notNull(),
  },
  (t) => [uniqueIndex('search_documents_patent').on(t.patentId)],
)

/** Patents whose document is to be made anew: by the process that wrote, right after it, else by scheduled work. */
export const searchDue = sqliteTable('search_due', {
  patentId: text('patent_id').primaryKey(),
  /** Another one each time, so that what became due meanwhile stays so. */
  mark: integer('mark').notNull(),
})
