import { expect, test } from 'vitest'
import { z } from 'zod'
import { checkResult } from '../../src/check/check.ts'
import { declaration } from '../../src/declarations/declaration.ts'
import { page } from '../../src/http/paging.ts'
import { membersPerFamilyMax, patent, patentLine, statusesPerPatentMax } from '../../src/patents/patent.ts'
import { expireEnded, tellOfExpiring } from '../../src/patents/upkeep.ts'
import { noticesOf } from '../notices/outbox.ts'
import { checkRegistry, dumpState } from '../support/check-registry.ts'
import { enrolled, numbersOf, opened, research } from '../support/opening.ts'
import { patentOf } from '../support/patents.ts'
import { portfolioOf } from '../support/portfolio.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

const expires = (on: string) => ({ expires: { on, source: 'J-PlatPat', seenOn: '2026-11-01' } })
const lapsed = { value: 'lapsed', on: '2026-11-20', source: 'J-PlatPat', seenOn: '2026-11-21' }

async function verdictOf(registry: LocalRegistry, number: string, on?: string) {
  const query = new URLSearchParams({ number, ...research, ...(on === undefined ? {} : { on }) })
  return (await registry.anonymous.get(`/v1/check?${query}`)).as(checkResult).verdict
}

async function upkeep(registry: LocalRegistry, at: string): Promise<number[]> {
  registry.clock.now = new Date(at)
  const both = await Promise.all([expireEnded(registry.context()), expireEnded(registry.context())])
  return both.sort()
}

test('a patent whose recorded end has come expires with its source, leaves the commons, and breaks nothing else', async () => {
  const registry = await openLocalRegistry()
  const {
    holder,
    patents,
    declaration: made,
  } = await opened(registry, 'RPC-OPEN-1.0', {
    patent: expires('2026-12-31'),
  })
  const [number = ''] = numbersOf(patents)
  const other = await opened(registry, 'RPC-OPEN-1.0')
  const before = await dumpState(registry)
  expect(await upkeep(registry, '2026-12-31T23:59:00Z')).toEqual([0, 0])
  expect(await dumpState(registry)).toBe(before)
  const answers = async () => [
    await verdictOf(registry, number, '2026-12-31'),
    await verdictOf(registry, number, '2027-01-01'),
  ]
  expect(await answers()).toEqual(['allowed', 'not_needed'])

  expect(await upkeep(registry, '2027-01-01T00:01:00Z')).toEqual([0, 1])
  expect(await answers()).toEqual(['allowed', 'not_needed'])
  const record = (await registry.anonymous.get(`/v1/patents/${number}`)).as(patent)
  expect(record.status).toEqual({ value: 'expired', on: '2027-01-01', source: 'J-PlatPat', seenOn: '2026-11-01' })
  const list = (await registry.anonymous.get(`/v1/patents?holder=${holder.id}`)).as(page(patentLine))
  expect(list.items.map(({ open }) => open)).toEqual([false])
  const then = (await registry.anonymous.get(`/v1/declarations/${made.id}`)).as(declaration)
  expect(then).toMatchObject({ state: 'in_force', patents: { count: 1, ended: 1 } })
  const organisation = await registry.anonymous.get(`/v1/organisations/${holder.id}`)
  expect(JSON.parse(organisation.text).opened).toEqual({ declarations: 0, patents: 0 })
  expect(await verdictOf(registry, numbersOf(other.patents)[0] ?? '')).toBe('allowed')
  const after = await dumpState(registry)
  expect(await upkeep(registry, '2027-01-01T00:02:00Z')).toEqual([0, 0])
  expect(await dumpState(registry)).toBe(after)
  await checkRegistry(registry)
})

