import type { ExecutionContext } from 'hono'
import { v7 } from 'uuid'
import { z } from 'zod'
import { createApp } from './app.ts'
import { type Provider, settings } from './config.ts'
import type { Context } from './context.ts'
import { knownProblems, type problem } from './http/problems.ts'
import { workOnImports } from './imports/work.ts'
import { type Keys, loadKeys, storedKeysText } from './keys.ts'
import type { Transports } from './notices/deliver.ts'
import { mailTransport } from './notices/mail.ts'
import { sendByFetch } from './notices/send.ts'
import { openRemote } from './remote.ts'
import { runScheduledWork } from './scheduled.ts'
import { newTally, type Tally } from './tally.ts'
import { writeChecks } from './usage/write-checks.ts'

type Bindings = Readonly<Record<string, unknown>>

/** The part of the Workers runtime that is used. `scheduled` runs at the times that `wrangler.toml` names. */
type Handler = {
  fetch(request: Request, bindings: Bindings, execution: ExecutionContext): Promise<Response>
  scheduled(event: { cron: string }, bindings: Bindings): Promise<void>
}

/** Of the settings, those that have a meaning here; none has a default. What is wrong is said without its value. */
const workerSettings = z.object({
  DATABASE_URL: z.url({ protocol: /^(https?|libsql)$/ }),
  DATABASE_AUTH_TOKEN: z.string().min(1),
  REGISTRY_URL: settings.shape.REGISTRY_URL.unwrap(),
  SIGNING_KEYS: storedKeysText,
  OIDC_PROVIDERS: settings.shape.OIDC_PROVIDERS,
  MAIL_URL: settings.shape.MAIL_URL,
  MAIL_TOKEN: settings.shape.MAIL_TOKEN,
  MAIL_FROM: settings.shape.MAIL_FROM,
  SECURITY_CONTACT: settings.shape.SECURITY_CONTACT,
})

type Isolate = {
  databaseUrl: string
  databaseAuthToken: string
  registryUrl: string
  keys: Keys
  providers: readonly Provider[]
  securityContact: string | undefined
  transports: Transports
}

/** Kept between requests, so nothing in it does I/O: the runtime forbids one request to wake another. */
let isolate: Isolate | undefined

const app = createApp(async (c) => {
  const made = await platform(z.record(z.string(), z.unknown()).parse(c.env))
  let woken = false
  return {
    ...made,
    tally: tallyBeside(c.env, (work) => c.executionCtx.waitUntil(work)),
    wake() {
      if (woken) return
      woken = true
      c.executionCtx.waitUntil(importBeside(c.env))
    },
  }
})

/** A few steps of imports after the answer is sent; whoever looks again, and the scheduled work, do the next ones. */
async function importBeside(bindings: unknown): Promise<void> {
  const made = await platform(z.record(z.string(), z.unknown()).parse(bindings))
  const moment = () => ({ ...made, now: new Date(), actor: { kind: 'registry' }, requestId: v7() }) as const
  await workOnImports(moment, (done) => done < importStepsMax).catch((error: unknown) => {
    console.error(JSON.stringify({ fault: `import: ${error instanceof Error ? error.message : 'unknown'}` }))
  })
}

/** Beside one request, within its CPU time. */
const importStepsMax = 8

/** Of this isolate; requests only add to it, and it does no I/O. */
const tally = newTally()
let willWrite = false
/** Checks of so long go into one write; `waitUntil` gives 30 seconds after an answer. */
const tallyMilliseconds = 5000

/** The first request that counts since the last write also sees to the next one, after its answer is sent. */
function tallyBeside(bindings: unknown, waitUntil: (work: Promise<void>) => void): Tally {
  return {
    ...tally,
    add(patentId, on) {
      tally.add(patentId, on)
      if (willWrite) return
      willWrite = true
      waitUntil(writeBeside(bindings))
    },
  }
}

async function writeBeside(bindings: unknown): Promise<void> {
  try {
    await new Promise((resolve) => setTimeout(resolve, tallyMilliseconds))
    willWrite = false
    const { db } = await platform(z.record(z.string(), z.unknown()).parse(bindings))
    await writeChecks({ db, tally })
  } catch (error) {
    console.error(JSON.stringify({ fault: `counts: ${error instanceof Error ? error.message : 'unknown'}` }))
  } finally {
    willWrite = false
  }
}

export default {
  async fetch(request, bindings, execution) {
    try {
      await open(bindings)
    } catch (error) {
      return misconfigured(request, error)
    }
    return app.fetch(request, bindings, execution)
  },

  async scheduled({ cron }, bindings) {
    const ctx = { ...(await platform(bindings)), actor: { kind: 'registry' }, requestId: v7() } as const
    const done = await runScheduledWork(ctx, (await open(bindings)).transports)
    console.log(JSON.stringify({ requestId: ctx.requestId, cron, ...done }))
  },
} satisfies Handler

/** One database client for each request: it queues its calls, and a queued call would be woken by another request. */
async function platform(bindings: Bindings): Promise<Omit<Context, 'actor' | 'requestId'>> {
  const { databaseUrl, databaseAuthToken, registryUrl, keys, providers, securityContact } = await open(bindings)
  return {
    db: openRemote(databaseUrl, databaseAuthToken),
    keys,
    registryUrl,
    providers,
    securityContact,
    now: new Date(),
    newId: () => v7(),
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  }
}

/** Requests that arrive before the keys are loaded load them each for itself, so that none waits for another. */
async function open(bindings: Bindings): Promise<Isolate> {
  if (isolate) return isolate
  const parsed = workerSettings.parse(bindings)
  isolate = {
    databaseUrl: parsed.DATABASE_URL,
    databaseAuthToken: parsed.DATABASE_AUTH_TOKEN,
    registryUrl: parsed.REGISTRY_URL,
    keys: await loadKeys(parsed.SIGNING_KEYS),
    providers: parsed.OIDC_PROVIDERS,
    securityContact: parsed.SECURITY_CONTACT,
    transports: { send: sendByFetch, ...mailTransport(parsed) },
  }
  return isolate
}

/** The operator's log names the settings that are wrong; the caller hears only that the registry is not ready. */
function misconfigured(request: Request, error: unknown): Response {
  const requestId = v7()
  const fault = error instanceof z.ZodError ? z.prettifyError(error) : 'the signing keys cannot be loaded'
  console.error(JSON.stringify({ requestId, fault: `settings: ${fault}` }))
  const { status, title } = knownProblems.unavailable
  const answer: z.infer<typeof problem> = {
    type: new URL('/problems/unavailable', request.url).href,
    title: title.en,
    status,
    detail: 'The registry is not set up completely.',
    code: 'unavailable',
    requestId,
  }
  return Response.json(answer, {
    status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', 'Retry-After': '60' },
  })
}
