import { expect, test } from 'vitest'
import { z } from 'zod'
import { scopes } from '../../src/context.ts'
import { openLocalRegistry } from '../support/registry.ts'

const operation = z.looseObject({
  operationId: z.string(),
  summary: z.string().min(1),
  tags: z.array(z.string()).min(1),
  responses: z.record(z.string(), z.unknown()),
  parameters: z.array(z.looseObject({ name: z.string(), required: z.boolean().optional() })).default([]),
})
const document = z.looseObject({
  openapi: z.literal('3.1.0'),
  servers: z.array(z.object({ url: z.string(), description: z.string() })),
  tags: z.array(z.object({ name: z.string(), description: z.string().min(1) })),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({
    schemas: z.record(z.string(), z.looseObject({ required: z.array(z.string()).optional() })),
    securitySchemes: z.looseObject({
      oauth: z.looseObject({
        flows: z.object({
          clientCredentials: z.object({ tokenUrl: z.string(), scopes: z.record(z.string(), z.string()) }),
        }),
      }),
    }),
  }),
})

async function read() {
  const registry = await openLocalRegistry()
  return { ...registry, document: (await registry.anonymous.get('/openapi.json')).as(document) }
}

test('the document names this registry, its token endpoint, and every scope', async () => {
  const { url, document } = await read()
  expect(document.servers[0]?.url).toBe(url)
  const { tokenUrl, scopes: named } = document.components.securitySchemes.oauth.flows.clientCredentials
  expect(tokenUrl).toBe(`${url}/oauth/token`)
  expect(Object.keys(named)).toEqual([...scopes])
})

test('every operation has an id of its own, a described tag, and says how it refuses', async () => {
  const { document } = await read()
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item))
  const tags = new Set(document.tags.map(({ name }) => name))
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
  for (const one of operations) {
    for (const tag of one.tags) expect(tags).toContain(tag)
    expect(
      Object.keys(one.responses).some((status) => status.startsWith('4')),
      one.operationId,
    ).toBe(true)
  }
  expect(operations.length).toBeGreaterThan(30)
})

test('a member that may be left out is not called required', async () => {
  const { document } = await read()
  expect(document.components.schemas.CheckInput?.required ?? []).toEqual([])
  const { parameters = [] } = document.paths['/v1/check']?.get ?? {}
  expect(parameters.filter(({ required }) => required).map(({ name }) => name)).toEqual(['number'])
})

test('the pages show every operation of the document', async () => {
  const { document, anonymous } = await read()
  const index = (await anonymous.get('/en/docs')).text
  for (const [path, item] of Object.entries(document.paths)) {
    expect(index).toContain(`<code>${path}</code>`)
    for (const { operationId, tags } of Object.values(item)) {
      const page = await anonymous.get(`/en/docs/${tags[0]?.toLowerCase()}`)
      expect(page.text).toContain(`id="${operationId}"`)
    }
  }
})
