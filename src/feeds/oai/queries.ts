import type { Reader, Value } from '../../database.ts'
import { allAsked } from '../../patents/facts.ts'
import type { Bilingual } from '../../shapes.ts'
import type { ListRequest } from './request.ts'
import type { OaiSet } from './sets.ts'

/** When anything that is shown of a patent last changed. */
export type Stamp = { id: string; at: string }

export async function listStamps(
  read: Reader,
  { from, before, set, after }: ListRequest,
  today: string,
  limit: number,
): Promise<Stamp[]> {
  const { conditions, args } = conditionsOf({ from, before, set }, today)
  const members = set && membersOf(set)
  const isShort =
    members !== undefined && (await countUpTo(read, members, membersCollectedMax + 1)) <= membersCollectedMax
  const collected = isShort ? [`s.patent_id in (${members.sql})`] : []
  const behind = after === undefined ? [] : ['(s.at, s.patent_id) > (?, ?)']
  const rows = await read.rows(
    `select s.patent_id, s.at from patent_stamps s where ${[...conditions, ...collected, ...behind].join(' and ')}
     order by s.at, s.patent_id limit ?`,
    [...args, ...(isShort ? members.args : []), ...(after === undefined ? [] : [after.at, after.id]), limit],
  )
  return rows.map(([id, at]) => ({ id: String(id), at: String(at) }))
}

/**
 * About how many records a list has: of a set, how many stand in it now. undefined where only a look at each would tell;
 * the protocol lets an estimate or nothing stand there.
 */
export async function estimateSize(read: Reader, { from, before, set }: ListRequest): Promise<number | undefined> {
  if (set === undefined) return countWithin(read, from, before)
  if (from !== undefined) return undefined
  // As the counters have it, which follow a day that has come some minutes later.
  if (set.by === 'open') return countUpTo(read, { sql: 'select 1 from map_members where open = 1', args: [] }, -1)
  const members = membersOf(set)
  return members === undefined ? undefined : countUpTo(read, members, -1)
}

async function countWithin(read: Reader, from: string | undefined, before: string): Promise<number> {
  const [row] = await read.rows('select count(*) from patent_stamps where at >= ? and at < ?', [from ?? '', before])
  return Number(row?.[0] ?? 0)
}

type Members = { sql: string; args: Value[] }

/** Patents among which all of a set are, from an index; undefined for sets that are nearly all. */
function membersOf(set: OaiSet): Members | undefined {
  if (set.by === 'open') return { sql: 'select patent_id from declaration_patents', args: [] }
  if (set.by === 'field')
    return set.field === undefined
      ? undefined
      : { sql: 'select patent_id from patent_fields where field = ?', args: [set.field] }
  return set.holder === undefined
    ? undefined
    : { sql: 'select patent_id from patent_holders where organisation_id = ?', args: [set.holder] }
}

/** A set of no more is read from its members; of a longer one, a page is full after a few of all patents by date. */
export const membersCollectedMax = 20_000

/** Counts no further than `limit`; -1 for no limit. */
async function countUpTo(read: Reader, { sql, args }: Members, limit: number): Promise<number> {
  const [row] = await read.rows(`select count(*) from (${sql} limit ?)`, [...args, limit])
  return Number(row?.[0] ?? 0)
}

export async function findStamp(read: Reader, id: string): Promise<Stamp | undefined> {
  const [row] = await read.rows('select patent_id, at from patent_stamps where patent_id = ?', [id])
  return row && { id: String(row[0]), at: String(row[1]) }
}

export async function earliestStamp(read: Reader): Promise<string | undefined> {
  const [row] = await read.rows('select min(at) from patent_stamps', [])
  return typeof row?.[0] === 'string' ? row[0] : undefined
}

/** Organisations that hold or held a patent, by id. */
export async function listHolders(
  read: Reader,
  after: string,
  limit: number,
): Promise<{ id: string; name: Bilingual }[]> {
  const rows = await read.rows(
    `select o.id, o.name_ja, o.name_en from organisations o where o.id > ?
     and exists (select 1 from patent_holders h where h.organisation_id = o.id) order by o.id limit ?`,
    [after, limit],
  )
  return rows.map(([id, ja, en]) => ({ id: String(id), name: { ja: String(ja), en: String(en) } }))
}

function conditionsOf(
  { from, before, set }: Pick<ListRequest, 'from' | 'before' | 'set'>,
  today: string,
): { conditions: string[]; args: Value[] } {
  const member = set === undefined ? undefined : membership(set, today)
  return {
    conditions: ['s.at >= ?', 's.at < ?', ...(member ? [member.sql] : [])],
    args: [from ?? '', before, ...(member?.args ?? [])],
  }
}

function membership(set: OaiSet, today: string): { sql: string; args: Value[] } {
  if (set.by === 'open') return { sql: openOn, args: Array.from({ length: openOn.split('?').length - 1 }, () => today) }
  if (set.by === 'field')
    return set.field === undefined
      ? { sql: 'exists (select 1 from patent_fields f where f.patent_id = s.patent_id)', args: [] }
      : {
          sql: 'exists (select 1 from patent_fields f where f.patent_id = s.patent_id and f.field = ?)',
          args: [set.field],
        }
  return set.holder === undefined
    ? { sql: 'exists (select 1 from patent_holders h where h.patent_id = s.patent_id)', args: [] }
    : {
        sql: 'exists (select 1 from patent_holders h where h.patent_id = s.patent_id and h.organisation_id = ?)',
        args: [set.holder],
      }
}

/** As `toLine` of `patents/facts.ts`: a declaration in force on a right that has not ended, and nothing in the way. */
const openOn = `exists (select 1 from declaration_patents dp join declarations d on d.id = dp.declaration_id
    where dp.patent_id = s.patent_id and d.state in ('in_force', 'withdrawn') and d.in_force_on <= ? and d.from_on <= ?
    and (d.until_on is null or d.until_on >= ?) and (d.closed_on is null or d.closed_on > ?)
    and ${allAsked})
  and coalesce((select v.value from patent_statuses v where v.patent_id = s.patent_id and v.valid_from <= ?
    order by v.valid_from desc, v.sequence desc limit 1), 'unknown') in ('pending', 'granted', 'unknown')
  and not exists (select 1 from patents p where p.id = s.patent_id and p.expires_on < ?)
  and exists (select 1 from patent_holders h where h.patent_id = s.patent_id and ${held('h')})
  and not exists (select 1 from patent_encumbrances e where e.patent_id = s.patent_id and e.kind = 'exclusive_licence'
    and not e.research_reserved and ${held('e')})
  and not exists (select 1 from patent_holders h join organisation_suspensions u on u.organisation_id = h.organisation_id
    where h.patent_id = s.patent_id and ${held('h')} and u.from_on <= ? and (u.until_on is null or u.until_on > ?))`

function held(alias: string): string {
  return `(${alias}.from_on is null or ${alias}.from_on <= ?) and (${alias}.until_on is null or ${alias}.until_on >= ?)`
}
