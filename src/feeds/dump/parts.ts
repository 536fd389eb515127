import { publicRecordTypes } from '../../log/entry.ts'

/**
 * A column that goes out, as `member` of the record. `sql` where it is not the column of that name itself, over `t` (or
 * `l` in a list). `json`: the column holds JSON.
 */
export type Column = { member: string; column: string; sql?: string; json?: true }

/** Rows of another table that belong to the record, in an order of their own. */
export type List = {
  member: string
  table: string
  owner: string
  columns: readonly Column[]
  order: string
  /** What a column has to hold when the registry is rebuilt, where the dump says nothing of it. */
  filled?: Readonly<Record<string, string | number>>
  /** Columns that are made anew from the others. */
  derived?: readonly Column[]
}

/** One kind of record: which table, which of its rows and columns are public, and what hangs on them. */
export type Part = {
  kind: string
  table: string
  /** Unique; pages follow its order. */
  key: string
  numbered?: true
  columns: readonly Column[]
  where?: string
  join?: string
  lists: readonly List[]
  rowsPerRead: number
  filled?: Readonly<Record<string, string | number>>
  derived?: readonly Column[]
}

/** Records of one kind are some kilobytes at most; what may hold a thousand patents is read fewer at a time. */
const many = 200
const few = 20

const logged = [...publicRecordTypes, 'granted'].map((type) => `'${type}'`).join(', ')

/** What others see of an organisation that asks to join: nothing yet, or as what they knew it before. */
const asShown = "iif(t.state = 'applied', coalesce(t.shown_as, t.state), t.state)"

/** In place of a grant's request, which names its grantee. */
export const withheldRequest = {
  kind: 'research',
  purpose: 'basic_research',
  mode: 'on',
  project: { title: 'withheld' },
  grantee: { name: 'withheld' },
  acceptTerms: [],
  allOrNothing: false,
}

/** In place of the institutions that hold grants: who they are is not public. */
export const withheldOrganisation = '00000000-0000-7000-8000-000000000000'

/**
 * All that is public and not derived, in the order in which it can be put back. Every table is named here or in
 * `notDumped`, and every column of these tables here or in `withheldColumns`; a test holds both to the tables.
 */
export const parts: readonly Part[] = [
  {
    kind: 'organisation',
    table: 'organisations',
    key: 'id',
    columns: [
      ...columns('id ror'),
      // Of one that only asks to join, what a patent's record shows of a holder.
      {
        member: 'corporateNumber',
        column: 'corporate_number',
        sql: `iif(${asShown} = 'applied', null, t.corporate_number)`,
      },
      ...columns('name_ja name_en kind country'),
      { member: 'state', column: 'state', sql: asShown },
      ...columns('grant_approval version created_at updated_at'),
    ],
    where: `(${asShown} <> 'applied' or exists (select 1 from patent_holders h where h.organisation_id = t.id)
      or exists (select 1 from consents c where c.organisation_id = t.id))`,
    lists: [
      list('names', 'organisation_names', 'organisation_id', 'key name source', 'l.key'),
      list('suspensions', 'organisation_suspensions', 'organisation_id', 'from_on until_on', 'l.from_on'),
    ],
    rowsPerRead: many,
  },
  {
    kind: 'mandate',
    table: 'mandates',
    key: 'id',
    columns: [
      ...columns('id principal_id agent_id'),
      { member: 'scope', column: 'scope', json: true },
      ...columns('from_on until_on given_at ended_at ended_by_id'),
    ],
    lists: [],
    rowsPerRead: many,
    filled: { given_by: 'withheld' },
  },
  {
    kind: 'patent',
    table: 'patents',
    key: 'id',
    columns: columns(
      'id number office title_ja title_en priority_on filed_on published_on granted_on expires_on expires_source expires_seen_on family version created_at updated_at',
    ),
    lists: [
      list('numbers', 'patent_numbers', 'patent_id', 'key docdb position', 'l.position'),
      list('holders', 'patent_holders', 'patent_id', 'organisation_id share from_on until_on position', 'l.position'),
      {
        ...list('inventors', 'patent_inventors', 'patent_id', 'name romanised orcid position', 'l.position'),
        derived: columns('name_key romanised_key'),
      },
      list('classes', 'patent_classes', 'patent_id', 'scheme symbol position', 'l.scheme, l.position'),
      list('fields', 'patent_fields', 'patent_id', 'field', 'l.field'),
      list(
        'statuses',
        'patent_statuses',
        'patent_id',
        'sequence value valid_from source seen_on recorded_at',
        'l.sequence',
      ),
      list(
        'encumbrances',
        'patent_encumbrances',
        'patent_id',
        'position kind research_reserved from_on until_on',
        'l.position',
      ),
    ],
    rowsPerRead: many,
  },
  {
    kind: 'declaration',
    table: 'declarations',
    key: 'id',
    columns: columns(
      'id organisation_id terms_id terms_sha256 state from_on until_on in_force_on withdrawn_on closed_on withdrawal_reason mandate_id withdrawal_mandate_id patent_count patents_sha256 version created_at updated_at',
    ),
    where: "t.state <> 'draft'",
    lists: [
      list('patents', 'declaration_patents', 'declaration_id', 'patent_id', 'l.patent_id'),
      list(
        'consents',
        'consents',
        'declaration_id',
        'organisation_id answer answered_at asked_at mandate_id via evidence_sha256 reason',
        'l.organisation_id',
      ),
    ],
    rowsPerRead: few,
  },
  {
    kind: 'grant',
    table: 'grants',
    key: 'id',
    columns: columns(
      'id number kind state state_at reason superseded_by purpose mode from_on until_on issued_at expires_at token_sha256 status_list status_index version',
    ),
    lists: [
      list('patents', 'grant_patents', 'grant_id', 'patent_id declaration_id terms_id position', 'l.position'),
      {
        ...list('events', 'grant_events', 'grant_id', 'version state at reason', 'l.version'),
        filled: { by: 'withheld' },
      },
    ],
    rowsPerRead: few,
    filled: {
      organisation_id: withheldOrganisation,
      request: JSON.stringify(withheldRequest),
      name_public: 0,
      token: '',
    },
  },
  {
    kind: 'area',
    table: 'areas',
    key: 'id',
    columns: [
      ...columns('id slug title_ja title_en summary_ja summary_en'),
      { member: 'rules', column: 'rules', json: true },
      ...columns('curator_id state published_on version created_at updated_at'),
    ],
    where: "t.state = 'published'",
    lists: [list('patents', 'area_patents', 'area_id', 'patent_id belongs', 'l.patent_id')],
    rowsPerRead: few,
  },
  {
    kind: 'related',
    table: 'related_items',
    key: 'id',
    columns: [
      ...columns('id patent_id area_id'),
      { member: 'type', column: 'kind' },
      ...columns('title_ja title_en note_ja note_en doi url organisation_id added_at'),
    ],
    where: "(t.area_id is null or exists (select 1 from areas a where a.id = t.area_id and a.state = 'published'))",
    lists: [],
    rowsPerRead: many,
  },
  {
    kind: 'log',
    table: 'log_entries',
    key: 'sequence',
    numbered: true,
    columns: [
      ...columns('sequence type subject at leaf'),
      { member: 'salt', column: 'salt', sql: 'r.salt' },
      // As text: the digest is of just these characters.
      { member: 'record', column: 'record', sql: 'r.record' },
    ],
    join: `left join log_records r on r.sequence = t.sequence and t.type in (${logged}) and r.record ->> 'note' is null`,
    lists: [],
    rowsPerRead: many,
  },
  {
    kind: 'change',
    table: 'changes',
    key: 'sequence',
    numbered: true,
    columns: columns('sequence at kind subject log_sequence'),
    lists: [],
    rowsPerRead: many,
  },
]

