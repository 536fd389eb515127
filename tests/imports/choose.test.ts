import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Import, importRow } from '../../src/imports/import.ts'
import { organisation } from '../../src/organisations/organisation.ts'
import { patent } from '../../src/patents/patent.ts'
import { checkRegistry, dumpState } from '../support/check-registry.ts'
import { type Holders, openHolders } from '../support/holders.ts'
import { committed, rested, started, tableMapping, tableOf, upload } from '../support/imports.ts'
import { grantNumber } from '../support/patents.ts'
import type { Caller } from '../support/registry.ts'

// The list of ROR ids has two of this name.
const shared = 'ニプロ株式会社'
const [sayama, osaka] = ['https://ror.org/035649778', 'https://ror.org/03creg496'] as const
const unlisted = 'https://ror.org/00hx57361'

async function importing(registry: Holders, caller: Caller, coOwners: readonly string[]): Promise<Import> {
  const own = registry.kyoto.organisation.name.ja
  const lines = coOwners.map((name, i) => ({
    grant: grantNumber(),
    title: `人工腎臓${i}`,
    filedOn: '2015-12-25',
    holders: `${own}、${name}`,
  }))
  const { id } = (await upload(caller, tableOf(lines), { mapping: JSON.stringify(tableMapping) })).as(started)
  return rested(caller, id, registry.context)
}

async function decided(
  registry: Holders,
  caller: Caller,
  { id }: Pick<Import, 'id'>,
  names: readonly { key: string; organisation: string }[],
): Promise<Import> {
  const answer = await caller.post(`/v1/imports/${id}/decisions`, { names })
  if (answer.status !== 202) throw new Error(answer.text)
  return rested(caller, id, registry.context)
}

function keyOf({ names }: Import, name: string): string {
  const key = names.find((one) => one.names.includes(name))?.key
  if (key === undefined) throw new Error(`${name} is no owner of this file`)
  return key
}

async function made({ db }: Holders, ror: string): Promise<unknown[]> {
  const rows = await db.read.rows('select name_ja, state from organisations where ror = ?', [ror])
  return rows.map((row) => [...row])
}

test('an organisation of the list that is not here yet is chosen by its ROR id, and made with it when the rows go in', async () => {
  const registry = await openHolders()
  const { kyoto, anonymous } = registry
  const asked = await importing(registry, kyoto.officer, [shared])
  expect(asked.counts).toMatchObject({ undecided: 1 })
  expect(asked.names[0]?.candidates.map(({ ror }) => ror).toSorted()).toEqual([sayama, osaka].toSorted())
  const key = keyOf(asked, shared)
  const after = await decided(registry, kyoto.officer, asked, [{ key, organisation: osaka }])
  expect(after.counts).toMatchObject({ undecided: 0, new: 1 })
  expect(after.names[0]).toMatchObject({ outcome: 'ror', ror: osaka, rows: 1 })
  expect(await made(registry, osaka)).toEqual([])
  await committed(kyoto.officer, asked.id, registry.context)
  expect(await made(registry, osaka)).toEqual([[shared, 'named']])
  expect(await made(registry, sayama)).toEqual([])
  const found = (await anonymous.get(`/v1/organisations/${encodeURIComponent(osaka)}`)).as(organisation)
  expect(found).toMatchObject({ ror: osaka, name: { ja: shared }, state: 'named' })
  const { items } = (await kyoto.officer.get(`/v1/imports/${asked.id}/rows`)).as(
    z.object({ items: z.array(importRow) }),
  )
  const one = (await anonymous.get(`/v1/patents/${encodeURIComponent(items[0]?.cells[0] ?? '')}`)).as(patent)
  expect(one.holders.map(({ organisation: { id } }) => id)).toEqual([kyoto.organisation.id, found.id])
  // What was chosen is kept for the next file.
  const next = await importing(registry, kyoto.officer, [shared])
  expect(next.counts).toMatchObject({ undecided: 0, new: 1 })
  await committed(kyoto.officer, next.id, registry.context)
  expect(await made(registry, osaka)).toHaveLength(1)
  await checkRegistry(registry)
})

