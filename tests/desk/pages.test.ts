import { expect, test } from 'vitest'
import { dumpState } from '../support/check-registry.ts'
import { confirmed, hanako, inventorGrant, type Laboratory, openLaboratory, worksAt } from '../support/inventors.ts'
import { accepting, opened, verified } from '../support/opening.ts'
import { type SignedIn, signedIn } from '../support/people.ts'
import { type Answer, openLocalRegistry } from '../support/registry.ts'

const [terms] = accepting('RPC-INVENTOR-1.0')
const accept = { accept: 'yes', 'terms-RPC-INVENTOR-1.0': terms?.sha256 ?? '' }
const grantForm = { project: 'Ion transport, continued', purpose: 'basic_research', mode: 'on', ...accept }

function placeOf({ headers }: Answer): string {
  return headers.get('Location') ?? ''
}

async function officerOf(laboratory: Laboratory, member = laboratory.kyoto): Promise<SignedIn> {
  return signedIn(laboratory, { name: '見本 京子', memberOf: member.organisation.id })
}

test('who is not signed in is asked to sign in, and comes back to the page', async () => {
  const registry = await openLocalRegistry()
  for (const path of [
    '/me',
    '/me/grants',
    '/me/grants/new',
    '/me/inventions',
    '/me/inventions/claim',
    '/me/affiliations',
  ])
    for (const page of [path, `/ja${path}`]) {
      const answer = await registry.anonymous.get(page)
      expect(answer.status, page).toBe(303)
      expect(placeOf(answer), page).toContain(`/sign-in?return=${encodeURIComponent(page)}`)
    }
  for (const path of ['/ja/me/move?organisation=x', '/ja/me/data', '/ja/desk/claims', '/ja/desk/people'])
    expect((await registry.anonymous.get(path)).status, path).toBe(303)
})

test('a new desk teaches what would be on it', async () => {
  const registry = await openLocalRegistry()
  const person = await signedIn(registry, { name: '入会 花子' })
  const { status, text } = await person.get('/ja/me')
  expect(status).toBe(200)
  for (const words of [
    '待っているものはありません',
    'まだ許諾証はありません',
    'まだ発明はありません',
    '所属はまだありません',
  ])
    expect(text).toContain(words)
  expect(text.indexOf('自分の許諾証</h2>')).toBeLessThan(text.indexOf('サインアウト'))
  for (const path of ['/me/grants', '/me/inventions', '/me/affiliations', '/me/move', '/me/data', '/me/grants/new'])
    for (const lang of ['ja', 'en']) expect((await person.get(`/${lang}${path}`)).status, path).toBe(200)
})

