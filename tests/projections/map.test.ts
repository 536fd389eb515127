import { expect, test } from 'vitest'
import { readCells, strongestValues } from '../../src/patents/cell-queries.ts'
import { countedDims, type Dimension, dimensionsOf, isCellDims, memberValues } from '../../src/patents/cells.ts'
import { mapAstray, rebuildMap } from '../../src/projections/map.ts'
import { searchAstray } from '../../src/projections/search.ts'
import { settleDay } from '../../src/projections/settle.ts'
import { dumpState } from '../support/check-registry.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'
import { firstDay, randomWriter } from './random-writes.ts'

/** Acts of so many changes each: 10,000 writes in all. */
const acts = 40
const changesPerAct = 250

test('counters equal a full recount after 10,000 random writes, withdrawals, expiries, renames and suspensions', async () => {
  const registry = await openLocalRegistry()
  const { db, clock } = registry
  const writer = randomWriter(20_261_122, () => registry.context())
  await writer.begin()
  for (let act = 1; act <= acts; act++) {
    await writer.write(changesPerAct)
    if (act % 2 === 0) {
      clock.now = new Date(clock.now.getTime() + 2 * 86_400_000)
      await settleDay(registry.context())
    }
    if (act % 20 === 0) expect(await mapAstray(db.read)).toEqual([])
  }
  await settleDay(registry.context())
  expect(await mapAstray(db.read)).toEqual([])
  expect(await searchAstray(db.read)).toEqual([])
  expect(await db.read.rows('select * from map_due', [])).toEqual([])
  const before = await counted(registry)
  await db.write(rebuildMap(clock.now.toISOString().slice(0, 10)))
  expect(await counted(registry)).toEqual(before)
  await expectCellsAreCounts(registry)
}, 300_000)

/** What is stored, whatever the day on which it was made. */
async function counted({ db }: LocalRegistry) {
  return {
    members: await db.read.rows(
      'select patent_id, body, open, status, filed_on, changes_on from map_members order by 1',
      [],
    ),
    cells: await db.read.rows(
      `select cast(key as text), patents, open, weight, open_weight, holders from map_cells
       union all select cast(key as text), patents, open, weight, open_weight, 0 from map_rankings order by 1`,
      [],
    ),
  }
}

/** Each list of dimensions, with and without a filter, read as maps read it and counted patent by patent. */
async function expectCellsAreCounts({ db }: LocalRegistry) {
  const rows = await db.read.rows('select body, open from map_members', [])
  const members = rows.map(([body, open]) => ({ values: memberValues(String(body)), open: Number(open) }))
  const asked: readonly (readonly [string, Partial<Record<Dimension, string[]>>])[] = [
    ...countedDims.filter((dims) => !dims.includes('profile')).map((dims) => [dims, {}] as const),
    ['office', {}],
    ['terms,kind', {}],
    ['status,field', { status: ['granted'] }],
    ['kind,field,year', { kind: ['university'] }],
    ['office,terms,subclass', { office: ['JP', 'EP'] }],
    ['field,year', { year: ['2012', '2013'] }],
    ['field,holder', { holder: ['org-1', 'org-2'] }],
    ['field,year,holder', { field: ['1', '2'], year: ['2012', '2013'] }],
    ['status,holder', { holder: ['org-3'] }],
  ]
  for (const [dims, among] of asked) {
    expect(isCellDims(dims), dims).toBe(true)
    const expected = new Map<string, { patents: number; open: number }>()
    for (const { values, open } of members) {
      let keys: string[][] = [[]]
      for (const dim of dimensionsOf(dims)) {
        const own = values[dim].filter((value) => among[dim]?.includes(value) ?? true)
        keys = keys.flatMap((key) => own.map((value) => [...key, value]))
      }
      for (const key of keys) {
        const known = expected.get(key.join('|')) ?? { patents: 0, open: 0 }
        expected.set(key.join('|'), { patents: known.patents + 1, open: known.open + open })
      }
    }
    const cells = await readCells(db.read, dims, among)
    expect(new Map(cells.map(({ values, patents, open }) => [values.join('|'), { patents, open }])), dims).toEqual(
      expected,
    )
  }
  const [total] = await readCells(db.read, '')
  const whole = await readCells(db.read, 'office')
  expect(total?.patents).toBe(members.length)
  expect(total?.holders).toBe(new Set(members.flatMap(({ values }) => values.holder.filter((id) => id !== ''))).size)
  expect(whole.reduce((sum, { weight }) => sum + weight, 0)).toBe(members.length * 1_000_000)
  const best = await strongestValues(db.read, 'field,holder', 'holder', { field: ['1'] }, 3)
  const all = await readCells(db.read, 'field,holder', { field: ['1'] })
  const ranked = all.map(({ patents }) => patents).sort((a, b) => b - a)
  expect(best.map(({ amount }) => amount)).toEqual(ranked.slice(0, 3))
  const open = await strongestValues(db.read, 'field,holder', 'holder', { field: ['1'] }, 3, 'open')
  expect(open.every(({ amount }) => amount > 0)).toBe(true)
}

