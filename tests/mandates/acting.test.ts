import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { declaration } from '../../src/declarations/declaration.ts'
import { type Act, acts, type Mandate, mandate } from '../../src/mandates/mandate.ts'
import { type AgentAct, agentActs, openAgent } from '../support/agent-acts.ts'
import { between } from '../support/between.ts'
import { checkRegistry, dumpState } from '../support/check-registry.ts'
import { declarationOf, declare, enrolPatent, type Holders, type Member, openHolders } from '../support/holders.ts'
import { newRor } from '../support/opening.ts'
import { patentOf } from '../support/patents.ts'
import { signedIn } from '../support/people.ts'
import type { Answer, Caller } from '../support/registry.ts'

type Scene = Holders & { agent: Member; send: (caller: Caller) => Promise<Answer> }

async function scene({ prepare }: AgentAct): Promise<Scene> {
  const commons = await openHolders()
  const agent = await openAgent(commons)
  return { ...commons, agent, send: await prepare(commons) }
}

async function give(
  { kyoto, agent }: Pick<Scene, 'kyoto' | 'agent'>,
  scope: readonly Act[],
  dates: { from?: string; until?: string } = {},
): Promise<Mandate> {
  const input = { agent: agent.organisation.id, scope, ...dates }
  return (await kyoto.officer.post('/v1/mandates', input)).as(mandate)
}

async function state({ steward }: Holders, { organisation }: Member, to: 'suspended' | 'left' | 'approved') {
  const answer = await steward.post(`/v1/organisations/${organisation.id}/approval`, { state: to })
  expect(answer.status).toBe(200)
}

function morning(registry: Holders, on: string): void {
  registry.clock.now = new Date(`${on}T00:00:00Z`)
}

async function refused(registry: Scene, code = 'forbidden'): Promise<void> {
  const before = await dumpState(registry)
  const answer = await registry.send(registry.agent.officer)
  expect([answer.status, answer.problem().code]).toEqual([403, code])
  expect(await dumpState(registry)).toBe(before)
}

async function done(registry: Scene, { answers }: AgentAct, caller = registry.agent.officer): Promise<Answer> {
  const answer = await registry.send(caller)
  expect(answer.status, answer.text).toBe(answers)
  await checkRegistry(registry)
  return answer
}

/** Who the record of the act says did it. */
async function recordedActedBy({ db }: Holders, { recordedIn }: AgentAct): Promise<unknown> {
  if ('history' in recordedIn) {
    const sql = 'select acted_by from history where event = ? order by rowid desc limit 1'
    const [row] = await db.read.rows(sql, [recordedIn.history])
    return row?.[0] === null ? null : JSON.parse(String(row?.[0]))
  }
  const [row] = await db.read.rows(
    'select r.record from log_records r join log_entries e on e.sequence = r.sequence where e.type = ? order by e.sequence desc limit 1',
    [recordedIn.log],
  )
  return z.record(z.string(), z.unknown()).parse(JSON.parse(String(row?.[0])))[recordedIn.as ?? 'actedBy'] ?? null
}