test('an inventor claims, the officer confirms, the grant is asked for, and a move carries it over', async () => {
  const laboratory = await openLaboratory()
  const { inventor, patent, kyoto, osaka } = laboratory
  const shown = await inventor.get(`/ja/me/inventions/claim?number=${encodeURIComponent(patent.number)}`)
  expect(shown.text).toContain('入會花子')
  const claimed = await inventor.submit('/ja/me/inventions/claim', { number: patent.number, inventor: '2' })
  expect(placeOf(claimed)).toBe('/ja/me/inventions#claimed')

  const officer = await officerOf(laboratory)
  const desk = await officer.get('/ja/me')
  expect(desk.text).toContain('1件が待っています')
  const claims = await officer.get('/ja/desk/claims')
  expect(claims.text).toContain(hanako.orcid)
  const claim = /name="claim" value="([^"]+)"/.exec(claims.text)?.[1] ?? ''
  const place = { number: patent.number, inventor: '2', claim }
  expect((await officer.submit('/ja/desk/claims', { ...place, decision: 'rejected' })).status).toBe(422)
  expect(placeOf(await officer.submit('/ja/desk/claims', { ...place, decision: 'confirmed' }))).toBe('/ja/desk/claims')

  const added = await inventor.submit('/ja/me/affiliations', {
    organisation: kyoto.organisation.name.ja,
    from: '2026-04-01',
  })
  expect(placeOf(added)).toBe('/ja/me/affiliations')
  const unread = await inventor.submit('/ja/me/inventions/grant', { ...grantForm, accept: '' })
  expect(unread.status).toBe(422)
  expect(unread.text).toContain('同意の欄に印を付けてください')
  const asked = await inventor.submit('/ja/me/inventions/grant', grantForm)
  expect(asked.status, asked.text).toBe(303)
  const before = tokenIn(await inventor.get(placeOf(asked)))
  expect((await verified(laboratory, before)).valid).toBe(true)

  const foreseen = await inventor.get(`/ja/me/move?organisation=${encodeURIComponent(osaka.organisation.name.ja)}`)
  expect(foreseen.text).toContain('新しい許諾証に交代')
  expect(foreseen.text).toContain(osaka.organisation.name.ja)
  expect((await verified(laboratory, before)).valid).toBe(true)
  const moved = await inventor.submit('/ja/me/move', { organisation: osaka.organisation.id, on: '2026-11-21' })
  expect(moved.status, moved.text).toBe(303)
  const after = tokenIn(await inventor.get(placeOf(moved)))
  expect((await verified(laboratory, after)).valid).toBe(true)
  expect((await verified(laboratory, before)).valid).toBe(false)
  const list = await inventor.get('/en/me/grants')
  for (const word of ['Valid', 'Superseded', '.jwt', '.tlog-proof']) expect(list.text).toContain(word)
  const home = await inventor.get('/ja/me')
  expect(home.text).toContain('確認されました')
  const notice = /name="notice" value="([^"]+)"/.exec(home.text)?.[1] ?? ''
  await inventor.submit('/ja/me/notices/read', { notice })
  expect((await inventor.get('/ja/me')).text).not.toContain(notice)
})

function tokenIn({ text }: Answer): string {
  return /id="token"[^>]*>([^<]+)</.exec(text)?.[1]?.trim() ?? ''
}

test('a rejected claim can be disputed, and a claim can be withdrawn', async () => {
  const laboratory = await openLaboratory()
  const { inventor, patent } = laboratory
  await inventor.submit('/ja/me/inventions/claim', { number: patent.number, inventor: '2', statement: '実施例3を測定' })
  const officer = await officerOf(laboratory)
  const place = { number: patent.number, inventor: '2' }
  const claims = await officer.get('/ja/desk/claims')
  const claim = /name="claim" value="([^"]+)"/.exec(claims.text)?.[1] ?? ''
  await officer.submit('/ja/desk/claims', { ...place, claim, decision: 'rejected', reason: '別の方です' })
  const rejected = await inventor.get('/ja/me/inventions')
  expect(rejected.text).toContain('別の方です')
  expect(
    (await inventor.submit('/ja/me/inventions/dispute', { ...place, statement: '研究ノートがあります' })).status,
  ).toBe(303)
  expect((await officer.get('/ja/desk/claims')).text).toContain('異議中')
  expect((await inventor.submit('/ja/me/inventions/withdraw', place)).status).toBe(303)
  expect((await officer.get('/ja/desk/claims')).text).toContain('待っている申し出はありません')
})

test('an ambiguous name of an organisation gives a choice, an unknown one says so, and nothing is written', async () => {
  const laboratory = await openLaboratory()
  const before = await dumpState(laboratory)
  const several = await laboratory.inventor.submit('/ja/me/affiliations', {
    organisation: '試験大学',
    from: '2026-04-01',
  })
  expect(several.status).toBe(422)
  expect(several.text.match(/type="radio"/g)?.length).toBe(4)
  const unknown = await laboratory.inventor.submit('/ja/me/affiliations', {
    organisation: '無い大学',
    from: '2026-04-01',
  })
  expect(unknown.text).toContain('登録されている機関に見つかりません')
  expect(await dumpState(laboratory)).toBe(before)
})

