import { expect, test } from 'vitest'
import { type After, findListed, rankedMax } from '../../src/patents/list-queries.ts'
import { rebuildFacts } from '../../src/projections/facts.ts'
import { rebuildMap } from '../../src/projections/map.ts'
import { indexDue, rebuildSearch } from '../../src/projections/search.ts'
import { openLocalRegistry } from '../support/registry.ts'

const on = '2026-11-21'

/** So many patents with the word in the title, and the newest one with it in the name of its inventor alone. */
async function withTitles(titled: number) {
  const { db } = await openLocalRegistry()
  const rows = Array.from({ length: titled + 1 }, (_, i) => ({
    id: `p${String(i).padStart(5, '0')}`,
    title: i < titled ? `Tokamak ${'vessel '.repeat(i % 7)}` : 'Vessel',
    filedOn: i < titled ? `20${10 + (i % 10)}-01-01` : '2026-01-01',
  }))
  const list = JSON.stringify(rows)
  await db.write([
    {
      sql: `insert into patents (id, number, office, title_en, filed_on, version, created_at, updated_at)
            select value ->> 'id', 'JP-' || (5000000 + key) || '-B2', 'JP', value ->> 'title', value ->> 'filedOn', 1, ?2, ?2
            from json_each(?1)`,
      args: [list, `${on}T00:00:00.000Z`],
    },
    {
      sql: `insert into patent_inventors (patent_id, position, name)
            select value ->> 'id', 0, iif(key = ?2, 'Tokamak Taro', 'Hanako') from json_each(?1)`,
      args: [list, titled],
    },
    ...rebuildFacts(),
    ...rebuildMap(on),
    ...rebuildSearch(),
  ])
  while ((await indexDue(db, 1000)) > 0);
  return { db, other: `p${String(titled).padStart(5, '0')}` }
}

async function bestFirst({ db }: Awaited<ReturnType<typeof withTitles>>): Promise<string[]> {
  const seen: string[] = []
  let after: After | undefined
  do {
    const page = await findListed(db.read, { q: 'tokamak', sort: 'relevance' }, on, after, 200)
    seen.push(...page.found.map(({ facts }) => facts.patentId))
    after = page.more
  } while (after !== undefined)
  return seen
}

test('titles with the word come before names with it, however new', async () => {
  const registry = await withTitles(20)
  const best = await bestFirst(registry)
  expect(best).toHaveLength(21)
  expect(best.at(-1)).toBe(registry.other)
})

test('where titles are enough for all that is ranked, they are all that is ranked, each once', async () => {
  const registry = await withTitles(rankedMax + 20)
  const best = await bestFirst(registry)
  expect(new Set(best).size).toBe(rankedMax)
  expect(best).toHaveLength(rankedMax)
  expect(best).not.toContain(registry.other)
})
