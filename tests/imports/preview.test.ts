import { expect, test } from 'vitest'
import { z } from 'zod'
import { declaration } from '../../src/declarations/declaration.ts'
import { type Import, type ImportRow, importRow, importShape } from '../../src/imports/import.ts'
import { areClose } from '../../src/imports/owners.ts'
import { forgetImports, workOnImports } from '../../src/imports/work.ts'
import { patent, statusesPerPatentMax } from '../../src/patents/patent.ts'
import { checkRegistry } from '../support/check-registry.ts'
import { declare, enrolPatent, type Holders, openHolders } from '../support/holders.ts'
import { committed, type Line, rested, started, tableMapping, tableOf, upload } from '../support/imports.ts'
import { patentOf } from '../support/patents.ts'
import type { Caller } from '../support/registry.ts'

const rowsPage = z.object({ items: z.array(importRow), next: z.string().nullable() })
/** Of a table without owners. */
const numbersAndTitles = JSON.stringify({
  columns: [
    { header: '番号', field: 'number' },
    { header: '発明の名称', field: 'title_ja' },
  ],
})
const base = { title: '硫化物固体電解質', filedOn: '2015-12-25', grantedOn: '2016-09-06', ipc: 'H01M10/0562' }

let grants = 4_100_000
function freshGrant(): string {
  grants += 1
  return `特許第${grants}号`
}

async function importing(
  registry: Holders,
  caller: Caller,
  lines: readonly Line[],
  fields: Record<string, string> = {},
) {
  const mapping = JSON.stringify(tableMapping)
  const { id } = (await upload(caller, tableOf(lines), { mapping, ...fields })).as(started)
  return rested(caller, id, registry.context)
}

async function rowsOf(caller: Caller, { id }: Pick<Import, 'id'>): Promise<ImportRow[]> {
  return (await caller.get(`/v1/imports/${id}/rows?limit=100`)).as(rowsPage).items
}

async function decided(registry: Holders, caller: Caller, { id }: Import, input: unknown): Promise<Import> {
  const answer = await caller.post(`/v1/imports/${id}/decisions`, input)
  if (answer.status !== 202) throw new Error(answer.text)
  return rested(caller, id, registry.context)
}

test('a row is new, then the same, then changed where the file says more; nothing is ever taken away', async () => {
  const registry = await openHolders()
  const { kyoto, anonymous } = registry
  const grant = freshGrant()
  const name = kyoto.organisation.name.ja
  const first = { ...base, grant, holders: name, inventors: '山田 太郎、佐藤 花子' }
  const one = await importing(registry, kyoto.officer, [first])
  expect(one).toMatchObject({ state: 'previewed', counts: { rows: 1, new: 1 } })
  expect((await anonymous.get(`/v1/patents/${encodeURIComponent(grant)}`)).status).toBe(404)
  expect(await committed(kyoto.officer, one.id, registry.context)).toMatchObject({
    state: 'committed',
    counts: { new: 1 },
  })
  const number = encodeURIComponent(grant)
  const enrolled = (await anonymous.get(`/v1/patents/${number}`)).as(patent)
  expect(enrolled).toMatchObject({
    filedOn: '2015-12-25',
    grantedOn: '2016-09-06',
    status: { value: 'granted', source: '権利者の一覧 (holder’s list)' },
  })
  expect(enrolled.inventors.map((inventor) => inventor.name)).toEqual(['山田 太郎', '佐藤 花子'])
  const events = await registry.db.read.rows(
    "select by, source from history where event = 'patent_registered' and subject = ?",
    [enrolled.id],
  )
  expect(events).toHaveLength(1)
  expect(String(events[0]?.[0])).toBe(
    String((await registry.db.read.rows('select by_id from imports where id = ?', [one.id]))[0]?.[0]),
  )

  const history = 'select count(*) from history'
  const entries = 'select count(*) from log_entries'
  const counted = [await registry.db.read.rows(history, []), await registry.db.read.rows(entries, [])]
  const again = await importing(registry, kyoto.officer, [first])
  expect(again.counts).toMatchObject({ rows: 1, same: 1 })
  expect((await committed(kyoto.officer, again.id, registry.context)).state).toBe('committed')
  expect([await registry.db.read.rows(history, []), await registry.db.read.rows(entries, [])]).toEqual(counted)

  const more = {
    ...first,
    application: '特願2015-254253',
    inventors: '佐藤 花子、田中 一郎',
    status: '年金不納',
    title: '別の名称',
  }
  const third = await importing(registry, kyoto.officer, [more])
  const [row] = await rowsOf(kyoto.officer, third)
  expect(row?.result).toBe('changed')
  expect(row?.changes?.map(({ field, old }) => [field, old])).toEqual([
    ['numbers', undefined],
    ['title.ja', base.title],
    ['inventors', undefined],
    ['status', 'granted'],
  ])
  expect(third.world).toMatchObject({ ended: 1 })
  await committed(kyoto.officer, third.id, registry.context)
  const after = (await anonymous.get(`/v1/patents/${number}`)).as(patent)
  expect(after.inventors.map((inventor) => inventor.name)).toEqual(['山田 太郎', '佐藤 花子', '田中 一郎'])
  expect(after.numbers).toHaveLength(2)
  expect(after.statuses.length).toBeGreaterThan(enrolled.statuses.length)
  expect(after.title.ja).toBe('別の名称')
  await checkRegistry(registry)
})

