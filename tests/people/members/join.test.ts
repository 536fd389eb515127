import { expect, test } from 'vitest'
import { type NewInvitation, newInvitation } from '../../../src/people/members/invitation.ts'
import { between } from '../../support/between.ts'
import { dumpState } from '../../support/check-registry.ts'
import { type SignedIn, signedIn } from '../../support/people.ts'
import { type LocalRegistry, openLocalRegistry } from '../../support/registry.ts'

async function open() {
  const registry = await openLocalRegistry()
  const [kyoto, osaka] = [await registry.organisation(), await registry.organisation()]
  const officer = await signedIn(registry, { name: '京都の担当者', memberOf: kyoto.id })
  const stranger = await signedIn(registry, { name: '大阪の担当者', memberOf: osaka.id })
  const person = await signedIn(registry, { name: '入会 花子' })
  return { registry, kyoto, osaka, officer, stranger, person }
}

async function invited(officer: SignedIn, organisation: string, role = 'officer'): Promise<NewInvitation> {
  return (await officer.post(`/v1/organisations/${organisation}/invitations`, { role })).as(newInvitation)
}

function accept(person: SignedIn, { url }: NewInvitation) {
  return person.submit(`/ja${new URL(url).pathname}`)
}

async function posts({ db }: LocalRegistry, { person }: SignedIn) {
  return db.read.rows('select organisation_id, role from memberships where person_id = ?', [person.id])
}

test('an invited person becomes officer and acts for the organisation from then on', async () => {
  const { registry, kyoto, officer, person } = await open()
  const made = await invited(officer, kyoto.id)
  const page = await person.get(`/ja${new URL(made.url).pathname}`)
  expect(page.text).toContain(kyoto.name.ja)
  expect((await accept(person, made)).status).toBe(303)
  expect(await posts(registry, person)).toEqual([[kyoto.id, 'officer']])
  expect((await person.get(`/v1/organisations/${kyoto.id}/members`)).text).toContain('入会 花子')
})

test('the link is kept nowhere: only its hash is in the database, and lists do not show it', async () => {
  const { registry, kyoto, officer } = await open()
  const { url } = await invited(officer, kyoto.id)
  const token = url.slice(url.lastIndexOf('/') + 1)
  expect(token).toHaveLength(43)
  expect(await dumpState(registry)).not.toContain(token)
  expect((await officer.get(`/v1/organisations/${kyoto.id}/invitations`)).text).not.toContain(token)
})

test('a link is of use once', async () => {
  const { registry, kyoto, officer, stranger, person } = await open()
  const made = await invited(officer, kyoto.id)
  await accept(person, made)
  const before = await dumpState(registry)
  expect((await accept(stranger, made)).status).toBe(409)
  expect((await accept(person, made)).status).toBe(409)
  expect(await dumpState(registry)).toBe(before)
})

test('of two people who open a link at once one gets the post', async () => {
  const { registry, kyoto, officer, stranger, person } = await open()
  const made = await invited(officer, kyoto.id)
  const statuses = await Promise.all([accept(person, made), accept(stranger, made)])
  expect(statuses.map(({ status }) => status).sort()).toEqual([303, 409])
  const members = await registry.db.read.rows('select 1 from memberships where organisation_id = ?', [kyoto.id])
  expect(members).toHaveLength(2)
})

test('a link is of no use after seven days, nor once withdrawn', async () => {
  const { registry, kyoto, officer, person } = await open()
  const [withdrawn, late] = [await invited(officer, kyoto.id), await invited(officer, kyoto.id)]
  expect((await officer.delete(`/v1/organisations/${kyoto.id}/invitations/${withdrawn.id}`)).status).toBe(204)
  expect((await accept(person, withdrawn)).status).toBe(409)
  registry.clock.now = new Date(Date.parse(late.expiresAt))
  const again = await signedIn(registry, { name: '入会 花子' })
  expect((await accept(again, late)).status).toBe(409)
  expect(await posts(registry, person)).toEqual([])
  expect(await posts(registry, again)).toEqual([])
})

