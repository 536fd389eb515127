import type { MiddlewareHandler } from 'hono'
import type { Env, Http } from './api.ts'

/** Pages are made of our own markup and one style sheet; nothing else may run, be framed or be fetched. */
const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const everywhere: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Link, Location, Retry-After, X-Request-Id, Idempotency-Replayed',
}
const forEvery = Object.entries(everywhere)

/**
 * A finished answer with all its headers. On Node a Response made from plain values is written without ever becoming
 * one, which a header set afterwards would undo: worth it where answers are many.
 */
export function finished(c: Http, body: Uint8Array<ArrayBuffer>, contentType: string): Response {
  c.set('finished', true)
  return new Response(body, {
    headers: { ...everywhere, 'X-Request-Id': c.var.ctx.requestId, 'Content-Type': contentType },
  })
}

/** Reading is open to every origin; no cookie is ever accepted on these routes, so `*` gives nothing away. */
export const headers: MiddlewareHandler<Env> = async (c, next) => {
  if (c.req.method === 'OPTIONS') return preflight(c.var.ctx.requestId)
  await next()
  if (c.var.finished) return undefined
  const out = c.res.headers
  for (const [name, value] of forEvery) out.set(name, value)
  out.set('X-Request-Id', c.var.ctx.requestId)
  if (out.get('Content-Type')?.startsWith('text/html')) {
    out.set('Content-Security-Policy', contentSecurityPolicy)
    out.set('X-Frame-Options', 'DENY')
  }
  return undefined
}

function preflight(requestId: string): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET, HEAD, POST, PATCH, DELETE',
      'Access-Control-Allow-Headers': 'Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Accept',
      'Access-Control-Max-Age': '86400',
      'X-Request-Id': requestId,
    },
  })
}
