import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { BrowserContext, Page } from 'playwright-core'
import { z } from 'zod'

// What the tests of pages look at: faults that axe finds, width, and pictures for a person to see.

export const desktop = { width: 1200, height: 900 }
export const telephone = { width: 360, height: 740 }
export const twiceTheText = 'html{font-size:200%!important}'

const shots = 'node_modules/.cache/shots'
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Pages of this context have axe from their beginning, whatever their policy lets run: adding it later takes longer. */
export async function withAxe(context: BrowserContext): Promise<BrowserContext> {
  await context.addInitScript({ content: axe })
  return context
}

/** Rules of axe that ask about colours. */
const colourRules = ['color-contrast', 'link-in-text-block']

const results = z.object({
  violations: z.array(
    z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })) }),
  ),
})

/**
 * What axe finds on the page as it stands: by every rule in light, and by the rules about colours in dark, because colours
 * are all that dark changes (tests/http/style.test.ts). Leaves the page in light.
 */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await run(page, {})
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await run(page, { runOnly: { type: 'rule', values: colourRules } })
  await page.emulateMedia({ colorScheme: 'light' })
  return [...light, ...dark.map((fault) => `in dark ${fault}`)]
}

async function run(page: Page, options: object): Promise<string[]> {
  // Of what is not a violation axe then describes one element, not all.
  const input = JSON.stringify({ resultTypes: ['violations'], ...options })
  const { violations } = results.parse(
    await page.evaluate(`axe.run(${input}).then(({ violations }) => ({ violations }))`),
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html} ${failureSummary}`),
  )
}

/** By how much the page scrolls sideways and what is too wide; nothing where it fits. */
export async function tooWide(page: Page): Promise<string[]> {
  const excess = Number(
    await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
  )
  return excess > 0 ? [`is ${excess} px too wide (${await page.evaluate(widest)})`] : []
}

const widest = `[...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(0, 3).map((e) => e.outerHTML.slice(0, 120)).join(' / ')`

/** What is too wide on the page that is open on a telephone: there, there with text of twice the size, and so on a desktop. */
export async function tooWideAnyhow(page: Page, name: string): Promise<string[]> {
  const wide: string[] = []
  const look = async (how: string) => {
    await picture(page, `${name}.${how}`)
    wide.push(...(await tooWide(page)).map((fault) => `${name} ${how} ${fault}`))
  }
  await look('telephone')
  await page.addStyleTag({ content: twiceTheText })
  await look('telephone-twice')
  await page.setViewportSize(desktop)
  await look('twice')
  await page.setViewportSize(telephone)
  return wide
}

/** Pictures to look at, with SHOTS=1: making them takes longer than all the rest. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.SHOTS) return
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })
}

export async function openDetails(page: Page): Promise<void> {
  await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
}
