import type { Reader, Row, Value } from '../database.ts'
import { parseOrcid } from '../people/orcid.ts'
import type { PatentFacts } from './facts.ts'
import { anywhere, documentId, matchFilter, matchQuestion } from './search/match.ts'
import { rank } from './search/rank.ts'

/** Every member narrows the list; none of them given lists all. `suspended` holders are read beside. */
export type PatentFilter = {
  ids?: readonly string[] | undefined
  q?: string | undefined
  /** Words of `q` that are looked for as they are, not as beginnings (`search/spread.ts`). */
  whole?: readonly string[] | undefined
  field?: number | undefined
  ipc?: string | undefined
  holder?: string | undefined
  inventor?: string | undefined
  terms?: string | undefined
  open?: boolean | undefined
  status?: string | undefined
  office?: string | undefined
  filedFrom?: string | undefined
  filedTo?: string | undefined
  sort: 'filed' | 'registered' | 'relevance'
}

export type Found = { facts: PatentFacts; fields: number[]; registeredAt: string }

/** Of the sort value and the id of the last that was shown; by relevance, how many were shown. */
export type After = readonly [string, string]

/**
 * Rows that one page looks through for those that pass what the index does not know (open, status, terms). A page may
 * then be short and still name a next one.
 */
const rowsPerPageMax = 5000
/**
 * The best are looked for among so many of the newest that have all words in their titles, and of those that have them
 * anywhere: FTS5's own ranking (bm25) reads every hit there is, and nobody pages further.
 */
export const rankedMax = 500
const sortedByRegistrationMax = 1000

/**
 * Facts and fields of the patents that pass the filter, newest first or best first. Reads rows of a bounded number
 * however many patents there are. `more`: from where it goes on.
 */
export async function findListed(
  read: Reader,
  filter: PatentFilter,
  on: string,
  after: After | undefined,
  limit: number,
): Promise<{ found: Found[]; more: After | undefined }> {
  const expression = matchOf(filter)
  if (filter.ids !== undefined || filter.inventor !== undefined) return fewListed(read, filter, on, after, limit)
  if (expression === undefined) return indexListed(read, filter, on, after, limit)
  if (filter.sort === 'relevance' && filter.q !== undefined)
    return rankedListed(read, filter, expression, on, after, limit)
  if (filter.sort === 'registered') return registeredListed(read, filter, expression, on, after, limit)
  return newestListed(read, filter, expression, on, after, limit)
}

/** The first of a list. */
export async function listFacts(
  read: Reader,
  filter: PatentFilter,
  on: string,
  after: After | undefined,
  limit: number,
): Promise<Found[]> {
  return (await findListed(read, filter, on, after, limit)).found
}

/** How the index is asked for what it knows; undefined when the filter says nothing of it. */
export function matchOf(filter: PatentFilter): string | undefined {
  const words = filter.q === undefined ? undefined : (matchQuestion(filter.q, filter.whole) ?? nothing)
  const parts = [words, matchFilter(filter)].filter((part) => part !== undefined)
  return parts.length === 0 ? undefined : parts.join(' AND ')
}

/** Signs without a letter or digit: no document has them. */
const nothing = 'filters : "none"'

/** Documents in the order of filing that have what the expression asks for, from behind `below` on. */
export function documentsIn(filter: PatentFilter, below: number | undefined): { where: string; args: Value[] } {
  const { filedFrom, filedTo } = filter
  const [from, to] = [filedFrom ?? (filedTo === undefined ? undefined : '0001-01-01'), filedTo]
  const bounds = [
    ...(from === undefined ? [] : [{ sql: 'rowid >= ?', arg: documentId(from, 0) }]),
    ...(to === undefined ? [] : [{ sql: 'rowid < ?', arg: documentId(to, 2 ** 31 - 1) }]),
    ...(below === undefined ? [] : [{ sql: 'rowid < ?', arg: below }]),
  ]
  return {
    where: ['search_text match ?', ...bounds.map(({ sql }) => sql)].join(' and '),
    args: bounds.map(({ arg }) => arg),
  }
}