test('an estimated end is no end, and a right that ended before keeps the status that ended it', async () => {
  const registry = await openLocalRegistry()
  const { id } = await registry.organisation()
  const officer = await registry.member(id)
  const estimated = await enrolled(officer, [{ id }], { filedOn: '2000-01-01', grantedOn: '2002-01-01' })
  const dead = await enrolled(officer, [{ id }], { ...expires('2026-11-30'), status: lapsed })
  expect(await upkeep(registry, '2026-12-01T09:00:00Z')).toEqual([0, 1])
  const statusOf = async (number: string) => (await registry.anonymous.get(`/v1/patents/${number}`)).as(patent).status
  expect((await statusOf(estimated.number)).value).toBe('granted')
  expect((await statusOf(dead.number)).value).toBe('lapsed')
  expect(await upkeep(registry, '2026-12-02T09:00:00Z')).toEqual([0, 0])
  await checkRegistry(registry)
})

test('a hundred that end at once end each once, and a term that was extended ends on its new day', async () => {
  const registry = await openLocalRegistry()
  const { id } = await registry.organisation()
  const officer = await registry.member(id)
  const made = await Promise.all(Array.from({ length: 20 }, () => enrolled(officer, [{ id }], expires('2026-11-30'))))
  const [extended] = made
  const path = `/v1/patents/${extended?.number}`
  const { headers } = await registry.anonymous.get(path)
  await officer.patch(path, expires('2027-06-30'), { 'If-Match': headers.get('ETag') ?? '' })
  const [none, all] = await upkeep(registry, '2026-12-01T09:00:00Z')
  expect([none, all]).toEqual([0, 19])
  expect(await upkeep(registry, '2027-07-01T09:00:00Z')).toEqual([0, 1])
  const events = await registry.db.read.rows("select count(*) from history where event = 'patent_term_ended'", [])
  expect(events).toEqual([[20]])
  await checkRegistry(registry)
})

test('officers record what a source says, once; what ends the right takes it out of the commons that day', async () => {
  const registry = await openLocalRegistry()
  const { officer, patents } = await opened(registry, 'RPC-OPEN-1.0')
  const [number = ''] = numbersOf(patents)
  const path = `/v1/patents/${number}/statuses`
  const recorded = await officer.post(path, lapsed)
  expect([recorded.status, JSON.parse(recorded.text).status]).toEqual([201, lapsed])
  expect(await verdictOf(registry, number)).toBe('not_needed')
  const after = await dumpState(registry)
  expect((await officer.post(path, lapsed)).status).toBe(201)
  expect(await dumpState(registry)).toBe(after)
  const restored = { value: 'granted', on: '2026-11-21', source: 'J-PlatPat', seenOn: '2026-11-21' }
  expect((await officer.post(path, restored)).status).toBe(201)
  expect(await verdictOf(registry, number)).toBe('allowed')

  const stranger = await registry.member((await registry.organisation()).id)
  expect((await stranger.post(path, lapsed)).status).toBe(403)
  expect((await registry.anonymous.post(path, lapsed)).status).toBe(401)
  for (const wrong of [
    { ...lapsed, value: 'dead' },
    { ...lapsed, on: '2027-01-01' },
    { ...lapsed, seenOn: '2027-01-01' },
    { ...lapsed, source: 'a\nb' },
    { ...lapsed, source: '' },
    {},
  ])
    expect((await officer.post(path, wrong)).status).toBe(422)
  await checkRegistry(registry)
})