test('rows of others are refused in the officer’s words, and rows without a number, with line and column', async () => {
  const registry = await openHolders()
  const { kyoto, toyota } = registry
  const one = await importing(registry, kyoto.officer, [
    { ...base, grant: freshGrant(), holders: toyota.organisation.name.ja },
    { ...base, title: 'x', holders: kyoto.organisation.name.ja },
    { ...base, grant: freshGrant(), title: '', holders: kyoto.organisation.name.ja },
  ])
  const rows = await rowsOf(kyoto.officer, one)
  expect(rows.map(({ line, result, reasons }) => [line, result, reasons[0]?.code])).toEqual([
    [2, 'refused', 'not_yours'],
    [3, 'refused', 'number_missing'],
    [4, 'refused', 'no_title'],
  ])
  expect(rows[0]?.reasons[0]?.text.ja).toContain(kyoto.organisation.name.ja)
  const { counts } = await committed(kyoto.officer, one.id, registry.context)
  expect(counts).toMatchObject({ refused: 3, new: 0 })
  expect(await registry.db.read.rows("select 1 from organisations where state = 'named'", [])).toEqual([])
})

test('an owner that nobody knows becomes an organisation by name, once, and is found the next time', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const own = kyoto.organisation.name.ja
  const one = await importing(registry, kyoto.officer, [
    { ...base, grant: freshGrant(), title: '一', holders: `${own}、未知工業株式会社` },
    { ...base, grant: freshGrant(), title: '二', holders: `${own}、未知工業㈱` },
  ])
  expect(one.counts).toMatchObject({ new: 2 })
  expect(new Set(one.names.map(({ outcome }) => outcome))).toEqual(new Set(['new']))
  await committed(kyoto.officer, one.id, registry.context)
  const named = await registry.db.read.rows("select id, name_ja from organisations where state = 'named'", [])
  expect(named.map(([, name]) => name)).toEqual(['未知工業株式会社'])
  const two = await importing(registry, kyoto.officer, [
    { ...base, grant: freshGrant(), title: '三', holders: `${own}、未知工業株式会社` },
  ])
  expect(two.names).toEqual([])
  await committed(kyoto.officer, two.id, registry.context)
  expect(await registry.db.read.rows("select count(*) from organisations where state = 'named'", [])).toEqual([[1]])
  await checkRegistry(registry)
})

test('a co-owner that may be a person is a question, and a person never becomes a record', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const own = kyoto.organisation.name.ja
  const grants = [freshGrant(), freshGrant()] as const
  const lines = [
    { ...base, grant: grants[0], title: '一', holders: `${own}、山田 太郎` },
    { ...base, grant: grants[1], title: '二', holders: `${own}、ジョン・スミス` },
  ]
  const one = await importing(registry, kyoto.officer, lines)
  expect(one.counts).toMatchObject({ undecided: 2, new: 0 })
  expect(one.names.map(({ outcome }) => outcome)).toEqual(['unclear', 'unclear'])
  const [row] = await rowsOf(kyoto.officer, one)
  expect(row?.reasons.map(({ code }) => code)).toEqual(['owner_undecided'])
  expect(row?.reasons[0]?.text.ja).toContain('機関か個人か')
  const keyOf = (name: string) => one.names.find(({ names }) => names.includes(name))?.key
  const after = await decided(registry, kyoto.officer, one, {
    names: [
      { key: keyOf('山田 太郎'), organisation: 'individual' },
      { key: keyOf('ジョン・スミス'), organisation: 'new' },
    ],
  })
  expect(after.counts).toMatchObject({ refused: 1, new: 1, undecided: 0 })
  expect((await rowsOf(kyoto.officer, one)).map(({ reasons }) => reasons.map(({ code }) => code))).toEqual([
    ['individual_owner'],
    [],
  ])
  await committed(kyoto.officer, one.id, registry.context)
  const named = await registry.db.read.rows("select name_ja from organisations where state = 'named'", [])
  expect(named).toEqual([['ジョン・スミス']])
  const public_ = ['organisations', 'organisation_names', 'history', 'changes', 'facts', 'patents']
  for (const table of public_)
    expect(JSON.stringify(await registry.db.read.rows(`select * from ${table}`, []))).not.toContain('山田')
  const again = await importing(registry, kyoto.officer, lines)
  expect(again.counts).toMatchObject({ refused: 1, same: 1, undecided: 0 })
  await checkRegistry(registry)
})