test('a move to a company says that the grant ends, and prepares the letter to the holders', async () => {
  const laboratory = await openLaboratory()
  const { inventor, kyoto, honda } = laboratory
  await confirmed(laboratory)
  await worksAt(inventor, kyoto)
  const grant = await inventorGrant(inventor)
  const path = `/ja/me/move?organisation=${encodeURIComponent(honda.organisation.id)}`
  const { text } = await inventor.get(path)
  expect(text).toContain('この機関では続けられないため、終わります')
  expect(text).toContain('発明者による研究の継続についてのお願い')
  const moved = await inventor.submit('/ja/me/move', { organisation: honda.organisation.id })
  expect(placeOf(moved)).toBe('/ja/me/affiliations')
  expect((await verified(laboratory, grant.token)).valid).toBe(false)
  const asked = await inventor.submit('/ja/me/inventions/grant', grantForm)
  expect(asked.status).toBe(422)
  expect(asked.text).toContain('発明者による研究の継続についてのお願い')
})

test('a researcher whose institution stands behind the affiliation gets a research grant; else it says why not', async () => {
  const laboratory = await openLaboratory()
  const { inventor, kyoto } = laboratory
  const { patents } = await opened(laboratory, 'RPC-OPEN-1.0')
  const [open] = accepting('RPC-OPEN-1.0')
  const numbers = patents[0]?.number ?? ''
  const form = {
    numbers,
    project: 'Ion transport',
    purpose: 'basic_research',
    mode: 'with',
    accept: 'yes',
    'terms-RPC-OPEN-1.0': open?.sha256 ?? '',
  }
  const page = await inventor.get(`/ja/me/grants/new?numbers=${encodeURIComponent(numbers)}`)
  expect(page.text).toContain(open?.sha256)
  expect((await inventor.submit('/ja/me/grants/new', form)).status).toBe(422)
  await worksAt(inventor, kyoto)
  expect((await inventor.submit('/ja/me/grants/new', form)).status).toBe(422)
  const officer = await officerOf(laboratory)
  const people = await officer.get('/ja/desk/people')
  const affiliation = /name="affiliation" value="([^"]+)"/.exec(people.text)?.[1] ?? ''
  expect((await officer.submit('/ja/desk/people/decide', { affiliation, decision: 'confirmed' })).status).toBe(303)
  const { accept: _, ...unread } = form
  expect((await inventor.submit('/ja/me/grants/new', unread)).text).toContain('同意の欄に印を付けてください')
  const asked = await inventor.submit('/ja/me/grants/new', form)
  expect(asked.status, asked.text).toBe(303)
  expect((await verified(laboratory, tokenIn(await inventor.get(placeOf(asked))))).valid).toBe(true)

  await kyoto.officer.patch(
    `/v1/organisations/${kyoto.organisation.id}`,
    { grantApproval: 'officer_approves' },
    { 'If-Match': (await kyoto.officer.get(`/v1/organisations/${kyoto.organisation.id}`)).headers.get('ETag') ?? '' },
  )
  const waits = await inventor.submit('/ja/me/grants/new', form)
  expect(placeOf(waits)).toBe('/ja/me/grants#requests')
  expect((await inventor.get('/ja/me/grants')).text).toContain('承認待ち')
  const requests = await officer.get('/ja/desk/requests')
  const request = /name="request" value="([^"]+)"/.exec(requests.text)?.[1] ?? ''
  expect((await officer.submit('/ja/desk/requests', { request, decision: 'refused' })).status).toBe(422)
  expect((await officer.submit('/ja/desk/requests', { request, decision: 'approved' })).status).toBe(303)
  expect((await inventor.get('/ja/me/grants')).text.match(/有効/g)?.length).toBe(2)
})

