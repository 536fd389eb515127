import { expect, test } from 'vitest'
import type { Database } from '../../../src/database.ts'
import { matchQuestion } from '../../../src/patents/search/match.ts'
import { wholeWords } from '../../../src/patents/search/spread.ts'
import { openLocalRegistry } from '../../support/registry.ts'

const documents = 40_000

/** Titles for the index alone: nearly all speak of batteries, and one in a thousand of something rare. */
async function withTitles(): Promise<Database> {
  const { db } = await openLocalRegistry()
  const titles = Array.from({ length: documents }, (_, i) =>
    i % 1000 === 0 ? `quantum${i} converter` : `${['battery', 'batteries', 'batterylike'][i % 3]} converter${i % 50}`,
  )
  await db.write([
    {
      sql: `insert into search_text (rowid, title, names, numbers, classes, related, filters)
            select key + 1, value, '', '', '', '', '' from json_each(?)`,
      args: [JSON.stringify(titles)],
    },
  ])
  return db
}

test('a beginning that too many documents have is found out, a rare one and one that nobody has are not', async () => {
  const { read } = await withTitles()
  expect(await wholeWords(read, 'battery quantum converter nobody 電池 ab', 10)).toEqual(['battery', 'converter'])
  expect(await wholeWords(read, 'BATTERIES', 5)).toEqual(['batteries'])
  expect(await wholeWords(read, 'battery quantum converter', 100_000)).toEqual([])
  expect(await wholeWords(read, '電池', 0)).toEqual([])
})

test('in an empty index no word is common', async () => {
  const { db } = await openLocalRegistry()
  expect(await wholeWords(db.read, 'battery')).toEqual([])
})

test('such a word is found in the singular and the plural, others as the beginning of longer ones', async () => {
  const { read } = await withTitles()
  const hits = async (whole: readonly string[], text: string) => {
    const [row] = await read.rows('select count(*) from search_text where search_text match ?', [
      matchQuestion(text, whole) ?? '',
    ])
    return Number(row?.[0])
  }
  const all = documents - documents / 1000
  expect(await hits([], 'batter')).toBe(all)
  const forms = await hits(['battery'], 'battery')
  expect(forms).toBeGreaterThan(all / 2)
  expect(forms).toBeLessThan(all)
  expect(await hits(['battery'], 'quantum')).toBe(documents / 1000)
})
