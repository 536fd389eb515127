import { expect, test } from 'vitest'
import { errorCodes } from '../../src/errors.ts'
import { sampleNotice } from '../../src/http/language.ts'
import { type Commons, fillCommons, markAsSample } from '../support/commons.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

/** What the design allows: a page, and the one style sheet. */
const pageBytesMax = 60 * 1024
const styleBytesMax = 20 * 1024

function places({ open, academic, closed }: Commons): string[] {
  return [
    '/',
    '/check',
    `/check?numbers=${open}&purpose=basic_research&mode=on&beneficiary=university`,
    `/check?numbers=${open}%0A${academic}%0A${closed}%0Anonsense`,
    '/check?numbers=JPH10-123456',
    '/patents',
    '/patents?q=zzz',
    '/organisations',
    '/organisations?q=zzz&state=named',
    `/patents/${open}`,
    '/patents/JPH10-123456',
    '/patents/JP-3333333-B2',
    '/terms',
    '/terms/RPC-OPEN-1.0',
    '/docs',
    '/docs/check',
    '/docs/grants',
    '/problems',
    ...errorCodes.map((code) => `/problems/${code}`),
    '/nothing-here',
  ]
}

async function site(): Promise<{ registry: LocalRegistry; paths: string[] }> {
  const registry = await openLocalRegistry()
  return { registry, paths: places(await fillCommons(registry)) }
}

test('every page names its language and the other one, and asks nothing of another host', async () => {
  const { registry, paths } = await site()
  for (const lang of ['ja', 'en'] as const)
    for (const path of paths) {
      const { text, headers, status } = await registry.anonymous.get(`/${lang}${path}`)
      const place = `${lang}${path} ${status}`
      expect(headers.get('Content-Type'), place).toBe('text/html; charset=UTF-8')
      expect(headers.get('Content-Language'), place).toBe(lang)
      expect(headers.get('Content-Security-Policy'), place).toContain("default-src 'none'")
      expect(text, place).toMatch(new RegExp(`^<!doctype html>\\s*<html lang="${lang}">`))
      for (const hreflang of ['ja', 'en', 'x-default']) expect(text, place).toContain(`hreflang="${hreflang}"`)
      expect(withoutOwnScripts(text), place).not.toMatch(/<script|<iframe|style="|javascript:/i)
      const hosts = [...text.matchAll(/(?:href|src|action)="(https?:)?\/\/([^/"]{1,200})/g)].map(([, , host]) => host)
      expect(
        [...new Set(hosts)].filter((host) => host !== 'registry.test'),
        place,
      ).toEqual([])
      expect(new TextEncoder().encode(text).length, place).toBeLessThan(pageBytesMax)
      expect((text.match(/<h1[ >]/g) ?? []).length, place).toBe(1)
      expect(text, place).not.toContain(sampleNotice[lang])
    }
})

test('while the registry holds the sample, every page says so in both languages', async () => {
  const { registry, paths } = await site()
  await markAsSample(registry)
  for (const lang of ['ja', 'en'])
    for (const path of paths) {
      const { text } = await registry.anonymous.get(`/${lang}${path}`)
      expect(text, path).toContain(sampleNotice.ja)
      expect(text, path).toContain(sampleNotice.en)
    }
})

test('without a language in the address the reader chooses it, and caches are told', async () => {
  const { registry, paths } = await site()
  for (const path of paths.filter((one) => one !== '/nothing-here')) {
    const english = await registry.anonymous.get(path, { 'Accept-Language': 'en-GB,en;q=0.8' })
    expect([english.headers.get('Content-Language'), english.headers.get('Vary')], path).toEqual([
      'en',
      'Accept-Language, Cookie',
    ])
    const japanese = await registry.anonymous.get(path)
    expect(japanese.headers.get('Content-Language'), path).toBe('ja')
  }
})

/** Pages about numbers that are not in the registry, and one of nothing: 404 is their answer. */
const notEnrolled = /nothing-here|3333333|H10123456|12345698/

test('every link on the pages leads somewhere', async () => {
  const { registry, paths } = await site()
  const links = new Set<string>()
  for (const path of paths) {
    const { text } = await registry.anonymous.get(`/ja${path}`)
    for (const [, href] of text.matchAll(/<a [^>]{0,200}?href="(\/[^"#]{0,2000})/g))
      if (href) links.add(href.replaceAll('&amp;', '&'))
  }
  const dead: string[] = []
  for (const link of links) {
    const { status } = await registry.anonymous.get(link)
    if (status >= 400 && !notEnrolled.test(link)) dead.push(`${status} ${link}`)
  }
  expect(links.size).toBeGreaterThan(60)
  expect(dead).toEqual([])
})

test('the style sheet is small, may be kept for ever, and is the only thing that a page fetches', async () => {
  const { anonymous } = await openLocalRegistry()
  const { text } = await anonymous.get('/ja/')
  const fetched = [
    ...text.matchAll(/<(?:link rel="stylesheet"|img|script|source|video)[^>]{0,300}?(?:href|src)="([^"]{1,300})"/g),
  ]
  expect(fetched.map(([, address]) => address?.replace(/\?.*/, ''))).toEqual(['/assets/site.css'])
  const style = await anonymous.get(fetched[0]?.[1] ?? '')
  expect(style.headers.get('Content-Type')).toContain('text/css')
  expect(style.headers.get('Cache-Control')).toContain('immutable')
  expect(new TextEncoder().encode(style.text).length).toBeLessThan(styleBytesMax)
  expect(style.text).not.toMatch(/url\("?https?:|@import/)
})

/** What the site itself puts on pages: linked data, which no browser runs, and what suggests words while one types. */
function withoutOwnScripts(text: string): string {
  return text
    .replaceAll(/<script type="application\/ld\+json">[^<]*<\/script>/g, '')
    .replaceAll('<script type="module" src="/assets/suggest.js"></script>', '')
}

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onfocus='alert(1)",
  '\u202egnp.exe',
  '\u0000\u0007',
  '{title} {{title}} %s',
  '特許第'.repeat(200),
]

test.each(hostile)('what a reader sends comes back as text only: %s', async (sent) => {
  const { anonymous } = await openLocalRegistry()
  const encoded = encodeURIComponent(sent)
  for (const path of [
    `/check?numbers=${encoded}`,
    `/check?numbers=JP-1&on=${encoded}`,
    `/patents?q=${encoded}`,
    `/patents/${encoded}`,
    `/problems/${encoded}`,
    `/docs/${encoded}`,
    `/${encoded}`,
  ]) {
    const { text, status } = await anonymous.get(`/ja${path}`)
    expect(status, path).toBeLessThan(500)
    expect(withoutOwnScripts(text), path).not.toMatch(/<script|<img|<[a-z]+ [^>]*onfocus='/i)
  }
})

test('ten thousand characters and more are refused or read, never a fault', async () => {
  const { anonymous } = await openLocalRegistry()
  const long = 'あ'.repeat(10_000)
  const posted = await anonymous.send('POST', '/ja/check', {
    body: new URLSearchParams({ numbers: long }).toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  })
  expect(posted.status).toBe(200)
  expect((await anonymous.get(`/ja/patents/${'1'.repeat(7000)}`)).status).toBe(400)
  expect((await anonymous.get(`/ja/check?numbers=${encodeURIComponent(long)}`)).status).toBe(413)
})