test('a person to whom a record is said to have passed never becomes its holder', async () => {
  const registry = await openHolders()
  const { kyoto, own, anonymous } = registry
  const line = { ...base, grant: own.numbers[0]?.docdb ?? '', holders: '山田 太郎' }
  const one = await importing(registry, kyoto.officer, [line])
  const [{ choices } = { choices: undefined }] = await rowsOf(kyoto.officer, one)
  const [key] = choices?.names ?? one.names.map((name) => name.key)
  const after = await decided(registry, kyoto.officer, one, {
    names: [{ key, organisation: 'individual' }],
    rows: [{ position: 0, decision: { holders: 'file' } }],
  })
  expect(after.counts).toMatchObject({ refused: 1, changed: 0, undecided: 0 })
  expect((await rowsOf(kyoto.officer, one))[0]?.reasons[0]?.code).toBe('individual_owner')
  await committed(kyoto.officer, one.id, registry.context)
  const held = (await anonymous.get(`/v1/patents/${own.number}`)).as(patent).holders
  expect(held.map(({ organisation: { id } }) => id)).toEqual([kyoto.organisation.id])
  expect(await registry.db.read.rows("select name_ja from organisations where state = 'named'", [])).toEqual([])
})

test('a list that names no owners says that its rows become the importer’s alone', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const list = `番号,発明の名称\r\n${freshGrant()},電池\r\n`
  const { id } = (await upload(kyoto.officer, list, { mapping: numbersAndTitles })).as(started)
  const one = await rested(kyoto.officer, id, registry.context)
  const [row] = await rowsOf(kyoto.officer, one)
  expect([row?.result, row?.reasons.map(({ code }) => code)]).toEqual(['new', ['owner_assumed']])
  expect(row?.reasons[0]?.text.ja).toContain(`${kyoto.organisation.name.ja} の単独の権利`)
  await committed(kyoto.officer, id, registry.context)
  const again = await rested(
    kyoto.officer,
    (await upload(kyoto.officer, list, { mapping: numbersAndTitles })).as(started).id,
    registry.context,
  )
  expect((await rowsOf(kyoto.officer, again)).map(({ result, reasons }) => [result, reasons])).toEqual([['same', []]])
})

test('a right that ended on record and is alive in a newer file stays ended, and the row says so', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const line = { ...base, grant: freshGrant(), holders: kyoto.organisation.name.ja }
  const one = await importing(registry, kyoto.officer, [{ ...line, status: '消滅' }])
  await committed(kyoto.officer, one.id, registry.context)
  registry.clock.now = new Date('2026-12-21T09:00:00Z')
  const next = await importing(registry, kyoto.officer, [{ ...line, status: '存続' }])
  const [row] = await rowsOf(kyoto.officer, next)
  expect([row?.result, row?.reasons.map(({ code }) => code)]).toEqual(['same', ['ended_on_record']])
  expect(row?.reasons[0]?.text.ja).toContain('消滅')
})

test('a name near one’s own is a question, never a refusal, and its answer is kept', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const near = `${kyoto.organisation.name.ja}学長`
  const grant = freshGrant()
  const one = await importing(registry, kyoto.officer, [{ ...base, grant, holders: near }])
  expect(one.counts).toMatchObject({ undecided: 1 })
  const [name] = one.names
  expect(name).toMatchObject({ outcome: 'close', candidates: [{ id: kyoto.organisation.id }] })
  const after = await decided(registry, kyoto.officer, one, {
    names: [{ key: name?.key, organisation: kyoto.organisation.id }],
  })
  expect(after.counts).toMatchObject({ undecided: 0, new: 1 })
  await committed(kyoto.officer, one.id, registry.context)
  const again = await importing(registry, kyoto.officer, [{ ...base, grant, holders: near }])
  expect(again.counts).toMatchObject({ same: 1, undecided: 0 })
})

test('a name of one’s own that the registry cannot know: a refused row leads to it, and the answer is kept', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const line = { ...base, grant: freshGrant(), holders: '도요타 지도샤' }
  const one = await importing(registry, kyoto.officer, [line])
  expect(one.counts).toMatchObject({ refused: 1 })
  const [row] = await rowsOf(kyoto.officer, one)
  const [key] = row?.choices?.names ?? []
  const names = [{ key, organisation: kyoto.organisation.id }]
  expect((await decided(registry, kyoto.officer, one, { names })).counts).toMatchObject({ refused: 0, new: 1 })
  expect((await importing(registry, kyoto.officer, [line])).counts).toMatchObject({ refused: 0, new: 1 })
})

