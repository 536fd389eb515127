import { expect, test } from 'vitest'
import { z } from 'zod'
import { importFileBytesMax } from '../../src/imports/limits.ts'
import { workOnImports } from '../../src/imports/work.ts'
import { openHolders } from '../support/holders.ts'
import { rested, started, upload } from '../support/imports.ts'

const token = z.object({ access_token: z.string() })

test('a gigabyte that is announced is refused before it comes', async () => {
  const { kyoto } = await openHolders()
  const headers = { 'Content-Type': 'text/csv', 'Content-Length': String(1024 ** 3) }
  const answer = await kyoto.officer.send('POST', '/v1/imports', { body: 'numbers\r\n', headers })
  expect([answer.status, answer.problem().code]).toEqual([413, 'too_large'])
})

test('a file that never ends is cut off at its limit in bounded memory, and nothing of it stays', async () => {
  const registry = await openHolders()
  const { kyoto, context, db } = registry
  const made = await kyoto.officer.post(`/v1/organisations/${kyoto.organisation.id}/clients`, {
    name: 'Endless',
    role: 'officer',
    scopes: ['patents:write'],
  })
  const { client_id: id, client_secret: secret } = JSON.parse(made.text)
  const granted = await registry.fetch('/oauth/token', {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${id}:${secret}`)}`, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
  })
  const bearer = `Bearer ${token.parse(await granted.json()).access_token}`
  const piece = new Uint8Array(1024 * 1024).fill(65)
  let sent = 0
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      sent += piece.length
      controller.enqueue(piece.slice())
    },
  })
  const init: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    body,
    duplex: 'half',
    headers: { Authorization: bearer, 'Content-Type': 'text/csv' },
  }
  const answer = await registry.fetch('/v1/imports', init)
  expect(answer.status).toBe(413)
  expect(sent).toBeLessThan(importFileBytesMax + 4 * 1024 * 1024)
  await workOnImports(context, () => true)
  expect(await db.read.rows('select count(*) from import_chunks', [])).toEqual([[0]])
  expect(await db.read.rows("select count(*) from imports where state <> 'dropped'", [])).toEqual([[0]])
})

test.each([
  ['a PDF', '%PDF-1.7\n1 0 obj <</Type/Catalog>>\n'],
  ['NULs', `numbers,title_ja,title_en\r\n${'\0'.repeat(2000)}`],
  ['one line of three megabytes', 'x'.repeat(3_000_000)],
  ['five thousand columns', `${Array.from({ length: 5000 }, (_, i) => `c${i}`).join(',')}\r\n1\r\n`],
])('%s ends as a failed import that says what to do, and its rows go', async (_, content) => {
  const { kyoto, context, db } = await openHolders()
  const { id } = (await upload(kyoto.officer, content)).as(started)
  const failed = await rested(kyoto.officer, id, context)
  expect(failed.state).toBe('failed')
  expect(failed.failure?.text.ja.length).toBeGreaterThan(5)
  await workOnImports(context, () => true)
  expect(await db.read.rows('select count(*) from import_chunks', [])).toEqual([[0]])
})
