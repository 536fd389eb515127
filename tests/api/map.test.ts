import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { fieldAnswer } from '../../src/maps/field.ts'
import { mapAnswer } from '../../src/maps/map.ts'
import { declareOpen } from '../support/map.ts'
import { patentOf } from '../support/patents.ts'
import { type Caller, openRegistry, type Registry } from '../support/registry.ts'

const dimensions = [
  'office',
  'status',
  'terms',
  'kind',
  'section',
  'field',
  'year',
  'class',
  'subclass',
  'group',
  'holder',
]

/** Two holders of their own with three patents: one alone and open, one alone, one together. Other tests share the registry. */
async function open(): Promise<Registry & { university: string; company: string; officer: Caller }> {
  const registry = await openRegistry()
  const university = await registry.organisation({ name: { ja: '=地図大学, "図"', en: '=Map University' } })
  const company = await registry.organisation({ kind: 'company', name: { ja: '地図<電池>&株式会社', en: 'Map & Co.' } })
  const officer = await registry.member(university.id)
  const made = await Promise.all([
    officer.post('/v1/patents', patentOf([university], { filedOn: '2015-05-01' })),
    officer.post(
      '/v1/patents',
      patentOf([university], { filedOn: '2016-05-01', classes: { ipc: ['G01N33/50', 'A61K31/00'], cpc: [], fi: [] } }),
    ),
    officer.post('/v1/patents', patentOf([university, company], { filedOn: '2016-06-01' })),
  ])
  const [first] = made.map((answer) => answer.as(z.looseObject({ number: z.string() })).number)
  await declareOpen(officer, [first ?? ''])
  return { ...registry, university: university.id, company: company.id, officer }
}

function wellFormed(text: string): { names: string[]; text: string } {
  const names: string[] = []
  let read = ''
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name }) => names.push(name))
  parser.on('text', (piece) => {
    read += piece
  })
  parser.write(text).close()
  return { names, text: read }
}

test('counts by field and year, the open ones apart, with names and the day', async () => {
  const { anonymous, university } = await open()
  const map = (await anonymous.get(`/v1/map?by=field,year&holder=${university}`)).as(mapAnswer)
  expect(map.cells.map(({ keys, patents, open: opened }) => ({ keys, patents, open: opened }))).toEqual([
    { keys: { field: 1, year: 2015 }, patents: 1, open: 1 },
    { keys: { field: 1, year: 2016 }, patents: 1, open: 0 },
    { keys: { field: 11, year: 2016 }, patents: 1, open: 0 },
    { keys: { field: 16, year: 2016 }, patents: 1, open: 0 },
  ])
  expect(map.totals).toEqual({ patents: 3, open: 1 })
  expect(map.labels.field?.['1']?.ja).toBe('電気機械、電気装置、電気エネルギー')
  expect(map.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/)
})

test('every dimension alone and every two together are answered, and every filter', { timeout: 60_000 }, async () => {
  const { anonymous, university } = await open()
  // Each of two is the rows here and the columns there.
  const pairs = dimensions.flatMap((a, i) =>
    dimensions.slice(i + 1).map((b, j) => (j % 2 === 0 ? `${a},${b}` : `${b},${a}`)),
  )
  const ask = async (query: string) => (await anonymous.get(`/v1/map?${query}&holder=${university}`)).as(mapAnswer)
  for (const some of inTens([...dimensions, ...pairs]))
    await Promise.all(
      some.map(async (by) => {
        const map = await ask(`by=${by}`)
        expect([by, map.totals.patents]).toEqual([by, 3])
        expect(map.cells.length, by).toBeGreaterThan(0)
      }),
    )
  const filters: readonly (readonly [string, number])[] = [
    ['field=1', 2],
    ['field=35', 0],
    ['field=none', 0],
    ['ipc=H', 2],
    ['ipc=H01', 2],
    ['ipc=H01M', 2],
    ['ipc=H01M10', 2],
    ['ipc=H01M1', 0],
    ['ipc=none', 0],
    ['kind=company', 1],
    ['terms=RPC-OPEN-1.0', 1],
    ['terms=none', 2],
    ['status=granted', 3],
    ['status=expired', 0],
    ['office=JP', 3],
    ['office=US', 0],
    ['open=true', 1],
    ['open=false', 2],
    ['filed_from=2016', 2],
    ['filed_from=2016-05-02', 1],
    ['filed_to=2015', 1],
    ['filed_from=2015-05-01&filed_to=2015-05-01', 1],
    ['field=1&ipc=H01M&open=false&filed_from=2016&office=JP', 1],
  ]
  const filtered = filters.flatMap((filter) =>
    ['field,year', 'kind,group', 'holder'].map((by) => [by, ...filter] as const),
  )
  for (const some of inTens(filtered))
    await Promise.all(
      some.map(async ([by, filter, patents]) => {
        const map = await ask(`by=${by}&${filter}`)
        expect([by, filter, map.totals.patents]).toEqual([by, filter, patents])
      }),
    )
})

