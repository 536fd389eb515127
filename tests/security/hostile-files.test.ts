import { readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { importRow } from '../../src/imports/import.ts'
import { cellsOf, workbook } from '../imports/reading/made-files.ts'
import { rested, started, upload } from '../support/imports.ts'
import type { Caller } from '../support/registry.ts'
import { registryOf, runCommand, type Server, startServer, temporaryFolder } from '../support/server.ts'

// What no office would send, to the server as it is started by `npm run serve`: each is refused in words, soon, and in
// memory that does not follow the file.

const megabyte = 1024 * 1024
/** A busy machine; alone each takes seconds. */
const secondsMax = 90
/** Beyond what the server takes when it has just started: a few chunks, and what the collector leaves for later. */
const growthMax = 300 * megabyte

const rowsPage = z.object({ items: z.array(importRow) })
const name = { ja: '堅牢大学', en: 'Robust University' }

type Office = { server: Server; officer: Caller; bearer: string }

async function openOffice(): Promise<Office> {
  const environment = { DATA_DIR: temporaryFolder() }
  expect((await runCommand(['keys', 'create'], environment)).code).toBe(0)
  const server = await startServer(environment)
  const registry = await registryOf(server, environment)
  const { id } = await registry.organisation({ name })
  const made = await registry.steward.post(`/v1/organisations/${id}/clients`, {
    name: 'Stream',
    role: 'officer',
    scopes: ['patents:write'],
  })
  const client = made.as(z.looseObject({ client_id: z.string(), client_secret: z.string() }))
  const granted = await registry.anonymous.send('POST', '/oauth/token', {
    body: 'grant_type=client_credentials',
    headers: {
      Authorization: `Basic ${btoa(`${client.client_id}:${client.client_secret}`)}`,
      'Content-Type': 'application/x-www-form-urlencoded',
    },
  })
  const bearer = granted.as(z.looseObject({ access_token: z.string() })).access_token
  return { server, officer: await registry.member(id), bearer }
}

/** Bytes of memory that the server had at most since it started; undefined where there is no /proc. */
function peakOf({ child }: Server): number | undefined {
  if (process.platform !== 'linux') return undefined
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) * 1024
}

/** Sends until it is told to stop. @returns the status and how much was taken */
function stream({ server, bearer }: Office, bytes: number): Promise<{ status: number; sent: number }> {
  const piece = Buffer.alloc(megabyte, 'x')
  return new Promise((resolve, reject) => {
    let sent = 0
    let over = false
    const url = new URL('/v1/imports', server.origin)
    const headers = { Authorization: `Bearer ${bearer}`, 'Content-Type': 'text/csv', 'Transfer-Encoding': 'chunked' }
    const outgoing = httpRequest(url, { method: 'POST', headers }, (response) => {
      over = true
      response.resume()
      resolve({ status: response.statusCode ?? 0, sent })
      outgoing.destroy()
    })
    // Whoever is refused while still sending may see the connection go before the answer.
    outgoing.on('error', (error) => (sent > 0 ? resolve({ status: 0, sent }) : reject(error)))
    const write = () => {
      while (!over && sent < bytes) {
        sent += piece.length
        if (!outgoing.write(piece)) {
          outgoing.once('drain', write)
          return
        }
      }
      if (!over) outgoing.end()
    }
    write()
  })
}

/** XML of a sheet, so repetitive that a gigabyte fits into a megabyte. */
function bomb(sheet: Uint8Array, more: Record<string, Uint8Array> = {}): Uint8Array<ArrayBuffer> {
  const parts = {
    '[Content_Types].xml': strToU8('<Types/>'),
    'xl/workbook.xml': strToU8(
      '<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    'xl/worksheets/sheet1.xml': sheet,
    ...more,
  }
  return new Uint8Array(zipSync(parts, { level: 9 }))
}

const row = '<row r="1"><c r="A1" t="inlineStr"><is><t>特許第5985120号</t></is></c></row>'
const laughs = Array.from({ length: 30 }, (_, i) => `<!ENTITY l${i + 1} "&l${i};&l${i};&l${i};&l${i};">`).join('')

/** What it is, how it is made, and the code of its refusal. */
const refused: readonly (readonly [string, () => string | Uint8Array<ArrayBuffer>, string])[] = [
  ['ninety megabytes of one line', () => new Uint8Array(90 * megabyte).fill(120), 'record_too_long'],
  [
    'one cell without an end',
    () => `文献番号,出願番号,発明の名称,出願人/権利者,FI\r\n"${'あ'.repeat(5_000_000)}`,
    'quote_open',
  ],
  [
    'a sheet of spaces, 500 times larger unpacked',
    () => bomb(new Uint8Array(300 * megabyte).fill(32)),
    'spreadsheet_expands_too_far',
  ],
  [
    'a sheet of rows without an end',
    () => bomb(strToU8(`<worksheet><sheetData>${row.repeat(2_000_000)}`)),
    'rows_too_many',
  ],
  [
    'shared texts, 500 times larger unpacked',
    () =>
      bomb(strToU8(`<worksheet><sheetData>${row}</sheetData></worksheet>`), {
        'xl/sharedStrings.xml': new Uint8Array(300 * megabyte).fill(97),
      }),
    'spreadsheet_expands_too_far',
  ],
  [
    'entities that grow by themselves',
    () => bomb(strToU8(`<!DOCTYPE w [<!ENTITY l0 "ha">${laughs}]><worksheet><sheetData>&l30;</sheetData></worksheet>`)),
    'spreadsheet_broken',
  ],
  ['a zip that is no workbook', () => new Uint8Array(zipSync({ 'a.csv': strToU8('番号\r\n') })), 'not_a_spreadsheet'],
  [
    'half a workbook',
    () => new Uint8Array(workbook([['番号'], ['特許第5985120号']]).subarray(0, 600)),
    'spreadsheet_broken',
  ],
  ['a PDF', () => '%PDF-1.7\n1 0 obj <</Type/Catalog>>\n', 'file_is_pdf'],
  [
    'an old .xls',
    () => new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Uint8Array(2000)]),
    'old_spreadsheet',
  ],
  ['nothing but NULs', () => new Uint8Array(100_000), 'file_is_binary'],
  ['NULs among the text', () => `番号,発明の名称\r\n特許第5985120号,電\0池\r\n${'\0'.repeat(3000)}`, 'file_is_binary'],
  ['bytes of no encoding', () => new Uint8Array(50_000).map((_, i) => (i * 7919) % 256), 'file_is_binary'],
  ['an unknown separator', () => '番号^発明の名称^権利者\r\n特許第5985120号^電池^堅牢大学\r\n', 'separator_unknown'],
  ['5,000 columns', () => `${Array.from({ length: 5000 }, (_, i) => `c${i}`).join(',')}\r\n1\r\n`, 'columns_too_many'],
  ['JSON without an end', () => `${'['.repeat(200_000)}`, 'json_unknown'],
  [
    'a page of HTML',
    () => '<!doctype html><html><body><table><tr><td>番号</td></tr></table></body></html>',
    'file_is_web_page',
  ],
]