describe.each(Object.entries(agentActs))('an agent who would %s for a holder', (_, act) => {
  const others = acts.filter((one) => one !== act.act)

  test('does so with a mandate, and is named in the record as the agent', async () => {
    const registry = await scene(act)
    const { agent, kyoto } = registry
    const { id } = await give(registry, [act.act])
    const answer = await done(registry, act)
    const { organisation } = agent
    const shown = { organisation: { id: organisation.id, name: organisation.name }, mandate: id }
    // The record of a declaration names organisations as the declaration does; the others by id.
    const named =
      'log' in act.recordedIn && act.recordedIn.asShown ? shown : { organisation: organisation.id, mandate: id }
    expect(await recordedActedBy(registry, act)).toEqual(named)
    if (!act.shown) return
    expect(act.shown(answer)).toEqual(shown)
    const read = await registry.anonymous.get(`/v1/declarations/${JSON.parse(answer.text).id}`)
    expect(act.shown(read)).toEqual(shown)
    expect(read.text).toContain(kyoto.organisation.id)
  })

  test('is refused without a mandate, and nothing changes', async () => {
    await refused(await scene(act))
  })

  test('is refused with a mandate for everything else', async () => {
    const registry = await scene(act)
    await give(registry, others)
    await refused(registry)
  })

  test('is refused with the mandate of another organisation', async () => {
    const registry = await scene(act)
    await give({ ...registry, kyoto: registry.osaka }, acts)
    await refused(registry)
  })

  test('is refused before its first day and after its last, and may on both', async () => {
    const registry = await scene(act)
    await give(registry, [act.act], { from: '2026-11-23', until: '2026-11-25' })
    registry.clock.now = new Date('2026-11-22T23:59:59Z')
    await refused(registry)
    morning(registry, '2026-11-26')
    await refused(registry)
    registry.clock.now = new Date('2026-11-25T23:59:59Z')
    await done(registry, act)
  })

  test('may on the first day', async () => {
    const registry = await scene(act)
    await give(registry, [act.act], { from: '2026-11-23' })
    morning(registry, '2026-11-23')
    await done(registry, act)
  })

  test.each(['kyoto', 'agent'] as const)('is refused once %s has ended it', async (who) => {
    const registry = await scene(act)
    const { id } = await give(registry, acts)
    expect((await registry[who].officer.delete(`/v1/mandates/${id}`)).status).toBe(200)
    await refused(registry)
  })

  test.each(['suspended', 'left'] as const)('is refused while it is %s itself', async (to) => {
    const registry = await scene(act)
    await give(registry, acts)
    await state(registry, registry.agent, to)
    await refused(registry)
    if (to === 'left') return
    await state(registry, registry.agent, 'approved')
    await done(registry, act)
  })

  test.each(['suspended', 'left'] as const)('is refused while the holder is %s', async (to) => {
    const registry = await scene(act)
    await give(registry, acts)
    await state(registry, registry.kyoto, to)
    await refused(registry)
    if (to === 'left') return
    await state(registry, registry.kyoto, 'approved')
    await done(registry, act)
  })

  test('is refused as a viewer, and as a client without the scope', async () => {
    const registry = await scene(act)
    await give(registry, acts)
    const { id } = registry.agent.organisation
    const viewer = await registry.member(id, { role: 'viewer' })
    const blind = await registry.member(id, { scopes: ['organisation:manage', 'grants:read'] })
    for (const officer of [viewer, blind])
      await refused({ ...registry, agent: { ...registry.agent, officer } }, 'insufficient_scope')
  })

  test('cannot let its own agent do it', async () => {
    const registry = await scene(act)
    await give(registry, acts)
    await give({ kyoto: registry.agent, agent: registry.nara }, acts)
    await refused({ ...registry, agent: registry.nara })
  })

  test('does it as a person whose session acts for the agent, and not for oneself', async () => {
    const registry = await scene(act)
    const { id } = await give(registry, acts)
    const memberOf = registry.agent.organisation.id
    const oneself = await signedIn(registry, { name: '見本 託子', memberOf, actingFor: null })
    await refused({ ...registry, agent: { ...registry.agent, officer: oneself } })
    const officer = await signedIn(registry, { name: '見本 託郎', memberOf })
    await done(registry, act, officer)
    expect(JSON.stringify(await recordedActedBy(registry, act))).toContain(id)
  })

  test('is refused when the mandate ends between its decision and its write', async () => {
    const registry = await scene(act)
    const { id } = await give(registry, acts)
    const { earlier, later } = await between(
      registry,
      () => registry.send(registry.agent.officer),
      () => registry.kyoto.officer.delete(`/v1/mandates/${id}`),
    )
    expect([later.status, earlier.status, earlier.problem().code]).toEqual([200, 403, 'forbidden'])
  })

  test('is refused when the holder is suspended between its decision and its write', async () => {
    const registry = await scene(act)
    await give(registry, acts)
    const path = `/v1/organisations/${registry.kyoto.organisation.id}/approval`
    const { earlier, later } = await between(
      registry,
      () => registry.send(registry.agent.officer),
      () => registry.steward.post(path, { state: 'suspended' }),
    )
    expect([later.status, earlier.status]).toEqual([200, 403])
  })

  test('goes on under another mandate that stands when one ends in between', async () => {
    const registry = await scene(act)
    const { id } = await give(registry, [act.act], { until: '2026-12-31' })
    let next = ''
    const { earlier } = await between(
      registry,
      () => registry.send(registry.agent.officer),
      async () => {
        const ended = await registry.kyoto.officer.delete(`/v1/mandates/${id}`)
        next = (await give(registry, acts)).id
        return ended
      },
    )
    expect(earlier.status, earlier.text).toBe(act.answers)
    expect(JSON.stringify(await recordedActedBy(registry, act))).toContain(next)
  })

  test('and the holder who ends it at the same moment leave one true story', async () => {
    const registry = await scene(act)
    const { id } = await give(registry, acts)
    const [answer, ended] = await Promise.all([
      registry.send(registry.agent.officer),
      registry.kyoto.officer.delete(`/v1/mandates/${id}`),
    ])
    expect(ended.status).toBe(200)
    expect([act.answers, 403]).toContain(answer.status)
    await checkRegistry(registry)
  })
})

