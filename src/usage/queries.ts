import type { Database, Reader, Row } from '../database.ts'
import type { Tallied } from '../tally.ts'
import { type Parts, partsOf, smallCellMinimum } from './figure.ts'
import type { UseCounts } from './use.ts'

/** Adds to what is there; a patent that is gone meanwhile is left out. Counts are no act: nobody's doing is recorded. */
export async function addChecks(db: Database, tallied: readonly Tallied[]): Promise<void> {
  await db.write([
    {
      sql: `insert into check_counts (patent_id, month, checks)
            select p.id, value ->> 1, value ->> 2 from json_each(?) join patents p on p.id = value ->> 0 where true
            on conflict (patent_id, month) do update set checks = checks + excluded.checks`,
      args: [JSON.stringify(tallied.map(({ patentId, month, checks }) => [patentId, month, checks]))],
    },
  ])
}

/** A grant that took the place of another is not counted again. */
const firstGrant = 'not exists (select 1 from grants b where b.superseded_by = g.id)'

export async function useCountsOfPatent(read: Reader, patentId: string, from: string): Promise<UseCounts> {
  const [checks, grants, reports] = await Promise.all([
    read.rows('select month, checks from check_counts where patent_id = ? and month >= ?', [patentId, from]),
    read.rows(
      `select substr(g.issued_at, 1, 7), count(*) from grant_patents gp join grants g on g.id = gp.grant_id
       where gp.patent_id = ? and g.issued_at >= ? and ${firstGrant} group by 1`,
      [patentId, from],
    ),
    read.rows(
      `select substr(r.reported_at, 1, 7), count(*) from result_report_patents rp
       join result_reports r on r.id = rp.report_id
       where rp.patent_id = ? and r.reported_at >= ? and r.withdrawn_at is null group by 1`,
      [patentId, from],
    ),
  ])
  return { checks: byMonth(checks), grants: byMonth(grants), reports: byMonth(reports) }
}

/** What the organisation holds on the day `?2`. */
const held = `(select distinct patent_id from patent_holders where organisation_id = ?1
  and (from_on is null or from_on <= ?2) and (until_on is null or until_on >= ?2)) h`

/** Over the patents that it holds on that day; a grant or a report over several of them counts once. */
export async function useCountsOfHolder(
  read: Reader,
  organisationId: string,
  on: string,
  from: string,
): Promise<UseCounts> {
  const args = [organisationId, on, from]
  const [checks, grants, reports] = await Promise.all([
    read.rows(
      `select c.month, sum(iif(c.checks >= ?4, c.checks, 0)), sum(iif(c.checks < ?4, c.checks, 0))
       from ${held} cross join check_counts c on c.patent_id = h.patent_id and c.month >= ?3 group by 1`,
      [...args, smallCellMinimum],
    ),
    read.rows(
      `select substr(g.issued_at, 1, 7), count(distinct g.id) from ${held} cross join grant_patents gp
       on gp.patent_id = h.patent_id join grants g on g.id = gp.grant_id
       where g.issued_at >= ?3 and ${firstGrant} group by 1`,
      args,
    ),
    read.rows(
      `select substr(r.reported_at, 1, 7), count(distinct r.id) from ${held} cross join result_report_patents rp
       on rp.patent_id = h.patent_id join result_reports r on r.id = rp.report_id
       where r.reported_at >= ?3 and r.withdrawn_at is null group by 1`,
      args,
    ),
  ])
  return {
    checks: new Map(
      checks.map(([month, large, small]) => [String(month), { large: Number(large), small: Number(small) }]),
    ),
    grants: byMonth(grants),
    reports: byMonth(reports),
  }
}

function byMonth(rows: readonly Row[]): Map<string, Parts> {
  return new Map(rows.map(([month, count]) => [String(month), partsOf(Number(count))]))
}
