// The map: counters that every write keeps true, against GROUP BY over the same rows by SQLite, DuckDB and PostgreSQL.
import { openDuckdb, openPostgres } from './peers.mjs'
import { sample } from './sample.mjs'

const fieldsByYears = `select f.field, substr(p.filed_on, 1, 4), count(*), sum(m.open) from patent_fields f
  join patents p on p.id = f.patent_id join map_members m on m.patent_id = f.patent_id group by 1, 2`
const holdersByYears = `with held as (select h.organisation_id as holder, f.patent_id from patent_fields f
    join patent_holders h on h.patent_id = f.patent_id where f.field = ?1),
  top as (select holder from held group by 1 order by count(*) desc limit 20)
  select h.holder, substr(p.filed_on, 1, 4), count(*), sum(m.open) from held h join patents p on p.id = h.patent_id
  join map_members m on m.patent_id = h.patent_id where h.holder in (select holder from top) group by 1, 2`
/** A scan of a million rows takes seconds. */
const roundsMax = 5

/** @returns lines of a table, with notes of what took part and how */
export async function measureMaps(product, files, pace, { duckdb, postgres }) {
  const peers = [await openDuckdb(duckdb), await openPostgres(postgres)]
  const notes = [
    'Every way gave the same numbers before any was timed. SQLite: the registry’s own tables and indexes, in process.',
    ...peers.map(({ note, skipped }) => note ?? skipped),
  ]
  const rows = []
  for (const [count, file] of files) {
    const db = product.openDatabase(`file:${file}`)
    const [field] = await strongestField(product, db)
    const own = (by, filter) => () => product.readMap(db.read, { by, filter, count: 'whole', top: 20 })
    const cases = new Map([
      ['Q1 counters', { answer: own(['field', 'year'], {}), ask: own(['field', 'year'], {}) }],
      ['Q2 counters', { answer: own(['holder', 'year'], { field }), ask: own(['holder', 'year'], { field }) }],
      ['Q1 SQLite GROUP BY', plain(db, fieldsByYears, [])],
      ['Q2 SQLite GROUP BY', plain(db, holdersByYears, [Number(field)])],
    ])
    const ends = []
    for (const { load } of peers) {
      if (load === undefined) continue
      const { close, refreshed, ...more } = await load(db)
      ends.push(close)
      if (refreshed !== undefined)
        notes.push(
          `PostgreSQL refreshes the view of ${count.toLocaleString('en')} patents in ${refreshed.toFixed(0)} ms`,
        )
      for (const [name, one] of Object.entries(more)) cases.set(name, typeof one === 'function' ? one(field) : one)
    }
    await proveEqual(cases)
    for (const q of ['Q1', 'Q2']) {
      const these = [...cases].filter(([name]) => name.startsWith(q))
      const measured = await sample(Object.fromEntries(these.map(([name, { ask }]) => [name, timed(ask)])), {
        ...pace,
        rounds: Math.min(pace.rounds, roundsMax),
      })
      for (const [name, figures] of Object.entries(measured)) rows.push({ q, count, name: name.slice(3), ...figures })
    }
    for (const end of ends) await end()
    db.close()
  }
  for (const { end } of peers) await end?.()
  return { notes, rows }
}

export function mapsTable(rows) {
  const said = { Q1: 'fields × years', Q2: 'strongest field: 20 holders × years' }
  const lines = rows.map(({ q, count, name, p50, p99 }) => {
    const own = rows.find((row) => row.q === q && row.count === count && row.name === 'counters')
    const times = name === 'counters' ? '1' : `${(p50 / own.p50).toFixed(p50 / own.p50 < 10 ? 1 : 0)}×`
    return `| ${said[q]} | ${count.toLocaleString('en')} | ${name} | ${p50.toFixed(2)} | ${p99.toFixed(2)} | ${times} |`
  })
  return [
    '| question | patents | by | p50 ms | p99 ms | of the counters’ time |',
    '|---|---:|---|---:|---:|---:|',
    ...lines,
  ].join('\n')
}

function plain(db, sql, args) {
  return { answer: () => db.read.rows(sql, args), ask: () => db.read.rows(sql, args) }
}

/** A peer says itself how long it took; what others answer is not a time. */
function timed(ask) {
  return async () => {
    const told = await ask()
    return typeof told === 'number' ? told : undefined
  }
}

async function strongestField(product, db) {
  const { cells } = await product.readMap(db.read, { by: ['field'], filter: {}, count: 'whole', top: 100 })
  return cells.filter(({ keys }) => keys[0] !== '').sort((a, b) => b.patents - a.patents)[0].keys
}

/** The same numbers by all ways, or nothing is measured. Of holders that are equally strong either may be the last. */
async function proveEqual(cases) {
  for (const q of ['Q1', 'Q2']) {
    const { cells } = await cases.get(`${q} counters`).answer()
    const own = cells.filter(({ keys }) => !keys.includes(''))
    const expected = new Map(own.map(({ keys, patents, open }) => [keys.join(), [patents, open]]))
    const sum = (some) => [...some.values()].reduce((all, [patents]) => all + patents, 0)
    for (const [name, { answer }] of cases) {
      if (!name.startsWith(q) || name.endsWith('counters')) continue
      const rows = await answer()
      const found = new Map(rows.map(([a, b, patents, open]) => [[a, b].join(), [Number(patents), Number(open)]]))
      const shared = [...expected].filter(([key]) => found.has(key))
      const differing = shared.filter(([key, values]) => String(found.get(key)) !== String(values))
      if (differing.length > 0 || sum(found) !== sum(expected) || shared.length < expected.size * 0.9)
        throw new Error(`${name}: counted otherwise than by the counters`)
    }
  }
}
