import type { Reader, Value } from '../database.ts'
import { monthsAfter } from '../dates.ts'
import { matchOf } from '../patents/list-queries.ts'

export const portfolioStates = ['open', 'closed', 'waiting', 'excluded', 'expiring'] as const
export const portfolioSorts = ['filed', 'registered', 'number', 'ends'] as const

/** What narrows the portfolio of one holder. `ids`: only these. */
export type PortfolioFilter = {
  ids?: readonly string[] | undefined
  words?: string | undefined
  field?: number | undefined
  status?: string | undefined
  state?: (typeof portfolioStates)[number] | undefined
  coOwned?: boolean | undefined
  filedFrom?: number | undefined
  filedTo?: number | undefined
  sort: (typeof portfolioSorts)[number]
}

/** How far ahead an office is told what ends. */
const expiringMonths = 12
/** Hits of words within one portfolio; more say nothing. */
const wordHitsMax = 20_000

/** Ids of the patents that the organisation holds on that day and that fit, in the order asked for; and how many fit. */
export async function findPortfolio(
  read: Reader,
  organisationId: string,
  filter: PortfolioFilter,
  on: string,
  offset: number,
  limit: number,
): Promise<{ ids: string[]; count: number }> {
  const { from, args } = portfolioOf(organisationId, filter, on)
  const [rows, [counted]] = await Promise.all([
    read.rows(
      `select p.id ${from} group by p.id order by ${orders[filter.sort]} limit ?${args.length + 1} offset ?${args.length + 2}`,
      [...args, limit, offset],
    ),
    read.rows(`select count(distinct p.id) ${from}`, args),
  ])
  return { ids: rows.map(([id]) => String(id)), count: Number(counted?.[0] ?? 0) }
}

/** All that the organisation holds on that day. */
export async function heldIds(read: Reader, organisationId: string, on: string, limit: number): Promise<string[]> {
  const rows = await read.rows(
    `select distinct h.patent_id from patent_holders h where h.organisation_id = ?2 and ${held('h')} limit ?3`,
    [on, organisationId, limit],
  )
  return rows.map(([id]) => String(id))
}

export async function countHeld(read: Reader, organisationId: string, on: string): Promise<number> {
  const [row] = await read.rows(
    `select count(distinct h.patent_id) from patent_holders h where h.organisation_id = ?2 and ${held('h')}`,
    [on, organisationId],
  )
  return Number(row?.[0] ?? 0)
}

const endOf = `coalesce(p.expires_on, date(p.filed_on, '+20 years'))`

const orders: Readonly<Record<PortfolioFilter['sort'], string>> = {
  filed: `coalesce(p.filed_on, '') desc, p.id desc`,
  registered: 'p.created_at desc, p.id desc',
  number: 'p.number, p.id',
  ends: `coalesce(${endOf}, '9999'), p.id`,
}

/** `?1` is the day. */
function held(row: 'h' | 'o'): string {
  return `(${row}.from_on is null or ${row}.from_on <= ?1) and (${row}.until_on is null or ${row}.until_on >= ?1)`
}

function portfolioOf(organisationId: string, filter: PortfolioFilter, on: string): { from: string; args: Value[] } {
  const args: Value[] = [on, organisationId]
  const place = (value: Value) => `?${args.push(value)}`
  const { ids, words, field, status, state, coOwned, filedFrom, filedTo } = filter
  const conditions = ['h.organisation_id = ?2', held('h')]
  if (ids !== undefined) conditions.push(`p.id in (select value from json_each(${place(JSON.stringify(ids))}))`)
  const expression = words === undefined ? undefined : matchOf({ q: words, holder: organisationId, sort: 'filed' })
  if (expression !== undefined)
    conditions.push(
      `p.id in (select d.patent_id from (select rowid as id from search_text where search_text match ${place(expression)}
        limit ${wordHitsMax}) x cross join search_documents d on d.id = x.id)`,
    )
  if (field !== undefined)
    conditions.push(`exists (select 1 from patent_fields f where f.patent_id = p.id and f.field = ${place(field)})`)
  if (status !== undefined) conditions.push(`m.status = ${place(status)}`)
  if (state === 'open') conditions.push('m.open = 1')
  if (state === 'closed') conditions.push('m.open = 0')
  if (state === 'waiting')
    conditions.push(`exists (select 1 from declaration_patents dp join declarations d on d.id = dp.declaration_id
      where dp.patent_id = p.id and d.state = 'awaiting_consent')`)
  if (state === 'expiring')
    conditions.push(
      `${endOf} >= ?1 and ${endOf} <= ${place(monthsAfter(on, expiringMonths))} and m.status in ('pending', 'granted', 'unknown')`,
    )
  if (coOwned !== undefined)
    conditions.push(`${coOwned ? '' : 'not '}exists (select 1 from patent_holders o where o.patent_id = p.id
      and o.organisation_id <> ?2 and ${held('o')})`)
  if (filedFrom !== undefined) conditions.push(`p.filed_on >= ${place(`${filedFrom}-01-01`)}`)
  if (filedTo !== undefined) conditions.push(`p.filed_on <= ${place(`${filedTo}-12-31`)}`)
  return {
    from: `from patent_holders h join patents p on p.id = h.patent_id join map_members m on m.patent_id = p.id
      where ${conditions.join(' and ')}`,
    args,
  }
}
