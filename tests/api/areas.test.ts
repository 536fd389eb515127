import { expect, test } from 'vitest'
import { z } from 'zod'
import { area, areaLine } from '../../src/areas/area.ts'
import type { Organisation } from '../../src/organisations/organisation.ts'
import { patentLine } from '../../src/patents/patent.ts'
import { relatedItem } from '../../src/patents/related/related-item.ts'
import { declarationOf, enrolled } from '../support/opening.ts'
import { type Caller, openRegistry, type Registry } from '../support/registry.ts'

const page = z.object({ items: z.array(patentLine), next: z.string().nullable() })

/** A word that no other test has, as all share one registry where it runs in another process. */
function newWord(): string {
  return `zq${crypto.randomUUID().slice(0, 8)}`
}

async function openedArea(registry: Registry, rules: unknown[], more: Record<string, unknown> = {}) {
  const slug = newWord()
  const input = {
    slug,
    title: { ja: '全固体電池', en: 'Solid-state batteries' },
    summary: { ja: '固体電解質。', en: 'Solid electrolytes.' },
    rules,
    ...more,
  }
  const made = (await registry.steward.post('/v1/areas', input)).as(area)
  expect([made.state, made.slug]).toEqual(['draft', slug])
  return slug
}

async function holder(registry: Registry): Promise<{ organisation: Organisation; officer: Caller }> {
  const organisation = await registry.organisation()
  return { organisation, officer: await registry.member(organisation.id) }
}

test('an area holds what its rules say and what was picked, but never what was kept out; open ones are counted', async () => {
  const registry = await openRegistry()
  const { organisation, officer } = await holder(registry)
  const [word, other] = [newWord(), newWord()]
  const titled = (en: string, ipc: string[]) =>
    enrolled(officer, [organisation], { title: { en }, classes: { ipc, cpc: [], fi: [] }, filedOn: '2016-04-01' })
  const both = await titled(`Cell with ${word}`, ['H01M10/0562'])
  const wordAlone = await titled(`Paint with ${word}`, ['C09D5/00'])
  const picked = await titled(`Glass ${other}`, ['C03C3/00'])
  const out = await titled(`Another cell with ${word}`, ['H01M10/0562'])
  await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [both.number]))
  const slug = await openedArea(registry, [{ ipc: ['H01M'], words: [word] }], {
    picked: [picked.number],
    leftOut: [out.number],
  })
  const shown = (await registry.steward.get(`/v1/areas/${slug}`)).as(area)
  expect([shown.patents, shown.open]).toEqual([2, 1])
  expect(shown.years).toEqual([{ year: 2016, patents: 2, open: 1 }])
  expect(shown.holders).toEqual([{ id: organisation.id, name: organisation.name, patents: 2, open: 1 }])
  const listed = (await registry.steward.get(`/v1/areas/${slug}/patents`)).as(page).items
  expect(listed.map(({ number }) => number).sort()).toEqual([both.number, picked.number].sort())
  expect(listed.find(({ number }) => number === both.number)?.open).toBe(true)
  const wider = { rules: [{ words: [word] }], picked: [], leftOut: [] }
  const changed = await registry.steward.patch(`/v1/areas/${slug}`, wider, { 'If-Match': '"v1"' })
  expect(changed.as(area).patents).toBe(3)
  expect(wordAlone.number).toBeTruthy()
})

test('whose right ends today holds it until tonight, in an area as everywhere', async () => {
  const registry = await openRegistry()
  const { organisation, officer } = await holder(registry)
  const { organisation: next } = await holder(registry)
  const word = newWord()
  const today = organisation.since.slice(0, 10)
  const shares = [{ organisation: organisation.id, until: today }, { organisation: next.id }]
  await enrolled(officer, [organisation], { title: { en: word }, holders: shares })
  const slug = await openedArea(registry, [{ words: [word] }])
  const { holders } = (await registry.steward.get(`/v1/areas/${slug}`)).as(area)
  expect(holders.map(({ id }) => id).sort()).toEqual([organisation.id, next.id].sort())
})

test('a draft is not found by others, and publishing it is an entry of the public log', async () => {
  const registry = await openRegistry()
  const { organisation, officer } = await holder(registry)
  const stranger = await holder(registry)
  const slug = await openedArea(registry, [{ words: [newWord()] }], { curator: organisation.id })
  for (const caller of [registry.anonymous, stranger.officer])
    expect((await caller.get(`/v1/areas/${slug}`)).status).toBe(404)
  expect((await officer.get(`/v1/areas/${slug}`)).as(area).curator?.id).toBe(organisation.id)
  expect((await stranger.officer.post(`/v1/areas/${slug}/publication`, {})).status).toBe(404)
  const published = (await officer.post(`/v1/areas/${slug}/publication`, {})).as(area)
  expect(published.state).toBe('published')
  const items = (await registry.anonymous.get('/v1/areas')).as(z.object({ items: z.array(areaLine) })).items
  expect(items.some((one) => one.slug === slug)).toBe(true)
  const log = await registry.anonymous.get(`/v1/log/entries?subject=${published.id}`)
  expect(log.text).toContain('"area_published"')
  expect((await officer.post(`/v1/areas/${slug}/publication`, {})).problem().code).toBe('already_decided')
  expect((await stranger.officer.patch(`/v1/areas/${slug}`, { picked: [] }, { 'If-Match': '"v2"' })).status).toBe(403)
})

