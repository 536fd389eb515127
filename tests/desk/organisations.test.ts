import { expect, test } from 'vitest'
import { currentAgreement } from '../../policies/participation.ts'
import { sha256Hex } from '../../src/log/canonical.ts'
import { insertNamedOrganisation } from '../../src/organisations/name-queries.ts'
import { becomeSteward, inviteSteward } from '../../src/people/members/steward.ts'
import { setActingAsSteward } from '../../src/people/queries.ts'
import { checkRegistry, dumpState } from '../support/check-registry.ts'
import { declare, type Holders, openHolders } from '../support/holders.ts'
import { type SignedIn, signedIn } from '../support/people.ts'

const form = {
  'name-ja': '申込大学',
  'name-en': 'Applying University',
  kind: 'university',
  country: 'jp',
  ror: '',
  corporateNumber: '',
  'signatory-name': '署名 花子',
  'signatory-post': '理事',
  agreement: currentAgreement.sha256,
  accept: 'yes',
}

async function stewardOf(registry: Holders): Promise<SignedIn> {
  const person = await signedIn(registry, { name: '運営 司' })
  const ctx = registry.context()
  const { url } = await inviteSteward(ctx)
  const actor = {
    kind: 'person',
    id: person.person.id,
    orcid: undefined,
    memberships: [],
    actingFor: undefined,
  } as const
  await becomeSteward({ ...ctx, actor }, url.slice(url.lastIndexOf('/') + 1))
  await setActingAsSteward(ctx.db, await sha256Hex(person.sessionId))
  return person
}

function idOf(text: string): string {
  return /name="organisation" value="([0-9a-f-]{36})"/.exec(text)?.[1] ?? ''
}

test('from finding the organisation to its desk: apply, returned, mended, approved, officer', async () => {
  const registry = await openHolders()
  const [person, steward] = [await signedIn(registry, { name: '申込 太郎' }), await stewardOf(registry)]
  expect((await registry.anonymous.get('/ja/join')).text).toContain('まずサインイン')
  const found = await person.get(`/ja/join?q=${encodeURIComponent('京都工芸')}`)
  expect(found.text).toContain('京都工芸繊維大学')
  const filled = await person.get(`/ja/join?ror=${encodeURIComponent('https://ror.org/00965ax52')}`)
  expect(filled.text).toContain('value="Kyoto Institute of Technology"')
  expect((await person.submit('/ja/join', form)).headers.get('Location')).toBe('/ja/me#applications')
  expect((await person.get('/ja/me')).text).toContain('運営者の確認待ち')

  const queue = await steward.get('/ja/desk/applications')
  expect(queue.text).toContain('申込大学')
  expect(queue.text).toContain('署名 花子')
  const organisation = idOf(queue.text)
  const without = await steward.submit('/ja/desk/applications', { organisation, decision: 'returned', reason: ' ' })
  expect(without.status).toBe(422)
  const back = { organisation, decision: 'returned', reason: '英語の名称をお確かめください。' }
  expect((await steward.submit('/ja/desk/applications', back)).status).toBe(303)
  const desk = await person.get('/ja/me')
  expect(desk.text).toContain('英語の名称をお確かめください。')
  const application = /application=([0-9a-f-]{36})/.exec(desk.text)?.[1] ?? ''
  const mending = await person.get(`/ja/join?application=${application}`)
  expect(mending.text).toContain('value="署名 花子"')
  const other = await signedIn(registry, { name: '他人 次郎' })
  expect((await other.get(`/ja/join?application=${application}`)).status).toBe(404)
  const again = { ...form, 'name-en': 'Applying University of Kyoto', application }
  expect((await other.submit('/ja/join', again)).status).toBe(404)
  expect((await person.submit('/ja/join', again)).status).toBe(303)
  expect((await steward.submit('/ja/desk/applications', { organisation, decision: 'approved' })).status).toBe(303)

  expect((await person.get('/ja/desk/organisation')).status).toBe(403)
  await person.submit('/ja/me/acting', { organisation })
  const settings = await person.get('/ja/desk/organisation')
  expect(settings.text).toContain('Applying University of Kyoto')
  expect(settings.text).toContain('PARTICIPATION-1.0')
  await checkRegistry(registry)
})

