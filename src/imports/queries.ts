import { z } from 'zod'
import type { Reader, Row, Statement, Value } from '../database.ts'
import {
  type Counts,
  counts,
  type Failure,
  failure,
  type HolderName,
  type Import,
  type ImportLine,
  type ImportState,
  importState,
  type NameOutcome,
  nameCandidate,
  nameOutcome,
  type World,
  world,
} from './import.ts'
import { chunksPerWriteMax, namesShownMax } from './limits.ts'
import type { SniffedFile } from './reading/encoding.ts'
import type { Mapping } from './reading/mapping.ts'
import type { ReadState } from './reading/read.ts'
import type { FormatId, Layout } from './reading/row.ts'

/** What the next step of work on an import is. `rest`: none. */
export const phases = ['receive', 'open', 'unpack', 'clear', 'read', 'decide', 'name', 'enrol', 'free', 'rest'] as const
const phase = z.enum(phases)
export type Phase = z.infer<typeof phase>

/** The import as the registry works on it. */
export type Job = {
  id: string
  organisationId: string
  by: { kind: 'member' | 'person'; id: string; organisationId: string }
  mandateId: string | undefined
  state: ImportState | 'receiving'
  phase: Phase
  fileName: string
  fileBytes: number
  fileSha256: string | undefined
  sniffed: SniffedFile | undefined
  askedFormat: FormatId | undefined
  seenOn: string
  mapping: Mapping | undefined
  layout: Layout | undefined
  guess: { guess: Mapping; samples: readonly (readonly string[])[] } | undefined
  readState: ReadState | undefined
  part: 'file' | 'sheet'
  chunks: number
  chunksRead: number
  rowsRead: number
  cursor: number
  counts: Counts
  world: World
  failure: Failure | undefined
  version: number
  requestSha256: string | undefined
  createdAt: string
  startedAt: string
  updatedAt: string
}

const columns = `id, organisation_id, by_kind, by_id, by_organisation_id, mandate_id, state, phase, file_name, file_bytes,
  file_sha256, sniffed, asked_format, seen_on, mapping, layout, guess, read_state, part, chunks, chunks_read, rows_read,
  cursor, counts, world, failure, version, request_sha256, created_at, started_at, updated_at`

export async function findJob(read: Reader, id: string): Promise<Job | undefined> {
  const [row] = await read.rows(`select ${columns} from imports where id = ?`, [id])
  return row && toJob(row)
}

export async function findJobByKey(read: Reader, principal: string, key: string): Promise<Job | undefined> {
  const [row] = await read.rows(
    `select ${columns} from imports where idempotency_principal = ? and idempotency_key = ?`,
    [principal, key],
  )
  return row && toJob(row)
}

/** What waits for work: the one that has waited longest first. `idleSince`: only those untouched since. */
export async function findJobsToDo(read: Reader, now: string, idleSince: string | undefined): Promise<string[]> {
  const rows = await read.rows(
    `select id from imports where state in ('reading', 'committing', 'committed', 'failed', 'dropped')
     and phase <> 'rest' and (leased_until is null or leased_until <= ?) and updated_at <= ?
     order by updated_at limit 20`,
    [now, idleSince ?? '9999'],
  )
  return rows.map(([id]) => String(id))
}

/** Imports that are over, or never arrived, and whose rows go now. */
export async function findJobsToForget(
  read: Reader,
  before: { finished: string; dropped: string; received: string },
): Promise<{ id: string; arrived: boolean }[]> {
  const rows = await read.rows(
    `select id, state from imports where (state in ('committed', 'failed') and phase = 'rest' and updated_at < ?)
     or (state = 'dropped' and phase = 'rest' and updated_at < ?) or (state = 'receiving' and created_at < ?) limit 20`,
    [before.finished, before.dropped, before.received],
  )
  return rows.map(([id, state]) => ({ id: String(id), arrived: state !== 'receiving' }))
}

export async function listImports(
  read: Reader,
  organisationIds: readonly string[],
  before: string | undefined,
  limit: number,
): Promise<ImportLine[]> {
  const rows = await read.rows(
    `select id, organisation_id, state, file_name, counts, created_at, updated_at from imports
     where organisation_id in (select value from json_each(?)) and state not in ('receiving', 'dropped') and id < ?
     order by id desc limit ?`,
    [JSON.stringify(organisationIds), before ?? '~', limit],
  )
  return rows.map(([id, organisation, state, fileName, counted, createdAt, updatedAt]) => ({
    id: String(id),
    organisation: String(organisation),
    state: importState.parse(state),
    fileName: String(fileName),
    counts: counts.parse(JSON.parse(String(counted))),
    createdAt: String(createdAt),
    updatedAt: String(updatedAt),
  }))
}

const openStates = "('receiving', 'reading', 'needs_mapping', 'previewed', 'committing')"

