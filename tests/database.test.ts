import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Statement } from '../src/database.ts'
import { openDatabase } from '../src/node.ts'
import { temporaryFolder } from './support/server.ts'

const sql = (text: string): Statement => ({ sql: text, args: [] })

test('an act on a file goes in whole or not at all, alone or among others that come with it', async () => {
  const db = openDatabase(`file:${join(temporaryFolder(), 'registry.db')}`)
  await db.write([sql('create table t (id integer primary key)')])
  const kept = () => db.read.rows('select id from t order by id', [])
  const twice = (id: number) => db.write([sql(`insert into t values (${id})`), sql(`insert into t values (${id})`)])
  await expect(twice(1)).rejects.toMatchObject({ fault: 'unique' })
  expect(await kept()).toEqual([])
  const outcomes = await Promise.allSettled([
    db.write([sql('insert into t values (1)')]),
    twice(2),
    db.write([sql('insert into t values (3)')]),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await kept()).toEqual([[1], [3]])
  db.close()
})

test('a file with no room left refuses acts, says why, and goes on when there is room again', async () => {
  const db = openDatabase(`file:${join(temporaryFolder(), 'registry.db')}`)
  await db.write([sql('create table t (id integer primary key, text text)')])
  const [[pages] = []] = await db.read.rows('pragma page_count', [])
  const big = (id: number) => db.write([sql(`insert into t values (${id}, hex(zeroblob(100000)))`)])
  await db.write([sql(`pragma max_page_count = ${Number(pages) + 2}`)])
  const full = /full/
  await expect(big(1)).rejects.toMatchObject({ fault: 'other', cause: { message: expect.stringMatching(full) } })
  const several = await Promise.allSettled([big(2), big(3)])
  expect(several.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await db.write([sql('pragma max_page_count = 1000000')])
  await big(4)
  expect(await db.read.rows('select id from t', [])).toEqual([[4]])
  db.close()
})