function inTens<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / 10) }, (_, i) => items.slice(i * 10, (i + 1) * 10))
}

test('co-owners each count a patent whole, or their part of it', async () => {
  const { anonymous, university, company } = await open()
  const whole = (await anonymous.get(`/v1/map?by=holder&holder=${company}`)).as(mapAnswer)
  expect(whole.cells).toEqual([{ keys: { holder: company }, patents: 1, open: 0 }])
  const parts = (await anonymous.get(`/v1/map?by=holder&holder=${university}&count=fractional`)).as(mapAnswer)
  expect(parts.cells.map(({ patents }) => patents)).toEqual([2.5])
})

test('an unknown dimension is refused with the list of those that there are', async () => {
  const { anonymous } = await openRegistry()
  for (const by of ['inventor', 'field,colour', 'field,field', 'field,year,holder', '', '__proto__', "field'--"]) {
    const answer = await anonymous.get(`/v1/map?by=${encodeURIComponent(by)}`)
    const { code, errors } = answer.problem()
    expect([by, answer.status, code]).toEqual([by, 400, 'malformed'])
    expect(errors?.[0]?.detail, by).toContain('subclass')
  }
})

test.each([
  'field=0',
  'field=36',
  'field=1 or 1=1',
  'ipc=H01M10/05',
  'ipc=%27',
  'ipc=H0',
  'terms=RPC',
  'office=jp',
  'office=%00%00',
  'status=alive',
  'open=yes',
  'filed_from=20155',
  'filed_from=2015-02-30',
  'count=half',
  'top=0',
  'top=101',
  'format=png',
  'picture=pie',
])('a filter that is none is refused: %s', async (filter) => {
  const { anonymous } = await openRegistry()
  const answer = await anonymous.get(`/v1/map?by=field&${filter}`)
  expect([answer.status, answer.problem().code]).toEqual([400, 'malformed'])
})

test('a holder that is not known is not found', async () => {
  const { anonymous } = await open()
  for (const holder of ['nobody', 'https://ror.org/000000000', "' or 1=1 --"])
    expect((await anonymous.get(`/v1/map?by=field&holder=${encodeURIComponent(holder)}`)).status).toBe(404)
})

test('the CSV opens in a spreadsheet: a mark for UTF-8, quoted cells, no formula', async () => {
  const { anonymous, university, fetch: raw } = await open()
  const answer = await anonymous.get(`/v1/map?by=holder,year&holder=${university}&lang=ja`, { Accept: 'text/csv' })
  expect(answer.headers.get('Content-Type')).toMatch(/^text\/csv/)
  expect(answer.headers.get('Content-Disposition')).toMatch(/filename="iriai-map-holder-year-\d{4}-\d{2}-\d{2}\.csv"/)
  const response = await raw(`/v1/map?by=holder,year&holder=${university}&lang=ja&format=csv`)
  const bytes = new Uint8Array(await response.arrayBuffer())
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const lines = new TextDecoder().decode(bytes).split('\r\n')
  expect(lines[0]).toBe('"権利者","権利者の名称","出願年","登録","開放"')
  expect(lines[1]).toBe(`"${university}","'=地図大学, ""図""","2015","1","1"`)
  expect(lines).toHaveLength(4)
})