test('any ROR id of the list may be chosen, for a name that the list does not have; the name stays the officer’s own', async () => {
  const registry = await openHolders()
  const { kyoto, toyota } = registry
  const written = 'NPR医療機器事業本部株式会社'
  const one = await importing(registry, kyoto.officer, [written])
  await decided(registry, kyoto.officer, one, [{ key: keyOf(one, written), organisation: osaka.slice(16) }])
  await committed(kyoto.officer, one.id, registry.context)
  expect(await made(registry, osaka)).toEqual([[shared, 'named']])
  const names = await registry.db.read.rows('select name from organisation_names where name = ?', [written])
  expect(names).toEqual([])
  const own = toyota.organisation.name.ja
  const lines = [{ grant: grantNumber(), title: '車', holders: `${own}、${written}` }]
  const fields = { mapping: JSON.stringify(tableMapping) }
  const { id } = (await upload(toyota.officer, tableOf(lines), fields)).as(started)
  expect((await rested(toyota.officer, id, registry.context)).names[0]).toMatchObject({ outcome: 'new' })
  await checkRegistry(registry)
})

test('a ROR id that is not in the list, or none at all, is refused, and nothing is decided', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const one = await importing(registry, kyoto.officer, [shared, '未知工業株式会社'])
  const before = await dumpState(registry)
  for (const wrong of [unlisted, 'https://ror.org/03creg497', 'https://example.org/03creg496', shared]) {
    const names = [
      { key: keyOf(one, '未知工業株式会社'), organisation: 'new' },
      { key: keyOf(one, shared), organisation: wrong },
    ]
    const { status, problem } = await kyoto.officer.post(`/v1/imports/${one.id}/decisions`, { names })
    expect([status, problem().errors?.[0]]).toMatchObject([
      422,
      { pointer: '/names/1/organisation', code: 'unknown_organisation' },
    ])
  }
  expect(await dumpState(registry)).toBe(before)
})

test('nobody else decides names of an import, and a name of another file is none of this one', async () => {
  const registry = await openHolders()
  const { kyoto, toyota } = registry
  const one = await importing(registry, kyoto.officer, [shared])
  const names = [{ key: keyOf(one, shared), organisation: osaka }]
  const before = await dumpState(registry)
  const foreign = await toyota.officer.post(`/v1/imports/${one.id}/decisions`, { names })
  expect(foreign.problem().code).toBe('not_found')
  const other = await importing(registry, kyoto.officer, ['未知工業株式会社'])
  const mixed = await kyoto.officer.post(`/v1/imports/${other.id}/decisions`, { names })
  expect(mixed.problem().errors?.[0]?.code).toBe('unknown_name')
  await kyoto.officer.delete(`/v1/imports/${other.id}`)
  await rested(kyoto.officer, other.id, registry.context)
  expect(before).toContain('several')
  expect((await kyoto.officer.get(`/v1/imports/${one.id}`)).text).toContain('"outcome":"several"')
})

test.each(['before the choice', 'between the choice and the commit', 'while it is written'] as const)(
  'one that is registered %s is the holder, and there are not two',
  async (when) => {
    const registry = await openHolders()
    const { kyoto, steward, db } = registry
    const one = await importing(registry, kyoto.officer, [shared])
    const register = async () => {
      const input = { name: { ja: 'ニプロ', en: 'Nipro' }, kind: 'company', country: 'JP', ror: osaka }
      const { id } = (await steward.post('/v1/organisations', input)).as(z.object({ id: z.string() }))
      expect((await steward.post(`/v1/organisations/${id}/approval`, { state: 'approved' })).status).toBe(200)
      return id
    }
    let id = ''
    if (when === 'before the choice') id = await register()
    const names = [{ key: keyOf(one, shared), organisation: osaka }]
    const after = await decided(registry, kyoto.officer, one, names)
    expect(after.names[0]?.outcome).toBe(when === 'before the choice' ? 'decided' : 'ror')
    if (when === 'between the choice and the commit') id = await register()
    if (when === 'while it is written') {
      const { write } = db
      db.write = async (statements) => {
        if (!statements.some(({ sql }) => sql.includes('patent_holders'))) return write(statements)
        db.write = write
        id = await register()
        return write(statements)
      }
    }
    expect(await committed(kyoto.officer, one.id, registry.context)).toMatchObject({ counts: { new: 1, refused: 0 } })
    expect(await made(registry, osaka)).toEqual([['ニプロ', 'approved']])
    const holders = await db.read.rows(
      `select h.organisation_id from patent_holders h join import_rows r on r.patent_id = h.patent_id
       where r.import_id = ? order by h.position`,
      [one.id],
    )
    expect(holders.map(([holder]) => holder)).toEqual([kyoto.organisation.id, id])
    await checkRegistry(registry)
  },
)