export function insertJob(
  job: Pick<Job, 'id' | 'organisationId' | 'by' | 'fileName' | 'seenOn' | 'createdAt'>,
  openMax: number,
): Statement[] {
  return [
    {
      sql: `insert into imports (id, organisation_id, by_kind, by_id, by_organisation_id, state, phase, file_name, seen_on,
              counts, world, version, created_at, started_at, updated_at)
            values (?1, ?2, ?3, ?4, ?5, 'receiving', 'receive', ?6, ?7, ?8, ?9, 1, ?10, ?10, ?10)`,
      args: [
        job.id,
        job.organisationId,
        job.by.kind,
        job.by.id,
        job.by.organisationId,
        job.fileName,
        job.seenOn,
        JSON.stringify({ rows: 0, new: 0, changed: 0, same: 0, refused: 0, undecided: 0 }),
        JSON.stringify({ granted: 0, ended: 0, transferred: 0, declared: 0 }),
        job.createdAt,
      ],
    },
    fewOpen(job.by.organisationId, openMax),
  ]
}

/** Settles uploads of one organisation at the same time. */
function fewOpen(organisationId: string, openMax: number): Statement {
  return {
    sql: `insert into guard select count(*) <= ?, 'imports' from imports where by_organisation_id = ? and state in ${openStates}`,
    args: [openMax, organisationId],
  }
}

export async function countOpenImports(read: Reader, organisationId: string): Promise<number> {
  const [row] = await read.rows(
    `select count(*) from imports where by_organisation_id = ? and state in ${openStates}`,
    [organisationId],
  )
  return Number(row?.[0] ?? 0)
}

/** What of an import changes; every column by its member's name. */
export type JobChange = Partial<
  Omit<Job, 'id' | 'by' | 'version' | 'createdAt'> & {
    leasedBy: string | null
    leasedUntil: string | null
    idempotencyPrincipal: string
    idempotencyKey: string
    by: Job['by']
  }
>

/** What the record of an import has of the cells of its file: samples, headers, a row that was cut in two. */
export const withoutContent = {
  sniffed: undefined,
  layout: undefined,
  guess: undefined,
  mapping: undefined,
  readState: undefined,
  fileName: '',
} satisfies JobChange

/** Only one of those who work on the same import at the same time gets through. */
export function updateJob(job: Pick<Job, 'id' | 'version'>, change: JobChange, at: string): Statement {
  const { by, ...plain } = change
  const set = new Map<string, Value>()
  for (const [name, value] of Object.entries(plain)) set.set(columnOf(name), toValue(value))
  if (by) {
    set.set('by_kind', by.kind)
    set.set('by_id', by.id)
    set.set('by_organisation_id', by.organisationId)
  }
  set.set('updated_at', at)
  return {
    sql: `update imports set version = version + 1, ${[...set.keys()].map((name) => `${name} = ?`).join(', ')}
          where id = ? and version = ?`,
    args: [...set.values(), job.id, job.version],
    expects: 'import',
  }
}

function columnOf(member: string): string {
  return member.replaceAll(/[A-Z0-9]+/g, (capital) => `_${capital.toLowerCase()}`).replace('sha_256', 'sha256')
}

function toValue(value: unknown): Value {
  if (value === undefined || value === null) return null
  if (typeof value === 'string' || typeof value === 'number') return value
  return JSON.stringify(value)
}

/** Takes the import for this process, unless another has it. */
export function leaseJob(id: string, by: string, now: string, until: string): Statement {
  return {
    sql: `update imports set leased_by = ?, leased_until = ? where id = ? and phase <> 'rest'
          and (leased_until is null or leased_until <= ? or leased_by = ?)`,
    args: [by, until, id, now, by],
    expects: 'lease',
  }
}

export function releaseJob(id: string, by: string): Statement {
  return {
    sql: 'update imports set leased_by = null, leased_until = null where id = ? and leased_by = ?',
    args: [id, by],
  }
}

export function insertChunk(importId: string, part: Job['part'], position: number, bytes: Uint8Array): Statement {
  return {
    sql: 'insert into import_chunks (import_id, part, position, bytes) values (?, ?, ?, ?)',
    args: [importId, part, position, bytes],
  }
}

export async function findChunk(
  read: Reader,
  importId: string,
  part: Job['part'],
  position: number,
): Promise<Uint8Array | undefined> {
  const [row] = await read.rows('select bytes from import_chunks where import_id = ? and part = ? and position = ?', [
    importId,
    part,
    position,
  ])
  return row && toBytes(row[0])
}

/** Frees what an import holds, a bounded piece at a time. */
export function deleteSome(
  table: 'import_chunks' | 'import_rows' | 'import_row_keys',
  importId: string,
  max: number,
): Statement {
  return {
    sql: `delete from ${table} where rowid in (select rowid from ${table} where import_id = ? limit ?)`,
    args: [importId, max],
  }
}

