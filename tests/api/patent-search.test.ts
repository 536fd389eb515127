import { expect, test } from 'vitest'
import { z } from 'zod'
import { page } from '../../src/http/paging.ts'
import { facets } from '../../src/patents/facets.ts'
import { patentLine } from '../../src/patents/patent.ts'
import { declarationOf, enrolled, inParallel } from '../support/opening.ts'
import { openRegistry, type Registry } from '../support/registry.ts'

const listed = page(patentLine).extend({ facets: facets.exactOptional() })

async function list(registry: Registry, query: Record<string, string>) {
  return (await registry.anonymous.get(`/v1/patents?${new URLSearchParams(query)}`)).as(listed)
}

/** A word of letters that no other test has in a title. */
function ownWord(): string {
  return `zz${crypto.randomUUID().replaceAll('-', '').slice(0, 10)}`
}

test('words are found in any width, case and order, and stand marked in the title as it is written', async () => {
  const registry = await openRegistry()
  const { id } = await registry.organisation()
  const officer = await registry.member(id)
  const word = ownWord()
  const wide = [...word].map((letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)).join('')
  const made = await enrolled(officer, [{ id }], { title: { ja: `${wide}による全固体電池の製造` } })
  for (const q of [`${word} 電池`, `電池 ${word.toUpperCase()}`, `${wide}　全固体`]) {
    const { items } = await list(registry, { q, sort: 'relevance' })
    expect(
      items.map((one) => one.id),
      q,
    ).toEqual([made.id])
    const [from, to] = items[0]?.highlights?.ja?.[0] ?? []
    expect(made.title.ja?.slice(from, to)).toBe(wide)
  }
  expect((await list(registry, { q: `${word} 抗体` })).items).toEqual([])
})

test('pages of the best first hold each patent once, and facets count all of them', async () => {
  const registry = await openRegistry()
  const { id } = await registry.organisation()
  const officer = await registry.member(id)
  const word = ownWord()
  const made = await inParallel(
    Array.from({ length: 9 }, (_, i) => i),
    3,
    (i) =>
      enrolled(officer, [{ id }], { title: { en: `${word} ${'and more '.repeat(i)}` }, filedOn: `201${i % 3}-01-01` }),
  )
  const declared = await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [made[0]?.number ?? '']))
  expect(declared.status).toBe(201)
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { items, next } = await list(registry, {
      q: word,
      sort: 'relevance',
      limit: '4',
      ...(cursor === '' ? {} : { cursor }),
    })
    seen.push(...items.map((one) => one.id))
    cursor = next
  }
  expect(seen).toHaveLength(9)
  expect(new Set(seen)).toEqual(new Set(made.map((one) => one.id)))
  expect(seen[0]).toBe(made[0]?.id)
  const { facets: counted } = await list(registry, { q: word, facets: 'true' })
  expect(counted).toMatchObject({
    patents: 9,
    more: false,
    holder: [{ value: id, patents: 9 }],
    year: [
      { value: '2012', patents: 3 },
      { value: '2011', patents: 3 },
      { value: '2010', patents: 3 },
    ],
    terms: [{ value: 'RPC-OPEN-1.0', patents: 1 }],
    open: [
      { value: 'false', patents: 8 },
      { value: 'true', patents: 1 },
    ],
  })
})

test('a search is a feed and a spreadsheet as well', async () => {
  const registry = await openRegistry()
  const { id } = await registry.organisation()
  const officer = await registry.member(id)
  const word = ownWord()
  const made = await enrolled(officer, [{ id }], { title: { ja: `=${word}<電池>` } })
  const feed = await registry.anonymous.get(`/v1/patents?q=${word}`, { Accept: 'application/atom+xml' })
  expect(feed.headers.get('Content-Type')).toBe('application/atom+xml; charset=utf-8')
  expect(feed.text).toContain(`<id>urn:uuid:${made.id}</id>`)
  expect(feed.text).toContain(`=${word}&lt;電池&gt;`)
  const csv = await registry.anonymous.get(`/v1/patents?q=${word}&format=csv&lang=ja`)
  expect(csv.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
  expect(csv.text.split('\r\n')).toHaveLength(3)
  expect(csv.text).toContain(`"'=${word}<電池>"`)
  expect((await registry.anonymous.get('/v1/patents', { Accept: 'image/png' })).status).toBe(406)
})

test('suggests words of titles that go on from what is typed', async () => {
  const registry = await openRegistry()
  const { id } = await registry.organisation()
  const officer = await registry.member(id)
  const word = ownWord()
  await enrolled(officer, [{ id }], { title: { en: `Method of ${word}tail` } })
  const suggestions = z.object({ items: z.array(z.object({ text: z.string(), kind: z.string() })) })
  const { items } = (await registry.anonymous.get(`/v1/suggestions?q=${word}`)).as(suggestions)
  expect(items).toContainEqual({ text: `${word}tail`, kind: 'word' })
  expect((await registry.anonymous.get('/v1/suggestions?q=%22%2A')).as(suggestions).items).toEqual([])
  expect((await registry.anonymous.get('/v1/suggestions')).status).toBe(400)
})
