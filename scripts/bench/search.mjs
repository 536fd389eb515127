// Sections "map cells", "search" and "list": how long one question takes, how many rows it answers, and what an import costs
// per patent, at one size of the wide data set.
import { mkdirSync, rmSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { loadWide } from './wide.mjs'

const on = '2026-11-22'
const patentsPerAct = 2000

/** @returns rows for a table: section, question, p50 and p99 in milliseconds, rows answered; and seconds of each step of loading */
export async function measureSearch(product, folder, count, seed, rounds) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const db = product.openDatabase(`file:${folder}/registry.db`)
  await product.migrate(db)
  await loadWide(product, db, count, seed)
  const ids = (await db.read.rows('select id from patents order by id', [])).map(([id]) => id)
  const acts = Array.from({ length: Math.ceil(count / patentsPerAct) }, (_, i) =>
    ids.slice(i * patentsPerAct, (i + 1) * patentsPerAct),
  )
  const steps = {
    facts: await seconds(() =>
      each(acts, (act) => db.write([...product.factsBefore(act), ...product.factsAfter(act), product.clearTouched])),
    ),
    'facts, counters and what is due': await seconds(() =>
      each(acts, (act) => db.write([...product.derivedBefore(act), ...product.derivedAfter(act, on, [], [])])),
    ),
    'search index': await seconds(async () => {
      while ((await product.indexDue(db, 20_000)) > 0);
    }),
  }
  const rows = []
  for (const { section, name, ask } of questions(product, db.read)) {
    const times = []
    let answered = 0
    for (let round = 0; round < rounds; round++) {
      const start = performance.now()
      answered = await ask()
      times.push(performance.now() - start)
    }
    times.sort((a, b) => a - b)
    const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))]
    rows.push({ section, name, p50: at(0.5), p99: at(0.99), answered })
  }
  db.close()
  rmSync(folder, { recursive: true, force: true })
  return { steps, rows }
}

function questions(product, read) {
  const cells = (name, dims, among) => ({
    section: 'map cells',
    name,
    ask: async () => (await product.readCells(read, dims, among)).length,
  })
  const list = (section, name, asked) => ({
    section,
    name,
    ask: async () => {
      const filter = await product.readFilter(read, { sort: 'filed', ...asked })
      return (await product.readListing(read, filter, on, undefined, 50)).lines.length
    },
  })
  return [
    cells('field × year', 'field,year'),
    cells('field × year of one office', 'office,field,year', { office: ['JP'] }),
    cells('one field by subclass', 'field,subclass', { field: ['1'] }),
    list('search', '電池', { q: '電池' }),
    list('search', '全固体 電解質', { q: '全固体 電解質' }),
    list('search', '全固体 電解質, best first', { q: '全固体 電解質', sort: 'relevance' }),
    list('search', 'ＣＲＩＳＰＲ', { q: 'ＣＲＩＳＰＲ' }),
    list('search', 'no hit', { q: '存在しない語句' }),
    list('search', '電池, open', { q: '電池', open: true }),
    list('list', 'newest', {}),
    list('list', 'open', { open: true }),
    list('list', 'one field', { field: 1 }),
    list('list', 'one subclass, open', { ipc: 'H01M', open: true }),
    list('list', 'enrolled last', { sort: 'registered' }),
    {
      section: 'list',
      name: 'facets of 電池',
      ask: async () => (await product.readFacets(read, { sort: 'filed', q: '電池' }, on)).patents,
    },
    { section: 'search', name: 'suggestions', ask: async () => (await product.suggest(read, '固体')).length },
  ]
}

async function each(items, run) {
  for (const item of items) await run(item)
}

async function seconds(run) {
  const start = performance.now()
  await run()
  return (performance.now() - start) / 1000
}
