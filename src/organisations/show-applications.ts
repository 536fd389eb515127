import type { Context } from '../context.ts'
import type { Application } from './application.ts'
import type { ApplicationRecord } from './application-queries.ts'
import { findOrganisationsByName } from './name-queries.ts'
import { findOrganisations } from './queries.ts'
import { isSteward } from './rights.ts'

/** Applications with the record that each goes on under; for stewards with records of the same name to judge. */
export async function showApplications(ctx: Context, found: Promise<ApplicationRecord[]>): Promise<Application[]> {
  const applications = (await found).map(({ application }) => application)
  const names = applications.flatMap(({ proposed }) => [proposed.name.ja, proposed.name.en])
  const byName = isSteward(ctx.actor) ? await findOrganisationsByName(ctx.db.read, names) : undefined
  const alike = (name: string) => (byName?.get(name) ?? []).filter(({ state }) => state === 'named').map(({ id }) => id)
  const known = await findOrganisations(ctx.db.read, [
    ...applications.map(({ organisation }) => organisation),
    ...names.flatMap(alike),
  ])
  return applications.map((application) => {
    const { organisation, proposed } = application
    const { ja, en } = proposed.name
    const record = known.get(organisation)
    const other = record && (record.name.ja !== ja || record.name.en !== en) ? record : undefined
    const named = [...new Set([...alike(ja), ...alike(en)])]
      .flatMap((id) => known.get(id) ?? [])
      .filter(({ id, state }) => state === 'named' && id !== organisation)
    return {
      ...application,
      ...(other ? { takesOver: { id: other.id, name: other.name, state: other.state } } : {}),
      ...(named.length === 0 ? {} : { sameName: named.map(({ id, name }) => ({ id, name })) }),
    }
  })
}
