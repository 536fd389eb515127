import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { freePort, newSqldAuth, type Sqld, startSqld } from '../../scripts/sqld.ts'
import { createSteward } from '../../src/clients/create.ts'
import { type Database, DatabaseError, type DatabaseFault, type Statement } from '../../src/database.ts'
import { loadKeys, newKeys } from '../../src/keys.ts'
import { migrate, registryContext } from '../../src/node.ts'
import { rebuildFacts } from '../../src/projections/facts.ts'
import { openRemote } from '../../src/remote.ts'
import { runScheduledWork } from '../../src/scheduled.ts'
import { checkRegistry } from '../support/check-registry.ts'
import { openSqld } from '../support/worker.ts'

// What the registry relies on in libsql-server, asked of it by our own Database.

const url = 'https://registry.test'

test('a batch goes in whole or not at all', async () => {
  const { db } = await open()
  const write = db.write([sql('insert into t values (1, 0)'), sql('insert into no_such_table values (1)')])
  expect(await faultOf(write)).toBe('other')
  expect(await db.read.rows('select count(*) from t', [])).toEqual([[0]])
  await db.write([sql('insert into t values (1, 0)'), sql('insert into t values (2, 0)')])
  expect(await db.read.rows('select count(*) from t', [])).toEqual([[2]])
})

test('a guard that does not hold ends the batch as stale, and one that holds leaves nothing behind', async () => {
  const { db } = await open()
  await db.write([sql('insert into t values (1, 0)')])
  const replace = (version: number) => [
    sql('update t set version = version + 1 where id = 1 and version = ?', version),
    sql("insert into guard select changes() = 1, 't'"),
    sql('insert into t values (?, 0)', 100 + version),
  ]
  await db.write(replace(0))
  expect(await faultOf(db.write(replace(0)))).toBe('stale')
  expect(await db.read.rows('select id, version from t order by id', [])).toEqual([
    [1, 1],
    [100, 0],
  ])
  expect(await db.read.rows('select * from guard', [])).toEqual([])
})

test('of 50 that replace the same version at once, one wins and 49 hear stale', async () => {
  const { db, token, sqld } = await open()
  await db.write([sql('insert into t values (1, 0)')])
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const own = openRemote(sqld.url, token)
      const write = own.write([
        sql('update t set version = 1 where id = 1 and version = 0'),
        sql("insert into guard select changes() = 1, 't'"),
      ])
      return faultOf(write)
    }),
  )
  expect(outcomes.filter((fault) => fault === undefined)).toHaveLength(1)
  expect(outcomes.filter((fault) => fault === 'stale')).toHaveLength(49)
})

test('a second row of the same key is refused as unique', async () => {
  const { db } = await open()
  await db.write([sql('insert into t values (1, 0)')])
  expect(await faultOf(db.write([sql('insert into t values (1, 0)')]))).toBe('unique')
})

test('values come back as they were stored', async () => {
  const { db } = await open()
  const [row] = await db.read.rows('select ?, ?, ?, ?, typeof(?)', ['入会', 2 ** 40, 0.5, null, 1])
  expect(row).toEqual(['入会', 2 ** 40, 0.5, null, 'integer'])
})

test('every statement that recomputes derived rows is one that libsql-server parses', async () => {
  const { db } = await open()
  await db.write(rebuildFacts())
})

test('a token for reading reads and cannot write; no token, another key and a strange token do neither', async () => {
  const { db, sqld, auth } = await open()
  await db.write([sql('insert into t values (1, 0)')])
  const reading = openRemote(sqld.url, await auth.token('ro'))
  expect(await reading.read.rows('select id from t', [])).toEqual([[1]])
  expect(await faultOf(reading.write([sql('insert into t values (2, 0)')]))).toBe('other')
  for (const token of [undefined, await (await newSqldAuth()).token('rw'), 'strange'])
    await expect(openRemote(sqld.url, token).read.rows('select id from t', [])).rejects.toThrow(DatabaseError)
  expect(await db.read.rows('select id from t', [])).toEqual([[1]])
})

