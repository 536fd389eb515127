import { expect, test } from 'vitest'
import { openNote, parseCheckpoint, verifierKey } from '../../src/log/note.ts'
import { leavesPerBatchMax, logVerifierKey, publishCheckpoint } from '../../src/log/publish.ts'
import { readHead } from '../../src/log/queries.ts'
import { checkRegistry, dumpState } from '../support/check-registry.ts'
import { logMany, registryItself } from '../support/log.ts'
import { openLocalRegistry } from '../support/registry.ts'

test('an empty log has a signed checkpoint of the empty tree', async () => {
  const registry = await openLocalRegistry()
  const { note } = await publishCheckpoint(registryItself(registry))
  const opened = await openNote(note, [await logVerifierKey(registryItself(registry))])
  expect(opened?.text).toBe('registry.test/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n')
  await logMany(registry, 1)
  expect((await publishCheckpoint(registryItself(registry))).size).toBe(1)
  await checkRegistry(registry)
})

test('publishing again without a new entry changes nothing and answers the same note', async () => {
  const registry = await openLocalRegistry()
  await logMany(registry, 3)
  const first = await publishCheckpoint(registryItself(registry))
  const before = await dumpState(registry)
  registry.clock.now = new Date(registry.clock.now.getTime() + 60_000)
  expect(await publishCheckpoint(registryItself(registry))).toEqual(first)
  expect(await dumpState(registry)).toBe(before)
})

test('grows through sizes around each power of two, and in several batches, to the same tree', async () => {
  const registry = await openLocalRegistry()
  for (const step of [1, 1, 1, 1, 3, 1, 7, 1, 1, 45, 2]) {
    await logMany(registry, step)
    await publishCheckpoint(registryItself(registry))
  }
  await logMany(registry, 2 * leavesPerBatchMax + 5)
  expect((await publishCheckpoint(registryItself(registry))).size).toBe(64 + 2 * leavesPerBatchMax + 5)
  await checkRegistry(registry)
})

test('many who publish at once all get a checkpoint of every entry, and store each node once', async () => {
  const registry = await openLocalRegistry()
  await logMany(registry, leavesPerBatchMax + 100)
  const published = await Promise.all(Array.from({ length: 12 }, () => publishCheckpoint(registryItself(registry))))
  expect(new Set(published.map(({ note }) => note)).size).toBe(1)
  expect(published[0]?.size).toBe(leavesPerBatchMax + 100)
  await checkRegistry(registry)
})

test('publishing while entries come in keeps every checkpoint true', async () => {
  const registry = await openLocalRegistry()
  const rounds = Array.from({ length: 20 }, async (_, round) => {
    await logMany(registry, round + 1)
    return publishCheckpoint(registryItself(registry))
  })
  const sizes = (await Promise.all(rounds)).map(({ size }) => size)
  sizes.forEach((size, round) => {
    expect(size).toBeGreaterThan(round)
  })
  await checkRegistry(registry)
})

test('a batch stored without its checkpoint is gone on from', async () => {
  const registry = await openLocalRegistry()
  await logMany(registry, leavesPerBatchMax + 10)
  const ctx = registryItself(registry)
  let writes = 0
  const failing = {
    ...ctx,
    db: {
      ...ctx.db,
      write: (statements: Parameters<typeof ctx.db.write>[0]) => {
        writes += 1
        return writes > 1 ? Promise.reject(new Error('the connection is lost')) : ctx.db.write(statements)
      },
    },
  }
  await expect(publishCheckpoint(failing)).rejects.toThrow('the connection is lost')
  expect(await readHead(registry.db.read)).toMatchObject({ hashed: leavesPerBatchMax, checkpoint: undefined })
  expect((await publishCheckpoint(ctx)).size).toBe(leavesPerBatchMax + 10)
  await checkRegistry(registry)
})

test('reads three times and writes once for a few new entries', async () => {
  const registry = await openLocalRegistry()
  await logMany(registry, 700)
  await publishCheckpoint(registryItself(registry))
  await logMany(registry, 3)
  const ctx = registryItself(registry)
  const asked: string[] = []
  const read = {
    ...ctx.db.read,
    rows: (...[sql, args]: Parameters<typeof ctx.db.read.rows>) => {
      asked.push(sql)
      return ctx.db.read.rows(sql, args)
    },
  }
  const before = registry.db.revision()
  await publishCheckpoint({ ...ctx, db: { ...ctx.db, read } })
  // The head, then leaves and nodes side by side.
  expect(asked.length).toBe(3)
  expect(registry.db.revision()).toBe(before + 1)
})

test('a checkpoint signed under a former address is signed anew for the present one', async () => {
  const registry = await openLocalRegistry()
  await logMany(registry, 5)
  const former = await publishCheckpoint({ ...registryItself(registry), registryUrl: 'http://127.0.0.1:9999' })
  expect(former.origin).toBe('127.0.0.1:9999/log')
  const present = await publishCheckpoint(registryItself(registry))
  const opened = await openNote(present.note, [await logVerifierKey(registryItself(registry))])
  expect(parseCheckpoint(opened?.text ?? '')).toMatchObject({ origin: 'registry.test/log', size: 5, root: former.root })
})

test('the key is named for the log and made from the public half of its key record', async () => {
  const registry = await openLocalRegistry()
  const x = registry.keys.records.find(({ use }) => use === 'log')?.publicJwk.x ?? ''
  expect(await logVerifierKey(registryItself(registry))).toBe(
    await verifierKey('registry.test/log', Uint8Array.from(Buffer.from(x, 'base64url'))),
  )
})
