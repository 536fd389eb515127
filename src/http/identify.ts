import type { MiddlewareHandler } from 'hono'
import { actorOfToken } from '../clients/token.ts'
import { RegistryError } from '../errors.ts'
import type { Env } from './api.ts'

/** Access tokens of ours are far shorter; anything longer is not worth verifying. */
const bearerCharactersMax = 4096

/** Who asks. No header is nobody; a header that does not hold is refused, never read as nobody. */
export const identify: MiddlewareHandler<Env> = async (c, next) => {
  const header = c.req.header('Authorization')
  if (header === undefined || c.req.path === '/oauth/token') return next()
  const [scheme, token] = header.split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || token === undefined || token.length > bearerCharactersMax)
    throw new RegistryError('unauthenticated', 'Send the access token as `Authorization: Bearer …`.')
  const actor = await actorOfToken(c.var.ctx, token)
  if (!actor) throw new RegistryError('unauthenticated', 'The access token is not valid, or has expired.')
  c.set('ctx', { ...c.var.ctx, actor })
  return next()
}
