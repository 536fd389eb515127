import { z } from 'zod'
import { insertingLines, type Reader, type Row, type Statement } from '../database.ts'
import type { KnownOwner } from './decide.ts'
import {
  choices,
  fieldChange,
  type ImportRow,
  type NameCandidate,
  type NameOutcome,
  nameCandidate,
  nameOutcome,
  type Reason,
  type RowDecision,
  type RowResult,
  reason,
  rowDecision,
  rowResult,
} from './import.ts'
import { individual, type Resolved } from './owners.ts'
import type { Prepared } from './prepare.ts'

/** A row that is worked on. `patent` undefined: it could not be read, and is refused whatever is decided. */
export type StoredRow = {
  position: number
  line: number
  result: RowResult
  reasons: Reason[]
  patent: Prepared | undefined
  decision: RowDecision | undefined
  world: string | undefined
  declared: boolean
  changes: { field: string; old?: string; new: string }[]
  patentId: string | undefined
}

const stored = 'position, line, result, reasons, patent, decision, world, declared, changes, patent_id'

/** Rows to be decided again. */
export async function findWaiting(read: Reader, importId: string, max: number): Promise<StoredRow[]> {
  const rows = await read.rows(
    `select ${stored} from import_rows where import_id = ? and waiting = 1 order by position limit ?`,
    [importId, max],
  )
  return rows.map(toStored)
}

/** Rows that the commit has still to enrol, from the cursor on. */
export async function findToEnrol(read: Reader, importId: string, cursor: number, max: number): Promise<StoredRow[]> {
  const rows = await read.rows(
    `select ${stored} from (
       select * from (select ${stored} from import_rows where import_id = ?1 and result = 'new' and position >= ?2
         order by position limit ?3)
       union all
       select * from (select ${stored} from import_rows where import_id = ?1 and result = 'changed' and position >= ?2
         order by position limit ?3))
     order by position limit ?3`,
    [importId, cursor, max],
  )
  return rows.map(toStored)
}

export async function findRows(
  read: Reader,
  importId: string,
  positions: readonly number[],
): Promise<Map<number, StoredRow>> {
  if (positions.length === 0) return new Map()
  const rows = await read.rows(
    `select ${stored} from import_rows where import_id = ? and position in (select value from json_each(?))`,
    [importId, JSON.stringify(positions)],
  )
  return new Map(rows.map((row) => [Number(row[0]), toStored(row)]))
}

export async function findPositionOfLine(
  read: Reader,
  importId: string,
  lines: readonly number[],
): Promise<Map<number, number>> {
  if (lines.length === 0) return new Map()
  const rows = await read.rows(
    `select line, position from import_rows where import_id = ? and line in (select value from json_each(?))`,
    [importId, JSON.stringify(lines)],
  )
  return new Map(rows.map(([line, position]) => [Number(line), Number(position)]))
}

/** Which row of this file has each number. */
export async function findRowKeys(
  read: Reader,
  importId: string,
  keys: readonly string[],
): Promise<Map<string, number>> {
  const rows = await read.rows(
    `select k.key, k.position from json_each(?) j cross join import_row_keys k on k.import_id = ? and k.key = j.value`,
    [JSON.stringify(keys), importId],
  )
  return new Map(rows.map(([key, position]) => [String(key), Number(position)]))
}

/** Rows of this file of the same office, filing date and title. */
export async function findLike(
  read: Reader,
  importId: string,
  likenesses: readonly string[],
): Promise<{ likeness: string; position: number; line: number; patent: Prepared }[]> {
  const rows = await read.rows(
    `select r.likeness, r.position, r.line, r.patent from json_each(?) j
     cross join import_rows r on r.import_id = ? and r.likeness = j.value where r.patent is not null limit 5000`,
    [JSON.stringify(likenesses), importId],
  )
  return rows.map(([likeness, position, line, patent]) => ({
    likeness: String(likeness),
    position: Number(position),
    line: Number(line),
    patent: JSON.parse(String(patent)),
  }))
}

/** A row as it goes in after it is read or decided. */
export type KeptRow = {
  position: number
  line: number
  cells: readonly string[]
  result: RowResult
  patent: Prepared | undefined
  likeness: string | undefined
  reasons: readonly Reason[]
  changes: unknown
  choices: unknown
  world: string | undefined
  declared: boolean
  patentId: string | undefined
}

export function insertRows(importId: string, rows: readonly KeptRow[]): Statement[] {
  return insertingLines(
    `insert into import_rows (import_id, position, line, result, cells, patent, owners, likeness, reasons, changes,
       choices, world, declared, patent_id)`,
    rows.map((row) => [
      importId,
      row.position,
      row.line,
      row.result,
      JSON.stringify(row.cells),
      ...decidedColumns(row),
    ]),
  )
}

