import type { Context } from '../context.ts'
import type { Reader } from '../database.ts'
import { invalid, RegistryError } from '../errors.ts'
import { shownToOthers } from '../organisations/organisation.ts'
import { findOrganisation } from '../organisations/queries.ts'
import { parseRor } from '../organisations/ror.ts'
import { rorById } from '../organisations/ror-names.ts'
import { requireImport } from './access.ts'
import { settled } from './act.ts'
import type { DecisionsInput } from './import.ts'
import { keep } from './keep.ts'
import { individual } from './owners.ts'
import { type Job, updateJob } from './queries.ts'
import { decideOwners, decideStored, findOwners, findRows, markOwned, type OwnerDecision } from './rows-queries.ts'

/** An officer decides what the registry could not: about rows of this file, and about names for all files to come. */
export function decideImport(ctx: Context, id: string, { rows = [], names = [] }: DecisionsInput): Promise<Job> {
  return settled(async () => {
    const job = await requireImport(ctx, id)
    if (job.state !== 'previewed')
      throw new RegistryError('not_allowed_now', 'Decisions are made on a preview, before it is committed.')
    const at = ctx.now.toISOString()
    const stored = await findRows(
      ctx.db.read,
      id,
      rows.map(({ position }) => position),
    )
    for (const [i, { position }] of rows.entries())
      if (!stored.get(position)?.patent)
        throw invalid(`/rows/${i}/position`, 'unknown_row', `There is no row ${position} that can be decided.`)
    const keys = names.map(({ key }) => key)
    const owners = await findOwners(ctx.db.read, id, keys)
    const meant = new Map<string, OwnerDecision['is'] | undefined>()
    for (const written of new Set(names.map(({ organisation }) => organisation)))
      meant.set(written, await ownerMeant(ctx.db.read, written))
    const chosen = names.map(({ key, organisation }, i): OwnerDecision => {
      if (!owners.has(key)) throw invalid(`/names/${i}/key`, 'unknown_name', `This file has no owner ${key}.`)
      const is = meant.get(organisation)
      if (is !== undefined) return { key, is }
      const fault = `${organisation} is neither a registered organisation nor a listed ROR id.`
      throw invalid(`/names/${i}/organisation`, 'unknown_organisation', fault)
    })
    await keep(ctx.db, [
      updateJob(job, { state: 'reading', phase: 'decide', startedAt: at }, at),
      ...rows.map(({ position, decision }) => decideStored(id, position, decision)),
      ...decideOwners(id, job.organisationId, chosen, at),
      ...markOwned(id, keys),
    ])
    return requireImport(ctx, id)
  })
}

/** An organisation that is not here yet is named by its ROR id where the carried list has it. */
async function ownerMeant(read: Reader, written: string): Promise<OwnerDecision['is'] | undefined> {
  if (written === 'new' || written === individual) return written
  const found = await findOrganisation(read, written)
  if (found && shownToOthers(found)) return { organisation: found.organisation.id }
  const ror = parseRor(written)
  return ror !== undefined && rorById(ror) ? { ror } : undefined
}