async function newestListed(
  read: Reader,
  filter: PatentFilter,
  expression: string,
  on: string,
  after: After | undefined,
  limit: number,
) {
  const below = after === undefined ? undefined : await documentOf(read, after)
  const documents = documentsIn(filter, below)
  const rest = laterConditions(filter, on)
  const hits = `select rowid as id from search_text where ${documents.where} order by rowid desc limit ${rowsPerPageMax}`
  const args = [expression, ...documents.args]
  const rows = await read.rows(
    `select ${shown} from (${hits}) h cross join search_documents d on d.id = h.id ${joins('d.patent_id')}
     where ${rest.where} limit ?`,
    [...args, ...rest.args, limit + 1],
  )
  if (rows.length > limit || rest.where === 'true') return page(rows, limit, filedPosition)
  const [last] = await read.rows(
    `select d.patent_id from (${hits} offset ${rowsPerPageMax - 1}) h cross join search_documents d on d.id = h.id`,
    args,
  )
  return { found: rows.map(toFound), more: last === undefined ? undefined : (['', String(last[0])] as const) }
}

/** The number of the document at which the page before ended; of a patent that has none any more, the day. */
async function documentOf(read: Reader, [filedOn, patentId]: After): Promise<number> {
  const [row] = await read.rows('select id from search_documents where patent_id = ?', [patentId])
  return row === undefined ? documentId(filedOn, 0) : Number(row[0])
}

async function rankedListed(
  read: Reader,
  filter: PatentFilter,
  expression: string,
  on: string,
  after: After | undefined,
  limit: number,
) {
  const documents = documentsIn(filter, undefined)
  const rest = laterConditions(filter, on)
  const candidates = `select d.id, p.title_ja, p.title_en from (
      select rowid as id from search_text where ${documents.where} order by rowid desc limit ${rowsPerPageMax}) h
    cross join search_documents d on d.id = h.id
    ${rest.where === 'true' ? '' : `cross join map_members m on m.patent_id = d.patent_id`}
    cross join patents p on p.id = d.patent_id where ${rest.where} limit ${rankedMax}`
  // The newest that have all words in their titles are before all others: only where they are few, others are looked for.
  const found = await read.rows(
    `with titled as materialized (${candidates}) select * from titled
     union all select * from (${candidates}) where (select count(*) from titled) < ${rankedMax}`,
    [expression.replace(anywhere, 'title'), expression].flatMap((match) => [match, ...documents.args, ...rest.args]),
  )
  const best = rank(filter.q ?? '', found)
  const from = after === undefined ? 0 : Math.max(0, Number(after[1]) || 0)
  const wanted = best.slice(from, from + limit)
  const rows = await read.rows(
    `select ${shown}, d.id from json_each(?) j cross join search_documents d on d.id = j.value ${joins('d.patent_id')}`,
    [JSON.stringify(wanted)],
  )
  const order = new Map(wanted.map((id, i) => [id, i]))
  const sorted = [...rows].sort((a, b) => (order.get(Number(a[5])) ?? 0) - (order.get(Number(b[5])) ?? 0))
  const shownAll = from + limit >= best.length
  return { found: sorted.map(toFound), more: shownAll ? undefined : (['', String(from + limit)] as const) }
}

/** Those enrolled last among the newest hits: the index runs by day of filing. */
async function registeredListed(
  read: Reader,
  filter: PatentFilter,
  expression: string,
  on: string,
  after: After | undefined,
  limit: number,
) {
  const documents = documentsIn(filter, undefined)
  const rest = laterConditions(filter, on)
  const rows = await read.rows(
    `select ${shown} from (select rowid as id from search_text where ${documents.where} order by rowid desc
       limit ${sortedByRegistrationMax}) h
     cross join search_documents d on d.id = h.id ${joins('d.patent_id')}
     where ${rest.where} ${after === undefined ? '' : 'and (p.created_at, p.id) < (?, ?)'}
     order by p.created_at desc, p.id desc limit ?`,
    [expression, ...documents.args, ...rest.args, ...(after ?? []), limit + 1],
  )
  return page(rows, limit, registeredPosition)
}