/** Rows decided again: what was read of them stays. */
export function updateRows(importId: string, rows: readonly Omit<KeptRow, 'cells' | 'line'>[]): Statement[] {
  // An upsert goes from the rows given to those stored; `update … from` may go the other way, and for each of them.
  return insertingLines(
    `insert into import_rows (import_id, position, line, cells, result, patent, owners, likeness, reasons, changes,
       choices, world, declared, patent_id)`,
    rows.map((row) => [importId, row.position, 0, '', row.result, ...decidedColumns(row)]),
    `on conflict (import_id, position) do update set waiting = 0, result = excluded.result,
       patent = excluded.patent, owners = excluded.owners, likeness = excluded.likeness,
       reasons = excluded.reasons, changes = excluded.changes, choices = excluded.choices,
       world = excluded.world, declared = excluded.declared, patent_id = excluded.patent_id`,
  )
}

/** The patents that rows have become. */
export function placeRows(importId: string, rows: readonly Pick<KeptRow, 'position' | 'patentId'>[]): Statement[] {
  if (rows.length === 0) return []
  return [
    {
      sql: `insert into import_rows (import_id, position, line, cells, result, reasons, patent_id)
            select ?1, value ->> 0, 0, '', '', '', value ->> 1 from json_each(?2) where true
            on conflict (import_id, position) do update set patent_id = excluded.patent_id`,
      args: [importId, JSON.stringify(rows.map(({ position, patentId }) => [position, patentId ?? null]))],
    },
  ]
}

function decidedColumns(row: Omit<KeptRow, 'cells' | 'line'>): (string | number | null)[] {
  return [
    row.patent === undefined ? null : JSON.stringify(row.patent),
    row.patent?.owners ? `|${row.patent.owners.join('|')}|` : null,
    row.likeness ?? null,
    row.reasons.length === 0 ? '[]' : JSON.stringify(row.reasons),
    row.changes === undefined ? null : JSON.stringify(row.changes),
    row.choices === undefined ? null : JSON.stringify(row.choices),
    row.world ?? null,
    row.declared ? 1 : 0,
    row.patentId ?? null,
  ]
}

export function insertRowKeys(importId: string, keys: ReadonlyMap<string, number>): Statement[] {
  if (keys.size === 0) return []
  return [
    {
      sql: `insert or replace into import_row_keys (import_id, key, position)
            select ?1, value ->> 0, value ->> 1 from json_each(?2)`,
      args: [importId, JSON.stringify([...keys])],
    },
  ]
}

export function markWaiting(importId: string, positions: readonly number[]): Statement[] {
  if (positions.length === 0) return []
  return [
    {
      sql: `update import_rows set waiting = 1
            where import_id = ? and position in (select value from json_each(?)) and patent is not null`,
      args: [importId, JSON.stringify(positions)],
    },
  ]
}

/** Rows that name one of these owners are to be decided again. Looks once at each row, however many the owners are. */
export function markOwned(importId: string, keys: readonly string[]): Statement[] {
  if (keys.length === 0) return []
  return [
    {
      sql: `update import_rows set waiting = 1 where import_id = ?1 and owners is not null and exists (
              select 1 from json_each('["' || replace(trim(owners, '|'), '|', '","') || '"]')
              where value in (select value from json_each(?2)))`,
      args: [importId, JSON.stringify(keys)],
    },
  ]
}

export function decideStored(importId: string, position: number, decision: RowDecision): Statement {
  return {
    sql: `update import_rows set decision = ?, waiting = 1 where import_id = ? and position = ? and patent is not null`,
    args: [JSON.stringify(decision), importId, position],
    expects: 'row',
  }
}

/** A page of rows as their organisation sees them. */
export async function listRows(
  read: Reader,
  importId: string,
  result: RowResult | undefined,
  after: number,
  limit: number,
): Promise<ImportRow[]> {
  const rows = await read.rows(
    `select position, line, result, cells, reasons, changes, choices, decision, world, patent_id from import_rows
     where import_id = ?1 and (?2 is null or result = ?2) and position > ?3 order by position limit ?4`,
    [importId, result ?? null, after, limit],
  )
  return rows.map(([position, line, kind, cells, why, changes, chosen, decision, world, patent]) => ({
    position: Number(position),
    line: Number(line),
    result: rowResult.parse(kind),
    cells: z.array(z.string()).parse(JSON.parse(String(cells))),
    reasons: z.array(reason).parse(JSON.parse(String(why))),
    ...(changes === null ? {} : { changes: z.array(fieldChange).parse(JSON.parse(String(changes))) }),
    ...(chosen === null ? {} : { choices: choices.parse(JSON.parse(String(chosen))) }),
    ...(decision === null ? {} : { decision: rowDecision.parse(JSON.parse(String(decision))) }),
    ...(world === null ? {} : { world: z.enum(['granted', 'ended', 'transferred']).parse(world) }),
    ...(patent === null ? {} : { patent: String(patent) }),
  }))
}

