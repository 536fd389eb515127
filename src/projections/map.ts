import type { Reader, Statement } from '../database.ts'
import { type Counted, cellKey, counted, countedDims, keyBits, placeOf, rankedDims } from '../patents/cells.ts'
import { memberColumns, members, membersAstray } from './map-members.ts'

/**
 * `map_members`, `map_cells` and `map_rankings`: how many patents, and how many open ones, have which values. `schema/projections.ts`
 * says what they hold and how to read them. After a write the touched patents' values are noted as they were counted and
 * as they are now, and the sum of both is added to the cells: what did not change is not written.
 * @param on the day for which "open" and the status are meant, `YYYY-MM-DD`
 */
export function mapAfter(on: string): Statement[] {
  const these = 'in (select patent_id from touched_patents)'
  return [
    noteValues(-1, touched),
    plain(`delete from map_members where patent_id ${these}`),
    {
      sql: `insert into map_members (${memberColumns}) ${members('touched_patents t cross join patents p on p.id = t.patent_id', '?1')}`,
      args: [on],
    },
    plain(`delete from map_due where patent_id ${these}`),
    noteValues(1, touched),
    ...addToCells,
  ]
}

/** Patents of organisations that from now on may, or may not, take part: scheduled work counts them anew. */
export function mapDueOf(organisationIds: readonly string[]): Statement[] {
  if (organisationIds.length === 0) return []
  return [
    {
      sql: `insert or ignore into map_due (patent_id)
            select patent_id from patent_holders where organisation_id in (select value from json_each(?))`,
      args: [JSON.stringify(organisationIds)],
    },
  ]
}

/** Recomputes everything from the records, for that day. */
export function rebuildMap(on: string): Statement[] {
  return [
    ...['map_cells', 'map_rankings', 'map_members', 'map_due'].map((table) => plain(`delete from ${table}`)),
    { sql: `insert into map_members (${memberColumns}) ${members('patents p', '?1')}`, args: [on] },
    noteValues(1, everyone),
    ...addToCells,
  ]
}

/**
 * What is stored and differs from what the records say: members as of the day each was made for (but those that wait in
 * `map_due`), cells as the sum of the members. Empty when all is well.
 */
export async function mapAstray(read: Reader): Promise<string[]> {
  const strangers = await read.rows(
    `select 'the map member ' || id || ' is astray' from (${membersAstray('patents p')})
     union all select 'the map member ' || patent_id || ' is of no patent' from map_members where patent_id not in (select id from patents)
     union all select 'map_changes is not empty' from map_changes`,
    [],
  )
  const [cells, ought] = await Promise.all([read.rows(cellsStored, []), read.rows(cellsOfMembers, [])])
  const text = (row: readonly unknown[]) => row.map(String).join(' ')
  const [stored, expected] = [new Set(cells.map(text)), new Set(ought.map(text))]
  return [
    ...strangers.map(([what]) => String(what)),
    ...[...expected].filter((cell) => !stored.has(cell)).map((cell) => `the map cell ${cell} is missing`),
    ...[...stored].filter((cell) => !expected.has(cell)).map((cell) => `the map cell ${cell} is astray`),
  ]
}

const touched = 'touched_patents t cross join map_members m on m.patent_id = t.patent_id'
const everyone = 'map_members m'

/**
 * Bits of `map_changes.place` from the right: which value of its dimension it is, the dimension by its place in `counted`,
 * whether it is taken away, and the patent. What is counted together thus stands side by side.
 */
const changeBits = { dim: 16, sign: 19, patent: 20 } as const

function rankOf(dim: Counted): number {
  return counted.indexOf(dim)
}

/** One row a value: what it brings to keys, and the share that one of k values has, in millionths of the patent. */
function noteValues(sign: 1 | -1, from: string): Statement {
  return plain(`insert into map_changes (place, rank, sign, id, value, partners, share, open) ${values(sign, from)}`)
}

