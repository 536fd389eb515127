import { expect, test } from 'vitest'
import { becomeSteward, endSteward, inviteSteward } from '../../src/people/members/steward.ts'
import { listStewards } from '../../src/people/members/steward-queries.ts'
import { approveOrganisation } from '../../src/standing/approve-organisation.ts'
import { dumpState } from '../support/check-registry.ts'
import { signedIn } from '../support/people.ts'
import { openLocalRegistry } from '../support/registry.ts'

async function personWho(registry: Awaited<ReturnType<typeof openLocalRegistry>>) {
  const { person } = await signedIn(registry, { name: '運営 司' })
  const actor = { kind: 'person', id: person.id, orcid: undefined, memberships: [], actingFor: undefined } as const
  return { ...registry.context(), actor }
}

test('a person who is a steward no more loses an act that was decided on before', async () => {
  const registry = await openLocalRegistry()
  const { id } = await registry.organisation()
  const ctx = await personWho(registry)
  const acting = { ...ctx, actor: { ...ctx.actor, steward: true } } as const
  const before = await dumpState(registry)
  await expect(approveOrganisation(acting, id, { state: 'suspended' })).rejects.toMatchObject({ code: 'conflict' })
  expect(await dumpState(registry)).toBe(before)

  const { url } = await inviteSteward(registry.context())
  await becomeSteward(ctx, url.slice(url.lastIndexOf('/') + 1))
  expect(await listStewards(registry.db.read)).toMatchObject([{ id: ctx.actor.id, name: '運営 司' }])
  expect((await approveOrganisation(acting, id, { state: 'suspended' })).state).toBe('suspended')
  await endSteward(registry.context(), ctx.actor.id)
  await expect(approveOrganisation(acting, id, { state: 'approved' })).rejects.toMatchObject({ code: 'conflict' })
})

test('a steward whose session acts for oneself, or for an organisation, has no rights of a steward', async () => {
  const registry = await openLocalRegistry()
  const { id } = await registry.organisation()
  const ctx = await personWho(registry)
  const { url } = await inviteSteward(registry.context())
  await becomeSteward(ctx, url.slice(url.lastIndexOf('/') + 1))
  await expect(approveOrganisation(ctx, id, { state: 'suspended' })).rejects.toThrow('Only a steward')
})

test('a link that has expired makes nobody a steward', async () => {
  const registry = await openLocalRegistry()
  const { url } = await inviteSteward(registry.context())
  registry.clock.now = new Date(registry.clock.now.getTime() + 8 * 86_400_000)
  const ctx = await personWho(registry)
  await expect(becomeSteward(ctx, url.slice(url.lastIndexOf('/') + 1))).rejects.toMatchObject({
    code: 'already_decided',
  })
  expect(await listStewards(registry.db.read)).toEqual([])
})

test('nothing of a person who is erased stays: neither the post of steward nor the signatory', async () => {
  const registry = await openLocalRegistry()
  const person = await signedIn(registry, { name: '消去 花子' })
  const { url } = await inviteSteward(registry.context())
  await person.submit(new URL(url).pathname)
  await person.post('/v1/me/erasure', { confirm: 'erase everything' })
  expect(await listStewards(registry.db.read)).toEqual([])
})
