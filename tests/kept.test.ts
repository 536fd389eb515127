import Libsql from 'libsql'
import { expect, test } from 'vitest'
import { bounded, keptUntilChange } from '../src/kept.ts'
import { openLocalRegistry } from './support/registry.ts'

const remembered = keptUntilChange<string, number>(10)

test('what is kept is forgotten with the next write of this process', async () => {
  const { db } = await openLocalRegistry()
  remembered(db.read)?.set('answer', 1)
  expect(remembered(db.read)?.get('answer')).toBe(1)
  await db.write([{ sql: "insert into registry_facts values ('a', 'b')", args: [] }])
  expect(remembered(db.read)?.has('answer')).toBe(false)
})

test('what is kept is forgotten with the next write of another process', async () => {
  const { db, file } = await openLocalRegistry()
  remembered(db.read)?.set('answer', 1)
  const other = new Libsql(file, { timeout: 5000 })
  other.exec("insert into registry_facts values ('c', 'd')")
  other.close()
  await new Promise((turn) => setTimeout(turn, 5))
  expect(remembered(db.read)?.has('answer')).toBe(false)
})

test('the oldest goes when there are more than the bound', () => {
  const values = bounded<string, number>(2)
  values.set('a', 1)
  values.set('b', 2)
  values.set('c', 3)
  expect([values.has('a'), values.get('b'), values.get('c')]).toEqual([false, 2, 3])
})
