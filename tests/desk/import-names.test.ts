import { expect, test } from 'vitest'
import { workOnImports } from '../../src/imports/work.ts'
import { type Line, tableMapping, tableOf } from '../support/imports.ts'
import { grantNumber } from '../support/patents.ts'
import { type SignedIn, signedIn } from '../support/people.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

const own = '試験工業大学'
// The list of ROR ids has two of this name.
const shared = 'ニプロ株式会社'
const osaka = 'https://ror.org/03creg496'

async function office() {
  const registry = await openLocalRegistry()
  const organisation = await registry.organisation({ name: { ja: own, en: 'Test Institute of Technology' } })
  const officer = await signedIn(registry, { name: '見本 京子', memberOf: organisation.id })
  return { registry, officer }
}

/** A file with a patent of the office and of each of these, previewed. */
async function previewed(registry: LocalRegistry, officer: SignedIn, coOwners: readonly string[]): Promise<string> {
  const form = new FormData()
  form.set('csrf', officer.csrf)
  form.set('mapping', JSON.stringify(tableMapping))
  const lines = coOwners.map(
    (name, i): Line => ({ grant: grantNumber(), title: `電池${i}`, holders: `${own}、${name}` }),
  )
  form.set('file', new Blob([tableOf(lines)]), '保有特許.csv')
  const { status, headers, text } = await officer.send('POST', '/ja/desk/imports', { body: form })
  if (status !== 303) throw new Error(`${status} ${text}`)
  await workOnImports(registry.context, () => true)
  return headers.get('Location') ?? ''
}

function words(text: string): string {
  return text
    .replaceAll(/<(?:script|style)[\s\S]*?<\/(?:script|style)>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
}

function keysIn(text: string): string[] {
  return (/name="unclear" value="([^"]*)"/.exec(text)?.[1] ?? '').split(',')
}

/** The form field of the line that shows this name. */
function fieldOf(text: string, name: string): string {
  const [, field] = new RegExp(`<th scope="row">${name}</th>.*?name="(name-[0-9a-f]+)"`, 's').exec(text) ?? []
  if (field === undefined) throw new Error(`${name} is not asked about`)
  return field
}

async function decided(registry: LocalRegistry, officer: SignedIn, path: string, fields: Record<string, string>) {
  const sent = await officer.submit(`${path}/names`, fields)
  expect([sent.status, sent.headers.get('Location')]).toEqual([303, path])
  await workOnImports(registry.context, () => true)
}

async function named({ db }: LocalRegistry): Promise<unknown[]> {
  const rows = await db.read.rows("select name_ja, ror from organisations where state = 'named' order by name_ja", [])
  return rows.map((row) => [...row])
}

test('a listed organisation that is not registered is chosen on the page, and registered with the rows', async () => {
  const { registry, officer } = await office()
  const path = await previewed(registry, officer, [shared])
  for (const lang of ['ja', 'en']) {
    const { text } = await officer.get(`${path.replace('/ja/', `/${lang}/`)}/names`)
    expect(text).toMatch(new RegExp(`<input type="radio" name="name-[0-9a-f]+" value="${osaka}"/?>`))
    expect(words(text)).toContain(
      lang === 'ja'
        ? 'ニプロ株式会社（Osaka, https://ror.org/03creg496）。RORの一覧にある機関です'
        : 'of the list of ROR ids',
    )
  }
  const [, field = ''] = /name="(name-[0-9a-f]+)" value="https/.exec((await officer.get(`${path}/names`)).text) ?? []
  await decided(registry, officer, path, { [field]: osaka })
  const after = await officer.get(`${path}/names`)
  // It can still be seen and changed, with what was chosen marked.
  expect(after.text).toMatch(new RegExp(`value="${osaka}" checked`))
  await officer.submit(`${path}/commit`)
  await workOnImports(registry.context, () => true)
  expect(await named(registry)).toEqual([[shared, osaka]])
})

test('a listed organisation may be written by its name or ROR id where it is not offered; one that is not listed is refused', async () => {
  const { registry, officer } = await office()
  const path = await previewed(registry, officer, ['別表記株式会社', '別名株式会社'])
  const { text } = await officer.get(`${path}/names`)
  const [one = '', two = ''] = [...text.matchAll(/name="other-([0-9a-f]+)"/g)].map(([, key]) => key)
  const wrong = await officer.submit(`${path}/names`, { [`other-${one}`]: 'https://ror.org/00hx57361' })
  expect(wrong.status).toBe(422)
  const unclear = await officer.submit(`${path}/names`, { [`other-${one}`]: shared })
  expect([unclear.status, words(unclear.text).includes('ROR IDを入れてください')]).toEqual([422, true])
  await decided(registry, officer, path, { [`other-${one}`]: '電子航法研究所', [`other-${two}`]: '03creg496' })
  await officer.submit(`${path}/commit`)
  await workOnImports(registry.context, () => true)
  expect(await named(registry)).toEqual([
    [shared, osaka],
    ['電子航法研究所', 'https://ror.org/000050t83'],
  ])
})

