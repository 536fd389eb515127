import { expect, test } from 'vitest'
import { z } from 'zod'
import { sampleNotice } from '../../src/http/language.ts'
import { markAsSample } from '../support/commons.ts'
import { openLocalRegistry } from '../support/registry.ts'

const root = z.object({ name: z.string(), notice: z.unknown().optional(), links: z.record(z.string(), z.string()) })

test('the root links to what is there, and says when it holds the sample', async () => {
  const registry = await openLocalRegistry()
  const before = (await registry.anonymous.get('/v1')).as(root)
  expect(before.notice).toBeUndefined()
  for (const link of Object.values(before.links)) {
    const { status } = await registry.anonymous.get(new URL(link).pathname)
    expect([200, 400, 405], link).toContain(status)
  }
  await markAsSample(registry)
  expect((await registry.anonymous.get('/v1')).as(root).notice).toEqual(sampleNotice)
})

test('it is ready with a database, its tables and its keys, and says which is missing', async () => {
  const registry = await openLocalRegistry()
  expect((await registry.anonymous.get('/healthz')).status).toBe(200)
  expect((await registry.anonymous.get('/readyz')).status).toBe(200)
  await registry.db.write([{ sql: 'delete from applied_migrations where position > 0', args: [] }])
  const old = await registry.anonymous.get('/readyz')
  expect([old.status, old.problem().checks]).toEqual([503, { database: true, schema: false, keys: true }])
  registry.clock.now = new Date('2020-01-01T00:00:00.000Z') // before any key is active
  expect((await registry.anonymous.get('/readyz')).problem().checks).toMatchObject({ keys: false })
  expect((await registry.anonymous.get('/healthz')).status).toBe(200)
})