/** A value met for the first time has no id yet, and stands for itself. */
function values(sign: 1 | -1, from: string): string {
  const partners = counted.map((dim, rank) => `when ${rank} then ${partnersOf(dim)}`).join(' ')
  const numbered = [rankOf('field'), rankOf('year')].join(', ')
  const patent = `(${from === everyone ? 'm' : 't'}.rowid << ${changeBits.patent}) + ${sign < 0 ? 1 << changeBits.sign : 0}`
  return `select place, rank, ${sign} as sign, coalesce(id, -1) as id, iif(id is null, value, null) as value,
      case rank ${partners} end as partners, share, open
    from (select ${patent} + (d.key << ${changeBits.dim}) + v.key as place, d.key as rank, v.value as value, m.open as open,
        case when v.value = '' then 0 when d.key in (${numbered}) then v.value
        else (select n.id from map_values n where n.dim = ${dimOf('d.key')} and n.value = v.value) end as id,
        iif(d.key = ${rankOf('profile')} or instr(d.value, ',') = 0, 1000000, 1000000 / json_array_length(d.value)) as share
      from ${from} cross join json_each(m.body) d cross join json_each(d.value) v)`
}

function dimOf(rank: string): string {
  return `case ${rank} ${counted.map((dim, i) => `when ${i} then '${dim}'`).join(' ')} end`
}

/** A bit for each dimension with which this one is counted as the first of a pair in `map_cells`. */
function partnersOf(dim: string): number {
  const isPartner = (other: string) =>
    countedDims.includes(`${dim},${other}`) && !rankedDims.includes(`${dim},${other}`)
  return counted.reduce((sum, other, rank) => sum + (isPartner(other) ? 2 ** rank : 0), 0)
}

/** Values met for the first time get an id. */
const nameValues: readonly Statement[] = [
  `insert or ignore into map_values (dim, value) select ${dimOf('rank')}, value from map_changes where id = -1`,
  `update map_changes set value = null, id = (select n.id from map_values n where n.dim = ${dimOf('map_changes.rank')} and n.value = map_changes.value)
   where id = -1`,
].map(plain)

/** How values of one patent find each other: in the table by their places, in a select by the patent. */
type Beside = (alias: string, dim?: Counted) => string

const inTable: Beside = (alias, dim) => {
  const own = `(x.place & ~${2 ** changeBits.sign - 1})`
  const range =
    dim === undefined
      ? `x.place + 1 and x.place | ${2 ** changeBits.sign - 1}`
      : `${own} + ${rankOf(dim) << changeBits.dim} and ${own} + ${((rankOf(dim) + 1) << changeBits.dim) - 1}`
  return `cross join map_changes ${alias} on ${alias}.place between ${range}`
}

const inSelect: Beside = (alias, dim) =>
  `cross join map_changes ${alias} on ${alias}.patent = x.patent${dim === undefined ? '' : ` and ${alias}.rank = ${rankOf(dim)}`}`

/** The values as what they add to which cells: one row a patent and cell. The key of a pair is the sum of two. */
function contributions(beside: Beside): string {
  return [
    `select ${placeOf('')} << ${keyBits.dims} as key, sign, open, 1000000 as share from map_changes where rank = 0`,
    `select ${singleKey('x')}, x.sign, x.open, x.share from map_changes x where x.rank <> ${rankOf('holder')}`,
    `select ${pairKey('x', 'y')}, x.sign, x.open, x.share * y.share / 1000000
     from map_changes x ${beside('y')} and y.rank > x.rank and (x.partners >> y.rank) & 1`,
    `select ${cellKey('profile,field,year', ['x.id', 'f.id', 'y.id'])}, x.sign, x.open, f.share
     from map_changes x ${beside('f', 'field')} ${beside('y', 'year')} where x.rank = ${rankOf('profile')}`,
    `select ${cellKey('field,year,holder', ['x.id', 'y.id', 'h.id'])}, x.sign, x.open, x.share * h.share / 1000000
     from map_changes x ${beside('y', 'year')} ${beside('h', 'holder')} where x.rank = ${rankOf('field')}`,
  ].join(' union all ')
}

