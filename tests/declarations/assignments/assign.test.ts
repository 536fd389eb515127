import { expect, test } from 'vitest'
import { z } from 'zod'
import { checkResult } from '../../../src/check/check.ts'
import { assigned, assignment } from '../../../src/declarations/assignments/assignment.ts'
import { declaration } from '../../../src/declarations/declaration.ts'
import { page } from '../../../src/http/paging.ts'
import { loggedEntry } from '../../../src/log/entry.ts'
import { patent } from '../../../src/patents/patent.ts'
import { noticesOf } from '../../notices/outbox.ts'
import { between } from '../../support/between.ts'
import { checkRegistry, dumpState } from '../../support/check-registry.ts'
import { namedOrganisation } from '../../support/named.ts'
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
} from '../../support/opening.ts'
import { type LocalRegistry, openLocalRegistry } from '../../support/registry.ts'

async function members(registry: LocalRegistry, count: number) {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const { id, name } = await registry.organisation()
      return { id, name, officer: await registry.member(id) }
    }),
  )
}

async function holdersOf(registry: LocalRegistry, number: string) {
  const { holders } = (await registry.anonymous.get(`/v1/patents/${number}`)).as(patent)
  return holders.map(({ organisation, from, until, share }) => [organisation.id, from, until, share])
}

test('a declaration in force stays so and binds the new owner, who is sent the clause; grants go on', async () => {
  const registry = await openLocalRegistry()
  const { holder, officer, patents, declaration: made } = await opened(registry, 'RPC-OPEN-1.0')
  const [number = ''] = numbersOf(patents)
  const [owner, user] = await members(registry, 2)
  if (!owner || !user) throw new Error('two members were made')
  const { token } = await granted(user.officer, grantOf([number], ['RPC-OPEN-1.0']))
  const path = `/v1/patents/${number}/assignment`
  const evidenceSha256 = 'a'.repeat(64)
  registry.clock.now = new Date('2026-11-22T09:00:00Z')
  const answer = await officer.post(path, { from: holder.id, to: owner.id, on: '2026-11-22', evidenceSha256 })
  const effect = answer.as(assignment).effect
  expect(answer.status).toBe(201)
  expect(effect.newOwner.code).toBe('member')
  expect(effect.declarations).toMatchObject([{ id: made.id, code: 'stays_in_force', clause: { id: '10.3' } }])
  expect(effect.declarations[0]?.clause.text.ja).toContain('譲受人に引き継がせます')
  expect(await holdersOf(registry, number)).toEqual([
    [holder.id, undefined, '2026-11-21', undefined],
    [owner.id, '2026-11-22', undefined, undefined],
  ])
  expect((await registry.anonymous.get(`/v1/declarations/${made.id}`)).as(declaration).state).toBe('in_force')
  expect((await verified(registry, token)).valid).toBe(true)
  await granted(user.officer, grantOf([number], ['RPC-OPEN-1.0']))
  const [notice] = (await noticesOf(owner.officer)).items
  expect(notice).toMatchObject({ kind: 'patent_assigned', body: { clauses: ['RPC-OPEN-1.0 §10.3'] } })
  const entries = (await registry.anonymous.get('/v1/log/entries?limit=100')).as(page(loggedEntry)).items
  const entry = entries.find(({ type }) => type === 'patent_assigned')
  expect(entry?.record).toMatchObject({ from: holder.id, to: owner.id, on: '2026-11-22', evidenceSha256 })

  // The new owner is the holder that the terms speak of: it may withdraw, and the one before assigns no more.
  const again = await officer.post(path, { from: holder.id, to: user.id, on: '2026-11-22' })
  expect(codes(again.problem().errors)).toEqual(['not_a_holder'])
  const withdrawn = await owner.officer.post(`/v1/declarations/${made.id}/withdrawal`, { reason: 'Not ours to open.' })
  expect(withdrawn.as(declaration).state).toBe('withdrawn')
  await checkRegistry(registry)
})

