import { expect, test } from 'vitest'
import { checkAnswer, checkResult } from '../../src/check/check.ts'
import { declaration } from '../../src/declarations/declaration.ts'
import { page } from '../../src/http/paging.ts'
import { sha256Hex } from '../../src/log/canonical.ts'
import { codes, declarationOf, enrolled, numbersOf, opened, research } from '../support/opening.ts'
import { grantNumber } from '../support/patents.ts'
import { openRegistry, type Registry } from '../support/registry.ts'

const declarationPage = page(declaration)

async function members(registry: Registry, count: number) {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const { id } = await registry.organisation()
      return { id, officer: await registry.member(id) }
    }),
  )
}

async function one(registry: Registry) {
  const { id } = await registry.organisation()
  return { id, officer: await registry.member(id) }
}

async function verdictOf(registry: Registry, number: string) {
  return (await registry.anonymous.get(`/v1/check?${new URLSearchParams({ number, ...research })}`)).as(checkResult)
}

test('a sole holder opens several patents at once, in force from today', async () => {
  const registry = await openRegistry()
  const { holder, patents, declaration: made } = await opened(registry, 'RPC-OPEN-1.0', { count: 4 })
  const numbers = numbersOf(patents).sort()
  expect(made).toMatchObject({
    organisation: { id: holder.id, name: holder.name },
    termsId: 'RPC-OPEN-1.0',
    state: 'in_force',
    patents: { count: 4, numbers, sha256: await sha256Hex(numbers.map((number) => `${number}\n`).join('')) },
    consents: [],
  })
  expect(made.inForceFrom).toBe(made.from)
  const read = await registry.anonymous.get(`/v1/declarations/${made.id}`)
  expect(read.as(declaration)).toEqual(made)
  const answer = await registry.anonymous.post('/v1/check', { numbers, ...research })
  const { results } = answer.as(checkAnswer)
  expect(results.map(({ verdict, declaration: by }) => [verdict, by?.id])).toEqual(
    numbers.map(() => ['allowed', made.id]),
  )
})

test('each number that cannot be declared is told with its reason, and nothing is recorded', async () => {
  const registry = await openRegistry()
  const { id, officer } = await one(registry)
  const stranger = await one(registry)
  const [good, foreign, lapsed, licensed, reserved] = await Promise.all([
    enrolled(officer, [{ id }]),
    enrolled(stranger.officer, [stranger]),
    enrolled(officer, [{ id }], {
      status: { value: 'lapsed', on: '2024-01-01', source: 'J-PlatPat', seenOn: '2026-11-01' },
    }),
    enrolled(officer, [{ id }], { encumbrances: [{ kind: 'exclusive_licence', researchReserved: false }] }),
    enrolled(officer, [{ id }], { encumbrances: [{ kind: 'exclusive_licence', researchReserved: true }] }),
  ])
  const standing = await enrolled(officer, [{ id }])
  expect((await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [standing.number]))).status).toBe(201)
  const numbers = [
    good.number,
    'no number',
    'JP2031-123456',
    grantNumber(),
    foreign.number,
    lapsed.number,
    licensed.number,
    standing.number,
    reserved.number,
  ]
  const refused = await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', numbers))
  expect(refused.status).toBe(422)
  expect(refused.problem().errors?.map(({ pointer, code }) => [pointer, code])).toEqual([
    ['/numbers/1', 'unrecognised_number'],
    ['/numbers/2', 'ambiguous_number'],
    ['/numbers/3', 'not_enrolled'],
    ['/numbers/4', 'not_a_holder'],
    ['/numbers/5', 'right_ended'],
    ['/numbers/6', 'encumbered'],
    ['/numbers/7', 'already_declared'],
  ])
  expect((await verdictOf(registry, good.number)).verdict).toBe('ask')
  const list = await registry.anonymous.get(`/v1/declarations?organisation=${id}`)
  expect(list.as(declarationPage).items).toHaveLength(1)
  // What remains is declared: an exclusive licence that reserves research does not stand in the way.
  const rest = await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [good.number, reserved.number]))
  expect(rest.as(declaration).state).toBe('in_force')
})

test('a number written twice counts once, and one patent may be open under several terms', async () => {
  const registry = await openRegistry()
  const { id, officer } = await one(registry)
  const { number } = await enrolled(officer, [{ id }])
  const twice = [number, number.replaceAll('-', '')]
  const first = await officer.post('/v1/declarations', declarationOf('RPC-ACADEMIC-1.0', twice))
  expect(first.as(declaration).patents.count).toBe(1)
  const second = await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))
  expect(second.as(declaration).state).toBe('in_force')
  // A company is asked by the one and permitted by the other: the better answer counts.
  const query = new URLSearchParams({ number, ...research, beneficiary: 'company' })
  const answer = (await registry.anonymous.get(`/v1/check?${query}`)).as(checkResult)
  expect(answer).toMatchObject({ verdict: 'allowed', terms: { id: 'RPC-OPEN-1.0' } })
})