test('an application that is not filled in as it should be is shown again with what was written', async () => {
  const registry = await openHolders()
  const person = await signedIn(registry, { name: '申込 太郎' })
  const before = await dumpState(registry)
  const wrong = [
    [{ ...form, corporateNumber: '1234567890123' }, '法人番号が正しくありません'],
    [{ ...form, ror: '02kpeqv86' }, 'ROR ID が正しくありません'],
    [{ ...form, accept: '' }, '参加契約を読み、同意してください'],
    [{ ...form, agreement: '0'.repeat(64) }, '参加契約に新しい版があります'],
    [{ ...form, country: '日本' }, '英大文字2文字'],
    [{ ...form, 'name-en': ' ' }, '名称を、日本語と英語で'],
    [{ ...form, 'name-ja': 'あ'.repeat(301) }, '名称を、日本語と英語で'],
  ] as const
  for (const [fields, words] of wrong) {
    const shown = await person.submit('/ja/join', fields)
    expect(shown.status, words).toBe(422)
    expect(shown.text).toContain(words)
    expect(shown.text).toContain('value="署名 花子"')
  }
  expect(await dumpState(registry)).toBe(before)
})

test('a like name is taken over only when the steward chooses it', async () => {
  const registry = await openHolders()
  const [person, steward] = [await signedIn(registry, { name: '申込 太郎' }), await stewardOf(registry)]
  const id = crypto.randomUUID()
  const name = { ja: '申込大学', en: 'Applying University' }
  await registry.db.write(
    insertNamedOrganisation({ id, name, kind: 'university', country: 'JP' }, [], '2026-11-21T09:00:00.000Z'),
  )
  await person.submit('/ja/join', form)
  const queue = await steward.get('/ja/desk/applications')
  expect(queue.text).toContain('同じ名前の記録があります')
  expect(queue.text).toContain(`name="takesOver" value="${id}"`)
  const fields = { organisation: idOf(queue.text), decision: 'approved', takesOver: id }
  expect((await steward.submit('/ja/desk/applications', fields)).status).toBe(303)
  await person.submit('/ja/me/acting', { organisation: id })
  expect((await person.get('/ja/desk/organisation')).status).toBe(200)
  await checkRegistry(registry)
})

test('the stewards’ pages are for stewards whose session acts for the registry, whoever else asks', async () => {
  const registry = await openHolders()
  const { kyoto } = registry
  const officer = await signedIn(registry, { name: '見本 京子', memberOf: kyoto.organisation.id })
  const steward = await stewardOf(registry)
  const path = `/ja/desk/applications/${kyoto.organisation.id}`
  const suspend = { decision: 'suspended', reason: '連絡がとれません。', confirm: 'yes' }
  const before = await dumpState(registry)
  for (const place of ['/ja/desk/applications', path]) {
    expect((await registry.anonymous.get(place)).status).toBe(303)
    expect((await officer.get(place)).status).toBe(403)
    expect((await officer.get(place)).text).not.toContain('danger')
  }
  expect((await officer.submit(path, suspend)).status).toBe(403)
  expect(
    (await officer.submit('/ja/desk/applications', { organisation: kyoto.organisation.id, ...suspend })).status,
  ).toBe(403)
  expect((await steward.submit(path, { ...suspend, confirm: '' })).status).toBe(422)
  expect((await steward.submit(path, { ...suspend, reason: '' })).status).toBe(422)
  expect(await dumpState(registry)).toBe(before)
})

test('what a suspension does is told before it is done', async () => {
  const registry = await openHolders()
  const { kyoto, own } = registry
  await declare(kyoto.officer, [own.number])
  const steward = await stewardOf(registry)
  const path = `/ja/desk/applications/${kyoto.organisation.id}`
  const shown = await steward.get(path)
  expect(shown.text).toContain('宣言1件は撤回されず')
  const suspend = { decision: 'suspended', reason: '連絡がとれません。', confirm: 'yes' }
  expect((await steward.submit(path, suspend)).status).toBe(303)
  expect((await steward.get(path)).text).toContain('停止を解く')
  expect((await steward.submit(path, { ...suspend, decision: 'approved' })).status).toBe(303)
  expect((await steward.submit(path, { ...suspend, decision: 'left' })).status).toBe(303)
  const rows = await registry.db.read.rows('select state, closed_on is not null from declarations', [])
  expect(rows).toEqual([['withdrawn', 1]])
  await checkRegistry(registry)
})

