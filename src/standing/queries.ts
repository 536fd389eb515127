import type { Reader } from '../database.ts'
import { findGrant, type GrantRecord } from '../grants/queries.ts'
import type { Person } from '../people/person.ts'

/** Live grants that name the person: their own, and those that an institution asked for by their iD. */
export async function liveGrantsNaming(read: Reader, { id, orcid }: Person, now: Date): Promise<GrantRecord[]> {
  const rows = await read.rows(
    `select id from grants where (person_id = ? or request ->> '$.grantee.orcid' = ?)
     and state in ('valid', 'suspended') and expires_at > ? order by id`,
    [id, orcid ?? null, now.toISOString()],
  )
  const found = await Promise.all(rows.map(([grantId]) => findGrant(read, String(grantId))))
  return found.flatMap((grant) => grant ?? [])
}

/** Patents on which the person's iD stands. */
export async function patentsNaming(read: Reader, { orcid }: Person): Promise<string[]> {
  if (orcid === undefined) return []
  const rows = await read.rows('select distinct patent_id from patent_inventors where orcid = ?', [orcid])
  return rows.map(([id]) => String(id))
}

/** All grants that name the person, ended ones too. */
export async function grantsNaming(read: Reader, { id, orcid }: Person): Promise<GrantRecord[]> {
  const rows = await read.rows(
    `select id from grants where person_id = ? or request ->> '$.grantee.orcid' = ? order by id`,
    [id, orcid ?? null],
  )
  const found = await Promise.all(rows.map(([grantId]) => findGrant(read, String(grantId))))
  return found.flatMap((grant) => grant ?? [])
}

export async function noticesTo(read: Reader, personId: string) {
  const rows = await read.rows(
    'select id, kind, subject, body, created_at, read_at from notices where person_id = ? order by id',
    [personId],
  )
  return rows.map(([id, kind, subject, body, at, readAt]) => ({
    id: String(id),
    kind: String(kind),
    subject: String(subject),
    body: String(body),
    at: String(at),
    readAt: readAt === null ? null : String(readAt),
  }))
}

/** What history says that the person did, or that was done to their records. */
export async function historyOf(read: Reader, personId: string) {
  const rows = await read.rows(
    'select at, event, subject, source from history where by = ?1 or subject = ?1 order by id',
    [personId],
  )
  return rows.map(([at, event, subject, source]) => ({
    at: String(at),
    event: String(event),
    subject: String(subject),
    source: String(source),
  }))
}
