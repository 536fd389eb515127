import { expect, test } from 'vitest'
import { z } from 'zod'
import { importRow } from '../../src/imports/import.ts'
import { type Holders, openHolders } from '../support/holders.ts'
import { committed, rested, started, tableMapping, tableOf, upload } from '../support/imports.ts'
import { grantNumber } from '../support/patents.ts'

// Nara is an agent that may enrol for Kyoto: a TLO with the university's list.

const mapping = JSON.stringify(tableMapping)
const page = z.object({ items: z.array(importRow) })

async function mandateOf({ kyoto, nara }: Holders): Promise<string> {
  const { text } = await kyoto.officer.post('/v1/mandates', { agent: nara.organisation.id, scope: ['enrol'] })
  return String(JSON.parse(text).id)
}

test('an agent imports for its principal, and the history says so', async () => {
  const registry = await openHolders()
  const { kyoto, nara } = registry
  const mandate = await mandateOf(registry)
  const file = tableOf([{ grant: grantNumber(), title: '電池', holders: kyoto.organisation.name.ja }])
  const { id } = (await upload(nara.officer, file, { mapping, organisation: kyoto.organisation.id })).as(started)
  expect(await rested(nara.officer, id, registry.context)).toMatchObject({
    organisation: kyoto.organisation.id,
    counts: { new: 1 },
  })
  expect((await kyoto.officer.get(`/v1/imports/${id}`)).status).toBe(200)
  expect(await committed(nara.officer, id, registry.context)).toMatchObject({ state: 'committed' })
  const [row] = await registry.db.read.rows(
    "select acted_by from history where event = 'patent_registered' and source like '%holder%'",
    [],
  )
  expect(JSON.parse(String(row?.[0]))).toEqual({ organisation: nara.organisation.id, mandate })
})

test('one file of an agent may hold the patents of all its principals, and of nobody else', async () => {
  const registry = await openHolders()
  const { kyoto, toyota, nara } = registry
  await mandateOf(registry)
  const file = tableOf([
    { grant: grantNumber(), title: '電池', holders: kyoto.organisation.name.ja },
    { grant: grantNumber(), title: '車', holders: toyota.organisation.name.ja },
  ])
  const { id } = (await upload(nara.officer, file, { mapping })).as(started)
  await rested(nara.officer, id, registry.context)
  const { items } = (await nara.officer.get(`/v1/imports/${id}/rows`)).as(page)
  expect(items.map(({ result, reasons }) => [result, reasons[0]?.code])).toEqual([
    ['new', undefined],
    ['refused', 'not_yours'],
  ])
})

test('without a mandate there is no such import, and an upload for another is refused before anything is kept', async () => {
  const registry = await openHolders()
  const { kyoto, nara } = registry
  const file = tableOf([{ grant: grantNumber(), title: '電池', holders: kyoto.organisation.name.ja }])
  const refused = await upload(nara.officer, file, { mapping, organisation: kyoto.organisation.id })
  expect(refused.problem().code).toBe('forbidden')
  expect(await registry.db.read.rows('select 1 from imports', [])).toEqual([])
  const { id } = (await upload(kyoto.officer, file, { mapping })).as(started)
  await rested(kyoto.officer, id, registry.context)
  expect((await nara.officer.post(`/v1/imports/${id}/commit`, {})).problem().code).toBe('not_found')
})

test('a mandate that ends stops the commit before its next step', async () => {
  const registry = await openHolders()
  const { kyoto, nara } = registry
  const mandate = await mandateOf(registry)
  const file = tableOf([{ grant: grantNumber(), title: '電池', holders: kyoto.organisation.name.ja }])
  const { id } = (await upload(nara.officer, file, { mapping, organisation: kyoto.organisation.id })).as(started)
  await rested(nara.officer, id, registry.context)
  expect((await nara.officer.post(`/v1/imports/${id}/commit`, {})).status).toBe(202)
  expect((await kyoto.officer.delete(`/v1/mandates/${mandate}`)).status).toBeLessThan(300)
  expect(await rested(kyoto.officer, id, registry.context)).toMatchObject({
    state: 'previewed',
    failure: { code: 'no_rights' },
  })
  expect((await nara.officer.get(`/v1/imports/${id}`)).status).toBe(404)
  expect(await committed(kyoto.officer, id, registry.context)).toMatchObject({ state: 'committed', counts: { new: 1 } })
})