/** Nothing that the text index knows: straight along an index of the table. */
async function indexListed(read: Reader, filter: PatentFilter, on: string, after: After | undefined, limit: number) {
  const rest = laterConditions(filter, on)
  if (filter.sort === 'registered') {
    const rows = await read.rows(
      `select ${shown} from (select id, created_at from patents ${after === undefined ? '' : 'where (created_at, id) < (?, ?)'}
         order by created_at desc, id desc limit ${rowsPerPageMax}) h ${joins('h.id')} where ${rest.where}
       ${filedConditions(filter).sql} limit ?`,
      [...(after ?? []), ...rest.args, ...filedConditions(filter).args, limit + 1],
    )
    return page(rows, limit, registeredPosition)
  }
  const [stale] = await read.rows('select 1 from map_members where changes_on <= ? limit 1', [on])
  const open = filter.open ?? (filter.terms === undefined ? undefined : true)
  const indexed: { sql: string; args: Value[] }[] = [
    ...(open === undefined || stale ? [] : [{ sql: 'm.open = ?', args: [open ? 1 : 0] }]),
    ...(open === undefined && filter.status !== undefined && !stale
      ? [{ sql: 'm.status = ?', args: [filter.status] }]
      : []),
    ...(filter.filedFrom === undefined ? [] : [{ sql: 'm.filed_on >= ?', args: [filter.filedFrom] }]),
    ...(filter.filedTo === undefined ? [] : [{ sql: `m.filed_on <= ? and m.filed_on > ''`, args: [filter.filedTo] }]),
    ...(after === undefined ? [] : [{ sql: '(m.filed_on, m.patent_id) < (?, ?)', args: [...after] }]),
  ]
  const where = indexed.length === 0 ? '' : `where ${indexed.map(({ sql }) => sql).join(' and ')}`
  const hits = `select m.patent_id, m.filed_on from map_members m ${where} order by m.filed_on desc, m.patent_id desc limit ${rowsPerPageMax}`
  const args = indexed.flatMap((one) => one.args)
  const rows = await read.rows(`select ${shown} from (${hits}) h ${joins('h.patent_id')} where ${rest.where} limit ?`, [
    ...args,
    ...rest.args,
    limit + 1,
  ])
  if (rows.length > limit || rest.where === 'true') return page(rows, limit, filedPosition)
  const [last] = await read.rows(`${hits} offset ${rowsPerPageMax - 1}`, args)
  return {
    found: rows.map(toFound),
    more: last === undefined ? undefined : ([String(last[1]), String(last[0])] as const),
  }
}

