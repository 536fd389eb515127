import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { migrate } from '../../src/node.ts'
import { openLocalRegistry } from '../support/registry.ts'

const folder = new URL('../../schema/migrations/', import.meta.url)
const sql = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n')

function named(pattern: RegExp): string[] {
  return [...sql.matchAll(pattern)].map(([, name = '']) => name).sort()
}

async function present(db: Awaited<ReturnType<typeof openLocalRegistry>>['db'], type: string): Promise<string[]> {
  const rows = await db.read.rows(
    "select name from sqlite_master where type = ? and name not like 'sqlite_%' order by name",
    [type],
  )
  return rows.map(([name]) => String(name)).sort()
}

test('every trigger and every table of the migrations is there afterwards', async () => {
  const { db } = await openLocalRegistry()
  const triggers = named(/create trigger (\w+)/gi)
  expect(triggers.length).toBeGreaterThan(10)
  expect(await present(db, 'trigger')).toEqual(triggers)
  // FTS5 keeps a virtual table in a few real ones.
  const virtual = named(/create virtual table (\w+)/gi)
  const shadows = virtual.flatMap((name) =>
    ['', '_config', '_data', '_docsize', '_idx'].map((part) => `${name}${part}`),
  )
  const tables = [...named(/create table `(\w+)`/gi), ...shadows, 'applied_migrations'].sort()
  expect(await present(db, 'table')).toEqual(tables)
})

test('migrating again, also at the same time, changes nothing', async () => {
  const { db } = await openLocalRegistry()
  const before = await db.read.rows('select * from applied_migrations', [])
  await Promise.all([migrate(db), migrate(db), migrate(db)])
  expect(await db.read.rows('select * from applied_migrations', [])).toEqual(before)
})

test('an assumption that holds leaves no row, and one that does not ends everything it came with', async () => {
  const { db } = await openLocalRegistry()
  const fact = { sql: "insert into registry_facts values ('a', 'b')", args: [] }
  const guard = (holds: string) => ({ sql: `insert into guard select ${holds}, 'test'`, args: [] })
  for (const holds of ['0', 'null', '2', "'1x'", "''"])
    await expect(db.write([fact, guard(holds)]), holds).rejects.toMatchObject({ fault: 'stale' })
  expect(await db.read.rows('select * from registry_facts', [])).toEqual([])
  await db.write([fact, guard('1')])
  expect((await db.read.rows('select * from registry_facts', [])).length).toBe(1)
  expect(await db.read.rows('select * from guard', [])).toEqual([])
})
