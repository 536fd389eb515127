import { z } from '@hono/zod-openapi'

/**
 * Runs `make` while members that are `.exactOptional()` say that they may be absent. The OpenAPI generator asks each member
 * to parse `undefined`, which an exact optional refuses: it may be left out, but not be undefined. In JSON there is no
 * difference, and without this the document would call every such member required.
 */
export function withExactOptionals<Made>(definitions: readonly unknown[], make: () => Made): Made {
  const found = exactOptionalsIn(definitions)
  const restore = found.map((schema) => {
    const { safeParse } = schema
    schema.safeParse = (given, ...rest) =>
      given === undefined ? { success: true, data: undefined } : safeParse.call(schema, given, ...rest)
    return () => {
      schema.safeParse = safeParse
    }
  })
  try {
    return make()
  } finally {
    for (const undo of restore) undo()
  }
}

/** Every exact optional within reach of the definitions: routes, bodies, parameters, and schemas inside of schemas. */
function exactOptionalsIn(definitions: readonly unknown[]): z.ZodExactOptional[] {
  const seen = new Set<unknown>()
  const found: z.ZodExactOptional[] = []
  const waiting: unknown[] = [...definitions]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (typeof next !== 'object' || next === null || seen.has(next)) continue
    seen.add(next)
    if (next instanceof z.ZodExactOptional) found.push(next)
    waiting.push(...Object.values(next instanceof z.ZodType ? next.def : next))
  }
  return found
}
