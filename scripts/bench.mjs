// npm run bench [-- --full] [-- --only map,search]: how fast the registry is. What has a reference is shown as a ratio to it,
// measured in the same run; what readers ask is shown at several sizes. Answers are proved equal before they are timed.
// Prints tables; the figures go to bench/out/.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { placement } from './bench/http.mjs'
import { measureImport } from './bench/imports.mjs'
import { keptWide } from './bench/kept.mjs'
import { mapsTable, measureMaps } from './bench/maps.mjs'
import { measure } from './bench/measure.mjs'
import { measureReads, readsTable } from './bench/reads.mjs'

/** `data` makes the wide sets and measures nothing; the others need them and make them where they are not there. */
const sections = ['paths', 'import', 'data', 'groups', 'map', 'search', 'patent', 'list']

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    only: { type: 'string', default: sections.join() },
    sizes: { type: 'string' }, // of the wide set, as 10000,1000000
    seed: { type: 'string', default: '1' },
    duckdb: { type: 'string', default: process.env.DUCKDB }, // a folder with @duckdb/node-api in its node_modules
    postgres: { type: 'string', default: process.env.PGBENCH_URL }, // a connection string
  },
})
const chosen = values.only.split(',')
const unknown = chosen.filter((one) => !sections.includes(one))
if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: the sections are ${sections.join(', ')}`)
const seed = Number(values.seed)
const sizes = values.sizes?.split(',').map(Number) ?? (values.full ? [10_000, 100_000, 1_000_000] : [10_000])
const pace = values.full
  ? { rounds: 7, httpSeconds: 3, warmSeconds: 8, milliseconds: 1000, equal: 2000 }
  : { rounds: 5, httpSeconds: 1, warmSeconds: 2, milliseconds: 200, equal: 2000 }
const readPace = values.full ? { rounds: 9, milliseconds: 150 } : { rounds: 5, milliseconds: 60 }

await import('./build-node.mjs')
await build({
  entryPoints: ['product', 'straightforward', 'reference-server'].map((name) => `scripts/bench/${name}.ts`),
  outdir: 'dist/bench',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  logLevel: 'warning',
})
mkdirSync('bench/out', { recursive: true })
const product = await import('../dist/bench/product.mjs')

const versions = Object.fromEntries(
  ['hono', '@hono/node-server', '@hono/zod-openapi', 'zod', 'drizzle-orm', '@libsql/client', 'libsql', 'jose'].map(
    (name) => [name, JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version],
  ),
)
const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}`
const started = Date.now()
console.log(`${machine}, seed ${seed}; ${load()}`)

if (chosen.includes('paths'))
  for (const count of values.full ? [10_000, 100_000] : [10_000]) {
    const { rows, notes, figures } = await measure(count, seed, pace)
    console.log(`\n${count.toLocaleString('en')} patents, ${pace.rounds} rounds in turn, medians`)
    for (const note of notes) console.log(note)
    console.log(ratiosTable(rows))
    keep(`paths-${count}`, { count, pace, notes, rows, figures })
  }

if (chosen.includes('import')) {
  const rows = await measureImport(product, values.full ? 100_000 : 10_000, seed)
  console.log(`\nAn import through the server, as \`npm run serve\` starts it; ${placement}`)
  console.log(ratiosTable(rows))
  keep('import', { rows })
}

const files = new Map()
if (chosen.some((one) => !['paths', 'import'].includes(one)))
  for (const count of sizes) {
    const { file, steps } = await keptWide(product, count, seed)
    files.set(count, file)
    const each = Object.entries(steps).map(([step, seconds]) => `${step} ${seconds.toFixed(1)} s`)
    console.log(`${count.toLocaleString('en')} patents are in ${file}; when they were made: ${each.join(', ')}`)
  }

if (chosen.includes('groups')) {
  const { notes, rows } = await measureMaps(product, files, readPace, values)
  console.log(`\nMap against GROUP BY, p50 and p99 of ${readPace.milliseconds} ms in each round, in turn`)
  for (const note of notes) console.log(note)
  console.log(mapsTable(rows))
  keep('groups', { pace: readPace, notes, rows })
}

const asked = chosen.filter((one) => ['map', 'search', 'patent', 'list'].includes(one))
if (asked.length > 0) {
  const rows = await measureReads(product, asked, files, seed, readPace)
  console.log(
    `\nWhat readers ask, ms, one at a time in process (pages: the whole answer, rendered); ${readPace.rounds} rounds, the sizes in turn. ` +
      'Rows read: what libsql-server (`rows_read`) counts for the same question over a copy of the same file, median of five; ' +
      'of the text index it counts hits. The last column but one: median of the rounds’ ratios.',
  )
  console.log(readsTable(rows, sizes))
  keep(`reads-${asked.join('-')}`, { pace: readPace, rows })
}
console.log(`\n${Math.round((Date.now() - started) / 1000)} s; ${load()}`)

function keep(name, figures) {
  const file = `bench/out/${values.full ? 'full' : 'quick'}-${name}.json`
  const told = { at: new Date().toISOString(), machine, load: loadavg(), versions, seed, ...figures }
  writeFileSync(file, `${JSON.stringify(told, null, 1)}\n`)
  console.log(file)
}

function load() {
  return `load average ${loadavg()
    .map((one) => one.toFixed(1))
    .join(', ')}`
}

function ratiosTable(rows) {
  const lines = [
    '| path | measured | against | ratio | goal | |',
    '|---|---|---|---|---|---|',
    ...rows.map(({ path, subject, against, reference, ratio, goal, void: isVoid }) => {
      const met = goal === undefined ? '' : isVoid ? 'void' : ratio >= goal ? 'met' : 'not met'
      const shown = ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2)
      return `| ${path} | ${subject} | ${against}: ${reference} | ${shown}${goal > 1 ? 'x' : ''} | ${goal === undefined ? '' : `≥ ${goal}${goal > 1 ? 'x' : ''}`} | ${met} |`
    }),
  ]
  return lines.join('\n')
}
