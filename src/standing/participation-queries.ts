import type { Reader } from '../database.ts'
import type { ParticipationExtent } from './participation.ts'

export async function extentOf(read: Reader, organisationId: string, now: Date): Promise<ParticipationExtent> {
  const [row] = await read.rows(
    `select
       (select count(*) from declarations where organisation_id = ?1 and state = 'in_force'),
       (select count(*) from declarations where organisation_id = ?1 and state = 'awaiting_consent'),
       (select count(distinct dp.patent_id) from declarations d join declaration_patents dp on dp.declaration_id = d.id
        where d.organisation_id = ?1 and d.state = 'in_force'),
       (select count(distinct gp.grant_id) from grant_patents gp join grants g on g.id = gp.grant_id
        join patent_holders h on h.patent_id = gp.patent_id
        where h.organisation_id = ?1 and g.state = 'valid' and g.expires_at > ?2)`,
    [organisationId, now.toISOString()],
  )
  const [declarations, awaiting, openPatents, liveGrants] = (row ?? []).map(Number)
  return {
    declarations: declarations ?? 0,
    awaiting: awaiting ?? 0,
    openPatents: openPatents ?? 0,
    liveGrants: liveGrants ?? 0,
  }
}
