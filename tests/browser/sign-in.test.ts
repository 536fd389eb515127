import { type ServerType, serve } from '@hono/node-server'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { App } from '../../src/app.ts'
import { nodeApp, registryContext } from '../../src/node.ts'
import { invite } from '../../src/people/members/invite.ts'
import { startIdentityProvider } from '../../src/sample/identity-provider.ts'
import { sampleProviders } from '../../src/sample/people.ts'
import { launchBrowser } from '../support/browser.ts'
import { axeFaults, tooWide, withAxe } from '../support/inspect.ts'
import { openLocalRegistry } from '../support/registry.ts'

let browser: Browser
beforeAll(async () => {
  const launched = await launchBrowser()
  if (!launched) throw new Error('there is no browser; set CHROME_PATH')
  browser = launched
}, 60_000)
afterAll(() => browser?.close())

/** The trial as `npm start` serves it: plain http on loopback, with the sample's identity provider. */
async function openTrial() {
  const registry = await openLocalRegistry()
  const kyoto = await registry.organisation({ name: { ja: '京都大学', en: 'Kyoto University' } })
  let app: App | undefined
  const server = await new Promise<ServerType>((ready) => {
    const fetch = (request: Request) => app?.fetch(request) ?? new Response(null, { status: 503 })
    const made: ServerType = serve({ fetch, port: 0, hostname: '127.0.0.1' }, () => ready(made))
  })
  const { port } = z.object({ port: z.number() }).parse(server.address())
  const url = `http://127.0.0.1:${port}`
  const sample = sampleProviders(url, () => 'a secret of the client')
  const { issuer, close } = await startIdentityProvider(0, sample.clients)
  onTestFinished(() => close())
  onTestFinished(() => new Promise<void>((closed) => void server.close(() => closed())))
  registry.clock.now = new Date()
  app = nodeApp(registry.db, registry.keys, url, () => registry.clock.now, sample.providers(issuer))
  const made = await invite(registryContext(registry.db, registry.keys, url, registry.clock.now), kyoto.id, {
    role: 'officer',
  })
  return { url, invitation: `${url}/ja${new URL(made.url).pathname}` }
}

async function openPage(width = 1200): Promise<Page> {
  const context = await withAxe(await browser.newContext({ viewport: { width, height: 800 }, locale: 'ja-JP' }))
  onTestFinished(() => context.close())
  return context.newPage()
}

/** Nothing is cut off, and axe finds nothing. */
async function inspected(page: Page): Promise<void> {
  expect([...(await tooWide(page)), ...(await axeFaults(page))], page.url()).toEqual([])
}

test('a person signs in, sees the own page and the sessions, and signs out, by keyboard alone', async () => {
  const { url } = await openTrial()
  const page = await openPage()
  const faults: string[] = []
  page.on('console', (message) => void (message.type() === 'error' && faults.push(message.text())))
  await page.goto(`${url}/ja/`)
  await page.getByRole('banner').getByRole('link', { name: 'サインイン' }).press('Enter')
  await page.getByRole('button', { name: 'ORCID（見本）でサインイン' }).press('Enter')
  await page.getByRole('button', { name: '見本 一郎' }).press('Enter')
  await page.waitForURL(`${url}/ja/me`)
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('見本 一郎')
  await page.getByRole('link', { name: 'サインイン中のブラウザーを見る' }).press('Enter')
  expect(await page.getByRole('rowheader').textContent()).toContain('Chrome, Linux (このブラウザー)')
  await page.goto(`${url}/en/me`)
  await page.getByRole('button', { name: 'Sign out' }).press('Enter')
  await page.waitForURL(`${url}/en/`)
  expect(await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).isVisible()).toBe(true)
  expect(faults).toEqual([])
})

test('an invited officer signs in on the way, accepts, and acts for the organisation', async () => {
  const { url, invitation } = await openTrial()
  const page = await openPage(360)
  await page.goto(invitation)
  await inspected(page)
  await page.getByRole('button', { name: 'ORCID（見本）でサインイン' }).click()
  await page.getByRole('button', { name: '見本 京子' }).click()
  await page.waitForURL(invitation)
  await inspected(page)
  await page.getByRole('button', { name: '招待を受ける' }).click()
  await page.waitForURL(`${url}/ja/me`)
  expect(await page.getByLabel('だれとして行うか').locator('option:checked').textContent()).toBe('京都大学 (担当者)')
  await page.goto(invitation)
  expect(await page.locator('.fault').textContent()).toContain('使えません')
})

test('pages of a person are accessible and fit a phone, in light and in dark', async () => {
  const { url } = await openTrial()
  const page = await openPage(360)
  for (const lang of ['ja', 'en']) {
    await page.goto(`${url}/${lang}/sign-in`)
    await inspected(page)
  }
  await page.getByRole('button', { name: /ORCID/ }).click()
  await page.getByRole('button', { name: '見本 阪子' }).click()
  await page.waitForURL(`${url}/en/me`)
  for (const path of ['/ja/me', '/en/me', '/ja/me/sessions', '/en/me/sessions', '/ja/sign-in']) {
    await page.goto(url + path)
    await inspected(page)
  }
})
