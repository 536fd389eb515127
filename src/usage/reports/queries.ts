import type { Reader, Row, Statement } from '../../database.ts'
import { addressOf } from '../../patents/related/related-item.ts'
import { known } from '../../shapes.ts'
import { type Report, report } from './report.ts'

const columns = `r.id, r.kind, r.title_ja, r.title_en, r.doi, r.url, r.on_date, r.is_public, r.reported_at,
  (select json_group_array(number) from (select p.number from result_report_patents rp join patents p on p.id = rp.patent_id
    where rp.report_id = r.id order by p.number))`

/** What everyone sees of a patent, the latest first. */
export async function listReportsOfPatent(
  read: Reader,
  patentId: string,
  before: string | undefined,
  limit: number,
): Promise<Report[]> {
  const rows = await read.rows(
    `select ${columns} from result_report_patents x join result_reports r on r.id = x.report_id
     where x.patent_id = ?1 and r.is_public = 1 and r.withdrawn_at is null and (?2 is null or r.id < ?2)
     order by x.report_id desc limit ?3`,
    [patentId, before ?? null, limit],
  )
  return rows.map(toReport)
}

/** All that stand, the latest first, with the ids of the patents that each is about. */
export async function listReportsOfGrant(
  read: Reader,
  grantId: string,
): Promise<{ report: Report; patentIds: string[] }[]> {
  const rows = await read.rows(
    `select ${columns}, (select json_group_array(patent_id) from result_report_patents where report_id = r.id)
     from result_reports r where r.grant_id = ? and r.withdrawn_at is null order by r.id desc`,
    [grantId],
  )
  return rows.map((row) => {
    const patentIds: string[] = JSON.parse(String(row.at(-1)))
    return { report: toReport(row), patentIds }
  })
}

/** Those that stand over patents that the organisation holds on that day, by month and kind. */
export async function listPublicReportsOfHolder(
  read: Reader,
  organisationId: string,
  on: string,
  limit: number,
): Promise<Report[]> {
  const rows = await read.rows(
    `select ${columns} from result_reports r where r.is_public = 1 and r.withdrawn_at is null and r.id in (
       select rp.report_id from patent_holders h cross join result_report_patents rp on rp.patent_id = h.patent_id
       where h.organisation_id = ?1 and (h.from_on is null or h.from_on <= ?2) and (h.until_on is null or h.until_on >= ?2))
     order by r.id desc limit ?3`,
    [organisationId, on, limit],
  )
  return rows.map(toReport)
}

/** Public or not, those that stand over patents that the organisation holds on that day, the latest first. */
export async function listReportsForHolder(
  read: Reader,
  organisationId: string,
  on: string,
  before: string | undefined,
  limit: number,
): Promise<Report[]> {
  const rows = await read.rows(
    `select ${columns} from result_reports r where r.withdrawn_at is null and (?3 is null or r.id < ?3) and r.id in (
       select rp.report_id from patent_holders h cross join result_report_patents rp on rp.patent_id = h.patent_id
       where h.organisation_id = ?1 and (h.from_on is null or h.from_on <= ?2) and (h.until_on is null or h.until_on >= ?2))
     order by r.id desc limit ?4`,
    [organisationId, on, before ?? null, limit],
  )
  return rows.map(toReport)
}

export function insertReport(
  { id, kind, title, doi, url, on, public: isPublic, reportedAt }: Report,
  grantId: string,
  personId: string | null,
  patentIds: readonly string[],
): Statement[] {
  return [
    {
      sql: `insert into result_reports (id, grant_id, person_id, kind, title_ja, title_en, doi, url, on_date, is_public, reported_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      args: [
        id,
        grantId,
        personId,
        kind,
        title.ja ?? null,
        title.en ?? null,
        doi ?? null,
        url ?? null,
        on,
        isPublic ? 1 : 0,
        reportedAt,
      ],
    },
    {
      sql: 'insert into result_report_patents (report_id, patent_id) select ?, value from json_each(?)',
      args: [id, JSON.stringify(patentIds)],
    },
  ]
}

/** No other report of the grant has this DOI, and there are not too many. */
export function reportsAre(grantId: string, count: number): Statement {
  return {
    sql: `insert into guard select count(*) = ?, 'reports' from result_reports where grant_id = ? and withdrawn_at is null`,
    args: [count, grantId],
  }
}

export function closeReport(id: string, at: string): Statement {
  return {
    sql: 'update result_reports set withdrawn_at = ? where id = ? and withdrawn_at is null',
    args: [at, id],
    expects: 'report',
  }
}

function toReport(row: Row): Report {
  const [id, kind, ja, en, doi, url, on, isPublic, reportedAt, numbers] = row
  const text = (value: unknown) => (value === null ? undefined : String(value))
  const links = known({ doi: text(doi), url: text(url) })
  return report.parse({
    id,
    kind,
    title: known({ ja: text(ja), en: text(en) }),
    ...links,
    ...known({ address: addressOf(links) }),
    on,
    numbers: JSON.parse(String(numbers)),
    public: isPublic === 1 || isPublic === 1n,
    reportedAt,
  })
}