/** So many organisations that have given Nara a mandate, and a file with a patent of each. */
async function principals({ db, nara }: Holders, count: number): Promise<string> {
  const numbered = 'with recursive n(i) as (select 1 union all select i + 1 from n where i < ?1)'
  const at = '2026-11-21T09:00:00.000Z'
  await db.write([
    {
      sql: `insert into organisations (id, name_ja, name_en, kind, country, state, version, created_at, updated_at)
            ${numbered} select 'principal-' || i, '第' || i || '大学', 'University ' || i, 'university', 'JP', 'approved', 1,
            ?2, ?2 from n`,
      args: [count, at],
    },
    {
      sql: `insert into organisation_names (organisation_id, key, name, source)
            ${numbered} select 'principal-' || i, '第' || i || '大学', '第' || i || '大学', 'record' from n`,
      args: [count],
    },
    {
      sql: `insert into mandates (id, principal_id, agent_id, scope, from_on, given_at, given_by)
            ${numbered} select 'mandate-' || i, 'principal-' || i, ?2, '["enrol"]', '2026-11-21', ?3, 'test' from n`,
      args: [count, nara.organisation.id, at],
    },
  ])
  const lines = Array.from({ length: count }, (_, i) => ({
    grant: grantNumber(),
    title: `電池${i}`,
    holders: `第${i + 1}大学`,
  }))
  return tableOf(lines)
}

test('that the agent may is asked once for all of the holders in a step, and guarded once', async () => {
  const asked = async (count: number) => {
    const registry = await openHolders()
    const { db, nara } = registry
    const file = await principals(registry, count)
    const { id } = (await upload(nara.officer, file, { mapping })).as(started)
    expect(await rested(nara.officer, id, registry.context)).toMatchObject({ counts: { new: count } })
    let reads = 0
    let guards = 0
    const [rows, write] = [db.read.rows, db.write]
    db.read.rows = (sql, args) => {
      reads += sql.includes('mandates') ? 1 : 0
      return rows(sql, args)
    }
    db.write = (statements) => {
      guards += statements.filter(({ sql }) => sql.includes('mandates')).length
      return write(statements)
    }
    expect(await committed(nara.officer, id, registry.context)).toMatchObject({ counts: { new: count, refused: 0 } })
    const by = await db.read.rows(
      "select count(distinct acted_by) from history where event = 'patent_registered' and acted_by is not null",
      [],
    )
    expect(by).toEqual([[count]])
    return { reads, guards }
  }
  const few = await asked(2)
  expect(few.guards).toBe(1)
  expect(await asked(40)).toEqual(few)
})

test('a principal that ends its mandate while a step is written keeps its patents out; those of the others go in', async () => {
  const registry = await openHolders()
  const { db, nara } = registry
  const file = await principals(registry, 3)
  const { id } = (await upload(nara.officer, file, { mapping })).as(started)
  await rested(nara.officer, id, registry.context)
  expect((await nara.officer.post(`/v1/imports/${id}/commit`, {})).status).toBe(202)
  const { write } = db
  db.write = async (statements) => {
    if (!statements.some(({ sql }) => sql.includes('mandates'))) return write(statements)
    db.write = write
    await write([{ sql: "update mandates set ended_at = '2026-11-21' where id = 'mandate-2'", args: [] }])
    return write(statements)
  }
  const done = await rested(nara.officer, id, registry.context)
  expect(done).toMatchObject({ state: 'committed', counts: { new: 2, refused: 1 } })
  const { items } = (await nara.officer.get(`/v1/imports/${id}/rows`)).as(page)
  expect(items.map(({ reasons }) => reasons[0]?.code)).toEqual([undefined, 'not_yours', undefined])
})
