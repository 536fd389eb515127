import { expect, test } from 'vitest'
import { z } from 'zod'
import { addressesPerFileMax, patentsPerFile } from '../../src/feeds/discovery/sitemap.ts'
import { nodeApp } from '../../src/node.ts'
import { type Commons, fillCommons } from '../support/commons.ts'
import { declare, grant, openHolders } from '../support/holders.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'
import { all, readXml } from '../support/xml.ts'

const url = 'https://registry.test'
const sitemapNamespace = 'http://www.sitemaps.org/schemas/sitemap/0.9'

async function site(): Promise<LocalRegistry & { commons: Commons }> {
  const registry = await openLocalRegistry()
  return { ...registry, commons: await fillCommons(registry) }
}

async function openArea({ steward }: Pick<LocalRegistry, 'steward'>, slug: string, curator?: string): Promise<void> {
  const text = { ja: '電池', en: 'Cells' }
  const rules = [{ words: ['zqzqzq'] }]
  const input = { slug, title: text, summary: text, rules, ...(curator === undefined ? {} : { curator }) }
  expect((await steward.post('/v1/areas', input)).status).toBe(201)
}

/** `rel` → targets of the `Link` headers. */
function linksOf(headers: Headers): Map<string, string[]> {
  const links = new Map<string, string[]>()
  for (const [, href = '', rel = ''] of (headers.get('Link') ?? '').matchAll(/<([^>]+)>; rel="([^"]+)"/g))
    links.set(rel, [...(links.get(rel) ?? []), href])
  return links
}

function dataOf(html: string): unknown {
  const [, text = ''] = /<script type="application\/ld\+json">([^<]*)<\/script>/.exec(html) ?? []
  return JSON.parse(text)
}

test('every address of the sitemap is a page, in each language with the others beside it', async () => {
  const { anonymous, commons, ...registry } = await site()
  const curator = await registry.organisation()
  await openArea(registry, 'planned')
  await openArea(registry, 'cells', curator.id)
  await registry.steward.post('/v1/areas/cells/publication', {})
  expect(2 * patentsPerFile).toBeLessThanOrEqual(addressesPerFileMax)
  const robots = await anonymous.get('/robots.txt')
  const [, address = ''] = /^Sitemap: (\S+)$/m.exec(robots.text) ?? []
  const index = readXml((await anonymous.get(new URL(address).pathname)).text)
  expect([index.name, index.uri]).toEqual(['sitemapindex', sitemapNamespace])
  const locations: string[] = []
  for (const { text } of all(index, 'loc')) {
    const file = await anonymous.get(new URL(text).pathname)
    const set = readXml(file.text)
    expect([set.name, set.uri]).toEqual(['urlset', sitemapNamespace])
    for (const one of all(set, 'url')) {
      const languages = all(one, 'xhtml:link').map(({ attributes }) => attributes.hreflang)
      expect(languages).toEqual(['ja', 'en', 'x-default'])
    }
    locations.push(...all(set, 'loc').map((one) => one.text))
  }
  for (const path of ['/areas/cells', `/organisations/${curator.id}`, '/fields/1', '/terms/choose'])
    expect(locations).toContain(`${url}/ja${path}`)
  expect(locations.some((location) => location.endsWith('/areas/planned'))).toBe(false)
  for (const number of Object.values(commons))
    for (const lang of ['ja', 'en']) expect(locations).toContain(`${url}/${lang}/patents/${number}`)
  expect(new Set(locations).size).toBe(locations.length)
  const missing: string[] = []
  for (const location of locations)
    if ((await anonymous.get(new URL(location).pathname)).status !== 200) missing.push(location)
  expect(missing).toEqual([])
  for (const none of ['/sitemaps/patents-2.xml', '/sitemaps/patents-0.xml', '/sitemaps/x.xml'])
    expect((await anonymous.get(none)).status, none).toBe(404)
})

