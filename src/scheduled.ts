import type { Context } from './context.ts'
import { continueBatches } from './declarations/batches/confirm.ts'
import { sendLinkMails } from './declarations/links/mail.ts'
import { remindCoOwners } from './declarations/remind.ts'
import { forgetImports, workOnImports } from './imports/work.ts'
import { announce } from './log/announce.ts'
import { forgetAnswers } from './log/commit.ts'
import { publishCheckpoint } from './log/publish.ts'
import { deliverDue, type Transports } from './notices/deliver.ts'
import { expireEnded, tellOfExpiring } from './patents/upkeep.ts'
import { settleDay } from './projections/settle.ts'
import { lapseApplications } from './standing/decline-application.ts'
import { continueLeavings } from './standing/leave-organisation.ts'
import { writeChecks } from './usage/write-checks.ts'

/**
 * What the registry does of itself every minute, on any runtime: the log learns of new terms and keys, its present state
 * is signed, and notices that are due are sent; then rights that have ended leave the commons, declarations confirmed at
 * once are carried on, co-owners and officers are told what is due, and checks counted in memory are written. Writes nothing
 * when there is nothing new; processes that do it at the same time do not hurt.
 * @returns how much each part did
 * @throws AggregateError when parts failed, each named by its error; the others were done all the same
 */
export async function runScheduledWork(ctx: Context, transports: Transports): Promise<Record<string, number>> {
  const parts: readonly (readonly [string, () => Promise<number | Record<string, number>>])[] = [
    ['announced', () => announce(ctx)],
    ['published', async () => ({ size: (await publishCheckpoint(ctx)).size })],
    ['delivered', () => deliverDue(ctx, transports)],
    ['expired', () => expireEnded(ctx)],
    ['leaving', () => continueLeavings(ctx)],
    ['declared', () => continueBatches(ctx)],
    ['reminded', () => remindCoOwners(ctx)],
    ['told', () => tellOfExpiring(ctx)],
    ['linksSent', () => sendLinkMails(ctx, transports.mail)],
    ['settled', () => settleDay(ctx)],
    ['counted', () => writeChecks(ctx)],
    ['lapsed', () => lapseApplications(ctx)],
    ['forgotten', () => forgetAnswers(ctx)],
    ['imported', () => goOnWithImports(ctx)],
  ]
  const done: Record<string, number> = {}
  const faults: Error[] = []
  for (const [part, work] of parts) {
    try {
      const found = await work()
      Object.assign(done, typeof found === 'number' ? { [part]: found } : found)
    } catch (cause) {
      faults.push(new Error(`Scheduled work “${part}” failed.`, { cause }))
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, faults.map(({ message }) => message).join(' '))
  return done
}

/** Imports that nobody works on: whose process has died, or whose officer no longer looks. */
async function goOnWithImports(ctx: Context): Promise<number> {
  await forgetImports(ctx)
  return workOnImports(
    () => ctx,
    (done) => done < importStepsMax,
    { idleSeconds: importIdleSeconds },
  )
}

/** What a Worker's scheduled run does with ease; the next one goes on. */
const importStepsMax = 60
const importIdleSeconds = 30
