import { asc, eq } from 'drizzle-orm'
import * as schema from '../../schema/index.ts'
import { build, type Reader, type Statement, statement } from '../database.ts'

const { organisationLeavings: table } = schema

/**
 * Declarations that `?1` made and that stand, or wait for consent, on the day `?2`. One whose patents were all assigned
 * stays: it binds those who hold them now.
 */
const open = `from declarations d where d.organisation_id = ?1 and d.state <> 'withdrawn' and (
    exists (select 1 from declaration_patents dp join patent_holders h on h.patent_id = dp.patent_id
      where dp.declaration_id = d.id and h.organisation_id = ?1
        and (h.from_on is null or h.from_on <= ?2) and (h.until_on is null or h.until_on >= ?2))
    or not exists (select 1 from declaration_patents dp join patent_holders h on h.patent_id = dp.patent_id
      where dp.declaration_id = d.id
        and (h.from_on is null or h.from_on <= ?2) and (h.until_on is null or h.until_on >= ?2)))`

/** The oldest first. */
export async function openDeclarationsOf(
  read: Reader,
  organisationId: string,
  on: string,
  limit: number,
): Promise<{ id: string; patents: number }[]> {
  const rows = await read.rows(`select d.id, d.patent_count ${open} order by d.id limit ?3`, [
    organisationId,
    on,
    limit,
  ])
  return rows.map(([id, patents]) => ({ id: String(id), patents: Number(patents) }))
}

/** After the act none of the organisation's declarations stands but was read for it. */
export function declarationsOnlyThese(organisationId: string, on: string, ids: readonly string[]): Statement {
  return {
    sql: `insert into guard select count(*) = 0, 'declarations' ${open}
          and d.id not in (select value from json_each(?3))`,
    args: [organisationId, on, JSON.stringify(ids)],
  }
}

/** Something of the organisation is still to be ended, as of that day. */
export function insertLeaving(organisationId: string, leftOn: string): Statement {
  return statement(build.insert(table).values({ organisationId, leftOn }))
}

/** The day on which it left, while something of it is still to be ended. */
export async function findLeaving(read: Reader, organisationId: string): Promise<string | undefined> {
  const [row] = await read.select().from(table).where(eq(table.organisationId, organisationId))
  return row?.leftOn
}

export async function listLeavings(read: Reader, limit: number): Promise<string[]> {
  const rows = await read.select().from(table).orderBy(asc(table.leftOn), asc(table.organisationId)).limit(limit)
  return rows.map(({ organisationId }) => organisationId)
}

/** Nobody has finished it, and the organisation has not come back. */
export function stillLeaving(organisationId: string): Statement {
  return {
    sql: `insert into guard select count(*) = 1, 'leaving' from organisation_leavings where organisation_id = ?`,
    args: [organisationId],
  }
}

/** Its leaving is finished: only then does it take part again, so that nothing of before stands once more. */
export function notLeaving(organisationId: string): Statement {
  return {
    sql: `insert into guard select count(*) = 0, 'leaving' from organisation_leavings where organisation_id = ?`,
    args: [organisationId],
  }
}

export function deleteLeaving(organisationId: string): Statement {
  return statement(build.delete(table).where(eq(table.organisationId, organisationId)), 'leaving')
}
