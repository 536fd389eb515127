import { expect, test } from 'vitest'
import { checkResult } from '../../src/check/check.ts'
import { declaration } from '../../src/declarations/declaration.ts'
import { patent } from '../../src/patents/patent.ts'
import { checkRegistry, dumpState } from '../support/check-registry.ts'
import { declare, openHolders } from '../support/holders.ts'
import { enrolled } from '../support/opening.ts'
import { grantNumber } from '../support/patents.ts'
import { openLocalRegistry } from '../support/registry.ts'

async function holder() {
  const registry = await openLocalRegistry()
  const { id } = await registry.organisation()
  return { registry, id, officer: await registry.member(id) }
}

test('states of the right are only added: what was recorded stays word for word', async () => {
  const { registry, id, officer } = await holder()
  const made = await enrolled(officer, [{ id }])
  const rows = () =>
    registry.db.read.rows('select * from patent_statuses where patent_id = ? order by sequence', [made.id])
  const before = await rows()
  const changes = [
    { status: { value: 'lapsed', on: '2026-10-01', source: 'J-PlatPat', seenOn: '2026-11-01' } },
    // A correction that reaches further back comes behind what was recorded, and before it in valid time.
    { status: { value: 'pending', on: '2016-01-01', source: 'JPO', seenOn: '2026-11-02' } },
    { status: { value: 'granted', on: '2026-11-01', source: 'restored', seenOn: '2026-11-03' } },
  ]
  for (const [i, change] of changes.entries())
    expect((await officer.patch(`/v1/patents/${made.number}`, change, { 'If-Match': `"v${i + 1}"` })).status).toBe(200)
  const after = await rows()
  expect(after.slice(0, before.length)).toEqual(before)
  expect(after).toHaveLength(before.length + 3)
  const read = (await registry.anonymous.get(`/v1/patents/${made.number}`)).as(patent)
  expect(read.statuses.map(({ value, on }) => [value, on])).toEqual([
    ['pending', '2015-12-25'],
    ['pending', '2016-01-01'],
    ['granted', '2016-09-06'],
    ['lapsed', '2026-10-01'],
    ['granted', '2026-11-01'],
  ])
  expect(read.status).toMatchObject({ value: 'granted', source: 'restored' })
  await checkRegistry(registry)
})

test('who changed what is kept with what was there before', async () => {
  const { registry, id, officer } = await holder()
  const made = await enrolled(officer, [{ id }])
  const title = { ja: '新しい名称' }
  expect((await officer.patch(`/v1/patents/${made.number}`, { title }, { 'If-Match': '"v1"' })).status).toBe(200)
  const rows = await registry.db.read.rows('select event, before, after from history where subject = ? order by id', [
    made.id,
  ])
  expect(rows.map(([event]) => event)).toEqual(['patent_registered', 'patent_changed'])
  expect(String(rows[1]?.[1])).toContain(made.title.ja)
  expect(String(rows[1]?.[2])).toContain(title.ja)
})

test('a refused change leaves every table as it was', async () => {
  const { registry, id, officer } = await holder()
  const [made, other] = [await enrolled(officer, [{ id }]), await enrolled(officer, [{ id }])]
  await registry.anonymous.get('/v1/patents')
  const before = await dumpState(registry)
  for (const [change, status] of [
    [{ numbers: [other.number] }, 409],
    [{ numbers: ['US9123456B2'] }, 422],
    [{ numbers: [grantNumber(), 'JP2031-123456'] }, 422],
    [{ classes: { ipc: ['battery'] } }, 422],
    [{ title: {} }, 422],
    [{ filedOn: '2026-02-30' }, 422],
    [{ colour: 'red' }, 422],
  ] as const)
    expect((await officer.patch(`/v1/patents/${made.number}`, change, { 'If-Match': '"v1"' })).status).toBe(status)
  expect(await dumpState(registry)).toBe(before)
})

test('a new family is named in the facts of its old and its new members', async () => {
  const { registry, id, officer } = await holder()
  const family = async (number: string) =>
    (await registry.anonymous.get(`/v1/patents/${number}`)).as(patent).family?.members
  const [a, b, c] = [
    await enrolled(officer, [{ id }], { family: 'one' }),
    await enrolled(officer, [{ id }], { family: 'one' }),
    await enrolled(officer, [{ id }], { family: 'two' }),
  ]
  expect([await family(a.number), await family(b.number), await family(c.number)]).toEqual([[b.number], [a.number], []])
  const moved = await officer.patch(`/v1/patents/${b.number}`, { family: 'two' }, { 'If-Match': '"v1"' })
  expect(moved.status).toBe(200)
  expect([await family(a.number), await family(b.number), await family(c.number)]).toEqual([[], [c.number], [b.number]])
  await checkRegistry(registry)
})

test('a co-owner comes in once the notice of a withdrawn declaration is over: until then it would be opened unasked', async () => {
  const { kyoto, toyota, own, clock, anonymous } = await openHolders()
  const { id } = await declare(kyoto.officer, [own.number])
  const withdrawal = await kyoto.officer.post(`/v1/declarations/${id}/withdrawal`, { reason: 'Shared.' })
  const { closedFrom = '' } = withdrawal.as(declaration)
  const both = { holders: [kyoto, toyota].map(({ organisation }) => ({ organisation: organisation.id })) }
  const patch = () => kyoto.officer.patch(`/v1/patents/${own.number}`, both, { 'If-Match': '"v1"' })
  expect((await patch()).problem()).toMatchObject({ status: 409, code: 'not_allowed_now' })
  clock.now = new Date(`${closedFrom}T00:00:00Z`)
  expect((await patch()).status).toBe(200)
  const asked = `/v1/check?number=${own.number}&purpose=basic_research&mode=with&beneficiary=university`
  expect((await anonymous.get(asked)).as(checkResult).verdict).toBe('ask')
})

test('a co-owner that takes part is not taken off by the other, who could then open the patent alone', async () => {
  const { registry, id, officer } = await holder()
  const coOwner = await registry.organisation()
  const made = await enrolled(officer, [{ id }, coOwner])
  const alone = { holders: [{ organisation: id }] }
  const refused = await officer.patch(`/v1/patents/${made.number}`, alone, { 'If-Match': '"v1"' })
  expect(refused.problem()).toMatchObject({ status: 403, code: 'forbidden' })
  const ended = { holders: [{ organisation: id }, { organisation: coOwner.id, until: '2026-01-01' }] }
  expect((await officer.patch(`/v1/patents/${made.number}`, ended, { 'If-Match': '"v1"' })).status).toBe(403)
  const itself = await registry.member(coOwner.id)
  expect((await itself.patch(`/v1/patents/${made.number}`, alone, { 'If-Match': '"v1"' })).status).toBe(200)
})