test('a Japanese name in Latin letters is near its English form', () => {
  expect(areClose('Toyota Jidosha Kabushiki Kaisha', 'Toyota Motor Corporation')).toBe(true)
  expect(areClose('Kabushiki Kaisha Toyota Jidoshokki', 'Toyota Motor Corporation')).toBe(true)
  expect(areClose('Toyoda Gosei Kabushiki Kaisha', 'Toyota Motor Corporation')).toBe(false)
  expect(areClose('Kyoto Institute of Technology', 'Kyoto University')).toBe(false)
})

test('an ambiguous number waits until the officer says which it is', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const { id } = (
    await upload(kyoto.officer, '番号,発明の名称\r\nJP2018-081998,電池\r\n', { mapping: numbersAndTitles })
  ).as(started)
  const one = await rested(kyoto.officer, id, registry.context)
  const [row] = await rowsOf(kyoto.officer, one)
  expect(row).toMatchObject({ result: 'undecided', reasons: [{ code: 'ambiguous_number' }] })
  const [choice] = row?.choices?.numbers ?? []
  const key = choice?.candidates[1]?.key ?? ''
  const after = await decided(registry, kyoto.officer, one, {
    rows: [{ position: 0, decision: { numbers: { [choice?.written ?? '']: key } } }],
  })
  expect(after.counts).toMatchObject({ new: 1, undecided: 0 })
  await committed(kyoto.officer, id, registry.context)
  expect(await registry.db.read.rows('select count(*) from patent_numbers where key = ?', [key])).toEqual([[1]])

  // Next month nobody is asked again; under another title it is a question as before.
  const list = '番号,発明の名称\r\nJP2018-081998,電池\r\nJP2018-081998,鉄道車両\r\n'
  const again = await rested(
    kyoto.officer,
    (await upload(kyoto.officer, list, { mapping: numbersAndTitles })).as(started).id,
    registry.context,
  )
  expect(again.counts).toMatchObject({ same: 1, undecided: 1 })
})

test('the same right twice in a file is one; where the rows contradict each other the later is refused with the line of the first', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const grant = freshGrant()
  const application = '特願2015-254999'
  const one = await importing(registry, kyoto.officer, [
    { ...base, application },
    { ...base, application, grant },
    { ...base, grant, title: '全く別の発明' },
  ])
  const rows = await rowsOf(kyoto.officer, one)
  expect(rows.map(({ result, reasons }) => [result, reasons[0]?.code])).toEqual([
    ['new', 'owner_assumed'],
    ['same', 'merged'],
    ['refused', 'duplicate_differs'],
  ])
  expect(rows[2]?.reasons[0]?.text.ja).toContain('2 行目')
  await committed(kyoto.officer, one.id, registry.context)
  const found = (await registry.anonymous.get(`/v1/patents/${encodeURIComponent(grant)}`)).as(patent)
  expect(found.numbers).toHaveLength(2)
})

test('application and grant of China, with one number and titles translated apart, are one right', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const file = [
    'id,title,assignee,inventor/author,priority date,filing/creation date,publication date,grant date,result link',
    `CN-104362304-B,A kind of one step process,${kyoto.organisation.name.en},,,2014-09-02,2017-01-04,2017-01-04,`,
    `CN-104362304-A,Method for one-step preparation,${kyoto.organisation.name.en},,2014-09-02,2014-09-02,2015-02-18,,`,
  ].join('\n')
  const { id } = (await upload(kyoto.officer, file)).as(started)
  const one = await rested(kyoto.officer, id, registry.context)
  expect(one.counts).toMatchObject({ rows: 2, new: 1, same: 1 })
})

test('a row without an owner, in a list that names them, is nobody’s until an officer says whose', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const file = [
    'id,title,assignee,inventor/author,priority date,filing/creation date,publication date,grant date,result link',
    'US-524470-A,Half to charles y,,,,,1894-08-14,1894-08-14,',
    'JP-2016167439-A5,Patent JP2016167439A5,,,,,,,',
  ].join('\n')
  const { id } = (await upload(kyoto.officer, file)).as(started)
  const one = await rested(kyoto.officer, id, registry.context)
  expect(one.counts).toMatchObject({ undecided: 2, new: 0 })
  const [row] = await rowsOf(kyoto.officer, one)
  expect(row).toMatchObject({ choices: { own: kyoto.organisation.name }, reasons: [{ code: 'owner_not_named' }] })
  const two = await decided(registry, kyoto.officer, one, {
    rows: [
      { position: 0, decision: { holders: 'own' } },
      { position: 1, decision: { skip: true } },
    ],
  })
  expect(two.counts).toMatchObject({ undecided: 0, new: 1, refused: 1 })
  await committed(kyoto.officer, one.id, registry.context)
  const found = (await registry.anonymous.get('/v1/patents/US-524470-A')).as(patent)
  expect(found.holders).toMatchObject([{ organisation: { id: kyoto.organisation.id } }])
})

