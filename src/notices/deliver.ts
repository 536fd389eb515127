import type { Context } from '../context.ts'
import { claimDue, type Due, type Outcome, recordOutcomes } from './delivery-queries.ts'
import { mailOf, type SendMail } from './mail.ts'
import type { NoticeShown } from './notice.ts'
import { addressFault } from './public-host.ts'
import { type Send, SendError } from './send.ts'
import { signedHeaders } from './sign.ts'

/** How the registry reaches others on this runtime. Without `mail` no mail is sent. */
export type Transports = { send: Send; mail?: SendMail }

/** All of one run are sent at once; within the requests that a Worker's free plan allows to one run. */
const deliveriesPerRunMax = 20
/** A receiver that answers later should take the notice first and work on it afterwards. */
const attemptMilliseconds = 5000
/** Far longer than an attempt takes: when a run has ended without a word, another one tries again. */
const claimMilliseconds = 60_000

const seconds = 1000
const minutes = 60 * seconds
const hours = 60 * minutes
/** How long to wait after each attempt that failed; after one more it is given up. From Standard Webhooks. */
const waits: readonly number[] = [5 * seconds, 5 * minutes, 30 * minutes, 2 * hours, 5 * hours, 10 * hours, 14 * hours]

/**
 * Sends what is due, up to a bound; how many were tried and how many arrived. Runs at the same time do not hurt: what one
 * has taken the other leaves alone.
 */
export async function deliverDue(
  ctx: Context,
  { send, mail }: Transports,
): Promise<{ attempted: number; delivered: number }> {
  const claim = ctx.newId()
  const due = await claimDue(ctx.db, claim, {
    now: ctx.now,
    until: new Date(ctx.now.getTime() + claimMilliseconds),
    mail: mail !== undefined,
    limit: deliveriesPerRunMax,
  })
  if (due.length === 0) return { attempted: 0, delivered: 0 }
  const outcomes = await Promise.all(
    due.map(async (one) => ({ due: one, outcome: outcomeOf(one, await attempt(ctx, one, send, mail), ctx.now) })),
  )
  await recordOutcomes(ctx.db, claim, outcomes)
  return { attempted: due.length, delivered: outcomes.filter(({ outcome }) => outcome.state === 'delivered').length }
}

type Attempt = { status?: number; error?: string; final?: true }

/** Never throws, and never takes longer than the limit, whatever the transport does. */
async function attempt(ctx: Context, due: Due, send: Send, mail: SendMail | undefined): Promise<Attempt> {
  const signal = AbortSignal.timeout(attemptMilliseconds)
  try {
    return await Promise.race([
      due.webhook === undefined
        ? byMail(ctx, due, mail, signal)
        : byWebhook(ctx, due.notice, due.webhook, send, signal),
      ended(signal),
    ])
  } catch (error) {
    if (signal.aborted) return { error: 'timeout' }
    return { error: error instanceof SendError ? error.code : 'unreachable' }
  }
}

async function byWebhook(
  ctx: Context,
  notice: NoticeShown,
  { url, secret }: { url: string; secret: string },
  send: Send,
  signal: AbortSignal,
): Promise<Attempt> {
  if (addressFault(url) !== undefined) return { error: 'refused_address' }
  const body = payloadOf(notice)
  const headers = {
    'Content-Type': 'application/json',
    'User-Agent': `Iriai (+${ctx.registryUrl}/docs)`,
    ...(await signedHeaders(secret, notice.id, ctx.now, body)),
  }
  const { status } = await send({ url, headers, body, signal })
  if (status >= 200 && status < 300) return { status }
  // Standard Webhooks: 410 says that nobody listens there any more.
  if (status === 410) return { status, error: 'gone', final: true }
  return { status, error: status >= 300 && status < 400 ? 'redirect' : 'status' }
}

async function byMail(ctx: Context, { notice, address }: Due, mail: SendMail | undefined, signal: AbortSignal) {
  if (mail === undefined || address === undefined) return { error: 'no_address', final: true } as const
  await mail(mailOf(notice, address, ctx.registryUrl), signal)
  return {}
}

/** The message: `type`, `timestamp` and `data` as Standard Webhooks has them. The same for every attempt. */
function payloadOf({ id, kind, to, subject, text, body, createdAt }: NoticeShown): string {
  return JSON.stringify({ type: kind, timestamp: createdAt, data: { id, kind, to, subject, text, body, createdAt } })
}

function outcomeOf({ attempts }: Due, { status, error, final }: Attempt, now: Date): Outcome {
  const wait = waits[attempts - 1]
  const at = now.toISOString()
  const last = { lastStatus: status ?? null, lastError: error ?? null }
  if (error === undefined) return { state: 'delivered', nextAt: at, ...last }
  if (final || wait === undefined) return { state: 'dead', nextAt: at, ...last }
  return { state: 'pending', nextAt: new Date(now.getTime() + wait).toISOString(), ...last }
}

function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('took too long')), { once: true })
  })
}
