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

/** What the person asked holders, for oneself or for an organisation. */
export async function enquiriesOf(read: Reader, personId: string) {
  const rows = await read.rows(
    `select e.id, p.number, e.holder_id, e.organisation_id, e.subject, e.message, e.contact, e.state, e.asked_at, e.answer
     from enquiries e join patents p on p.id = e.patent_id where e.person_id = ? order by e.id`,
    [personId],
  )
  return rows.map(([id, patent, holder, organisation, subject, message, contact, state, askedAt, answer]) => ({
    id: String(id),
    patent: String(patent),
    holder: String(holder),
    organisation: text(organisation),
    subject: String(subject),
    message: String(message),
    contact: text(contact),
    state: String(state),
    askedAt: String(askedAt),
    answer: text(answer),
  }))
}

/** What the person reported of their grants, withdrawn ones too. */
export async function reportsOf(read: Reader, personId: string) {
  const rows = await read.rows(
    `select id, grant_id, kind, title_ja, title_en, doi, url, on_date, is_public, reported_at, withdrawn_at
     from result_reports where person_id = ? order by id`,
    [personId],
  )
  return rows.map(([id, grant, kind, ja, en, doi, url, on, isPublic, reportedAt, withdrawnAt]) => ({
    id: String(id),
    grant: String(grant),
    kind: String(kind),
    title: text(ja) ?? text(en) ?? '',
    doi: text(doi),
    url: text(url),
    on: String(on),
    public: Number(isPublic) === 1,
    reportedAt: String(reportedAt),
    withdrawnAt: text(withdrawnAt),
  }))
}

function text(value: unknown): string | null {
  return value === null ? null : String(value)
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
