import { z } from '@hono/zod-openapi'
import { RegistryError } from '../errors.ts'
import { fromBase64url, toBase64url } from '../log/encoding.ts'
import type { Http } from './api.ts'
import { pageSizeDefault, pageSizeMax } from './limits.ts'

export const pageQuery = {
  cursor: z
    .string()
    .max(500)
    .optional()
    .openapi({ description: '`next` of the page before; opaque.', param: { name: 'cursor', in: 'query' } }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(pageSizeMax)
    .default(pageSizeDefault)
    .openapi({ description: `Up to ${pageSizeMax}.`, param: { name: 'limit', in: 'query' } }),
}

/** The sort values of the last item shown: the page goes on behind them, whatever was added or removed before. */
export type Position = readonly (string | number | null)[]

const position = z.array(z.union([z.string(), z.number(), z.null()])).max(4)

export function encodeCursor(at: Position): string {
  return toBase64url(new TextEncoder().encode(JSON.stringify(at)))
}

export function decodeCursor(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined
  try {
    return position.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(fromBase64url(cursor))))
  } catch {
    throw new RegistryError('malformed', 'The cursor is not one of ours.', {
      faults: [{ pointer: '?cursor', code: 'invalid_cursor', detail: 'Use `next` of the page before as it is.' }],
    })
  }
}

export function page<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

/** Makes a page of up to `limit` items from `limit + 1` rows and names the next one in `Link` (RFC 8288). */
export function paged<Item>(c: Http, found: readonly Item[], limit: number, positionOf: (item: Item) => Position) {
  const items = found.slice(0, limit)
  const last = items.at(-1)
  const next = found.length > limit && last !== undefined ? encodeCursor(positionOf(last)) : null
  if (next !== null) {
    const url = new URL(c.req.url)
    url.searchParams.set('cursor', next)
    c.header('Link', `<${c.var.ctx.registryUrl}${url.pathname}${url.search}>; rel="next"`)
  }
  return { items, next }
}
