import { expect, test } from 'vitest'
import { acts, mandate, mandatesPerPrincipalMax } from '../../src/mandates/mandate.ts'
import { openAgent } from '../support/agent-acts.ts'
import { between } from '../support/between.ts'
import { checkRegistry, dumpState } from '../support/check-registry.ts'
import { openHolders } from '../support/holders.ts'

async function open() {
  const commons = await openHolders()
  const agent = await openAgent(commons)
  const input = { agent: agent.organisation.id, scope: acts }
  const give = () => commons.kyoto.officer.post('/v1/mandates', input)
  return { ...commons, agent, input, give }
}

test.each([
  'update mandates set scope = \'["enrol"]\'',
  "update mandates set until_on = '2099-12-31'",
  'update mandates set ended_at = null',
  'update mandates set agent_id = principal_id',
  'delete from mandates',
  'insert or replace into mandates select * from mandates',
])('the record of a mandate is only ever ended, whoever holds the database: %s', async (sql) => {
  const registry = await open()
  const { id } = (await registry.give()).as(mandate)
  if (sql.includes('null')) await registry.kyoto.officer.delete(`/v1/mandates/${id}`)
  const before = await dumpState(registry)
  await expect(registry.db.write([{ sql, args: [] }])).rejects.toThrow()
  expect(await dumpState(registry)).toBe(before)
})

test('the same mandate given by another officer in between is refused as given', async () => {
  const registry = await open()
  const { earlier, later } = await between(registry, registry.give, registry.give)
  expect([later.status, earlier.status, earlier.problem().code]).toEqual([201, 409, 'already_decided'])
})

test('an agent that is suspended in between is not given it', async () => {
  const registry = await open()
  const path = `/v1/organisations/${registry.agent.organisation.id}/approval`
  const { earlier } = await between(registry, registry.give, () => registry.steward.post(path, { state: 'suspended' }))
  expect([earlier.status, earlier.problem().errors?.[0]?.code]).toEqual([422, 'not_approved'])
})

test('an organisation gives so many mandates and no more, and one more when another is over', async () => {
  const registry = await open()
  const { kyoto, input, db } = registry
  const { id } = (await registry.give()).as(mandate)
  const copies = `with recursive n (i) as (select 2 union all select i + 1 from n where i < ?)
    insert into mandates (id, principal_id, agent_id, scope, from_on, given_at, given_by)
    select 'copy-' || i, principal_id, agent_id, scope, '2027-01-01', given_at, given_by from mandates, n where id = ?`
  await db.write([{ sql: copies, args: [mandatesPerPrincipalMax, id] }])
  const more = { ...input, agent: registry.osaka.organisation.id }
  const refused = await kyoto.officer.post('/v1/mandates', more)
  expect([refused.status, refused.problem().code]).toEqual([409, 'not_allowed_now'])
  expect((await kyoto.officer.delete(`/v1/mandates/${id}`)).status).toBe(200)
  expect((await kyoto.officer.post('/v1/mandates', more)).status).toBe(201)
})

test('both ending it in the same moment leave one end', async () => {
  const registry = await open()
  const { id } = (await registry.give()).as(mandate)
  const end = (of: 'kyoto' | 'agent') => () => registry[of].officer.delete(`/v1/mandates/${id}`)
  const { earlier, later } = await between(registry, end('kyoto'), end('agent'))
  expect([later.as(mandate).endedBy, earlier.problem().code]).toEqual(['agent', 'already_decided'])
})

test('what is over by its own date cannot be ended, and is called so', async () => {
  const registry = await open()
  const { kyoto, input, clock } = registry
  const { id } = (await kyoto.officer.post('/v1/mandates', { ...input, until: '2026-11-30' })).as(mandate)
  clock.now = new Date('2026-12-01T00:00:00Z')
  expect((await kyoto.officer.delete(`/v1/mandates/${id}`)).problem().code).toBe('already_decided')
  expect((await kyoto.officer.get(`/v1/mandates/${id}`)).as(mandate).state).toBe('expired')
  expect((await kyoto.officer.post('/v1/mandates', input)).status).toBe(201)
  await checkRegistry(registry)
})
