import { type Context, today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { keptUntilChange } from '../kept.ts'
import { type Organisation, shownToOthers } from '../organisations/organisation.ts'
import { findOrganisation } from '../organisations/queries.ts'
import { useCountsOfHolder, useCountsOfPatent } from './queries.ts'
import { monthsUntil, type Use, useOf } from './use.ts'

/** @throws not_found for one that has only applied, as if there were none */
export async function shownOrganisation(ctx: Pick<Context, 'db'>, idOrRor: string): Promise<Organisation> {
  const found = await findOrganisation(ctx.db.read, idOrRor)
  const shown = found && shownToOthers(found)
  if (!shown) throw new RegistryError('not_found', 'There is no such organisation.')
  return shown
}

/** Of holders of many patents it takes a look at each. */
const usesInMemory = keptUntilChange<string, Use>(500)

export async function readUseOfHolder(ctx: Pick<Context, 'db' | 'now'>, organisationId: string): Promise<Use> {
  const on = today(ctx)
  const kept = usesInMemory(ctx.db.read)
  const known = kept?.get(`${organisationId} ${on}`)
  if (known) return known
  const made = useOf(await useCountsOfHolder(ctx.db.read, organisationId, on, monthsUntil(on).at(-1) ?? on), on)
  kept?.set(`${organisationId} ${on}`, made)
  return made
}

export async function readUseOfPatent(ctx: Pick<Context, 'db' | 'now'>, patentId: string): Promise<Use> {
  const on = today(ctx)
  return useOf(await useCountsOfPatent(ctx.db.read, patentId, monthsUntil(on).at(-1) ?? on), on)
}
