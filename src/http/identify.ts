import type { MiddlewareHandler } from 'hono'
import { actorOfToken } from '../clients/token.ts'
import type { Actor } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { sha256Hex } from '../log/canonical.ts'
import { findSession, touchSession } from '../people/queries.ts'
import { type OpenSession, sessionSeenMinutes } from '../people/session.ts'
import type { Env, Http } from './api.ts'
import { isSameOrigin, readCookie } from './session-cookie.ts'

/** Access tokens of ours are far shorter; anything longer is not worth verifying. */
const bearerCharactersMax = 4096

/** Who asks. No header is nobody; a header that does not hold is refused, never read as nobody. */
export const identify: MiddlewareHandler<Env> = async (c, next) => {
  const header = c.req.header('Authorization')
  if (c.req.path === '/oauth/token') return next()
  if (header === undefined) {
    await identifyBySession(c)
    return next()
  }
  const [scheme, token] = header.split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || token === undefined || token.length > bearerCharactersMax)
    throw new RegistryError('unauthenticated', 'Send the access token as `Authorization: Bearer …`.')
  const actor = await actorOfToken(c.var.ctx, token)
  if (!actor) throw new RegistryError('unauthenticated', 'The access token is not valid, or has expired.')
  c.set('ctx', { ...c.var.ctx, actor })
  return next()
}

/** A cookie that opens no session is nobody: sessions end, and reading goes on without one. */
export async function identifyBySession(c: Http): Promise<void> {
  if (!takesCookies(c)) return
  const id = readCookie(c, 'sid')
  if (id === undefined) return
  const { ctx } = c.var
  const session = await findSession(ctx.db.read, await sha256Hex(id), ctx.now)
  if (!session) return
  c.set('session', session)
  c.set('ctx', { ...ctx, actor: actorOf(session) })
  if (Date.parse(session.lastSeenAt) + sessionSeenMinutes * 60_000 <= ctx.now.getTime())
    await touchSession(ctx.db, session.idSha256, ctx.now.toISOString())
}

/**
 * Pages are read with the session, and changed only from our own pages. `/v1` takes it from our own pages alone, a
 * change only as JSON; so nothing that another site can make a browser send is ever a person's act.
 */
function takesCookies(c: Http): boolean {
  const { method, path } = c.req
  const reads = method === 'GET' || method === 'HEAD'
  if (path === '/v1' || path.startsWith('/v1/'))
    return isSameOrigin(c) && (reads || isJson(c.req.header('Content-Type')))
  if (machinePaths.some((prefix) => path.startsWith(prefix))) return false
  return reads || isSameOrigin(c)
}

const machinePaths = [
  '/access/',
  '/assets/',
  '/log/',
  '/oauth/',
  '/.well-known/',
  '/healthz',
  '/readyz',
  '/openapi.json',
]

function isJson(contentType: string | undefined): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json'
}

export function actorOf({ person, memberships, actingFor, actsAsSteward }: OpenSession): Actor {
  return {
    kind: 'person',
    id: person.id,
    orcid: person.orcid,
    memberships: memberships.map(({ organisationId, role, organisationApproved }) => ({
      organisationId,
      role,
      organisationApproved,
    })),
    actingFor,
    ...(actsAsSteward ? { steward: true } : {}),
  }
}