test('one that awaits consents awaits the new owner’s, and no longer that of a co-owner who has nothing left', async () => {
  const registry = await openLocalRegistry()
  const [first, second, third] = await members(registry, 3)
  const named = await namedOrganisation(registry)
  if (!first || !second || !third) throw new Error('three members were made')
  const { number } = await enrolled(first.officer, [first, second])
  const made = (await first.officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))).as(declaration)
  const path = `/v1/patents/${number}/assignment`
  const one = (await second.officer.post(path, { from: second.id, to: third.id, on: '2026-11-20' })).as(assignment)
  expect(one.effect.declarations).toMatchObject([{ code: 'asks_new_owner' }])
  const consents = async () =>
    (await registry.anonymous.get(`/v1/declarations/${made.id}`))
      .as(declaration)
      .consents.map(({ organisation, answer }) => [organisation.id, answer])
  expect(await consents()).toEqual([[third.id, 'pending']])
  expect((await noticesOf(third.officer)).items.map(({ kind }) => kind).sort()).toEqual([
    'consent_asked',
    'patent_assigned',
  ])
  const late = await second.officer.post(`/v1/declarations/${made.id}/consents`, { answer: 'given' })
  expect(late.status).toBe(403)

  // The maker of the declaration goes, to an organisation that is not here: unknown is no yes.
  const two = (await first.officer.post(path, { from: first.id, to: named.id, on: '2026-11-21' })).as(assignment)
  expect(two.effect.newOwner.code).toBe('not_a_member')
  await third.officer.post(`/v1/declarations/${made.id}/consents`, { answer: 'given' })
  const now = (await registry.anonymous.get(`/v1/declarations/${made.id}`)).as(declaration)
  expect([now.state, now.consents.find(({ organisation }) => organisation.id === named.id)?.answer]).toEqual([
    'awaiting_consent',
    'pending',
  ])
  await checkRegistry(registry)
})

test('when the last co-owner passes its share to who declared, the declaration comes into force', async () => {
  const registry = await openLocalRegistry()
  const [first, second] = await members(registry, 2)
  if (!first || !second) throw new Error('two members were made')
  const { number } = await enrolled(first.officer, [first, second])
  const made = (await first.officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))).as(declaration)
  const answer = await second.officer.post(`/v1/patents/${number}/assignment`, {
    from: second.id,
    to: first.id,
    on: '2026-11-20',
  })
  expect(answer.as(assignment).effect.declarations).toMatchObject([{ code: 'comes_into_force' }])
  const now = (await registry.anonymous.get(`/v1/declarations/${made.id}`)).as(declaration)
  expect(now).toMatchObject({ state: 'in_force', inForceFrom: '2026-11-21', consents: [] })
  await checkRegistry(registry)
})

test('only the assigning holder, its agent or a steward records it, with dates and shares that can be', async () => {
  const registry = await openLocalRegistry()
  const [first, second, third] = await members(registry, 3)
  if (!first || !second || !third) throw new Error('three members were made')
  const { number } = await enrolled(first.officer, [first, second], {
    holders: [
      { organisation: first.id, share: '1/2', from: '2020-01-01' },
      { organisation: second.id, share: '1/2' },
    ],
  })
  const path = `/v1/patents/${number}/assignment`
  const input = { from: first.id, to: third.id, on: '2026-11-20' }
  const before = await dumpState(registry)
  expect((await second.officer.post(path, input)).status).toBe(403)
  expect((await third.officer.post(path, input)).status).toBe(403)
  expect((await registry.anonymous.post(path, input)).status).toBe(401)
  for (const [more, code] of [
    [{ on: '2026-11-22' }, 'in_the_future'],
    [{ on: '2020-01-01' }, 'before_from'],
    [{ on: '2019-01-01' }, 'not_a_holder'],
    [{ to: first.id }, 'oneself'],
    [{ to: 'nobody' }, 'unknown_organisation'],
    [{ share: '2/3' }, 'share_too_big'],
    [{ share: '0/3' }, 'invalid_format'],
    [{ share: "1/2'; --" }, 'invalid_format'],
  ] as const) {
    const refused = await first.officer.post(path, { ...input, ...more })
    expect([refused.status, codes(refused.problem().errors)]).toEqual([422, [code]])
  }
  expect(await dumpState(registry)).toBe(before)
  expect((await registry.steward.post(path, { ...input, share: '1/4' })).status).toBe(201)
  expect(await holdersOf(registry, number)).toEqual([
    [first.id, '2020-01-01', '2026-11-19', '1/2'],
    [first.id, '2026-11-20', undefined, '1/4'],
    [third.id, '2026-11-20', undefined, '1/4'],
    [second.id, undefined, undefined, '1/2'],
  ])
  await checkRegistry(registry)
})

