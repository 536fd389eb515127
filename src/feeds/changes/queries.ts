import { z } from 'zod'
import type { Reader, Row, Value } from '../../database.ts'
import { known } from '../../shapes.ts'
import { type Change, changeKind, type SubjectType, subjectTypeOf } from './change.ts'
import { titleOf } from './words.ts'

export type ChangeFilter = { kinds?: readonly string[] | undefined; holder?: string | undefined }

/** Between which numbers, both left out. */
export type Span = { after: number; before: number; order: 'oldest' | 'newest' }

/** The number of the last change; 0 before the first. */
export async function lastChange(read: Reader): Promise<{ sequence: number; at: string | undefined }> {
  const [row] = await read.rows('select sequence, at from changes order by sequence desc limit 1', [])
  return row ? { sequence: Number(row[0]), at: String(row[1]) } : { sequence: 0, at: undefined }
}

/**
 * The number behind which every change of that time or later stands. The clock of two writers may differ, so the earliest
 * of those is looked for by number; a few earlier ones may come along, none is missed.
 */
export async function sequenceBefore(read: Reader, since: string): Promise<number> {
  // Times are kept with their milliseconds, and compared as text.
  const from = since.includes('T') ? new Date(since).toISOString() : since
  const [row] = await read.rows('select min(sequence) from changes where at >= ?', [from])
  const first = row?.[0]
  return first === null || first === undefined ? (await lastChange(read)).sequence : Number(first) - 1
}

export async function listChanges(
  read: Reader,
  registryUrl: string,
  { kinds, holder }: ChangeFilter,
  { after, before, order }: Span,
  limit: number,
): Promise<Change[]> {
  const conditions = ['c.sequence > ?', 'c.sequence < ?']
  const args: Value[] = [after, before]
  if (kinds !== undefined) {
    conditions.push('c.kind in (select value from json_each(?))')
    args.push(JSON.stringify(kinds))
  }
  if (holder !== undefined) {
    conditions.push((await holdsMany(read, holder)) ? isOfHolder : `c.subject in (${subjectsOfHolder})`)
    args.push(...Array.from({ length: 5 }, () => holder))
  }
  const rows = await read.rows(
    `select c.sequence, c.at, c.kind, c.subject, c.log_sequence, coalesce(p.number, a.slug), coalesce(p.title_ja, a.title_ja), coalesce(p.title_en, a.title_en), o.name_ja, o.name_en,
       d.terms_id, coalesce(d.patent_count, iif(g.id is null, null, (select count(*) from grant_patents where grant_id = g.id))),
       g.number, ${holdersOf}
     from changes c
     left join patents p on p.id = c.subject
     left join declarations d on d.id = c.subject
     left join grants g on g.id = c.subject
     left join areas a on a.id = c.subject
     left join organisations o on o.id = coalesce(d.organisation_id, c.subject)
     where ${conditions.join(' and ')} order by c.sequence ${order === 'oldest' ? 'asc' : 'desc'} limit ?`,
    [...args, limit],
  )
  return rows.map((row) => toChange(row, registryUrl))
}

/** What an organisation holds, holds a share of, or is itself. */
const subjectsOfHolder = `select ? union all select patent_id from patent_holders where organisation_id = ?
  union all select id from declarations where organisation_id = ?
  union all select declaration_id from consents where organisation_id = ?
  union all select gp.grant_id from patent_holders h join grant_patents gp on gp.patent_id = h.patent_id
    where h.organisation_id = ?`

/** The same, asked of each change: of one that holds much, a page is full after a few of them. */
const isOfHolder = `(c.subject = ? or exists (select 1 from patent_holders h where h.patent_id = c.subject and h.organisation_id = ?)
  or exists (select 1 from declarations d where d.id = c.subject and d.organisation_id = ?)
  or exists (select 1 from consents n where n.declaration_id = c.subject and n.organisation_id = ?)
  or exists (select 1 from grant_patents gp join patent_holders h on h.patent_id = gp.patent_id
    where gp.grant_id = c.subject and h.organisation_id = ?))`

/** Subjects that are collected for each page; beyond, collecting costs more than looking. */
export const subjectsCollectedMax = 20_000

async function holdsMany(read: Reader, holder: string): Promise<boolean> {
  const [row] = await read.rows(
    'select count(*) from (select 1 from patent_holders where organisation_id = ? limit ?)',
    [holder, subjectsCollectedMax + 1],
  )
  return Number(row?.[0]) > subjectsCollectedMax
}

const holdersOf = `(select json_group_array(id) from (
    select h.organisation_id as id from patent_holders h where h.patent_id = p.id
    union select d.organisation_id where d.id is not null
    union select n.organisation_id from consents n where n.declaration_id = d.id
    union select h.organisation_id from grant_patents gp join patent_holders h on h.patent_id = gp.patent_id
      where gp.grant_id = g.id
    order by 1))`

const ids = z.array(z.string())

function toChange(row: Row, registryUrl: string): Change {
  const [sequence, at, written, subjectId, log, number, titleJa, titleEn, nameJa, nameEn, terms, patents, short, held] =
    row
  const kind = changeKind.parse(written)
  const type = subjectTypeOf[kind]
  const id = String(subjectId)
  const name = known({ ja: text(titleJa) ?? text(nameJa), en: text(titleEn) ?? text(nameEn) })
  const spelling = text(number) ?? text(short)
  const change = {
    sequence: Number(sequence),
    at: String(at),
    kind,
    subject: {
      type,
      id,
      ...known({ url: addressOf(registryUrl, type, id, spelling), number: spelling }),
      ...(Object.keys(name).length === 0 ? {} : { name }),
    },
    holders: ids.parse(JSON.parse(String(held))),
    ...known({ terms: text(terms), patents: number_(patents), log: number_(log) }),
  }
  return { ...change, title: titleOf(change) }
}

function addressOf(registryUrl: string, type: SubjectType, id: string, number: string | undefined): string | undefined {
  const places: Readonly<Record<SubjectType, string | undefined>> = {
    organisation: `/v1/organisations/${id}`,
    terms: `/v1/terms/${id}`,
    key: `/v1/keys/${encodeURIComponent(id)}`,
    patent: number === undefined ? undefined : `/v1/patents/${encodeURIComponent(number)}`,
    declaration: `/v1/declarations/${id}`,
    grant: `/v1/grants/${id}`,
    report: undefined,
    area: number === undefined ? undefined : `/v1/areas/${encodeURIComponent(number)}`,
  }
  const place = places[type]
  return place === undefined ? undefined : `${registryUrl}${place}`
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function number_(value: unknown): number | undefined {
  return value === null || value === undefined ? undefined : Number(value)
}
