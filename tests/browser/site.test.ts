import { readFileSync } from 'node:fs'
import { type ServerType, serve } from '@hono/node-server'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { App } from '../../src/app.ts'
import { area } from '../../src/areas/area.ts'
import { nodeApp } from '../../src/node.ts'
import { patent } from '../../src/patents/patent.ts'
import { launchBrowser } from '../support/browser.ts'
import { type Commons, fillCommons, markAsSample } from '../support/commons.ts'
import { axeFaults, desktop, openDetails, picture, telephone, tooWideAnyhow, withAxe } from '../support/inspect.ts'
import { openLocalRegistry } from '../support/registry.ts'

const pageBytesMax = 60 * 1024
const slug = 'solid-state-batteries'

let browser: Browser
beforeAll(async () => {
  const launched = await launchBrowser()
  if (!launched) throw new Error('there is no browser; set CHROME_PATH')
  browser = launched
}, 60_000)
afterAll(() => browser?.close())

type Site = { url: string; commons: Commons; holder: string }

/** The real app on a port: a small commons with an area, as a trial shows it. */
async function openSite(): Promise<Site> {
  const registry = await openLocalRegistry()
  const commons = await fillCommons(registry)
  await markAsSample(registry)
  const input = {
    slug,
    title: { ja: '全固体電池', en: 'Solid-state batteries' },
    summary: { ja: '固体電解質と、それを用いる電池。', en: 'Solid electrolytes and the cells made with them.' },
    rules: [{ words: ['electrolyte'] }],
  }
  for (const [path, body] of [
    ['/v1/areas', input],
    [`/v1/areas/${slug}/publication`, {}],
  ] as const)
    (await registry.steward.post(path, body)).as(area)
  const { holders } = (await registry.anonymous.get(`/v1/patents/${commons.waiting}`)).as(patent)
  let app: App | undefined
  const server = await new Promise<ServerType>((ready) => {
    const made: ServerType = serve(
      {
        fetch: (request) => app?.fetch(request) ?? new Response(null, { status: 503 }),
        port: 0,
        hostname: '127.0.0.1',
      },
      () => ready(made),
    )
  })
  onTestFinished(() => new Promise<void>((closed) => void server.close(() => closed())))
  const { port } = z.object({ port: z.number() }).parse(server.address())
  const url = `http://127.0.0.1:${port}`
  app = nodeApp(registry.db, registry.keys, url, () => registry.clock.now)
  return { url, commons, holder: holders[0]?.organisation.id ?? '' }
}

/** Every kind of page that a visitor sees, by a name for its picture. */
function places({ commons, holder }: Site): readonly (readonly [string, string])[] {
  const use = 'purpose=basic_research&mode=with&beneficiary=university'
  const list = Object.values(commons).concat('not a number', '特許第3333333号').join('\n')
  const long = Array.from({ length: 30 }, (_, i) => `JP-${3_000_001 + i}-B2`)
    .concat(commons.open)
    .join('\n')
  return [
    ['site-home', '/'],
    ['site-check', `/check?numbers=${encodeURIComponent(list)}&${use}`],
    ['site-check-long', `/check?numbers=${encodeURIComponent(long)}&${use}`],
    ['site-patent', `/patents/${commons.open}`],
    ['site-patent-closed', `/patents/${commons.closed}`],
    ['site-patent-waiting', `/patents/${commons.waiting}`],
    ['site-patents', '/patents?q=electrolyte'],
    ['site-map', '/map'],
    ['site-fields', '/fields'],
    ['site-field', '/fields/1'],
    ['site-areas', '/areas'],
    ['site-area', `/areas/${slug}`],
    ['site-organisations', '/organisations'],
    ['site-organisations-none', '/organisations?q=zzz'],
    ['site-organisation', `/organisations/${holder}`],
    ['site-contribution', `/organisations/${holder}/contribution`],
    ['site-terms', '/terms'],
    ['site-terms-one', '/terms/RPC-OPEN-1.0'],
    ['site-chooser', '/terms/choose?companies=yes'],
    ['site-participation', '/participation'],
    ['site-join', '/join'],
    ['site-verify', '/verify'],
    ['site-log', '/log'],
    ['site-docs', '/docs'],
    ['site-about', '/about'],
    ['site-privacy', '/privacy'],
    ['site-accessibility', '/accessibility'],
  ]
}

async function openPage(options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options)
  onTestFinished(() => context.close())
  return context.newPage()
}

