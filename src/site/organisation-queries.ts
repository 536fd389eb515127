import type { Reader } from '../database.ts'
import { readCells } from '../patents/cell-queries.ts'

/** Organisations that take part today. */
export async function countTakingPart(read: Reader): Promise<number> {
  const [row] = await read.rows(`select count(*) from organisations where state = 'approved'`, [])
  return Number(row?.[0] ?? 0)
}

export type Held = { patents: number; open: number }

/** How many patents each of these holds, and how many of them are open, as they were counted last. */
export async function heldBy(read: Reader, ids: readonly string[]): Promise<Map<string, Held>> {
  const cells = ids.length === 0 ? [] : await readCells(read, 'holder', { holder: ids })
  return new Map(cells.map(({ values: [id = ''], patents, open }) => [id, { patents, open }]))
}

/** Who made each of these declarations. */
export async function declarersOf(read: Reader, declarationIds: readonly string[]): Promise<Map<string, string>> {
  if (declarationIds.length === 0) return new Map()
  const rows = await read.rows(
    'select id, organisation_id from declarations where id in (select value from json_each(?))',
    [JSON.stringify(declarationIds)],
  )
  return new Map(rows.map(([id, organisation]) => [String(id), String(organisation)]))
}

/** Declarations of an organisation that open something on that day. */
export async function countInForce(read: Reader, organisationId: string, on: string): Promise<number> {
  const [row] = await read.rows(
    `select count(*) from declarations where organisation_id = ?1 and state in ('in_force', 'withdrawn')
     and in_force_on <= ?2 and from_on <= ?2 and (until_on is null or until_on >= ?2)
     and (closed_on is null or closed_on > ?2)`,
    [organisationId, on],
  )
  return Number(row?.[0] ?? 0)
}

export type DeclarationLine = {
  id: string
  termsId: string
  state: string
  patents: number
  from: string
  until: string | undefined
  closedOn: string | undefined
}

/** The latest declarations that an organisation made, those that wait for a co-owner among them. */
export async function latestDeclarations(
  read: Reader,
  organisationId: string,
  limit: number,
): Promise<DeclarationLine[]> {
  const rows = await read.rows(
    `select id, terms_id, state, patent_count, coalesce(in_force_on, from_on), until_on, closed_on from declarations
     where organisation_id = ? and state <> 'draft' order by id desc limit ?`,
    [organisationId, limit],
  )
  return rows.map(([id, termsId, state, patents, from, until, closedOn]) => ({
    id: String(id),
    termsId: String(termsId),
    state: String(state),
    patents: Number(patents),
    from: String(from),
    until: until === null ? undefined : String(until),
    closedOn: closedOn === null ? undefined : String(closedOn),
  }))
}
