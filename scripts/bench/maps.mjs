// The map: counters that every write keeps true, against GROUP BY over the registry's own tables in the same run.
import { mkdirSync, rmSync } from 'node:fs'
import { median, race, ratioOf } from './in-process.mjs'
import { loadWide } from './wide.mjs'

const day = '2026-11-22'
/** A map has to be as quick with a million patents as with ten thousand, within this. */
const growthMax = 1.5

const fieldsByYears = `select f.field, substr(p.filed_on, 1, 4), count(*), sum(m.open) from patent_fields f
  join patents p on p.id = f.patent_id join map_members m on m.patent_id = f.patent_id group by 1, 2`
const holdersByYears = `with held as (select h.organisation_id as holder, f.patent_id from patent_fields f
    join patent_holders h on h.patent_id = f.patent_id where f.field = ?1),
  top as (select holder from held group by 1 order by count(*) desc limit 20)
  select h.holder, substr(p.filed_on, 1, 4), count(*), sum(m.open) from held h join patents p on p.id = h.patent_id
  join map_members m on m.patent_id = h.patent_id where h.holder in (select holder from top) group by 1, 2`

/** @param peers whether DuckDB takes part, where it is installed */
export async function measureMaps(product, sizes, seed, pace, peers) {
  const rows = []
  const figures = {}
  let smallest
  for (const count of sizes) {
    const db = await openWide(product, count, seed)
    const [field] = await strongestField(product, db)
    const ask = (by, filter) => ({ by, filter, count: 'whole', top: 20 })
    const cases = {
      'Q1 counters': () => product.readMap(db.read, ask(['field', 'year'], {})),
      'Q1 GROUP BY': () => db.read.rows(fieldsByYears, []),
      'Q2 counters': () => product.readMap(db.read, ask(['holder', 'year'], { field })),
      'Q2 GROUP BY': () => db.read.rows(holdersByYears, [Number(field)]),
    }
    await proveEqual(cases)
    const others = peers ? await duckdb(db, field) : {}
    const timed = Object.fromEntries(
      Object.entries({ ...cases, ...others }).map(([name, run]) => [
        name,
        async () => {
          await run()
          return 1
        },
      ]),
    )
    const rates = await race(timed, pace.rounds, pace.milliseconds)
    figures[count] = Object.fromEntries(Object.entries(rates).map(([name, per]) => [name, `${milliseconds(per)} ms`]))
    for (const [q, what] of [
      ['Q1', 'fields × years'],
      ['Q2', 'one field × 20 holders × years'],
    ]) {
      for (const name of Object.keys(rates).filter((one) => one.startsWith(`${q} `) && one !== `${q} counters`))
        rows.push({
          path: `${what}, ${count.toLocaleString('en')} patents`,
          subject: `${milliseconds(rates[`${q} counters`])} ms`,
          against: name.slice(3),
          reference: `${milliseconds(rates[name])} ms`,
          ratio: ratioOf(rates[`${q} counters`], rates[name]),
        })
    }
    smallest ??= { count, rates }
    if (count !== smallest.count)
      rows.push({
        path: `fields × years, ${count.toLocaleString('en')} against ${smallest.count.toLocaleString('en')} patents`,
        subject: `${milliseconds(rates['Q1 counters'])} ms`,
        against: 'the smaller',
        reference: `${milliseconds(smallest.rates['Q1 counters'])} ms`,
        ratio: median(rates['Q1 counters']) / median(smallest.rates['Q1 counters']),
        goal: 1 / growthMax,
      })
    db.close()
    rmSync('bench/out/maps', { recursive: true, force: true })
  }
  return { rows, figures }
}

async function openWide(product, count, seed) {
  rmSync('bench/out/maps', { recursive: true, force: true })
  mkdirSync('bench/out/maps', { recursive: true })
  const db = product.openDatabase('file:bench/out/maps/registry.db')
  await product.migrate(db)
  await loadWide(product, db, count, seed)
  await db.write(product.rebuildMap(day))
  return db
}

async function strongestField(product, db) {
  const { cells } = await product.readMap(db.read, { by: ['field'], filter: {}, count: 'whole', top: 100 })
  return cells.filter(({ keys }) => keys[0] !== '').sort((a, b) => b.patents - a.patents)[0].keys
}

/** The same numbers by both ways, or nothing is measured. Of holders that are equally strong either may be the last. */
async function proveEqual(cases) {
  for (const q of ['Q1', 'Q2']) {
    const { cells } = await cases[`${q} counters`]()
    const own = new Map(
      cells.filter(({ keys }) => !keys.includes('')).map(({ keys, patents, open }) => [keys.join(), [patents, open]]),
    )
    const plain = new Map(
      (await cases[`${q} GROUP BY`]()).map(([a, b, patents, open]) => [[a, b].join(), [Number(patents), Number(open)]]),
    )
    const sum = (some) => [...some.values()].reduce((all, [patents]) => all + patents, 0)
    const differing = [...own].filter(([key, values]) => plain.has(key) && String(plain.get(key)) !== String(values))
    if (differing.length > 0 || sum(own) !== sum(plain)) throw new Error(`${q}: counters and GROUP BY differ`)
  }
}

/** DuckDB on the same rows in its own columns, if `@duckdb/node-api` is installed (or `DUCKDB` names where). */
async function duckdb(db, field) {
  const { DuckDBInstance } = await import(process.env.DUCKDB ?? '@duckdb/node-api').catch(() => ({}))
  if (DuckDBInstance === undefined) {
    console.log('DuckDB: @duckdb/node-api is not installed')
    return {}
  }
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run('create table facts (field integer, year integer, holder varchar, patent varchar, open integer)')
  const appender = await connection.createAppender('facts')
  const rows = await db.read.rows(
    `select f.field, cast(substr(p.filed_on, 1, 4) as integer), h.organisation_id, p.id, m.open from patent_fields f
     join patents p on p.id = f.patent_id join patent_holders h on h.patent_id = p.id join map_members m on m.patent_id = p.id`,
    [],
  )
  for (const [f, year, holder, patent, open] of rows) {
    appender.appendInteger(Number(f))
    appender.appendInteger(Number(year))
    appender.appendVarchar(String(holder))
    appender.appendVarchar(String(patent))
    appender.appendInteger(Number(open))
    appender.endRow()
  }
  appender.closeSync()
  await connection.run(
    'create table once as select distinct field, year, patent, open from facts; create table held as select field, year, holder, open from facts',
  )
  const read = async (sql) => (await connection.runAndReadAll(sql)).getRows()
  return {
    'Q1 DuckDB': () => read('select field, year, count(*), sum(open) from once group by 1, 2'),
    'Q2 DuckDB': () =>
      read(`with top as (select holder from held where field = ${Number(field)} group by 1 order by count(*) desc limit 20)
        select holder, year, count(*), sum(open) from held where field = ${Number(field)} and holder in (select holder from top) group by 1, 2`),
  }
}

function milliseconds(perSecond) {
  return (1000 / median(perSecond)).toFixed(2)
}
