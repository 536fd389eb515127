import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { shiftJis } from '../imports/reading/made-files.ts'
import { launchBrowser } from '../support/browser.ts'
import { onlooker, openPage, openTrial, signedInAt } from '../support/trial.ts'

let browser: Browser
beforeAll(async () => {
  const launched = await launchBrowser()
  if (!launched) throw new Error('there is no browser; set CHROME_PATH')
  browser = launched
}, 60_000)
afterAll(() => browser?.close())

const header =
  '文献番号,出願番号,出願日,公知日,発明の名称,出願人/権利者,FI,公開番号,公告番号,登録番号,審判番号,その他,ステージ,イベント詳細,文献URL'

/** A search result of J-PlatPat: one right of its own, one shared, one whose number says too little, one of others. */
const rows = [
  '特開2018-999101,特願2016-999101,2016/11/22,2018/05/31,硫化物固体電解質の製造方法,見本材料株式会社,"H01M10/0562,C01B25/14",特開2018-999101,,特許6999101,,,特許有効,設定登録,',
  '特開2018-999102,特願2016-999102,2016/11/25,2018/06/07,全固体電池の正極,"見本材料株式会社,見本窯業株式会社","H01M4/13,H01M10/0562",特開2018-999102,,特許6999102,,,特許有効,設定登録,',
  'JP2018-099103,,2016/11/29,,電池の組立装置,見本材料株式会社,H01M10/04,,,,,,,,',
  '特開2018-999104,特願2016-999104,2016/12/01,2018/06/21,無人搬送車,株式会社見本搬送,B61B13/00,特開2018-999104,,,,,審査中,審査請求,',
]

function portfolio(): { name: string; mimeType: string; buffer: Buffer } {
  const bytes = shiftJis(`${[header, ...rows].join('\r\n')}\r\n`)
  if (!bytes) throw new Error('not in Shift_JIS')
  return { name: '検索結果一覧.csv', mimeType: 'text/csv', buffer: Buffer.from(bytes) }
}

const verdict = z.looseObject({ results: z.array(z.looseObject({ verdict: z.string() })) })