/** Patents of one number or of one inventor: a handful, so everything is asked of their records. */
async function fewListed(read: Reader, filter: PatentFilter, on: string, after: After | undefined, limit: number) {
  const { ids, inventor, field, ipc, holder, office, q, whole, sort } = filter
  const rest = laterConditions(filter, on)
  const filed = filedConditions(filter)
  const sorted = sort === 'registered' ? 'p.created_at' : `coalesce(p.filed_on, '')`
  const these =
    ids === undefined
      ? {
          sql: 'select distinct patent_id as id from patent_inventors where orcid = ? or name = ? or romanised = ?',
          args: [parseOrcid(inventor ?? '') ?? inventor ?? '', inventor ?? '', inventor ?? ''],
        }
      : { sql: 'select distinct value as id from json_each(?)', args: [JSON.stringify(ids)] }
  const words = q === undefined || ids !== undefined ? undefined : (matchQuestion(q, whole) ?? nothing)
  const more: { sql: string; args: Value[] }[] = [
    ...(ids === undefined || inventor === undefined
      ? []
      : [
          {
            sql: 'exists (select 1 from patent_inventors i where i.patent_id = p.id and (i.orcid = ? or i.name = ? or i.romanised = ?))',
            args: [parseOrcid(inventor) ?? inventor, inventor, inventor],
          },
        ]),
    ...(field === undefined
      ? []
      : [{ sql: 'exists (select 1 from patent_fields x where x.patent_id = p.id and x.field = ?)', args: [field] }]),
    ...(ipc === undefined
      ? []
      : [
          {
            sql: 'exists (select 1 from patent_classes c where c.patent_id = p.id and c.symbol >= ? and c.symbol < ?)',
            args: [ipc, `${ipc}\uffff`],
          },
        ]),
    ...(holder === undefined
      ? []
      : [
          {
            sql: 'exists (select 1 from patent_holders h where h.patent_id = p.id and h.organisation_id = ?)',
            args: [holder],
          },
        ]),
    ...(office === undefined ? [] : [{ sql: 'p.office = ?', args: [office] }]),
    ...(words === undefined
      ? []
      : [
          {
            sql: `exists (select 1 from search_documents d join search_text s on s.rowid = d.id
              where d.patent_id = p.id and s.search_text match ?)`,
            args: [words],
          },
        ]),
    ...(after === undefined ? [] : [{ sql: `(${sorted}, p.id) < (?, ?)`, args: [...after] }]),
  ]
  const rows = await read.rows(
    `select ${shown} from (${these.sql}) t ${joins('t.id')}
     where ${[rest.where, ...more.map(({ sql }) => sql)].join(' and ')} ${filed.sql}
     order by ${sorted} desc, p.id desc limit ?`,
    [...these.args, ...rest.args, ...more.flatMap(({ args }) => args), ...filed.args, limit + 1],
  )
  return page(rows, limit, sort === 'registered' ? registeredPosition : filedPosition)
}

/** What a line is made of; `p` the patent, `f` its facts, `m` its member row. */
const shown = `f.body, (select json_group_array(x.field) from patent_fields x where x.patent_id = p.id), p.created_at, p.filed_on, p.id`

/** The member row first: by it most of those go that do not pass. */
function joins(id: string): string {
  return `cross join map_members m on m.patent_id = ${id} cross join patents p on p.id = ${id} cross join facts f on f.patent_id = ${id}`
}

/**
 * What changes with the day is asked of the member row. One that is due passes, whatever it says: the caller sees to it
 * with what holds today.
 */
export function laterConditions(filter: PatentFilter, on: string): { where: string; args: Value[] } {
  const { open, status, terms } = filter
  const conditions = [
    ...(open === undefined ? [] : [{ sql: 'm.open = ?', arg: open ? 1 : 0 }]),
    ...(status === undefined ? [] : [{ sql: 'm.status = ?', arg: status }]),
    ...(terms === undefined
      ? []
      : [{ sql: `exists (select 1 from json_each(m.body, '$[0][0][2]') where value = ?)`, arg: terms }]),
  ]
  if (conditions.length === 0) return { where: 'true', args: [] }
  return {
    where: `((${conditions.map(({ sql }) => sql).join(' and ')}) or m.changes_on <= ?)`,
    args: [...conditions.map(({ arg }) => arg), on],
  }
}

function filedConditions({ filedFrom, filedTo }: PatentFilter): { sql: string; args: string[] } {
  return {
    sql: `${filedFrom === undefined ? '' : ' and p.filed_on >= ?'}${filedTo === undefined ? '' : ' and p.filed_on <= ?'}`,
    args: [filedFrom, filedTo].filter((day) => day !== undefined),
  }
}

function page(rows: readonly Row[], limit: number, positionOf: (row: Row) => After) {
  const last = rows[limit - 1]
  return {
    found: rows.slice(0, limit).map(toFound),
    more: rows.length > limit && last !== undefined ? positionOf(last) : undefined,
  }
}

function filedPosition([, , , filedOn, id]: Row): After {
  return [filedOn === null ? '' : String(filedOn), String(id)]
}

function registeredPosition([, , createdAt, , id]: Row): After {
  return [String(createdAt), String(id)]
}

function toFound([body, fields, createdAt]: Row): Found {
  // The rows were written by `projections/facts.ts` in these shapes.
  return { facts: JSON.parse(String(body)), fields: JSON.parse(String(fields)), registeredAt: String(createdAt) }
}