test('sixty names that may be people are one page: the few are marked, the others are answered at once', async () => {
  const { registry, officer } = await office()
  const people = Array.from({ length: 60 }, (_, i) => `見本 ${String.fromCharCode(0x4e00 + i)}`)
  const path = await previewed(registry, officer, [...people, 'タウンズ', '未知工業株式会社'])
  expect(words((await officer.get(path)).text)).toContain('61件は、機関か個人か分かりません')
  for (const lang of ['ja', 'en']) {
    const { text } = await officer.get(`${path.replace('/ja/', `/${lang}/`)}/names`)
    expect(keysIn(text)).toHaveLength(61)
    expect(new TextEncoder().encode(text).length).toBeLessThan(60_000)
    const said = lang === 'ja' ? '共有の特許でも登録しません' : 'not even a shared one'
    expect(words(text)).toContain(said)
    expect(text).toMatch(/name="unclear-rest" value="" checked/)
  }
  const { text } = await officer.get(`${path}/names`)
  const nothing = await officer.submit(`${path}/names`, { unclear: keysIn(text).join(','), 'unclear-rest': '' })
  expect(nothing.status).toBe(422)
  await decided(registry, officer, path, {
    unclear: keysIn(text).join(','),
    'unclear-rest': 'individual',
    [fieldOf(text, 'タウンズ')]: 'new',
  })
  const preview = words((await officer.get(path)).text)
  expect(preview).toContain('新しい特許2件を登録します')
  expect(preview).toContain('個人とした権利者（60件）')
  const refused = await officer.get(`${path}?result=refused`)
  expect(words(refused.text)).toContain('個人ではなく機関です')
  await officer.submit(`${path}/commit`)
  await workOnImports(registry.context, () => true)
  expect(await named(registry)).toEqual([
    ['タウンズ', null],
    ['未知工業株式会社', null],
  ])
})

test('an answer for all means the names that the page showed, not those that were never seen', async () => {
  const { registry, officer } = await office()
  const people = Array.from({ length: 130 }, (_, i) => `見本 ${String.fromCharCode(0x4e00 + i)}`)
  const path = await previewed(registry, officer, people)
  expect(words((await officer.get(path)).text)).toContain('130件は、機関か個人か分かりません')
  const first = await officer.get(`${path}/names`)
  expect(keysIn(first.text)).toHaveLength(100)
  expect(new TextEncoder().encode(first.text).length).toBeLessThan(60_000)
  await decided(registry, officer, path, { unclear: keysIn(first.text).join(','), 'unclear-rest': 'new' })
  const shown = words((await officer.get(path)).text)
  expect(shown).toContain('新しい特許100件を登録します')
  expect(shown).toContain('30件は、機関か個人か分かりません')
  const second = await officer.get(`${path}/names`)
  expect(keysIn(second.text)).toHaveLength(30)
  expect(keysIn(first.text).filter((key) => keysIn(second.text).includes(key))).toEqual([])
})

test('somebody said to be an individual by a slip is found again and becomes an organisation', async () => {
  const { registry, officer } = await office()
  const path = await previewed(registry, officer, ['タウンズ'])
  const asked = await officer.get(`${path}/names`)
  await decided(registry, officer, path, { [fieldOf(asked.text, 'タウンズ')]: 'individual' })
  const { text } = await officer.get(`${path}/names`)
  const [, again = ''] = /タウンズ <a href="([^"]+)"/.exec(text) ?? []
  const alone = await officer.get(again)
  const [, field = ''] = /name="(name-[0-9a-f]+)" value="individual" checked/.exec(alone.text) ?? []
  await decided(registry, officer, path, { [field]: 'new', [`was-${field.slice(5)}`]: 'individual' })
  expect(words((await officer.get(path)).text)).toContain('新しい特許1件を登録します')
})

test('while the file is read again the page of names leads back to the import', async () => {
  const { registry, officer } = await office()
  const path = await previewed(registry, officer, ['タウンズ'])
  const asked = await officer.get(`${path}/names`)
  await officer.submit(`${path}/names`, { [fieldOf(asked.text, 'タウンズ')]: 'individual' })
  const back = await officer.get(`${path}/names`)
  expect([back.status, back.headers.get('Location')]).toEqual([303, path])
})
