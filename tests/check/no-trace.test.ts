import { expect, test } from 'vitest'
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
})