test('the page of an area signposts what it is, and a draft is nothing to be found', async () => {
  const registry = await openLocalRegistry()
  const curator = await registry.organisation()
  await openArea(registry, 'cells', curator.id)
  const officer = await registry.member(curator.id)
  const item = { kind: 'paper', title: { en: '</script><b>' }, doi: '10.1038/nmat3066' }
  expect((await officer.post('/v1/areas/cells/related-items', item)).status).toBe(201)
  expect((await officer.get('/ja/areas/cells')).headers.get('Link')).toBeNull()
  await registry.steward.post('/v1/areas/cells/publication', {})
  const page = await registry.anonymous.get('/ja/areas/cells')
  const links = linksOf(page.headers)
  expect(links.get('cite-as')).toEqual([`${url}/areas/cells`])
  for (const href of [
    ...(links.get('describedby') ?? []),
    ...(links.get('item') ?? []),
    ...(links.get('cite-as') ?? []),
  ])
    expect((await registry.anonymous.get(href.slice(url.length))).status, href).toBe(200)
  expect(dataOf(page.text)).toMatchObject({
    '@type': 'Collection',
    '@id': `${url}/areas/cells`,
    collectionSize: 0,
    maintainer: { '@id': `${url}/v1/organisations/${curator.id}` },
    mentions: [{ '@type': 'ScholarlyArticle', '@id': 'https://doi.org/10.1038/nmat3066' }],
  })
})

test('robots are kept from desks and from nothing else', async () => {
  const { text } = await (await site()).anonymous.get('/robots.txt')
  const closed = [...text.matchAll(/^Disallow: (\S+)$/gm)].map(([, path]) => path)
  expect(closed).toContain('/ja/desk')
  expect(closed.every((path) => /^\/(?:(?:ja|en)\/)?(?:desk|me|sign-in|oauth\/)$/.test(path ?? ''))).toBe(true)
})

test('security.txt says whom the operator named and not for too long, and is not there when nobody is', async () => {
  const { db, keys, clock, anonymous } = await openLocalRegistry()
  expect((await anonymous.get('/.well-known/security.txt')).status).toBe(404)
  const app = nodeApp(db, keys, url, () => clock.now, [], 'mailto:security@registry.test')
  const answer = await app.request(`${url}/.well-known/security.txt`)
  expect(answer.headers.get('Content-Type')).toBe('text/plain; charset=utf-8')
  const lines = (await answer.text()).trim().split('\n')
  expect(lines).toContain('Contact: mailto:security@registry.test')
  expect(lines).toContain(`Canonical: ${url}/.well-known/security.txt`)
  const expires = new Date(lines.find((line) => line.startsWith('Expires: '))?.slice(9) ?? '')
  const days = (expires.getTime() - clock.now.getTime()) / 86_400_000
  expect(days).toBeGreaterThan(30)
  expect(days).toBeLessThan(365)
})

test('the catalogue of interfaces (RFC 9727) names addresses of ours that answer', async () => {
  const { anonymous } = await site()
  const answer = await anonymous.get('/.well-known/api-catalog')
  expect(answer.headers.get('Content-Type')).toBe(
    'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"',
  )
  expect(linksOf(answer.headers).get('api-catalog')).toEqual([`${url}/.well-known/api-catalog`])
  const { linkset } = answer.as(z.object({ linkset: z.array(z.record(z.string(), z.unknown())) }))
  const hrefs = [...JSON.stringify(linkset).matchAll(/"href":"(https:\/\/registry\.test[^"]+)"/g)].map(
    ([, href = '']) => href,
  )
  expect(hrefs.length).toBeGreaterThan(4)
  for (const href of hrefs) expect((await anonymous.get(href.slice(url.length))).status, href).toBe(200)
})

