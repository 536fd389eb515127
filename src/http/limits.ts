import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { RegistryError } from '../errors.ts'

/** A request body: 1,000 numbers of the longest kind with room to spare. Larger files will come in by upload. */
export const bodyBytesMax = 1024 * 1024
/** One check, one grant, one number list: what one answer can carry within a Worker's CPU time. */
export const numbersPerCallMax = 1000
/** One page of a list. */
export const pageSizeMax = 100
export const pageSizeDefault = 50
/** An Idempotency-Key is a caller's id, a UUID or the like. */
export const idempotencyKeyCharactersMax = 255
/** Longer addresses are no number, cursor or filter of ours. */
const urlCharactersMax = 8192

export const limitBody: MiddlewareHandler = bodyLimit({
  maxSize: bodyBytesMax,
  onError: () => {
    throw new RegistryError('too_large', `A request body may have up to ${bodyBytesMax} bytes.`)
  },
})

export const limitUrl: MiddlewareHandler = async (c, next) => {
  if (c.req.url.length > urlCharactersMax)
    throw new RegistryError('too_large', `A URL may have up to ${urlCharactersMax} characters.`)
  await next()
}
