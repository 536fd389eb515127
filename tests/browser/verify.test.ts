import { mkdirSync, writeFileSync } from 'node:fs'
import { type ServerType, serve } from '@hono/node-server'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { App } from '../../src/app.ts'
import { nodeApp } from '../../src/node.ts'
import { launchBrowser } from '../support/browser.ts'
import { axeFaults, desktop, picture, telephone, tooWide, twiceTheText, withAxe } from '../support/inspect.ts'
import { granted, grantOf, numbersOf, opened } from '../support/opening.ts'
import { openLocalRegistry } from '../support/registry.ts'

const shots = 'node_modules/.cache/shots'

let browser: Browser
beforeAll(async () => {
  const launched = await launchBrowser()
  if (!launched) throw new Error('there is no browser; set CHROME_PATH')
  browser = launched
  mkdirSync(shots, { recursive: true })
}, 60_000)
afterAll(() => browser?.close())

/** The real app on a port, by the browser's clock, with grants over two and over forty patents. */
async function openSite() {
  let app: App | undefined
  const server = await new Promise<ServerType>((ready) => {
    const fetch = (request: Request) => app?.fetch(request) ?? new Response(null, { status: 503 })
    const made: ServerType = serve({ fetch, port: 0, hostname: '127.0.0.1' }, () => ready(made))
  })
  onTestFinished(() => new Promise<void>((closed) => void server.close(() => closed())))
  const { port } = z.object({ port: z.number() }).parse(server.address())
  const url = `http://127.0.0.1:${port}`
  const registry = await openLocalRegistry({ url })
  registry.clock.now = new Date()
  app = nodeApp(registry.db, registry.keys, url, () => new Date())
  const { patents } = await opened(registry, 'RPC-OPEN-1.0', { count: 40 })
  const client = await registry.member((await registry.organisation()).id)
  const issue = (count: number) => granted(client, grantOf(numbersOf(patents).slice(0, count), ['RPC-OPEN-1.0']))
  return { url, client, small: await issue(2), large: await issue(40) }
}

async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options)
  onTestFinished(() => context.close())
  return context.newPage()
}

async function verify(page: Page, token: string): Promise<string | null> {
  await page.locator('#answer').evaluate((answer) => answer.replaceChildren())
  await page.locator('#token').fill(token)
  await page.locator('form#verify button[type=submit]').click()
  return page.locator('#verdict').textContent()
}

const ready = (page: Page) => page.locator('#ready[data-state=ready]').waitFor()

