import { decodeJwt } from 'jose'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { decodeStatusList, getStatus, statusListBits } from '../../src/verifier/status-codec.ts'
import { launchBrowser } from '../support/browser.ts'
import { verified } from '../support/opening.ts'
import { type Caller, callerWith } from '../support/registry.ts'
import { onlooker, openTrial, signedInAt } from '../support/trial.ts'

/** What a person notices as waiting. */
const moveMillisecondsMax = 1000

let browser: Browser
beforeAll(async () => {
  const launched = await launchBrowser()
  if (!launched) throw new Error('there is no browser; set CHROME_PATH')
  browser = launched
}, 60_000)
afterAll(() => browser?.close())

/** The trial, and somebody who verifies what it issues. */
async function openRegistry(): Promise<{ url: string; anonymous: Caller }> {
  const { url } = await openTrial()
  const anonymous = callerWith(
    (path, init) => fetch(new URL(path, url), init),
    async () => ({}),
  )
  return { url, anonymous }
}

const { look, faults } = onlooker('desk')

test('the inventor who moved keeps the research', { timeout: 240_000 }, async () => {
  const { url, anonymous } = await openRegistry()
  const inventor = await signedInAt(browser, url, 'ichiro@kyoto-university.example', { provider: /京都大学/ })
  await look(inventor, 'home-new')

  await inventor.getByRole('link', { name: '特許番号から申し出る' }).first().click()
  await inventor.getByLabel('番号').fill('US 8,257,868 B2')
  await look(inventor, 'claim-number')
  await inventor.keyboard.press('Enter')
  await inventor.getByLabel(/Rika Hagiwara/).check()
  await inventor.getByLabel(/権利者への説明/).fill('実施例3の測定を担当しました。')
  await look(inventor, 'claim-name')
  await inventor.getByRole('button', { name: '申し出る' }).click()
  await inventor.waitForURL(/inventions#claimed/)
  await look(inventor, 'inventions-claimed')

  const officer = await signedInAt(browser, url, '0000-0000-1000-2000')
  await officer.goto(`${url}/ja/desk/claims`)
  await look(officer, 'office-choose')
  if (await officer.getByRole('button', { name: '京都大学' }).count())
    await officer.getByRole('button', { name: '京都大学' }).click()
  await officer.goto(`${url}/ja/me`)
  await look(officer, 'home-officer')
  await officer.goto(`${url}/ja/desk/claims`)
  await officer.getByText('否認する').first().click()
  await look(officer, 'office-claims')
  await officer.getByRole('button', { name: /^確認する/ }).click()
  await officer.getByText('待っている申し出はありません').waitFor()
  await officer.goto(`${url}/ja/desk/people`)
  await look(officer, 'office-people')
  await officer.goto(`${url}/ja/desk/requests`)
  await look(officer, 'office-requests')

  await inventor.goto(`${url}/ja/me/affiliations`)
  if (!(await inventor.locator('table').getByText('京都大学').count())) {
    await inventor.getByLabel('機関', { exact: true }).fill('京都大学')
    await inventor.getByRole('button', { name: '加える' }).click()
  }
  await inventor.locator('table').getByText('京都大学').first().waitFor()
  await look(inventor, 'affiliations')

  await inventor.goto(`${url}/ja/me/inventions`)
  await look(inventor, 'inventions-confirmed')
  await inventor.getByLabel('研究課題の名称').fill('溶融塩の研究（続き）')
  await inventor.getByLabel(/読み、同意します/).check()
  await inventor.getByRole('button', { name: '発明者許諾証を求める' }).click()
  await inventor.waitForURL(/me\/grants\/[0-9A-Z]{10}$/)
  const before = await tokenOn(inventor)
  await look(inventor, 'grant')
  expect((await verified({ anonymous }, before)).valid).toBe(true)
  expect(await statusOf(url, before)).toBe(0)

  await inventor.goto(`${url}/ja/me/move`)
  await inventor.getByLabel('新しい機関').fill('大阪')
  await inventor.getByRole('button', { name: '何が起きるかを見る' }).click()
  await look(inventor, 'move-choice')
  expect(await inventor.evaluate('document.activeElement.id')).toBe('stop')
  await inventor.getByLabel(/^大阪大学/).check()
  await inventor.getByRole('button', { name: '何が起きるかを見る' }).click()
  await inventor.getByText('新しい許諾証に交代').waitFor()
  await look(inventor, 'move-foreseen')
  const begun = performance.now()
  await inventor.getByRole('button', { name: '異動を記録する' }).click()
  await inventor.waitForURL(/me\/grants\/[0-9A-Z]{10}$/)
  const after = await tokenOn(inventor)
  const taken = performance.now() - begun
  console.log(`From “I moved” to the page with the new grant: ${Math.round(taken)} ms`)
  expect(taken).toBeLessThan(moveMillisecondsMax)
  await look(inventor, 'grant-moved')

  expect(after).not.toBe(before)
  expect((await verified({ anonymous }, after)).valid).toBe(true)
  const old = await verified({ anonymous }, before)
  expect(old).toMatchObject({ valid: false, grant: { status: 'superseded' } })
  expect(await statusOf(url, before)).not.toBe(0)
  expect(await statusOf(url, after)).toBe(0)
  const log = await fetch(`${url}/v1/log/entries?subject=${old.grant?.id}&type=grant_superseded`)
  expect(await log.text()).toContain(String(old.grant?.id))
  const proof = await fetch(`${url}/v1/grants/${old.grant?.supersededBy}.tlog-proof`)
  expect(proof.status).toBe(200)
  expect(await proof.text()).toMatch(/^c2sp\.org\/tlog-proof@v1/)

  for (const [name, path] of [
    ['grants', '/me/grants'],
    ['home-full', '/me'],
    ['data', '/me/data'],
    ['grants-new', '/me/grants/new'],
    ['grants-new-terms', `/me/grants/new?numbers=${encodeURIComponent('US-8257868-B2\nJP-5985120-B1')}`],
  ]) {
    await inventor.goto(`${url}/en${path}`)
    await look(inventor, `${name}.en`)
    await inventor.goto(`${url}/ja${path}`)
    await look(inventor, `${name}`)
  }
  expect(faults).toEqual([])
})

async function tokenOn(page: Page): Promise<string> {
  return ((await page.locator('#token').textContent()) ?? '').trim()
}

/** What the public status list says of the grant. */
async function statusOf(url: string, token: string): Promise<number> {
  const { status } = z
    .object({ status: z.object({ status_list: z.object({ uri: z.string(), idx: z.number() }) }) })
    .parse(decodeJwt(token))
  expect(status.status_list.uri.startsWith(url)).toBe(true)
  const list = decodeJwt(await (await fetch(status.status_list.uri)).text())
  const { lst } = z.object({ status_list: z.object({ lst: z.string() }) }).parse(list).status_list
  return getStatus(await decodeStatusList(lst), status.status_list.idx, statusListBits)
}

test('without script, with the keyboard alone, a claim is made', { timeout: 120_000 }, async () => {
  const { url } = await openTrial()
  const page = await signedInAt(browser, url, 'ichiro@kyoto-university.example', {
    provider: /京都大学/,
    javaScriptEnabled: false,
  })
  await page.goto(`${url}/ja/me/inventions/claim?number=US-8257868-B2`)
  await page.getByLabel(/Rika Hagiwara/).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await page.waitForURL(/inventions#claimed/)
  expect(await page.locator('#claimed + table').textContent()).toContain('確認待ち')
})
