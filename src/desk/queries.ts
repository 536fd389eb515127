import type { Reader } from '../database.ts'

/** More than an officer decides in one sitting; the oldest come first. */
const patentsShownMax = 100

/** Patents that the organisation holds on that day and on which claims stand: those that wait, else those decided. */
export async function patentsWithClaims(
  read: Reader,
  organisationId: string,
  on: string,
  which: 'open' | 'confirmed',
): Promise<string[]> {
  const states = which === 'open' ? ['claimed', 'disputed'] : ['confirmed']
  const rows = await read.rows(
    `select c.patent_id from inventor_claims c join patent_holders h on h.patent_id = c.patent_id
     where h.organisation_id = ?1 and (h.from_on is null or h.from_on <= ?2) and (h.until_on is null or h.until_on >= ?2)
     and c.state in (select value from json_each(?3)) group by c.patent_id order by min(c.claimed_at) limit ?4`,
    [organisationId, on, JSON.stringify(states), patentsShownMax],
  )
  return rows.map(([id]) => String(id))
}

/** What waits for an officer of the organisation: claims on its patents, affiliations, requests for grants. */
export async function countWaiting(
  read: Reader,
  organisationId: string,
  on: string,
): Promise<{ claims: number; people: number; requests: number }> {
  const [row] = await read.rows(
    `select (select count(distinct c.id) from inventor_claims c join patent_holders h on h.patent_id = c.patent_id
        where h.organisation_id = ?1 and (h.from_on is null or h.from_on <= ?2)
        and (h.until_on is null or h.until_on >= ?2) and c.state in ('claimed', 'disputed')),
      (select count(*) from affiliations where organisation_id = ?1 and state = 'asserted' and source = 'self'),
      (select count(*) from grant_requests where organisation_id = ?1 and state = 'waiting')`,
    [organisationId, on],
  )
  const [claims, people, requests] = row ?? []
  return { claims: Number(claims ?? 0), people: Number(people ?? 0), requests: Number(requests ?? 0) }
}

/** Grants that rest on the declaration and go on whatever becomes of it. */
export async function countLiveGrants(read: Reader, declarationId: string, on: string): Promise<number> {
  const [row] = await read.rows(
    `select count(distinct g.id) from grant_patents gp join grants g on g.id = gp.grant_id
     where gp.declaration_id = ? and g.state in ('valid', 'suspended') and g.until_on >= ?`,
    [declarationId, on],
  )
  return Number(row?.[0] ?? 0)
}
