import { expect, test } from 'vitest'
import { area } from '../../src/areas/area.ts'
import { fillCommons } from '../support/commons.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

const pageBytesMax = 60 * 1024
/** Of pages that differ only in what they are asked, as many as show that they answer. */
const queriesPerPathMax = 6
/** Of one kind of page, `/problems/{code}`. */
const pagesPerKindMax = 40

type Page = { path: string; from: string; status: number; type: string; text: string }

/** Everything that can be reached from the front page without signing in, by links alone. */
async function crawl({ anonymous }: LocalRegistry, start: string): Promise<Page[]> {
  const found: Page[] = []
  const seen = new Set<string>()
  const perPath = new Map<string, number>()
  const perKind = new Map<string, number>()
  const waiting = [{ path: start, from: '' }]
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { path, from } = next
    const [bare = ''] = path.split('?')
    const kind = bare.split('/').slice(0, -1).join('/')
    const [ofPath, ofKind] = [perPath.get(bare) ?? 0, perKind.get(kind) ?? 0]
    if (seen.has(path) || ofPath >= queriesPerPathMax || (ofPath === 0 && ofKind >= pagesPerKindMax)) continue
    seen.add(path)
    perPath.set(bare, ofPath + 1)
    if (ofPath === 0) perKind.set(kind, ofKind + 1)
    const { status, headers, text } = await anonymous.get(path)
    const type = headers.get('Content-Type') ?? ''
    found.push({ path, from, status, type, text })
    if (!type.startsWith('text/html')) continue
    for (const [, href = ''] of text.matchAll(/<(?:a|link) [^>]{0,400}?href="(\/[^"#]{0,2000})/g))
      waiting.push({ path: href.replaceAll('&amp;', '&'), from: path })
  }
  return found
}

async function openSite(): Promise<LocalRegistry> {
  const registry = await openLocalRegistry()
  await fillCommons(registry)
  const slug = 'solid-state-batteries'
  const input = {
    slug,
    title: { ja: '全固体電池', en: 'Solid-state batteries' },
    summary: { ja: '固体電解質。', en: 'Solid electrolytes.' },
    rules: [{ words: ['electrolyte'] }],
  }
  for (const path of ['/v1/areas', `/v1/areas/${slug}/publication`])
    (await registry.steward.post(path, path === '/v1/areas' ? input : {})).as(area)
  return registry
}

test('every page is reached from the front page, and every link leads somewhere', { timeout: 180_000 }, async () => {
  const registry = await openSite()
  const found = await crawl(registry, '/ja/')
  // What cannot be known of a number that nobody enrolled is a page with the status 404.
  const dead = found.filter(({ status }) => status >= 400)
  expect.soft(dead.map(({ status, path, from }) => `${status} ${path} from ${from}`)).toEqual([])
  const paths = new Set(found.map(({ path }) => path.split('?')[0] ?? ''))
  // Nobody can sign in where no provider is set up.
  for (const lang of ['ja', 'en'])
    for (const page of [
      '/',
      '/check',
      '/patents',
      '/map',
      '/fields',
      '/fields/1',
      '/ipc/H01M',
      '/white-spots',
      '/thicket',
      '/areas',
      '/areas/solid-state-batteries',
      '/organisations',
      '/terms',
      '/terms/RPC-OPEN-1.0',
      '/terms/choose',
      '/verify',
      '/join',
      '/participation',
      '/sign-in',
      '/log',
      '/docs',
      '/problems',
      '/about',
      '/privacy',
      '/accessibility',
    ])
      if (page !== '/sign-in') expect.soft([...paths], lang + page).toContain(`/${lang}${page}`)
  const pages = found.filter(({ type, status }) => type.startsWith('text/html') && status === 200)
  expect(pages.length).toBeGreaterThan(150)
  expect.soft(faultsOf(pages)).toEqual([])
  expect.soft(sharedTitles(pages)).toEqual([])
})

function faultsOf(pages: readonly Page[]): string[] {
  return pages.flatMap(({ path, text }) => {
    const lang = path.startsWith('/en/') ? 'en' : 'ja'
    const promises = {
      'is within 60 kB': new TextEncoder().encode(text).length < pageBytesMax,
      'names its language': text.includes(`<html lang="${lang}">`),
      'has one h1': (text.match(/<h1[ >]/g) ?? []).length === 1,
      'has a title': /<title>[^<]{4,}<\/title>/.test(text),
      'has one address': (text.match(/<link rel="canonical"/g) ?? []).length === 1,
      'names the other language': ['ja', 'en', 'x-default'].every((one) => text.includes(`hreflang="${one}"`)),
      'has no image without words': !/<img (?![^>]*alt=)/.test(text),
      'loads nothing from elsewhere':
        !/<(?:script|img|link rel="stylesheet"|iframe|source)[^>]*(?:src|href)="https?:/.test(text),
    }
    return Object.entries(promises).flatMap(([promise, kept]) => (kept ? [] : [`${path}: ${promise}`]))
  })
}

/** Two addresses of one language with one title, unless they are one page asked in different ways. */
function sharedTitles(pages: readonly Page[]): string[] {
  const byTitle = new Map<string, Set<string>>()
  for (const { text } of pages) {
    const title = /<title>([^<]*)/.exec(text)?.[1] ?? ''
    const address = /<link rel="canonical" href="([^"?]*)/.exec(text)?.[1] ?? ''
    const key = `${title} (${/\/ja(?:\/|$)/.test(address) ? 'ja' : 'en'})`
    byTitle.set(key, (byTitle.get(key) ?? new Set()).add(address))
  }
  return [...byTitle]
    .filter(([, addresses]) => addresses.size > 1)
    .map(([title, all]) => `${title}: ${[...all].join(' ')}`)
}
