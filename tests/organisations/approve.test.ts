import { expect, test } from 'vitest'
import { checkResult } from '../../src/check/check.ts'
import { organisation } from '../../src/organisations/organisation.ts'
import { checkRegistry } from '../support/check-registry.ts'
import { codes, declarationOf, granted, grantOf, numbersOf, opened, research, verified } from '../support/opening.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

async function becomes(registry: LocalRegistry, id: string, state: string): Promise<void> {
  ;(await registry.steward.post(`/v1/organisations/${id}/approval`, { state })).as(organisation)
}

test('from the day of a suspension until it is lifted no new use begins, and what was granted before stays', async () => {
  const registry = await openLocalRegistry()
  const { holder, patents } = await opened(registry, 'RPC-OPEN-1.0')
  const [number = ''] = numbersOf(patents)
  const osaka = await registry.organisation()
  const officer = await registry.member(osaka.id)
  const { token } = await granted(officer, grantOf([number], ['RPC-OPEN-1.0']))
  const on = async (day?: string) => {
    const query = new URLSearchParams({ number, ...research, ...(day === undefined ? {} : { on: day }) })
    const { verdict, reasons } = (await registry.anonymous.get(`/v1/check?${query}`)).as(checkResult)
    return [verdict, codes([...reasons]).includes('holder_suspended')]
  }

  registry.clock.now = new Date('2026-12-10T12:00:00Z')
  await becomes(registry, holder.id, 'suspended')
  expect(await on()).toEqual(['ask', true])
  expect(await on('2026-12-10')).toEqual(['ask', true])
  expect(await on('2026-12-09')).toEqual(['allowed', false])
  expect((await verified(registry, token)).valid).toBe(true)
  const refused = await officer.post('/v1/grants', grantOf([number], ['RPC-OPEN-1.0']))
  expect(refused.problem()).toMatchObject({ code: 'nothing_covered', leftOut: [{ verdict: 'ask' }] })

  registry.clock.now = new Date('2026-12-20T12:00:00Z')
  await becomes(registry, holder.id, 'approved')
  expect(await on()).toEqual(['allowed', false])
  expect(await on('2026-12-19')).toEqual(['ask', true])
  expect(await on('2026-12-20')).toEqual(['allowed', false])
  expect((await granted(officer, grantOf([number], ['RPC-OPEN-1.0']))).covered).toHaveLength(1)

  registry.clock.now = new Date('2027-01-05T12:00:00Z')
  await becomes(registry, holder.id, 'suspended')
  registry.clock.now = new Date('2027-01-08T12:00:00Z')
  await becomes(registry, holder.id, 'left')
  expect(await on()).toEqual(['ask', true])
  expect(await on('2027-01-06')).toEqual(['ask', true])
  expect(await on('2026-12-19')).toEqual(['ask', true])
  expect(await on('2027-01-04')).toEqual(['allowed', false])
  await checkRegistry(registry)
})

test('a suspension that is lifted on its own day leaves no day without permission', async () => {
  const registry = await openLocalRegistry()
  const { holder, patents } = await opened(registry, 'RPC-OPEN-1.0')
  for (const state of ['suspended', 'approved', 'suspended', 'approved']) await becomes(registry, holder.id, state)
  const query = new URLSearchParams({ number: patents[0]?.number ?? '', ...research })
  expect((await registry.anonymous.get(`/v1/check?${query}`)).as(checkResult).verdict).toBe('allowed')
})

test('what an organisation has open is counted by the day: notice, start and end', async () => {
  const registry = await openLocalRegistry()
  const { holder, officer, patents, declaration } = await opened(registry, 'RPC-OPEN-1.0', { count: 2 })
  const [number = ''] = numbersOf(patents)
  const period = { from: '2026-12-01', until: '2026-12-31' }
  const made = await officer.post('/v1/declarations', declarationOf('RPC-ACADEMIC-1.0', [number], period))
  expect(made.status).toBe(201)
  const opens = async (day: string) => {
    registry.clock.now = new Date(`${day}T00:00:00Z`)
    return (await registry.anonymous.get(`/v1/organisations/${holder.id}`)).as(organisation).opened
  }
  expect(await opens('2026-11-30')).toEqual({ declarations: 1, patents: 2 })
  const withdrawn = await officer.post(`/v1/declarations/${declaration.id}/withdrawal`, { reason: 'Assigned.' })
  expect(withdrawn.status).toBe(200)
  expect(await opens('2026-12-01')).toEqual({ declarations: 2, patents: 2 })
  expect(await opens('2026-12-31')).toEqual({ declarations: 2, patents: 2 })
  expect(await opens('2027-01-01')).toEqual({ declarations: 1, patents: 2 })
  await becomes(registry, holder.id, 'suspended')
  expect(await opens('2027-01-01')).toEqual({ declarations: 1, patents: 0 })
  await becomes(registry, holder.id, 'approved')
  expect(await opens('2027-01-01')).toEqual({ declarations: 1, patents: 2 })
  // 90 days after 30 November.
  expect(await opens('2027-02-27')).toEqual({ declarations: 1, patents: 2 })
  expect(await opens('2027-02-28')).toEqual({ declarations: 0, patents: 0 })
})
