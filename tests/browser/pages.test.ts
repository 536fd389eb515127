import { type ServerType, serve } from '@hono/node-server'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { App } from '../../src/app.ts'
import { nodeApp } from '../../src/node.ts'
import { launchBrowser } from '../support/browser.ts'
import { type Commons, fillCommons, markAsSample } from '../support/commons.ts'
import { axeFaults, desktop, picture, telephone, tooWideAnyhow, withAxe } from '../support/inspect.ts'
import { openLocalRegistry } from '../support/registry.ts'

let browser: Browser
beforeAll(async () => {
  const launched = await launchBrowser()
  if (!launched) throw new Error('there is no browser; set CHROME_PATH')
  browser = launched
}, 60_000)
afterAll(() => browser?.close())

/** The real app on a port, with a small commons in it. */
async function openSite(): Promise<{ url: string; commons: Commons }> {
  const registry = await openLocalRegistry()
  const commons = await fillCommons(registry)
  await markAsSample(registry)
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
  return { url, commons }
}

/** Every kind of page, by a name for its picture. */
function places(commons: Commons): readonly (readonly [string, string])[] {
  const use = 'purpose=basic_research&mode=with&beneficiary=university'
  const list = Object.values(commons).concat('not a number', '特許第3333333号', 'JPH10-123456').join('\n')
  return [
    ['home', '/'],
    ['check-empty', '/check'],
    ['check-one', `/check?numbers=${commons.open}&${use}`],
    ['check-list', `/check?numbers=${encodeURIComponent(list)}&${use}`],
    ['patents', '/patents'],
    ['patents-none', '/patents?q=zzz'],
    ['patent', `/patents/${commons.open}`],
    ['patent-missing', '/patents/JP-3333333-B2'],
    ['terms', '/terms'],
    ['terms-one', '/terms/RPC-OPEN-1.0'],
    ['docs', '/docs'],
    ['docs-tag', '/docs/check'],
    ['problems', '/problems'],
    ['problem', '/problems/invalid_input'],
    ['nothing', '/nothing'],
  ]
}

test('no page has a fault that axe finds, in light and in dark', { timeout: 120_000 }, async () => {
  const { url, commons } = await openSite()
  const context = await withAxe(await browser.newContext({ viewport: desktop }))
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const faults: string[] = []
  for (const lang of ['ja', 'en'])
    for (const [name, path] of places(commons)) {
      await page.goto(`${url}/${lang}${path}`)
      await picture(page, `${name}.${lang}`)
      faults.push(...(await axeFaults(page)).map((fault) => `${lang}${path} ${fault}`))
    }
  expect(faults).toEqual([])
})

test('no page scrolls sideways: on a telephone of 360 px, with text of twice the size, or both', {
  timeout: 120_000,
}, async () => {
  const { url, commons } = await openSite()
  const context = await browser.newContext({ viewport: telephone, bypassCSP: true })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const wide: string[] = []
  for (const lang of ['ja', 'en'])
    for (const [name, path] of places(commons)) {
      await page.goto(`${url}/${lang}${path}`)
      wide.push(...(await tooWideAnyhow(page, `${name}.${lang}`)))
    }
  expect(wide).toEqual([])
})

test('without script, a question from the home page leads to its verdict, and a long list too', async () => {
  const { url, commons } = await openSite()
  const context = await browser.newContext({ javaScriptEnabled: false })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const hosts = new Set<string>()
  page.on('request', (request) => hosts.add(new URL(request.url()).origin))
  await page.goto(`${url}/ja/`)
  await page.getByLabel('特許番号').fill('特許第5985120号')
  await page.getByRole('button', { name: '照会する' }).click()
  await page.waitForURL(/\/ja\/check\?numbers=/)
  expect(await page.locator('article .mark').textContent()).toBe('使えます')
  await page.goto(`${url}/en/check`)
  await page
    .getByLabel('Patent numbers')
    .fill([commons.open, ...Array.from({ length: 200 }, (_, i) => `JP-${3_000_001 + i}-B2`)].join('\n'))
  await page.getByRole('button', { name: 'Check' }).click()
  await page.locator('table.rows').waitFor()
  expect(await page.locator('tbody tr').count()).toBe(50)
  await page.getByText('1 to 50 of 201').waitFor()
  expect([...hosts].filter((host) => host !== url && host !== 'null')).toEqual([])
})

test('the keyboard reaches the content first, then the pages, then the question', async () => {
  const { url } = await openSite()
  const context = await browser.newContext()
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(`${url}/en/`)
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.id')).toBe('numbers')
})
