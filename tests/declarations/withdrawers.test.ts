import { expect, test } from 'vitest'
import { assignment } from '../../src/declarations/assignments/assignment.ts'
import { declaration } from '../../src/declarations/declaration.ts'
import { withdrawersOf } from '../../src/declarations/withdrawers.ts'
import { noticesOf } from '../notices/outbox.ts'
import { between } from '../support/between.ts'
import { checkRegistry, dumpState } from '../support/check-registry.ts'
import { declarationOf, enrolled, numbersOf, opened } from '../support/opening.ts'
import { signedIn } from '../support/people.ts'
import { type Caller, type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

async function member(registry: LocalRegistry) {
  const organisation = await registry.organisation()
  return { id: organisation.id, officer: await registry.member(organisation.id) }
}

async function assign(officer: Caller, number: string, from: string, to: string) {
  const answer = await officer.post(`/v1/patents/${number}/assignment`, { from, to, on: '2026-11-20' })
  expect(answer.status, answer.text).toBe(201)
  return answer.as(assignment)
}

function withdraw(caller: Caller, id: string) {
  return caller.post(`/v1/declarations/${id}/withdrawal`, { reason: 'Not to be opened any more.' })
}

test('after an assignment the holder of today withdraws, and the one who declared no longer does', async () => {
  const registry = await openLocalRegistry()
  const { holder, officer, patents, declaration: made } = await opened(registry, 'RPC-OPEN-1.0')
  const owner = await member(registry)
  await assign(officer, numbersOf(patents)[0] ?? '', holder.id, owner.id)
  const before = await dumpState(registry)
  const refused = await withdraw(officer, made.id)
  expect([refused.status, refused.problem().code]).toEqual([403, 'forbidden'])
  expect(await dumpState(registry)).toBe(before)
  expect((await withdraw(owner.officer, made.id)).as(declaration).state).toBe('withdrawn')
  expect((await noticesOf(officer)).items.map(({ kind }) => kind)).toContain('declaration_withdrawn')
  await checkRegistry(registry)
})

test('an agent withdraws under a mandate of the holder of today, not under one of the holder before', async () => {
  const registry = await openLocalRegistry()
  const { holder, officer, patents, declaration: made } = await opened(registry, 'RPC-OPEN-1.0')
  const [owner, agent] = await Promise.all([member(registry), member(registry)])
  await officer.post('/v1/mandates', { agent: agent.id, scope: ['declare'] })
  await assign(officer, numbersOf(patents)[0] ?? '', holder.id, owner.id)
  expect((await withdraw(agent.officer, made.id)).status).toBe(403)
  await owner.officer.post('/v1/mandates', { agent: agent.id, scope: ['declare'] })
  const answer = (await withdraw(agent.officer, made.id)).as(declaration)
  expect([answer.state, answer.withdrawalActedBy?.organisation.id]).toEqual(['withdrawn', agent.id])
  expect((await noticesOf(officer)).items.map(({ kind }) => kind)).toContain('declaration_withdrawn')
  await checkRegistry(registry)
})

test('a co-owner who consented and assigned its share does not withdraw, and who has the share now does', async () => {
  const registry = await openLocalRegistry()
  const [first, second, third] = await Promise.all([member(registry), member(registry), member(registry)])
  const { number } = await enrolled(first.officer, [first, second])
  const made = (await first.officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))).as(declaration)
  await second.officer.post(`/v1/declarations/${made.id}/consents`, { answer: 'given' })
  await assign(second.officer, number, second.id, third.id)
  expect((await withdraw(second.officer, made.id)).status).toBe(403)
  expect((await withdraw(third.officer, made.id)).status).toBe(200)
})

test('one of two patents assigned: who declared still decides on the whole, and who bought the one does not', async () => {
  const registry = await openLocalRegistry()
  const { holder, officer, patents, declaration: made } = await opened(registry, 'RPC-OPEN-1.0', { count: 2 })
  const [first = '', second = ''] = numbersOf(patents)
  const [one, other] = await Promise.all([member(registry), member(registry)])
  await assign(officer, first, holder.id, one.id)
  expect((await withdraw(one.officer, made.id)).status).toBe(403)
  // Sold to two buyers, it is left to neither's seller: each of the two may end it.
  await assign(officer, second, holder.id, other.id)
  expect((await withdraw(officer, made.id)).status).toBe(403)
  expect((await withdraw(one.officer, made.id)).status).toBe(200)
  expect((await noticesOf(other.officer)).items.map(({ kind }) => kind)).toContain('declaration_withdrawn')
})

test('an assignment that comes between is seen by the withdrawal', async () => {
  const registry = await openLocalRegistry()
  const { holder, officer, patents, declaration: made } = await opened(registry, 'RPC-OPEN-1.0')
  const owner = await member(registry)
  const number = numbersOf(patents)[0] ?? ''
  const { earlier } = await between(
    registry,
    () => withdraw(officer, made.id),
    () => officer.post(`/v1/patents/${number}/assignment`, { from: holder.id, to: owner.id, on: '2026-11-20' }),
  )
  expect(earlier.status).toBe(403)
  expect((await registry.anonymous.get(`/v1/declarations/${made.id}`)).as(declaration).state).toBe('in_force')
})

test('the desk shows the form to withdraw to the holder of today alone', async () => {
  const registry = await openLocalRegistry()
  const { holder, officer, patents, declaration: made } = await opened(registry, 'RPC-OPEN-1.0')
  const owner = await member(registry)
  const [before, now] = await Promise.all([
    signedIn(registry, { name: '入会 花子', memberOf: holder.id }),
    signedIn(registry, { name: '入会 太郎', memberOf: owner.id }),
  ])
  const path = `/en/desk/declarations/${made.id}`
  expect((await before.get(path)).text).toContain(`${path}/withdraw`)
  await assign(officer, numbersOf(patents)[0] ?? '', holder.id, owner.id)
  expect((await before.get(path)).text).not.toContain(`${path}/withdraw`)
  expect((await now.get(path)).text).toContain(`${path}/withdraw`)
})

test('whoever is asked and has not said yes withdraws nothing, and a declaration is never left to nobody', () => {
  const of = (consents: Record<string, 'given' | 'pending' | 'refused'>, holders: Record<string, number>) =>
    withdrawersOf(
      {
        organisation: { id: 'maker', name: { ja: '', en: '' } },
        consents: Object.entries(consents).map(([id, answer]) => ({
          organisation: { id, name: { ja: '', en: '' } },
          answer,
        })),
        patents: { count: 2, sha256: '', numbers: [] },
      },
      Object.entries(holders).map(([organisationId, patents]) => ({ organisationId, patents })),
    ).sort()
  expect(of({ co: 'pending' }, { maker: 2, co: 2 })).toEqual(['maker'])
  expect(of({ co: 'refused' }, { maker: 2, co: 2 })).toEqual(['maker'])
  expect(of({ co: 'given' }, { maker: 2, co: 1 })).toEqual(['co', 'maker'])
  expect(of({ co: 'given' }, { maker: 2 })).toEqual(['maker'])
  expect(of({ co: 'pending' }, { co: 2 })).toEqual(['co'])
  expect(of({}, { maker: 1, buyer: 1 })).toEqual(['maker'])
  expect(of({}, { one: 1, other: 1 })).toEqual(['one', 'other'])
  expect(of({ co: 'given' }, {})).toEqual(['maker'])
})
