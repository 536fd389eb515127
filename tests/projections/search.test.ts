import { expect, test } from 'vitest'
import { commit } from '../../src/log/commit.ts'
import { indexDue, searchAstray } from '../../src/projections/search.ts'
import { settleDay } from '../../src/projections/settle.ts'
import { fillCommons } from '../support/commons.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

async function found({ anonymous }: LocalRegistry, q: string): Promise<string[]> {
  const { text } = await anonymous.get(`/v1/patents?${new URLSearchParams({ q, sort: 'relevance' })}`)
  return JSON.parse(text).items.map(({ number }: { number: string }) => number)
}

test('what a person types is found: two letters, full width, several words, names, classes, numbers', async () => {
  const registry = await openLocalRegistry()
  const commons = await fillCommons(registry)
  expect(await searchAstray(registry.db.read)).toEqual([])
  for (const q of [
    '電池',
    'リチウム',
    'ﾘﾁｳﾑ',
    '硫化物系 固体電解質',
    'ＳＵＬＦＩＤＥ lithium',
    'sulfide electro',
    '入会 花子',
    'Hanako',
    '入会大学',
    '特開2016-124752',
    'JP5985120B1',
    '5985120',
    '特許第５９８５１２０号',
    '2015253457',
  ])
    expect(await found(registry, q), q).toContain(commons.open)
  // By the title of the class alone: the record itself speaks of no battery.
  expect(await found(registry, 'batteries')).toContain(commons.academic)
  for (const q of ['池電', '抗体', 'crispr', 'lfide', '"', 'title:*', 'a" OR "b'])
    expect(await found(registry, q), q).toEqual([])
})

test('a title with the words comes before one whose class has them', async () => {
  const registry = await openLocalRegistry()
  const commons = await fillCommons(registry)
  const numbers = await found(registry, '電池')
  // Its own title is in English only: it is there for what its class is called.
  expect(numbers).toContain(commons.academic)
  expect(numbers.slice(0, numbers.indexOf(commons.academic))).toContain(commons.open)
})

test('a renamed holder is found by the new name and no longer by the old one', async () => {
  const registry = await openLocalRegistry()
  const commons = await fillCommons(registry)
  const { items } = JSON.parse((await registry.anonymous.get('/v1/organisations?q=Iriai+University')).text)
  const [row] = await registry.db.read.rows(
    'select group_concat(patent_id) from patent_holders where organisation_id = ?',
    [items[0].id],
  )
  await commit(registry.context(), {
    write: [
      { sql: `update organisations set name_ja = '新名大学', version = version + 1 where id = ?`, args: [items[0].id] },
    ],
    touched: String(row?.[0]).split(','),
    events: [{ event: 'test', subject: items[0].id, source: 'test' }],
    answer: undefined,
  })
  expect(await found(registry, '新名大学')).toContain(commons.open)
  expect(await found(registry, '入会大学')).not.toContain(commons.open)
  expect(await searchAstray(registry.db.read)).toEqual([])
})

test('what a crash left undone is due, and scheduled work makes it; two at once do no harm', async () => {
  const registry = await openLocalRegistry()
  await fillCommons(registry)
  const { db } = registry
  await db.write([{ sql: 'insert into search_due (patent_id, mark) select id, 1 from patents', args: [] }])
  await db.write([
    { sql: 'delete from search_text where rowid in (select id from search_documents)', args: [] },
    { sql: 'delete from search_documents', args: [] },
  ])
  expect(await found(registry, '電池')).toEqual([])
  await Promise.all([indexDue(db, 100), indexDue(db, 100), settleDay(registry.context())])
  await settleDay(registry.context())
  expect(await db.read.rows('select * from search_due', [])).toEqual([])
  expect(await searchAstray(db.read)).toEqual([])
  expect((await found(registry, '電池')).length).toBeGreaterThan(0)
})

test('what becomes due while its document is made stays due', async () => {
  const registry = await openLocalRegistry()
  await fillCommons(registry)
  const { db } = registry
  await db.write([{ sql: 'insert into search_due (patent_id, mark) select id, 1 from patents limit 1', args: [] }])
  let between = true
  const meanwhile = {
    ...db,
    async write(statements: Parameters<typeof db.write>[0]) {
      if (between) await db.write([{ sql: 'update search_due set mark = 2', args: [] }])
      between = false
      await db.write(statements)
    },
  }
  expect(await indexDue(meanwhile, 1)).toBe(1)
  expect(await db.read.rows('select mark from search_due', [])).toEqual([[2]])
})
