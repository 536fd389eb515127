import { expect, test } from 'vitest'
import { z } from 'zod'
import { change } from '../../src/feeds/changes/change.ts'
import { subjectsCollectedMax } from '../../src/feeds/changes/queries.ts'
import { markAsSample } from '../support/commons.ts'
import { declare, grant, type Holders, holdMore, openHolders } from '../support/holders.ts'
import { all, readXml, textOf } from '../support/xml.ts'

const changePage = z.object({ items: z.array(change), next: z.string().nullable(), resume: z.string() })

/** One of each that a registry of two holders can see: enrolled, declared, consented, granted, changed, withdrawn. */
async function lively(): Promise<Holders> {
  const commons = await openHolders()
  const { kyoto, toyota, osaka, own, shared, clock } = commons
  await declare(kyoto.officer, [own.number])
  const waiting = await declare(kyoto.officer, [shared.number])
  await toyota.officer.post(`/v1/declarations/${waiting.id}/consents`, { answer: 'given' })
  const { id } = await grant(osaka.officer, [own.number])
  clock.now = new Date('2026-11-22T09:00:00.000Z')
  await osaka.officer.post(`/v1/grants/${id}/revocation`, { reason: 'issued_in_error' })
  const path = `/v1/patents/${own.number}`
  const headers = { 'If-Match': (await commons.anonymous.get(path)).headers.get('ETag') ?? '' }
  const status = { value: 'lapsed', on: '2026-11-20', source: 'J-PlatPat', seenOn: '2026-11-22' }
  await kyoto.officer.patch(path, { status, title: { ja: '別の題' } }, headers)
  await kyoto.officer.post(`/v1/declarations/${waiting.id}/withdrawal`, { reason: 'assigned' })
  return commons
}

async function read({ anonymous }: Holders, query: string) {
  return (await anonymous.get(`/v1/changes?${query}`)).as(changePage)
}

test('each thing that happens is said in its own word, with what it was about', async () => {
  const commons = await lively()
  const { items } = await read(commons, 'limit=100')
  const kinds = items.map(({ kind }) => kind)
  expect(kinds.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => 'organisation_approved'))
  expect(kinds.slice(4)).toEqual([
    'patent_enrolled',
    'patent_enrolled',
    'declared',
    'declaration_in_force',
    'declared',
    'consented',
    'declaration_in_force',
    'granted',
    'grant_revoked',
    'patent_status_changed',
    'patent_changed',
    'declaration_withdrawn',
  ])
  const [declared] = items.filter(({ kind }) => kind === 'declared')
  expect(declared).toMatchObject({ patents: 1, terms: 'RPC-ACADEMIC-1.0', holders: [commons.kyoto.organisation.id] })
  for (const { subject, log } of items) {
    const place = new URL(subject.url ?? '').pathname
    expect((await commons.anonymous.get(place)).status, place).toBe(200)
    if (log !== undefined) expect((await commons.anonymous.get(`/v1/log/entries/${log}.tlog-proof`)).status).toBe(200)
  }
})

test('a feed names nobody: neither grantee, nor institution of the grantee, nor inventor', async () => {
  const commons = await lively()
  for (const format of ['json', 'ndjson', 'atom']) {
    const { text } = await commons.anonymous.get(
      `/v1/changes?format=${format}&since=2026-11-21&kind=granted,grant_revoked`,
    )
    expect(text).toContain('granted')
    expect(text).not.toContain('入会 花子')
    expect(text).not.toContain(commons.osaka.organisation.id)
    expect(text).not.toContain(commons.osaka.organisation.name.ja)
  }
})

test('`since`, `kind` and `holder` narrow it, and pages of any of them lead to the end', async () => {
  const commons = await lively()
  const { items } = await read(commons, 'limit=100')
  const since = await read(commons, 'since=2026-11-22&limit=100')
  expect(since.items).toEqual(items.filter(({ at }) => at >= '2026-11-22'))
  expect((await read(commons, 'since=2026-11-22T09:00:00.001Z')).items).toEqual([])
  const declared = await read(commons, 'kind=declared,consented&limit=100')
  expect(declared.items).toEqual(items.filter(({ kind }) => kind === 'declared' || kind === 'consented'))
  const { id } = commons.toyota.organisation
  const toyota = items.filter(({ subject, holders }) => subject.id === id || holders.includes(id))
  expect(toyota.length).toBeGreaterThan(4)
  const paged = []
  for (let cursor = ''; ; ) {
    const page = await read(commons, `holder=${id}&limit=2${cursor}`)
    paged.push(...page.items)
    if (page.next === null) break
    cursor = `&cursor=${page.next}`
  }
  expect(paged).toEqual(toyota)
  expect((await read(commons, 'holder=nobody')).items).toEqual([])
})

test('a time without its thousandths misses nothing of that second', async () => {
  const commons = await openHolders()
  commons.clock.now = new Date('2026-11-23T09:00:00.500Z')
  const made = await commons.organisation()
  for (const since of ['2026-11-23T09:00:00Z', '2026-11-23T09:00:00.5Z'])
    expect(
      (await read(commons, `since=${since}`)).items.map(({ subject }) => subject.id),
      since,
    ).toEqual([made.id])
  expect((await read(commons, 'since=2026-11-23T09:00:01Z')).items).toEqual([])
})

