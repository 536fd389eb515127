// The wide set in a database that is made once and kept in bench/out until the data or the code that derives from them change:
// records by plain inserts, everything derived by the product's own rebuild.
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import Libsql from 'libsql'
import { insertWide } from './wide.mjs'

/** "Today" of the derived rows and of every question asked of them. */
export const on = '2026-11-22'
const documentsAtOnce = 20_000
/** Up to here what was derived is compared with what the product counts anew, patent by patent. */
const provenMax = 10_000
/** What is made follows from these. */
const sources = [
  'schema/migrations/*.sql',
  'scripts/bench/{data,wide}.mjs',
  'src/projections/{facts,map,map-members,search}.ts',
  'src/patents/cells.ts',
  'src/patents/search/{match,tokens}.ts',
  'src/patents/classification/*.ts',
]

/** @returns the file, and the seconds that each step took when it was made */
export async function keptWide(product, count, seed) {
  const folder = join('bench/out', `wide-${count}`)
  const [file, record] = [join(folder, 'registry.db'), join(folder, 'made.json')]
  const stamp = stampOf(seed)
  let made = existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : undefined
  if (made?.stamp === stamp && made.whole) return { file, steps: made.steps }
  // A step that was cut short leaves a file that nothing can be said of; only the search index is made in whole batches.
  if (made?.stamp !== stamp || made.running) {
    if (made !== undefined)
      console.log(`${folder} is made anew: what it is made by has changed, or a step was cut short`)
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    made = { stamp, count, seed, steps: {} }
  }
  const db = unguarded(file)
  const step = async (name, run) => {
    if (name in made.steps) return
    const start = performance.now()
    if (name !== 'search') writeFileSync(record, `${JSON.stringify({ ...made, running: name })}\n`)
    await run()
    made.steps[name] = (performance.now() - start) / 1000
    writeFileSync(record, `${JSON.stringify(made)}\n`)
    console.log(`${count.toLocaleString('en')} patents, ${name}: ${made.steps[name].toFixed(1)} s`)
  }
  await step('tables', () => product.migrate(db))
  await step('records', () => insertWide(product, db.connection, count, seed))
  await step('facts', () => db.write(product.rebuildFacts()))
  await step('map', () => db.write(product.rebuildMap(on)))
  await step('due for search', () => db.write(product.rebuildSearch()))
  db.connection.exec('pragma journal_mode = wal')
  await step('search', async () => {
    while ((await product.indexDue(db, documentsAtOnce, documentsAtOnce)) > 0);
  })
  if (count <= provenMax)
    await step('proof', async () => {
      const astray = [
        ...(await product.factsAstray(db.read)),
        ...(await product.mapAstray(db.read)),
        ...(await product.searchAstray(db.read)),
      ]
      if (astray.length > 0)
        throw new Error(`${astray.length} derived rows are astray: ${astray.slice(0, 3).join('; ')}`)
    })
  db.close()
  made.whole = true
  writeFileSync(record, `${JSON.stringify(made)}\n`)
  return { file, steps: made.steps }
}

export function stampOf(seed) {
  const hash = createHash('sha256').update(`${seed} ${on}`)
  for (const file of sources.flatMap((pattern) => globSync(pattern)).sort()) hash.update(readFileSync(file))
  return hash.digest('hex')
}

/** As much of the product's `Database` as a rebuild needs, without an fsync or a check of foreign keys for each batch. */
function unguarded(file) {
  const connection = new Libsql(file)
  for (const pragma of ['journal_mode = off', 'synchronous = off', 'cache_size = -1000000', 'temp_store = memory'])
    connection.exec(`pragma ${pragma}`)
  const prepared = new Map()
  const statement = (sql) => {
    if (!prepared.has(sql)) prepared.set(sql, connection.prepare(sql))
    return prepared.get(sql)
  }
  const bound = (args) => args.map((value) => (Number.isSafeInteger(value) ? BigInt(value) : value))
  return {
    connection,
    read: { rows: async (sql, args) => connection.prepare(sql).raw().all(bound(args)) },
    async write(statements) {
      connection.exec('begin')
      for (const { sql, args } of statements) statement(sql).run(bound(args))
      connection.exec('commit')
    },
    close() {
      connection.exec('pragma wal_checkpoint(truncate)')
      connection.close()
    },
  }
}
