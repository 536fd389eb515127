import type { Context } from './context.ts'
import { announce } from './log/announce.ts'
import { publishCheckpoint } from './log/publish.ts'
import { deliverDue, type Transports } from './notices/deliver.ts'

/**
 * What the registry does of itself every minute, on any runtime: the log learns of new terms and keys, its present state
 * is signed, and notices that are due are sent. Writes nothing when there is nothing new; processes that do it at the same time do not hurt.
 */
export async function runScheduledWork(
  ctx: Context,
  transports: Transports,
): Promise<{ announced: number; size: number; attempted: number; delivered: number }> {
  const announced = await announce(ctx)
  const { size } = await publishCheckpoint(ctx)
  return { announced, size, ...(await deliverDue(ctx, transports)) }
}
