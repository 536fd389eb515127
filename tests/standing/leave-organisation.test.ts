import { expect, test } from 'vitest'
import { pinnedFingerprints } from '../../policies/terms.ts'
import { checkResult } from '../../src/check/check.ts'
import { batch, effect } from '../../src/declarations/batches/batch.ts'
import { declaration } from '../../src/declarations/declaration.ts'
import { continueLeavings } from '../../src/standing/leave-organisation.ts'
import { organisationAfter, participation } from '../../src/standing/participation.ts'
import { between } from '../support/between.ts'
import { checkRegistry } from '../support/check-registry.ts'
import { codes, declarationOf, enrolled, grantOf, newRor, numbersOf, opened, research } from '../support/opening.ts'
import { endingAfter, portfolioOf } from '../support/portfolio.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

/** A holder of 2,100 patents under three declarations, and a fourth that waits for its co-owner. */
async function large() {
  const registry = await openLocalRegistry()
  const ror = newRor()
  const [mine, other] = await Promise.all([registry.organisation({ ror }), registry.organisation()])
  const [officer, coOwner] = await Promise.all([registry.member(mine.id), registry.member(other.id)])
  await portfolioOf(registry, [mine.id], 2100, 5_000_000)
  await portfolioOf(registry, [mine.id, other.id], 1, 6_000_000)
  const choice = {
    rules: [{ where: {}, termsId: 'RPC-OPEN-1.0', termsSha256: pinnedFingerprints['RPC-OPEN-1.0'] }],
  }
  const { sha256 } = (await officer.post('/v1/declarations/preview', choice)).as(effect)
  const confirmed = { ...choice, effectSha256: sha256, encumbrancesChecked: true }
  const made = (await officer.post('/v1/declaration-batches', confirmed)).as(batch)
  expect(made.declarations).toHaveLength(4)
  const states = async () => {
    const found = await Promise.all(made.declarations.map((id) => registry.anonymous.get(`/v1/declarations/${id}`)))
    return found.map((answer) => answer.as(declaration))
  }
  const leave = () => officer.post(`/v1/organisations/${mine.id}/leaving`, {})
  return { registry, mine, other, coOwner, ror, states, leave }
}

async function verdictOf(registry: LocalRegistry, number: string) {
  const query = new URLSearchParams({ number, ...research })
  return (await registry.anonymous.get(`/v1/check?${query}`)).as(checkResult)
}

test('a large one has left at once, whatever is still to be ended; it goes on after a crash, as of the first day', async () => {
  const { registry, mine, other, coOwner, ror, states, leave } = await large()
  // The process ends right after the first act.
  const restart = endingAfter(registry, 1)
  await leave()
  restart()
  const midway = await states()
  expect(midway.filter(({ state }) => state === 'withdrawn')).toHaveLength(1)
  const waits = midway.find(({ state }) => state === 'awaiting_consent')
  const stands = midway.find(({ state }) => state === 'in_force')
  const number = stands?.patents.numbers[0] ?? ''
  const answer = await verdictOf(registry, number)
  expect([answer.verdict, codes([...answer.reasons]).includes('holder_suspended')]).toEqual(['ask', true])
  const asked = await coOwner.post('/v1/grants', grantOf([number], ['RPC-OPEN-1.0']))
  expect(asked.problem().code).toBe('nothing_covered')
  const yes = await coOwner.post(`/v1/declarations/${waits?.id}/consents`, { answer: 'given' })
  expect(yes.problem().code).toBe('not_allowed_now')

  // What is told of it meanwhile is how it stands, and it does not come back before it has gone.
  const path = `/v1/organisations/${mine.id}`
  const told = (await registry.steward.get(`${path}/participation`)).as(participation)
  expect(told).toMatchObject({ state: 'left', leaving: { since: '2026-11-21' }, extent: { awaiting: 1 } })
  const { name, kind, country } = mine
  expect((await registry.steward.post('/v1/organisations', { name, kind, country, ror })).status).toBe(201)
  const approve = () => registry.steward.post(`${path}/approval`, { state: 'approved' })
  expect((await approve()).problem().code).toBe('not_allowed_now')
  await checkRegistry(registry)

  registry.clock.now = new Date('2026-11-23T09:00:00Z')
  await Promise.all([continueLeavings(registry.context()), continueLeavings(registry.context())])
  expect(await continueLeavings(registry.context())).toBe(0)
  const after = await states()
  expect(new Set(after.map(({ state, withdrawnOn }) => `${state} ${withdrawnOn}`))).toEqual(
    new Set(['withdrawn 2026-11-21']),
  )
  expect(after.find(({ id }) => id === stands?.id)?.closedFrom).toBe('2027-02-19')
  expect((await registry.steward.get(`${path}/participation`)).as(participation).leaving).toBeUndefined()
  await checkRegistry(registry)

  expect((await approve()).status).toBe(200)
  expect((await verdictOf(registry, number)).reasons.map(({ code }) => code)).not.toContain('holder_suspended')
  expect(other.id).not.toBe(mine.id)
}, 120_000)

test('a large one leaves in one request when nothing comes in between', async () => {
  const { registry, states, leave } = await large()
  expect((await leave()).as(organisationAfter)).toMatchObject({ state: 'left', effect: { openPatents: 2100 } })
  expect((await states()).every(({ state }) => state === 'withdrawn')).toBe(true)
  expect(await registry.db.read.rows('select * from organisation_leavings', [])).toEqual([])
  await checkRegistry(registry)
}, 120_000)

test('a consent that is under way when the holder leaves brings nothing into force', async () => {
  const registry = await openLocalRegistry()
  const [first, second] = await Promise.all([registry.organisation(), registry.organisation()])
  const [officer, coOwner] = await Promise.all([registry.member(first.id), registry.member(second.id)])
  const { number } = await enrolled(officer, [first, second])
  const made = (await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))).as(declaration)
  const { earlier } = await between(
    registry,
    () => coOwner.post(`/v1/declarations/${made.id}/consents`, { answer: 'given' }),
    () => officer.post(`/v1/organisations/${first.id}/leaving`, {}),
  )
  expect(earlier.problem().code).toBe('not_allowed_now')
  const now = (await registry.anonymous.get(`/v1/declarations/${made.id}`)).as(declaration)
  expect(now).toMatchObject({ state: 'withdrawn' })
  expect(now.inForceFrom).toBeUndefined()
})

test('a declaration whose patents it had assigned stays, and binds who holds them now', async () => {
  const registry = await openLocalRegistry()
  const { holder, officer, patents, declaration: made } = await opened(registry, 'RPC-OPEN-1.0')
  const buyer = await registry.organisation()
  const [number = ''] = numbersOf(patents)
  registry.clock.now = new Date('2026-11-23T09:00:00Z')
  await officer.post(`/v1/patents/${number}/assignment`, { from: holder.id, to: buyer.id, on: '2026-11-22' })
  expect((await officer.post(`/v1/organisations/${holder.id}/leaving`, {})).status).toBe(200)
  expect((await registry.anonymous.get(`/v1/declarations/${made.id}`)).as(declaration).state).toBe('in_force')
  expect((await verdictOf(registry, number)).verdict).toBe('allowed')
  await checkRegistry(registry)
})
