// How long a file takes from its bytes to enrolled patents, against raw inserts of the same rows, and what reads meanwhile
// notice of it. The import runs in a thread of its own, as the server does it.
import { mkdirSync, rmSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { DatabaseSync } from 'node:sqlite'
import { Worker } from 'node:worker_threads'
import { header, importLines } from './import-data.mjs'
import { median } from './in-process.mjs'

const organisation = {
  id: '01a200d7-7946-7101-bf95-f67a303e1c8f',
  name: { ja: '試験大学', en: 'Test University' },
  kind: 'university',
  country: 'JP',
  state: 'approved',
  since: '2026-01-05T00:00:00.000Z',
}
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

/** @returns rows of the table, and the figures behind them */
export async function importRows(product, stored, count, seed, rounds) {
  const runs = []
  for (let round = 0; round < rounds; round++) runs.push(await oneRound(product, stored, count, seed + round))
  const middle = (name) => median(runs.map((run) => run[name]))
  const perSecond = (milliseconds) => `${Math.round((count * 1000) / milliseconds).toLocaleString('en')}/s`
  return {
    figures: runs,
    rows: [
      {
        path: `(g) import of ${count.toLocaleString('en')} rows, upload to enrolled`,
        subject: `${perSecond(middle('whole'))} (preview ${perSecond(middle('preview'))}, commit ${perSecond(middle('commit'))})`,
        against: 'raw SQLite inserts, one transaction',
        reference: perSecond(middle('raw')),
        ratio: median(runs.map(({ raw, whole }) => raw / whole)),
      },
      {
        path: '(g) reads during the import, p99',
        subject: `${middle('busyP99').toFixed(2)} ms, longest ${Math.max(...runs.map(({ busyMax }) => busyMax)).toFixed(0)} ms`,
        against: 'idle p99',
        reference: `${middle('idleP99').toFixed(2)} ms`,
        ratio: median(runs.map(({ idleP99, busyP99 }) => idleP99 / busyP99)),
        goal: 0.33,
      },
    ],
  }
}

async function oneRound(product, stored, count, seed) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const db = product.openDatabase(`file:${folder}/registry.db`)
  await product.migrate(db)
  await db.write([
    product.insertOrganisation(organisation),
    ...product.putRecordNames(organisation.id, organisation.name),
    product.insertClient({ client, secretSha256: 'none', jwks: null }),
  ])
  const keys = await product.loadKeys(stored)
  const moment = () => product.registryContext(db, keys, 'http://127.0.0.1', new Date())
  const actor = {
    kind: 'member',
    id: client.client_id,
    organisationId: organisation.id,
    organisationApproved: true,
    role: 'officer',
    scopes: new Set(client.scopes),
  }
  const ctx = () => ({ ...moment(), actor })
  const idle = await readsUntil(db, delay(1000))
  const thread = new Worker(new URL('import-thread.mjs', import.meta.url), { workerData: { folder, stored } })
  await once(thread, 'ready')
  const begun = performance.now()
  const { job } = await product.receiveImport(ctx(), {
    fileName: 'bench.csv',
    read: (onFile) => arrive(onFile, count, seed),
  })
  const previewing = worked(thread)
  const first = await readsUntil(db, previewing)
  const previewed = performance.now()
  await product.commitImport(ctx(), job.id)
  const second = await readsUntil(db, worked(thread))
  const ended = performance.now()
  await thread.terminate()
  const [{ rows } = {}] = (await db.read.rows('select count(*) from patents', [])).map(([rows]) => ({ rows }))
  if (Number(rows) !== count) throw new Error(`${rows} of ${count} rows were enrolled`)
  const busy = [...first, ...second].sort((a, b) => a - b)
  const raw = rawInserts(db.read, count, seed)
  db.close()
  return {
    whole: ended - begun,
    preview: previewed - begun,
    commit: ended - previewed,
    raw,
    idleP99: percentile(idle, 0.99),
    busyP99: percentile(busy, 0.99),
    busyMax: busy.at(-1) ?? 0,
  }
}

async function arrive(onFile, count, seed) {
  const encoder = new TextEncoder()
  let held = `${header}\r\n`
  for (const line of importLines(count, seed, organisation.name.ja)) {
    held += line
    if (held.length < 30_000) continue
    await onFile(encoder.encode(held))
    held = ''
  }
  await onFile(encoder.encode(held))
  return { fields: {} }
}

/** One read after the other, each a point query as a check makes it, until that is over. */
async function readsUntil(db, over) {
  let going = true
  void over.then(() => {
    going = false
  })
  const times = []
  while (going) {
    const start = performance.now()
    await db.read.rows(
      'select f.body from patent_numbers n join facts f on f.patent_id = n.patent_id where n.key = ?',
      ['JP:grant:3000000'],
    )
    await new Promise((resolve) => setImmediate(resolve))
    times.push(performance.now() - start)
    if (times.length % 50 === 0) await delay(1)
  }
  await over
  return times.sort((a, b) => a - b)
}

/** The same facts into the same number of rows, without indexes beyond the keys: what SQLite alone takes for them. */
function rawInserts(_read, count, seed) {
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

function worked(thread) {
  const done = once(thread, 'worked')
  thread.postMessage('work')
  return done
}

function once(thread, message) {
  return new Promise((resolve, reject) => {
    const hear = (heard) => {
      if (heard !== message) return
      thread.off('message', hear)
      resolve()
    }
    thread.on('message', hear)
    thread.once('error', reject)
  })
}

function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function delay(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
