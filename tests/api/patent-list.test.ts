import { expect, test } from 'vitest'
import { page } from '../../src/http/paging.ts'
import { type Patent, patentLine } from '../../src/patents/patent.ts'
import { declarationOf, enrolled, inParallel, newRor } from '../support/opening.ts'
import { patentOf } from '../support/patents.ts'
import { type Caller, openRegistry, type Registry } from '../support/registry.ts'

const patentPage = page(patentLine)

type Shelf = { id: string; officer: Caller }

/** An organisation of its own: its patents are told from all others by `holder`. */
async function shelf(registry: Registry, input: Record<string, unknown> = {}): Promise<Shelf> {
  const { id } = await registry.organisation(input)
  return { id, officer: await registry.member(id) }
}

async function list(registry: Registry, query: Record<string, string>) {
  return (await registry.anonymous.get(`/v1/patents?${new URLSearchParams(query)}`)).as(patentPage)
}

test('each filter finds what it says, alone and together', async () => {
  const registry = await openRegistry()
  const { id, officer } = await shelf(registry)
  const unique = crypto.randomUUID().slice(0, 8)
  const orcid = '0000-0002-1825-0097'
  const battery = await enrolled(officer, [{ id }], {
    title: { ja: `全固体電池${unique}`, en: `Solid Battery ${unique} 100%` },
    filedOn: '2015-12-25',
    inventors: [{ name: `入会 花子${unique}`, romanised: `Hanako IRIAI ${unique}`, orcid }],
    classes: { ipc: ['H01M10/0562'], cpc: [], fi: [] },
  })
  const antibody = await enrolled(officer, [{ id }], {
    numbers: [`US1${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}B2`],
    title: { en: `Antibody ${unique}` },
    filedOn: '2018-04-01',
    inventors: [{ name: 'John Doe' }],
    classes: { ipc: ['C07K16/28'], cpc: ['A61K2039/505'], fi: [] },
    status: { value: 'lapsed', on: '2025-04-01', source: 'USPTO', seenOn: '2026-11-01' },
  })
  const pending = await enrolled(officer, [{ id }], {
    title: { ja: `試料${unique}` },
    filedOn: '2024-02-29',
    grantedOn: undefined,
    classes: { ipc: [], cpc: [], fi: ['G06F3/06,301@A'] },
    status: { value: 'pending', source: 'J-PlatPat', seenOn: '2026-11-01' },
  })
  expect((await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [battery.number]))).status).toBe(201)
  const names = new Map([
    [battery.id, 'battery'],
    [antibody.id, 'antibody'],
    [pending.id, 'pending'],
  ])
  const found = async (query: Record<string, string>) =>
    (await list(registry, { holder: id, ...query })).items.map((one) => names.get(one.id))

  expect(await found({})).toEqual(['pending', 'antibody', 'battery'])
  expect(await found({ q: `固体電池${unique}` })).toEqual(['battery'])
  expect(await found({ q: `battery ${unique}` })).toEqual(['battery'])
  expect(await found({ q: unique })).toEqual(['pending', 'antibody', 'battery'])
  expect(await found({ q: `${unique} 100%` })).toEqual(['battery'])
  expect(await found({ q: `${unique} 1_0%` })).toEqual([])
  expect(await found({ q: antibody.number })).toEqual(['antibody'])
  expect(await found({ q: antibody.number.replaceAll('-', ' ') })).toEqual(['antibody'])
  expect(await found({ field: '1' })).toEqual(['battery'])
  expect(await found({ field: '6' })).toEqual(['pending'])
  expect(await found({ ipc: 'H01M' })).toEqual(['battery'])
  expect(await found({ ipc: 'H01M10/05' })).toEqual(['battery'])
  expect(await found({ ipc: 'A61K' })).toEqual(['antibody'])
  expect(await found({ ipc: 'G06F3/06,3' })).toEqual(['pending'])
  expect(await found({ ipc: 'H01L' })).toEqual([])
  expect(await found({ inventor: orcid })).toEqual(['battery'])
  expect(await found({ inventor: `https://orcid.org/${orcid}` })).toEqual(['battery'])
  expect(await found({ inventor: `入会 花子${unique}` })).toEqual(['battery'])
  expect(await found({ inventor: `Hanako IRIAI ${unique}` })).toEqual(['battery'])
  expect(await found({ inventor: 'John Doe' })).toEqual(['antibody'])
  expect(await found({ terms: 'RPC-OPEN-1.0' })).toEqual(['battery'])
  expect(await found({ terms: 'RPC-ACADEMIC-1.0' })).toEqual([])
  expect(await found({ open: 'true' })).toEqual(['battery'])
  expect(await found({ open: 'false' })).toEqual(['pending', 'antibody'])
  expect(await found({ status: 'granted' })).toEqual(['battery'])
  expect(await found({ status: 'lapsed' })).toEqual(['antibody'])
  expect(await found({ status: 'pending' })).toEqual(['pending'])
  expect(await found({ office: 'US' })).toEqual(['antibody'])
  expect(await found({ filed_from: '2018-04-01' })).toEqual(['pending', 'antibody'])
  expect(await found({ filed_to: '2018-04-01' })).toEqual(['antibody', 'battery'])
  expect(await found({ filed_from: '2018-04-02', filed_to: '2024-02-28' })).toEqual([])
  expect(await found({ field: '1', open: 'true', office: 'JP', status: 'granted', q: unique })).toEqual(['battery'])
  expect(await found({ field: '1', office: 'US' })).toEqual([])
  expect((await list(registry, { holder: newRor() })).items).toEqual([])
})

