import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { pinnedFingerprints, termsId } from '../../policies/terms.ts'
import { createApp } from '../../src/app.ts'
import { describeApi } from '../../src/http/openapi.ts'
import { sha256Hex } from '../../src/log/canonical.ts'
import { recordText } from '../../src/log/commit.ts'

const media = z.looseObject({ schema: z.looseObject({ $ref: z.string().optional() }), example: z.unknown().optional() })
const body = z.looseObject({ content: z.record(z.string(), media).default({}) })
const operation = z.looseObject({
  operationId: z.string(),
  summary: z.string().optional(),
  description: z.string().optional(),
  tags: z.array(z.string()).optional(),
  requestBody: body.optional(),
  responses: z.record(z.string(), body),
})
const document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({ schemas: z.record(z.string(), z.looseObject({ example: z.unknown().optional() })) }),
})

const zodSchema = z.instanceof(z.ZodType)
const parsing = z.looseObject({ content: z.record(z.string(), z.looseObject({ schema: zodSchema })).default({}) })
const route = z.looseObject({
  operationId: z.string(),
  request: z.looseObject({ body: parsing.optional() }).default({}),
  responses: z.record(z.string(), z.unknown()),
})

const app = createApp(() => Promise.reject(new Error('the document needs no request')))
const described = document.parse(describeApi(app, 'https://registry.example'))
const operations = Object.values(described.paths).flatMap((item) => Object.values(item))
/** With the schemas that the routes themselves parse and are typed by. */
const routes = new Map(
  app.openAPIRegistry.definitions
    .flatMap((one) => (one.type === 'route' ? [route.parse(one.route)] : []))
    .map((one) => [one.operationId, one]),
)

/** The example of a body: its own, or that of its schema. */
function exampleOf({ example, schema }: z.infer<typeof media>): unknown {
  return example ?? described.components.schemas[schema.$ref?.split('/').at(-1) ?? '']?.example ?? schema.example
}

type Shown = { example: unknown; schema: z.ZodType }

function bodyOf({ operationId, requestBody }: z.infer<typeof operation>): Shown | undefined {
  const [[type, documented] = []] = Object.entries(requestBody?.content ?? {})
  const schema = routes.get(operationId)?.request.body?.content[type ?? '']?.schema
  return documented && schema && { example: exampleOf(documented), schema }
}

function answersOf({ operationId, responses }: z.infer<typeof operation>): Shown[] {
  return Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([status, { content }]) => {
      const schemas = parsing.parse(routes.get(operationId)?.responses[status]).content
      return Object.entries(content)
        .filter(([type]) => type !== 'application/octet-stream')
        .map(([type, documented]) => ({
          example: exampleOf(documented),
          schema: zodSchema.parse(schemas[type]?.schema),
        }))
    })
}

test('every operation of the document is a route that is looked at here', () => {
  expect(operations.length).toBeGreaterThan(40)
  expect(operations.map(({ operationId }) => operationId).sort()).toEqual([...routes.keys()].sort())
  expect(operations.flatMap((one) => bodyOf(one) ?? []).length).toBeGreaterThan(15)
  expect(operations.flatMap(answersOf).length).toBeGreaterThan(40)
})

describe.each(operations.map((one) => [one.operationId, one] as const))('%s', (_, one) => {
  test('has a summary, a description of its own and a tag', () => {
    expect(one.summary).toMatch(/\S/)
    expect(one.description?.length).toBeGreaterThan(30)
    expect(one.description).not.toBe(one.summary)
    expect(one.tags).toHaveLength(1)
  })

  test('shows an answer that is complete and holds nothing that is not documented', () => {
    for (const { example, schema } of answersOf(one)) {
      expect(example).toBeDefined()
      expect(schema.parse(example)).toEqual(example)
    }
  })

  if (one.requestBody !== undefined)
    test('shows a body that it accepts', () => {
      const { example, schema } = bodyOf(one) ?? {}
      expect(example).toBeDefined()
      expect(schema?.safeParse(example).error).toBeUndefined()
    })
})

test('the terms in the examples carry their published fingerprints', () => {
  const examples = operations.flatMap((one) => [...answersOf(one), ...[bodyOf(one) ?? []].flat()])
  const carried = examples.flatMap(({ example }) => fingerprintsIn(example))
  expect(carried.length).toBeGreaterThan(10)
  for (const [id, sha256] of carried) expect([id, sha256]).toEqual([id, pinnedFingerprints[id]])
})

const named = z.union([
  z.looseObject({ id: termsId, sha256: z.string() }).transform(({ id, sha256 }) => [id, sha256] as const),
  z
    .looseObject({ termsId, termsSha256: z.string() })
    .transform(({ termsId: id, termsSha256 }) => [id, termsSha256] as const),
])

function fingerprintsIn(value: unknown): (readonly [z.infer<typeof termsId>, string])[] {
  if (typeof value !== 'object' || value === null) return []
  const own = named.safeParse(value)
  return [...(own.success ? [own.data] : []), ...Object.values(value).flatMap(fingerprintsIn)]
}

const leafShape = z.string().transform((text) => z.looseObject({ digest: z.string() }).parse(JSON.parse(text)))

test('the digests in the examples of log entries are those of their records', async () => {
  const { LogEntry, Grant } = described.components.schemas
  const entry = z.object({ leaf: leafShape, salt: z.string(), record: z.unknown() }).parse(LogEntry?.example)
  expect(entry.leaf.digest).toBe(await sha256Hex(entry.salt + recordText(entry.record)))
  const granted = z
    .object({ log: z.object({ leaf: leafShape, salt: z.string(), record: z.string() }) })
    .parse(Grant?.example).log
  expect(granted.leaf.digest).toBe(await sha256Hex(granted.salt + granted.record))
})

test('the example of a declaration has the digest of its numbers', async () => {
  const { patents } = z
    .object({ patents: z.object({ sha256: z.string(), numbers: z.array(z.string()) }) })
    .parse(described.components.schemas.Declaration?.example)
  expect(patents.sha256).toBe(await sha256Hex(patents.numbers.map((number) => `${number}\n`).join('')))
})
