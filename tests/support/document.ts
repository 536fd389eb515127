import { z } from 'zod'
import type { Registry } from './registry.ts'

const parameter = z.looseObject({
  name: z.string(),
  in: z.enum(['path', 'query', 'header', 'cookie']),
  required: z.boolean().optional(),
  schema: z.unknown(),
})
const operation = z.looseObject({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z.array(parameter).optional(),
  requestBody: z.looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.unknown() })) }).optional(),
  responses: z.record(z.string(), z.unknown()),
})
const openApiDocument = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
})

export type Operation = z.infer<typeof operation> & { method: string; path: string }
export type ApiDocument = { operations: Operation[]; schemas: Record<string, unknown> }

/** Every operation of the document that is served. */
export async function documentOf({ anonymous }: Registry): Promise<ApiDocument> {
  const { paths, components } = (await anonymous.get('/openapi.json')).as(openApiDocument)
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ ...one, method: method.toUpperCase(), path })),
  )
  return { operations, schemas: components.schemas }
}
