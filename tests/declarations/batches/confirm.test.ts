import { expect, test } from 'vitest'
import { pinnedFingerprints } from '../../../policies/terms.ts'
import { batch, batchFaults, effect } from '../../../src/declarations/batches/batch.ts'
import { continueBatches } from '../../../src/declarations/batches/confirm.ts'
import { checkRegistry } from '../../support/check-registry.ts'
import { enrolled } from '../../support/opening.ts'
import { signedIn } from '../../support/people.ts'
import { endingAfter, portfolioOf } from '../../support/portfolio.ts'
import { type Caller, type LocalRegistry, openLocalRegistry } from '../../support/registry.ts'

const choice = {
  rules: [{ where: {}, termsId: 'RPC-OPEN-1.0', termsSha256: pinnedFingerprints['RPC-OPEN-1.0'] }],
}

async function previewed(officer: Caller) {
  return (await officer.post('/v1/declarations/preview', choice)).as(effect)
}

function confirming(effectSha256: string) {
  return { ...choice, effectSha256, encumbrancesChecked: true as const }
}

test('ten thousand patents are looked at and declared within seconds, a thousand to a declaration', async () => {
  const registry = await openLocalRegistry()
  const [mine, other] = await Promise.all([registry.organisation(), registry.organisation()])
  const officer = await registry.member(mine.id)
  await portfolioOf(registry, [mine.id], 8500, 5_000_000)
  await portfolioOf(registry, [mine.id, other.id], 1500, 6_000_000)
  const began = performance.now()
  const shown = await previewed(officer)
  const looked = performance.now() - began
  expect([shown.patents, shown.declarations.length]).toEqual([10_000, 11])
  expect(shown.consents.map(({ id, declarations, patents }) => [id, declarations, patents])).toEqual([
    [other.id, 2, 1500],
  ])
  const made = (await officer.post('/v1/declaration-batches', confirming(shown.sha256))).as(batch)
  const took = performance.now() - began
  expect(made).toMatchObject({ state: 'done', patents: { declared: 10_000, leftOut: 0, waiting: 0 } })
  expect(looked).toBeLessThan(8000)
  expect(took).toBeLessThan(40_000)
}, 120_000)

test('what is cut off in the middle goes on by itself, in two processes at once, without one declared twice', async () => {
  const registry = await openLocalRegistry()
  const holders = await Promise.all([1, 2, 3].map(() => registry.organisation()))
  const [mine] = holders
  if (!mine) throw new Error('three were made')
  const officer = await registry.member(mine.id)
  for (const other of holders) await enrolled(officer, [...new Set([mine, other])])
  const { sha256, declarations } = await previewed(officer)
  expect(declarations).toHaveLength(3)
  // The process ends after it has recorded what is to be done, and the first of it.
  const { db } = registry
  const restart = endingAfter(registry, 2)
  const answer = await officer.post('/v1/declaration-batches', confirming(sha256))
  expect(answer.status).toBe(500)
  restart()
  const done = await Promise.all([continueBatches(registry.context()), continueBatches(registry.context())])
  expect(done[0] + done[1]).toBe(2)
  const [row] = await db.read.rows('select id, state from declaration_batches', [])
  expect(row?.[1]).toBe('done')
  const read = (await officer.get(`/v1/declaration-batches/${String(row?.[0])}`)).as(batch)
  expect(read).toMatchObject({ groups: { total: 3, finished: 3 }, patents: { declared: 3, leftOut: 0 } })
  expect(await continueBatches(registry.context())).toBe(0)
  await checkRegistry(registry)
})

test('what was excluded, or changed hands, before its turn came is left out and told', async () => {
  const registry = await openLocalRegistry()
  const [mine, other] = await Promise.all([registry.organisation(), registry.organisation()])
  const officer = await registry.member(mine.id)
  const [one, two] = await Promise.all([enrolled(officer, [mine]), enrolled(officer, [mine, other])])
  const { sha256 } = await previewed(officer)
  const { db } = registry
  const restart = endingAfter(registry, 1)
  await officer.post('/v1/declaration-batches', confirming(sha256))
  restart()
  await officer.post(`/v1/organisations/${mine.id}/exclusions`, { entries: [{ number: one.number }] })
  await (await registry.member(other.id)).post(`/v1/patents/${two.number}/assignment`, {
    from: other.id,
    to: mine.id,
    on: '2026-11-21',
  })
  expect(await continueBatches(registry.context())).toBe(2)
  const [row] = await db.read.rows('select id from declaration_batches', [])
  const read = (await officer.get(`/v1/declaration-batches/${String(row?.[0])}`)).as(batch)
  expect(read).toMatchObject({ state: 'done', declarations: [], patents: { declared: 0, leftOut: 2 } })
  expect(new Map(read.leftOut.map(({ number, code }) => [number, code]))).toEqual(
    new Map([
      [one.number, 'excluded'],
      [two.number, 'changed_meanwhile'],
    ]),
  )
  await checkRegistry(registry)
})

