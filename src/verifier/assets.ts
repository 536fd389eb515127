import { Hono } from 'hono'
import type { Env } from '../http/api.ts'
import bundle from './bundle.json' with { type: 'json' }

/** The module for other systems. Its address stays; its fingerprint stands on the verify page. */
export const verifierAddress = '/verifier.js'
export const verifierSha256: string = bundle.verifier.sha256
/** The script of the verify page. Its address names its content, so it never changes there. */
export const pageScriptAddress = `/assets/verify.js?${bundle.page.sha256.slice(0, 16)}`

const javascript = { 'Content-Type': 'text/javascript; charset=utf-8' } as const

export const verifierAssets = new Hono<Env>()
  .get(verifierAddress, (c) => {
    const tag = `"${bundle.verifier.sha256}"`
    const kept = { ETag: tag, 'Cache-Control': 'public, max-age=300' }
    if (c.req.header('If-None-Match') === tag) return c.body(null, 304, kept)
    return c.body(bundle.verifier.code, 200, { ...javascript, ...kept })
  })
  .get('/assets/verify.js', (c) =>
    c.body(bundle.page.code, 200, { ...javascript, 'Cache-Control': 'public, max-age=31536000, immutable' }),
  )
