import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServerType, serve } from '@hono/node-server'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { App } from '../../src/app.ts'
import { importScript } from '../../src/desk/import-script.ts'
import { workOnImports } from '../../src/imports/work.ts'
import { nodeApp } from '../../src/node.ts'
import { launchBrowser } from '../support/browser.ts'
import { type Line, tableMapping, tableOf } from '../support/imports.ts'
import { axeFaults, desktop, picture, telephone, tooWide, withAxe } from '../support/inspect.ts'
import { signedIn } from '../support/people.ts'
import { openLocalRegistry } from '../support/registry.ts'

let browser: Browser
beforeAll(async () => {
  const launched = await launchBrowser()
  if (!launched) throw new Error('there is no browser; set CHROME_PATH')
  browser = launched
}, 60_000)
afterAll(() => browser?.close())

/** The real app on a port, an office with an officer, and the work on imports beside it, one step after another. */
async function openOffice(stepMilliseconds: number | undefined) {
  const registry = await openLocalRegistry()
  registry.clock.now = new Date()
  const now = () => new Date()
  const organisation = await registry.organisation({ name: { ja: '試験工業大学', en: 'Test Institute of Technology' } })
  const officer = await signedIn(registry, { name: '見本 京子', memberOf: organisation.id })
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
  let over = false
  const context = () => ({ ...registry.context(), now: now() })
  const pause = () => new Promise((resolve) => setTimeout(resolve, stepMilliseconds))
  const work = (async () => {
    while (!over && stepMilliseconds !== undefined) {
      await workOnImports(context, () => !over, { pause })
      await pause()
    }
  })()
  onTestFinished(async () => {
    over = true
    await work
    await new Promise<void>((closed) => void server.close(() => closed()))
  })
  const { port } = z.object({ port: z.number() }).parse(server.address())
  const url = `http://127.0.0.1:${port}`
  app = nodeApp(registry.db, registry.keys, url, now)
  const open = async (
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<{ context: BrowserContext; page: Page }> => {
    const made = await withAxe(await browser.newContext({ viewport: desktop, ...options }))
    onTestFinished(() => made.close())
    await made.addCookies([{ name: 'sid', value: officer.sessionId, url }])
    return { context: made, page: await made.newPage() }
  }
  return { url, organisation, officer, open }
}

/** What axe finds and whether it scrolls sideways on a telephone, in both languages. */
async function look(page: Page, url: string, path: string, name: string): Promise<string[]> {
  const faults: string[] = []
  for (const lang of ['ja', 'en']) {
    await page.setViewportSize(desktop)
    await page.goto(`${url}/${lang}${path}`)
    const found = await axeFaults(page)
    await picture(page, `${name}.${lang}`)
    await page.setViewportSize(telephone)
    found.push(...(await tooWide(page)))
    await picture(page, `${name}.${lang}.360`)
    faults.push(...found.map((fault) => `${name}.${lang} ${fault}`))
  }
  return faults
}

function manyLines(count: number, holder: string): Line[] {
  return Array.from({ length: count }, (_, i) => ({
    grant: `特許第${6_300_000 + i}号`,
    title: `硫化物固体電解質の製造方法 その${i}`,
    holders: holder,
    inventors: '山田 太郎、佐藤 花子',
    ipc: 'H01M10/0562',
    filedOn: `2015-${String((i % 12) + 1).padStart(2, '0')}-25`,
    grantedOn: '2016-09-06',
  }))
}

/** Lets a file fall on the box of the form, as a person does. */
async function drop(page: Page, name: string, content: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, text]) => {
      const made = new DataTransfer()
      made.items.add(new File([text ?? ''], fileName ?? '', { type: 'text/csv' }))
      return made
    },
    [name, content],
  )
  for (const event of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent('.box', event, { dataTransfer: transfer })
}

test('a file is dropped, its progress moves without the page being loaded anew, and the preview comes by itself', {
  timeout: 240_000,
}, async () => {
  const { url, organisation, officer, open } = await openOffice(120)
  const table = tableOf(manyLines(4000, organisation.name.ja))
  expect(new TextEncoder().encode(importScript).length).toBeLessThan(6000)
  // Under the policy of the page, which lets no other script run.
  const { page } = await open()
  await page.goto(`${url}/ja/desk/imports`)
  expect(await page.getByText('ここへファイルを置いても送れます。').isVisible()).toBe(true)
  await drop(page, '保有特許一覧.csv', tableOf(manyLines(1, organisation.name.ja)))
  await page.waitForURL(/desk\/imports\/[0-9a-f-]{36}$/)
  await page.getByText('初めて見る形の表です').waitFor()
  const fields = Object.fromEntries(tableMapping.columns.map(({ field }, i) => [`column-${i}`, field]))
  for (const [name, field] of Object.entries(fields)) await page.locator(`#${name}`).selectOption(field)
  await page.getByRole('button', { name: 'この対応で読み取る' }).click()
  await page.getByRole('button', { name: '登録する' }).waitFor()

  await page.goto(`${url}/ja/desk/imports`)
  await drop(page, '大きな一覧.csv', table)
  await page.waitForURL(/desk\/imports\/[0-9a-f-]{36}$/)
  await page.locator('[data-events]').waitFor()
  const loaded = await page.evaluate('performance.timeOrigin')
  const seen = new Set<number>()
  // While the page gives way to the preview there is nothing to ask.
  const asked = (what: string) => page.evaluate(what).catch(() => undefined)
  while (await page.locator('#bar').count()) {
    const value = await asked(`document.getElementById('bar')?.value`)
    if ((await asked('performance.timeOrigin')) !== loaded) break
    if (typeof value === 'number') seen.add(value)
    await page.waitForTimeout(20)
  }
  expect(seen.size).toBeGreaterThan(1)
  expect([...seen].some((value) => value > 0 && value < 1)).toBe(true)
  await page.getByRole('button', { name: '登録する' }).waitFor()
  expect(await page.getByText('新しい特許4,000件を登録します').count()).toBe(1)
  await page.getByRole('button', { name: '登録する' }).click()
  await page.getByText('登録しています').waitFor()
  await page.getByText('登録しました').waitFor({ timeout: 120_000 })
  expect((await officer.get('/ja/desk/portfolio')).text).toContain('4,000')
})

