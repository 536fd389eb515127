import { expect, test } from 'vitest'
import { writeChecks } from '../../src/usage/write-checks.ts'
import { dumpState } from '../support/check-registry.ts'
import { granted, grantOf, numbersOf, opened, research, verified } from '../support/opening.ts'
import { openLocalRegistry } from '../support/registry.ts'

test('asking leaves no record of who asked what', async () => {
  const registry = await openLocalRegistry()
  const { officer, patents } = await opened(registry, 'RPC-OPEN-1.0', { count: 2 })
  const { token, id } = await granted(officer, grantOf(numbersOf(patents), ['RPC-OPEN-1.0']))
  const [number = ''] = numbersOf(patents)
  const before = await dumpState(registry)
  for (const caller of [registry.anonymous, officer]) {
    const query = new URLSearchParams({ number, ...research })
    const asked = [
      await caller.get(`/v1/check?${query}`),
      await caller.post('/v1/check', { numbers: numbersOf(patents), ...research }),
      await caller.post('/v1/check', { text: `see ${number}`, ...research }, { 'Idempotency-Key': 'k' }),
      await caller.post('/access/v1/evaluation', {
        subject: { type: 'person', id: 'hanako@example.org' },
        action: { name: 'basic_research' },
        resource: { type: 'patent', id: number },
      }),
      await caller.get(`/v1/patents/${number}`),
      await caller.get('/v1/patents?q=battery'),
      await caller.post('/v1/numbers', { inputs: [number] }),
      await caller.get(`/v1/grants/${id}`),
      await caller.get('/v1/status-lists/0'),
    ]
    expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 200))
  }
  expect((await verified(registry, token)).valid).toBe(true)
  expect(await dumpState(registry)).toBe(before)
  // What is counted says which patent, in which month and how often: nothing of who, nor of when.
  expect(await writeChecks(registry.context())).toBe(2)
  const rows = await registry.db.read.rows('select * from check_counts order by checks', [])
  expect(rows.map((row) => row.slice(1).map(String))).toEqual([
    ['2026-11', '2'],
    ['2026-11', '8'],
  ])
  await registry.db.write([{ sql: 'delete from check_counts', args: [] }])
  expect(await dumpState(registry)).toBe(before)
})
