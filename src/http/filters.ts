import type { z } from '@hono/zod-openapi'
import { RegistryError } from '../errors.ts'

/**
 * The filters of a page, as its form sends them: an input that was left empty says nothing.
 * @throws malformed, naming what cannot be read
 */
export function readFilters<Shape extends z.ZodType>(
  shape: Shape,
  sent: Readonly<Record<string, string>>,
): z.infer<Shape> {
  const given = Object.entries(sent)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([, value]) => value !== '')
  const read = shape.safeParse(Object.fromEntries(given))
  if (read.success) return read.data
  throw new RegistryError('malformed', 'A filter is not one of those offered.', {
    faults: read.error.issues.map(({ path, code, message }) => ({
      pointer: `?${String(path[0])}`,
      code,
      detail: message,
    })),
  })
}