test('an organisation that is suspended before its turn comes declares nothing more', async () => {
  const registry = await openLocalRegistry()
  const mine = await registry.organisation()
  const officer = await registry.member(mine.id)
  await enrolled(officer, [mine])
  const { sha256 } = await previewed(officer)
  const { db } = registry
  const restart = endingAfter(registry, 1)
  await officer.post('/v1/declaration-batches', confirming(sha256))
  restart()
  await registry.steward.post(`/v1/organisations/${mine.id}/approval`, { state: 'suspended', reason: 'A report.' })
  expect(await continueBatches(registry.context())).toBe(0)
  const rows = await db.read.rows('select state, (select count(*) from declarations) from declaration_batches', [])
  expect(rows).toEqual([['stopped', 0]])
  await checkRegistry(registry)
})

test('an agent that is suspended before its turn comes declares nothing more for its principal', async () => {
  const registry = await openLocalRegistry()
  const [mine, tlo] = await Promise.all([registry.organisation(), registry.organisation({ kind: 'tlo' })])
  const [officer, agent] = await Promise.all([registry.member(mine.id), registry.member(tlo.id)])
  await officer.post('/v1/mandates', { agent: tlo.id, scope: ['declare'] })
  await enrolled(officer, [mine])
  const forMine = { ...choice, organisation: mine.id }
  const { sha256 } = (await agent.post('/v1/declarations/preview', forMine)).as(effect)
  const restart = endingAfter(registry, 1)
  await agent.post('/v1/declaration-batches', { ...confirming(sha256), organisation: mine.id })
  restart()
  await registry.steward.post(`/v1/organisations/${tlo.id}/approval`, { state: 'suspended', reason: 'A report.' })
  expect(await continueBatches(registry.context())).toBe(0)
  const sql = 'select state, (select count(*) from declarations) from declaration_batches'
  expect(await registry.db.read.rows(sql, [])).toEqual([['stopped', 0]])
  await checkRegistry(registry)
})

/** The database refuses declarations of this organisation, as a fault that does not pass by itself. */
async function failingFor({ db }: LocalRegistry, organisationId: string): Promise<() => Promise<void>> {
  const sql = `create trigger broken before insert on declarations when new.organisation_id = '${organisationId}'
    begin select raise(abort, 'broken'); end`
  await db.write([{ sql, args: [] }])
  return () => db.write([{ sql: 'drop trigger broken', args: [] }])
}

test('a batch that fails again and again is set aside with its reason, holds up no other, and is tried again', async () => {
  const registry = await openLocalRegistry()
  const confirmed = async (organisations: number) => {
    const mine = await registry.organisation()
    const others = await Promise.all(Array.from({ length: organisations }, () => registry.organisation()))
    const officer = await registry.member(mine.id)
    await enrolled(officer, [mine])
    for (const other of others) await enrolled(officer, [mine, other])
    const { sha256 } = await previewed(officer)
    return { mine, officer, confirm: () => officer.post('/v1/declaration-batches', confirming(sha256)) }
  }
  const [bad, good] = [await confirmed(1), await confirmed(2)]
  const mend = await failingFor(registry, bad.mine.id)
  const made = (await bad.confirm()).as(batch)
  expect(made).toMatchObject({ state: 'working', fault: { code: 'unexpected' }, groups: { total: 2, finished: 0 } })
  const restart = endingAfter(registry, 1)
  await good.confirm()
  restart()

  expect(await continueBatches(registry.context())).toBe(3)
  const read = async () => (await bad.officer.get(`/v1/declaration-batches/${made.id}`)).as(batch)
  for (let run = 3; run <= 5; run += 1) expect(await continueBatches(registry.context())).toBe(0)
  expect(await read()).toMatchObject({ state: 'set_aside', fault: { code: 'unexpected' } })
  const before = await registry.db.read.rows('select attempts from declaration_batches where id = ?', [made.id])
  expect(await continueBatches(registry.context())).toBe(0)
  expect(await registry.db.read.rows('select attempts from declaration_batches where id = ?', [made.id])).toEqual(
    before,
  )

  const office = await signedIn(registry, { name: '入会 花子', memberOf: bad.mine.id, language: 'en' })
  const path = `/en/desk/declarations/batches/${made.id}`
  expect((await office.get('/en/desk/declarations')).text).toContain(path)
  expect((await office.get(path)).text).toContain(batchFaults.unexpected.en)
  expect((await good.officer.post(`/v1/declaration-batches/${made.id}/retry`, undefined)).status).toBe(403)
  const still = (await bad.officer.post(`/v1/declaration-batches/${made.id}/retry`, undefined)).as(batch)
  expect(still).toMatchObject({ state: 'working', fault: { code: 'unexpected' } })
  expect((await bad.officer.post(`/v1/declaration-batches/${made.id}/retry`, undefined)).problem().code).toBe(
    'not_allowed_now',
  )
  for (let run = 2; run <= 5; run += 1) await continueBatches(registry.context())
  expect((await read()).state).toBe('set_aside')

  await mend()
  expect((await office.submit(`${path}/retry`, {})).headers.get('Location')).toBe(path)
  const done = await read()
  expect(done).toMatchObject({ state: 'done', groups: { total: 2, finished: 2 } })
  expect(done.fault).toBeUndefined()
  expect((await office.get('/en/desk/declarations')).text).not.toContain(path)
  await checkRegistry(registry)
})