test('a patent in k fields counts once in each, or 1/k in each', async () => {
  const registry = await openLocalRegistry()
  await smallCommons(registry)
  const cells = await readCells(registry.db.read, 'field')
  expect(cells.map(({ values, patents, weight }) => [values[0], patents, weight])).toEqual([
    ['1', 1, 500_000],
    ['8', 1, 500_000],
  ])
})

test('an organisation that is suspended opens nothing, in chunks of scheduled work, until it takes part again', async () => {
  const registry = await openLocalRegistry()
  const { db } = registry
  const { id, organisation } = await smallCommons(registry)
  const open = async () => (await readCells(db.read, 'field', { field: ['1'] }))[0]?.open
  expect(await open()).toBe(1)
  const steward = registry.steward
  expect(
    (await steward.post(`/v1/organisations/${organisation}/approval`, { state: 'suspended', reason: 'test' })).status,
  ).toBe(200)
  expect(await db.read.rows('select patent_id from map_due', [])).toEqual([[id]])
  await Promise.all([settleDay(registry.context()), settleDay(registry.context())])
  expect(await open()).toBe(0)
  const listed = await registry.anonymous.get('/v1/patents?open=true')
  expect(JSON.parse(listed.text).items).toEqual([])
  expect(
    (await steward.post(`/v1/organisations/${organisation}/approval`, { state: 'approved', reason: 'test' })).status,
  ).toBe(200)
  await settleDay(registry.context())
  expect(await open()).toBe(1)
  expect(await mapAstray(db.read)).toEqual([])
})

test('the patents of an organisation that becomes another kind are counted under it', async () => {
  const registry = await openLocalRegistry()
  const { db, steward } = registry
  const { organisation } = await smallCommons(registry)
  const path = `/v1/organisations/${organisation}`
  const { headers } = await steward.get(path)
  const changed = await steward.patch(path, { kind: 'hospital' }, { 'If-Match': headers.get('ETag') ?? '' })
  expect(changed.status, changed.text).toBe(200)
  expect((await readCells(db.read, 'kind')).map(({ values }) => values[0])).toEqual(['hospital'])
  expect(await mapAstray(db.read)).toEqual([])
})

test('holders with one patent come after the stronger ones, and as many as are asked for', async () => {
  const registry = await openLocalRegistry()
  const writer = randomWriter(5, () => registry.context())
  await writer.begin()
  for (let act = 0; act < 6; act++) await writer.write(10)
  const { read } = registry.db
  const all = (await readCells(read, 'field,holder')).filter(({ values }) => values[0] !== '')
  for (const field of new Set(all.map(({ values }) => values[0] ?? ''))) {
    const amounts = all.flatMap(({ values, patents }) => (values[0] === field ? [patents] : [])).sort((a, b) => b - a)
    for (const limit of [1, 2, 5, 50]) {
      const best = await strongestValues(read, 'field,holder', 'holder', { field: [field] }, limit)
      expect(best.map(({ amount }) => amount)).toEqual(amounts.slice(0, limit))
    }
  }
  expect(all.length).toBeGreaterThan(20)
})

