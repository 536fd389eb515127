import { createServer } from 'node:net'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { axeFaults, picture, telephone, tooWide, withAxe } from './inspect.ts'
import { type Server, startServer, temporaryFolder } from './server.ts'

/** `npm start` in a process of its own: the sample, its people, and an identity provider beside it. */
export async function openTrial(): Promise<{ url: string; server: Server }> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const server = await startServer({ PORT: String(port), REGISTRY_URL: url, DATA_DIR: temporaryFolder() }, 'trial')
  return { url, server }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = z.object({ port: z.number() }).parse(server.address())
      server.close(() => resolve(port))
    })
  })
}

/** A browser of its own, nobody signed in. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await withAxe(await browser.newContext({ locale: 'ja-JP', ...options }))
  onTestFinished(() => context.close())
  context.setDefaultTimeout(15_000)
  return context.newPage()
}

/** A browser of one of the sample's people, by the account at one of the sample's providers. */
export async function signedInAt(
  browser: Browser,
  url: string,
  account: string,
  { provider = /ORCID/, ...options }: BrowserContextOptions & { provider?: RegExp } = {},
): Promise<Page> {
  const page = await openPage(browser, options)
  await page.goto(`${url}/ja/sign-in?return=/ja/me`)
  await page.getByRole('button', { name: provider }).click()
  await page.locator(`button[value="${account}"]`).click()
  await page.waitForURL(`${url}/ja/me`)
  return page
}

/** Looks at pages: what axe says, whether they scroll sideways on a telephone, pictures of both. What is wrong is in `faults`. */
export function onlooker(prefix: string) {
  const faults: string[] = []
  async function look(page: Page, name: string): Promise<void> {
    const { pathname } = new URL(page.url())
    const found = await axeFaults(page)
    await picture(page, `${prefix}-${name}`)
    const before = page.viewportSize()
    await page.setViewportSize(telephone)
    found.push(...(await tooWide(page)))
    await picture(page, `${prefix}-${name}.360`)
    if (before) await page.setViewportSize(before)
    faults.push(...found.map((fault) => `${name} ${pathname} ${fault}`))
  }
  return { look, faults }
}