test('a change on an older version is refused, and wrong input says where', async () => {
  const registry = await openRegistry()
  const slug = await openedArea(registry, [{ words: [newWord()] }])
  const stale = await registry.steward.patch(`/v1/areas/${slug}`, { picked: [] }, { 'If-Match': '"v7"' })
  expect(stale.problem().code).toBe('stale_version')
  const missing = await registry.steward.patch(`/v1/areas/${slug}`, { picked: ['JP9999999B2'] }, { 'If-Match': '"v1"' })
  expect(missing.problem().errors).toMatchObject([{ pointer: '/picked/0', code: 'not_enrolled' }])
  const empty = await registry.steward.patch(`/v1/areas/${slug}`, { rules: [{}] }, { 'If-Match': '"v1"' })
  expect(empty.status).toBe(422)
  const again = await registry.steward.post('/v1/areas', {
    slug,
    title: { ja: 'あ', en: 'a' },
    summary: { ja: 'あ', en: 'a' },
    rules: [],
  })
  expect(again.problem().code).toBe('already_registered')
})

test('words of a rule are words: quotes and operators of the index do nothing', async () => {
  const registry = await openRegistry()
  const slug = await openedArea(registry, [
    { words: ['" OR title : "a', 'NEAR(', '電池" AND'] },
    { ipc: ['H01M10/0562'] },
  ])
  expect((await registry.steward.get(`/v1/areas/${slug}`)).status).toBe(200)
})

test('a holder says what goes with its patent, once; others may not, and search finds the patent by it', async () => {
  const registry = await openRegistry()
  const { organisation, officer } = await holder(registry)
  const stranger = await holder(registry)
  const patent = await enrolled(officer, [organisation])
  const path = `/v1/patents/${patent.number}/related-items`
  const word = newWord()
  const paper = { kind: 'paper', title: { en: `On ${word}` }, doi: 'https://doi.org/10.1038/NMAT3066' }
  expect((await stranger.officer.post(path, paper)).problem().code).toBe('forbidden')
  const added = (await officer.post(path, paper)).as(relatedItem)
  expect(added).toMatchObject({ doi: '10.1038/nmat3066', address: 'https://doi.org/10.1038/nmat3066' })
  expect((await officer.post(path, { ...paper, doi: 'doi:10.1038/nmat3066' })).problem().code).toBe(
    'already_registered',
  )
  expect((await registry.anonymous.get(path)).text).toContain(word)
  expect((await registry.anonymous.get(`/v1/patents?q=${word}`)).text).toContain(patent.number)
  expect((await registry.anonymous.get(`/en/patents/${patent.number}`)).text).toContain(word)
  expect((await stranger.officer.delete(`${path}/${added.id}`)).status).toBe(403)
  expect((await officer.delete(`${path}/${added.id}`)).status).toBe(204)
  expect((await officer.delete(`${path}/${added.id}`)).status).toBe(404)
  expect((await registry.anonymous.get(`/v1/patents?q=${word}`)).text).not.toContain(patent.number)
})

test.each([
  [{ kind: 'paper', title: { en: 'x' } }, 'neither a DOI nor an address'],
  [{ kind: 'paper', title: { en: 'x' }, doi: '10.1/x y' }, 'a DOI that is none'],
  [{ kind: 'paper', title: { en: 'x' }, url: 'javascript:alert(1)' }, 'an address that is a script'],
  [{ kind: 'paper', title: {}, doi: '10.1038/x1' }, 'no title'],
  [{ kind: 'poem', title: { en: 'x' }, doi: '10.1038/x1' }, 'an unknown kind'],
] satisfies [Record<string, unknown>, string][])('refuses %j: %s', async (item: Record<string, unknown>, _: string) => {
  const registry = await openRegistry()
  const { organisation, officer } = await holder(registry)
  const patent = await enrolled(officer, [organisation])
  expect((await officer.post(`/v1/patents/${patent.number}/related-items`, item)).status).toBe(422)
})

test('who holds a patent in an area adds seeds to it in its own name, and takes off only its own', async () => {
  const registry = await openRegistry()
  const [inside, outside] = [await holder(registry), await holder(registry)]
  const word = newWord()
  await enrolled(inside.officer, [inside.organisation], { title: { en: `A ${word}` } })
  const slug = await openedArea(registry, [{ words: [word] }])
  await registry.steward.post(`/v1/areas/${slug}/publication`, {})
  const path = `/v1/areas/${slug}/related-items`
  const seed = { kind: 'seed', title: { ja: '新しい電解質' } }
  expect((await outside.officer.post(path, seed)).problem().code).toBe('forbidden')
  const own = (await inside.officer.post(path, seed)).as(relatedItem)
  expect(own.by?.id).toBe(inside.organisation.id)
  const paper = (await registry.steward.post(path, { kind: 'paper', title: { en: 'p' }, doi: '10.1038/abc' })).as(
    relatedItem,
  )
  expect(paper.by).toBeUndefined()
  expect((await inside.officer.delete(`${path}/${paper.id}`)).problem().code).toBe('forbidden')
  expect((await inside.officer.delete(`${path}/${own.id}`)).status).toBe(204)
  for (const lang of ['ja', 'en']) expect((await registry.anonymous.get(`/${lang}/areas/${slug}`)).status).toBe(200)
})
