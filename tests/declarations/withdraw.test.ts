import { expect, test } from 'vitest'
import { checkResult } from '../../src/check/check.ts'
import { declaration } from '../../src/declarations/declaration.ts'
import { page } from '../../src/http/paging.ts'
import { patentLine } from '../../src/patents/patent.ts'
import { checkRegistry, dumpState } from '../support/check-registry.ts'
import {
  codes,
  declarationOf,
  enrolled,
  granted,
  grantOf,
  numbersOf,
  opened,
  research,
  verified,
} from '../support/opening.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

async function check(registry: LocalRegistry, number: string) {
  const answer = await registry.anonymous.get(`/v1/check?${new URLSearchParams({ number, ...research })}`)
  const { verdict, reasons, conditions } = answer.as(checkResult)
  return { verdict, last: codes([...reasons]).at(-1), conditions: codes([...conditions]) }
}

async function isOpen(registry: LocalRegistry, holder: string): Promise<boolean | undefined> {
  const { items } = (await registry.anonymous.get(`/v1/patents?holder=${holder}`)).as(page(patentLine))
  const listed = (await registry.anonymous.get(`/v1/patents?holder=${holder}&open=true`)).as(page(patentLine))
  expect(listed.items.length).toBe(items.filter(({ open }) => open).length)
  return items[0]?.open
}

test('new grants stop when the notice is over, and those given before it last until their own end', async () => {
  const registry = await openLocalRegistry()
  const { holder, officer, patents, declaration: made } = await opened(registry, 'RPC-OPEN-1.0')
  const [number = ''] = numbersOf(patents)
  const osaka = await registry.organisation()
  const osakaOfficer = await registry.member(osaka.id)
  const request = grantOf([number], ['RPC-OPEN-1.0'])
  const before = await granted(osakaOfficer, request)
  registry.clock.now = new Date('2026-12-01T00:00:00Z')
  const path = `/v1/declarations/${made.id}/withdrawal`
  expect((await officer.post(path, { reason: 'Assigned.' })).as(declaration)).toMatchObject({
    withdrawnOn: '2026-12-01',
    closedFrom: '2027-03-01',
  })

  registry.clock.now = new Date('2027-02-28T23:59:59Z')
  expect(await check(registry, number)).toMatchObject({ verdict: 'allowed' })
  expect((await check(registry, number)).conditions).toContain('withdrawal_announced')
  expect(await isOpen(registry, holder.id)).toBe(true)
  const within = await granted(osakaOfficer, request)
  const tooLate = await osakaOfficer.post('/v1/grants', { ...request, from: '2027-03-01' })
  expect(tooLate.problem().code).toBe('nothing_covered')

  registry.clock.now = new Date('2027-03-01T00:00:00Z')
  expect(await check(registry, number)).toMatchObject({ verdict: 'ask', last: 'declaration_withdrawn' })
  expect(await isOpen(registry, holder.id)).toBe(false)
  expect((await osakaOfficer.post('/v1/grants', request)).problem().code).toBe('nothing_covered')
  for (const { token } of [before, within]) expect((await verified(registry, token)).valid).toBe(true)

  registry.clock.now = new Date('2027-11-21T00:00:00Z')
  expect((await verified(registry, before.token)).valid).toBe(false)
  expect((await verified(registry, within.token)).valid).toBe(true)
  await checkRegistry(registry)
})

test('a declaration opens on its first day and ends after its last, without anyone’s act', async () => {
  const registry = await openLocalRegistry()
  const period = { from: '2026-12-01', until: '2026-12-31' }
  const { holder, patents, declaration: made } = await opened(registry, 'RPC-OPEN-1.0', { declaration: period })
  const [number = ''] = numbersOf(patents)
  expect(made).toMatchObject({ state: 'in_force', ...period, inForceFrom: '2026-11-21' })
  const on = async (day: string) => {
    registry.clock.now = new Date(`${day}T12:00:00Z`)
    const { verdict, last } = await check(registry, number)
    return [verdict, last, await isOpen(registry, holder.id)]
  }
  expect(await on('2026-11-30')).toEqual(['ask', 'declaration_not_yet_in_force', false])
  expect(await on('2026-12-01')).toEqual(['allowed', 'duties_apply', true])
  expect(await on('2026-12-31')).toEqual(['allowed', 'duties_apply', true])
  expect(await on('2027-01-01')).toEqual(['ask', 'declaration_ended', false])
})

test('what was open for a time is opened again, not twice over for one day', async () => {
  const registry = await openLocalRegistry()
  const { officer, patents } = await opened(registry, 'RPC-OPEN-1.0', { declaration: { until: '2026-12-31' } })
  const numbers = numbersOf(patents)
  const again = (from: string) => officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', numbers, { from }))
  expect((await again('2026-12-31')).problem().errors).toMatchObject([{ code: 'already_declared' }])
  expect((await again('2027-01-01')).as(declaration).state).toBe('in_force')
  registry.clock.now = new Date('2027-01-02T00:00:00Z')
  expect((await check(registry, numbers[0] ?? '')).verdict).toBe('allowed')
  expect((await again('2027-01-02')).problem().errors).toMatchObject([{ code: 'already_declared' }])
})

test('the days before the last consent are not covered, however early the declaration was to begin', async () => {
  const registry = await openLocalRegistry()
  const [first, second] = await Promise.all([registry.organisation(), registry.organisation()])
  const [officer, coOwner] = await Promise.all([registry.member(first.id), registry.member(second.id)])
  const { number } = await enrolled(officer, [first, second])
  const made = (await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))).as(declaration)
  registry.clock.now = new Date('2026-12-05T00:00:00Z')
  const given = await coOwner.post(`/v1/declarations/${made.id}/consents`, { answer: 'given' })
  expect(given.as(declaration)).toMatchObject({ from: '2026-11-21', inForceFrom: '2026-12-05' })
  const on = async (day: string) => {
    const query = new URLSearchParams({ number, ...research, on: day })
    return (await registry.anonymous.get(`/v1/check?${query}`)).as(checkResult).verdict
  }
  expect([await on('2026-12-04'), await on('2026-12-05')]).toEqual(['ask', 'allowed'])
})

test('a refused declaration leaves every table as it was', async () => {
  const registry = await openLocalRegistry()
  const { officer, patents } = await opened(registry, 'RPC-OPEN-1.0')
  await registry.anonymous.get('/v1/terms')
  const before = await dumpState(registry)
  const numbers = [...numbersOf(patents), 'nothing']
  expect((await officer.post('/v1/declarations', declarationOf('RPC-ACADEMIC-1.0', numbers))).status).toBe(422)
  expect(await dumpState(registry)).toBe(before)
})