test('who resumes where an answer ended reads just what came since, filtered or not', async () => {
  const commons = await lively()
  const { resume } = await read(commons, 'kind=area_published')
  expect((await read(commons, `cursor=${resume}`)).items).toEqual([])
  const made = await commons.organisation()
  const { items } = await read(commons, `cursor=${resume}`)
  expect(items.map(({ kind, subject }) => [kind, subject.id])).toEqual([['organisation_approved', made.id]])
})

test('the tag of an answer is good for that answer until the next change', async () => {
  const commons = await lively()
  for (const format of ['json', 'ndjson', 'atom']) {
    const path = `/v1/changes?format=${format}`
    const { headers } = await commons.anonymous.get(path)
    const tag = { 'If-None-Match': headers.get('ETag') ?? '' }
    expect(headers.get('Cache-Control')).toBe('public, no-cache')
    const same = await commons.anonymous.get(path, tag)
    expect([same.status, same.text]).toEqual([304, ''])
    expect((await commons.anonymous.get(`/v1/changes?format=${format === 'json' ? 'atom' : 'json'}`, tag)).status).toBe(
      200,
    )
    await commons.organisation()
    expect((await commons.anonymous.get(path, tag)).status).toBe(200)
  }
})

test('the tag of the feed in one language is not that of the other', async () => {
  const commons = await lively()
  const asked = (lang: string, more = {}) =>
    commons.anonymous.get('/v1/changes?format=atom', { 'Accept-Language': lang, ...more })
  const tag = { 'If-None-Match': (await asked('ja')).headers.get('ETag') ?? '' }
  expect((await asked('ja', tag)).status).toBe(304)
  const english = await asked('en', tag)
  expect([english.status, readXml(english.text).attributes['xml:lang']]).toEqual([200, 'en'])
})

test('the feed is Atom (RFC 4287), newest first, in either language with the other in the summary', async () => {
  const commons = await lively()
  await markAsSample(commons)
  for (const [lang, word] of [
    ['ja', '開放宣言の撤回：'],
    ['en', 'Declaration withdrawn: '],
  ] as const) {
    const { text } = await commons.anonymous.get(`/v1/changes?format=atom&lang=${lang}&limit=10`)
    const feed = readXml(text)
    expect([feed.name, feed.uri, feed.attributes['xml:lang']]).toEqual(['feed', 'http://www.w3.org/2005/Atom', lang])
    for (const needed of ['id', 'title', 'updated', 'author'])
      expect(all(feed, needed).length, needed).toBeGreaterThan(0)
    expect(textOf(feed, 'subtitle')).toMatch(lang === 'ja' ? /見本/ : /sample/i)
    const entries = all(feed, 'entry')
    expect(entries).toHaveLength(10)
    expect(entries[0] && textOf(entries[0], 'title')).toContain(word)
    expect(entries[0] && all(entries[0], 'summary')[0]?.attributes['xml:lang']).toBe(lang === 'ja' ? 'en' : 'ja')
    expect(new Set(entries.map((entry) => textOf(entry, 'id'))).size).toBe(10)
    for (const entry of entries) {
      expect(textOf(entry, 'updated')).toMatch(/^2026-11-2[12]T09:00:00\.000Z$/)
      expect(all(entry, 'link').filter(({ attributes }) => attributes.rel === 'alternate')).toHaveLength(1)
    }
    const next = all(feed, 'link').find(({ attributes }) => attributes.rel === 'next')?.attributes.href ?? ''
    const older = readXml((await commons.anonymous.get(new URL(next).pathname + new URL(next).search)).text)
    expect(all(older, 'entry')).toHaveLength(6)
    expect(all(older, 'link').some(({ attributes }) => attributes.rel === 'next')).toBe(false)
  }
})

test.each([
  'cursor=x',
  'cursor=WyJhIiwtMV0',
  'cursor=WyJhIiwiMSJd',
  'cursor=WyJhIiwxZTMwMF0',
  'cursor=WyJjIiwxXQ',
  'since=yesterday',
  'since=2026-13-01',
  'kind=granted,nothing',
  'kind=',
  'limit=0',
  'limit=101',
  'format=xml',
  'lang=de',
])('answers 400 to ?%s', async (query) => {
  const commons = await openHolders()
  const answer = await commons.anonymous.get(`/v1/changes?${query}`)
  expect([answer.status, answer.problem().code]).toEqual([400, 'malformed'])
})

test('answers 406 to a form that there is not', async () => {
  const commons = await openHolders()
  expect((await commons.anonymous.get('/v1/changes', { Accept: 'image/png' })).status).toBe(406)
})

test('every page names the feed', async () => {
  const commons = await openHolders()
  const { text } = await commons.anonymous.get('/en/terms')
  const [, href = ''] =
    /<link rel="alternate" type="application\/atom\+xml" title="[^"]+" href="([^"]+)"/.exec(text) ?? []
  const feed = await commons.anonymous.get(href.replaceAll('&amp;', '&'))
  expect(feed.headers.get('Content-Type')).toMatch(/^application\/atom\+xml/)
})

test('of an organisation that holds very much the answer is the same', async () => {
  const commons = await lively()
  const { id } = commons.toyota.organisation
  const asked = async () => (await read(commons, `holder=${id}&limit=100`)).items
  const before = await asked()
  expect(before.length).toBeGreaterThan(4)
  await holdMore(commons, id, subjectsCollectedMax + 1)
  expect(await asked()).toEqual(before)
})
