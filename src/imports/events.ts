import type { Context } from '../context.ts'
import { type Import, restingStates } from './import.ts'
import { findJob, toImport } from './queries.ts'

/** A stream is one request: it ends after this many looks, and the browser opens the next. Bounds a Worker's time too. */
const looksMax = 60
const lookMilliseconds = 1000

/**
 * Progress as server-sent events (WHATWG HTML, section 9.2): one `progress` event whenever something has moved, a comment
 * when nothing has, and a last one named `rest` in a state in which nothing is done.
 */
export function progressEvents(ctx: Context, id: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let looks = 0
  let last = -1
  let over = false
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(`retry: ${lookMilliseconds}\n\n`))
    },
    async pull(controller) {
      if (looks > 0) await new Promise((resolve) => setTimeout(resolve, lookMilliseconds))
      if (over) return
      looks += 1
      const job = await findJob(ctx.db.read, id)
      if (!job) return controller.close()
      const shown = toImport(job, [])
      const rests = restingStates.has(shown.state)
      if (!rests) ctx.wake?.()
      controller.enqueue(
        encoder.encode(job.version === last ? ': still there\n\n' : eventOf(rests ? 'rest' : 'progress', shown)),
      )
      last = job.version
      if (rests || looks >= looksMax) controller.close()
    },
    cancel() {
      over = true
    },
  })
}

function eventOf(name: string, { id, state, counts, progress, world, failure }: Import): string {
  const data = { id, state, counts, progress, world, ...(failure ? { failure } : {}) }
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}