test('an officer who has no script gets there too, and axe finds nothing on the way, in light and in dark', {
  timeout: 240_000,
}, async () => {
  const { url, organisation, open } = await openOffice(10)
  const faults: string[] = []
  const { page: looking } = await open()
  const { page } = await open({ javaScriptEnabled: false, viewport: telephone })
  const here = () => new URL(page.url()).pathname.slice(3)
  const name = organisation.name.ja
  const sends = async (lines: Line[], file: string) => {
    await page.goto(`${url}/ja/desk/imports`)
    await page.getByLabel('ファイル', { exact: true }).setInputFiles({
      name: file,
      mimeType: 'text/csv',
      buffer: Buffer.from(tableOf(lines)),
    })
    await page.getByRole('button', { name: 'アップロードして確認へ' }).click()
    await page.waitForURL(/desk\/imports\/[0-9a-f-]{36}$/)
  }
  faults.push(...(await look(looking, url, '/desk/imports', 'imports-empty')))
  faults.push(...(await look(looking, url, '/desk/portfolio', 'portfolio-empty')))
  await sends(manyLines(3, `${name}、未知工業株式会社`), '保有特許一覧.csv')
  await page.getByText('初めて見る形の表です').waitFor()
  faults.push(...(await look(looking, url, here(), 'import-columns')))
  for (const [i, { field }] of tableMapping.columns.entries()) await page.locator(`#column-${i}`).selectOption(field)
  await page.getByRole('button', { name: 'この対応で読み取る' }).click()
  await page.getByRole('button', { name: '登録する' }).waitFor()
  faults.push(...(await look(looking, url, here(), 'import-new')))
  faults.push(...(await look(looking, url, `${here()}/names`, 'import-names-new')))
  await page.getByRole('button', { name: '登録する' }).click()
  await page.getByText('登録しました').waitFor()
  faults.push(...(await look(looking, url, here(), 'import-done')))

  const [one, two, three] = manyLines(3, `${name}、未知工業株式会社`)
  await sends(
    [
      { ...one, status: '年金不納', title: '硫化物固体電解質の製造方法（訂正）' },
      { ...two, holders: `${name}、別工業株式会社` },
      { ...three },
      { ...three, grant: '特許第6400001号', application: '特願2015-999999', holders: `${name}学長` },
      { ...three, grant: '特許第6400002号', title: '他社の特許', holders: '他社工業株式会社' },
      { ...three, grant: '番号未定', title: '番号のない行', filedOn: '令和99年13月1日' },
      { ...three, grant: '', application: '特願2015-254253', title: one?.title ?? '', filedOn: one?.filedOn ?? '' },
    ],
    '来月の一覧.csv',
  )
  await page.getByRole('button', { name: '登録する' }).waitFor()
  for (const result of ['undecided', 'refused', 'changed', 'same'])
    faults.push(...(await look(looking, url, `${here()}?result=${result}`, `import-${result}`)))
  faults.push(...(await look(looking, url, `${here()}/names`, 'import-names')))
  await page.getByRole('link', { name: '権利者の名前を決める' }).first().click()
  await page.getByRole('radio', { name, exact: true }).first().check()
  await page.getByRole('button', { name: '権利者を決めて、読み直す' }).first().click()
  await page.getByRole('button', { name: '登録する' }).waitFor()
  await page.getByLabel(/登録のまま/).check()
  await page.getByRole('button', { name: 'この内容で決める' }).click()
  await page.getByRole('button', { name: '登録する' }).waitFor()
  await page.getByRole('button', { name: '登録する' }).click()
  await page.getByText('権利が終わった特許').first().waitFor()
  faults.push(...(await look(looking, url, here(), 'import-world')))
  faults.push(...(await look(looking, url, '/desk/imports', 'imports')))
  faults.push(...(await look(looking, url, '/desk/portfolio', 'portfolio')))
  faults.push(...(await look(looking, url, '/desk/portfolio/JP-6300002-B', 'patent-edit')))
  faults.push(...(await look(looking, url, '/me', 'desk-home-office')))
  await page.getByRole('link', { name: /件の開放へ進む/ }).click()
  await page.getByText('この取り込みの特許だけを選んでいます。').waitFor()
  faults.push(...(await look(looking, url, `${here()}${new URL(page.url()).search}`, 'declare-import')))
  await sends([], '空.csv')
  await page.getByText('取り込めませんでした').waitFor()
  faults.push(...(await look(looking, url, here(), 'import-failed')))
  expect(faults).toEqual([])
})

