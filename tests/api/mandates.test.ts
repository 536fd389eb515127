import { expect, test } from 'vitest'
import type { z } from 'zod'
import { daysAfter } from '../../src/dates.ts'
import { declaration } from '../../src/declarations/declaration.ts'
import { page } from '../../src/http/paging.ts'
import { loggedEntry } from '../../src/log/entry.ts'
import { type Mandate, mandate } from '../../src/mandates/mandate.ts'
import { noticeShown } from '../../src/notices/notice.ts'
import { declarationOf, enrolled } from '../support/opening.ts'
import { signedIn } from '../support/people.ts'
import { openRegistry, type Registry } from '../support/registry.ts'

async function office(registry: Registry, kind: 'university' | 'tlo' = 'university') {
  const organisation = await registry.organisation({ kind })
  return { organisation, officer: await registry.member(organisation.id) }
}

async function open() {
  const registry = await openRegistry()
  const [principal, agent, other] = await Promise.all([office(registry), office(registry, 'tlo'), office(registry)])
  const input = { agent: agent.organisation.id, scope: ['enrol', 'declare', 'consent'] }
  const give = async (more: Record<string, unknown> = {}): Promise<Mandate> =>
    (await principal.officer.post('/v1/mandates', { ...input, ...more })).as(mandate)
  const { now } = registry.context()
  const later = (days: number) => daysAfter(now.toISOString().slice(0, 10), days)
  return { registry, principal, agent, other, input, give, later }
}

async function logOf({ anonymous }: Registry, subject: string) {
  const found: z.infer<typeof loggedEntry>[] = []
  let path: string | null = '/v1/log/entries?limit=100'
  while (path !== null) {
    const { items, next }: { items: z.infer<typeof loggedEntry>[]; next: string | null } = (
      await anonymous.get(path)
    ).as(page(loggedEntry))
    found.push(...items.filter((entry) => entry.subject === subject))
    path = next === null ? null : `/v1/log/entries?limit=100&cursor=${next}`
  }
  return found
}

test('a holder gives a mandate, its agent acts for it, and the next act after the end is refused', async () => {
  const { registry, principal, agent, give } = await open()
  const { id, ...given } = await give()
  expect(given).toMatchObject({
    principal: { id: principal.organisation.id, name: principal.organisation.name },
    agent: { id: agent.organisation.id, name: agent.organisation.name },
    scope: ['enrol', 'declare', 'consent'],
    state: 'in_force',
  })
  const { number } = await enrolled(agent.officer, [principal.organisation])
  const input = declarationOf('RPC-OPEN-1.0', [number], { organisation: principal.organisation.id })
  const declared = (await agent.officer.post('/v1/declarations', input)).as(declaration)
  expect(declared).toMatchObject({
    state: 'in_force',
    organisation: { id: principal.organisation.id },
    actedBy: { organisation: { id: agent.organisation.id }, mandate: id },
  })
  const ended = (await principal.officer.delete(`/v1/mandates/${id}`)).as(mandate)
  expect(ended).toMatchObject({ state: 'ended', endedBy: 'principal' })
  const withdrawal = await agent.officer.post(`/v1/declarations/${declared.id}/withdrawal`, { reason: 'Sold.' })
  expect([withdrawal.status, withdrawal.problem().code]).toEqual([403, 'forbidden'])
  expect((await registry.anonymous.get(`/v1/declarations/${declared.id}`)).as(declaration).state).toBe('in_force')
  expect((await principal.officer.get(`/v1/mandates/${id}`)).as(mandate)).toEqual(ended)
})

test('giving and ending are public entries of the log, and the other one is told', async () => {
  const { registry, principal, agent, give, later } = await open()
  const { id } = await give({ until: later(30) })
  expect((await agent.officer.delete(`/v1/mandates/${id}`)).as(mandate).endedBy).toBe('agent')
  const entries = await logOf(registry, id)
  expect(entries.map(({ type }) => type).sort()).toEqual(['mandate_ended', 'mandate_given'])
  const record = entries.find(({ type }) => type === 'mandate_given')?.record
  expect(record).toMatchObject({ principal: { id: principal.organisation.id }, until: later(30) })
  expect(record).not.toHaveProperty('state')
  const ended = entries.find(({ type }) => type === 'mandate_ended')?.record
  expect(ended).toMatchObject({ mandate: id, by: agent.organisation.id, endedBy: 'agent' })
  for (const [{ officer }, kind] of [
    [agent, 'mandate_given'],
    [principal, 'mandate_ended'],
  ] as const) {
    const { items } = (await officer.get('/v1/notices')).as(page(noticeShown))
    expect(items.find((notice) => notice.subject === id)?.kind).toBe(kind)
  }
})