test('an international application of any receiving office belongs to its WO publication', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const file = [
    'Jurisdiction,Kind,Display Key,Lens ID,Publication Date,Application Number,Application Date,Title,Applicants,Inventors',
    `WO,A2,WO 2007/022315 A2,058,2007-02-22,US 2006/0032057 W,2006-08-17,Integrated Pulse Detonation Engine,${kyoto.organisation.name.en},`,
  ].join('\n')
  const { id } = (await upload(kyoto.officer, file)).as(started)
  const one = await rested(kyoto.officer, id, registry.context)
  expect(one.counts).toMatchObject({ new: 1 })
  await committed(kyoto.officer, one.id, registry.context)
  const found = (await registry.anonymous.get(`/v1/patents/${encodeURIComponent('PCT/US2006/032057')}`)).as(patent)
  expect(found).toMatchObject({ office: 'WO', numbers: [{}, {}] })
  const more = { ...patentOf([kyoto.organisation]), numbers: ['WO 2006/088663 A2', 'PCT/US2006/003837'] }
  expect((await kyoto.officer.post('/v1/patents', more)).as(patent).office).toBe('WO')
})

test('rows that may be one right without a common number are a question', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const one = await importing(registry, kyoto.officer, [
    { ...base, application: '特願2015-254777' },
    { ...base, grant: freshGrant() },
  ])
  expect(one.counts).toMatchObject({ new: 1, undecided: 1 })
  const [, row] = await rowsOf(kyoto.officer, one)
  expect(row?.choices?.same).toEqual([{ line: 2, title: base.title }])
  const other = await decided(registry, kyoto.officer, one, { rows: [{ position: 1, decision: { same: 'none' } }] })
  expect(other.counts).toMatchObject({ new: 2, undecided: 0 })
  const none = await decided(registry, kyoto.officer, one, { rows: [{ position: 1, decision: { skip: true } }] })
  expect(none.counts).toMatchObject({ new: 1, refused: 1 })
  const after = await decided(registry, kyoto.officer, one, {
    rows: [{ position: 1, decision: { same: { line: 2 } } }],
  })
  expect(after.counts).toMatchObject({ new: 1, same: 1, undecided: 0 })
  await committed(kyoto.officer, one.id, registry.context)
  const keys = await registry.db.read.rows(
    'select count(*) from patent_numbers where patent_id = (select patent_id from patent_numbers where key like ?)',
    ['%application%254777'],
  )
  expect(keys).toEqual([[2]])
})

test('a right that a file gives to others waits, and names the assignment when a declaration stands on it', async () => {
  const registry = await openHolders()
  const { kyoto, toyota } = registry
  const grant = freshGrant()
  const made = (await kyoto.officer.post('/v1/patents', patentOf([kyoto.organisation], { numbers: [grant] }))).as(
    patent,
  )
  const line = { grant, title: '試験用の固体電解質', holders: toyota.organisation.name.ja }
  const free = await importing(registry, kyoto.officer, [line])
  expect((await rowsOf(kyoto.officer, free))[0]).toMatchObject({
    result: 'undecided',
    reasons: [{ code: 'holders_differ' }],
  })
  await declare(kyoto.officer, [made.number])
  const bound = await importing(registry, kyoto.officer, [line])
  expect(bound.world).toMatchObject({ transferred: 1, declared: 1 })
  const [row] = await rowsOf(kyoto.officer, bound)
  expect(row).toMatchObject({ result: 'undecided', reasons: [{ code: 'holders_differ_declared' }] })
  expect(row?.choices?.holders?.assignment).toContain('assignment')
  const file = await decided(registry, kyoto.officer, bound, { rows: [{ position: 0, decision: { holders: 'file' } }] })
  expect(file.counts).toMatchObject({ undecided: 1 })
  const passed = await decided(registry, kyoto.officer, free, {
    rows: [{ position: 0, decision: { holders: 'record' } }],
  })
  expect(passed.counts).toMatchObject({ undecided: 0 })
})

test('a file brings no co-owner to a patent whose withdrawn declaration still opens it', async () => {
  const registry = await openHolders()
  const { kyoto, toyota, own } = registry
  const both = `${kyoto.organisation.name.ja}; ${toyota.organisation.name.ja}`
  const line = { grant: own.number, title: '試験用の固体電解質', holders: both }
  const before = await importing(registry, kyoto.officer, [line])
  await decided(registry, kyoto.officer, before, { rows: [{ position: 0, decision: { holders: 'file' } }] })
  const { id } = await declare(kyoto.officer, [own.number])
  const { closedFrom = '' } = (await kyoto.officer.post(`/v1/declarations/${id}/withdrawal`, { reason: 'x' })).as(
    declaration,
  )
  expect((await committed(kyoto.officer, before.id, registry.context)).counts).toMatchObject({ changed: 0 })
  const during = await importing(registry, kyoto.officer, [line])
  expect((await rowsOf(kyoto.officer, during))[0]).toMatchObject({ reasons: [{ code: 'holders_differ_declared' }] })
  registry.clock.now = new Date(`${closedFrom}T00:00:00Z`)
  const afterwards = await importing(registry, kyoto.officer, [line])
  expect((await rowsOf(kyoto.officer, afterwards))[0]).toMatchObject({ reasons: [{ code: 'holders_differ' }] })
})

