import type { Context } from '../context.ts'
import { invalid } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { ownOrganisation } from './managed.ts'
import { findOrganisationsByName, listNames, putOwnNames } from './name-queries.ts'
import { nameKeyOf } from './names.ts'
import type { OrganisationName } from './organisation.ts'
import { organisationsUnchanged } from './queries.ts'
import { isNameOfAnother } from './ror-names.ts'

/**
 * Other names under which imports find the organisation. They replace those that its officers gave before.
 * @throws invalid_input when one of them is the name of another organisation, which takes part or which ROR lists
 */
export function setOwnNames(ctx: Context, id: string, names: readonly string[]): Promise<OrganisationName[]> {
  return settle(async () => {
    const found = await ownOrganisation(ctx, id)
    const { id: organisationId } = found.organisation
    const { name: own, ror } = found.organisation
    const ownKeys = new Set([own.ja, own.en].map(nameKeyOf))
    const known = await findOrganisationsByName(ctx.db.read, names)
    const taken = names.findIndex(
      (name) =>
        known.get(name)?.some((one) => one.id !== organisationId && one.state !== 'named') ||
        (!ownKeys.has(nameKeyOf(name)) && isNameOfAnother(name, ror)),
    )
    if (taken >= 0)
      throw invalid(`/names/${taken}`, 'name_taken', `${names[taken] ?? ''} is a name of another organisation.`)
    const before = await listNames(ctx.db.read, organisationId)
    const byKey = new Map(names.map((name) => [nameKeyOf(name), name]))
    await commit(ctx, {
      write: [
        organisationsUnchanged([{ id: organisationId, version: found.version }]),
        ...putOwnNames(organisationId, [...byKey.values()]),
      ],
      events: [
        {
          event: 'organisation_names_changed',
          subject: organisationId,
          source: 'officer',
          before: before.filter(({ source }) => source === 'own'),
          after: [...byKey.values()],
        },
      ],
      answer: undefined,
    })
    return listNames(ctx.db.read, organisationId)
  })
}
