import { type ServerType, serve } from '@hono/node-server'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { App } from '../../src/app.ts'
import { nodeApp } from '../../src/node.ts'
import { launchBrowser } from '../support/browser.ts'
import { type Commons, fillCommons } from '../support/commons.ts'
import { axeFaults, desktop, picture, telephone, tooWide, withAxe } from '../support/inspect.ts'
import { openLocalRegistry } from '../support/registry.ts'

let browser: Browser
beforeAll(async () => {
  const launched = await launchBrowser()
  if (!launched) throw new Error('there is no browser; set CHROME_PATH')
  browser = launched
}, 60_000)
afterAll(() => browser?.close())

async function openSite(): Promise<{ url: string; commons: Commons }> {
  const registry = await openLocalRegistry()
  const commons = await fillCommons(registry)
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

test('the list of patents has no fault that axe finds and stays within its width: light and dark, 1200 and 360 px', {
  timeout: 120_000,
}, async () => {
  const { url } = await openSite()
  const context = await withAxe(await browser.newContext({ viewport: desktop }))
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const faults: string[] = []
  for (const lang of ['ja', 'en'])
    for (const [name, path] of [
      ['all', '/patents'],
      ['words', `/patents?q=${encodeURIComponent('硫化物 電解質')}`],
      ['filtered', '/patents?q=sulfide&open=true&status=granted&filed_from=2010-01-01'],
      ['none', '/patents?q=zzz'],
    ] as const) {
      await page.goto(`${url}/${lang}${path}`)
      for (const viewport of [desktop, telephone]) {
        await page.setViewportSize(viewport)
        await picture(page, `list-${name}.${lang}.${viewport.width}`)
        const found = [...(await axeFaults(page)), ...(await tooWide(page))]
        faults.push(...found.map((fault) => `${lang}${path} ${viewport.width} ${fault}`))
      }
      await page.setViewportSize(desktop)
    }
  expect(faults).toEqual([])
})

test('without script: words, then a value beside the results, then taking it away again', {
  timeout: 60_000,
}, async () => {
  const { url, commons } = await openSite()
  const context = await browser.newContext({ javaScriptEnabled: false })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const hosts = new Set<string>()
  page.on('request', (request) => hosts.add(new URL(request.url()).origin))
  await page.goto(`${url}/ja/patents`)
  await page.getByLabel('言葉、または番号').fill('ﾘﾁｳﾑ 固体電解質')
  await page.getByRole('button', { name: '探す' }).click()
  await page.getByRole('link', { name: commons.open }).waitFor()
  expect(await page.locator('mark').allTextContents()).toContain('固体電解質')
  await page.goto(`${url}/ja/patents`)
  const narrow = page.getByRole('navigation', { name: '内訳' })
  await narrow.getByRole('link', { name: /^開放中/ }).click()
  expect(new URL(page.url()).searchParams.get('open')).toBe('true')
  expect(await page.locator('table.rows tbody tr').count()).toBe(2)
  await page.getByRole('link', { name: '「開放中」を外す' }).click()
  expect(new URL(page.url()).searchParams.get('open')).toBeNull()
  await page.getByLabel('言葉、または番号').fill('特許第５９８５１２０号')
  await page.getByRole('button', { name: '探す' }).click()
  expect(await page.locator('table.rows tbody th').allTextContents()).toEqual([commons.open])
  expect([...hosts]).toEqual([url])
})

test('with script, words are suggested while one types', { timeout: 60_000 }, async () => {
  const { url } = await openSite()
  const context = await browser.newContext()
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(`${url}/ja/patents`)
  await page.getByLabel('言葉、または番号').pressSequentially('固体')
  await page.locator('#suggestions option').first().waitFor({ state: 'attached' })
  const values = await page
    .locator('#suggestions option')
    .evaluateAll((options) => options.map((option) => option.getAttribute('value')))
  expect(values.some((value) => value?.includes('固体電解質'))).toBe(true)
})
