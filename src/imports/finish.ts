import { actorId, type Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { requireOfficer } from '../organisations/rights.ts'
import { requireImport } from './access.ts'
import { settled } from './act.ts'
import { keep } from './keep.ts'
import { type Job, updateJob, withoutContent } from './queries.ts'

/** An officer confirms the preview: its new and changed rows are enrolled, under this officer's name. */
export function commitImport(ctx: Context, id: string): Promise<Job> {
  return settled(async () => {
    const job = await requireImport(ctx, id)
    if (job.state === 'committing' || job.state === 'committed') return job
    if (job.state !== 'previewed')
      throw new RegistryError('not_allowed_now', `The import is ${job.state}: it has no preview to confirm.`)
    const { organisationId } = requireOfficer(ctx.actor, 'patents:write')
    const at = ctx.now.toISOString()
    const by = {
      kind: ctx.actor.kind === 'person' ? ('person' as const) : ('member' as const),
      id: actorId(ctx.actor),
      organisationId,
    }
    const nothing = job.counts.new + job.counts.changed === 0
    await keep(ctx.db, [
      updateJob(
        job,
        nothing
          ? { state: 'committed', phase: 'free', by, cursor: job.rowsRead, startedAt: at, failure: undefined }
          : { state: 'committing', phase: 'enrol', by, startedAt: at, failure: undefined },
        at,
      ),
    ])
    return requireImport(ctx, id)
  })
}

/**
 * An officer gives the import up; nothing of the file is kept, and that it was given up is known for a day. What was
 * enrolled already stays enrolled.
 */
export function dropImport(ctx: Context, id: string): Promise<Job> {
  return settled(async () => {
    const job = await requireImport(ctx, id)
    if (job.state === 'dropped') return job
    if (job.state === 'committed') throw new RegistryError('not_allowed_now', 'The import is committed.')
    await keep(ctx.db, [updateJob(job, { ...withoutContent, state: 'dropped', phase: 'free' }, ctx.now.toISOString())])
    return requireImport(ctx, id)
  })
}
