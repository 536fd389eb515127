import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import * as schema from '../../schema/index.ts'
import { containing, type Reader } from '../database.ts'
import { parseOrcid } from '../people/orcid.ts'
import type { PatentFacts } from './facts.ts'

const { patents: table, patentFields } = schema

/** Every member narrows the list; none of them given lists all. */
export type PatentFilter = {
  ids?: readonly string[] | undefined
  q?: string | undefined
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
  sort: 'filed' | 'registered'
}

/** Facts and fields of the patents that pass the filter, newest first. `after` is the sort value and id of the last. */
export async function listFacts(
  read: Reader,
  filter: PatentFilter,
  today: string,
  after: readonly [string, string] | undefined,
  limit: number,
): Promise<{ facts: PatentFacts; fields: number[]; registeredAt: string }[]> {
  const sorted = filter.sort === 'filed' ? sql`coalesce(${table.filedOn}, '')` : sql`${table.createdAt}`
  const rows = await read
    .select({
      body: schema.facts.body,
      registeredAt: table.createdAt,
      fields: sql<string>`(select json_group_array(${patentFields.field}) from ${patentFields} where ${patentFields.patentId} = ${table.id})`,
    })
    .from(table)
    .innerJoin(schema.facts, eq(schema.facts.patentId, table.id))
    .where(
      and(...conditions(filter, today), after ? sql`(${sorted}, ${table.id}) < (${after[0]}, ${after[1]})` : undefined),
    )
    .orderBy(desc(sorted), desc(table.id))
    .limit(limit)
  return rows.map((row) => ({
    facts: JSON.parse(row.body),
    fields: JSON.parse(row.fields),
    registeredAt: row.registeredAt,
  }))
}

function conditions(filter: PatentFilter, today: string): (SQL | undefined)[] {
  const { ids, q, field, ipc, holder, inventor, terms, open, status, office, filedFrom, filedTo } = filter
  const openToday = sql`select 1 from declaration_patents dp join declarations d on d.id = dp.declaration_id
    where dp.patent_id = ${table.id} and d.state in ('in_force', 'withdrawn') and d.in_force_on <= ${today} and d.from_on <= ${today}
    and (d.closed_on is null or d.closed_on > ${today}) and (d.until_on is null or d.until_on >= ${today})`
  return [
    ids === undefined ? undefined : sql`${table.id} in (select value from json_each(${JSON.stringify(ids)}))`,
    q === undefined
      ? undefined
      : sql`(${table.titleJa} like ${containing(q)} escape '\\' or ${table.titleEn} like ${containing(q)} escape '\\')`,
    field === undefined ? undefined : sql`${table.id} in (select patent_id from patent_fields where field = ${field})`,
    ipc === undefined
      ? undefined
      : sql`${table.id} in (select patent_id from patent_classes
          where scheme in ('ipc', 'cpc', 'fi') and symbol >= ${ipc} and symbol < ${`${ipc}\uffff`})`,
    holder === undefined
      ? undefined
      : sql`${table.id} in (select patent_id from patent_holders where organisation_id = ${holder})`,
    inventor === undefined
      ? undefined
      : sql`${table.id} in (select patent_id from patent_inventors where orcid = ${parseOrcid(inventor) ?? inventor} or name = ${inventor} or romanised = ${inventor})`,
    terms === undefined ? undefined : sql`exists (${openToday} and d.terms_id = ${terms})`,
    open === undefined ? undefined : open ? sql`exists (${openToday})` : sql`not exists (${openToday})`,
    status === undefined ? undefined : sql`${statusInForce(today)} = ${status}`,
    office === undefined ? undefined : eq(table.office, office),
    filedFrom === undefined ? undefined : sql`${table.filedOn} >= ${filedFrom}`,
    filedTo === undefined ? undefined : sql`${table.filedOn} <= ${filedTo}`,
  ]
}

/** As `statusOn` of `facts.ts`, for a filter. */
function statusInForce(on: string): SQL {
  const last = sql`coalesce((select value from patent_statuses s where s.patent_id = ${table.id} and s.valid_from <= ${on}
    order by s.valid_from desc, s.sequence desc limit 1), 'unknown')`
  return sql`case when ${table.expiresOn} < ${on} and ${last} in ('pending', 'granted', 'unknown')
    then 'expired' else ${last} end`
}