test('a name that another has meanwhile does not stand in the way of the ROR id that was chosen', async () => {
  const registry = await openHolders()
  const { kyoto, toyota } = registry
  const one = await importing(registry, kyoto.officer, [shared])
  await decided(registry, kyoto.officer, one, [{ key: keyOf(one, shared), organisation: osaka }])
  const own = toyota.organisation.name.ja
  const lines = [{ grant: grantNumber(), title: '車', holders: `${own}、${shared}` }]
  const fields = { mapping: JSON.stringify(tableMapping) }
  const { id } = (await upload(toyota.officer, tableOf(lines), fields)).as(started)
  const other = await rested(toyota.officer, id, registry.context)
  await decided(registry, toyota.officer, other, [{ key: keyOf(other, shared), organisation: 'new' }])
  await committed(toyota.officer, other.id, registry.context)
  expect(await committed(kyoto.officer, one.id, registry.context)).toMatchObject({ counts: { new: 1, refused: 0 } })
  expect(await made(registry, osaka)).toEqual([[shared, 'named']])
  await checkRegistry(registry)
})

test('many names are decided at once, each row that has one of them again, and no other', async () => {
  const registry = await openHolders()
  const { kyoto, db } = registry
  const people = Array.from(
    { length: 60 },
    (_, i) => `見本 ${'一二三四五六七八九十'[i % 10]}${i < 10 ? '' : '郎'.repeat(i / 10)}`,
  )
  const one = await importing(registry, kyoto.officer, [...people, '未知工業株式会社'])
  expect(one.counts).toMatchObject({ undecided: 60, new: 1 })
  const names = one.names.flatMap(({ key, outcome }) =>
    outcome === 'unclear' ? [{ key, organisation: 'individual' }] : [],
  )
  const { write } = db
  let most = 0
  db.write = (statements) => {
    most = Math.max(most, statements.length)
    return write(statements)
  }
  expect((await kyoto.officer.post(`/v1/imports/${one.id}/decisions`, { names })).status).toBe(202)
  db.write = write
  expect(most).toBeLessThan(10)
  const waiting = await db.read.rows('select count(*) from import_rows where import_id = ? and waiting = 1', [one.id])
  expect(waiting).toEqual([[60]])
  const after = await rested(kyoto.officer, one.id, registry.context)
  expect(after.counts).toMatchObject({ undecided: 0, refused: 60, new: 1 })
  expect(after.names.filter(({ outcome }) => outcome === 'individual')).toHaveLength(60)
})

test('a person whose name holds a short name of the importing organisation is asked about all the same', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const path = `/v1/organisations/${kyoto.organisation.id}/names`
  const put = await kyoto.officer.send('PUT', path, {
    body: JSON.stringify({ names: ['KEKS'] }),
    headers: { 'Content-Type': 'application/json' },
  })
  expect(put.status, put.text).toBe(200)
  const one = await importing(registry, kyoto.officer, ['Tom Keksonen'])
  expect(one.counts).toMatchObject({ undecided: 1, new: 0 })
  expect(one.names[0]).toMatchObject({ outcome: 'unclear', candidates: [{ id: kyoto.organisation.id }] })
})