/** Columns of these tables that stay here: personal, secret, of no use elsewhere, or derived from what is dumped. */
export const withheldColumns: Readonly<Record<string, readonly string[]>> = {
  organisations: ['notice_address', 'shown_as'],
  mandates: ['given_by', 'ended_by'],
  patents: ['end_settled_on'],
  patent_inventors: ['name_key', 'romanised_key'],
  consents: ['answered_by', 'next_reminder_at'],
  grants: ['organisation_id', 'person_id', 'request', 'name_public', 'token'],
  grant_events: ['by'],
  log_entries: ['leaf_hash'],
}

/** Tables that stay here: who people are, what only those concerned may see, work under way, and what is derived. */
export const notDumped: Readonly<Record<string, 'private' | 'derived'>> = {
  organisation_applications: 'private',
  organisation_leavings: 'private',
  participation_acceptances: 'private',
  clients: 'private',
  client_assertions: 'private',
  people: 'private',
  identities: 'private',
  sessions: 'private',
  sign_ins: 'private',
  memberships: 'private',
  invitations: 'private',
  stewards: 'private',
  steward_invitations: 'private',
  affiliations: 'private',
  inventor_claims: 'private',
  saved_checks: 'private',
  notices: 'private',
  webhooks: 'private',
  deliveries: 'private',
  exclusions: 'private',
  consent_links: 'private',
  consent_link_mails: 'private',
  consent_evidence: 'private',
  consent_signatories: 'private',
  consent_reminders: 'private',
  declaration_batches: 'private',
  declaration_batch_groups: 'private',
  imports: 'private',
  import_chunks: 'private',
  import_mappings: 'private',
  import_names: 'private',
  import_row_keys: 'private',
  import_rows: 'private',
  holder_name_decisions: 'private',
  grant_requests: 'private',
  grant_objections: 'private',
  check_counts: 'private',
  enquiries: 'private',
  // They say which grant a result came of, and so whose it is.
  result_reports: 'private',
  result_report_patents: 'private',
  history: 'private',
  idempotent_requests: 'private',
  registry_facts: 'private',
  applied_migrations: 'private',
  guard: 'derived',
  facts: 'derived',
  touched_patents: 'derived',
  log_records: 'derived',
  log_nodes: 'derived',
  log_checkpoints: 'derived',
  patent_stamps: 'derived',
  map_members: 'derived',
  map_cells: 'derived',
  map_rankings: 'derived',
  map_changes: 'derived',
  map_due: 'derived',
  map_values: 'derived',
  projection_progress: 'derived',
  search_documents: 'derived',
  search_due: 'derived',
}

function columns(names: string): Column[] {
  return names.split(' ').map((column) => ({ member: memberOf(column), column }))
}

function list(member: string, table: string, owner: string, names: string, order: string): List {
  return { member, table, owner, columns: columns(names), order }
}

/** `title_ja` → `titleJa` */
function memberOf(column: string): string {
  return column.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