test.each(Object.entries(agentActs))('to %s oneself leaves no word of an agent', async (_, act) => {
  const registry = await scene(act)
  await give(registry, acts)
  const answer = await done(registry, act, registry.kyoto.officer)
  expect(await recordedActedBy(registry, act)).toBeNull()
  expect(answer.text).not.toContain('ctedBy')
})

test('an agent that is a holder itself acts for itself', async () => {
  const commons = await openHolders()
  const { kyoto, toyota, db } = commons
  await give({ kyoto, agent: toyota }, acts)
  const number = (await toyota.officer.post('/v1/patents', patentOf([kyoto.organisation, toyota.organisation]))).status
  expect(number).toBe(201)
  const [row] = await db.read.rows('select acted_by from history order by rowid desc limit 1', [])
  expect(row).toEqual([null])
})

test('the co-owner that the agent itself is and the one that it is agent of each answer for themselves', async () => {
  const commons = await openHolders()
  const { kyoto, toyota, osaka } = commons
  await give({ kyoto: osaka, agent: toyota }, ['consent'])
  const { number } = await enrolPatent(kyoto.officer, [kyoto, toyota, osaka])
  const { id } = await declare(kyoto.officer, [number])
  const path = `/v1/declarations/${id}/consents`
  const own = await toyota.officer.post(path, { answer: 'given' })
  expect(JSON.parse(own.text).state).toBe('awaiting_consent')
  const forOsaka = await toyota.officer.post(path, { answer: 'given', organisation: osaka.organisation.id })
  expect(JSON.parse(forOsaka.text)).toMatchObject({ state: 'in_force' })
  const { consents } = forOsaka.as(declaration)
  const agents = new Map(consents.map(({ organisation, actedBy }) => [organisation.id, actedBy?.organisation.id]))
  expect(agents.get(osaka.organisation.id)).toBe(toyota.organisation.id)
  expect(agents.get(toyota.organisation.id)).toBeUndefined()
  await checkRegistry(commons)
})

test('a declaration for an organisation that nobody knows, or for which nothing was given, is refused', async () => {
  const { kyoto, nara, own } = await openHolders()
  const input = { ...declarationOf([own.number]), organisation: 'https://ror.org/000000000' }
  const unknown = await nara.officer.post('/v1/declarations', input)
  expect(unknown.problem().errors?.[0]).toMatchObject({ pointer: '/organisation', code: 'unknown_organisation' })
  const forKyoto = await nara.officer.post('/v1/declarations', { ...input, organisation: kyoto.organisation.id })
  expect(forKyoto.problem().code).toBe('forbidden')
})

test('a mandate ends when one of the two leaves, and does not stand again when it has returned', async () => {
  for (const leaving of ['kyoto', 'agent'] as const) {
    const [first] = Object.values(agentActs)
    if (!first) throw new Error('there are acts')
    const registry = await scene(first)
    const given = await give(registry, acts)
    const { organisation, officer } = registry[leaving]
    const ror = newRor()
    const sql = 'update organisations set ror = ? where id = ?'
    await registry.db.write([{ sql, args: [ror, organisation.id] }])
    expect((await officer.post(`/v1/organisations/${organisation.id}/leaving`, {})).status).toBe(200)
    const { name, kind, country } = organisation
    expect((await registry.steward.post('/v1/organisations', { name, kind, country, ror })).status).toBe(201)
    await state(registry, registry[leaving], 'approved')
    const now = (await officer.get(`/v1/mandates/${given.id}`)).as(mandate)
    expect(now).toMatchObject({ state: 'ended', endedBy: leaving === 'agent' ? 'agent' : 'principal' })
    await refused(registry)
    await checkRegistry(registry)
  }
})