test('a name beside one’s own that is none of one’s own is asked about: it may be a co-owner and no spelling', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const { ja, en } = kyoto.organisation.name
  const header =
    'search URL:,https://patents.google.com/?x\r\nid,title,assignee,inventor/author,priority date,filing/creation date,publication date,grant date,result link,representative figure link'
  const row = (number: number, assignee: string) =>
    `JP-${number}-B2,電池${number},"${assignee}",山田,2014-01-01,2015-01-0${number % 10},2017-03-03,2017-03-03,https://patents.google.com/patent/JP${number}B2/ja,`
  const rows = [row(6111111, `${ja}, Idemitsu Kosan Co Ltd`), row(6111112, `${ja}, ${en}`)]
  const { id } = (await upload(kyoto.officer, `${[header, ...rows].join('\r\n')}\r\n`)).as(started)
  const one = await rested(kyoto.officer, id, registry.context)
  expect((await rowsOf(kyoto.officer, one)).map(({ result }) => result)).toEqual(['undecided', 'new'])
})

test('owners that a file leaves unnamed are asked for, and do not make the importing organisation the only one', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const { ja } = kyoto.organisation.name
  const named = `${ja}; 見本電池株式会社`
  const lines = [named, `${ja}; …`, `${ja}; ...`, `${ja}; ほか2名`].map((holders, i) => ({
    grant: freshGrant(),
    title: `電解質の製造方法${i}`,
    holders,
  }))
  const one = await importing(registry, kyoto.officer, lines)
  const results = (await rowsOf(kyoto.officer, one)).map(({ result, reasons }) => [result, reasons[0]?.code])
  expect(results).toEqual([['new', undefined], ...Array.from({ length: 3 }, () => ['undecided', 'owner_undecided'])])
})

test('a record that names only others is not changed by an import', async () => {
  const registry = await openHolders()
  const { kyoto, toyota } = registry
  const theirs = await enrolPatent(toyota.officer, [toyota])
  const one = await importing(registry, kyoto.officer, [
    { grant: theirs.number, title: '改題', holders: kyoto.organisation.name.ja },
  ])
  expect((await rowsOf(kyoto.officer, one))[0]).toMatchObject({
    result: 'refused',
    reasons: [{ code: 'held_by_others' }],
  })
})

test('two overlapping imports at once: nothing twice, nothing lost', async () => {
  const registry = await openHolders()
  const { kyoto, toyota } = registry
  const holders = `${kyoto.organisation.name.ja}、${toyota.organisation.name.ja}、共同工業株式会社`
  const lines = Array.from({ length: 300 }, (_, i) => ({ ...base, grant: freshGrant(), title: `発明${i}`, holders }))
  const one = await importing(registry, kyoto.officer, lines.slice(0, 200))
  const two = await importing(registry, toyota.officer, lines.slice(100))
  expect([one.counts.new, two.counts.new]).toEqual([200, 200])
  await kyoto.officer.post(`/v1/imports/${one.id}/commit`, {})
  await toyota.officer.post(`/v1/imports/${two.id}/commit`, {})
  const work = () => workOnImports(registry.context, () => true)
  await Promise.all([work(), work(), work()])
  const [left, right] = [
    await rested(kyoto.officer, one.id, registry.context),
    await rested(toyota.officer, two.id, registry.context),
  ]
  expect([left.state, right.state]).toEqual(['committed', 'committed'])
  expect(left.counts.new + right.counts.new).toBe(300)
  expect(left.counts.refused + right.counts.refused).toBe(0)
  const numbers = await registry.db.read.rows(
    `select count(*), count(distinct patent_id) from patent_numbers
    where key in (select 'JP:grant:' || value from json_each(?))`,
    [JSON.stringify(lines.map(({ grant }) => grant.replace(/\D/g, '')))],
  )
  expect(numbers).toEqual([[300, 300]])
  expect(await registry.db.read.rows("select count(*) from organisations where state = 'named'", [])).toEqual([[1]])
  await checkRegistry(registry)
})

test('an edit between preview and commit is not undone', async () => {
  const registry = await openHolders()
  const { kyoto, anonymous } = registry
  const grant = freshGrant()
  const own = kyoto.organisation.name.ja
  const first = await importing(registry, kyoto.officer, [{ ...base, grant, holders: own }])
  await committed(kyoto.officer, first.id, registry.context)
  const one = await importing(registry, kyoto.officer, [
    { ...base, grant, holders: own, title: 'ファイルの題', ipc: 'H01M4/525' },
  ])
  const path = `/v1/patents/${encodeURIComponent(grant)}`
  const tag = (await anonymous.get(path)).headers.get('ETag') ?? ''
  expect((await kyoto.officer.patch(path, { title: { ja: '担当者の題' } }, { 'If-Match': tag })).status).toBe(200)
  await committed(kyoto.officer, one.id, registry.context)
  const found = (await anonymous.get(path)).as(patent)
  expect([found.title.ja, found.classes.ipc]).toEqual(['担当者の題', ['H01M10/0562', 'H01M4/525']])
  expect((await rowsOf(kyoto.officer, one))[0]?.reasons[0]?.code).toBe('changed_meanwhile')
})