test.each([
  'by=field,year',
  'by=holder,year',
  'by=holder,field',
  'by=year',
  'by=field',
  'by=subclass,group',
  'by=status,office',
  'by=holder,year&picture=lines',
])('the picture stands alone, with title, legend, counting, source and date: %s', async (query) => {
  const { anonymous, university } = await open()
  for (const lang of ['ja', 'en']) {
    const answer = await anonymous.get(`/v1/map?${query}&holder=${university}&lang=${lang}&format=svg`)
    expect(answer.headers.get('Content-Type')).toBe('image/svg+xml; charset=utf-8')
    const { names, text } = wellFormed(answer.text)
    expect(names.slice(0, 4)).toEqual(['svg', 'title', 'desc', 'style'])
    expect(answer.text).not.toMatch(/<script|\son\w+=|url\((?!#)|@import|<image|foreignObject/)
    expect(text).toContain('prefers-color-scheme')
    expect(text).toContain(lang === 'ja' ? '整数カウント' : 'Whole counting')
    expect(text).toContain(lang === 'ja' ? '研究に開放中' : 'open to research')
    expect(text).toMatch(lang === 'ja' ? /出典: Iriai .*年.*日現在/ : /Source: Iriai .* as of \d+ \w+ 20\d\d/)
    expect(text).toContain(lang === 'ja' ? '=地図大学, "図"' : '=Map University')
    const links = [...answer.text.matchAll(/href="([^"]+)"/g)].map(([, href]) => href ?? '')
    expect(links.every((href) => /^https?:\/\//.test(href))).toBe(true)
  }
})

test('names of holders cannot break out of a picture', async () => {
  const { anonymous, company } = await open()
  const { text } = wellFormed((await anonymous.get(`/v1/map?by=holder,year&holder=${company}&lang=ja&format=svg`)).text)
  expect(text).toContain('地図<電池>&株式会社')
})

test('what may be stored says for how long, and what has not changed is not sent again', async () => {
  const { anonymous, university } = await open()
  for (const format of ['json', 'csv', 'svg']) {
    const path = `/v1/map?by=field&holder=${university}&format=${format}`
    const first = await anonymous.get(path)
    const etag = first.headers.get('ETag')
    expect(first.headers.get('Cache-Control')).toBe('public, max-age=60')
    expect(first.headers.get('Vary')).toContain('Accept')
    expect(etag).toBeTruthy()
    expect((await anonymous.get(path, { 'If-None-Match': etag ?? '' })).status).toBe(304)
  }
})

test('what can not be had is named', async () => {
  const { anonymous } = await openRegistry()
  const answer = await anonymous.get('/v1/map?by=field', { Accept: 'image/png' })
  expect([answer.status, answer.problem().code]).toEqual([406, 'not_acceptable'])
})

test('the fields are 35, and one tells its subclasses and groups', async () => {
  const { anonymous, university } = await open()
  const list = (await anonymous.get(`/v1/fields?holder=${university}`)).as(
    z.object({
      items: z.array(z.looseObject({ field: z.number(), patents: z.number(), open: z.number() })),
      next: z.null(),
      asOf: z.string(),
    }),
  )
  expect(list.items).toHaveLength(35)
  expect(
    list.items.filter(({ patents }) => patents > 0).map(({ field, patents, open: opened }) => [field, patents, opened]),
  ).toEqual([
    [1, 2, 1],
    [11, 1, 0],
    [16, 1, 0],
  ])
  const field = (await anonymous.get('/v1/fields/1')).as(fieldAnswer)
  expect(field.subclasses.map(({ symbol }) => symbol)).toContain('H01M')
  expect(field.subclasses.every(({ symbol }) => symbol !== 'G01N')).toBe(true)
  expect(field.groups.find(({ symbol }) => symbol === 'H01M10')?.name.ja).toBe('H01M10 二次電池')
  for (const wrong of ['0', '36', 'x', '1.5']) expect((await anonymous.get(`/v1/fields/${wrong}`)).status).toBe(400)
})