test('an officer of another organisation neither invites, lists, withdraws nor ends anybody', async () => {
  const { registry, kyoto, officer, stranger } = await open()
  const made = await invited(officer, kyoto.id)
  const at = `/v1/organisations/${kyoto.id}`
  const before = await dumpState(registry)
  const answers = [
    await stranger.post(`${at}/invitations`, { role: 'officer' }),
    await stranger.get(`${at}/invitations`),
    await stranger.delete(`${at}/invitations/${made.id}`),
    await stranger.get(`${at}/members`),
    await stranger.delete(`${at}/members/${officer.person.id}`),
  ]
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
  expect(await dumpState(registry)).toBe(before)
})

test('an invitation of another organisation is not withdrawn under one’s own', async () => {
  const { kyoto, osaka, officer, stranger, person } = await open()
  const made = await invited(officer, kyoto.id)
  expect((await stranger.delete(`/v1/organisations/${osaka.id}/invitations/${made.id}`)).status).toBe(404)
  expect((await accept(person, made)).status).toBe(303)
})

test('nobody acts for an organisation that gave them no post', async () => {
  const { registry, kyoto, stranger } = await open()
  const before = await registry.db.read.rows('select acting_for from sessions order by id_sha256', [])
  expect((await stranger.submit('/ja/me/acting', { organisation: kyoto.id })).status).toBe(422)
  expect(await registry.db.read.rows('select acting_for from sessions order by id_sha256', [])).toEqual(before)
})

test('a post that is ended is of no use at once, in open sessions too', async () => {
  const { kyoto, officer, person } = await open()
  await accept(person, await invited(officer, kyoto.id))
  const at = `/v1/organisations/${kyoto.id}/members`
  expect((await person.get(at)).status).toBe(200)
  expect((await officer.delete(`${at}/${person.person.id}`)).status).toBe(204)
  expect((await person.get(at)).status).toBe(403)
})

test('the only officer does not leave the organisation without one', async () => {
  const { kyoto, officer } = await open()
  const own = await officer.delete(`/v1/organisations/${kyoto.id}/members/${officer.person.id}`)
  expect(own.problem().code).toBe('not_allowed_now')
})

test('a viewer’s link takes nothing from an officer', async () => {
  const { registry, kyoto, officer } = await open()
  expect((await accept(officer, await invited(officer, kyoto.id, 'viewer'))).status).toBe(409)
  expect(await posts(registry, officer)).toEqual([[kyoto.id, 'officer']])
})

test('somebody who is not signed in is asked to sign in and does not get the post', async () => {
  const { registry, kyoto, officer } = await open()
  const { url } = await invited(officer, kyoto.id)
  const page = await registry.anonymous.get(`/ja${new URL(url).pathname}`)
  expect(page.text).toContain('まずサインインしてください')
  const sent = await registry.anonymous.send('POST', `/ja${new URL(url).pathname}`, {
    headers: { Origin: registry.url, 'Content-Type': 'application/x-www-form-urlencoded' },
  })
  expect(sent.status).toBe(401)
})

test('history names people by id, never by name', async () => {
  const { registry, kyoto, officer, person } = await open()
  await accept(person, await invited(officer, kyoto.id))
  await person.submit('/ja/me', { name: '別の 名前', language: 'ja' })
  const kept = JSON.stringify(await registry.db.read.rows('select * from history', []))
  expect(kept).toContain(person.person.id)
  for (const name of ['入会 花子', '別の 名前', '京都の担当者']) expect(kept).not.toContain(name)
})

test('of the last two officers who leave at once one stays', async () => {
  const { registry, kyoto, officer, person } = await open()
  await accept(person, await invited(officer, kyoto.id))
  await person.submit('/ja/me/acting', { organisation: kyoto.id })
  const leave = (one: SignedIn) => one.delete(`/v1/organisations/${kyoto.id}/members/${one.person.id}`)
  const { earlier, later } = await between(
    registry,
    () => leave(officer),
    () => leave(person),
  )
  expect([earlier.status, later.status]).toEqual([409, 204])
  expect(await posts(registry, officer)).toEqual([[kyoto.id, 'officer']])
})