test('an officer mends the record, its other names, and ends the participation, after reading what that does', async () => {
  const registry = await openHolders()
  const { kyoto, toyota, own } = registry
  await declare(kyoto.officer, [own.number])
  const id = kyoto.organisation.id
  const officer = await signedIn(registry, { name: '見本 京子', memberOf: id })
  const { text } = await officer.get('/ja/desk/organisation')
  const version = /name="version" value="(\d+)"/.exec(text)?.[1] ?? ''
  const record = {
    'name-ja': '京都新大学',
    'name-en': 'New University of Kyoto',
    ror: '',
    corporateNumber: '',
    noticeAddress: 'office@university.example',
    grantApproval: 'officer_approves',
    version,
  }
  expect((await officer.submit('/ja/desk/organisation', record)).status).toBe(303)
  expect((await officer.submit('/ja/desk/organisation', record)).status).toBe(422)
  const taken = await officer.submit('/ja/desk/organisation/names', { names: `京大\n${toyota.organisation.name.ja}` })
  expect([taken.status, taken.text.includes('別の機関の名前です')]).toEqual([422, true])
  expect((await officer.submit('/ja/desk/organisation/names', { names: '京大\r\n\r\nKyodai' })).status).toBe(303)
  const after = (await officer.get('/ja/desk/organisation')).text
  for (const word of ['京都新大学', 'office@university.example', 'Kyodai', kyoto.organisation.name.ja])
    expect(after).toContain(word)
  const accepted = { 'signatory-name': '署名 花子', 'signatory-post': '理事', agreement: currentAgreement.sha256 }
  expect((await officer.submit('/ja/desk/organisation/participation', accepted)).status).toBe(422)
  expect((await officer.submit('/ja/desk/organisation/participation', { ...accepted, accept: 'yes' })).status).toBe(303)
  expect((await officer.get('/ja/desk/organisation/leave')).text).toContain('宣言1件は同時に撤回され')
  expect((await officer.submit('/ja/desk/organisation/leave', {})).status).toBe(422)
  expect((await officer.submit('/ja/desk/organisation/leave', { confirm: 'yes' })).status).toBe(303)
  expect((await officer.get('/ja/desk/organisation')).status).toBe(403)
  await checkRegistry(registry)
})

test('people, clients and webhooks are managed by the organisation itself; secrets are shown once', async () => {
  const registry = await openHolders()
  const id = registry.kyoto.organisation.id
  const officer = await signedIn(registry, { name: '見本 京子', memberOf: id })
  const invited = await officer.submit('/ja/desk/access/invite', { role: 'officer' })
  const link = /https:\/\/registry\.test\/join\/([\w-]{43})/.exec(invited.text)?.[1] ?? ''
  expect([invited.status, link.length]).toEqual([200, 43])
  expect((await officer.get('/ja/desk/access')).text).not.toContain(link)
  const second = await signedIn(registry, { name: '入会 次子' })
  await second.submit(`/ja/join/${link}`)
  const made = await officer.submit('/ja/desk/access/client', {
    'client-name': 'Docket',
    'scope-patents:write': 'yes',
    'scope-registry:steward': 'yes',
  })
  expect([made.status, made.text.includes('client_secret')]).toEqual([200, true])
  const { items } = JSON.parse((await registry.steward.get(`/v1/organisations/${id}/clients`)).text)
  const docket = items.find((one: { name: string }) => one.name === 'Docket')
  expect(docket.scopes).toEqual(['patents:write'])
  expect((await officer.submit('/ja/desk/access/client/end', { client: docket.client_id })).status).toBe(303)
  expect((await officer.submit('/ja/desk/access/webhook', { url: 'http://127.0.0.1/' })).status).toBe(422)
  const hook = await officer.submit('/ja/desk/access/webhook', { url: 'https://hooks.university.example/iriai' })
  expect(hook.text).toContain('whsec_')
  const webhook = /name="webhook" value="([^"]+)"/.exec(hook.text)?.[1] ?? ''
  expect((await officer.submit('/ja/desk/access/webhook/test', { webhook })).status).toBe(303)
  expect((await officer.submit('/ja/desk/access/webhook/end', { webhook })).status).toBe(303)

  const stranger = await signedIn(registry, { name: '豊田 太郎', memberOf: registry.toyota.organisation.id })
  const before = await dumpState(registry)
  expect((await stranger.submit('/ja/desk/access/member', { person: officer.person.id })).status).toBe(422)
  expect((await stranger.submit('/ja/desk/access/client/end', { client: items[0].client_id })).status).toBe(422)
  expect(await dumpState(registry)).toBe(before)
  expect((await second.submit('/ja/desk/access/member', { person: officer.person.id })).status).toBe(303)
  expect((await officer.get('/ja/desk/access')).status).toBe(403)
  expect((await second.submit('/ja/desk/access/member', { person: second.person.id })).status).toBe(422)
})

test('the agreement is read in both languages, each clause at its own address', async () => {
  const registry = await openHolders()
  for (const [lang, heading] of [
    ['ja', '参加契約'],
    ['en', 'Participation Agreement'],
  ] as const) {
    const { text } = await registry.anonymous.get(`/${lang}/participation`)
    expect(text).toContain(heading)
    for (const { id, [lang]: words } of currentAgreement.clauses) {
      expect(text).toContain(`id="c-${id.replace('.', '-')}"`)
      expect(text).toContain(words.slice(0, 20))
    }
    expect(text).toContain(currentAgreement.sha256)
  }
  expect((await registry.anonymous.get('/ja/participation/PARTICIPATION-9.9')).status).toBe(404)
})
