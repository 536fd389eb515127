import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { dumpLines } from '../../src/feeds/dump/dump.ts'
import { dumpEnd, dumpHead } from '../../src/feeds/dump/format.ts'
import { notDumped, parts, withheldColumns, withheldOrganisation } from '../../src/feeds/dump/parts.ts'
import { reportText } from '../../src/feeds/dump/report.ts'
import { restoreDump } from '../../src/feeds/dump/restore.ts'
import { verifyDump } from '../../src/feeds/dump/verify.ts'
import { sha256Hex } from '../../src/log/canonical.ts'
import { rebuildProjections } from '../../src/node.ts'
import { checkRegistry } from '../support/check-registry.ts'
import { declare, enrolPatent, grant, type Holders, openHolders } from '../support/holders.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

async function lively(): Promise<Holders> {
  const commons = await openHolders()
  const { kyoto, toyota, osaka, own, shared } = commons
  await declare(kyoto.officer, [own.number])
  const waiting = await declare(kyoto.officer, [shared.number], 'RPC-OPEN-1.0')
  await toyota.officer.post(`/v1/declarations/${waiting.id}/consents`, { answer: 'given' })
  await grant(osaka.officer, [own.number, shared.number])
  const { id } = await grant(osaka.officer, [own.number])
  await osaka.officer.post(`/v1/grants/${id}/revocation`, { reason: 'issued_in_error', note: '花子に連絡' })
  await commons.steward.post('/v1/organisations', {
    name: { ja: '申請中大学', en: 'Applying University' },
    kind: 'university',
    country: 'JP',
  })
  return commons
}

async function dumpOf({ anonymous }: LocalRegistry): Promise<string[]> {
  const { text, status } = await anonymous.get('/v1/dump')
  expect(status).toBe(200)
  expect(text.endsWith('\n')).toBe(true)
  return text.slice(0, -1).split('\n')
}

async function* linesOf(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines
}

const verified = (lines: readonly string[], vkey?: string) => verifyDump(linesOf(lines), vkey)

test('a dump is every public record, and one can tell by itself that it is', async () => {
  const commons = await lively()
  const lines = await dumpOf(commons)
  const head = dumpHead.parse(JSON.parse(lines[0] ?? ''))
  const end = dumpEnd.parse(JSON.parse(lines.at(-1) ?? ''))
  expect(head).toMatchObject({ registry: 'https://registry.test', reading: 'one_moment', sample: false })
  expect(end.counts).toMatchObject({ dump: 1, terms: 4, organisation: 4, patent: 2, declaration: 2, grant: 2 })
  expect(end.sha256).toBe(
    await sha256Hex(
      lines
        .slice(0, -1)
        .map((line) => `${line}\n`)
        .join(''),
    ),
  )
  const vkey = (await commons.anonymous.get('/log/key')).text.trim()
  const report = await verified(lines, vkey)
  expect(report.faults).toEqual([])
  expect(report).toMatchObject({ sound: true, log: { size: head.entries, signedBy: 'key given' } })
  expect(reportText(report, true)).toContain('The dump is sound.')
  const { items } = (await commons.anonymous.get(`/v1/changes?cursor=${head.resume}`)).as(
    z.looseObject({ items: z.array(z.unknown()) }),
  )
  expect(items).toEqual([])
})

test('it holds nothing of people, nor of those who hold grants, nor of one that only asks to join', async () => {
  const commons = await lively()
  const text = (await dumpOf(commons)).join('\n')
  for (const secret of ['入会 花子', '花子に連絡', '申請中大学', 'client_', 'Ion transport'])
    expect(text).not.toContain(secret)
  const grants = text.split('\n').filter((line) => line.startsWith('{"kind":"grant"'))
  expect(grants).toHaveLength(2)
  for (const line of grants) expect(line).not.toContain(commons.osaka.organisation.id)
})

