import { type Context, today } from '../context.ts'
import type { CheckResult } from './check.ts'

/** Counts the patents that a question was about, each once. Costs no write, and knows nothing of who asks. */
export function countChecks(
  ctx: Pick<Context, 'tally' | 'now'>,
  results: readonly Pick<CheckResult, 'patent'>[],
): void {
  const { tally } = ctx
  if (tally === undefined) return
  const on = today(ctx)
  const seen = new Set(results.flatMap(({ patent }) => (patent ? [patent.id] : [])))
  for (const patentId of seen) tally.add(patentId, on)
}
