import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { workOnImports } from '../../src/imports/work.ts'
import { workbook } from '../imports/reading/made-files.ts'
import { checkRegistry, dumpState } from '../support/check-registry.ts'
import { type Holders, openHolders } from '../support/holders.ts'
import { type Line, tableOf } from '../support/imports.ts'
import { type SignedIn, signedIn } from '../support/people.ts'
import { openLocalRegistry } from '../support/registry.ts'

const list = '/ja/desk/imports'
const extract = readFileSync('tests/vectors/imports/j-platpat-15-columns.csv', 'utf8').replace(
  '国立大学法人東京工業大学',
  '試験工業大学長',
)

/** As the form sends it: fields first, then the file. */
function send(
  officer: SignedIn,
  content: string,
  fields: Record<string, string> = {},
  headers: Record<string, string> = {},
) {
  const form = new FormData()
  for (const [name, value] of Object.entries({ csrf: officer.csrf, ...fields })) form.set(name, value)
  form.set('file', new Blob([content]), '保有特許.csv')
  return officer.send('POST', list, { body: form, headers })
}

async function uploaded(officer: SignedIn, content: string, fields: Record<string, string> = {}): Promise<string> {
  const sent = await send(officer, content, fields)
  if (sent.status !== 303) throw new Error(`${sent.status} ${sent.text}`)
  return sent.headers.get('Location') ?? ''
}

async function worked(registry: Pick<Holders, 'context'>): Promise<void> {
  await workOnImports(registry.context, () => true)
}

async function office(name?: { ja: string; en: string }) {
  const registry = await openLocalRegistry()
  const organisation = await registry.organisation(name ? { name } : {})
  const officer = await signedIn(registry, { name: '見本 京子', memberOf: organisation.id })
  return { registry, organisation, officer }
}