test('the page of a patent signposts what it is, where it is described, and under which terms it is open', async () => {
  const { anonymous, commons } = await site()
  const page = await anonymous.get(`/en/patents/${commons.open}`)
  const links = linksOf(page.headers)
  expect(links.get('cite-as')).toEqual([`${url}/patents/${commons.open}`])
  expect(links.get('license')).toEqual([`${url}/terms/RPC-OPEN-1.0`])
  expect(links.get('author')).toBeUndefined()
  for (const href of [
    ...(links.get('describedby') ?? []),
    ...(links.get('linkset') ?? []),
    ...(links.get('license') ?? []),
  ])
    expect((await anonymous.get(href.slice(url.length))).status, href).toBe(200)
  expect(linksOf((await anonymous.get(`/en/patents/${commons.closed}`)).headers).get('license')).toBeUndefined()
  const set = await anonymous.get(`/v1/patents/${commons.open}/linkset`)
  expect(set.headers.get('Content-Type')).toBe('application/linkset+json')
  expect(set.as(z.looseObject({ linkset: z.array(z.unknown()) })).linkset[0]).toMatchObject({
    anchor: `${url}/patents/${commons.open}`,
    'cite-as': [{ href: `${url}/patents/${commons.open}` }],
    license: [{ href: `${url}/terms/RPC-OPEN-1.0` }],
  })
  expect((await anonymous.get('/v1/patents/JP-3333333-B2/linkset')).status).toBe(404)
})

test('pages say what they are about as schema.org data, which no text of a record can break out of', async () => {
  const registry = await openHolders()
  const { kyoto, anonymous } = registry
  const evil = '</script><script>alert(1)</script><!--'
  const made = await kyoto.officer.post('/v1/patents', {
    numbers: ['特許第5985120号'],
    title: { ja: evil, en: 'A "title"' },
    holders: [{ organisation: kyoto.organisation.id }],
    inventors: [{ name: '入会 花子', orcid: 'https://orcid.org/0000-0002-1825-0097' }],
    filedOn: '2015-12-25',
    status: { value: 'granted', source: 'J-PlatPat', seenOn: '2026-11-01' },
  })
  expect(made.status).toBe(201)
  const page = await anonymous.get('/ja/patents/JP-5985120')
  expect(dataOf(page.text)).toMatchObject({
    '@context': 'https://schema.org',
    '@id': `${url}/patents/JP-5985120`,
    creator: [{ '@id': 'https://orcid.org/0000-0002-1825-0097', name: '入会 花子' }],
    copyrightHolder: [{ name: kyoto.organisation.name.ja }],
    name: [
      { '@language': 'ja', '@value': evil },
      { '@language': 'en', '@value': 'A "title"' },
    ],
  })
  expect(page.text).not.toContain('<script>alert')
  expect(linksOf(page.headers).get('author')).toEqual(['https://orcid.org/0000-0002-1825-0097'])
  const terms = await anonymous.get('/en/terms/RPC-OPEN-1.0')
  expect(dataOf(terms.text)).toMatchObject({ '@type': 'DigitalDocument', '@id': `${url}/terms/RPC-OPEN-1.0` })
  expect(linksOf(terms.headers).get('cite-as')).toEqual([`${url}/terms/RPC-OPEN-1.0`])
})

test('a certificate signposts its facts and terms, and nobody', async () => {
  const registry = await openHolders()
  await declare(registry.kyoto.officer, [registry.own.number])
  const { number } = await grant(registry.osaka.officer, [registry.own.number])
  const page = await registry.anonymous.get(`/en/g/${number}`)
  const links = linksOf(page.headers)
  expect(links.get('cite-as')).toEqual([`${url}/g/${number}`])
  expect(links.get('license')).toEqual([`${url}/terms/RPC-ACADEMIC-1.0`])
  expect(links.has('author')).toBe(false)
})

test('a page that is shared shows its title, what it is about and its address', async () => {
  const { anonymous, commons } = await site()
  const { text } = await anonymous.get(`/en/patents/${commons.open}`)
  const told = new Map(
    [...text.matchAll(/<meta property="(og:[a-z_]+)" content="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  )
  expect(told.get('og:url')).toBe(`${url}/en/patents/${commons.open}`)
  expect(told.get('og:title')).toContain(commons.open)
  expect(told.get('og:description')).toContain('Iriai University')
  expect(told.get('og:type')).toBe('article')
  expect(told.has('og:image')).toBe(false)
})
