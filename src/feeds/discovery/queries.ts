import type { Reader } from '../../database.ts'

export async function countPatents(read: Reader): Promise<number> {
  const [row] = await read.rows('select count(*) from patents', [])
  return Number(row?.[0] ?? 0)
}

/** The id of the patent at that place, in the order in which they were enrolled: a part of the list stays what it is. */
export async function patentAt(read: Reader, place: number): Promise<string | undefined> {
  const [row] = await read.rows('select id from patents order by id limit 1 offset ?', [place])
  return row && String(row[0])
}

/** Patents in that order, the one named first among them. */
export async function patentsFrom(
  read: Reader,
  first: string,
  limit: number,
): Promise<{ id: string; number: string; changedAt: string }[]> {
  const rows = await read.rows(
    `select p.id, p.number, coalesce(s.at, p.updated_at) from patents p left join patent_stamps s on s.patent_id = p.id
     where p.id >= ? order by p.id limit ?`,
    [first, limit],
  )
  return rows.map(([id, number, at]) => ({ id: String(id), number: String(number), changedAt: String(at) }))
}

/** Slugs of the areas that everybody sees. */
export async function publishedAreas(read: Reader): Promise<{ slug: string; changedAt: string }[]> {
  const rows = await read.rows("select slug, updated_at from areas where state = 'published' order by slug", [])
  return rows.map(([slug, at]) => ({ slug: String(slug), changedAt: String(at) }))
}

/** Organisations that joined, or were members once; those known by name only have nothing on their pages to be found by. */
export async function joinedOrganisations(read: Reader, limit: number): Promise<{ id: string; changedAt: string }[]> {
  const rows = await read.rows(
    "select id, updated_at from organisations where state in ('approved', 'suspended', 'left') order by id limit ?",
    [limit],
  )
  return rows.map(([id, at]) => ({ id: String(id), changedAt: String(at) }))
}

/** When anything that is shown of any patent last changed. */
export async function lastPatentChange(read: Reader): Promise<string | undefined> {
  const [row] = await read.rows('select max(at) from patent_stamps', [])
  return typeof row?.[0] === 'string' ? row[0] : undefined
}
