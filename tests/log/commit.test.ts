import { expect, test } from 'vitest'
import { commit } from '../../src/log/commit.ts'
import { publishCheckpoint } from '../../src/log/publish.ts'
import { entryBytesMax } from '../../src/log/tiles.ts'
import { dumpState } from '../support/check-registry.ts'
import { logMany, registryItself } from '../support/log.ts'
import { openLocalRegistry } from '../support/registry.ts'

test('refuses a leaf that no entry bundle can carry, and leaves the log as it was', async () => {
  const registry = await openLocalRegistry()
  const before = await dumpState(registry)
  const act = (length: number) =>
    commit(registryItself(registry), {
      write: [],
      entries: [{ type: 'declared', subject: 'x'.repeat(length), record: {} }],
      answer: undefined,
    })
  await expect(act(entryBytesMax)).rejects.toThrow(`at most ${entryBytesMax} bytes`)
  expect(await dumpState(registry)).toBe(before)
  const frame = Buffer.byteLength(
    JSON.stringify({ at: registry.clock.now, digest: '0'.repeat(64), subject: '', type: 'declared', v: 1 }),
  )
  await expect(act(entryBytesMax - frame + 1)).rejects.toThrow(RangeError)
  await act(entryBytesMax - frame)
  expect((await publishCheckpoint(registryItself(registry))).size).toBe(1)
})

test.each([
  'update log_entries set at = at where sequence = 0',
  'delete from log_entries where sequence = 2',
  'insert into log_entries select 9, type, subject, at, leaf, leaf_hash from log_entries where sequence = 0',
  'insert or replace into log_entries select * from log_entries where sequence = 0',
  'update log_nodes set hash = hash',
  'delete from log_nodes',
  'update log_checkpoints set note = note',
  'delete from log_checkpoints',
])('the database refuses: %s', async (sql) => {
  const registry = await openLocalRegistry()
  await logMany(registry, 3)
  await publishCheckpoint(registryItself(registry))
  const before = await dumpState(registry)
  await expect(registry.db.write([{ sql, args: [] }])).rejects.toThrow()
  expect(await dumpState(registry)).toBe(before)
})
