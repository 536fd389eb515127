import { expect, test } from 'vitest'
import { runScheduledWork } from '../src/scheduled.ts'
import { openHolders } from './support/holders.ts'
import { patentOf } from './support/patents.ts'

const transports = { send: async () => ({ status: 204 }) }

test('a part of the scheduled work that fails is told of and keeps no other from its work', async () => {
  const { db, context } = await openHolders()
  await db.write([
    { sql: 'drop table organisation_leavings', args: [] },
    { sql: "insert into idempotent_requests values ('x', 'y', 'z', null, '2026-01-01T00:00:00.000Z')", args: [] },
  ])
  await expect(runScheduledWork(context(), transports)).rejects.toThrow('“leaving” failed')
  expect(await db.read.rows('select count(*) from idempotent_requests', [])).toEqual([[0]])
})

test('what an Idempotency-Key brought back is forgotten once it means nothing any more', async () => {
  const { db, context, clock, kyoto } = await openHolders()
  const headers = { 'Idempotency-Key': 'one' }
  const post = () =>
    kyoto.officer.post('/v1/patents', patentOf([kyoto.organisation], { title: { en: 'One' } }), headers)
  expect((await post()).status).toBe(201)
  const kept = () => db.read.rows('select count(*) from idempotent_requests', [])
  await runScheduledWork(context(), transports)
  expect(await kept()).toEqual([[1]])
  clock.now = new Date(clock.now.getTime() + 25 * 3_600_000)
  expect(await runScheduledWork(context(), transports)).toMatchObject({ forgotten: 1 })
  expect(await kept()).toEqual([[0]])
})
