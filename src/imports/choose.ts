import type { Context } from '../context.ts'
import { invalid, RegistryError } from '../errors.ts'
import { findOrganisation } from '../organisations/queries.ts'
import { requireImport } from './access.ts'
import { settled } from './act.ts'
import type { DecisionsInput } from './import.ts'
import { keep } from './keep.ts'
import { individual } from './owners.ts'
import { type Job, updateJob } from './queries.ts'
import { decideOwner, decideStored, findOwners, findRows, markOwned } from './rows-queries.ts'

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
    const owners = await findOwners(
      ctx.db.read,
      id,
      names.map(({ key }) => key),
    )
    const chosen = await Promise.all(
      names.map(async ({ key, organisation }, i) => {
        if (!owners.has(key)) throw invalid(`/names/${i}/key`, 'unknown_name', `This file has no owner ${key}.`)
        if (organisation === 'new') return { key, holder: undefined }
        if (organisation === individual) return { key, holder: individual }
        const found = await findOrganisation(ctx.db.read, organisation)
        if (!found || found.organisation.state === 'applied')
          throw invalid(
            `/names/${i}/organisation`,
            'unknown_organisation',
            `${organisation} is not a registered organisation.`,
          )
        return { key, holder: found.organisation.id }
      }),
    )
    await keep(ctx.db, [
      updateJob(job, { state: 'reading', phase: 'decide', startedAt: at }, at),
      ...rows.map(({ position, decision }) => decideStored(id, position, decision)),
      ...chosen.flatMap(({ key, holder }) => decideOwner(id, job.organisationId, key, holder, at)),
      ...markOwned(
        id,
        chosen.map(({ key }) => key),
      ),
    ])
    return requireImport(ctx, id)
  })
}
