import { type Context, today } from '../../context.ts'
import { RegistryError } from '../../errors.ts'
import { holdersOn } from '../facts.ts'
import { findFacts } from '../queries.ts'
import type { InventorClaimRecord } from './inventor-claim.ts'
import { findPrinted, numberKeys, type PrintedInventor } from './queries.ts'

/** What history keeps: ids and states, no name, no iD and none of the words. */
export function claimEvent(event: string, { id, patentId, position, state }: InventorClaimRecord, source: string) {
  return { event, subject: id, source, after: { patentId, inventor: position + 1, state } }
}

/** @throws not_found when the patent has no such inventor */
export async function printedAt(ctx: Context, patentId: string, n: number): Promise<PrintedInventor> {
  const place = await findPrinted(ctx.db.read, patentId, n - 1)
  if (!place) throw new RegistryError('not_found', `No inventor ${n} is recorded on this patent.`)
  return place
}

/** Organisations that hold the patent today. */
export async function holdersToday(ctx: Context, patentId: string): Promise<string[]> {
  const keys = await numberKeys(ctx.db.read, patentId)
  const [facts] = (await findFacts(ctx.db.read, [...keys.keys()].slice(0, 1))).values()
  return facts ? holdersOn(facts, today(ctx)).map(({ id }) => id) : []
}
