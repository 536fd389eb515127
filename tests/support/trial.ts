import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { type Server, startServer, temporaryFolder } from './server.ts'

const shots = 'node_modules/.cache/shots'
const axeResult = z.object({
  violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
})

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
  const context = await browser.newContext({ bypassCSP: true, locale: 'ja-JP', ...options })
  onTestFinished(() => context.close())
  context.setDefaultTimeout(15_000)
  return context.newPage()
}

/** A browser of one of the sample's people, by the account at the sample's ORCID. */
export async function signedInAt(
  browser: Browser,
  url: string,
  account: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await openPage(browser, options)
  await page.goto(`${url}/ja/sign-in?return=/ja/me`)
  await page.getByRole('button', { name: /ORCID/ }).click()
  await page.locator(`button[value="${account}"]`).click()
  await page.waitForURL(`${url}/ja/me`)
  return page
}

/** Looks at pages: a picture in two widths, what axe says, whether it scrolls sideways. What is wrong is in `faults`. */
export function onlooker(prefix: string) {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  mkdirSync(shots, { recursive: true })
  const faults: string[] = []
  async function look(page: Page, name: string): Promise<void> {
    const found = new URL(page.url()).pathname
    await page.addScriptTag({ content: axe })
    const { violations } = axeResult.parse(await page.evaluate('axe.run()'))
    faults.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${name} ${found} ${id}: ${html}`)))
    await page.screenshot({ path: `${shots}/${prefix}-${name}.png`, fullPage: true })
    const before = page.viewportSize()
    await page.setViewportSize({ width: 360, height: 740 })
    const excess = Number(
      await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    )
    if (excess > 0) faults.push(`${name} ${found} is ${excess}px too wide at 360px`)
    await page.screenshot({ path: `${shots}/${prefix}-${name}.360.png`, fullPage: true })
    if (before) await page.setViewportSize(before)
  }
  return { look, faults }
}
