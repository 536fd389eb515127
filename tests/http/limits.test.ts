import { expect, test } from 'vitest'
import { bodyBytesMax, uploadBytesMax } from '../../src/http/limits.ts'
import { signedIn } from '../support/people.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

const kinds = ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain']

/** A body that says how long it is and comes piece by piece. */
function sending(bytes: number, type: string, declared = true) {
  const piece = new Uint8Array(64 * 1024).fill(120)
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = Math.min(piece.length, bytes - sent)
      if (next === 0) return controller.close()
      sent += next
      controller.enqueue(piece.slice(0, next))
    },
  })
  const headers = { 'Content-Type': type, ...(declared ? { 'Content-Length': String(bytes) } : {}) }
  const init = { method: 'POST', body, duplex: 'half' as const, headers }
  return { init, sent: () => sent }
}

async function answered(registry: LocalRegistry, path: string, init: RequestInit) {
  const { status, headers, ...answer } = await registry.fetch(path, init).then(async (response) => ({
    status: response.status,
    headers: response.headers,
    text: await response.text(),
  }))
  return { status, type: headers.get('Content-Type') ?? '', language: headers.get('Content-Language'), ...answer }
}

test.each(kinds)(
  'a page that gets more than it takes answers a page in the language of its address: %s',
  async (kind) => {
    const registry = await openLocalRegistry()
    for (const [lang, words] of [
      ['ja', '一度に送れるのは1 MBまでです'],
      ['en', 'A form takes up to 1 MB at once'],
    ] as const)
      for (const path of ['desk/exclusions', 'desk/declarations/new', 'verify', 'me', 'join']) {
        const { init, sent } = sending(bodyBytesMax + 100_000, kind)
        const { status, type, language, text } = await answered(registry, `/${lang}/${path}`, init)
        expect([status, type, language], path).toEqual([413, 'text/html; charset=UTF-8', lang])
        expect(text).toContain(words)
        // The browser has sent it all before it looks at the answer.
        expect(sent()).toBe(bodyBytesMax + 100_000)
      }
  },
)

test('the API answers as it documents, and reads nothing of what is too much', async () => {
  const registry = await openLocalRegistry()
  const { init, sent } = sending(bodyBytesMax + 1, 'application/json')
  const { status, type, text } = await answered(registry, '/v1/check', init)
  expect([status, type]).toEqual([413, 'application/problem+json'])
  expect(JSON.parse(text)).toMatchObject({ code: 'too_large', bytesMax: bodyBytesMax })
  expect(sent()).toBeLessThan(200_000)
})

test('what no person sends is cut off on a page as well', async () => {
  const registry = await openLocalRegistry()
  const { init, sent } = sending(2 ** 40, 'text/plain')
  expect((await answered(registry, '/ja/desk/exclusions', init)).status).toBe(413)
  expect(sent()).toBeLessThan(40 * 1024 * 1024)
  const unsaid = sending(2 ** 40, 'application/x-www-form-urlencoded', false)
  const answer = await answered(registry, '/ja/verify', unsaid.init)
  expect([answer.status, answer.type]).toEqual([413, 'text/html; charset=UTF-8'])
  expect(unsaid.sent()).toBeLessThan(40 * 1024 * 1024)
})

test('an upload over its limit is answered with the page of imports, for its officer; nothing of it is kept', async () => {
  const registry = await openLocalRegistry()
  const memberOf = (await registry.organisation()).id
  const officer = await signedIn(registry, { name: '見本 京子', memberOf })
  for (const [lang, words] of [
    ['ja', 'ファイルは100 MBまでです'],
    ['en', 'A file has up to 100 MB'],
  ] as const) {
    const { init, sent } = sending(uploadBytesMax + 1_000_000, 'multipart/form-data; boundary=x')
    const answer = await officer.send('POST', `/${lang}/desk/imports`, init)
    expect([answer.status, answer.headers.get('Content-Language')]).toEqual([413, lang])
    expect(answer.text).toContain(words)
    expect(answer.text).toContain('type="file"')
    expect(sent()).toBe(uploadBytesMax + 1_000_000)
  }
  const { init } = sending(uploadBytesMax + 1_000_000, 'multipart/form-data; boundary=x')
  const nobody = await answered(registry, '/ja/desk/imports', init)
  expect([nobody.status, nobody.type]).toEqual([401, 'text/html; charset=UTF-8'])
  expect(await registry.db.read.rows('select count(*) from imports', [])).toEqual([[0]])
})

test('a page says that the registry cannot answer, in its language, when the database does not', async () => {
  const registry = await openLocalRegistry()
  const rename = (table: string) => ({ sql: `alter table ${table} rename to gone_${table}`, args: [] })
  await registry.db.write([rename('organisation_suspensions'), rename('registry_facts')])
  const page = await registry.fetch('/ja/patents')
  expect([page.status, page.headers.get('Content-Type')]).toEqual([500, 'text/html; charset=UTF-8'])
  const text = await page.text()
  expect(text).toContain('内部の誤りです')
  expect(text).toMatch(/requestId: <code>[0-9a-f-]{36}<\/code>/)
  const api = await registry.fetch('/v1/patents')
  expect([api.status, api.headers.get('Content-Type')]).toEqual([500, 'application/problem+json'])
})

test('a method or an address that a page does not take is answered with a page', async () => {
  const registry = await openLocalRegistry()
  const wrong = await registry.fetch('/ja/terms', { method: 'DELETE' })
  expect([wrong.status, wrong.headers.get('Content-Type')]).toEqual([405, 'text/html; charset=UTF-8'])
  expect(wrong.headers.get('Allow')).toContain('GET')
  const long = await registry.fetch(`/en/check?numbers=${'1'.repeat(9000)}`)
  expect([long.status, long.headers.get('Content-Type')]).toEqual([413, 'text/html; charset=UTF-8'])
})
