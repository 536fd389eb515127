// What an officer waits for: a file uploaded to the server as `npm run serve` starts it, previewed, enrolled, found by its
// words; beside it raw inserts of the same rows, what readers notice meanwhile, and how much memory it takes.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { DatabaseSync } from 'node:sqlite'
import { startServer } from './http.mjs'
import { header, importLines } from './import-data.mjs'

const organisation = {
  id: '01a200d7-7946-7101-bf95-f67a303e1c8f',
  name: { ja: '試験大学', en: 'Test University' },
  kind: 'university',
  country: 'JP',
  state: 'approved',
  since: '2026-01-05T00:00:00.000Z',
}
const secret = 'only for the bench'
const client = {
  client_id: 'bench-client',
  organisation: organisation.id,
  role: 'officer',
  name: 'Bench',
  scopes: ['patents:write'],
  token_endpoint_auth_method: 'client_secret_basic',
  createdAt: organisation.since,
}
const folder = 'bench/out/import'

/** @returns rows of the table */
export async function measureImport(product, count, seed) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const db = product.openDatabase(`file:${folder}/registry.db`)
  await product.migrate(db)
  await db.write([
    product.insertOrganisation(organisation),
    ...product.putRecordNames(organisation.id, organisation.name),
    product.insertClient({ client, secretSha256: await product.sha256Hex(secret), jwks: null }),
  ])
  db.close()
  writeFileSync(`${folder}/keys.json`, JSON.stringify(await product.newKeys(new Date())), { mode: 0o600 })
  const { serve } = JSON.parse(readFileSync('package.json', 'utf8')).scripts
  const [, arenas, flags] = /^MALLOC_ARENA_MAX=(\d+) node ((?:--\S+ )+)/.exec(serve)
  const server = await startServer([...flags.trim().split(' '), 'scripts/run.mjs', 'serve'], {
    DATA_DIR: folder,
    PORT: '0',
    REGISTRY_URL: 'https://registry.test',
    MALLOC_ARENA_MAX: arenas,
  })
  try {
    return await measured(server, count, seed)
  } finally {
    await server.stop()
  }
}

async function measured({ url, pid }, count, seed) {
  const content = fileOf(count, seed)
  const authorization = await tokenOf(url)
  await delay(3000)
  const idle = await readsUntil(url, delay(3000))
  const before = residentMegabytes(pid)
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, residentMegabytes(pid))
  }, 20)
  const begun = performance.now()
  const seconds = (from) => (performance.now() - from) / 1000
  const form = new FormData()
  form.set('file', new Blob([content]), 'bench.csv')
  const { id } = await json(fetch(`${url}/v1/imports`, { method: 'POST', headers: { authorization }, body: form }))
  const upload = seconds(begun)
  const gaps = []
  const rests = async (state) => {
    let [done, since] = [-1, performance.now()]
    for (;;) {
      const one = await json(fetch(`${url}/v1/imports/${id}`, { headers: { authorization } }))
      const now = one.progress.rowsRead + (one.progress.rowsEnrolled ?? 0)
      if (now !== done) {
        gaps.push(performance.now() - since)
        ;[done, since] = [now, performance.now()]
      }
      if (one.state === state) return one
      if (one.state === 'failed') throw new Error(JSON.stringify(one))
      await delay(100)
    }
  }
  let [preview, commit] = [0, 0]
  const enrolling = (async () => {
    await rests('previewed')
    preview = seconds(begun) - upload
    const headers = { authorization, 'Content-Type': 'application/json' }
    await json(fetch(`${url}/v1/imports/${id}/commit`, { method: 'POST', headers, body: '{}' }))
    const { counts } = await rests('committed')
    commit = seconds(begun) - upload - preview
    if (counts.new !== count) throw new Error(`${counts.new} of ${count} rows were enrolled`)
  })()
  const busy = await readsUntil(url, enrolling)
  const whole = upload + preview + commit
  await indexed()
  const words = seconds(begun) - whole
  clearInterval(watch)
  const raw = rawInserts(count, seed) / 1000
  const size = `${count.toLocaleString('en')} rows (${(content.byteLength / 1e6).toFixed(0)} MB)`
  const perSecond = (took) => `${Math.round(count / took).toLocaleString('en')}/s`
  const s = (took) => `${took.toFixed(1)} s`
  return [
    {
      path: `import of ${size}, uploaded to enrolled`,
      subject: `${s(whole)}, ${perSecond(whole)} (upload ${s(upload)}, preview ${s(preview)}, commit ${s(commit)}; found by words ${s(words)} later; longest without progress ${s(Math.max(...gaps) / 1000)})`,
      against: 'raw SQLite inserts, one transaction',
      reference: perSecond(raw),
      ratio: raw / whole,
    },
    {
      path: 'memory resident meanwhile, at most',
      subject: `${most.toFixed(0)} MB`,
      against: 'before',
      reference: `${before.toFixed(0)} MB`,
      ratio: before / most,
    },
    {
      path: 'GET /v1/patents?limit=1 meanwhile, p99',
      subject: `${percentile(busy, 0.99).toFixed(1)} ms, p50 ${percentile(busy, 0.5).toFixed(1)} ms, longest ${(busy.at(-1) ?? 0).toFixed(0)} ms`,
      against: 'idle p99',
      reference: `${percentile(idle, 0.99).toFixed(1)} ms`,
      ratio: percentile(idle, 0.99) / percentile(busy, 0.99),
    },
  ]
}

