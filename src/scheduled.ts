import type { Context } from './context.ts'
import { continueBatches } from './declarations/batches/confirm.ts'
import { sendLinkMails } from './declarations/links/mail.ts'
import { remindCoOwners } from './declarations/remind.ts'
import { forgetImports, workOnImports } from './imports/work.ts'
import { announce } from './log/announce.ts'
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
 * once are carried on, co-owners and officers are told what is due, and checks counted in memory are written. Writes nothing when there is nothing new;
 * processes that do it at the same time do not hurt.
 */
export async function runScheduledWork(
  ctx: Context,
  transports: Transports,
): Promise<{
  announced: number
  size: number
  attempted: number
  delivered: number
  expired: number
  declared: number
  reminded: number
  told: number
  linksSent: number
  settled: number
  indexed: number
  mended: number
  imported: number
  counted: number
  lapsed: number
  leaving: number
}> {
  const announced = await announce(ctx)
  const { size } = await publishCheckpoint(ctx)
  return {
    announced,
    size,
    ...(await deliverDue(ctx, transports)),
    expired: await expireEnded(ctx),
    leaving: await continueLeavings(ctx),
    declared: await continueBatches(ctx),
    reminded: await remindCoOwners(ctx),
    told: await tellOfExpiring(ctx),
    linksSent: await sendLinkMails(ctx, transports.mail),
    ...(await settleDay(ctx)),
    counted: await writeChecks(ctx),
    lapsed: await lapseApplications(ctx),
    imported: await goOnWithImports(ctx),
  }
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