test('a line shows whether the patent is open, under which terms, and its status', async () => {
  const registry = await openRegistry()
  const { id, officer } = await shelf(registry)
  const made = await enrolled(officer, [{ id }])
  for (const terms of ['RPC-OPEN-1.0', 'RPC-INVENTOR-1.0'] as const)
    expect((await officer.post('/v1/declarations', declarationOf(terms, [made.number]))).status).toBe(201)
  const { items } = await list(registry, { holder: id })
  expect(items).toMatchObject([{ id: made.id, number: made.number, fields: [1], status: 'granted', open: true }])
  expect(new Set(items[0]?.terms)).toEqual(new Set(['RPC-OPEN-1.0', 'RPC-INVENTOR-1.0']))
})

test('a patent is found by the ROR id of a holder, and under each of its holders', async () => {
  const registry = await openRegistry()
  const ror = newRor()
  const holder = await registry.organisation({ ror })
  const other = await shelf(registry)
  const shared = await enrolled(other.officer, [other, holder])
  for (const spelling of [holder.id, ror, ror.slice(-9), other.id])
    expect((await list(registry, { holder: spelling })).items.map(({ id }) => id)).toEqual([shared.id])
})

test('a number that can mean several enrolled patents finds all of them', async () => {
  const registry = await openRegistry()
  const { id, officer } = await shelf(registry)
  const digits = String(100_000 + Math.floor(Math.random() * 900_000))
  const [application, publication] = await Promise.all([
    enrolled(officer, [{ id }], { numbers: [`特願2034-${digits}`] }),
    enrolled(officer, [{ id }], { numbers: [`特開2034-${digits}`] }),
  ])
  const found = (await list(registry, { holder: id, q: `JP2034${digits}` })).items.map((one) => one.id)
  expect(new Set(found)).toEqual(new Set([application.id, publication.id]))
})

test.each(['filed', 'registered'])('pages by %s date hold each patent once while others are added', async (sort) => {
  const registry = await openRegistry()
  const { id, officer } = await shelf(registry)
  const filedOn = (i: number) => `20${String(10 + (i % 7))}-01-01`
  const made = await inParallel(
    Array.from({ length: 23 }, (_, i) => i),
    8,
    (i) => enrolled(officer, [{ id }], { filedOn: filedOn(i), ...(i % 5 === 0 ? { filedOn: undefined } : {}) }),
  )
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { items, next } = await list(registry, { holder: id, sort, limit: '5', ...(cursor === '' ? {} : { cursor }) })
    seen.push(...items.map((one) => one.id))
    cursor = next
    // A newer one comes in before the next page is asked for.
    if (next !== null) await enrolled(officer, [{ id }], { filedOn: '2026-01-01' })
  }
  expect(new Set(seen).size).toBe(seen.length)
  expect(new Set(seen)).toEqual(new Set(made.map((one: Patent) => one.id)))
})

test('a page of more than 100, and a filter that is none, are refused at their place', async () => {
  const registry = await openRegistry()
  const wrong = [
    ['limit', '101'],
    ['limit', '0'],
    ['limit', 'ten'],
    ['field', '36'],
    ['open', 'yes'],
    ['status', 'dead'],
    ['filed_from', '2026-02-30'],
    ['sort', 'title'],
    ['cursor', '!'],
  ] as const
  for (const [name, value] of wrong) {
    const answer = await registry.anonymous.get(`/v1/patents?${new URLSearchParams({ [name]: value })}`)
    expect([answer.status, answer.problem().errors?.[0]?.pointer]).toEqual([400, `?${name}`])
  }
})

test('a page holds as many as asked for, and Link leads through the same question', async () => {
  const registry = await openRegistry()
  const { id, officer } = await shelf(registry)
  await inParallel([1, 2, 3], 3, () => officer.post('/v1/patents', patentOf([{ id }])))
  const answer = await registry.anonymous.get(`/v1/patents?holder=${id}&limit=2`)
  expect(answer.as(patentPage).items).toHaveLength(2)
  const link = /^<(.+)>; rel="next"$/.exec(answer.headers.get('Link') ?? '')?.[1] ?? ''
  const second = await registry.anonymous.get(link.slice(registry.url.length))
  expect(second.as(patentPage)).toMatchObject({ items: [{}], next: null })
  expect(second.headers.get('Link')).toBeNull()
})
