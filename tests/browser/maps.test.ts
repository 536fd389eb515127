import { type ServerType, serve } from '@hono/node-server'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { App } from '../../src/app.ts'
import { nodeApp } from '../../src/node.ts'
import { launchBrowser } from '../support/browser.ts'
import { fillCommons, markAsSample } from '../support/commons.ts'
import {
  axeFaults,
  desktop,
  openDetails,
  picture,
  telephone,
  tooWide,
  twiceTheText,
  withAxe,
} from '../support/inspect.ts'
import { patentOf } from '../support/patents.ts'
import { openLocalRegistry } from '../support/registry.ts'

const pageBytesMax = 60_000

let browser: Browser
beforeAll(async () => {
  const launched = await launchBrowser()
  if (!launched) throw new Error('there is no browser; set CHROME_PATH')
  browser = launched
}, 60_000)
afterAll(() => browser?.close())

const symbols = [
  'H01M10/0562',
  'H01M4/13',
  'C01B25/14',
  'G01N33/50',
  'A61K31/00',
  'B60L50/60',
  'B25J9/16',
  'G06N3/08',
  'C12N15/09',
  'H04L9/32',
]

/** The real app on a port, with a commons of some fields, years and holders. */
async function openSite(): Promise<{ url: string; numbers: string }> {
  const registry = await openLocalRegistry()
  const commons = await fillCommons(registry)
  await markAsSample(registry)
  const holders = await Promise.all(
    ['第一', '第二', '第三', '第四'].map((name) =>
      registry.organisation({ name: { ja: `${name}電池工業株式会社`, en: `${name} Battery & Co.` }, kind: 'company' }),
    ),
  )
  const officers = await Promise.all(holders.map(({ id }) => registry.member(id)))
  await Promise.all(
    Array.from({ length: 60 }, (_, i) => {
      const holder = holders[i % 4]
      if (holder === undefined) throw new Error('no holder')
      const classes = {
        ipc: [symbols[i % 10] ?? '', symbols[(i * 3) % 10] ?? ''].filter((one, n, all) => all.indexOf(one) === n),
        cpc: [],
        fi: [],
      }
      return officers[i % 4]?.post(
        '/v1/patents',
        patentOf([holder], { filedOn: `${2004 + (i % 17)}-05-01`, grantedOn: undefined, classes }),
      )
    }),
  )
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
  return { url, numbers: Object.values(commons).join(',') }
}

function places(numbers: string): readonly (readonly [string, string])[] {
  return [
    ['map', '/map'],
    ['map-heat', '/map?picture=heat'],
    ['map-bubbles', '/map?picture=bubbles'],
    ['map-years', '/map?picture=years&open=false'],
    ['map-lines', '/map?picture=lines&count=fractional'],
    ['map-field', '/map?field=1'],
    ['map-nothing', '/map?field=35'],
    ['fields', '/fields'],
    ['field', '/fields/1'],
    ['ipc', '/ipc/H01M'],
    ['ipc-group', '/ipc/H01M10'],
    ['white-spots', '/white-spots'],
    ['white-spots-subclass', '/white-spots?by=subclass'],
    ['thicket-empty', '/thicket'],
    ['thicket', `/thicket?numbers=${numbers},nothing`],
  ]
}

test('no page of the maps has a fault that axe finds, in light and in dark', { timeout: 180_000 }, async () => {
  const { url, numbers } = await openSite()
  const context = await withAxe(await browser.newContext({ viewport: desktop }))
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const faults: string[] = []
  for (const lang of ['ja', 'en'])
    for (const [name, path] of places(numbers)) {
      const answer = await page.goto(`${url}/${lang}${path}`)
      const bytes = (await answer?.body())?.length ?? 0
      if (answer?.status() !== 200 || bytes > pageBytesMax)
        faults.push(`${lang}${path}: ${answer?.status()}, ${bytes} bytes`)
      await openDetails(page)
      await picture(page, `${name}.${lang}`)
      faults.push(...(await axeFaults(page)).map((fault) => `${lang}${path} ${fault}`))
    }
  expect(faults).toEqual([])
})

test('no page of the maps scrolls sideways: on a telephone of 360 px, or with text of twice the size', {
  timeout: 180_000,
}, async () => {
  const { url, numbers } = await openSite()
  const context = await browser.newContext({ viewport: telephone, bypassCSP: true })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const wide: string[] = []
  for (const lang of ['ja', 'en'])
    for (const [, path] of places(numbers)) {
      await page.goto(`${url}/${lang}${path}`)
      await openDetails(page)
      wide.push(...(await tooWide(page)).map((fault) => `${lang}${path} on a telephone ${fault}`))
      await page.setViewportSize(desktop)
      await page.addStyleTag({ content: twiceTheText })
      wide.push(...(await tooWide(page)).map((fault) => `${lang}${path} at twice the size ${fault}`))
      await page.setViewportSize(telephone)
    }
  expect(wide).toEqual([])
})

test('from the map one clicks down to the patents, and the address tells each step', { timeout: 60_000 }, async () => {
  const { url } = await openSite()
  const context = await browser.newContext({ javaScriptEnabled: false })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const hosts = new Set<string>()
  page.on('request', (request) => hosts.add(new URL(request.url()).origin))
  await page.goto(`${url}/ja/map`)
  await page.locator('svg.pic a', { hasText: '電気機械' }).first().click()
  await page.waitForURL(/field=1/)
  await page.locator('svg.pic a', { hasText: 'H01M10' }).first().click()
  await page.waitForURL(/\/ja\/patents\?.*ipc=H01M10/)
  expect(await page.locator('tbody tr').count()).toBeGreaterThan(0)
  await page.goto(`${url}/en/map`)
  await page.getByLabel('Picture').selectOption('years')
  await page.getByRole('button', { name: 'Show' }).click()
  await page.waitForURL(/picture=years/)
  expect(await page.locator('svg.pic circle').count()).toBeGreaterThan(10)
  expect([...hosts]).toEqual([url])
})
