import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { commit, entryTypes } from '../../src/log/commit.ts'
import { entryWords } from '../../src/log/words.ts'
import { declare, openHolders } from '../support/holders.ts'
import { registryItself } from '../support/log.ts'
import { openLocalRegistry } from '../support/registry.ts'

test('each kind of entry has its words in both languages', () => {
  for (const type of entryTypes) expect([entryWords[type].ja, entryWords[type].en].every(Boolean)).toBe(true)
})

test('the log is read page by page, newest first, and by kind', async () => {
  const registry = await openHolders()
  await declare(registry.kyoto.officer, [registry.own.number])
  const page = await registry.anonymous.get('/en/log')
  expect(page.status).toBe(200)
  expect(page.text).toContain('Declaration in force')
  const some = await registry.anonymous.get('/ja/log?type=declared')
  expect(some.text).toContain('>開放宣言</td>')
  expect(some.text).not.toContain('機関の参加</td>')
  expect((await registry.anonymous.get('/ja/log?type=declared&cursor=rubbish')).status).toBeLessThan(500)
})

test('the command that the page of an entry prints recomputes the digest in its leaf', async () => {
  const registry = await openHolders()
  await declare(registry.kyoto.officer, [registry.own.number])
  const list = await registry.anonymous.get('/v1/log/entries?type=declared')
  const { items } = list.as(z.object({ items: z.array(z.object({ sequence: z.number(), leaf: z.string() })) }))
  const [entry] = items
  const { text } = await registry.anonymous.get(`/en/log/entries/${entry?.sequence}`)
  const [, command = ''] = /<pre tabindex="0">(printf[^<]*)<\/pre>/.exec(text) ?? []
  const plain = command.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
  const digest = execFileSync('sh', ['-c', plain], { encoding: 'utf8' }).slice(0, 64)
  expect(JSON.parse(entry?.leaf ?? '{}')).toMatchObject({ digest })
})

test('a record over a thousand patents is named on the page of its entry, and read by the API', async () => {
  const registry = await openLocalRegistry()
  const numbers = Array.from({ length: 1000 }, (_, i) => `JP-${5_000_000 + i}-B2`)
  const record = { termsId: 'RPC-OPEN-1.0', patents: { count: 1000, numbers } }
  await commit(registryItself(registry), {
    write: [],
    entries: [{ type: 'declared', subject: 'x', record }],
    answer: undefined,
  })
  const { text } = await registry.anonymous.get('/ja/log/entries/0')
  expect(text.length).toBeLessThan(60_000)
  const [, href = ''] = /<a href="(\/v1\/log\/entries\?[^"]+)"/.exec(text) ?? []
  const answer = await registry.anonymous.get(href.replaceAll('&amp;', '&'))
  expect(answer.text).toContain('JP-5000999-B2')
})

test('an entry about people shows that its record is withheld, and one that is not there is a page that says so', async () => {
  const registry = await openHolders()
  const list = await registry.anonymous.get('/v1/log/entries?type=organisation_applied')
  const { items } = list.as(z.object({ items: z.array(z.object({ sequence: z.number() })) }))
  const { text } = await registry.anonymous.get(`/en/log/entries/${items[0]?.sequence}`)
  expect(text).toContain('The record is not public')
  const { anonymous } = await openLocalRegistry()
  expect((await anonymous.get('/ja/log/entries/99999')).status).toBe(404)
})
