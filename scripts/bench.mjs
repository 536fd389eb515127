// npm run bench [-- --full] [-- --seed 1]: how fast the registry is, as ratios to references measured in the same run.
// First it proves that all ways to an answer give the same answer. Prints one table; the figures go to bench/out/.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { measureMaps } from './bench/maps.mjs'
import { measure } from './bench/measure.mjs'
import { measureSearch } from './bench/search.mjs'

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    peers: { type: 'boolean', default: false }, // DuckDB beside the map, if it is installed
  },
})
const seed = Number(values.seed)
const sizes = values.full ? [10_000, 100_000] : [10_000]
const pace = values.full
  ? { rounds: 7, httpSeconds: 3, warmSeconds: 8, milliseconds: 1000, equal: 2000 }
  : { rounds: 5, httpSeconds: 1, warmSeconds: 2, milliseconds: 200, equal: 2000 }

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

const versions = Object.fromEntries(
  ['hono', '@hono/node-server', '@hono/zod-openapi', 'zod', 'drizzle-orm', '@libsql/client', 'libsql', 'jose'].map(
    (name) => [name, JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version],
  ),
)
for (const count of sizes) {
  const started = Date.now()
  const { rows, notes, figures } = await measure(count, seed, pace)
  const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}`
  console.log(
    `\n${count.toLocaleString('en')} patents, seed ${seed}, ${machine}, ${pace.rounds} rounds in turn, medians`,
  )
  for (const note of notes) console.log(note)
  console.log(table(rows))
  const file = `bench/out/${values.full ? 'full' : 'quick'}-${count}.json`
  writeFileSync(
    file,
    `${JSON.stringify({ at: new Date().toISOString(), machine, versions, count, seed, pace, notes, rows, figures }, null, 1)}\n`,
  )
  console.log(`${file}, ${Math.round((Date.now() - started) / 1000)} s`)
}

const maps = await measureMaps(
  await import('../dist/bench/product.mjs'),
  values.full ? [10_000, 100_000, 1_000_000] : [10_000],
  seed,
  pace,
  values.peers,
)
console.log(`\nMap\n${table(maps.rows)}`)
writeFileSync(
  `bench/out/${values.full ? 'full' : 'quick'}-map.json`,
  `${JSON.stringify({ at: new Date().toISOString(), versions, seed, pace, ...maps }, null, 1)}\n`,
)

const product = await import('../dist/bench/product.mjs')
for (const count of values.full ? [10_000, 100_000, 1_000_000] : [10_000]) {
  const { steps, rows } = await measureSearch(product, 'bench/out/wide', count, seed, values.full ? 50 : 15)
  console.log(`\n${count.toLocaleString('en')} patents of the wide set: search, lists and cells of the map`)
  for (const [step, seconds] of Object.entries(steps)) console.log(`${step}: ${seconds.toFixed(1)} s`)
  console.log('| | question | p50 ms | p99 ms | rows |\n|---|---|---|---|---|')
  for (const { section, name, p50, p99, answered } of rows)
    console.log(`| ${section} | ${name} | ${p50.toFixed(2)} | ${p99.toFixed(2)} | ${answered} |`)
  writeFileSync(
    `bench/out/search-${count}.json`,
    `${JSON.stringify({ at: new Date().toISOString(), seed, count, steps, rows }, null, 1)}\n`,
  )
}

function table(rows) {
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
