import { commit } from '../../src/log/commit.ts'
import { insertNamedOrganisation } from '../../src/organisations/name-queries.ts'
import type { Organisation } from '../../src/organisations/organisation.ts'
import type { OperatedRegistry } from './registry.ts'

/** An organisation that is known by name only, as an import makes it: nobody acts for it here. */
export async function namedOrganisation(registry: OperatedRegistry): Promise<Organisation> {
  const ctx = registry.context()
  const unique = crypto.randomUUID().slice(0, 8)
  const organisation: Organisation = {
    id: ctx.newId(),
    name: { ja: `名前だけの会社${unique}`, en: `Known by Name ${unique}` },
    kind: 'company',
    country: 'JP',
    state: 'named',
    since: ctx.now.toISOString(),
  }
  await commit(ctx, {
    write: insertNamedOrganisation(organisation, [], ctx.now.toISOString()),
    events: [{ event: 'organisation_named', subject: organisation.id, source: 'import' }],
    answer: undefined,
  })
  return organisation
}