test('a server that takes the connection and says nothing is given up after the time limit', async () => {
  const silent = createServer()
  const port = await freePort()
  await new Promise<void>((resolve) => silent.listen(port, '127.0.0.1', resolve))
  onTestFinished(() => void silent.close())
  const db = openRemote(`http://127.0.0.1:${port}`, undefined, 300)
  const before = Date.now()
  await expect(db.read.rows('select 1', [])).rejects.toThrow(DatabaseError)
  await expect(db.write([sql('select 1')])).rejects.toThrow(DatabaseError)
  expect(Date.now() - before).toBeLessThan(5000)
})

test('a replica shows writes and passes its own on; without its primary it reads, and a write is given up', async () => {
  const auth = await newSqldAuth()
  const grpc = await freePort()
  const { publicKey } = auth
  const primary = await start({ publicKey, args: ['--grpc-listen-addr', `127.0.0.1:${grpc}`] })
  const upstream = ['--primary-grpc-url', `http://127.0.0.1:${grpc}`, '--http-primary-url', primary.url]
  const replica = await start({ publicKey, args: upstream })
  const token = await auth.token('rw')
  const [near, far] = [openRemote(replica.url, token, 1500), openRemote(primary.url, token)]
  await migrate(far)
  await far.write([sql(table), sql('insert into t values (1, 0)')])
  await vi.waitFor(async () => expect(await near.read.rows('select id from t', [])).toEqual([[1]]), 10_000)
  await near.write([sql('insert into t values (2, 0)')])
  // A read is a connection of its own, so the replica may answer before its own write has come back to it.
  await vi.waitFor(async () => expect(await near.read.rows('select id from t', [])).toEqual([[1], [2]]), 10_000)
  expect(await far.read.rows('select id from t', [])).toEqual([[1], [2]])

  await primary.stop('SIGKILL')
  expect(await near.read.rows('select id from t', [])).toEqual([[1], [2]])
  expect(await faultOf(near.write([sql('insert into t values (3, 0)')]))).toBe('unreachable')
})

test('kill -9 of the server loses no act that was acknowledged, and the log adds up', async () => {
  const folder = await temporaryFolder()
  const keys = await loadKeys(await newKeys(new Date()))
  let sqld = await startSqld(folder)
  await migrate(openRemote(sqld.url))
  const acknowledged: string[] = []
  const writers = Array.from({ length: 8 }, async () => {
    const db = openRemote(sqld.url)
    try {
      for (;;) acknowledged.push((await createSteward(registryContext(db, keys, url, new Date()), 'Steward')).client_id)
    } catch {
      // the server is gone
    }
  })
  await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(50), 20_000)
  await sqld.stop('SIGKILL')
  await Promise.all(writers)
  sqld = await startSqld(folder, { port: sqld.port })
  onTestFinished(() => sqld.stop())
  const db = openRemote(sqld.url)
  const present = new Set((await db.read.rows('select id from clients', [])).map(([id]) => String(id)))
  expect(acknowledged.filter((id) => !present.has(id))).toEqual([])
  await runScheduledWork(registryContext(db, keys, url, new Date()), { send: async () => ({ status: 204 }) })
  await checkRegistry({ db, keys, url, clock: { now: new Date() } })
})

const table = 'create table t (id integer primary key, version integer not null)'

async function open() {
  const { sqld, auth, token, folder } = await openSqld()
  onTestFinished(async () => {
    await sqld.stop()
    await rm(folder, { recursive: true, force: true })
  })
  const db: Database = openRemote(sqld.url, token)
  await db.write([sql(table)])
  return { sqld, auth, token, db }
}

async function start(options: { publicKey: string; args: readonly string[] }): Promise<Sqld> {
  const sqld = await startSqld(await temporaryFolder(), options)
  onTestFinished(() => sqld.stop('SIGKILL'))
  return sqld
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'iriai-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

function sql(text: string, ...args: number[]): Statement {
  return { sql: text, args }
}

async function faultOf(write: Promise<void>): Promise<DatabaseFault | undefined> {
  try {
    await write
    return undefined
  } catch (error) {
    if (error instanceof DatabaseError) return error.fault
    throw error
  }
}
