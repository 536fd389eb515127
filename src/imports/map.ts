import type { Context } from '../context.ts'
import type { Statement } from '../database.ts'
import { invalid, RegistryError } from '../errors.ts'
import { sha256Hex } from '../log/canonical.ts'
import { requireImport } from './access.ts'
import { settled } from './act.ts'
import { keep } from './keep.ts'
import { type Job, putMapping, updateJob } from './queries.ts'
import { withMapping } from './reading/detect.ts'
import type { Mapping } from './reading/mapping.ts'

/** An officer says what the columns hold. It is kept for the organisation's next file of that header; reading begins anew. */
export function mapImport(ctx: Context, id: string, mapping: Mapping): Promise<Job> {
  return settled(async () => {
    const job = await requireImport(ctx, id)
    const { layout } = job
    if ((job.state !== 'needs_mapping' && job.state !== 'previewed') || !layout)
      throw new RegistryError('not_allowed_now', 'Columns are confirmed before the import is committed.')
    const mapped = withMapping(layout, mapping)
    if ('refusal' in mapped) throw invalid('/columns', mapped.refusal.code, mapped.refusal.text.en)
    const at = ctx.now.toISOString()
    await keep(ctx.db, [
      updateJob(job, { state: 'reading', phase: 'clear', mapping, startedAt: at }, at),
      await keptMapping(job.organisationId, layout.header, mapping, ctx.now),
    ])
    return requireImport(ctx, id)
  })
}

/** What an organisation's files with this header hold. */
export async function keptMapping(
  organisationId: string,
  header: readonly string[],
  mapping: Mapping,
  at: Date,
): Promise<Statement> {
  const fingerprint = await sha256Hex(JSON.stringify(header.map((name) => name.normalize('NFKC').trim())))
  return putMapping(organisationId, fingerprint, mapping, at.toISOString())
}
