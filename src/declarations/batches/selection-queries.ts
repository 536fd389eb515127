import type { Reader, Value } from '../../database.ts'
import { symbolPrefix } from '../exclusions/exclusion.ts'

/** What narrows a choice within a portfolio; numbers are resolved to ids before. */
export type Narrowed = {
  ids?: readonly string[]
  field?: number
  ipc?: string
  filedFrom?: number
  filedTo?: number
  coOwned?: boolean
  office?: string
  /** Those that rows of this import of the same holder are. */
  importId?: string
}

/** Ids of the patents that the organisation holds on that day and that fit, in the order of their enrolment. */
export async function portfolioIds(
  read: Reader,
  organisationId: string,
  on: string,
  narrowed: Narrowed,
  limit: number,
): Promise<string[]> {
  const { ids, field, ipc, filedFrom, filedTo, coOwned, office, importId } = narrowed
  const conditions = [held('h')]
  const args: Value[] = [organisationId, on]
  const place = (value: Value) => `?${args.push(value)}`
  if (ids !== undefined) conditions.push(`p.id in (select value from json_each(${place(JSON.stringify(ids))}))`)
  if (field !== undefined)
    conditions.push(`exists (select 1 from patent_fields f where f.patent_id = p.id and f.field = ${place(field)})`)
  if (ipc !== undefined) {
    const prefix = place(symbolPrefix(ipc) ?? ipc)
    conditions.push(`exists (select 1 from patent_classes c where c.patent_id = p.id
      and substr(c.symbol, 1, length(${prefix})) = ${prefix})`)
  }
  if (filedFrom !== undefined) conditions.push(`p.filed_on >= ${place(`${filedFrom}-01-01`)}`)
  if (filedTo !== undefined) conditions.push(`p.filed_on <= ${place(`${filedTo}-12-31`)}`)
  if (office !== undefined) conditions.push(`p.office = ${place(office)}`)
  if (importId !== undefined)
    conditions.push(`p.id in (select r.patent_id from imports i join import_rows r on r.import_id = i.id
      where i.id = ${place(importId)} and i.organisation_id = ?1 and i.state = 'committed')`)
  if (coOwned !== undefined)
    conditions.push(`${coOwned ? '' : 'not '}exists (select 1 from patent_holders o where o.patent_id = p.id
      and o.organisation_id <> ?1 and ${held('o')})`)
  const rows = await read.rows(
    `select distinct p.id from patent_holders h join patents p on p.id = h.patent_id
     where h.organisation_id = ?1 and ${conditions.join(' and ')} order by p.id limit ${place(limit)}`,
    args,
  )
  return rows.map(([id]) => String(id))
}

/** Of these number keys, to which patent each leads. */
export async function patentIdsByKey(read: Reader, keys: readonly string[]): Promise<Map<string, string>> {
  const rows = await read.rows(
    'select key, patent_id from patent_numbers where key in (select value from json_each(?))',
    [JSON.stringify(keys)],
  )
  return new Map(rows.map(([key, id]) => [String(key), String(id)]))
}

function held(row: 'h' | 'o'): string {
  return `(${row}.from_on is null or ${row}.from_on <= ?2) and (${row}.until_on is null or ${row}.until_on >= ?2)`
}