test('a declaration that came into force after the right had passed opens nothing until the new owner declares', async () => {
  const registry = await openLocalRegistry()
  const { holder, officer, patents, declaration: made } = await opened(registry, 'RPC-OPEN-1.0', { count: 2 })
  const [passed = '', kept = ''] = numbersOf(patents)
  const [owner, next, user] = await members(registry, 3)
  if (!owner || !next || !user) throw new Error('three members were made')
  const check = async (number: string) => {
    const asked = new URLSearchParams({ number, ...research })
    return (await registry.anonymous.get(`/v1/check?${asked}`)).as(checkResult)
  }
  const open = async () =>
    (await registry.anonymous.get('/v1/patents?open=true')).as(page(z.looseObject({ number: z.string() }))).items
  expect((await check(passed)).verdict).toBe('allowed')
  const path = `/v1/patents/${passed}/assignment`
  const backdated = await officer.post(path, { from: holder.id, to: owner.id, on: '2026-01-10' })
  expect(backdated.as(assignment).effect.declarations).toMatchObject([{ id: made.id, code: 'not_bound' }])
  expect((await noticesOf(owner.officer)).items[0]).toMatchObject({ kind: 'patent_assigned', body: { clauses: [] } })
  expect(await check(passed)).toMatchObject({ verdict: 'ask', next: { code: 'ask_co_owner' } })
  expect((await check(passed)).sentence.en).toContain(owner.name.en)
  expect((await check(kept)).verdict).toBe('allowed')
  expect((await user.officer.post('/v1/grants', grantOf([passed], ['RPC-OPEN-1.0']))).status).toBe(422)
  expect(numbersOf(await open())).toEqual([kept])
  expect((await registry.anonymous.get('/oai?verb=ListIdentifiers&metadataPrefix=oai_dc&set=open')).text).not.toContain(
    patents[0]?.id,
  )
  await checkRegistry(registry)

  // Who has it from an owner that was not bound is no more bound than that one.
  const onward = await owner.officer.post(path, { from: owner.id, to: next.id, on: '2026-11-21' })
  expect(onward.as(assignment).effect.declarations).toMatchObject([{ code: 'not_bound' }])
  expect((await check(passed)).verdict).toBe('ask')
  const own = await next.officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [passed]))
  expect(own.as(declaration).state).toBe('in_force')
  expect((await check(passed)).verdict).toBe('allowed')
  await checkRegistry(registry)
})

test('a consent that comes between, and a declaration that comes between, are seen by the assignment', async () => {
  const registry = await openLocalRegistry()
  const [first, second, third] = await members(registry, 3)
  if (!first || !second || !third) throw new Error('three members were made')
  const { number } = await enrolled(first.officer, [first, second])
  const assign = () =>
    second.officer.post(`/v1/patents/${number}/assignment`, { from: second.id, to: third.id, on: '2026-11-20' })
  const { earlier } = await between(registry, assign, () =>
    first.officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number])),
  )
  const [asked] = earlier.as(assignment).effect.declarations
  expect(asked?.code).toBe('asks_new_owner')

  const other = await enrolled(first.officer, [first, second])
  const made = (await first.officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [other.number]))).as(
    declaration,
  )
  const raced = await between(
    registry,
    () =>
      second.officer.post(`/v1/patents/${other.number}/assignment`, {
        from: second.id,
        to: third.id,
        on: '2026-11-20',
      }),
    () => second.officer.post(`/v1/declarations/${made.id}/consents`, { answer: 'given' }),
  )
  expect(raced.earlier.as(assignment).effect.declarations).toMatchObject([{ code: 'not_bound' }])
})

test('shares add up, in lowest terms, and an unknown one stays unknown', () => {
  const change = { from: 'a', to: 'b', on: '2026-01-01', dayBefore: '2025-12-31' }
  const sharesOf = (holders: { organisationId: string; share?: string }[], share?: string) => {
    const result = assigned(holders, { ...change, share })
    if ('fault' in result) return result.fault
    return result.holders
      .filter(({ until }) => until === undefined)
      .map(({ organisationId, share: has }) => [organisationId, has])
  }
  expect(
    sharesOf([
      { organisationId: 'a', share: '1/2' },
      { organisationId: 'b', share: '1/3' },
    ]),
  ).toEqual([['b', '5/6']])
  expect(sharesOf([{ organisationId: 'a', share: '1/2' }, { organisationId: 'b' }])).toEqual([['b', undefined]])
  expect(sharesOf([{ organisationId: 'a' }], '1/3')).toEqual([
    ['a', '2/3'],
    ['b', '1/3'],
  ])
  expect(sharesOf([{ organisationId: 'a' }, { organisationId: 'c' }], '1/3')).toBe('share_unknown')
  expect(sharesOf([{ organisationId: 'c' }])).toBe('not_a_holder')
})
