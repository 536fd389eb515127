import type { Reader } from '../database.ts'

/** What the home page counts: patents enrolled, patents open on that day, organisations that take part. */
export async function countCommons(
  read: Reader,
  on: string,
): Promise<{ enrolled: number; open: number; organisations: number }> {
  const [row] = await read.rows(
    `select (select count(*) from patents),
       (select count(distinct dp.patent_id) from declarations d join declaration_patents dp on dp.declaration_id = d.id
        where d.state in ('in_force', 'withdrawn') and d.in_force_on <= ? and d.from_on <= ?
        and (d.closed_on is null or d.closed_on > ?) and (d.until_on is null or d.until_on >= ?)),
       (select count(*) from organisations where state = 'approved')`,
    [on, on, on, on],
  )
  return { enrolled: Number(row?.[0] ?? 0), open: Number(row?.[1] ?? 0), organisations: Number(row?.[2] ?? 0) }
}