test('what a date ends is counted anew on the day after it, once, and nothing is written when nothing is due', async () => {
  const registry = await openLocalRegistry()
  const { db, clock } = registry
  const { id } = await smallCommons(registry)
  const [member] = await db.read.rows('select changes_on from map_members where patent_id = ?', [id])
  expect(member).toEqual(['2026-11-26'])
  await settleDay(registry.context())
  const quiet = await dumpState(registry)
  expect(await settleDay(registry.context())).toEqual({ settled: 0, indexed: 0, mended: 0 })
  expect(await dumpState(registry)).toBe(quiet)
  clock.now = new Date('2026-11-25T23:00:00.000Z')
  expect(await settleDay(registry.context())).toMatchObject({ settled: 0 })
  clock.now = new Date('2026-11-26T00:00:01.000Z')
  // Before scheduled work has run, the list already tells what holds.
  expect(JSON.parse((await registry.anonymous.get('/v1/patents?open=true')).text).items).toEqual([])
  expect(await settleDay(registry.context())).toMatchObject({ settled: 1 })
  expect((await readCells(db.read, ''))[0]).toMatchObject({ patents: 1, open: 0 })
  expect(await mapAstray(db.read)).toEqual([])
})

test('drift is found, told of and mended', async () => {
  const registry = await openLocalRegistry()
  const { db } = registry
  const { id } = await smallCommons(registry)
  await db.write([{ sql: `update patents set office = 'US' where id = ?`, args: [id] }])
  expect(await mapAstray(db.read)).toEqual([`the map member ${id} is astray`])
  expect(await settleDay(registry.context())).toMatchObject({ mended: 1 })
  expect(await mapAstray(db.read)).toEqual([])
  expect((await readCells(db.read, 'office')).map(({ values }) => values[0])).toEqual(['US'])
  expect(await db.read.rows(`select event, after from history where event = 'map_drift_mended'`, [])).toEqual([
    ['map_drift_mended', `{"patents":["${id}"]}`],
  ])
})

/** One patent in two fields, open until 25 November. */
async function smallCommons(registry: LocalRegistry): Promise<{ id: string; organisation: string }> {
  const { id: organisation } = await registry.organisation()
  const id = 'patent-1'
  const sql = (text: string, ...args: string[]) => ({ sql: text, args })
  const { commit } = await import('../../src/log/commit.ts')
  await commit(registry.context(), {
    write: [
      sql(
        `insert into patents (id, number, office, title_ja, filed_on, version, created_at, updated_at) values (?, 'JP-1-B', 'JP', '電池', '2015-12-25', 1, '', '')`,
        id,
      ),
      sql('insert into patent_holders (patent_id, organisation_id, position) values (?, ?, 0)', id, organisation),
      sql('insert into patent_fields (patent_id, field) values (?, 1), (?, 8)', id, id),
      sql(
        `insert into patent_statuses (patent_id, sequence, value, valid_from, source, seen_on, recorded_at) values (?, 0, 'granted', '2016-01-01', '', '', '')`,
        id,
      ),
      sql(
        `insert into declarations (id, organisation_id, terms_id, terms_sha256, state, from_on, until_on, in_force_on, patent_count, patents_sha256, version, created_at, updated_at)
         values ('declaration-1', ?, 'RPC-OPEN-1.0', '', 'in_force', ?, '2026-11-25', ?, 1, '', 1, '', '')`,
        organisation,
        firstDay,
        firstDay,
      ),
      sql(`insert into declaration_patents (declaration_id, patent_id) values ('declaration-1', ?)`, id),
    ],
    touched: [id],
    events: [{ event: 'test', subject: id, source: 'test' }],
    answer: undefined,
  })
  return { id, organisation }
}
