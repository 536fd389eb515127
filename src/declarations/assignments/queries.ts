import type { Reader, Statement } from '../../database.ts'
import { firstReminder } from '../reminders.ts'

const standing = `from declaration_patents dp join declarations d on d.id = dp.declaration_id
  where dp.patent_id = ?1 and (d.state in ('awaiting_consent', 'in_force') or (d.state = 'withdrawn' and d.closed_on > ?2))`

/** Declarations that open the patent or may come to, those withdrawn with notice not over among them. */
export async function standingOn(read: Reader, patentId: string, on: string): Promise<string[]> {
  const rows = await read.rows(`select d.id ${standing} order by d.created_at, d.id`, [patentId, on])
  return rows.map(([id]) => String(id))
}

/** Just these stand on the patent, each at its version: settles an assignment against declarations and consents. */
export function standingUnchanged(
  patentId: string,
  on: string,
  relied: readonly { id: string; version: number }[],
): Statement {
  return {
    sql: `insert into guard select count(*) = ?3 and coalesce(sum(exists (select 1 from json_each(?4) j
            where j.value ->> 'id' = d.id and d.version = j.value ->> 'version')), 0) = ?3,
          'declarations' ${standing}`,
    args: [patentId, on, relied.length, JSON.stringify(relied)],
  }
}

/** Whether the organisation holds another patent of the declaration on that day. */
export async function holdsOthersOf(
  read: Reader,
  declarationId: string,
  organisationId: string,
  patentId: string,
  on: string,
): Promise<boolean> {
  const [row] = await read.rows(
    `select 1 from declaration_patents dp join patent_holders h on h.patent_id = dp.patent_id
     where dp.declaration_id = ?1 and h.organisation_id = ?2 and dp.patent_id <> ?3
     and (h.from_on is null or h.from_on <= ?4) and (h.until_on is null or h.until_on >= ?4) limit 1`,
    [declarationId, organisationId, patentId, on],
  )
  return row !== undefined
}

export function askNewOwner(declarationId: string, organisationId: string, at: string): Statement {
  return {
    sql: `insert into consents (declaration_id, organisation_id, answer, asked_at, next_reminder_at)
          values (?, ?, 'pending', ?, ?)`,
    args: [declarationId, organisationId, at, firstReminder(at)],
  }
}

/** Who has nothing in the declaration any more is not waited for. */
export function stopAsking(declarationId: string, organisationId: string): Statement {
  return {
    sql: `delete from consents where declaration_id = ? and organisation_id = ? and answer = 'pending'`,
    args: [declarationId, organisationId],
    expects: 'consent',
  }
}
