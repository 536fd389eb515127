import { expect, test } from 'vitest'
import { z } from 'zod'
import { change } from '../../src/feeds/changes/change.ts'
import { patent } from '../../src/patents/patent.ts'
import { declare } from '../support/holders.ts'
import { patentOf } from '../support/patents.ts'
import { openRegistry } from '../support/registry.ts'

const changePage = z.object({ items: z.array(change), next: z.string().nullable(), resume: z.string() })
const end = z.strictObject({ _end: z.literal(true), count: z.number(), more: z.boolean(), resume: z.string() })

test('what goes in is read once, in its order, by page, by line and as a feed', async () => {
  const registry = await openRegistry()
  const { anonymous } = registry
  const { resume } = await readAll(registry, undefined)
  const holder = await registry.organisation()
  const officer = await registry.member(holder.id)
  const numbers: string[] = []
  for (let i = 0; i < 5; i++) {
    const { number } = (await officer.post('/v1/patents', patentOf([holder]))).as(patent)
    numbers.push(number)
    await declare(officer, [number])
  }
  const { items } = await readAll(registry, resume)
  expect(items.length).toBeGreaterThan(10)
  const sequences = items.map(({ sequence }) => sequence)
  expect(sequences).toEqual([...sequences].sort((a, b) => a - b))
  expect(new Set(sequences).size).toBe(sequences.length)
  const enrolled = items.filter(({ kind }) => kind === 'patent_enrolled').map(({ subject }) => subject.number)
  expect(enrolled).toEqual(expect.arrayContaining(numbers))
  expect(items.filter(({ kind }) => kind === 'declared').length).toBeGreaterThanOrEqual(5)

  const text = (await anonymous.get(`/v1/changes?format=ndjson&cursor=${resume}`)).text
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  const last = end.parse(lines.pop())
  const streamed = lines.map((line) => change.parse(line)).slice(0, items.length)
  expect(streamed).toEqual(items)
  expect(last).toMatchObject({ count: lines.length, more: false })

  const feed = await anonymous.get('/v1/changes', { Accept: 'application/atom+xml', 'Accept-Language': 'en' })
  expect(feed.headers.get('Content-Type')).toBe('application/atom+xml; charset=utf-8')
  expect(feed.text).toContain('<title>Declaration made: ')
})

test('whoever has the tag of the last answer hears that nothing is new, until something is', async () => {
  const registry = await openRegistry()
  const first = await registry.anonymous.get('/v1/changes')
  const tag = first.headers.get('ETag') ?? ''
  expect(tag).toMatch(/^W\/"changes-\d+-0"$/)
  await registry.organisation()
  const later = await registry.anonymous.get('/v1/changes', { 'If-None-Match': tag })
  expect(later.status).toBe(200)
})

/** By pages of seven, to the end. */
async function readAll({ anonymous }: Awaited<ReturnType<typeof openRegistry>>, from: string | undefined) {
  const items: z.infer<typeof change>[] = []
  let cursor = from
  for (;;) {
    const query = cursor === undefined ? '' : `&cursor=${cursor}`
    const page = (await anonymous.get(`/v1/changes?limit=7${query}`)).as(changePage)
    items.push(...page.items)
    if (page.next === null) return { items, resume: page.resume }
    cursor = page.next
  }
}