test('counts are those of the rows, however often they are decided again', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const one = await importing(
    registry,
    kyoto.officer,
    Array.from({ length: 40 }, (_, i) => ({
      ...base,
      grant: freshGrant(),
      title: `発明${i % 7}`,
      holders: i % 5 === 0 ? '他社株式会社' : kyoto.organisation.name.ja,
    })),
  )
  const after = await decided(registry, kyoto.officer, one, {
    rows: [3, 4, 6].map((position) => ({ position, decision: { skip: true } })),
  })
  const counted = await registry.db.read.rows(
    'select result, count(*) from import_rows where import_id = ? group by result',
    [one.id],
  )
  for (const [result, count] of counted) expect(after.counts).toMatchObject({ [String(result)]: Number(count) })
  expect(after.counts.rows).toBe(40)
})

test('a dropped import leaves nothing of the file; a committed one keeps its rows and not the file', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const line = { ...base, grant: freshGrant(), holders: kyoto.organisation.name.ja }
  const one = await importing(registry, kyoto.officer, [line])
  const held = async (id: string) =>
    Promise.all(
      ['import_chunks', 'import_rows', 'import_names'].map(async (table) =>
        Number((await registry.db.read.rows(`select count(*) from ${table} where import_id = ?`, [id]))[0]?.[0]),
      ),
    )
  expect((await held(one.id))[0]).toBe(1)
  expect((await kyoto.officer.delete(`/v1/imports/${one.id}`)).status).toBe(204)
  await workOnImports(registry.context, () => true)
  expect(await held(one.id)).toEqual([0, 0, 0])
  expect((await kyoto.officer.get('/v1/imports')).text).not.toContain(one.id)
  const two = await importing(registry, kyoto.officer, [line])
  await committed(kyoto.officer, two.id, registry.context)
  await workOnImports(registry.context, () => true)
  expect((await held(two.id)).slice(0, 2)).toEqual([0, 1])
})

test('nothing of a dropped file is left in the record of its import, which goes a day later', async () => {
  const registry = await openHolders()
  const { kyoto, db, clock } = registry
  const secret = '未公開の発明'
  // The samples and headers of a table whose columns are unknown stand in the record itself.
  const { id } = (await upload(kyoto.officer, `備考-${secret},番号\r\n${secret},特許第6100001号\r\n`)).as(started)
  expect(await rested(kyoto.officer, id, registry.context)).toMatchObject({ state: 'needs_mapping' })
  const kept = async () => JSON.stringify(await db.read.rows('select * from imports where id = ?', [id]))
  expect(await kept()).toContain(secret)
  await kyoto.officer.delete(`/v1/imports/${id}`)
  await workOnImports(registry.context, () => true)
  for (const text of [secret, '備考', 'portfolio.csv']) expect(await kept()).not.toContain(text)
  expect((await kyoto.officer.get(`/v1/imports/${id}`)).text).toContain('"dropped"')
  clock.now = new Date(clock.now.getTime() + 23 * 3_600_000)
  await forgetImports(registry.context())
  expect((await kyoto.officer.get(`/v1/imports/${id}`)).status).toBe(200)
  clock.now = new Date(clock.now.getTime() + 2 * 3_600_000)
  await forgetImports(registry.context())
  expect(await db.read.rows('select 1 from imports', [])).toEqual([])
})

test('an upload of several megabytes that is refused at its end leaves no record', async () => {
  const registry = await openHolders()
  const { kyoto, toyota, db } = registry
  const big = `numbers\r\n${'JP6100001B2\r\n'.repeat(200_000)}`
  const refused = await upload(kyoto.officer, big, { organisation: toyota.organisation.id })
  expect(refused.problem().code).toBe('forbidden')
  const count = async () => (await db.read.rows('select count(*) from imports', []))[0]
  expect(await count()).toEqual([1])
  await workOnImports(registry.context, () => true)
  expect(await count()).toEqual([0])
  expect(await db.read.rows('select count(*) from import_chunks', [])).toEqual([[0]])
})

test('an organisation has up to ten imports open', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const file = tableOf([{ ...base, grant: freshGrant() }])
  for (let i = 0; i < 10; i++) expect((await upload(kyoto.officer, file)).status).toBe(202)
  expect((await upload(kyoto.officer, file)).problem().code).toBe('not_allowed_now')
})

