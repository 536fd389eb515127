import { and, desc, eq, inArray, lt, type SQL, sql } from 'drizzle-orm'
import * as schema from '../../schema/index.ts'
import { build, type Reader, type Statement, statement } from '../database.ts'
import { type EntryType, entryTypes } from './commit.ts'
import { toHex } from './encoding.ts'
import { type LoggedEntry, publicRecordTypes } from './entry.ts'
import type { Coordinate, Node } from './tree.ts'

const { logEntries: entries, logRecords: records, logCheckpoints: checkpoints } = schema

/** A signed tree head as it was signed. */
export type StoredCheckpoint = { size: number; note: string; signedAt: string }
/** How far the log has come: entries written, leaves whose nodes are stored, and the largest tree signed. */
export type Head = { entries: number; hashed: number; checkpoint: StoredCheckpoint | undefined }

export async function readHead(read: Reader): Promise<Head> {
  const [row = []] = await read.rows(
    `select (select coalesce(max(sequence) + 1, 0) from log_entries),
            (select coalesce(max(position) + 1, 0) from log_nodes where level = 0), c.size, c.note, c.signed_at
     from (select 1) left join (select * from log_checkpoints order by size desc limit 1) c`,
    [],
  )
  const [count, hashed, size, note, signedAt] = row
  return {
    entries: Number(count),
    hashed: Number(hashed),
    checkpoint: size === null ? undefined : { size: Number(size), note: String(note), signedAt: String(signedAt) },
  }
}

/** Leaves of the largest signed tree; undefined before the first checkpoint. */
export async function publishedSize(read: Reader): Promise<number | undefined> {
  const [row] = await read.select({ size: checkpoints.size }).from(checkpoints).orderBy(desc(checkpoints.size)).limit(1)
  return row?.size
}

/** Leaf hashes from `first` on, `end` not among them. */
export async function leafHashes(read: Reader, first: number, end: number): Promise<Uint8Array[]> {
  const rows = await read.rows(
    'select leaf_hash from log_entries where sequence >= ? and sequence < ? order by sequence',
    [first, end],
  )
  return rows.map(([hash]) => toBytes(hash))
}

/** The exact texts of the leaves from `first` on. */
export async function leafTexts(read: Reader, first: number, count: number): Promise<string[]> {
  const rows = await read.rows('select leaf from log_entries where sequence >= ? and sequence < ? order by sequence', [
    first,
    first + count,
  ])
  return rows.map(([leaf]) => String(leaf))
}

/** Those of the nodes asked for that are stored, in one query. */
export async function findNodes(read: Reader, coordinates: readonly Coordinate[]): Promise<Node[]> {
  if (coordinates.length === 0) return []
  const rows = await read.rows(
    `select n.level, n.position, n.hash from json_each(?) wanted
     cross join log_nodes n on n.level = wanted.value ->> 0 and n.position = wanted.value ->> 1`,
    [JSON.stringify(coordinates.map(({ level, index }) => [level, index]))],
  )
  return rows.map(([level, index, hash]) => ({ level: Number(level), index: Number(index), hash: toBytes(hash) }))
}

/** Hashes of one level from `first` on. */
export async function nodeHashes(read: Reader, level: number, first: number, count: number): Promise<Uint8Array[]> {
  const rows = await read.rows(
    'select hash from log_nodes where level = ? and position >= ? and position < ? order by position',
    [level, first, first + count],
  )
  return rows.map(([hash]) => toBytes(hash))
}

export function insertNodes(nodes: readonly Node[]): Statement {
  return {
    sql: `insert into log_nodes (level, position, hash)
          select value ->> 0, value ->> 1, value ->> 2 from json_each(?)`,
    args: [JSON.stringify(nodes.map(({ level, index, hash }) => [level, index, toHex(hash)]))],
  }
}

export function insertCheckpoint(checkpoint: StoredCheckpoint): Statement {
  return statement(build.insert(checkpoints).values(checkpoint))
}

export type EntryFilter = { type?: EntryType | undefined; subject?: string | undefined }

/** Newest first, below the sequence `before`. */
export async function listEntries(
  read: Reader,
  { type, subject }: EntryFilter,
  before: number | undefined,
  limit: number,
): Promise<LoggedEntry[]> {
  const rows = await selectEntries(
    read,
    and(
      type === undefined ? undefined : eq(entries.type, type),
      subject === undefined ? undefined : eq(entries.subject, subject),
      before === undefined ? undefined : lt(entries.sequence, before),
    ),
  )
    .orderBy(desc(entries.sequence))
    .limit(limit)
  return rows.map(toEntry)
}

export async function findEntry(read: Reader, sequence: number): Promise<LoggedEntry | undefined> {
  const [row] = await selectEntries(read, eq(entries.sequence, sequence)).limit(1)
  return row && toEntry(row)
}

/** What the log says of these subjects by entries of one type, as canonical JSON. A record deleted since is ''. */
export async function loggedRecords(
  read: Reader,
  type: EntryType,
  subjects: readonly string[],
): Promise<{ subject: string; record: string }[]> {
  const rows = await read.rows(
    `select e.subject, coalesce(r.record, '') from log_entries e left join log_records r on r.sequence = e.sequence
     where e.subject in (select value from json_each(?)) and e.type = ?`,
    [JSON.stringify(subjects), type],
  )
  return rows.map(([subject, record]) => ({ subject: String(subject), record: String(record) }))
}

/** Ends the batch as stale unless the log holds just so many entries of that type about these subjects. */
export function entriesUnchanged(type: EntryType, subjects: readonly string[], count: number): Statement {
  return {
    sql: `insert into guard select count(*) = ?, 'log entries' from log_entries
          where subject in (select value from json_each(?)) and type = ?`,
    args: [count, JSON.stringify(subjects), type],
  }
}

// Records that are not public are not even read. A `note` is free text for those concerned, and may name people.
function selectEntries(read: Reader, where: SQL | undefined) {
  return read
    .select({
      sequence: entries.sequence,
      type: entries.type,
      subject: entries.subject,
      at: entries.at,
      leaf: entries.leaf,
      salt: records.salt,
      record: records.record,
    })
    .from(entries)
    .leftJoin(
      records,
      and(
        eq(records.sequence, entries.sequence),
        inArray(entries.type, [...publicRecordTypes]),
        sql`${records.record} ->> 'note' is null`,
      ),
    )
    .where(where)
    .$dynamic()
}

type Row = Awaited<ReturnType<typeof selectEntries>>[number]

function toEntry({ salt, record, type, ...entry }: Row): LoggedEntry {
  const kept = salt === null || record === null ? {} : { record: JSON.parse(record), salt }
  return { ...entry, type: entryType(type), ...kept }
}

function entryType(text: string): EntryType {
  const type = entryTypes.find((known) => known === text)
  if (!type) throw new Error(`the log holds an entry of the unknown type ${text}`)
  return type
}

function toBytes(hex: unknown): Uint8Array {
  const pairs = String(hex).match(/../g) ?? []
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16))
}
