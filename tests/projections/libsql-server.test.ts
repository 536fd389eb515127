import { expect, onTestFinished, test } from 'vitest'
import { loadKeys, newKeys } from '../../src/keys.ts'
import { registryContext } from '../../src/node.ts'
import { readCells, strongestValues } from '../../src/patents/cell-queries.ts'
import { countedDims } from '../../src/patents/cells.ts'
import { readFacets } from '../../src/patents/facet-queries.ts'
import type { PatentFilter } from '../../src/patents/list-queries.ts'
import { readListing } from '../../src/patents/listing.ts'
import { wholeWords } from '../../src/patents/search/spread.ts'
import { suggest } from '../../src/patents/suggest-queries.ts'
import { mapAstray, rebuildMap } from '../../src/projections/map.ts'
import { rebuildSearch, searchAstray } from '../../src/projections/search.ts'
import { settleDay } from '../../src/projections/settle.ts'
import { openRemote } from '../../src/remote.ts'
import { openSqld } from '../support/worker.ts'
import { randomWriter } from './random-writes.ts'

const today = '2026-11-21'

test('libsql-server takes every statement that counts, indexes, reads and finds, and comes to the same', {
  timeout: 120_000,
}, async () => {
  const { sqld, token } = await openSqld()
  onTestFinished(() => sqld.stop())
  const db = openRemote(sqld.url, token)
  const keys = await loadKeys(await newKeys(new Date('2026-11-01T00:00:00.000Z')))
  const context = () => registryContext(db, keys, 'https://registry.test', new Date(`${today}T09:00:00.000Z`))
  const writer = randomWriter(7, context)
  await writer.begin()
  for (let act = 0; act < 20; act++) await writer.write(10)
  await settleDay(context())
  expect(await mapAstray(db.read)).toEqual([])
  expect(await searchAstray(db.read)).toEqual([])

  const { read } = db
  for (const dims of [
    ...countedDims.filter((one) => !one.includes('profile')),
    'office,status,terms,kind',
    'status,field,year',
  ])
    expect((await readCells(read, dims)).length, dims).toBeGreaterThan(0)
  expect((await readCells(read, 'office,field', { office: ['JP'], field: ['1', '2', ''] })).length).toBeGreaterThan(0)
  expect((await readCells(read, 'field,group', { group: { from: 'H01M', below: 'H01N' } })).length).toBeGreaterThan(0)
  expect((await strongestValues(read, 'holder', 'holder', {}, 3)).length).toBe(3)
  expect((await strongestValues(read, 'kind,subclass', 'subclass', { kind: ['university'] }, 3, 'closed')).length).toBe(
    3,
  )

  const filters: readonly Partial<PatentFilter>[] = [
    {},
    { q: '電池' },
    { q: '電池', sort: 'relevance' },
    { q: 'battery solid', sort: 'registered' },
    { q: '電池', filedFrom: '2010-01-01', filedTo: '2026-01-01', open: false },
    { sort: 'registered' },
    { ipc: 'H01', open: false },
    { open: false, filedTo: '2026-01-01' },
    { ids: [writer.patents[0] ?? ''] },
  ]
  for (const more of filters) {
    const filter: PatentFilter = { sort: 'filed', ...more }
    const name = JSON.stringify(more)
    const { lines, more: after } = await readListing(read, filter, today, undefined, 2)
    expect(lines.length, name).toBeGreaterThan(0)
    if (after !== undefined) {
      const next = await readListing(read, filter, today, after, 2)
      expect(
        next.lines.some(({ id }) => lines.some((line) => line.id === id)),
        name,
      ).toBe(false)
    }
    expect((await readFacets(read, filter, today)).patents, name).toBeGreaterThan(0)
  }
  await readListing(read, { sort: 'filed', open: true, terms: 'RPC-OPEN-1.0', inventor: 'nobody' }, today, undefined, 2)
  expect(await wholeWords(read, 'battery', 0)).toEqual(['battery'])
  expect((await suggest(read, '固体')).map(({ text }) => text)).toContain('全固体電池')

  await db.write([...rebuildMap(today), ...rebuildSearch()])
  await settleDay(context())
  expect(await mapAstray(read)).toEqual([])
})
