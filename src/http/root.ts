import { z } from '@hono/zod-openapi'
import { schemaVersion } from '../../schema/index.ts'
import type { Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { keyUses } from '../keys.ts'
import { bilingual } from '../shapes.ts'
import { api, json, problems, route } from './api.ts'
import { sampleNotice } from './language.ts'

/** Grows with `package.json`. */
export const registryVersion = '0.1.0'

const rootAnswer = z
  .object({
    name: z.string(),
    version: z.string(),
    notice: bilingual.exactOptional().openapi({ description: 'Present while the registry holds the sample.' }),
    links: z.record(z.string(), z.string()).openapi({ description: 'Where everything begins, by name.' }),
  })
  .openapi('Root', {
    example: {
      name: 'Iriai 入会',
      version: registryVersion,
      links: { check: 'https://registry.example/v1/check', terms: 'https://registry.example/v1/terms' },
    },
  })

const root = route({
  method: 'get',
  path: '/v1',
  operationId: 'readRoot',
  tags: ['Registry'],
  summary: 'What this registry is, and where everything begins',
  description: 'While the registry holds the sample, `notice` says that its declarations and grants are invented.',
  responses: { 200: json('Name, version and links.', rootAnswer) },
})

const health = route({
  method: 'get',
  path: '/healthz',
  operationId: 'readHealth',
  tags: ['Registry'],
  summary: 'Whether the process runs',
  description: 'Says nothing about the database; see `/readyz`.',
  responses: {
    200: json('It runs.', z.object({ status: z.literal('ok') }).openapi('Health', { example: { status: 'ok' } })),
  },
})

const checkNames = ['database', 'schema', 'keys'] as const
const readiness = z
  .object({ status: z.literal('ready'), checks: z.record(z.enum(checkNames), z.boolean()) })
  .openapi('Readiness', { example: { status: 'ready', checks: { database: true, schema: true, keys: true } } })

const ready = route({
  method: 'get',
  path: '/readyz',
  operationId: 'readReadiness',
  tags: ['Registry'],
  summary: 'Whether requests can be served',
  description:
    'The database answers, its tables are at least as new as this code, and there is a key for everything that is signed. Otherwise 503 with `checks`.',
  responses: { 200: json('All is well.', readiness), ...problems('unavailable') },
})

export const rootRoutes = api()
  .openapi(root, async (c) => {
    const { registryUrl } = c.var.ctx
    const sample = await c.var.sample()
    const links = Object.fromEntries(places.map(([name, path]) => [name, `${registryUrl}${path}`]))
    return c.json(
      { name: 'Iriai 入会', version: registryVersion, ...(sample ? { notice: sampleNotice } : {}), links },
      200,
    )
  })
  .openapi(health, (c) => c.json({ status: 'ok' as const }, 200, { 'Cache-Control': 'no-store' }))
  .openapi(ready, async (c) => {
    const checks = await readinessOf(c.var.ctx)
    if (checkNames.some((name) => !checks[name]))
      throw new RegistryError('unavailable', 'The registry is not ready.', { extra: { checks } })
    return c.json({ status: 'ready' as const, checks }, 200, { 'Cache-Control': 'no-store' })
  })

const places: readonly (readonly [string, string])[] = [
  ['check', '/v1/check'],
  ['numbers', '/v1/numbers'],
  ['patents', '/v1/patents'],
  ['map', '/v1/map'],
  ['fields', '/v1/fields'],
  ['areas', '/v1/areas'],
  ['changes', '/v1/changes'],
  ['dump', '/v1/dump'],
  ['harvest', '/oai?verb=Identify'],
  ['terms', '/v1/terms'],
  ['organisations', '/v1/organisations'],
  ['token', '/oauth/token'],
  ['keys', '/.well-known/jwks.json'],
  ['authorization', '/.well-known/oauth-authorization-server'],
  ['decisions', '/.well-known/authzen-configuration'],
  ['log', '/log/checkpoint'],
  ['openapi', '/openapi.json'],
  ['docs', '/docs'],
  ['problems', '/problems'],
  ['site', '/'],
]

async function readinessOf(ctx: Context): Promise<Record<(typeof checkNames)[number], boolean>> {
  const applied = await appliedMigrations(ctx)
  return { database: applied !== undefined, schema: (applied ?? 0) >= schemaVersion, keys: canSign(ctx) }
}

/** How many migrations the database has seen; undefined when it does not answer. */
async function appliedMigrations(ctx: Context): Promise<number | undefined> {
  try {
    const [row] = await ctx.db.read.rows('select count(*) from applied_migrations', [])
    return Number(row?.[0] ?? 0)
  } catch {
    return undefined
  }
}

function canSign({ keys, now }: Context): boolean {
  try {
    return keyUses.every((use) => keys.signing(use, now).kid !== '')
  } catch {
    return false
  }
}
