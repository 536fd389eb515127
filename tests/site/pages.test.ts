import { expect, test } from 'vitest'
import { insertNamedOrganisation } from '../../src/organisations/name-queries.ts'
import { patent } from '../../src/patents/patent.ts'
import { fillCommons } from '../support/commons.ts'
import { openLocalRegistry } from '../support/registry.ts'

async function openSite() {
  const registry = await openLocalRegistry()
  const commons = await fillCommons(registry)
  const { holders } = (await registry.anonymous.get(`/v1/patents/${commons.waiting}`)).as(patent)
  const [university, company] = holders.map(({ organisation }) => organisation)
  if (!university || !company) throw new Error('no holders')
  return { registry, commons, university, company }
}

test('the front page has an example of each kind, the picture, the counts, and what changed this week', async () => {
  const { registry, commons } = await openSite()
  const { text } = await registry.anonymous.get('/en/')
  for (const number of [commons.open, commons.waiting, commons.expired])
    expect(text).toContain(`href="/en/check?numbers=${encodeURIComponent(number)}&amp;purpose=basic_research`)
  expect(text).toContain('id="living-t"')
  expect(text).toMatch(/patents enrolled<\/a><\/dt><dd>5</)
  expect(text).toMatch(/patents open<\/a><\/dt><dd>2</)
  expect(text).toContain('Declaration in force: Iriai University, RPC-OPEN-1.0 (1 patent)')
  expect(text).toContain('/v1/changes?format=atom&amp;lang=en')
})

test('when nothing changed for a week, what changed before is shown and said to be older', async () => {
  const { registry } = await openSite()
  const older = 'In the last seven days nothing was opened'
  expect((await registry.anonymous.get('/en/')).text).not.toContain(older)
  registry.clock.now = new Date(registry.clock.now.getTime() + 8 * 86_400_000)
  const { text } = await registry.anonymous.get('/en/')
  expect(text).toContain(older)
  expect(text).toContain('Declaration in force')
})

test('an empty registry has a front page, too', async () => {
  const { anonymous } = await openLocalRegistry()
  const { status, text } = await anonymous.get('/ja/')
  expect(status).toBe(200)
  expect(text).not.toContain('id="living-t"')
})

test('an organisation is found by its id, with what it opened, its patents and its feed', async () => {
  const { registry, commons, university } = await openSite()
  const { text, status } = await registry.anonymous.get(`/ja/organisations/${university.id}`)
  expect(status).toBe(200)
  expect(text).toContain('<h1>入会大学</h1>')
  expect(text).toContain('<p class="faint" lang="en">Iriai University</p>')
  expect(text).toMatch(/<dt>登録された特許<\/dt><dd>3</)
  expect(text).toMatch(/<dt>開放中の特許<\/dt><dd>1</)
  expect(text).toContain(`/ja/patents?holder=${university.id}&amp;open=true`)
  expect(text).toContain(`/ja/patents/${commons.open}`)
  expect(text).toContain(`/v1/changes?holder=${university.id}&amp;format=atom&amp;lang=ja`)
  expect(text).toContain('共有者の同意待ち')
})

test('one known by name only says so; one that has only applied is nowhere; both are told from those that take part', async () => {
  const { registry } = await openSite()
  const id = crypto.randomUUID()
  const named = { id, name: { ja: '名前だけ工業', en: 'By Name Only Works' }, kind: 'company' as const, country: 'JP' }
  await registry.db.write(insertNamedOrganisation(named, [], registry.clock.now.toISOString()))
  const page = await registry.anonymous.get(`/en/organisations/${id}`)
  expect(page.text).toContain('Known by name only')
  expect(page.text).toContain('href="/en/join"')
  expect((await registry.anonymous.get('/en/organisations')).text).not.toContain(id)
  expect((await registry.anonymous.get('/en/organisations?state=named')).text).toContain(id)
  expect((await registry.anonymous.get('/en/organisations?q=by+name&state=named&kind=university')).text).not.toContain(
    id,
  )
  expect((await registry.anonymous.get('/en/organisations/nothing')).status).toBe(404)
  expect((await registry.anonymous.get('/en/organisations?kind=nonsense')).status).toBe(400)
})

test('a patent that is not open names whom to ask, with a letter; an open one leads to a grant', async () => {
  const { registry, commons, university, company } = await openSite()
  const read = async (number: string) => (await registry.anonymous.get(`/ja/patents/${number}`)).text
  const closed = await read(commons.closed)
  expect(closed).toContain('id="who"')
  expect(closed).toContain(`/ja/organisations/${company.id}`)
  expect(closed).toContain('入会電池株式会社 知的財産ご担当者様')
  const waiting = await read(commons.waiting)
  expect(waiting).toContain('共有者の同意がそろっていません')
  for (const { id } of [university, company]) expect(waiting).toContain(`/ja/organisations/${id}`)
  for (const number of [commons.open, commons.expired]) expect(await read(number)).not.toContain('id="who"')
})

test('a patent is cited by its number and an address without language, names in BibTeX cannot break out', async () => {
  const { registry, commons } = await openSite()
  const { text } = await registry.anonymous.get(`/en/patents/${commons.open}`)
  expect(text).toContain(`Hanako Iriai, 山野 太郎, “Sulfide solid electrolyte for lithium ion battery”`)
  expect(text).toContain(`https://registry.test/patents/${commons.open} (read 21 November 2026)`)
  expect(text).toContain('author = {入会 花子 and 山野 太郎}')
})

test('a checked list is taken along as CSV in its own order, and as what the API answers', async () => {
  const { registry, commons } = await openSite()
  const numbers = [commons.open, 'nonsense', commons.closed]
  const sent = { numbers: numbers.join('\n'), purpose: 'basic_research', mode: 'with', beneficiary: 'university' }
  const post = (format: string) =>
    registry.anonymous.send('POST', '/ja/check/export', {
      body: new URLSearchParams({ ...sent, format }).toString(),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    })
  const csv = await post('csv')
  expect(csv.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
  expect(csv.headers.get('Content-Disposition')).toBe('attachment; filename="iriai-check-2026-11-21.csv"')
  const rows = csv.text.trim().split('\r\n')
  expect(rows.map((row) => row.replace('\ufeff', '').split(',')[0])).toEqual([
    '"入力"',
    ...numbers.map((number) => `"${number}"`),
  ])
  expect(rows[1]).toContain('"使えます"')
  const api = await registry.anonymous.post('/v1/check', {
    numbers,
    purpose: sent.purpose,
    mode: sent.mode,
    beneficiary: sent.beneficiary,
  })
  expect(JSON.parse((await post('json')).text)).toEqual(JSON.parse(api.text))
})

test('what is asked of the user beyond the three choices can be answered on the page', async () => {
  const { registry, commons } = await openSite()
  const asked = { numbers: commons.open, purpose: 'basic_research', mode: 'on', beneficiary: 'company' }
  const { text } = await registry.anonymous.get(
    `/ja/check?${new URLSearchParams({ ...asked, holdsDeclaration: 'true', assertsPatents: 'false' })}`,
  )
  expect(text).toMatch(/name="holdsDeclaration"[\s\S]{0,200}<option value="true" selected/)
  expect(
    (await registry.anonymous.get(`/ja/check?${new URLSearchParams({ ...asked, assertsPatents: 'perhaps' })}`)).status,
  ).toBe(422)
})