test('every table, and every column of a table that is dumped, is named as public or as withheld', async () => {
  const { db } = await openLocalRegistry()
  const tables = await db.read.rows(
    "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' and name not like 'search\\_text%' escape '\\'",
    [],
  )
  const shown = new Map<string, Set<string>>()
  const show = (table: string, ...names: string[]) => shown.set(table, new Set([...(shown.get(table) ?? []), ...names]))
  for (const { table, columns, lists } of parts) {
    show(table, ...columns.map(({ column }) => column))
    for (const one of lists) show(one.table, one.owner, ...one.columns.map(({ column }) => column))
  }
  show('log_entries')
  for (const name of ['salt', 'record']) shown.get('log_entries')?.delete(name)
  const unnamed = tables.map(([name]) => String(name)).filter((name) => !shown.has(name) && !(name in notDumped))
  expect(unnamed).toEqual([])
  for (const [table, names] of shown) {
    const columns = (await db.read.rows(`select name from pragma_table_info('${table}')`, [])).map(([name]) =>
      String(name),
    )
    expect([...names, ...(withheldColumns[table] ?? [])].sort(), table).toEqual(columns.sort())
  }
})

type Tampering = readonly [what: string, change: (lines: string[]) => string[], fault: RegExp]

const replaced = (lines: string[], kind: string, from: RegExp, to: string) => {
  const at = lines.findIndex((line) => line.startsWith(`{"kind":"${kind}"`) && from.test(line))
  if (at < 0) throw new Error(`no line of ${kind} has ${from}`)
  return lines.map((line, i) => (i === at ? line.replace(from, to) : line))
}