test('officers hear once a month what ends within a year, estimates called so', async () => {
  const registry = await openLocalRegistry()
  const [{ id }, quiet] = await Promise.all([registry.organisation(), registry.organisation()])
  const [officer, other] = await Promise.all([registry.member(id), registry.member(quiet.id)])
  const soon = await enrolled(officer, [{ id }], { ...expires('2027-03-31'), title: { en: '=HYPERLINK("x")' } })
  const estimate = await enrolled(officer, [{ id }], { filedOn: '2007-02-01', grantedOn: '2010-01-01' })
  await enrolled(officer, [{ id }], expires('2030-01-01'))
  await enrolled(officer, [{ id }], { ...expires('2027-03-31'), status: lapsed })
  await enrolled(other, [quiet], expires('2030-01-01'))
  const tell = async (at: string) => {
    registry.clock.now = new Date(at)
    return (await Promise.all([tellOfExpiring(registry.context()), tellOfExpiring(registry.context())])).sort()
  }
  expect(await tell('2026-11-22T00:00:00Z')).toEqual([0, 1])
  expect(await tell('2026-11-30T00:00:00Z')).toEqual([0, 0])
  const [notice] = (await noticesOf(officer)).items
  expect(notice).toMatchObject({ kind: 'patents_expiring', body: { patents: 2, estimated: 1, until: '2027-11-22' } })
  expect((await noticesOf(other)).items).toEqual([])
  expect(await tell('2026-12-01T00:00:00Z')).toEqual([0, 1])

  const path = `/v1/organisations/${id}/expiring`
  const line = z.object({ number: z.string(), endsOn: z.string(), estimated: z.boolean() })
  const first = (await officer.get(`${path}?limit=1`)).as(page(line))
  expect(first.items).toMatchObject([{ number: estimate.number, endsOn: '2027-02-01', estimated: true }])
  const second = (await officer.get(`${path}?limit=1&cursor=${first.next}`)).as(page(line))
  expect(second).toMatchObject({ items: [{ number: soon.number, endsOn: '2027-03-31', estimated: false }], next: null })
  const { text, headers } = await officer.get(`${path}?format=csv`)
  expect(headers.get('Content-Type')).toContain('text/csv')
  expect(text).toContain(`"'=HYPERLINK(""x"")"`)
  expect((await other.get(path)).status).toBe(403)
})

test('a record that is full of statuses takes no more, and says what to do', async () => {
  const registry = await openLocalRegistry()
  const { officer, patents } = await opened(registry, 'RPC-OPEN-1.0')
  const [one] = patents
  const count = 'select count(*) from patent_statuses where patent_id = ?'
  const [before] = await registry.db.read.rows(count, [one?.id ?? ''])
  await registry.db.write([
    {
      sql: `insert into patent_statuses (patent_id, sequence, value, valid_from, source, seen_on, recorded_at)
            select ?1, value + ?3 - 1, 'granted', '2020-01-01', 'Watch', date('2020-01-01', '+' || value || ' days'), '2026-11-21T09:00:00.000Z'
            from (with recursive n (value) as (select 1 union all select value + 1 from n where value < ?2) select value from n)`,
      args: [one?.id ?? '', statusesPerPatentMax - 1 - Number(before?.[0]), Number(before?.[0])],
    },
  ])
  const path = `/v1/patents/${one?.number}`
  const seen = (seenOn: string) => officer.post(`${path}/statuses`, { value: 'granted', source: 'Watch', seenOn })
  expect((await seen('2026-11-20')).status).toBe(201)
  const full = (await seen('2026-11-21')).problem()
  expect([full.status, full.errors?.[0]?.code]).toEqual([422, 'too_big'])
  expect(full.errors?.[0]?.detail).toContain('stewards')
  const tag = { 'If-Match': (await officer.get(path)).headers.get('ETag') ?? '' }
  expect((await officer.patch(path, { status: lapsed }, tag)).problem().errors?.[0]?.pointer).toBe('/status')
})

test('a family has room for so many members, however it is joined', async () => {
  const registry = await openLocalRegistry()
  const { holder, officer, patents } = await opened(registry, 'RPC-OPEN-1.0')
  await portfolioOf(registry, [holder.id], membersPerFamilyMax - 1, 7_000_000)
  await registry.db.write([{ sql: `update patents set family = 'F' where number like 'JP-7%'`, args: [] }])
  const [one] = patents
  const path = `/v1/patents/${one?.number}`
  const tag = async () => ({ 'If-Match': (await officer.get(path)).headers.get('ETag') ?? '' })
  const register = () => officer.post('/v1/patents', patentOf([holder], { family: 'F' }))
  const both = await Promise.all([register(), register()])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 422])
  const full = (await officer.patch(path, { family: 'F' }, await tag())).problem()
  expect([full.status, full.errors?.[0]?.pointer, full.errors?.[0]?.code]).toEqual([422, '/family', 'too_big'])
  expect((await officer.patch(path, { family: 'G' }, await tag())).status).toBe(200)
})
