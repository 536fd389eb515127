import { Hono } from 'hono'
import type { Env } from './api.ts'
import { style } from './style.ts'

/** The style sheet. Its address names its content, so it never changes there. */
export const assetRoutes = new Hono<Env>().get('/assets/site.css', (c) =>
  c.body(style, 200, {
    'Content-Type': 'text/css; charset=utf-8',
    'Cache-Control': 'public, max-age=31536000, immutable',
  }),
)