export function deleteChunks(importId: string, part: Job['part']): Statement {
  return { sql: 'delete from import_chunks where import_id = ? and part = ?', args: [importId, part] }
}

export async function holdsAny(
  read: Reader,
  tables: readonly ('import_chunks' | 'import_rows' | 'import_row_keys' | 'import_names')[],
  importId: string,
): Promise<boolean> {
  for (const table of tables) {
    const [row] = await read.rows(`select 1 from ${table} where import_id = ? limit 1`, [importId])
    if (row) return true
  }
  return false
}

export function deleteNames(importId: string): Statement {
  return { sql: 'delete from import_names where import_id = ?', args: [importId] }
}

export function deleteJob(importId: string): Statement[] {
  return ['import_names', 'import_row_keys', 'import_rows', 'import_chunks', 'imports'].map((table) => ({
    sql: `delete from ${table} where ${table === 'imports' ? 'id' : 'import_id'} = ?`,
    args: [importId],
  }))
}

/**
 * An upload that was refused, did not arrive whole, or has been here before leaves nothing behind: a short one goes at
 * once, a long one in the background, its record after its chunks.
 */
export function abandonJob(importId: string): Statement[] {
  return [
    {
      sql: `delete from import_chunks where import_id = ?1 and position < ?2
            and exists (select 1 from imports where id = ?1 and state = 'receiving')`,
      args: [importId, chunksPerWriteMax],
    },
    {
      sql: `delete from imports where id = ?1 and state = 'receiving'
            and not exists (select 1 from import_chunks where import_id = ?1)`,
      args: [importId],
    },
    {
      sql: `update imports set state = 'dropped', phase = 'free', version = version + 1 where id = ? and state = 'receiving'`,
      args: [importId],
    },
  ]
}

/** Keys are free again a day after, as those of other requests are. */
export function forgetKeys(before: string): Statement {
  return {
    sql: `update imports set idempotency_principal = null, idempotency_key = null
          where idempotency_key is not null and created_at < ?`,
    args: [before],
  }
}

/** Owners that are not organisations here yet; those to be decided first. */
export async function listNames(read: Reader, importId: string): Promise<HolderName[]> {
  const rows = await read.rows(
    `select key, names, outcome, organisation_id, ror, candidates, rows from import_names
     where import_id = ? and (rows > 0 or outcome = 'individual') and outcome in ('several', 'close', 'unpaired', 'unclear', 'new', 'ror', 'decided', 'individual')
     order by case outcome when 'several' then 0 when 'unpaired' then 1 when 'close' then 2 when 'unclear' then 3
       when 'new' then 4 when 'ror' then 5 else 6 end, rows desc, key limit ?`,
    [importId, namesShownMax],
  )
  return rows.map(([key, names, outcome, organisation, ror, candidates, count]) => ({
    key: String(key),
    names: z.array(z.string()).parse(JSON.parse(String(names))),
    outcome: nameOutcome.parse(outcome),
    ...(organisation === null ? {} : { organisation: String(organisation) }),
    ...(ror === null ? {} : { ror: String(ror) }),
    candidates: z.array(nameCandidate).parse(JSON.parse(String(candidates))),
    rows: Number(count),
  }))
}

/** How many owners there are of each outcome; a person's rows are refused, so that they count without any. */
export async function countNames(read: Reader, importId: string): Promise<Map<NameOutcome, number>> {
  const rows = await read.rows(
    `select outcome, count(*) from import_names where import_id = ? and (rows > 0 or outcome = 'individual') group by outcome`,
    [importId],
  )
  return new Map(rows.map(([outcome, count]) => [nameOutcome.parse(outcome), Number(count)]))
}

export async function findMapping(read: Reader, organisationId: string): Promise<string[]> {
  const rows = await read.rows(
    'select mapping from import_mappings where organisation_id = ? order by used_at desc limit 200',
    [organisationId],
  )
  return rows.map(([mapping]) => String(mapping))
}

export function putMapping(organisationId: string, fingerprint: string, mapping: Mapping, at: string): Statement {
  return {
    sql: `insert into import_mappings (organisation_id, fingerprint, mapping, used_at) values (?, ?, ?, ?)
          on conflict (organisation_id, fingerprint) do update set mapping = excluded.mapping, used_at = excluded.used_at`,
    args: [organisationId, fingerprint, JSON.stringify(mapping), at],
  }
}