test('an office joins, enrols its list, opens a co-owned patent, and the co-owner consents by link', {
  timeout: 480_000,
}, async () => {
  const { url } = await openTrial()
  const { look, faults } = onlooker('office')

  // Apply: the organisation is in no list.
  const officer = await signedInAt(browser, url, '0000-0000-1000-5009')
  await officer.goto(`${url}/ja/join`)
  await look(officer, '01-join')
  await officer.getByLabel('機関の名前、または ROR ID').fill('見本材料株式会社')
  await officer.getByRole('button', { name: '探す' }).click()
  await look(officer, '02-join-found')
  await officer.getByRole('link', { name: /名前を入力して申し込む/ }).click()
  await officer.getByLabel('名称（日本語）').fill('見本材料株式会社')
  await officer.getByLabel('名称（英語）').fill('Sample Materials Co., Ltd.')
  await officer.getByLabel('種別').selectOption({ label: '企業' })
  await officer.getByLabel('氏名').fill('見本 材子')
  await officer.getByLabel('役職').fill('知的財産部長')
  await officer.getByLabel(/参加契約を読み/).check()
  await look(officer, '03-join-form')
  await officer.getByRole('button', { name: '申し込む' }).click()
  await officer.waitForURL(/\/ja\/me/)
  await look(officer, '04-applied')

  // A steward approves.
  const steward = await signedInAt(browser, url, '0000-0000-1000-8007')
  await steward.goto(`${url}/ja/desk/applications`)
  await steward.getByRole('button', { name: '運営者として開く' }).click()
  await steward.waitForURL(/desk\/applications$/)
  await look(steward, '05-queue')
  await steward.getByRole('button', { name: /^承認する.*見本材料株式会社/ }).click()
  await steward.waitForURL(/desk\/applications$/)
  await look(steward, '06-approved')

  // The applicant is an officer now, and uploads.
  await officer.goto(`${url}/ja/me`)
  await look(officer, '07-home')
  await officer.getByRole('link', { name: /特許の一覧を取り込む/ }).click()
  await officer.getByRole('button', { name: '見本材料株式会社' }).click()
  await officer.waitForURL(/desk\/imports$/)
  await look(officer, '08-imports')
  await officer.goto(`${url}/en/desk/imports`)
  await look(officer, '08-imports.en')
  await officer.goto(`${url}/ja/desk/imports`)
  await officer.getByLabel('ファイル', { exact: true }).setInputFiles(portfolio())
  await officer.getByRole('button', { name: 'アップロードして確認へ' }).click()
  await officer.waitForURL(/desk\/imports\/[0-9a-f-]{36}/)
  await look(officer, '09-reading')

  // The preview, and the one row that a person has to decide.
  await officer.getByRole('heading', { name: '結果ごとの行' }).waitFor()
  await look(officer, '10-preview')
  const importUrl = officer.url().split(/[?#]/)[0] ?? ''
  await officer.goto(importUrl.replace('/ja/', '/en/'))
  await look(officer, '10-preview.en')
  await officer.goto(`${importUrl}?result=refused`)
  expect(await officer.locator('main').textContent()).toContain('株式会社見本搬送')
  await look(officer, '11-refused')
  await officer.getByRole('link', { name: /自機関の別の表記/ }).click()
  await officer.getByRole('radio', { name: '見本材料株式会社' }).waitFor()
  await look(officer, '11-own-name')
  await officer.goto(`${importUrl}?result=undecided`)
  await officer.getByLabel(/特開2018-099103/).check()
  await look(officer, '12-undecided')
  await officer.getByRole('button', { name: 'この内容で決める' }).click()
  await officer.getByText('新しい特許3件を登録').waitFor()
  await look(officer, '13-decided')

  // One button, and it is enrolled.
  await officer.getByRole('button', { name: '登録する' }).click()
  await officer.getByText('登録しました。').waitFor()
  await look(officer, '14-committed')
  await officer.goto(`${url}/ja/desk/portfolio`)
  await look(officer, '15-portfolio')

  // Opened at once: the effect first, then the declaration.
  await officer.goto(importUrl)
  await officer.getByRole('link', { name: /件の開放へ進む/ }).click()
  await look(officer, '16-declare')
  await officer.getByRole('button', { name: '結果を見る' }).click()
  await officer.getByRole('heading', { name: '3. 確かめて開放する' }).waitFor()
  expect(await officer.locator('main').textContent()).toContain('見本窯業株式会社')
  await look(officer, '17-effect')
  for (const box of await officer.locator('main input[type=checkbox]').all()) await box.check()
  await officer.getByRole('button', { name: '開放する', exact: true }).click()
  await officer.waitForURL(/declarations\/batches\//)
  for (let tries = 0; tries < 40 && !(await officer.getByText('終わりました。').count()); tries++) {
    await officer.waitForTimeout(250)
    await officer.reload()
  }
  await look(officer, '18-declared')
  expect(await verdictOf(url, '特許6999101')).toBe('allowed')
  expect(await verdictOf(url, '特許6999102')).not.toBe('allowed')

  // The co-owner has nobody here: it is asked by a one-time link.
  await officer.goto(`${url}/ja/desk/consents`)
  await look(officer, '19-waiting')
  await officer.getByText('リンクを作る').first().click()
  await officer.getByRole('button', { name: 'リンクを作る' }).click()
  const link = (await officer.locator('code.pick').textContent())?.trim() ?? ''
  expect(new URL(link).origin).toBe(url)
  await look(officer, '20-link')

  const coOwner = await openPage(browser)
  await coOwner.goto(link)
  await look(coOwner, '21-asked')
  await coOwner.goto(link.replace('/ja/', '/en/'))
  await look(coOwner, '21-asked.en')
  await coOwner.goto(link)
  await coOwner.getByLabel('同意します', { exact: true }).check()
  await coOwner.getByLabel('お名前').fill('窯業 花子')
  await coOwner.getByLabel('役職').fill('知的財産室長')
  await coOwner.getByLabel('メールアドレス').fill('hanako@kiln.example')
  await coOwner.locator('main input[type=checkbox]').check()
  await coOwner.getByRole('button', { name: '回答を送る' }).click()
  await coOwner.getByText('宣言は効力を生じました').waitFor()
  await look(coOwner, '22-consented')

  // In force, for everybody.
  expect(await verdictOf(url, '特許6999102')).toBe('allowed')
  await officer.goto(`${url}/ja/desk/consents`)
  expect(await officer.locator('main').textContent()).not.toContain('見本窯業株式会社')
  await officer.goto(`${url}/ja/desk/declarations`)
  await look(officer, '23-in-force')
  await coOwner.goto(`${url}/ja/patents/JP-6999102-B2`)
  expect(await coOwner.locator('main').textContent()).toContain('出典: J-PlatPat')
  await look(coOwner, '24-patent')

  // Next month: the same file changes nothing.
  await officer.goto(`${url}/ja/desk/imports`)
  await officer.getByLabel('ファイル', { exact: true }).setInputFiles(portfolio())
  await officer.getByRole('button', { name: 'アップロードして確認へ' }).click()
  await officer.getByRole('heading', { name: '結果ごとの行' }).waitFor()
  await look(officer, '25-again')
  const results = await officer.getByRole('navigation', { name: '結果ごとの行' }).getByRole('link').allTextContents()
  expect(results.map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
    '判断が必要 0',
    '取り込めない 1',
    '変更 0',
    '新規 0',
    '変更なし 3',
  ])
  expect(faults).toEqual([])
})

async function verdictOf(url: string, number: string): Promise<string | undefined> {
  const answer = await fetch(`${url}/v1/check`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ numbers: [number], purpose: 'basic_research', mode: 'with', beneficiary: 'university' }),
  })
  return verdict.parse(await answer.json()).results[0]?.verdict
}
