import { expect, test } from 'vitest'
import { checkResult } from '../../src/check/check.ts'
import { declarationOf, enrolled, research } from '../support/opening.ts'
import { openLocalRegistry } from '../support/registry.ts'

test('an answer in memory is never older than the last write, nor of another day', async () => {
  const registry = await openLocalRegistry()
  const holder = await registry.organisation()
  const officer = await registry.member(holder.id)
  const { number } = await enrolled(officer, [holder], {
    expires: { on: '2026-11-21', source: 'J-PlatPat', seenOn: '2026-11-01' },
  })
  const ask = async () =>
    (await registry.anonymous.get(`/v1/check?${new URLSearchParams({ number, ...research })}`)).as(checkResult).verdict
  expect([await ask(), await ask()]).toEqual(['ask', 'ask'])
  await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))
  expect([await ask(), await ask()]).toEqual(['allowed', 'allowed'])
  registry.clock.now = new Date('2026-11-22T09:00:00.000Z')
  expect([await ask(), await ask()]).toEqual(['not_needed', 'not_needed'])
})
