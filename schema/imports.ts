import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { organisations } from './organisations.ts'

/** One file that an organisation uploads, and how far the registry is with it. Nothing here is public. */
export const imports = sqliteTable(
  'imports',
  {
    id: text('id').primaryKey(),
    /** For whom: the holder. An agent acts under `mandate_id`. */
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    byKind: text('by_kind').notNull(),
    byId: text('by_id').notNull(),
    byOrganisationId: text('by_organisation_id').notNull(),
    mandateId: text('mandate_id'),
    /** `receiving → reading → needs_mapping → reading → previewed → committing → committed`, or `failed`, `dropped`. */
    state: text('state').notNull(),
    /** What the next step does in this state. */
    phase: text('phase').notNull(),
    fileName: text('file_name').notNull(),
    fileBytes: integer('file_bytes').notNull().default(0),
    fileSha256: text('file_sha256'),
    /** What the bytes are: JSON of `SniffedFile`. */
    sniffed: text('sniffed'),
    askedFormat: text('asked_format'),
    seenOn: text('seen_on').notNull(),
    mapping: text('mapping'),
    layout: text('layout'),
    /** Guess and sample lines for the person who confirms the columns. */
    guess: text('guess'),
    readState: text('read_state'),
    /** Which chunks are read: `file`, or `sheet` once a spreadsheet is unpacked. */
    part: text('part').notNull().default('file'),
    chunks: integer('chunks').notNull().default(0),
    chunksRead: integer('chunks_read').notNull().default(0),
    rowsRead: integer('rows_read').notNull().default(0),
    /** Rows that the commit has behind it, by position. */
    cursor: integer('cursor').notNull().default(0),
    counts: text('counts').notNull().default('{}'),
    world: text('world').notNull().default('{}'),
    failure: text('failure'),
    /** One process works on it at a time; `version` settles the rest. */
    leasedBy: text('leased_by'),
    leasedUntil: text('leased_until'),
    version: integer('version').notNull(),
    idempotencyPrincipal: text('idempotency_principal'),
    idempotencyKey: text('idempotency_key'),
    requestSha256: text('request_sha256'),
    createdAt: text('created_at').notNull(),
    /** Since when it is in this state of work, for the estimate of the time left. */
    startedAt: text('started_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (t) => [
    index('imports_organisation').on(t.organisationId, t.id),
    index('imports_state').on(t.state, t.updatedAt),
    uniqueIndex('imports_idempotency').on(t.idempotencyPrincipal, t.idempotencyKey),
  ],
)

/** The file as it came, cut anywhere; with `part` `sheet` the rows of a spreadsheet as text. */
export const importChunks = sqliteTable(
  'import_chunks',
  {
    importId: text('import_id').notNull(),
    part: text('part').notNull(),
    position: integer('position').notNull(),
    bytes: blob('bytes', { mode: 'buffer' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.part, t.position] })],
)

/** One row of the file, what the registry makes of it, and what the officer decided about it. */
export const importRows = sqliteTable(
  'import_rows',
  {
    importId: text('import_id').notNull(),
    position: integer('position').notNull(),
    line: integer('line').notNull(),
    /** `new`, `changed`, `same`, `refused`, `undecided` */
    result: text('result').notNull(),
    /** To be decided again: something it depends on has been decided. */
    waiting: integer('waiting').notNull().default(0),
    cells: text('cells').notNull(),
    patent: text('patent'),
    /** `|key|key|` of its owners in `import_names`. */
    owners: text('owners'),
    /** Office, filing date and title: equal in rows that may be of one right. */
    likeness: text('likeness'),
    reasons: text('reasons').notNull(),
    changes: text('changes'),
    choices: text('choices'),
    decision: text('decision'),
    /** `granted`, `ended`, `transferred`: what became of the right since the registry last heard. */
    world: text('world'),
    declared: integer('declared').notNull().default(0),
    patentId: text('patent_id'),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.position] }),
    index('import_rows_result').on(t.importId, t.result, t.position),
    index('import_rows_waiting').on(t.importId, t.waiting, t.position),
    index('import_rows_owners').on(t.importId, t.owners),
    index('import_rows_likeness').on(t.importId, t.likeness),
  ],
)

/** Which row of the file first had the number. */
export const importRowKeys = sqliteTable(
  'import_row_keys',
  {
    importId: text('import_id').notNull(),
    key: text('key').notNull(),
    position: integer('position').notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.key] })],
)

/** An owner that the file names, by all of its names together, and which organisation that is. */
export const importNames = sqliteTable(
  'import_names',
  {
    importId: text('import_id').notNull(),
    key: text('key').notNull(),
    names: text('names').notNull(),
    /** `found`, `decided`, `ror`, `new`, `several`, `close`, `unpaired` */
    outcome: text('outcome').notNull(),
    organisationId: text('organisation_id'),
    ror: text('ror'),
    candidates: text('candidates').notNull(),
    rows: integer('rows').notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.key] }), index('import_names_outcome').on(t.importId, t.outcome)],
)

/** What an organisation's officers decided about an owner's name. `organisation_id` null: an organisation of its own. */
export const holderNameDecisions = sqliteTable(
  'holder_name_decisions',
  {
    organisationId: text('organisation_id').notNull(),
    key: text('key').notNull(),
    holderId: text('holder_id'),
    decidedAt: text('decided_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.key] })],
)

/** Columns that an organisation's officer confirmed, by the header of the file. */
export const importMappings = sqliteTable(
  'import_mappings',
  {
    organisationId: text('organisation_id').notNull(),
    fingerprint: text('fingerprint').notNull(),
    mapping: text('mapping').notNull(),
    usedAt: text('used_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.fingerprint] })],
)
