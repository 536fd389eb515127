import { expect, test } from 'vitest'
import { z } from 'zod'
import { pinnedAgreements } from '../../policies/participation.ts'
import { application, appliedOrganisation } from '../../src/organisations/application.ts'
import { invite } from '../../src/people/members/invite.ts'
import { lapseApplications } from '../../src/standing/decline-application.ts'
import { contextOf } from '../notices/outbox.ts'
import { between } from '../support/between.ts'
import { checkRegistry, dumpState } from '../support/check-registry.ts'
import { namedOrganisation } from '../support/named.ts'
import { newRor } from '../support/opening.ts'
import { signedIn } from '../support/people.ts'
import { openLocalRegistry } from '../support/registry.ts'

const agreement = { id: 'PARTICIPATION-1.0', sha256: pinnedAgreements['PARTICIPATION-1.0'] }
const signatory = { name: '署名 花子', post: '産学連携担当理事' }

async function open(more: Record<string, unknown> = {}) {
  const registry = await openLocalRegistry()
  // A machine client, whose right outlives the months that pass here.
  const person = await registry.member((await registry.organisation()).id)
  const input = {
    name: { ja: '申込大学', en: 'Applying University' },
    kind: 'university',
    country: 'JP',
    signatory,
    agreement,
    ...more,
  }
  const made = (await person.post('/v1/organisations', input)).as(appliedOrganisation)
  const sendAgain = () =>
    person.post(`/v1/applications/${made.application}/sending`, input, { 'Idempotency-Key': crypto.randomUUID() })
  const decide = (state: string, reason?: string) =>
    registry.steward.post(`/v1/organisations/${made.id}/approval`, { state, ...(reason ? { reason } : {}) })
  const own = async () => (await person.get('/v1/applications')).as(z.object({ items: z.array(application) })).items[0]
  const lapse = () => lapseApplications({ ...contextOf(registry), actor: { kind: 'registry' } })
  return { registry, person, made, sendAgain, decide, own, lapse }
}

async function named(registry: Awaited<ReturnType<typeof open>>['registry']): Promise<string[]> {
  const state = await dumpState(registry)
  return [signatory.name, signatory.post].filter((text) => state.includes(text))
}

test('who was to sign is forgotten when an application is declined; that it was, when and why is told', async () => {
  const { registry, made, sendAgain, decide, own } = await open()
  expect((await decide('returned', '役職を確かめてください。')).status).toBe(200)
  expect((await sendAgain()).as(application).signatory).toEqual(signatory)
  expect(await named(registry)).toEqual([signatory.name, signatory.post])
  expect((await decide('declined', '権限を確かめられませんでした。')).status).toBe(200)
  expect(await named(registry)).toEqual([])
  expect(await own()).toMatchObject({
    id: made.application,
    state: 'declined',
    reason: '権限を確かめられませんでした。',
    decidedAt: '2026-11-21T09:00:00.000Z',
    agreement,
  })
  const [entry] = await registry.db.read.rows(
    `select e.at, r.record from log_entries e join log_records r on r.sequence = e.sequence
     where e.type = 'organisation_returned' and e.subject = ? order by e.sequence desc limit 1`,
    [made.id],
  )
  expect(entry?.[0]).toBe('2026-11-21T09:00:00.000Z')
  expect(JSON.parse(String(entry?.[1]))).toMatchObject({ declined: true, reason: '権限を確かめられませんでした。' })
  await checkRegistry(registry)
})

test('who was to sign is forgotten when the applicant takes the application back, and kept when it is approved', async () => {
  const { registry, person, made } = await open()
  expect((await person.delete(`/v1/applications/${made.application}`)).status).toBe(204)
  expect(await named(registry)).toEqual([])
  const other = await open()
  expect((await other.decide('approved')).status).toBe(200)
  expect(await named(other.registry)).toEqual([signatory.name, signatory.post])
})

test('a decline forgets its own signatory alone, not who signed when the organisation took part before', async () => {
  const ror = newRor()
  const { registry, made, decide, person } = await open({ ror })
  await decide('approved')
  await decide('left')
  registry.clock.now = new Date('2027-03-01T00:00:00Z')
  const again = { name: '再参加 次郎', post: '理事長' }
  const input = {
    name: { ja: '申込大学', en: 'Applying University' },
    kind: 'university',
    country: 'JP',
    ror,
    signatory: again,
    agreement,
  }
  expect((await person.post('/v1/organisations', input)).as(appliedOrganisation).id).toBe(made.id)
  expect(await dumpState(registry)).toContain(again.name)
  expect((await decide('declined', '別の機関です。')).status).toBe(200)
  expect(await dumpState(registry)).not.toContain(again.name)
  expect(await named(registry)).toEqual([signatory.name, signatory.post])
})

test('whoever was invited for an application that is declined is no officer when another takes the record over', async () => {
  const ror = newRor()
  const registry = await openLocalRegistry()
  const before = await namedOrganisation(registry)
  await registry.db.write([{ sql: 'update organisations set ror = ? where id = ?', args: [ror, before.id] }])
  const applicant = await signedIn(registry, { name: '申込 太郎' })
  const name = { ja: '申込大学', en: 'Applying University' }
  const input = { name, kind: 'university', country: 'JP', ror, signatory, agreement }
  expect((await applicant.post('/v1/organisations', input)).as(appliedOrganisation).id).toBe(before.id)
  await invite(registry.context(), before.id, { role: 'officer' })
  await signedIn(registry, { name: '招待 花子', memberOf: before.id })
  const path = `/v1/organisations/${before.id}/approval`
  await registry.steward.post(path, { state: 'declined', reason: '別の機関です。' })
  for (const table of ['memberships', 'invitations'])
    expect(await registry.db.read.rows(`select * from ${table} where organisation_id = ?`, [before.id])).toEqual([])
  await checkRegistry(registry)
})

test('one that was returned and stays unanswered for half a year is closed, and says so', async () => {
  const { registry, decide, own, lapse } = await open()
  await decide('returned', '役職を確かめてください。')
  registry.clock.now = new Date('2027-05-20T09:00:00Z')
  expect(await lapse()).toBe(0)
  expect((await own())?.signatory).toEqual(signatory)
  registry.clock.now = new Date('2027-05-20T09:00:01Z')
  expect(await lapse()).toBe(1)
  expect(await lapse()).toBe(0)
  expect(await named(registry)).toEqual([])
  const closed = await own()
  expect(closed).toMatchObject({ state: 'declined', decidedAt: '2027-05-20T09:00:01.000Z' })
  expect(closed?.reason).toContain('180')
  await checkRegistry(registry)
})

test('one that waits for a steward, however long, is not closed, nor one that is sent again just then', async () => {
  const { registry, decide, own, lapse, sendAgain } = await open()
  registry.clock.now = new Date('2028-11-21T09:00:00Z')
  expect(await lapse()).toBe(0)
  await decide('returned', '役職を確かめてください。')
  registry.clock.now = new Date('2029-11-21T09:00:00Z')
  let lapsed: number | undefined
  await between(
    registry,
    async () => {
      lapsed = await lapse()
      return registry.anonymous.get('/healthz')
    },
    sendAgain,
  )
  expect(lapsed).toBe(0)
  expect((await own())?.state).toBe('waiting')
})
