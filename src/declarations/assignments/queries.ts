import type { Reader, Statement } from '../../database.ts'

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
    sql: `insert into consents (declaration_id, organisation_id, answer, asked_at) values (?, ?, 'pending', ?)`,
    args: [declarationId, organisationId, at],
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

/** Who holds every patent of the declaration now, where its maker holds none: the holder that its terms speak of. */
export async function laterOwners(read: Reader, declarationId: string, on: string): Promise<string[]> {
  const rows = await read.rows(
    `select h.organisation_id from declaration_patents dp
     join patent_holders h on h.patent_id = dp.patent_id
       and (h.from_on is null or h.from_on <= ?2) and (h.until_on is null or h.until_on >= ?2)
     where dp.declaration_id = ?1 and not exists (
       select 1 from declarations d join declaration_patents x on x.declaration_id = d.id
       join patent_holders m on m.patent_id = x.patent_id and m.organisation_id = d.organisation_id
         and (m.from_on is null or m.from_on <= ?2) and (m.until_on is null or m.until_on >= ?2)
       where d.id = ?1)
     group by h.organisation_id having count(distinct dp.patent_id) =
       (select count(*) from declaration_patents where declaration_id = ?1)`,
    [declarationId, on],
  )
  return rows.map(([id]) => String(id))
}