test('files that no office would send are refused in words, soon, and in bounded memory', {
  timeout: 900_000,
}, async () => {
  const office = await openOffice()
  const { officer, server } = office
  const before = peakOf(server)
  const begun = performance.now()
  const endless = await stream(office, 1024 * megabyte)
  expect([0, 413]).toContain(endless.status)
  expect(endless.sent).toBeLessThan(140 * megabyte)
  expect(performance.now() - begun).toBeLessThan(secondsMax * 1000)
  for (const [what, make, code] of refused) {
    const content = make()
    const start = performance.now()
    const { id } = (await upload(officer, content)).as(started)
    const { state, failure } = await rested(officer, id)
    expect([what, state, failure?.code]).toEqual([what, 'failed', code])
    expect(failure?.text.ja.length, what).toBeGreaterThan(10)
    expect(performance.now() - start, what).toBeLessThan(secondsMax * 1000)
  }
  const after = peakOf(server)
  if (before === undefined || after === undefined) return
  console.info(`memory: ${Math.round(before / megabyte)} MB at first, ${Math.round(after / megabyte)} MB at most`)
  expect(after - before).toBeLessThan(growthMax)
})

const formulas = ['=HYPERLINK("http://127.0.0.1/","x")', '+1+1', '-2+3', '@SUM(A1)', '\t=1+1', '＝1+1', '＠SUM(A1)']

test('what comes back as CSV starts no formula, whatever was sent', async () => {
  const { officer } = await openOffice()
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const header = ['番号', '発明の名称', '=cmd|calc!A1', '@備考']
  const lines = formulas.map((formula, i) => [`特許第${5_100_001 + i}号`, formula, formula, formula])
  const file = [header, ...lines, ['=1+1', '電池', '', '']].map((cells) => cells.map(quoted).join(',')).join('\r\n')
  const columns = header.map((one, i) => ({ header: one, field: ['number', 'title_ja', 'ignore', 'ignore'][i] }))
  const { id } = (await upload(officer, file, { mapping: JSON.stringify({ columns }) })).as(started)
  expect(await rested(officer, id)).toMatchObject({ state: 'previewed' })
  const csv = (await officer.get(`/v1/imports/${id}/rows.csv`)).text
  const cells = cellsOf(csv)
  expect(cells).toHaveLength(formulas.length + 2)
  expect(cells.flat().filter((cell) => /^[=+\-@＝＋－＠\t\r\n]/.test(cell))).toEqual([])
})

test('a formula in a workbook is what it last showed, and never run', async () => {
  const { officer } = await openOffice()
  const text = (at: string, value: string) => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`
  const sheet = [
    `<row r="1">${text('A1', '番号')}${text('B1', '発明の名称')}</row>`,
    `<row r="2">${text('A2', '特許第5100101号')}<c r="B2" t="str"><f>HYPERLINK("http://127.0.0.1/")</f><v>電池</v></c></row>`,
    `<row r="3">${text('A3', '特許第5100102号')}<c r="B3" t="str"><f>WEBSERVICE("http://127.0.0.1/")</f></c></row>`,
  ].join('')
  const content = new Uint8Array(workbook([], { sheets: { Sheet1: sheet } }))
  const mapping = {
    columns: [
      { header: '番号', field: 'number' },
      { header: '発明の名称', field: 'title_ja' },
    ],
  }
  const { id } = (await upload(officer, content, { mapping: JSON.stringify(mapping) })).as(started)
  await rested(officer, id)
  const { items } = (await officer.get(`/v1/imports/${id}/rows`)).as(rowsPage)
  expect(items.map(({ result, cells }) => [result, cells[1] ?? ''])).toEqual([
    ['new', '電池'],
    ['refused', ''],
  ])
})