test('the same key brings the same import, and another file is refused', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const file = tableOf([{ ...base, grant: freshGrant() }])
  const key = { 'Idempotency-Key': 'import-1' }
  const first = await upload(kyoto.officer, file, {}, key)
  const second = await upload(kyoto.officer, file, {}, key)
  expect([second.as(started).id, second.headers.get('Idempotency-Replayed')]).toEqual([first.as(started).id, 'true'])
  expect((await upload(kyoto.officer, `${file}x`, {}, key)).problem().code).toBe('idempotency_mismatch')
})

test('the download goes back in as it is, and no cell of it starts a formula', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const line = { ...base, grant: freshGrant(), holders: kyoto.organisation.name.ja, title: '=HYPERLINK("x")' }
  const one = await importing(registry, kyoto.officer, [line, { ...line, grant: '' }])
  const { text } = await kyoto.officer.get(`/v1/imports/${one.id}/rows.csv`, { 'Accept-Language': 'en' })
  expect(text).toContain('"iriai:line","iriai:result","iriai:reason"')
  expect(text.split(/[,\r\n]/).filter((cell) => /^"?[=+\-@]/.test(cell))).toEqual([])
  const { id } = (await upload(kyoto.officer, text)).as(started)
  const again = await rested(kyoto.officer, id, registry.context)
  expect(again).toMatchObject({ state: 'previewed', counts: { rows: 2, new: 1, refused: 1 } })
})

test('a number that a spreadsheet would change goes out with an apostrophe and comes back without', async () => {
  const registry = await openHolders()
  const { kyoto, db } = registry
  const holders = kyoto.organisation.name.ja
  const lines = [
    { ...base, grant: '', application: '0012', holders },
    { ...base, grant: freshGrant(), title: '0044', holders, filedOn: '2015-12-25' },
  ]
  const one = await importing(registry, kyoto.officer, lines)
  const { text } = await kyoto.officer.get(`/v1/imports/${one.id}/rows.csv`)
  expect(text).toContain(`"'0012"`)
  expect(text).toContain(`"'0044"`)
  expect(text).toContain('"2015-12-25"')
  const { id } = (await upload(kyoto.officer, text)).as(started)
  const again = await rested(kyoto.officer, id, registry.context)
  expect(again.counts).toEqual(one.counts)
  const titles = async (of: string) =>
    db.read.rows("select patent ->> '$.title.ja' from import_rows where import_id = ? order by position", [of])
  expect(await titles(id)).toEqual(await titles(one.id))
  expect(await titles(id)).toContainEqual(['0044'])
  const reasons = async (of: string) =>
    (await rowsOf(kyoto.officer, { id: of })).map(({ reasons: why }) => why.map(({ text: said }) => said.ja))
  expect(await reasons(id)).toEqual(await reasons(one.id))
})

test('an officer who loses the post between two steps stops the commit; another goes on', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const leaving = await registry.member(kyoto.organisation.id)
  const one = await importing(registry, leaving, [
    { ...base, grant: freshGrant(), holders: kyoto.organisation.name.ja },
  ])
  expect((await leaving.post(`/v1/imports/${one.id}/commit`, {})).as(importShape).state).toBe('committing')
  await registry.db.write([
    {
      sql: "update clients set revoked_at = '2026-11-21' where id = (select by_id from imports where id = ?)",
      args: [one.id],
    },
  ])
  expect(await rested(kyoto.officer, one.id, registry.context)).toMatchObject({
    state: 'previewed',
    failure: { code: 'no_rights' },
  })
  expect(await committed(kyoto.officer, one.id, registry.context)).toMatchObject({
    state: 'committed',
    counts: { new: 1 },
  })
})

test('a row whose patent is full of statuses is refused with what to do, and the other rows are not', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const [grant, other] = [freshGrant(), freshGrant()]
  const holders = kyoto.organisation.name.ja
  const pending = { value: 'pending', source: 'J-PlatPat', seenOn: '2016-01-01' }
  const input = patentOf([kyoto.organisation], { numbers: [grant], status: pending })
  const { id } = (await kyoto.officer.post('/v1/patents', input)).as(patent)
  await registry.db.write([
    {
      sql: `insert into patent_statuses (patent_id, sequence, value, valid_from, source, seen_on, recorded_at)
            select ?1, value, 'pending', '2016-01-01', 'Watch', '2016-01-01', '2026-11-21T09:00:00.000Z'
            from (with recursive n (value) as (select 1 union all select value + 1 from n where value < ?2) select value from n)`,
      args: [id, statusesPerPatentMax - 1],
    },
  ])
  const job = await importing(registry, kyoto.officer, [
    { ...base, grant, holders },
    { ...base, grant: other, holders },
  ])
  expect(job.counts).toMatchObject({ rows: 2, new: 1, refused: 1 })
  const [row] = await rowsOf(kyoto.officer, job)
  expect(row?.reasons.map(({ code }) => code)).toContain('too_many_statuses')
})