/** Owners that this import has met already. */
export async function findOwners(
  read: Reader,
  importId: string,
  keys: readonly string[],
): Promise<Map<string, KnownOwner & { candidates: NameCandidate[]; ror?: string }>> {
  const rows = await read.rows(
    `select key, names, outcome, organisation_id, candidates, ror from import_names
     where import_id = ? and key in (select value from json_each(?))`,
    [importId, JSON.stringify(keys)],
  )
  return new Map(
    rows.map(([key, names, outcome, organisation, candidates, ror]) => [
      String(key),
      {
        key: String(key),
        names: z.array(z.string()).parse(JSON.parse(String(names))),
        outcome: nameOutcome.parse(outcome),
        ...(organisation === null ? {} : { organisationId: String(organisation) }),
        candidates: z.array(nameCandidate).parse(JSON.parse(String(candidates))),
        ...(ror === null ? {} : { ror: String(ror) }),
      },
    ]),
  )
}

export function putOwners(
  importId: string,
  owners: readonly (Resolved & { key: string; names: readonly string[]; rows: number })[],
): Statement[] {
  if (owners.length === 0) return []
  const lines = owners.map((one) => [
    one.key,
    JSON.stringify(one.names),
    one.outcome,
    one.organisationId ?? null,
    one.ror ?? null,
    JSON.stringify(one.candidates),
    one.rows,
  ])
  return [
    {
      sql: `insert into import_names (import_id, key, names, outcome, organisation_id, ror, candidates, rows)
            select ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
            from json_each(?2) where true
            on conflict (import_id, key) do update set outcome = excluded.outcome,
              organisation_id = excluded.organisation_id, ror = excluded.ror, candidates = excluded.candidates,
              rows = import_names.rows + excluded.rows`,
      args: [importId, JSON.stringify(lines)],
    },
  ]
}

/** What an owner is: one of its own, a natural person, an organisation here, or the one of a ROR id that is not here yet. */
export type OwnerDecision = { key: string; is: 'new' | typeof individual | { organisation: string } | { ror: string } }

/** What an officer says owners are, for this import and for the next ones. */
export function decideOwners(
  importId: string,
  organisationId: string,
  decisions: readonly OwnerDecision[],
  at: string,
): Statement[] {
  if (decisions.length === 0) return []
  const lines = decisions.map(({ key, is }): [string, NameOutcome, string | null, string | null, string | null] => {
    if (is === 'new') return [key, 'new', null, null, null]
    if (is === individual) return [key, individual, null, null, individual]
    return 'ror' in is ? [key, 'ror', null, is.ror, is.ror] : [key, 'decided', is.organisation, null, is.organisation]
  })
  return [
    {
      sql: `insert into import_names (import_id, key, names, outcome, organisation_id, ror, candidates, rows)
            select ?1, value ->> 0, '[]', value ->> 1, value ->> 2, value ->> 3, '[]', 0 from json_each(?2) where true
            on conflict (import_id, key) do update set outcome = excluded.outcome,
              organisation_id = excluded.organisation_id, ror = excluded.ror`,
      args: [importId, JSON.stringify(lines)],
    },
    {
      sql: `insert into holder_name_decisions (organisation_id, key, holder_id, decided_at)
            select ?1, value ->> 0, value ->> 4, ?3 from json_each(?2) where true
            on conflict (organisation_id, key) do update set holder_id = excluded.holder_id, decided_at = excluded.decided_at`,
      args: [organisationId, JSON.stringify(lines), at],
    },
  ]
}

/** Owners that were to be organisations of their own, or of a ROR id, now are: the decision names them from here on. */
export function settleDecisions(organisationId: string, ids: ReadonlyMap<string, string>): Statement[] {
  return [
    {
      sql: `update holder_name_decisions set holder_id = j.value ->> 1 from json_each(?2) j
            where holder_name_decisions.organisation_id = ?1 and holder_name_decisions.key = j.value ->> 0
            and (holder_id is null or holder_id like 'https://%')`,
      args: [organisationId, JSON.stringify([...ids])],
    },
  ]
}

function toStored(row: Row): StoredRow {
  const [position, line, result, why, patent, decision, world, declared, changes, patentId] = row
  return {
    position: Number(position),
    line: Number(line),
    result: rowResult.parse(result),
    reasons: why === '[]' ? [] : z.array(reason).parse(JSON.parse(String(why))),
    // Written by `insertRows` in this shape.
    patent: patent === null ? undefined : JSON.parse(String(patent)),
    decision: decision === null ? undefined : rowDecision.parse(JSON.parse(String(decision))),
    world: world === null ? undefined : String(world),
    declared: Number(declared) === 1,
    changes: changes === null ? [] : JSON.parse(String(changes)),
    patentId: patentId === null ? undefined : String(patentId),
  }
}
