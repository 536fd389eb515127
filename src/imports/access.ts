import type { Context } from '../context.ts'
import { today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { principalsOf } from '../mandates/acting.ts'
import { requireOfficer } from '../organisations/rights.ts'
import { findJob, type Job } from './queries.ts'

/** The import, for officers of its organisation and of an agent that may enrol for it; to others there is none. */
export async function requireImport(ctx: Context, id: string): Promise<Job> {
  const { organisationId } = requireOfficer(ctx.actor, 'patents:write')
  const job = await findJob(ctx.db.read, id)
  if (job && job.state !== 'receiving') {
    if (job.organisationId === organisationId) return job
    const principals = await principalsOf(ctx.db.read, organisationId, 'enrol', today(ctx))
    if (principals.some((one) => one.organisationId === job.organisationId)) return job
  }
  throw new RegistryError('not_found', 'There is no such import.')
}

/** Whose imports the caller may see. */
export async function importingOrganisations(ctx: Context): Promise<string[]> {
  const { organisationId } = requireOfficer(ctx.actor, 'patents:write')
  const principals = await principalsOf(ctx.db.read, organisationId, 'enrol', today(ctx))
  return [organisationId, ...principals.map((one) => one.organisationId)]
}