test('a pasted grant is verified in the browser, and again without a connection', async () => {
  const { url, small } = await openSite()
  const page = await openPage()
  const asked: string[] = []
  page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`))
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  await page.goto(`${url}/ja/verify`)
  await ready(page)
  const loaded = asked.length
  expect(await verify(page, small.token)).toBe('有効')
  expect(await page.locator('.checks .mark.allowed').count()).toBe(7)
  expect(await page.locator('#answer').textContent()).toContain('入会 花子')
  await picture(page, 'verify-valid.ja')

  await page.context().setOffline(true)
  expect(await verify(page, small.token)).toBe('有効')
  const [header, payload = '', signature] = small.token.split('.')
  const claims = Buffer.from(payload, 'base64url').toString().replace('basic_research', 'commercial')
  const altered = Buffer.from(claims).toString('base64url')
  expect(await verify(page, `${header}.${altered}.${signature}`)).toBe('無効')
  expect(await page.locator('#answer').textContent()).toContain('署名が正しくありません')
  expect(await verify(page, 'RPC-ACADEMIC-1.0')).toBe('無効')
  await picture(page, 'verify-invalid.ja')
  expect(asked.slice(loaded)).toEqual([])
  expect(asked.filter((request) => request.startsWith('POST'))).toEqual([])
  expect(faults).toEqual([])
})

test('a list that has grown too old, or that could not be had, leaves it open', async () => {
  const { url, small } = await openSite()
  const page = await openPage()
  await page.clock.install()
  await page.goto(`${url}/en/verify`)
  await ready(page)
  expect(await verify(page, small.token)).toBe('Valid')
  await page.context().setOffline(true)
  await page.clock.fastForward('10:00')
  expect(await verify(page, small.token)).toBe('Cannot tell')
  expect(await page.locator('#answer').textContent()).toContain('too old')
  await picture(page, 'verify-stale.en')

  const other = await openPage()
  await other.route('**/v1/status-lists/*', (route) => route.abort())
  await other.goto(`${url}/en/verify`)
  await other.locator('#ready[data-state=partly]').waitFor()
  expect(await verify(other, small.token)).toBe('Cannot tell')
})

test('a revocation shows as soon as the page is opened', async () => {
  const { url, small, client } = await openSite()
  const revoked = await client.post(`/v1/grants/${small.id}/revocation`, { reason: 'issued_in_error' })
  expect(revoked.status).toBe(200)
  const page = await openPage()
  await page.goto(`${url}/en/verify`)
  await ready(page)
  expect(await verify(page, small.token)).toBe('Not valid')
})

test('a file is verified when it is chosen and when it is dropped', async () => {
  const { url, small } = await openSite()
  const file = `${shots}/grant.jwt`
  writeFileSync(file, `${small.token}\n`)
  const page = await openPage()
  await page.goto(`${url}/en/verify`)
  await ready(page)
  await page.locator('#file').setInputFiles(file)
  expect(await page.locator('#verdict').textContent()).toBe('Valid')
  await page.reload()
  await ready(page)
  await page.evaluate((token) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([token], 'grant.jwt'))
    document.querySelector('#verify')?.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }))
  }, small.token)
  expect(await page.locator('#verdict').textContent()).toBe('Valid')
})

test('the keyboard is enough, and the short URL of a certificate leads to its page', async () => {
  const { url, small } = await openSite()
  const page = await openPage()
  await page.goto(`${url}/en/verify`)
  await ready(page)
  await page.locator('#token').focus()
  await page.keyboard.insertText(small.token)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  expect(await page.locator('#verdict').textContent()).toBe('Valid')
  await page.locator('#token').fill(`${url}/g/${small.number}`)
  await page.locator('form#verify button[type=submit]').click()
  await page.waitForURL(`${url}/en/g/${small.number}`)
})

test('without script the form goes to the server', async () => {
  const { url, small } = await openSite()
  const page = await openPage({ javaScriptEnabled: false })
  await page.goto(`${url}/ja/verify`)
  await page.locator('#token').fill(small.token)
  await page.locator('form#verify button[type=submit]').click()
  expect(await page.locator('#verdict').textContent()).toBe('有効')
})

test('axe finds no fault in light and in dark', { timeout: 120_000 }, async () => {
  const { url, small, large } = await openSite()
  const page = await openPage({ viewport: desktop })
  await withAxe(page.context())
  const faults: string[] = []
  for (const lang of ['ja', 'en'])
    for (const [name, path] of placesOf(small.number, large.number)) {
      await page.goto(`${url}/${lang}${path}`)
      if (name === 'verify') {
        await ready(page)
        await verify(page, small.token)
      }
      await picture(page, `${name}.${lang}`)
      faults.push(...(await axeFaults(page)).map((fault) => `${lang}${path} ${fault}`))
    }
  expect(faults).toEqual([])
})

test('nothing scrolls sideways on a telephone, nor with text of twice the size', { timeout: 120_000 }, async () => {
  const { url, small, large } = await openSite()
  const page = await openPage({ viewport: telephone, bypassCSP: true })
  const wide: string[] = []
  for (const lang of ['ja', 'en'])
    for (const [name, path] of placesOf(small.number, large.number)) {
      await page.goto(`${url}/${lang}${path}`)
      if (name === 'verify') {
        await ready(page)
        await verify(page, small.token)
      }
      for (const css of ['html{font-size:100%}', twiceTheText]) {
        await page.addStyleTag({ content: css })
        await picture(page, `${name}.${lang}.360${css === twiceTheText ? '-twice' : ''}`)
        wide.push(...(await tooWide(page)).map((fault) => `${lang}${path} ${css} ${fault}`))
      }
    }
  expect(wide).toEqual([])
})

function placesOf(small: string, large: string): readonly (readonly [string, string])[] {
  return [
    ['verify', '/verify'],
    ['certificate', `/g/${small}`],
    ['certificate-long', `/g/${large}`],
  ]
}

test('a grant over few patents prints on one A4 page, a long one on that page and its annex', async () => {
  const { url, small, large } = await openSite()
  const page = await openPage()
  const pagesOf = async (lang: string, name: string, number: string) => {
    await page.goto(`${url}/${lang}/g/${number}`)
    await page.setViewportSize({ width: 673, height: 1017 }) // A4 within its margins
    await page.emulateMedia({ media: 'print' })
    await picture(page, `${name}.${lang}.print`)
    const pdf = await page.pdf({ preferCSSPageSize: true, path: `${shots}/${name}.${lang}.pdf` })
    return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length
  }
  for (const lang of ['ja', 'en']) {
    expect(await pagesOf(lang, 'certificate', small.number)).toBe(1)
    expect(await pagesOf(lang, 'certificate-long', large.number)).toBe(2)
  }
})