test.each(['ja', 'en'])(
  'axe finds no fault on any page in light and dark, none is over 60 kB, nothing is asked of another host: %s',
  { timeout: 240_000 },
  async (lang) => {
    const site = await openSite()
    const page = await openPage({ viewport: desktop, bypassCSP: true })
    await withAxe(page.context())
    // Under the policy of the pages a request to another host would be stopped before it is seen.
    const elsewhere = new Set<string>()
    page.on('request', (request) => {
      const { origin } = new URL(request.url())
      if (origin !== site.url && origin !== 'null') elsewhere.add(request.url())
    })
    const faults: string[] = []
    for (const [name, path] of places(site)) {
      const answer = await page.goto(`${site.url}/${lang}${path}`)
      const bytes = (await answer?.body())?.length ?? 0
      if (answer?.status() !== 200 || bytes > pageBytesMax) faults.push(`${lang}${path}: ${answer?.status()}, ${bytes}`)
      await openDetails(page)
      for (const viewport of [desktop, telephone]) {
        await page.setViewportSize(viewport)
        await picture(page, `${name}.${lang}.${viewport.width}`)
        faults.push(...(await axeFaults(page)).map((fault) => `${lang}${path} ${viewport.width} ${fault}`))
      }
      await page.setViewportSize(desktop)
    }
    expect(faults).toEqual([])
    expect([...elsewhere]).toEqual([])
  },
)

test('no page scrolls sideways: on a telephone of 360 px, with text of twice the size, or both', {
  timeout: 240_000,
}, async () => {
  const site = await openSite()
  const page = await openPage({ viewport: telephone, bypassCSP: true })
  const wide: string[] = []
  for (const lang of ['ja', 'en'])
    for (const [name, path] of places(site)) {
      await page.goto(`${site.url}/${lang}${path}`)
      await openDetails(page)
      wide.push(...(await tooWideAnyhow(page, `${name}.${lang}`)))
    }
  expect(wide).toEqual([])
})

test('on a telephone the pages open from one button, without script, and the header is one line', async () => {
  const { url } = await openSite()
  const page = await openPage({ viewport: telephone, javaScriptEnabled: false })
  await page.goto(`${url}/ja/`)
  const header = await page.locator('header.site').boundingBox()
  expect(header?.height).toBeLessThan(80)
  const map = page.getByRole('navigation', { name: '主なページ' }).getByRole('link', { name: '特許マップ' })
  expect(await map.isVisible()).toBe(false)
  await page.getByRole('button', { name: 'メニュー' }).click()
  await picture(page, 'site-menu.ja')
  await map.click()
  await page.waitForURL(/\/ja\/map$/)
  expect(await page.getByRole('button', { name: 'メニュー' }).isVisible()).toBe(true)
})

test('each visitor finds the own door on the first screen of the front page', async () => {
  const { url } = await openSite()
  const page = await openPage({ viewport: { width: 1280, height: 900 } })
  await page.goto(`${url}/ja/`)
  for (const door of ['番号を照会する', '機関として参加する', '特許マップを見る', '許諾証を検証する']) {
    const box = await page.getByRole('main').getByRole('link', { name: door }).boundingBox()
    expect((box?.y ?? 9999) + (box?.height ?? 0), door).toBeLessThan(900)
  }
})

test('without script, from the front page: is it usable, which are open, whom to ask', async () => {
  const { url, commons } = await openSite()
  const page = await openPage({ javaScriptEnabled: false })
  await page.goto(`${url}/ja/`)
  // Is this number usable to test a hypothesis?
  await page.getByLabel('特許番号').fill('特許第5985120号')
  await page.getByRole('button', { name: '照会する' }).click()
  await page.waitForURL(/\/ja\/check\?numbers=/)
  expect(await page.locator('article .mark').textContent()).toBe('使えます')
  // The open ones on electrolytes filed since 2015, as a file.
  await page.getByRole('link', { name: 'Iriai' }).click()
  await page.getByRole('link', { name: '開放中の特許を探す' }).click()
  await page.getByLabel('言葉、または番号').fill('電解質')
  await page.getByRole('button', { name: '探す' }).click()
  await page.getByRole('link', { name: commons.open }).waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /CSV/ }).first().click(),
  ])
  expect(readFileSync(await download.path(), 'utf8')).toContain(commons.open)
  // Whom to ask about one that is not open?
  await page.goto(`${url}/ja/patents/${commons.closed}`)
  const asked = page.locator('#who + p + ul')
  expect(await asked.textContent()).toContain('入会電池株式会社')
  await asked.getByRole('link', { name: '入会電池株式会社' }).click()
  expect(await page.locator('h1').textContent()).toBe('入会電池株式会社')
})

test('a long list is read in parts and taken along whole, without script', async () => {
  const { url, commons } = await openSite()
  const page = await openPage({ javaScriptEnabled: false })
  await page.goto(`${url}/en/check`)
  const numbers = [commons.open, ...Array.from({ length: 120 }, (_, i) => `JP-${3_000_001 + i}-B2`)]
  await page.getByLabel('Patent numbers').fill(numbers.join('\n'))
  await page.getByRole('button', { name: 'Check' }).click()
  await page.getByText('1 to 50 of 121').waitFor()
  await page.getByRole('button', { name: 'Next 50' }).click()
  await page.getByText('51 to 100 of 121').waitFor()
  await page.getByRole('button', { name: 'Next 21' }).click()
  await page.getByText('101 to 121 of 121').waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /CSV/ }).click(),
  ])
  const rows = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n')
  expect(rows.length).toBe(122)
  expect(rows[1]).toContain(commons.open)
})