test('a mandate is shown to the two and to stewards, and to nobody else', async () => {
  const { registry, principal, agent, other, give } = await open()
  const { id } = await give()
  const viewer = await registry.member(agent.organisation.id, { role: 'viewer' })
  for (const reader of [principal.officer, agent.officer, viewer, registry.steward]) {
    expect((await reader.get(`/v1/mandates/${id}`)).status).toBe(200)
    const path = `/v1/mandates?principal=${principal.organisation.id}`
    expect((await reader.get(path)).as(page(mandate)).items.map((one) => one.id)).toEqual([id])
  }
  expect((await other.officer.get(`/v1/mandates/${id}`)).problem().code).toBe('not_found')
  expect((await other.officer.get('/v1/mandates')).as(page(mandate)).items).toEqual([])
  const about = `/v1/mandates?principal=${principal.organisation.id}`
  expect((await other.officer.get(about)).as(page(mandate)).items).toEqual([])
  for (const path of ['/v1/mandates', `/v1/mandates/${id}`])
    expect((await registry.anonymous.get(path)).problem().code).toBe('unauthenticated')
})

test('the list narrows by party and by state, and goes on page by page', async () => {
  const { registry, principal, agent, other, give, later } = await open()
  const ended = await give({ scope: ['enrol'] })
  await principal.officer.delete(`/v1/mandates/${ended.id}`)
  const inForce = await give({ scope: ['enrol'] })
  const future = await give({ scope: ['declare'], from: later(2) })
  await other.officer.post('/v1/mandates', { agent: agent.organisation.id, scope: ['enrol'] })
  const ids = async (query: string) => {
    const { items } = (await agent.officer.get(`/v1/mandates?${query}`)).as(page(mandate))
    return items.map(({ id }) => id)
  }
  const of = `principal=${principal.organisation.id}`
  expect(await ids(of)).toEqual([future.id, inForce.id, ended.id])
  expect(await ids(`${of}&state=in_force`)).toEqual([inForce.id])
  expect(await ids(`${of}&state=future`)).toEqual([future.id])
  expect(await ids(`${of}&state=ended`)).toEqual([ended.id])
  expect(await ids(`${of}&state=expired`)).toEqual([])
  expect((await ids('limit=100')).length).toBe(4)
  expect(await ids(`agent=${principal.organisation.id}`)).toEqual([])
  const first = (await agent.officer.get(`/v1/mandates?${of}&limit=2`)).as(page(mandate))
  expect(first.items.map(({ id }) => id)).toEqual([future.id, inForce.id])
  expect(await ids(`${of}&limit=2&cursor=${first.next}`)).toEqual([ended.id])
  expect((await registry.steward.get(`/v1/mandates?${of}&state=never`)).status).toBe(400)
})

test('only the holder’s own officer gives it, and only one of the two ends it', async () => {
  const { registry, agent, other, principal, give, input } = await open()
  const { id } = await give()
  expect((await other.officer.delete(`/v1/mandates/${id}`)).problem().code).toBe('not_found')
  expect((await registry.steward.delete(`/v1/mandates/${id}`)).problem().code).toBe('insufficient_scope')
  expect((await registry.steward.post('/v1/mandates', input)).problem().code).toBe('insufficient_scope')
  const viewer = await registry.member(principal.organisation.id, { role: 'viewer' })
  expect((await viewer.post('/v1/mandates', input)).problem().code).toBe('insufficient_scope')
  expect((await viewer.delete(`/v1/mandates/${id}`)).problem().code).toBe('insufficient_scope')
  // What the agent gives is its own: it never speaks for the holder.
  const passedOn = { agent: other.organisation.id, scope: ['enrol'], principal: principal.organisation.id }
  expect((await agent.officer.post('/v1/mandates', passedOn)).problem().code).toBe('invalid_input')
  expect((await agent.officer.get(`/v1/mandates/${id}`)).as(mandate).state).toBe('in_force')
})

test('an end is once and for all', async () => {
  const { principal, agent, give } = await open()
  const { id } = await give()
  const path = `/v1/mandates/${id}`
  const both = await Promise.all([principal.officer.delete(path), agent.officer.delete(path)])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  expect((await principal.officer.delete(path)).problem().code).toBe('already_decided')
  expect((await give()).id).not.toBe(id)
})

test('a second mandate for the same act, agent and day is refused as already given', async () => {
  const { principal, agent, other, input, give, later } = await open()
  const { id } = await give({ scope: ['enrol', 'declare'], from: later(10), until: later(20) })
  const again = (more: Record<string, unknown>) => principal.officer.post('/v1/mandates', { ...input, ...more })
  for (const more of [
    { scope: ['declare'], from: later(20), until: later(30) },
    { scope: ['enrol', 'consent'], until: later(10) },
    { scope: ['enrol'] },
    { scope: ['declare'], from: later(12), until: later(13) },
  ]) {
    const refused = (await again(more)).problem()
    expect(refused, JSON.stringify(more)).toMatchObject({ status: 409, code: 'already_decided' })
    expect(refused.existing).toMatch(new RegExp(`/v1/mandates/${id}$`))
  }
  for (const more of [
    { scope: ['consent'], from: later(15) },
    { scope: ['enrol'], until: later(9) },
    { scope: ['declare'], from: later(21) },
    { agent: other.organisation.id, scope: ['enrol'], from: later(15) },
  ])
    expect((await again(more)).status, JSON.stringify(more)).toBe(201)
  const back = { agent: principal.organisation.id, scope: ['enrol'] }
  expect((await agent.officer.post('/v1/mandates', back)).status).toBe(201)
})