test('the holder has to have looked for licences, read the published text, and name terms that exist', async () => {
  const registry = await openRegistry()
  const { id, officer } = await one(registry)
  const { number } = await enrolled(officer, [{ id }])
  const wrong = [
    [{ encumbrancesChecked: false }, '/encumbrancesChecked'],
    [{ encumbrancesChecked: undefined }, '/encumbrancesChecked'],
    [{ termsSha256: '0'.repeat(64) }, '/termsSha256'],
    [{ termsId: 'RPC-OPEN-9.0' }, '/termsId'],
    [{ from: '2020-01-01' }, '/from'],
    [{ from: '2099-01-02', until: '2099-01-01' }, '/until'],
    [{ from: 'tomorrow' }, '/from'],
    [{ numbers: [] }, '/numbers'],
  ] as const
  for (const [more, pointer] of wrong) {
    const refused = await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number], more))
    expect([refused.status, refused.problem().errors?.[0]?.pointer]).toEqual([422, pointer])
  }
  expect((await verdictOf(registry, number)).verdict).toBe('ask')
})

test('of three holders each has to consent before the patent is open', async () => {
  const registry = await openRegistry()
  const [first, second, third] = await members(registry, 3)
  if (!first || !second || !third) throw new Error('three members were made')
  const { number } = await enrolled(first.officer, [first, second, third])
  const made = (await first.officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))).as(declaration)
  expect(made.state).toBe('awaiting_consent')
  expect(made.inForceFrom).toBeUndefined()
  expect(new Set(made.consents.map(({ organisation }) => organisation.id))).toEqual(new Set([second.id, third.id]))
  const path = `/v1/declarations/${made.id}/consents`
  const waiting = await verdictOf(registry, number)
  expect([waiting.verdict, waiting.next.code, codes([...waiting.reasons]).at(-1)]).toEqual([
    'ask',
    'ask_co_owner',
    'consent_missing',
  ])

  const evidenceSha256 = 'a'.repeat(64)
  const one = (await second.officer.post(path, { answer: 'given', evidenceSha256 })).as(declaration)
  expect(one.state).toBe('awaiting_consent')
  expect(one.consents.find(({ organisation }) => organisation.id === second.id)).toMatchObject({
    answer: 'given',
    evidenceSha256,
  })
  expect((await verdictOf(registry, number)).verdict).toBe('ask')
  const again = await second.officer.post(path, { answer: 'refused', reason: 'Second thoughts.' })
  expect(again.problem()).toMatchObject({ status: 409, code: 'already_decided' })
  expect((await first.officer.post(path, { answer: 'given' })).problem().code).toBe('forbidden')

  const both = (await third.officer.post(path, { answer: 'given' })).as(declaration)
  expect(both.state).toBe('in_force')
  expect(both.inForceFrom).toBeDefined()
  expect((await verdictOf(registry, number)).verdict).toBe('allowed')
  expect((await third.officer.post(path, { answer: 'given' })).problem().code).toBe('already_decided')
})

test('a refusal says why, and leaves the declaration waiting whatever others answer', async () => {
  const registry = await openRegistry()
  const [first, second, third, stranger] = await members(registry, 4)
  if (!first || !second || !third || !stranger) throw new Error('four members were made')
  const { number } = await enrolled(first.officer, [first, second, third])
  const made = (await first.officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))).as(declaration)
  const path = `/v1/declarations/${made.id}/consents`
  const silent = await second.officer.post(path, { answer: 'refused' })
  expect(silent.problem()).toMatchObject({ status: 422, errors: [{ pointer: '/reason', code: 'required' }] })
  expect((await stranger.officer.post(path, { answer: 'given' })).problem()).toMatchObject({
    status: 403,
    code: 'forbidden',
  })
  const refused = await second.officer.post(path, { answer: 'refused', reason: 'A licence is being negotiated.' })
  expect(refused.as(declaration).consents.find(({ organisation }) => organisation.id === second.id)).toMatchObject({
    answer: 'refused',
    reason: 'A licence is being negotiated.',
  })
  expect((await third.officer.post(path, { answer: 'given' })).as(declaration).state).toBe('awaiting_consent')
  expect((await second.officer.post(path, { answer: 'given' })).problem().code).toBe('already_decided')
  expect((await verdictOf(registry, number)).verdict).toBe('ask')
  // The co-owner who refused cannot end what it never joined; the one who consented can.
  const withdrawal = `/v1/declarations/${made.id}/withdrawal`
  expect((await second.officer.post(withdrawal, { reason: 'No.' })).problem().code).toBe('forbidden')
  expect((await third.officer.post(withdrawal, { reason: 'It will not come about.' })).as(declaration)).toMatchObject({
    state: 'withdrawn',
  })
})

