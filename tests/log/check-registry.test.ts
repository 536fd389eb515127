import { expect, test } from 'vitest'
import { publishCheckpoint } from '../../src/log/publish.ts'
import { patent } from '../../src/patents/patent.ts'
import { checkRegistry, dumpState } from '../support/check-registry.ts'
import { logMany, registryItself } from '../support/log.ts'
import { patentOf } from '../support/patents.ts'
import { openLocalRegistry } from '../support/registry.ts'

// The checker is trusted by every journey, so each of its promises is seen to fail once.

test.each([
  [
    'update log_entries set leaf = replace(leaf, \'"v":1\', \'"v": 1\') where sequence = 1',
    'log entry 1',
    'not canonical',
  ],
  ['update log_entries set leaf_hash = lower(hex(zeroblob(32))) where sequence = 1', 'log entry 1', 'another hash'],
  ["update log_entries set subject = 'x' where sequence = 1", 'log entry 1', 'something else'],
  ["update log_entries set type = 'declared' where sequence = 3", 'log entry 3', 'something else'],
  ["update log_records set record = '{}' where sequence = 2", 'log entry 2', 'another digest'],
  ["update log_records set salt = '' where sequence = 2", 'log entry 2', 'another digest'],
  ["insert into log_records values (99, '', '{}')", 'log record 99', 'no entry'],
  ['delete from log_entries where sequence = 2', 'log entry 3', 'stands where 2 should'],
  ['delete from log_nodes where level = 1 and position = 0', 'tree node 1/0', 'missing'],
  ['update log_nodes set hash = lower(hex(zeroblob(32))) where level = 2', 'tree node 2/0', 'not of this tree'],
  ["update log_checkpoints set note = replace(note, 'registry', 'another')", 'checkpoint 5', 'not a signed checkpoint'],
  ["update facts set body = '{}'", 'facts of patent', 'astray'],
  ["insert into touched_patents values ('x')", 'touched_patents', 'not empty'],
  ["update organisations set state = 'left'", 'organisation whose latest entry', 'left'],
  [
    `insert into declarations (id, organisation_id, terms_id, terms_sha256, state, from_on, in_force_on, patent_count,
       patents_sha256, version, created_at, updated_at)
     select '1', id, 't', 's', 'in_force', '2026-11-21', '2026-11-21', 1, 's', 1, 'now', 'now' from organisations limit 1`,
    'declaration without exactly one declared',
    'coming into force is not in the log',
  ],
  [
    `insert into grants select '1', 'n', 'research', 'revoked', 'now', null, null, id, null, '{}', 0, 'p', 'm', 'f', 'u', 'i', 'e',
     't', 's', 0, 0, 1 from organisations limit 1`,
    'grant without exactly one granted',
    'revocation is not in the log',
  ],
])('after %s it says so', async (sql, ...words) => {
  const registry = await openLocalRegistry()
  const kyoto = await registry.organisation()
  const officer = await registry.member(kyoto.id)
  ;(await officer.post('/v1/patents', patentOf([kyoto]))).as(patent)
  await logMany(registry, 3)
  await publishCheckpoint(registryItself(registry))
  await checkRegistry(registry)
  const before = await dumpState(registry)
  const triggers = await registry.db.read.rows("select name from sqlite_master where type = 'trigger'", [])
  await registry.db.write([
    ...triggers.map(([name]) => ({ sql: `drop trigger ${String(name)}`, args: [] })),
    { sql, args: [] },
  ])
  expect(await dumpState(registry)).not.toBe(before)
  const faults = await checkRegistry(registry).then(
    () => 'none',
    (error: Error) => error.message,
  )
  for (const word of words) expect(faults).toContain(word)
})