test('an officer records a move by ORCID iD, and nobody sees who has signed in', async () => {
  const laboratory = await openLaboratory()
  const { inventor, osaka } = laboratory
  const officer = await officerOf(laboratory, osaka)
  const known = await officer.submit('/ja/desk/people/record', {
    orcid: hanako.orcid,
    from: '2026-11-01',
    what: 'moved',
  })
  const unknown = { orcid: '0000-0001-5109-3700', from: '2026-11-01', what: 'moved' }
  expect([known.status, (await officer.submit('/ja/desk/people/record', unknown)).status]).toEqual([303, 303])
  const { text } = await officer.get('/ja/desk/people')
  expect(text).toContain(hanako.orcid)
  expect(text).not.toContain(hanako.name)
  expect((await officer.submit('/ja/desk/people/record', { ...unknown, orcid: '123' })).text).toContain(
    'ORCID iD として読み取れません',
  )
  expect((await inventor.get('/ja/me/affiliations')).text).toContain(osaka.organisation.name.ja)
})

test('an officer’s pages are for officers: others are told how to become one', async () => {
  const laboratory = await openLaboratory()
  for (const path of ['claims', 'people', 'requests']) {
    const { status, text } = await laboratory.inventor.get(`/ja/desk/${path}`)
    expect(status).toBe(403)
    expect(text).toContain('招待リンク')
  }
  const idle = await signedIn(laboratory, { name: '二', memberOf: laboratory.kyoto.organisation.id, actingFor: null })
  expect((await idle.get('/ja/desk/claims')).text).toContain(laboratory.kyoto.organisation.name.ja)
})

test('another person’s grant page is not there', async () => {
  const laboratory = await openLaboratory()
  await confirmed(laboratory)
  await worksAt(laboratory.inventor, laboratory.kyoto)
  const { number } = await inventorGrant(laboratory.inventor)
  expect((await laboratory.inventor.get(`/ja/me/grants/${number}`)).status).toBe(200)
  const other = await officerOf(laboratory)
  expect((await other.get(`/ja/me/grants/${number}`)).status).toBe(404)
})

test('all that is held can be taken away, and erased once the word is typed', async () => {
  const laboratory = await openLaboratory()
  const { inventor } = laboratory
  const taken = await inventor.get('/ja/me/data/export')
  expect(taken.headers.get('Content-Disposition')).toContain('attachment')
  expect(JSON.parse(taken.text).person.orcid).toBe(hanako.orcid)
  expect((await inventor.submit('/ja/me/data/erase', { word: 'はい' })).text).toContain('確認の言葉が違います')
  expect((await inventor.submit('/ja/me/data/erase', { word: 'すべて消去' })).status).toBe(303)
  expect((await inventor.get('/ja/me')).status).toBe(303)
})

test('a form that is sent twice gives one grant, also when both arrive at once', async () => {
  const laboratory = await openLaboratory()
  const { inventor, kyoto } = laboratory
  await confirmed(laboratory)
  await worksAt(inventor, kyoto)
  const page = await inventor.get('/ja/me/inventions')
  const shown = /name="shown" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  const form = { ...grantForm, shown }
  const both = await Promise.all([1, 2].map(() => inventor.submit('/ja/me/inventions/grant', form)))
  const again = await inventor.submit('/ja/me/inventions/grant', form)
  expect(new Set([...both, again].map(placeOf)).size).toBe(1)
  const other = await inventor.submit('/ja/me/inventions/grant', { ...form, project: 'Another' })
  expect(placeOf(other)).not.toBe(placeOf(again))
  expect(await laboratory.db.read.rows('select count(*) from grants', [])).toEqual([[2]])
})

test('a check list of a thousand numbers goes on to the terms, one of none is asked for again', async () => {
  const laboratory = await openLaboratory()
  const numbers = Array.from({ length: 1000 }, (_, i) => `JP-${6_000_000 + i}-B2`).join('\n')
  const long = await laboratory.inventor.submit('/ja/me/grants/new', { step: 'terms', numbers })
  expect(long.status).toBe(200)
  expect(long.text.match(/JP-60\d{5}-B2<\/th>/g)?.length).toBe(1000)
  expect(long.text).toContain('研究に開放されている特許はありません')
  const none = await laboratory.inventor.submit('/ja/me/grants/new', { step: 'terms', numbers: ' ' })
  expect(none.text).toContain('name="step"')
})
