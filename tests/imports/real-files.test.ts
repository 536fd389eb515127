import { expect, test } from 'vitest'
import { z } from 'zod'
import { type ImportRow, importRow } from '../../src/imports/import.ts'
import { prepareRow } from '../../src/imports/prepare.ts'
import { nameKeyOf } from '../../src/organisations/names.ts'
import { checkRegistry } from '../support/check-registry.ts'
import { committed, previewed } from '../support/imports.ts'
import { type Caller, type LocalRegistry, openLocalRegistry } from '../support/registry.ts'
import { cellsOf, extract, extracts, readFile, shiftJis, utf8, workbook } from './reading/made-files.ts'

// Extracts of real exports, from upload to enrolled, for an agent with mandates of all their owners.

const rowsPage = z.object({ items: z.array(importRow), next: z.string().nullable() })

type Office = { registry: LocalRegistry; agent: Caller }

/** An agent that may enrol for everybody whom the file names. */
async function openOffice(file: Uint8Array): Promise<Office> {
  const registry = await openLocalRegistry()
  const { id } = await registry.organisation({ kind: 'tlo' })
  const agent = await registry.member(id)
  for (const [ja = '', en = ja] of ownersIn(file)) {
    const owner = await registry.organisation({ name: { ja, en }, kind: 'company' })
    const officer = await registry.member(owner.id)
    expect((await officer.post('/v1/mandates', { agent: id, scope: ['enrol'] })).status).toBe(201)
  }
  return { registry, agent }
}

/** The owners, each with the names that one of them or a common name says are its own. */
function ownersIn(file: Uint8Array): string[][] {
  const owners: { keys: Set<string>; names: string[] }[] = []
  for (const { owners: named } of readFile(file).rows.map(prepareRow))
    for (const { names, unpaired } of named) {
      if (unpaired) continue
      const keys = new Set(names.map(nameKeyOf))
      const known = owners.filter((one) => [...keys].some((key) => one.keys.has(key)))
      const all = { keys: new Set([...keys]), names: [...names] }
      for (const one of known) {
        for (const key of one.keys) all.keys.add(key)
        all.names.unshift(...one.names)
        owners.splice(owners.indexOf(one), 1)
      }
      owners.push(all)
    }
  return owners.map(({ names }) => [...new Map(names.map((name) => [nameKeyOf(name), name])).values()])
}

async function rowsOf(agent: Caller, id: string): Promise<ImportRow[]> {
  return (await agent.get(`/v1/imports/${id}/rows?limit=100`)).as(rowsPage).items
}

/** What becomes of the rows, what the file makes of the registry, and that a second time makes nothing of it. */
async function enrol(file: Uint8Array, sent: Uint8Array) {
  const { registry, agent } = await openOffice(file)
  const { id, state, format } = await previewed(agent, new Uint8Array(sent), registry.context)
  expect(state).toBe('previewed')
  const rows = await rowsOf(agent, id)
  const { counts } = await committed(agent, id, registry.context)
  const enrolled = await contentOf(registry)
  const before = await marksOf(registry)

  const again = await previewed(agent, new Uint8Array(sent), registry.context)
  expect(again.counts).toEqual({ ...counts, new: 0, same: counts.same + counts.new })
  expect(await committed(agent, again.id, registry.context)).toMatchObject({ state: 'committed', counts: again.counts })
  expect(await marksOf(registry)).toEqual(before)
  await checkRegistry(registry)
  const left = rows.filter(({ result }) => result === 'refused' || result === 'undecided')
  return {
    format,
    counts,
    left: left.map(({ position, result, reasons }) => [position, result, reasons[0]?.code]),
    enrolled,
  }
}

/** What is enrolled, without ids and times. */
async function contentOf({ db }: LocalRegistry) {
  const rows = (sql: string) => db.read.rows(sql, [])
  return {
    patents: await rows(
      `select number, office, title_ja, title_en, priority_on, filed_on, published_on, granted_on, expires_on, family
       from patents order by number`,
    ),
    numbers: await rows('select n.key, p.number from patent_numbers n join patents p on p.id = n.patent_id order by 1'),
    holders: await rows(
      `select p.number, o.name_ja from patent_holders h join patents p on p.id = h.patent_id
       join organisations o on o.id = h.organisation_id order by 1, h.position`,
    ),
    inventors: await rows(
      `select p.number, i.name, i.romanised from patent_inventors i join patents p on p.id = i.patent_id
       order by 1, i.position`,
    ),
    statuses: await rows(
      'select p.number, s.value, s.valid_from from patent_statuses s join patents p on p.id = s.patent_id order by 1, 2, 3',
    ),
    classes: await rows(
      'select p.number, c.scheme, c.symbol from patent_classes c join patents p on p.id = c.patent_id order by 1, 2, 3',
    ),
  }
}

/** How often anything was ever written that is not the import itself. */
function marksOf({ db }: LocalRegistry) {
  return db.read.rows(
    `select (select count(*) from log_entries), (select count(*) from history), (select count(*) from patents),
       (select count(*) from organisations), (select sum(version) from patents)`,
    [],
  )
}

const csv = (rows: readonly (readonly string[])[]) =>
  utf8(`${rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')}\r\n`)

test.each<[string, { new: number; refused: number; undecided: number }, (number | string | undefined)[][]]>([
  [extracts.jPlatPat14, { new: 14, refused: 0, undecided: 0 }, []],
  [extracts.jPlatPat15, { new: 14, refused: 0, undecided: 0 }, []],
  [extracts.jPlatPat16, { new: 16, refused: 0, undecided: 0 }, []],
  [
    extracts.google,
    { new: 16, refused: 1, undecided: 1 },
    [
      [3, 'refused', 'not_yours'], // `…ア ボディー コーポレイトTHE REGENTS OF…`: one owner's names run together and cut apart
      [17, 'undecided', 'owner_not_named'],
    ],
  ],
  [extracts.lens, { new: 18, refused: 0, undecided: 0 }, []],
  [
    extracts.nasa,
    { new: 12, refused: 2, undecided: 0 },
    [
      [8, 'refused', 'number_unreadable'], // `/0`, and no other number
      [10, 'refused', 'number_missing'],
    ],
  ],
])(
  '%s: enrolled as it is, in Shift_JIS and as a workbook alike, and a second time nothing',
  async (name, counts, left) => {
    const file = extract(name)
    const cells = cellsOf(new TextDecoder().decode(file))
    const whole = await enrol(file, file)
    expect(whole.counts).toMatchObject(counts)
    expect(whole.left).toEqual(left)
    expect(whole.enrolled.patents).toHaveLength(counts.new)
    expect(await enrol(file, workbook(cells))).toEqual(whole)

    // Names in Korean, Chinese or with accents have no place in Shift_JIS: an office has no such file.
    const told = cells.filter((row) => shiftJis(row.join()) !== undefined)
    const japanese = shiftJis(new TextDecoder().decode(csv(told)))
    if (!japanese) throw new Error('has characters that Shift_JIS has not')
    expect(await enrol(file, japanese)).toEqual(told.length === cells.length ? whole : await enrol(file, csv(told)))
  },
)

test('numbers alone have no titles: each is refused and says so', async () => {
  const file = extract(extracts.numbers)
  const { counts, left } = await enrol(file, file)
  expect(counts).toMatchObject({ rows: 12, refused: 12 })
  expect(new Set(left.map(([, , code]) => code))).toEqual(new Set(['no_title']))
})