test('what is being read is shown without a fault while nobody works on it', { timeout: 120_000 }, async () => {
  const { url, organisation, open } = await openOffice(undefined)
  const { page } = await open()
  await page.goto(`${url}/ja/desk/imports`)
  await page.getByLabel('ファイル', { exact: true }).setInputFiles({
    name: '一覧.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(tableOf(manyLines(3, organisation.name.ja))),
  })
  await page.keyboard.press('Tab')
  await page.getByRole('button', { name: 'アップロードして確認へ' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/desk\/imports\/[0-9a-f-]{36}$/)
  expect(await look(page, url, new URL(page.url()).pathname.slice(3), 'import-reading')).toEqual([])
})

test('a file over the limit is answered with the page and what to do, to a browser without script, and is not kept in memory', {
  timeout: 240_000,
}, async () => {
  const { url, open } = await openOffice(undefined)
  const { page } = await open({ javaScriptEnabled: false })
  const folder = mkdtempSync(join(tmpdir(), 'iriai-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, '大きな一覧.csv')
  writeFileSync(file, '')
  truncateSync(file, 300 * 1024 * 1024)
  const before = process.memoryUsage().rss
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 20)
  onTestFinished(() => clearInterval(watch))
  for (const [lang, label, send, words] of [
    ['ja', 'ファイル', 'アップロードして確認へ', 'ファイルは100 MBまでです'],
    ['en', 'File', 'Upload and preview', 'A file has up to 100 MB'],
  ] as const) {
    await page.goto(`${url}/${lang}/desk/imports`)
    await page.getByLabel(label, { exact: true }).setInputFiles(file)
    const [answer] = await Promise.all([
      page.waitForResponse((one) => one.request().method() === 'POST', { timeout: 60_000 }),
      page.getByRole('button', { name: send }).click(),
    ])
    expect(answer.status()).toBe(413)
    await page.getByRole('alert').getByText(words).waitFor()
    expect(await page.getByLabel(label, { exact: true }).count()).toBe(1)
  }
  expect(most - before).toBeLessThan(150 * 1024 * 1024)
})

test('a form with more in it than may come at once is answered with a page, to whoever is signed in', {
  timeout: 120_000,
}, async () => {
  const { url, open } = await openOffice(undefined)
  const { page } = await open()
  await page.goto(`${url}/ja/desk/exclusions`)
  const [answer] = await Promise.all([
    page.waitForResponse((one) => one.request().method() === 'POST'),
    page.evaluate(`(() => {
      const field = document.querySelector('textarea')
      field.value = 'x'.repeat(20 * 1024 * 1024)
      field.form.submit()
    })()`),
  ])
  expect(answer.status()).toBe(413)
  await page.getByText('一度に送れるのは1 MBまでです').waitFor()
  expect(await page.getByText('見本 京子').count()).toBeGreaterThan(0)
})

test('names that may be people and listed organisations are decided on a telephone as well', {
  timeout: 120_000,
}, async () => {
  const { url, organisation, officer, open } = await openOffice(10)
  const { page } = await open()
  const owners = ['山田 太郎', 'ジョン・スミス', 'タウンズ', 'ニプロ株式会社', '未知工業株式会社']
  const lines = manyLines(owners.length, organisation.name.ja).map((line, i) => ({
    ...line,
    holders: `${organisation.name.ja}、${owners[i] ?? ''}`,
  }))
  const form = new FormData()
  form.set('csrf', officer.csrf)
  form.set('mapping', JSON.stringify(tableMapping))
  form.set('file', new Blob([tableOf(lines)]), '一覧.csv')
  const path = (await officer.send('POST', '/ja/desk/imports', { body: form })).headers.get('Location') ?? ''
  await page.goto(`${url}${path}`)
  await page.getByRole('button', { name: '登録する' }).waitFor()
  const faults = await look(page, url, `${path.slice(3)}/names`, 'import-names-unclear')
  await page.goto(`${url}${path}/names`)
  const line = page.getByRole('row', { name: /タウンズ/ })
  await line.getByRole('radio', { name: '機関' }).check()
  await page.getByRole('radio', { name: /^すべて個人/ }).check()
  await page.getByRole('button', { name: '権利者を決めて、読み直す' }).nth(1).click()
  await page.getByText('個人とした権利者（2件）').waitFor()
  faults.push(...(await look(page, url, `${path.slice(3)}/names`, 'import-names-individuals')))
  expect(faults).toEqual([])
})
