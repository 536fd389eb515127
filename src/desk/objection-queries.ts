import type { Reader } from '../database.ts'

/** More than a former institution has to look at; the latest come first. */
const grantsShownMax = 100

/** Live grants in whose line one named the organisation, and that name another one now: their inventor moved away. */
export async function grantsMovedFrom(read: Reader, organisationId: string, now: Date): Promise<string[]> {
  const rows = await read.rows(
    `with recursive next (id) as (
       select superseded_by from grants where organisation_id = ?1 and superseded_by is not null
       union select g.superseded_by from grants g join next n on g.id = n.id where g.superseded_by is not null)
     select g.id from next n join grants g on g.id = n.id
     where g.state in ('valid', 'suspended') and g.organisation_id <> ?1 and g.expires_at > ?2
     order by g.id desc limit ?3`,
    [organisationId, now.toISOString(), grantsShownMax],
  )
  return rows.map(([id]) => String(id))
}