const tamperings: readonly Tampering[] = [
  ['is cut off', (lines) => lines.slice(0, -1), /last line is missing/],
  ['goes on behind its end', (lines) => [...lines, '{}'], /behind the last/],
  [
    'lacks a patent',
    (lines) => lines.filter((line, i) => !line.startsWith('{"kind":"patent"') || i % 2 === 0),
    /unknown patent/,
  ],
  ['has another title', (lines) => replaced(lines, 'patent', /試験用/, '実験用'), /digest/],
  [
    'has another holder',
    (lines) => replaced(lines, 'patent', /"organisationId":"[^"]+"/, '"organisationId":"x"'),
    /unknown holder/,
  ],
  [
    'has a field that no class gives',
    (lines) => replaced(lines, 'patent', /"field":1\b/, '"field":2'),
    /do not follow/,
  ],
  [
    'opens what was not opened',
    (lines) => replaced(lines, 'declaration', /"inForceOn":"[^"]+",/, ''),
    /not in the log just so/,
  ],
  [
    'names other patents',
    (lines) => replaced(lines, 'declaration', /"patentsSha256":"..../, '"patentsSha256":"0000'),
    /name other patents/,
  ],
  [
    'names other terms',
    (lines) => replaced(lines, 'declaration', /"termsSha256":"..../, '"termsSha256":"0000'),
    /unknown text/,
  ],
  ['has another text of the terms', (lines) => replaced(lines, 'terms', /研究/, '商用'), /another fingerprint/],
  [
    'lacks a revocation',
    (lines) => replaced(lines, 'grant', /"state":"revoked"/, '"state":"valid"'),
    /not in the log just so/,
  ],
  [
    'has another token',
    (lines) => replaced(lines, 'grant', /"tokenSha256":"..../, '"tokenSha256":"0000'),
    /another token/,
  ],
  [
    'has another record',
    (lines) => replaced(lines, 'log', /"record":"\{\\"consents/, '"record":"{\\"konsents'),
    /another digest/,
  ],
  [
    'has another leaf',
    (lines) => replaced(lines, 'log', /\\"digest\\":\\"..../, '\\"digest\\":\\"0000'),
    /another (?:digest|root)/,
  ],
  [
    'lacks an entry',
    (lines) => lines.filter((line) => !line.startsWith('{"kind":"log","sequence":3,')),
    /stands where/,
  ],
  [
    'has a forged checkpoint',
    (lines) => lines.map((line, i) => (i === 0 ? line.replace(/\\n(\d+)\\n/, '\\n1$1\\n') : line)),
    /not signed/,
  ],
  [
    'lacks a change',
    (lines) => lines.filter((line) => !line.startsWith('{"kind":"change","sequence":2,')),
    /change \d+ stands where/,
  ],
  ['is of no known kind', (lines) => lines.toSpliced(5, 0, '{"kind":"gift"}'), /unknown kind/],
  [
    'is of a kind that every object has',
    (lines) => lines.toSpliced(5, 0, '{"kind":"constructor"}', '{"kind":"__proto__"}'),
    /unknown kind constructor[\s\S]*unknown kind __proto__/,
  ],
  ['is no JSON', (lines) => lines.toSpliced(5, 0, '{'), /unknown kind/],
]

test('whatever is changed in it is found', async () => {
  const lines = await dumpOf(await lively())
  for (const [what, change, fault] of tamperings) {
    const report = await verified(change([...lines]))
    expect(report.sound, what).toBe(false)
    expect(report.faults.join('\n'), what).toMatch(fault)
  }
  const other = await openLocalRegistry({ url: 'https://other.test' })
  const strange = await verified(lines, (await other.anonymous.get('/log/key')).text.trim())
  expect([strange.sound, strange.log.signedBy]).toEqual([false, undefined])
})

test('a registry rebuilt from it answers as the one that was dumped, with the same log', async () => {
  const commons = await lively()
  const lines = await dumpOf(commons)
  const rebuilt = await openLocalRegistry()
  const ctx = rebuilt.context()
  const { root, size } = await restoreDump(ctx, linesOf(lines), () => rebuildProjections(ctx))
  const report = await verified(lines)
  expect({ root, size }).toEqual({ root: report.log.root, size: report.log.size })
  const { own, shared, kyoto } = commons
  const grants = lines.filter((line) => line.startsWith('{"kind":"grant"')).map((line) => String(JSON.parse(line).id))
  const places = [
    `/v1/check?number=${own.number}&purpose=basic_research&mode=with&beneficiary=university`,
    `/v1/check?number=${shared.number}&purpose=evaluation&mode=on&beneficiary=company`,
    `/v1/check?number=${shared.number}&purpose=commercial&mode=on&beneficiary=company`,
    `/v1/patents/${own.number}`,
    '/v1/patents?open=true',
    '/v1/patents?ipc=H01M10',
    '/v1/patents?q=%E9%9B%BB%E8%A7%A3%E8%B3%AA', // 電解質
    '/v1/map?by=field,year',
    '/v1/map?by=holder&open=true',
    '/v1/declarations',
    '/v1/organisations',
    `/v1/organisations/${kyoto.organisation.id}`,
    '/v1/log/entries',
    '/v1/changes',
    '/oai?verb=ListSets',
    '/oai?verb=ListIdentifiers&metadataPrefix=oai_dc&set=open',
    ...grants.map((id) => `/v1/grants/${id}`),
    '/sitemaps/patents-1.xml',
  ]
  // The date of what is shown of a patent begins anew where a registry begins anew.
  const plain = (text: string) => text.replaceAll(/<datestamp>[^<]+<\/datestamp>|<lastmod>[^<]+<\/lastmod>/g, '')
  for (const place of places) {
    const [before, after] = [await commons.anonymous.get(place), await rebuilt.anonymous.get(place)]
    expect([after.status, plain(after.text)], place).toEqual([before.status, plain(before.text)])
  }
  // All agrees but the one record that stands for every institution whose name is withheld.
  const faults = await checkRegistry(rebuilt).catch((error: unknown) => String(error).split('\n').slice(1))
  expect(faults?.filter((fault) => !fault.includes(withheldOrganisation))).toEqual([])
  const again = await dumpOf(rebuilt)
  expect(again.slice(1, -1)).toEqual(lines.slice(1, -1))
})

test('it goes into an empty database only', async () => {
  const commons = await lively()
  const lines = await dumpOf(commons)
  const ctx = commons.context()
  await expect(restoreDump(ctx, linesOf(lines), async () => undefined)).rejects.toMatchObject({
    code: 'not_allowed_now',
  })
})

test('it is of one moment, whatever is written while it is read', async () => {
  const commons = await lively()
  const ctx = commons.context()
  const lines: string[] = []
  for await (const line of dumpLines(ctx, '0', String)) {
    lines.push(line.slice(0, -1))
    if (lines.length % 3 === 0)
      await declare(commons.kyoto.officer, [(await enrolPatent(commons.kyoto.officer, [commons.kyoto])).number])
  }
  const report = await verified(lines)
  expect(report.faults).toEqual([])
  expect(report.sound).toBe(true)
  expect(report.counts.patent).toBe(2)
})

test('one that was read while the registry went on says so, and what came in meanwhile is excused, the log is not', async () => {
  const commons = await lively()
  const ctx = commons.context()
  const lines: string[] = []
  for await (const line of dumpLines({ ...ctx, db: { ...ctx.db, snapshot: () => undefined } }, '0', String)) {
    lines.push(line.slice(0, -1))
    if (line.startsWith('{"kind":"patent"'))
      await declare(commons.kyoto.officer, [(await enrolPatent(commons.kyoto.officer, [commons.kyoto])).number])
    if (lines.length > 40) break
  }
  const report = await verified(lines)
  expect(report.sound).toBe(false)
  const whole: string[] = []
  let written = false
  for await (const line of dumpLines({ ...ctx, db: { ...ctx.db, snapshot: () => undefined } }, '0', String)) {
    whole.push(line.slice(0, -1))
    if (written) continue
    written = true
    await declare(commons.kyoto.officer, [(await enrolPatent(commons.kyoto.officer, [commons.kyoto])).number])
  }
  expect(dumpEnd.parse(JSON.parse(whole.at(-1) ?? '')).steady).toBe(false)
  const found = await verified(whole)
  expect([found.sound, found.faultCount > 0]).toEqual([true, true])
  expect((await verified(replaced(whole, 'log', /\\"digest\\":\\"..../, '\\"digest\\":\\"0000'))).sound).toBe(false)
})

test('readers that go away leave nothing open, and asking for the headers alone opens nothing', async () => {
  const commons = await lively()
  for (let i = 0; i < 10; i++) {
    expect((await commons.fetch('/v1/dump', { method: 'HEAD' })).status).toBe(200)
    const response = await commons.fetch('/v1/dump', i % 2 === 0 ? {} : { headers: { 'Accept-Encoding': 'gzip' } })
    const reader = response.body?.getReader()
    await reader?.read()
    await reader?.cancel()
  }
  const answers = await Promise.all(Array.from({ length: 4 }, () => dumpOf(commons)))
  expect(new Set(answers.map((lines) => lines.at(-1))).size).toBe(1)
})

test('a fifth reader at a time is told to come later, with a status and not in the middle', async () => {
  const commons = await lively()
  const readers = await Promise.all(Array.from({ length: 4 }, async () => (await commons.fetch('/v1/dump')).body))
  const refused = await commons.anonymous.get('/v1/dump')
  expect([refused.status, refused.problem().code]).toEqual([503, 'unavailable'])
  await Promise.all(readers.map((body) => body?.cancel()))
  expect((await commons.anonymous.get('/v1/dump')).status).toBe(200)
})

test('its tag changes with what is no change for followers, such as a mandate', async () => {
  const commons = await lively()
  const tag = { 'If-None-Match': (await commons.anonymous.get('/v1/dump')).headers.get('ETag') ?? '' }
  const { kyoto, osaka } = commons
  const given = await kyoto.officer.post('/v1/mandates', {
    agent: osaka.organisation.id,
    scope: ['enrol'],
    from: '2026-11-21',
  })
  expect(given.status).toBe(201)
  const again = await commons.anonymous.get('/v1/dump', tag)
  expect([again.status, again.text.includes('"kind":"mandate"')]).toEqual([200, true])
})

test('it is compressed where that is asked for, and not sent again while nothing has changed', async () => {
  const commons = await lively()
  const plain = await commons.fetch('/v1/dump', { headers: { 'Accept-Encoding': 'gzip;q=0' } })
  const packed = await commons.fetch('/v1/dump', { headers: { 'Accept-Encoding': 'br, gzip' } })
  expect([plain.headers.get('Content-Encoding'), packed.headers.get('Content-Encoding')]).toEqual([null, 'gzip'])
  expect(gunzipSync(await packed.arrayBuffer()).toString()).toBe(await plain.text())
  const tag = { 'If-None-Match': plain.headers.get('ETag') ?? '' }
  expect((await commons.anonymous.get('/v1/dump', tag)).status).toBe(304)
  await commons.organisation()
  expect((await commons.anonymous.get('/v1/dump', tag)).status).toBe(200)
})
