import { expect, inject, test } from 'vitest'
import { z } from 'zod'
import { importRow, importShape } from '../../src/imports/import.ts'
import { patent } from '../../src/patents/patent.ts'
import { committed, rested, started, tableMapping, tableOf, upload } from '../support/imports.ts'
import { grantNumber } from '../support/patents.ts'
import { openRegistry } from '../support/registry.ts'

// On Node the test does the work that the server's thread would; on Workers the requests themselves do.

async function openOffice() {
  const registry = await openRegistry()
  const organisation = await registry.organisation()
  const officer = await registry.member(organisation.id)
  const context = inject('registry') === undefined ? registry.context : undefined
  return { registry, organisation, officer, context }
}

const page = z.object({ items: z.array(importRow), next: z.string().nullable() })

test('a small file goes from upload to enrolled', async () => {
  const { registry, organisation, officer, context } = await openOffice()
  const [one, two] = [grantNumber(), grantNumber()]
  const file = tableOf([
    { grant: one, title: '電池', holders: organisation.name.ja, filedOn: '2015-12-25', grantedOn: '2016-09-06' },
    { grant: two, title: '触媒', holders: '他機関株式会社', filedOn: '2015-12-25' },
  ])
  const answer = await upload(officer, file, { mapping: JSON.stringify(tableMapping), seenOn: '2026-11-01' })
  expect(answer.status).toBe(202)
  const { id, state } = answer.as(started)
  expect(state).toBe('reading')
  const preview = await rested(officer, id, context)
  expect(preview).toMatchObject({
    state: 'previewed',
    seenOn: '2026-11-01',
    counts: { rows: 2, new: 1, refused: 1 },
    progress: { rowsRead: 2, rowsTotal: 2 },
  })
  expect((await registry.anonymous.get(`/v1/patents/${encodeURIComponent(one)}`)).status).toBe(404)
  const refused = (await officer.get(`/v1/imports/${id}/rows?result=refused`)).as(page)
  expect(refused.items.map(({ line }) => line)).toEqual([3])
  expect(await committed(officer, id, context)).toMatchObject({ state: 'committed', counts: { new: 1 } })
  const found = (await registry.anonymous.get(`/v1/patents/${encodeURIComponent(one)}`)).as(patent)
  expect(found.status).toMatchObject({ value: 'granted', seenOn: '2026-11-01' })
  const again = (await upload(officer, file)).as(started)
  expect(await rested(officer, again.id, context)).toMatchObject({
    state: 'previewed',
    counts: { same: 1, refused: 1 },
  })
})

test('a table of no known format waits for its columns, and the answer is used the next time', async () => {
  const { officer, organisation, context } = await openOffice()
  const file = tableOf([{ grant: grantNumber(), title: '電池', holders: organisation.name.ja }]).replace(
    '登録番号',
    '当方の番号',
  )
  const { id } = (await upload(officer, file)).as(started)
  const asked = await rested(officer, id, context)
  expect(asked.state).toBe('needs_mapping')
  expect(asked.mapping?.samples).toHaveLength(1)
  const columns = tableMapping.columns.map((column, i) => (i === 0 ? { ...column, header: '当方の番号' } : column))
  const body = JSON.stringify({ ...tableMapping, columns })
  const put = await officer.send('PUT', `/v1/imports/${id}/mapping`, {
    body,
    headers: { 'Content-Type': 'application/json' },
  })
  expect(put.status).toBe(202)
  expect(await rested(officer, id, context)).toMatchObject({ state: 'previewed', counts: { new: 1 } })
  const next = (await upload(officer, file)).as(started)
  expect(await rested(officer, next.id, context)).toMatchObject({ state: 'previewed', counts: { new: 1 } })
})

test('a file by itself is taken with its fields in the query, and what it is said to be does not matter', async () => {
  const { officer, context } = await openOffice()
  const body = 'numbers,title_ja,title_en\r\nJP5985120B1,電池,Battery\r\n'
  const answer = await officer.send('POST', '/v1/imports?seenOn=2026-10-01', {
    body,
    headers: { 'Content-Type': 'application/json' },
  })
  const done = await rested(officer, answer.as(started).id, context)
  expect(done).toMatchObject({ state: 'previewed', format: 'own_csv', seenOn: '2026-10-01' })
})

test('events tell of progress, and end when nothing is done any more', async () => {
  const { registry, officer, organisation, context } = await openOffice()
  const { id } = (
    await upload(officer, tableOf([{ grant: grantNumber(), holders: organisation.name.ja }]), {
      mapping: JSON.stringify(tableMapping),
    })
  ).as(started)
  await rested(officer, id, context)
  const answer = await officer.get(`/v1/imports/${id}/events`)
  expect(answer.headers.get('Content-Type')).toContain('text/event-stream')
  const [, data = ''] = /event: rest\ndata: (.*)\n\n/.exec(answer.text) ?? []
  expect(JSON.parse(data)).toMatchObject({ id, state: 'previewed' })
  expect((await registry.anonymous.get(`/v1/imports/${id}/events`)).status).toBe(401)
})

test('to others there is no such import', async () => {
  const { registry, officer, context } = await openOffice()
  const { id } = (await upload(officer, 'numbers,title_ja,title_en\r\nJP5985120B1,電池,Battery\r\n')).as(started)
  await rested(officer, id, context)
  const stranger = await registry.member((await registry.organisation()).id)
  for (const path of ['', '/rows', '/rows.csv', '/events'])
    expect((await stranger.get(`/v1/imports/${id}${path}`)).problem().code, path).toBe('not_found')
  expect((await stranger.post(`/v1/imports/${id}/commit`, {})).problem().code).toBe('not_found')
  expect((await stranger.post(`/v1/imports/${id}/decisions`, {})).problem().code).toBe('not_found')
  expect((await stranger.delete(`/v1/imports/${id}`)).problem().code).toBe('not_found')
  expect((await stranger.get('/v1/imports')).text).not.toContain(id)
  expect((await officer.get(`/v1/imports/${id}`)).as(importShape).state).toBe('previewed')
})

test('what is no file, and what is too large, is refused', async () => {
  const { officer, context } = await openOffice()
  const plain = await officer.send('POST', '/v1/imports', { body: 'x', headers: { 'Content-Type': 'text/plain' } })
  expect(plain.problem().code).toBe('unsupported_media_type')
  expect((await upload(officer, '')).problem().code).toBe('invalid_input')
  const type = 'multipart/form-data; boundary=b'
  const open = await officer.send('POST', '/v1/imports', {
    body: '--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx',
    headers: { 'Content-Type': type },
  })
  expect(open.problem().code).toBe('malformed')
  const pdf = (await upload(officer, '%PDF-1.7\n%âãÏÓ\n1 0 obj\n')).as(started)
  const failed = await rested(officer, pdf.id, context)
  expect(failed.state).toBe('failed')
  expect(failed.failure?.text.ja).toBeTruthy()
})
