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
