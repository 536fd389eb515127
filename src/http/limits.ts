import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { RegistryError } from '../errors.ts'
import type { Env, Http } from './api.ts'
import { languageOf } from './language.ts'
import { readAway } from './read-away.ts'

/** A request body: 1,000 numbers of the longest kind with room to spare. Larger files will come in by upload. */
export const bodyBytesMax = 1024 * 1024
/** One page of a list. */
export const pageSizeMax = 100
export const pageSizeDefault = 50
/** An Idempotency-Key is a caller's id, a UUID or the like. */
export const idempotencyKeyCharactersMax = 255
/** Longer addresses are no number, cursor or filter of ours. */
const urlCharactersMax = 8192

/** A file to import, and what a form puts around it. The one route that takes more reads it as it comes. */
export const uploadBytesMax = 101 * 1024 * 1024
const uploadPaths: ReadonlySet<string> = new Set(['/v1/imports', '/ja/desk/imports', '/en/desk/imports'])
/** What a person may paste into a form by mistake: it is read away, so that the browser shows the page that says so. */
const formReadAwayMax = 32 * 1024 * 1024

function isUpload(method: string, path: string): boolean {
  return method === 'POST' && uploadPaths.has(path)
}

/** Counts what arrives where no length is declared. A declared length is enforced by the server that reads the request. */
const limitUndeclared = bodyLimit({ maxSize: bodyBytesMax, onError: () => refuseBody() })

/** Only a body of unknown length is looked at here: to touch it makes Node build a whole `Request`, which costs more than a check. */
export const limitBody: MiddlewareHandler<Env> = async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
  const length = c.req.header('Content-Length')
  if (isUpload(c.req.method, c.req.path)) {
    // The page of uploads looks by itself, to answer with itself.
    if (length !== undefined && Number(length) > uploadBytesMax && !isPage(c)) refuseBody(uploadBytesMax)
    return next()
  }
  if (length === undefined || c.req.header('Transfer-Encoding') !== undefined) return limitUndeclared(c, next)
  if (Number(length) <= bodyBytesMax) return next()
  if (isPage(c)) await readAway(c.req.raw.body, formReadAwayMax)
  refuseBody()
}

function refuseBody(bytesMax: number = bodyBytesMax): never {
  throw new RegistryError('too_large', `A request body may have up to ${bytesMax} bytes.`, { extra: { bytesMax } })
}

/** Whether the address is one of the pages, at which a browser's forms arrive. */
export function isPage(c: Http): boolean {
  return languageOf(c).named
}

export const limitUrl: MiddlewareHandler = async (c, next) => {
  if (c.req.url.length > urlCharactersMax)
    throw new RegistryError('too_large', `A URL may have up to ${urlCharactersMax} characters.`)
  await next()
}