test('of the same mandate given twice at once, one is given', async () => {
  const { principal, input } = await open()
  const both = await Promise.all([1, 2].map(() => principal.officer.post('/v1/mandates', input)))
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  const { items } = (await principal.officer.get('/v1/mandates')).as(page(mandate))
  expect(items.length).toBe(1)
})

test('the same Idempotency-Key gives one mandate', async () => {
  const { principal, input } = await open()
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const [first, second] = [
    await principal.officer.post('/v1/mandates', input, headers),
    await principal.officer.post('/v1/mandates', input, headers),
  ]
  expect(second.as(mandate)).toEqual(first.as(mandate))
  expect(second.headers.get('Idempotency-Replayed')).toBe('true')
})

test('what cannot be given is refused with the place and the reason', async () => {
  const { registry, principal, agent, input, later } = await open()
  const suspended = await office(registry)
  const approval = `/v1/organisations/${suspended.organisation.id}/approval`
  expect((await registry.steward.post(approval, { state: 'suspended' })).status).toBe(200)
  const yesterday = later(-1)
  const cases: [Record<string, unknown>, string, string][] = [
    [{ agent: principal.organisation.id }, '/agent', 'oneself'],
    [{ agent: suspended.organisation.id }, '/agent', 'not_approved'],
    [{ agent: 'nobody' }, '/agent', 'unknown_organisation'],
    [{ from: yesterday }, '/from', 'in_the_past'],
    [{ from: later(5), until: later(4) }, '/until', 'before_from'],
    [{ until: yesterday }, '/until', 'before_from'],
    [{ scope: [] }, '/scope', 'too_small'],
    [{ scope: ['everything'] }, '/scope/0', 'invalid_value'],
    [{ until: '2026-02-30' }, '/until', 'invalid_format'],
  ]
  for (const [more, pointer, code] of cases) {
    const { status, errors } = (await principal.officer.post('/v1/mandates', { ...input, ...more })).problem()
    expect([status, errors?.[0]?.pointer, errors?.[0]?.code], JSON.stringify(more)).toEqual([422, pointer, code])
  }
  expect((await agent.officer.get('/v1/mandates')).as(page(mandate)).items).toEqual([])
})

test('an agent is named by ROR id as well, a scope named twice is one, and one day is enough', async () => {
  const { registry, principal, later } = await open()
  const ror = 'https://ror.org/00dzxvt87'
  const found = await registry.anonymous.get(`/v1/organisations/${encodeURIComponent(ror)}`)
  if (found.status === 404) await registry.organisation({ ror, kind: 'tlo' })
  const input = { agent: '00dzxvt87', scope: ['declare', 'enrol', 'declare'], from: later(0), until: later(0) }
  const given = (await principal.officer.post('/v1/mandates', input)).as(mandate)
  expect(given).toMatchObject({ scope: ['enrol', 'declare'], state: 'in_force' })
})

test('an officer of the agent sees those it acts for side by side', async () => {
  const { registry, principal, agent, other, give } = await open()
  await give()
  const shared = await enrolled(principal.officer, [principal.organisation, other.organisation])
  const asked = await enrolled(other.officer, [principal.organisation, other.organisation])
  const own = await enrolled(agent.officer, [principal.organisation])
  for (const [officer, { number }] of [
    [principal.officer, shared],
    [other.officer, asked],
    [principal.officer, own],
  ] as const)
    expect((await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))).status).toBe(201)
  const person = await signedIn(registry, { name: '見本 託子', memberOf: agent.organisation.id })
  const { status, text } = await person.get('/en/desk/mandates')
  expect(status).toBe(200)
  const cells = [...text.matchAll(/<td[^>]* data-of="([^"]+)">(.*?)<\/td>/gs)].map(([, name, cell = '']) => [
    name,
    cell
      .replaceAll(/<[^>]+>/g, ' ')
      .trim()
      .split(/\s/)[0],
  ])
  expect(cells).toEqual([
    ['Enrolled', '3'],
    ['Open', '1'],
    ['Waiting for consent', '2'],
    ['Expiring in 12 months', '0'],
    ['For you to do', 'Answer'],
  ])
  expect(text).toContain(`${other.organisation.name.en} (1 patent, since`)
})