function fileOf(count, seed) {
  return Buffer.concat([
    Buffer.from(`${header}\r\n`),
    ...[...importLines(count, seed, organisation.name.ja)].map((line) => Buffer.from(line)),
  ])
}

async function tokenOf(url) {
  const basic = Buffer.from(`${client.client_id}:${encodeURIComponent(secret)}`).toString('base64')
  const body = new URLSearchParams({ grant_type: 'client_credentials' })
  const headers = { Authorization: `Basic ${basic}` }
  const { access_token: token } = await json(fetch(`${url}/oauth/token`, { method: 'POST', headers, body }))
  return `Bearer ${token}`
}

async function json(answering) {
  const answer = await answering
  if (!answer.ok) throw new Error(await answer.text())
  return answer.json()
}

/** One request, a pause, the next one, until that is over. */
async function readsUntil(url, over) {
  let going = true
  const stop = () => {
    going = false
  }
  over.then(stop, stop)
  const times = []
  while (going) {
    const start = performance.now()
    await json(fetch(`${url}/v1/patents?limit=1`))
    times.push(performance.now() - start)
    await delay(50)
  }
  await over
  return times.sort((a, b) => a - b)
}

/** Until no patent is left whose words are to be indexed. */
async function indexed() {
  const db = new DatabaseSync(`${folder}/registry.db`, { readOnly: true })
  try {
    while (db.prepare('select 1 from search_due limit 1').get() !== undefined) await delay(100)
  } finally {
    db.close()
  }
}

/** Linux tells it; elsewhere NaN. */
function residentMegabytes(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
  } catch {
    return Number.NaN
  }
}

/** The same facts into the same number of rows, without indexes beyond the keys: what SQLite alone takes for them. */
function rawInserts(count, seed) {
  const raw = new DatabaseSync(`${folder}/raw.db`)
  raw.exec('pragma journal_mode = wal; pragma synchronous = full')
  raw.exec(
    'create table patents (id integer primary key, numbers text, title text, holders text, inventors text, classes text, filed text, granted text)',
  )
  raw.exec('create table numbers (key text primary key, patent integer)')
  raw.exec('create table holders (patent integer, name text, primary key (patent, name))')
  raw.exec('create table inventors (patent integer, position integer, name text, primary key (patent, position))')
  raw.exec('create table classes (patent integer, symbol text, position integer, primary key (patent, position))')
  const into = (table, values) => raw.prepare(`insert into ${table} values (${values.split('').join(', ')})`)
  const [patents, numbers] = [into('patents', '????????'), into('numbers', '??')]
  const [holders, inventors, classes] = [into('holders', '??'), into('inventors', '???'), into('classes', '???')]
  const start = performance.now()
  raw.exec('begin')
  let id = 0
  for (const line of importLines(count, seed, organisation.name.ja)) {
    const [written, title, , owners, people, symbols, , , , filed, , granted] = line.split(',')
    patents.run(id, written, title, owners, people, symbols, filed, granted)
    for (const number of written.split(';')) numbers.run(number, id)
    for (const owner of owners.split(';')) holders.run(id, owner)
    for (const [i, person] of people.split(';').entries()) inventors.run(id, i, person)
    for (const [i, symbol] of symbols.split(';').entries()) classes.run(id, symbol, i)
    id += 1
  }
  raw.exec('commit')
  const took = performance.now() - start
  raw.close()
  return took
}

function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function delay(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
