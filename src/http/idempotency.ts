import { and, eq } from 'drizzle-orm'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import * as schema from '../../schema/index.ts'
import { actorId, type Context, type IdempotentRequest } from '../context.ts'
import { DatabaseError } from '../database.ts'
import { RegistryError } from '../errors.ts'
import { sha256Hex } from '../log/canonical.ts'
import type { Http } from './api.ts'
import { idempotencyKeyCharactersMax } from './limits.ts'

/**
 * Runs a use case that creates something at most once per Idempotency-Key and caller
 * (draft-ietf-httpapi-idempotency-key-header). The outcome is written with the act itself, so a repeated request is
 * answered alike after a crash too; the same key with another request is refused.
 */
export async function once<Answer, Status extends ContentfulStatusCode>(
  c: Http,
  status: Status,
  run: (ctx: Context) => Promise<Answer>,
) {
  return c.json(await onceOnly(c, run), status)
}

/** As `once`, for a route that shows more than the act's own answer. */
export async function onceOnly<Answer>(c: Http, run: (ctx: Context) => Promise<Answer>): Promise<Answer> {
  const { ctx } = c.var
  const key = c.req.header('Idempotency-Key')
  if (key === undefined || ctx.actor.kind === 'anonymous') return run(ctx)
  if (key.length === 0 || key.length > idempotencyKeyCharactersMax)
    throw new RegistryError('malformed', `An Idempotency-Key has 1 to ${idempotencyKeyCharactersMax} characters.`)
  const requestSha256 = await sha256Hex(`${c.req.method} ${c.req.path}\n${await c.req.text()}`)
  const request = { principal: actorId(ctx.actor), key, requestSha256 }
  const { answer, repeated } = await onceAs(ctx, request, run)
  if (repeated) c.header('Idempotency-Replayed', 'true')
  return answer
}

/** The same for a request that carries its key otherwise: a form of our own pages. */
export async function onceAs<Answer>(
  ctx: Context,
  request: IdempotentRequest,
  run: (ctx: Context) => Promise<Answer>,
): Promise<{ answer: Answer; repeated: boolean }> {
  const before = await replay<Answer>(ctx, request)
  if (before) return { ...before, repeated: true }
  try {
    return { answer: await run({ ...ctx, idempotent: request }), repeated: false }
  } catch (error) {
    if (!lostARace(error)) throw error
    const other = await replay<Answer>(ctx, request)
    if (!other) throw error
    return { ...other, repeated: true }
  }
}

/** The same key sent twice at once: one write wins, the other finds its row. */
function lostARace(error: unknown): boolean {
  return error instanceof DatabaseError || error instanceof RegistryError
}

async function replay<Answer>(ctx: Context, request: IdempotentRequest): Promise<{ answer: Answer } | undefined> {
  const { idempotentRequests: table } = schema
  const [row] = await ctx.db.read
    .select()
    .from(table)
    .where(and(eq(table.principal, request.principal), eq(table.key, request.key)))
  if (!row || row.expiresAt <= ctx.now.toISOString()) return undefined
  if (row.requestSha256 !== request.requestSha256)
    throw new RegistryError('idempotency_mismatch', 'This Idempotency-Key came with another request before.')
  if (row.answer === null)
    throw new RegistryError('idempotency_spent', 'This request was carried out; its answer held a secret.')
  return { answer: JSON.parse(row.answer) }
}