/** The import as its organisation sees it. */
export function toImport(job: Job, names: readonly HolderName[]): Import {
  const { state, layout, guess, sniffed } = job
  return {
    id: job.id,
    organisation: job.organisationId,
    state: state === 'receiving' ? 'reading' : state,
    fileName: job.fileName,
    fileBytes: job.fileBytes,
    ...(job.fileSha256 === undefined ? {} : { fileSha256: job.fileSha256 }),
    ...(layout === undefined ? {} : { format: layout.format, encoding: layout.encoding, header: [...layout.header] }),
    ...(sniffed?.kind === 'spreadsheet' && sniffed.sheet !== undefined
      ? { sheet: { name: sniffed.sheet, othersNotRead: [...(sniffed.others ?? [])] } }
      : {}),
    seenOn: job.seenOn,
    counts: job.counts,
    progress: progressOf(job),
    world: job.world,
    names: [...names],
    ...(state === 'needs_mapping' && guess
      ? { mapping: { guess: guess.guess, samples: guess.samples.map((line) => [...line]) } }
      : {}),
    ...(job.failure === undefined ? {} : { failure: job.failure }),
    createdAt: job.createdAt,
    updatedAt: job.updatedAt,
  }
}

function progressOf(job: Job): Import['progress'] {
  const { chunks, chunksRead, fileBytes, state } = job
  const read = chunks === 0 ? 0 : chunksRead / chunks
  const done = state === 'committing' ? (job.counts.rows === 0 ? 1 : job.cursor / job.counts.rows) : read
  const seconds = (Date.parse(job.updatedAt) - Date.parse(job.startedAt)) / 1000
  const working = state === 'reading' || state === 'committing'
  const left = done > 0 && seconds > 0 ? Math.ceil((seconds * (1 - done)) / done) : null
  return {
    rowsRead: job.rowsRead,
    ...(chunks > 0 && chunksRead >= chunks ? { rowsTotal: job.rowsRead } : {}),
    ...(state === 'committing' || state === 'committed' ? { rowsEnrolled: job.cursor } : {}),
    bytesRead: Math.min(fileBytes, Math.round(fileBytes * read)),
    secondsLeft: working ? left : 0,
  }
}

function toJob(row: Row): Job {
  const [
    id,
    organisationId,
    byKind,
    byId,
    byOrganisationId,
    mandateId,
    state,
    nextPhase,
    fileName,
    fileBytes,
    fileSha256,
    sniffed,
    askedFormat,
    seenOn,
    mapping,
    layout,
    guess,
    readState,
    part,
    chunks,
    chunksRead,
    rowsRead,
    cursor,
    counted,
    became,
    failed,
    version,
    requestSha256,
    createdAt,
    startedAt,
    updatedAt,
  ] = row
  return {
    id: String(id),
    organisationId: String(organisationId),
    by: { kind: byKind === 'person' ? 'person' : 'member', id: String(byId), organisationId: String(byOrganisationId) },
    mandateId: text(mandateId),
    state: state === 'receiving' ? 'receiving' : importState.parse(state),
    phase: phase.parse(nextPhase),
    fileName: String(fileName),
    fileBytes: Number(fileBytes),
    fileSha256: text(fileSha256),
    // These were written by the readers' own functions, as plain JSON.
    sniffed: stored(sniffed),
    askedFormat: stored(askedFormat === null ? null : JSON.stringify(askedFormat)),
    seenOn: String(seenOn),
    mapping: stored(mapping),
    layout: stored(layout),
    guess: stored(guess),
    readState: stored(readState),
    part: part === 'sheet' ? 'sheet' : 'file',
    chunks: Number(chunks),
    chunksRead: Number(chunksRead),
    rowsRead: Number(rowsRead),
    cursor: Number(cursor),
    counts: counts.parse(JSON.parse(String(counted))),
    world: world.parse(JSON.parse(String(became))),
    failure: failed === null ? undefined : failure.parse(JSON.parse(String(failed))),
    version: Number(version),
    requestSha256: text(requestSha256),
    createdAt: String(createdAt),
    startedAt: String(startedAt),
    updatedAt: String(updatedAt),
  }
}

function text(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : String(value)
}

/** What was stored as JSON of the member's own shape. */
function stored(value: unknown): ReturnType<typeof JSON.parse> {
  return value === null || value === undefined ? undefined : JSON.parse(String(value))
}

function toBytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  throw new TypeError('a chunk is bytes')
}

/** Whether who started or confirmed the import still has the post from which they did. */
export async function isStillEntitled(read: Reader, { by }: Pick<Job, 'by'>): Promise<boolean> {
  const [row] = await read.rows(
    by.kind === 'member'
      ? `select 1 from clients c join organisations o on o.id = c.organisation_id where c.id = ? and o.id = ?
         and c.role = 'officer' and c.revoked_at is null and o.state = 'approved'`
      : `select 1 from memberships m join organisations o on o.id = m.organisation_id
         join people p on p.id = m.person_id and p.erased_at is null
         where m.person_id = ? and o.id = ? and m.role = 'officer' and o.state = 'approved'`,
    [by.id, by.organisationId],
  )
  return row !== undefined
}
