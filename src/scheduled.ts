import type { Context } from './context.ts'
import { announce } from './log/announce.ts'
import { publishCheckpoint } from './log/publish.ts'

/**
 * What the registry does of itself every minute, on any runtime: the log learns of new terms and keys, and its present
 * state is signed. Writes nothing when there is nothing new; processes that do it at the same time do not hurt.
 */
export async function runScheduledWork(ctx: Context): Promise<{ announced: number; size: number }> {
  const announced = await announce(ctx)
  const { size } = await publishCheckpoint(ctx)
  return { announced, size }
}
