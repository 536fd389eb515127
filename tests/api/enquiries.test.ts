import { expect, test } from 'vitest'
import { page } from '../../src/http/paging.ts'
import { noticeShown } from '../../src/notices/notice.ts'
import { type EnquiryShown, enquiryShown } from '../../src/usage/enquiries/enquiry.ts'
import { enrolled } from '../support/opening.ts'
import { signedIn } from '../support/people.ts'
import { type Caller, openRegistry, type Registry } from '../support/registry.ts'

async function member(registry: Registry, kind: 'university' | 'company' | 'tlo' = 'university') {
  const organisation = await registry.organisation({ kind })
  return { organisation, officer: await registry.member(organisation.id) }
}

async function open() {
  const registry = await openRegistry()
  const [kyoto, toyota, asker, other] = await Promise.all([
    member(registry),
    member(registry, 'company'),
    member(registry, 'company'),
    member(registry),
  ])
  const own = await enrolled(kyoto.officer, [kyoto.organisation])
  const shared = await enrolled(kyoto.officer, [kyoto.organisation, toyota.organisation])
  return { registry, kyoto, toyota, asker, other, own, shared }
}

const input = { subject: 'licence', message: 'Is a licence possible?\nFrom next year.', contact: 'a@asker.example' }

async function ask(caller: Caller, number: string, more: Record<string, unknown> = {}): Promise<EnquiryShown> {
  return (await caller.post(`/v1/patents/${number}/enquiries`, { ...input, ...more })).as(enquiryShown)
}

test('a person asks, the holder is told and answers, and the two then can reach each other', async () => {
  const { registry, kyoto, own } = await open()
  const person = await signedIn(registry, { name: '入会 花子' })
  const { id, ...sent } = await ask(person, own.number)
  expect(sent).toMatchObject({ side: 'sent', state: 'open', holder: { id: kyoto.organisation.id } })
  const notices = (await kyoto.officer.get('/v1/notices')).as(page(noticeShown)).items
  const told = notices.find(({ subject }) => subject === id)
  expect(told).toMatchObject({ kind: 'enquiry_received', body: { patent: own.number, subject: 'licence' } })
  const before = await kyoto.officer.get(`/v1/enquiries/${id}`)
  expect(before.as(enquiryShown)).toMatchObject({
    side: 'received',
    asker: { name: '入会 花子' },
    message: input.message,
  })
  expect(before.text).not.toContain('a@asker.example')
  const answer = { decision: 'answered', text: 'Yes.', contact: 'ip@kyoto.example' }
  const answered = (await kyoto.officer.post(`/v1/enquiries/${id}/answer`, answer)).as(enquiryShown)
  const contacts = { asker: 'a@asker.example', holder: 'ip@kyoto.example' }
  expect(answered).toMatchObject({ state: 'answered', contacts })
  expect((await person.get(`/v1/enquiries/${id}`)).as(enquiryShown)).toMatchObject({
    answer: { text: 'Yes.' },
    contacts,
  })
  const heard = (await person.get('/v1/notices')).as(page(noticeShown)).items
  expect(heard.find(({ subject }) => subject === id)?.kind).toBe('enquiry_answered')
  expect((await registry.anonymous.get('/v1/changes?limit=100')).text).not.toContain(id)
})

test('nobody else learns of it: not a co-owner, not another officer, not a steward', async () => {
  const { registry, kyoto, toyota, asker, other, shared } = await open()
  const path = `/v1/patents/${shared.number}/enquiries`
  expect((await asker.officer.post(path, input)).problem().errors?.[0]?.code).toBe('choose_holder')
  const { id } = await ask(asker.officer, shared.number, { holder: kyoto.organisation.id })
  const person = await signedIn(registry, { name: '他人' })
  for (const caller of [toyota.officer, other.officer, registry.steward, person]) {
    expect((await caller.get(`/v1/enquiries/${id}`)).problem().code).toBe('not_found')
    const refused = await caller.post(`/v1/enquiries/${id}/answer`, { decision: 'declined', text: 'No.' })
    expect(['not_found', 'forbidden', 'insufficient_scope']).toContain(refused.problem().code)
    expect((await caller.delete(`/v1/enquiries/${id}`)).status).toBeGreaterThanOrEqual(400)
  }
  expect((await toyota.officer.get('/v1/enquiries')).text).not.toContain(id)
  expect((await toyota.officer.get('/v1/notices')).text).not.toContain(id)
  expect((await registry.anonymous.get(`/v1/enquiries/${id}`)).problem().code).toBe('unauthenticated')
})

test('an agent with a mandate to declare sees and answers, one with another mandate does not', async () => {
  const { registry, kyoto, asker, own } = await open()
  const [agent, enroller] = await Promise.all([member(registry, 'tlo'), member(registry, 'tlo')])
  await kyoto.officer.post('/v1/mandates', { agent: agent.organisation.id, scope: ['declare'] })
  await kyoto.officer.post('/v1/mandates', { agent: enroller.organisation.id, scope: ['enrol'] })
  const { id } = await ask(asker.officer, own.number)
  expect((await enroller.officer.get(`/v1/enquiries/${id}`)).status).toBe(404)
  expect((await agent.officer.get('/v1/enquiries?side=received')).text).toContain(id)
  const answered = await agent.officer.post(`/v1/enquiries/${id}/answer`, { decision: 'declined', text: 'Not now.' })
  expect(answered.as(enquiryShown)).toMatchObject({
    state: 'declined',
    answer: { actedBy: { organisation: { id: agent.organisation.id } } },
  })
})

test('of two answers at once one stands; what is withdrawn tells the holder nothing', async () => {
  const { kyoto, asker, own } = await open()
  const { id } = await ask(asker.officer, own.number)
  const say = (text: string) => kyoto.officer.post(`/v1/enquiries/${id}/answer`, { decision: 'answered', text })
  const both = await Promise.all([say('First.'), say('Second.')])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  expect((await asker.officer.delete(`/v1/enquiries/${id}`)).problem().code).toBe('already_decided')
  const again = await ask(asker.officer, own.number, { message: 'Secret plan' })
  expect((await asker.officer.delete(`/v1/enquiries/${again.id}`)).as(enquiryShown).state).toBe('withdrawn')
  const seen = await kyoto.officer.get(`/v1/enquiries/${again.id}`)
  expect(seen.status).toBe(200)
  expect(seen.text).not.toContain('Secret plan')
  expect(seen.text).not.toContain(asker.organisation.id)
})

test('the same twice, one’s own patent, no holder, and what is no text are refused', async () => {
  const { kyoto, asker, toyota, own } = await open()
  const path = `/v1/patents/${own.number}/enquiries`
  const both = await Promise.all([asker.officer.post(path, input), asker.officer.post(path, input)])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  expect((await kyoto.officer.post(path, input)).problem().errors?.[0]?.code).toBe('own_patent')
  const named = await toyota.officer.post(path, { ...input, holder: toyota.organisation.id })
  expect(named.problem().errors?.[0]?.code).toBe('not_a_holder')
  for (const message of ['', ' ', 'x'.repeat(4001), 'a\u0000b', '\ud800', 7])
    expect((await toyota.officer.post(path, { ...input, message })).problem().code).toBe('invalid_input')
  expect((await toyota.officer.post('/v1/patents/JP-9999999-B2/enquiries', input)).status).toBe(404)
})
