import { expect, test } from 'vitest'
import { verifyDump } from '../../src/feeds/dump/verify.ts'
import { patent } from '../../src/patents/patent.ts'
import { declare } from '../support/holders.ts'
import { patentOf } from '../support/patents.ts'
import { openRegistry, type Registry } from '../support/registry.ts'
import { all, readXml } from '../support/xml.ts'

/** A patent of its own, open to universities. */
async function openedBy(registry: Registry) {
  const holder = await registry.organisation()
  const officer = await registry.member(holder.id)
  const { id, number } = (await officer.post('/v1/patents', patentOf([holder]))).as(patent)
  await declare(officer, [number])
  return { id, number, holder: holder.id }
}

async function* linesOf(text: string): AsyncGenerator<string> {
  yield* text.slice(0, -1).split('\n')
}

test('a dump taken over HTTP is sound by the key of the log, and holds what was just recorded', async () => {
  const registry = await openRegistry()
  const { number } = await openedBy(registry)
  const vkey = (await registry.anonymous.get('/log/key')).text.trim()
  const { text } = await registry.anonymous.get('/v1/dump')
  const report = await verifyDump(linesOf(text), vkey)
  // Others write meanwhile, where the registry is shared.
  if (!report.unsteady) expect(report.faults).toEqual([])
  expect(report).toMatchObject({ sound: true, log: { signedBy: 'key given' } })
  expect(text).toContain(`"number":"${number}"`)
})

test('harvesters find a patent by its set, and read it in either format', async () => {
  const registry = await openRegistry()
  const { id, holder } = await openedBy(registry)
  const ask = async (query: string) => readXml((await registry.anonymous.get(`/oai?${query}`)).text)
  const found = all(await ask(`verb=ListIdentifiers&metadataPrefix=oai_dc&set=holder:${holder}`), 'identifier')
  const [header] = found
  expect(found.map(({ text }) => text)).toEqual([`oai:registry.test:patent/${id}`])
  for (const prefix of ['oai_dc', 'jpcoar_2.0']) {
    const record = await ask(`verb=GetRecord&metadataPrefix=${prefix}&identifier=${header?.text ?? ''}`)
    expect(all(record, 'dc:title').length).toBeGreaterThan(0)
    expect(all(record, 'dc:rights').length).toBeGreaterThan(0)
  }
  expect(all(await ask('verb=ListSets'), 'set').length).toBeGreaterThan(35)
  expect(all(await ask('verb=Identify'), 'deletedRecord')[0]?.text).toBe('persistent')
})

test('the sitemap lists what was just enrolled', async () => {
  const registry = await openRegistry()
  const { number } = await openedBy(registry)
  const files = all(readXml((await registry.anonymous.get('/sitemap.xml')).text), 'loc').map(
    ({ text }) => new URL(text).pathname,
  )
  const texts = await Promise.all(files.map(async (file) => (await registry.anonymous.get(file)).text))
  expect(texts.join('')).toContain(`/en/patents/${number}<`)
})
