import type { Context } from '../context.ts'
import { DatabaseError } from '../database.ts'
import { keep } from './keep.ts'
import { droppedDaysMax, finishedDaysMax, leaseSeconds, receivingMinutesMax } from './limits.ts'
import {
  abandonJob,
  deleteJob,
  findJob,
  findJobsToDo,
  findJobsToForget,
  forgetKeys,
  type Job,
  leaseJob,
  releaseJob,
} from './queries.ts'
import { stepImport } from './step.ts'

/**
 * Does steps of imports that wait for work, in turn, until there is nothing to do or `goOn` says no. One import is with
 * one process at a time; a process that dies leaves it to the others after its lease. `moment` gives the context anew for
 * each step, with the time as it is then; `pause` lets others write between two steps. @returns how many steps were done
 * @throws the first fault of an import that could not be worked on, after the others had their turn
 */
export async function workOnImports(
  moment: () => Context,
  goOn: (stepsDone: number) => boolean,
  options: { idleSeconds?: number; pause?: () => Promise<unknown> } = {},
): Promise<number> {
  const worker = moment().newId()
  const tried = new Set<string>()
  const faults: unknown[] = []
  let done = 0
  for (;;) {
    const ctx = moment()
    const idleSince = options.idleSeconds === undefined ? undefined : before(ctx, options.idleSeconds)
    const waiting = await findJobsToDo(ctx.db.read, ctx.now.toISOString(), idleSince)
    const id = waiting.find((one) => !tried.has(one))
    if (id === undefined || !goOn(done)) break
    tried.add(id)
    try {
      const steps = await workOnImport(moment, id, worker, () => goOn(done++), options.pause)
      if (steps > 0) tried.delete(id)
    } catch (error) {
      if (error instanceof DatabaseError) throw error
      faults.push(error)
    }
  }
  if (faults.length > 0) throw faults[0]
  return done
}

/** Steps of this import while `goOn`, unless another process has it. */
async function workOnImport(
  moment: () => Context,
  id: string,
  worker: string,
  goOn: () => boolean,
  pause: (() => Promise<unknown>) | undefined,
): Promise<number> {
  const first = moment()
  if (!(await lease(first, id, worker))) return 0
  let steps = 0
  let leasedAt = first.now.getTime()
  try {
    for (let job = await findJob(first.db.read, id); job && job.phase !== 'rest' && goOn(); steps++) {
      const ctx = moment()
      if (ctx.now.getTime() - leasedAt > (leaseSeconds * 1000) / 2) {
        if (!(await lease(ctx, id, worker))) return steps
        leasedAt = ctx.now.getTime()
      }
      job = await settledStep(ctx, job)
      await pause?.()
    }
  } finally {
    const { db } = moment()
    await keep(db, [releaseJob(id, worker)])
  }
  return steps
}

/** A person may have decided something meanwhile: the step is done again on the import as it now is. */
async function settledStep(ctx: Context, job: Job): Promise<Job | undefined> {
  try {
    return await stepImport(ctx, job)
  } catch (error) {
    if (!(error instanceof DatabaseError) || (error.fault !== 'stale' && error.fault !== 'busy')) throw error
    return findJob(ctx.db.read, job.id)
  }
}

async function lease({ db, now }: Context, id: string, worker: string): Promise<boolean> {
  const until = new Date(now.getTime() + leaseSeconds * 1000).toISOString()
  try {
    await keep(db, [leaseJob(id, worker, now.toISOString(), until)])
    return true
  } catch (error) {
    if (error instanceof DatabaseError && error.fault === 'stale') return false
    throw error
  }
}

/** What nobody will ask for any more: imports long finished, and uploads that never arrived whole. */
export async function forgetImports(ctx: Context): Promise<void> {
  const jobs = await findJobsToForget(ctx.db.read, {
    finished: before(ctx, finishedDaysMax * 86_400),
    dropped: before(ctx, droppedDaysMax * 86_400),
    received: before(ctx, receivingMinutesMax * 60),
  })
  for (const { id, arrived } of jobs) await keep(ctx.db, arrived ? deleteJob(id) : abandonJob(id))
  await keep(ctx.db, [forgetKeys(before(ctx, 86_400))])
}

function before({ now }: Context, seconds: number): string {
  return new Date(now.getTime() - seconds * 1000).toISOString()
}