test('one that still waits is withdrawn at once, and no consent comes after it', async () => {
  const registry = await openRegistry()
  const [first, second] = await members(registry, 2)
  if (!first || !second) throw new Error('two members were made')
  const { number } = await enrolled(first.officer, [first, second])
  const made = (await first.officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))).as(declaration)
  const path = `/v1/declarations/${made.id}/withdrawal`
  expect((await first.officer.post(path, {})).problem().errors).toMatchObject([{ pointer: '/reason' }])
  const withdrawn = (await first.officer.post(path, { reason: 'The terms were the wrong ones.' })).as(declaration)
  expect(withdrawn.state).toBe('withdrawn')
  expect(withdrawn.closedFrom).toBe(withdrawn.withdrawnOn)
  expect((await first.officer.post(path, { reason: 'Again.' })).problem()).toMatchObject({
    status: 409,
    code: 'already_decided',
  })
  const late = await second.officer.post(`/v1/declarations/${made.id}/consents`, { answer: 'given' })
  expect(late.problem()).toMatchObject({ status: 409, code: 'not_allowed_now' })
  const again = await first.officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))
  expect(again.as(declaration).state).toBe('awaiting_consent')
})

test('a withdrawal is announced to those who ask, with its day, before it takes effect', async () => {
  const registry = await openRegistry()
  const { officer, patents, declaration: made } = await opened(registry, 'RPC-OPEN-1.0')
  const [number = ''] = numbersOf(patents)
  const withdrawn = await officer.post(`/v1/declarations/${made.id}/withdrawal`, { reason: 'A spin-out takes over.' })
  const { closedFrom = '', withdrawnOn = '', state, withdrawalReason } = withdrawn.as(declaration)
  expect([state, withdrawalReason]).toEqual(['withdrawn', 'A spin-out takes over.'])
  // RPC-OPEN-1.0 gives 90 days.
  expect((Date.parse(closedFrom) - Date.parse(withdrawnOn)) / 86_400_000).toBe(90)
  const now = await verdictOf(registry, number)
  expect(now.verdict).toBe('allowed')
  expect(now.conditions.find(({ code }) => code === 'withdrawal_announced')?.text.en).toContain(closedFrom)
  const query = new URLSearchParams({ number, ...research, on: closedFrom })
  const then = (await registry.anonymous.get(`/v1/check?${query}`)).as(checkResult)
  expect([then.verdict, codes([...then.reasons]).at(-1)]).toEqual(['ask', 'declaration_withdrawn'])
})

test('declarations are listed by organisation, by state and by whose consent they await', async () => {
  const registry = await openRegistry()
  const [first, second] = await members(registry, 2)
  if (!first || !second) throw new Error('two members were made')
  const patents = [
    await enrolled(first.officer, [first]),
    await enrolled(first.officer, [first, second]),
    await enrolled(first.officer, [first, second]),
  ]
  const made: string[] = []
  for (const { number } of patents) {
    const answer = await first.officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))
    made.push(answer.as(declaration).id)
  }
  const [sole, shared, later] = made
  const list = async (query: Record<string, string>) => {
    const answer = await registry.anonymous.get(`/v1/declarations?${new URLSearchParams(query)}`)
    return answer.as(declarationPage).items.map(({ id }) => id)
  }
  expect(await list({ organisation: first.id })).toEqual([later, shared, sole])
  expect(await list({ organisation: second.id })).toEqual([])
  expect(await list({ organisation: first.id, state: 'in_force' })).toEqual([sole])
  expect(await list({ awaiting: second.id })).toEqual([later, shared])
  await second.officer.post(`/v1/declarations/${shared}/consents`, { answer: 'given' })
  expect(await list({ awaiting: second.id })).toEqual([later])
  await first.officer.post(`/v1/declarations/${later}/withdrawal`, { reason: 'Not now.' })
  expect(await list({ awaiting: second.id })).toEqual([])
  const firstPage = await registry.anonymous.get(`/v1/declarations?organisation=${first.id}&limit=2`)
  const { items, next } = firstPage.as(declarationPage)
  expect(items.map(({ id }) => id)).toEqual([later, shared])
  expect(await list({ organisation: first.id, limit: '2', cursor: next ?? '' })).toEqual([sole])
})

test('a declaration that does not exist is not found', async () => {
  const registry = await openRegistry()
  const { officer } = await one(registry)
  const path = `/v1/declarations/${crypto.randomUUID()}`
  expect((await registry.anonymous.get(path)).status).toBe(404)
  expect((await officer.post(`${path}/consents`, { answer: 'given' })).status).toBe(404)
})
