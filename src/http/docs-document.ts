import { z } from 'zod'
import type { ApiDocument } from './openapi.ts'

/** The parts of an OpenAPI document that the pages of `/docs` show; everything else passes by. */
const named = z.object({ $ref: z.string() })
const schemaShape = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  description: z.string().optional(),
  example: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  get properties() {
    return z.record(z.string(), schemaShape).optional()
  },
  required: z.array(z.string()).optional(),
  get items() {
    return schemaShape.optional()
  },
})
export type Schema = z.infer<typeof schemaShape>

const media = z.looseObject({ schema: schemaShape.optional(), example: z.unknown().optional() })
const contents = z.record(z.string(), media)

const operationShape = z.looseObject({
  operationId: z.string(),
  summary: z.string().default(''),
  description: z.string().optional(),
  tags: z.array(z.string()).default([]),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.string(),
        required: z.boolean().optional(),
        description: z.string().optional(),
        example: z.unknown().optional(),
        schema: schemaShape.optional(),
      }),
    )
    .default([]),
  requestBody: z.looseObject({ content: contents }).optional(),
  responses: z.record(
    z.string(),
    z.union([named, z.looseObject({ description: z.string(), content: contents.optional() })]),
  ),
})

export type Operation = z.infer<typeof operationShape> & { method: string; path: string }
export type Tag = { name: string; slug: string; description: string; operations: readonly Operation[] }
export type Docs = { tags: readonly Tag[]; resolve(schema: Schema | undefined): Schema | undefined }

const documentShape = z.looseObject({
  tags: z.array(z.looseObject({ name: z.string(), description: z.string().optional() })),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.looseObject({ schemas: z.record(z.string(), schemaShape).default({}) }),
})

const methods = ['get', 'post', 'patch', 'put', 'delete'] as const

/** The document cut by tag, in the order of its tags. */
export function readDocument(document: ApiDocument): Docs {
  const { tags, paths, components } = documentShape.parse(document)
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) =>
      item[method] === undefined ? [] : [{ ...operationShape.parse(item[method]), method: method.toUpperCase(), path }],
    ),
  )
  return {
    tags: tags.map(({ name, description = '' }) => ({
      name,
      slug: name.toLowerCase().replaceAll(' ', '-'),
      description,
      operations: operations.filter((operation) => operation.tags[0] === name),
    })),
    resolve: (schema) => {
      const name = schema?.$ref?.split('/').at(-1)
      return name === undefined ? schema : components.schemas[name]
    },
  }
}

/** The example of a body: its own, or that of its schema. */
export function exampleOf(docs: Docs, body: z.infer<typeof media> | undefined): unknown {
  return body?.example ?? docs.resolve(body?.schema)?.example
}

/** `string`, `array of PatentLine`, `"on" | "with"`: a type in a few characters. */
export function typeName(schema: Schema | undefined): string {
  if (schema === undefined) return ''
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1) ?? ''
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type ?? '')
  return type === 'array' && schema.items !== undefined ? `array of ${typeName(schema.items)}` : type
}

/** A line for the shell that asks exactly this, with the examples filled in. */
export function curlLine(docs: Docs, operation: Operation, registryUrl: string): string {
  const given = (name: string) => {
    const parameter = operation.parameters.find((one) => one.name === name)
    const example = parameter?.example ?? parameter?.schema?.example
    return example === undefined ? `{${name}}` : encodeURIComponent(String(example))
  }
  const path = operation.path.replaceAll(/\{([A-Za-z_]{1,40})\}/g, (_, name) => given(name))
  const query = operation.parameters
    .filter(({ in: place, required }) => place === 'query' && required === true)
    .map(({ name }) => `${name}=${given(name)}`)
  const [type, body] = Object.entries(operation.requestBody?.content ?? {})[0] ?? []
  const example = exampleOf(docs, body)
  const schemes = (operation.security ?? []).flatMap((one) => Object.keys(one))
  const data = typeof example === 'object' ? JSON.stringify(example) : '…'
  const form = type === 'application/x-www-form-urlencoded' || type === 'multipart/form-data'
  return [
    'curl -s',
    operation.method === 'GET' || (form && type !== 'multipart/form-data') ? '' : `-X ${operation.method}`,
    schemes.includes('oauth') ? "-H 'Authorization: Bearer '$TOKEN" : '',
    schemes.includes('client') ? '-u "$CLIENT_ID:$CLIENT_SECRET"' : '',
    type === 'application/json' ? `-H 'Content-Type: application/json' -d '${data.replaceAll("'", "'\\''")}'` : '',
    type === 'application/x-www-form-urlencoded' ? `-d '${formOf(example)}'` : '',
    type === 'multipart/form-data' ? '-F file=@patents.csv' : '',
    `'${registryUrl}${path}${query.length === 0 ? '' : `?${query.join('&')}`}'`,
  ]
    .filter((part) => part !== '')
    .join(' ')
}

function formOf(example: unknown): string {
  const members = z.record(z.string(), z.string()).safeParse(example)
  return members.success ? String(new URLSearchParams(members.data)) : 'grant_type=client_credentials'
}