/** The text of a page without its marks. */
function words(text: string): string {
  return text
    .replaceAll(/<(?:script|style)[\s\S]*?<\/(?:script|style)>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
}

test('an officer uploads an extract, decides the owner, registers, and sees the patents, all by forms', async () => {
  const { registry, organisation, officer } = await office({ ja: '試験工業大学', en: 'Test Institute of Technology' })
  const empty = await officer.get(list)
  expect(words(empty.text)).toContain('まだ取り込みはありません')
  const path = await uploaded(officer, extract)
  const reading = await officer.get(path)
  expect(reading.text).toContain('<progress id="bar"')
  expect(reading.text).toContain('<noscript><meta http-equiv="refresh"')
  await worked(registry)

  const shown = words((await officer.get(path)).text)
  expect(shown).toContain('J-PlatPatのCSV')
  expect(shown).toContain('14行を読みました')
  const names = await officer.get(`${path}/names`)
  expect(words(names.text)).toContain('試験工業大学長')
  const asked = [...names.text.matchAll(/name="name-([^"]+)" value="([^"]+)"/g)].filter(
    ([, , value]) => value === organisation.id,
  )
  const own = asked.find(([, key]) => names.text.includes(`other-${key}`))?.[1] ?? ''
  expect((await officer.submit(`${path}/names`, {})).status).toBe(422)
  expect(
    (await officer.submit(`${path}/names`, { [`name-${own}`]: '', [`other-${own}`]: 'だれでもない' })).status,
  ).toBe(422)
  const decided = await officer.submit(`${path}/names`, { [`name-${own}`]: organisation.id })
  expect([decided.status, decided.headers.get('Location')]).toEqual([303, path])
  await worked(registry)

  const fresh = words((await officer.get(`${path}?result=new`)).text)
  expect(fresh).toContain('新しい特許1件を登録します')
  expect(fresh).toContain('無人搬送車')
  const refused = words((await officer.get(`${path}?result=refused`)).text)
  expect(refused).toContain('自機関の特許でなければこの行は不要です')
  const file = await officer.get(`${path}/rows.csv?result=refused`)
  expect(file.text.split('\r\n')[0]).toContain('iriai:reason')
  expect((await registry.anonymous.get('/v1/patents/JP-4953359-B2')).status).toBe(404)

  expect((await officer.submit(`${path}/commit`)).status).toBe(303)
  expect(words((await officer.get(path)).text)).toContain('登録しています')
  await worked(registry)
  const done = await officer.get(path)
  expect(words(done.text)).toContain('登録しました')
  expect(done.text).toMatch(/declarations\/new\?organisation=[^"]+import=/)
  const portfolio = words((await officer.get('/ja/desk/portfolio')).text)
  expect(portfolio).toContain('JP-4953359')
  expect(portfolio).toContain('消滅')
  expect(words((await officer.get(list)).text)).toContain('見本 京子')
  await checkRegistry(registry)
})

const base = { title: '硫化物固体電解質', filedOn: '2015-12-25', ipc: 'H01M10/0562' }

function lines(name: string): Line[] {
  return [
    { ...base, grant: '特許第6100001号', holders: name, grantedOn: '2016-09-06' },
    { ...base, grant: '特許第6100002号', holders: name, title: '別の電池', filedOn: '2016-01-01' },
  ]
}

test('columns of an office’s own table are confirmed once, and known the next time; the import leads to declaring', async () => {
  const { registry, organisation, officer } = await office()
  const table = tableOf(lines(organisation.name.ja))
  const path = await uploaded(officer, table)
  await worked(registry)
  const asked = await officer.get(path)
  expect(words(asked.text)).toContain('初めて見る形の表です')
  expect(asked.text).toMatch(/<select id="column-0"[\s\S]*?value="grant_number" selected/)
  const none = await officer.submit(`${path}/columns`, { 'column-2': 'title_ja' })
  expect([none.status, words(none.text).includes('どれかの列を選んでください')]).toEqual([422, true])
  const columns = [
    'grant_number',
    'application_number',
    'title_ja',
    'holders',
    'inventors',
    'ipc',
    'filed_on',
    'granted_on',
    'status',
  ]
  const fields = Object.fromEntries(columns.map((field, i) => [`column-${i}`, field]))
  expect((await officer.submit(`${path}/columns`, { ...fields, office: 'JP' })).status).toBe(303)
  await worked(registry)
  expect(words((await officer.get(path)).text)).toContain('新しい特許2件を登録します')
  await officer.submit(`${path}/commit`)
  await worked(registry)

  const id = path.slice(path.lastIndexOf('/') + 1)
  const form = await officer.get(`/ja/desk/declarations/new?import=${id}`)
  expect(form.text).toContain(`name="import" value="${id}"`)
  const effect = await officer.submit('/ja/desk/declarations/new', { import: id, terms: 'RPC-OPEN-1.0' })
  expect(words(effect.text)).toContain('2件を、1件の宣言で開放します')
  const other = await signedIn(registry, { name: '見本 次郎', memberOf: (await registry.organisation()).id })
  const foreign = await other.submit('/ja/desk/declarations/new', { import: id, terms: 'RPC-OPEN-1.0' })
  expect([foreign.status, foreign.text.includes('6100001')]).toEqual([200, false])

  const again = await uploaded(officer, table)
  await worked(registry)
  expect(words((await officer.get(again)).text)).toContain('変わったところもありません')
  const ended = table.replace('"2016-01-01","",""', '"2016-01-01","","年金不納"')
  const third = await uploaded(officer, ended)
  await worked(registry)
  const changed = words((await officer.get(`${third}?result=changed`)).text)
  expect(changed).toContain('権利の終わり 1件')
  expect(changed).toContain('状態')
  await officer.submit(`${third}/commit`)
  await worked(registry)
  expect(words((await officer.get(third)).text)).toContain('権利が終わった特許')
  const dropped = await officer.submit(`${again}/drop`)
  expect(dropped.headers.get('Location')).toBe(list)
  await worked(registry)
  expect(words((await officer.get(again)).text)).toContain('取りやめました')
  await checkRegistry(registry)
})

test('of a workbook the page names the sheet that was read, and the lists that were not', async () => {
  const { registry, organisation, officer } = await office()
  const line = (...texts: string[]) =>
    `<row>${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`
  const rowsOf = (number: string) =>
    line('登録番号', '発明の名称', '権利者') + line(number, '電池', organisation.name.ja)
  const sheets = { 表紙: line('説明'), 国内: rowsOf('特許第6100001号'), 国外: rowsOf('特許第6100002号') }
  const form = new FormData()
  form.set('csrf', officer.csrf)
  form.set('file', new Blob([new Uint8Array(workbook([], { sheets }))]), '保有特許.xlsx')
  const path = (await officer.send('POST', list, { body: form })).headers.get('Location') ?? ''
  await worked(registry)
  const told = ['シート「国内」を読みました', 'ほかのシート（国外）にも一覧がありますが、読んでいません']
  for (const sentence of told) expect(words((await officer.get(path)).text)).toContain(sentence)
  await officer.submit(`${path}/columns`, {
    'column-0': 'grant_number',
    'column-1': 'title_ja',
    'column-2': 'holders',
    office: 'JP',
  })
  await worked(registry)
  const shown = words((await officer.get(path)).text)
  expect(shown).toContain('新しい特許1件を登録します')
  for (const sentence of told) expect(shown).toContain(sentence)
  expect(words((await officer.get(path.replace('/ja/', '/en/'))).text)).toContain('Other sheets (国外) hold lists too')
})

test('undecided rows are decided on the page, several at once; what is not chosen stays', async () => {
  const { registry, organisation, officer } = await office()
  const name = organisation.name.ja
  const first = await uploaded(officer, tableOf([{ ...base, application: '特願2015-254253', holders: name }]))
  await worked(registry)
  await officer.submit(`${first}/columns`, columnsOf())
  await worked(registry)
  await officer.submit(`${first}/commit`)
  await worked(registry)
  // A right of the same title, day and holder under a number of another kind may be the same one.
  const path = await uploaded(
    officer,
    tableOf([
      { ...base, grant: '特許第6100011号', holders: name },
      { ...base, grant: '特許第6100012号', holders: name },
    ]),
  )
  await worked(registry)
  const asked = await officer.get(path)
  expect(words(asked.text)).toContain('同じ特許か、別の特許かを選んでください')
  expect((await officer.submit(`${path}/rows`, {})).status).toBe(422)
  const [, same = ''] = /name="same-0" value="(patent [^"]+)"/.exec(asked.text) ?? []
  expect(same).not.toBe('')
  expect((await officer.submit(`${path}/rows`, { 'same-0': same, 'skip-1': 'yes' })).status).toBe(303)
  await worked(registry)
  const after = words((await officer.get(path)).text)
  expect(after).toContain('1件の記録を新しくします')
  expect(after).toContain('取り込めない1行と、判断が済んでいない0行')
})

function columnsOf(): Record<string, string> {
  const columns = [
    'grant_number',
    'application_number',
    'title_ja',
    'holders',
    'inventors',
    'ipc',
    'filed_on',
    'granted_on',
    'status',
  ]
  return { ...Object.fromEntries(columns.map((field, i) => [`column-${i}`, field])), office: 'JP' }
}

test('another organisation has no such import, a viewer has none, and an agent has its principal’s', async () => {
  const registry = await openHolders()
  const { kyoto, toyota } = registry
  const tloOrganisation = (await registry.organisation()).id
  const [officer, other, viewer, tlo] = await Promise.all([
    signedIn(registry, { name: '見本 京子', memberOf: kyoto.organisation.id }),
    signedIn(registry, { name: '見本 豊', memberOf: toyota.organisation.id }),
    signedIn(registry, { name: '見本 見子', memberOf: [{ organisation: kyoto.organisation.id, role: 'viewer' }] }),
    signedIn(registry, { name: '見本 託子', memberOf: tloOrganisation }),
  ])
  const mandate = { agent: tloOrganisation, scope: ['enrol'], from: '2026-11-21' }
  expect((await kyoto.officer.post('/v1/mandates', mandate)).status).toBe(201)
  const page = await tlo.get(list)
  expect(page.text).toContain(`<option value="${kyoto.organisation.id}">`)
  const path = await uploaded(tlo, tableOf(lines(kyoto.organisation.name.ja)), { organisation: kyoto.organisation.id })
  await worked(registry)
  expect((await officer.get(path)).status).toBe(200)
  expect((await tlo.get(path)).status).toBe(200)
  for (const place of [path, `${path}/columns`, `${path}/names`, `${path}/rows.csv`])
    expect((await other.get(place)).status, place).toBe(404)
  expect((await viewer.get(path)).status).toBe(403)
  expect((await viewer.get(list)).status).toBe(403)
  const before = await dumpState(registry)
  for (const [verb, person] of [
    ['commit', other],
    ['drop', other],
    ['columns', other],
    ['commit', viewer],
  ] as const)
    expect((await person.submit(`${path}/${verb}`, columnsOf())).status, verb).toBeGreaterThanOrEqual(400)
  expect((await send(viewer, 'x')).status).toBe(403)
  expect(await dumpState(registry)).toBe(before)
  expect((await send(other, 'x', { organisation: kyoto.organisation.id })).status).toBe(422)
  const kept = await registry.db.read.rows("select count(*) from imports where state <> 'dropped'", [])
  expect(kept).toEqual([[1]])
})

test('a file without the token of the session, or from another site, goes nowhere', async () => {
  const { registry, officer } = await office()
  const count = async () =>
    (await registry.db.read.rows("select count(*) from imports where state <> 'dropped'", []))[0]
  expect((await send(officer, 'x', { csrf: '' })).status).toBe(403)
  expect((await send(officer, 'x', { csrf: `${officer.csrf.slice(1)}0` })).status).toBe(403)
  expect((await send(officer, 'x', {}, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(401)
  expect((await officer.submit(list, {})).status).toBe(403)
  expect(await count()).toEqual([0])
})

test('a file that cannot be read is refused with what to do, and what is wrong with the form is said in words', async () => {
  const { registry, officer } = await office()
  const path = await uploaded(officer, '%PDF-1.7 %âãÏÓ')
  await worked(registry)
  const failed = words((await officer.get(path)).text)
  expect(failed).toContain('これは PDF です')
  expect(failed).toContain('直したファイルをアップロードする')
  expect(words((await officer.get('/en/desk/imports')).text)).toContain('Failed')
  const empty = await send(officer, '')
  expect([empty.status, words(empty.text).includes('中身のあるファイルを選んでください')]).toEqual([422, true])
  const later = await send(officer, 'x', { seenOn: '2027-01-01' })
  expect([later.status, words(later.text).includes('今日までの日付')]).toEqual([422, true])
})

test('pages are whole in both languages, small, and show what a file says as text', async () => {
  const { registry, organisation, officer } = await office()
  const nasty = '"><script>alert(1)</script>'
  const many = Array.from({ length: 60 }, (_, i) => ({
    ...base,
    title: `${nasty}${i}${'長'.repeat(300)}`,
    grant: i % 3 === 0 ? `番号${nasty}` : `特許第${6_200_000 + i}号`,
    holders: `${organisation.name.ja}、${nasty}${i}株式会社`,
  }))
  const path = await uploaded(officer, tableOf(many))
  await worked(registry)
  await look(path)
  await officer.submit(`${path}/columns`, columnsOf())
  await worked(registry)
  for (const place of ['', '?result=new', '?result=refused', '/names', '/columns']) await look(`${path}${place}`)
  await officer.submit(`${path}/commit`)
  await worked(registry)
  await look(path)
  await look('/ja/desk/portfolio')
  await look(list)

  async function look(place: string): Promise<void> {
    for (const lang of ['ja', 'en']) {
      const { status, text } = await officer.get(place.replace('/ja/', `/${lang}/`))
      expect(status, place).toBe(200)
      expect(text, place).not.toContain('<script>alert')
      expect(new TextEncoder().encode(text).length, place).toBeLessThan(60_000)
      for (const [form] of text.matchAll(/<form method="post".*?<\/form>/gs))
        expect(form, place).toContain(`name="csrf" value="${officer.csrf}"`)
      for (const [, id = ''] of text.matchAll(/<(?:input|select|textarea) [^>]*?\bid="([^"]+)"/g))
        expect(text, `${place} ${id}`).toContain(`<label for="${id}"`)
      const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
      expect(new Set(ids).size, place).toBe(ids.length)
    }
  }
})