function singleKey(x: string): string {
  return `(${x}.rank * ${counted.length + 1} << ${keyBits.dims}) + (${x}.id << ${keyBits.b})`
}

function pairKey(x: string, y: string): string {
  return `(${x}.rank * ${counted.length} + ${y}.rank << ${keyBits.dims}) + (${x}.id << ${keyBits.a}) + (${y}.id << ${keyBits.b})`
}

/** What is ranked: holders, those of a field and those of a subclass; each with the cell whose holders they count. */
function rankings(beside: Beside): string {
  const pair = (dim: 'field' | 'subclass') =>
    `select ${pairKey('x', 'h')}, ${singleKey('x')}, x.sign, h.id, x.open, x.share * h.share / 1000000
     from map_changes x ${beside('h', 'holder')} where x.rank = ${rankOf(dim)}`
  return [
    `select ${singleKey('x')} as key, ${cellKey('', [])} as parent, x.sign as sign, x.id as holder, x.open as open, x.share as share
     from map_changes x where x.rank = ${rankOf('holder')}`,
    pair('field'),
    pair('subclass'),
  ].join(' union all ')
}

const ranked = rankings(inTable)

/**
 * @param changed of what is ranked, those cells that begin or end: each is a holder more or less for the cell that counts it.
 * A holder not known is none.
 */
function addHolders(sign: 1 | -1, changed: string): string {
  return `insert into map_cells (key, patents, open, weight, open_weight, holders)
    select parent, 0, 0, 0, 0, ${sign} * count(*) from (select distinct key, parent from (${ranked}) s
      where s.sign = ${sign} and s.holder <> 0 and ${changed}) where true group by parent
    on conflict (key) do update set holders = holders + excluded.holders`
}

function addTo(table: 'map_cells' | 'map_rankings', changes: string): string {
  const holders = table === 'map_cells' ? { column: ', holders', value: ', 0' } : { column: '', value: '' }
  return `insert into ${table} (key, patents, open, weight, open_weight${holders.column})
    select key, sign, sign * open, sign * share, sign * open * share${holders.value} from (${changes}) where true
    on conflict (key) do update set patents = patents + excluded.patents, open = open + excluded.open,
      weight = weight + excluded.weight, open_weight = open_weight + excluded.open_weight`
}

/** Cells without patents go. Only what was taken away can have come to that. */
function withoutEmpty(table: 'map_cells' | 'map_rankings', changes: string): string {
  return `delete from ${table} where patents = 0 and key in (select key from (${changes}) where sign < 0)`
}

const addToCells: readonly Statement[] = [
  ...nameValues,
  ...[
    addHolders(1, 'not exists (select 1 from map_rankings k where k.key = s.key)'),
    addTo('map_rankings', ranked),
    addHolders(-1, 'exists (select 1 from map_rankings k where k.key = s.key and k.patents = 0)'),
    withoutEmpty('map_rankings', ranked),
    addTo('map_cells', contributions(inTable)),
    withoutEmpty('map_cells', contributions(inTable)),
    'delete from map_changes',
  ].map(plain),
]

const cellsStored = `select cast(key as text), patents, open, weight, open_weight, holders from map_cells
  union all select cast(key as text), patents, open, weight, open_weight, 0 from map_rankings`

/** What the cells ought to be: the members in the place of the changes, so that the rules stand once. */
const cellsOfMembers = `
  with map_changes as materialized (select place >> ${changeBits.patent} as patent, * from (${values(1, everyone)})),
  ranked as materialized (select * from (${rankings(inSelect)})),
  summed as materialized (select key, sum(sign) as patents, sum(open) as open, sum(share) as weight, sum(open * share) as open_weight
    from (${contributions(inSelect)} union all select key, sign, open, share from ranked) group by key)
  select cast(s.key as text), s.patents, s.open, s.weight, s.open_weight, coalesce(h.holders, 0)
  from summed s left join (
    select parent, count(distinct key) as holders from ranked where holder <> 0 group by parent) h on h.parent = s.key`

function plain(sql: string): Statement {
  return { sql, args: [] }
}
