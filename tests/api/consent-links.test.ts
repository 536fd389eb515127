import { expect, test } from 'vitest'
import { z } from 'zod'
import { consentDetail } from '../../src/declarations/consent-detail.ts'
import { type Declaration, declaration } from '../../src/declarations/declaration.ts'
import { newConsentLink } from '../../src/declarations/links/link.ts'
import { canonical, sha256Hex } from '../../src/log/canonical.ts'
import { loggedEntry } from '../../src/log/entry.ts'
import { namedOrganisation } from '../support/named.ts'
import { declarationOf, enrolled } from '../support/opening.ts'
import { type Answer, type OperatedRegistry, openRegistry } from '../support/registry.ts'

const evidence = z.object({
  text: z.string(),
  sha256: z.string(),
  signatory: z.object({ salt: z.string(), name: z.string(), post: z.string(), email: z.string() }).optional(),
})
const yes = { answer: 'given', name: '入会 次郎', post: '知財部長', email: 'jiro@example.co.jp', authority: 'yes' }

async function asked() {
  const registry = await openRegistry()
  const [holder, named] = await Promise.all([registry.organisation(), namedOrganisation(registry)])
  const officer = await registry.member(holder.id)
  const { number } = await enrolled(officer, [holder, named])
  const made = (await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))).as(declaration)
  const path = `/v1/declarations/${made.id}`
  const link = async () => (await officer.post(`${path}/consent-links`, { organisation: named.id })).as(newConsentLink)
  const now = async (): Promise<Declaration> => (await registry.anonymous.get(path)).as(declaration)
  return { registry, holder, named, officer, number, made, path, link, now }
}

function pageOf(registry: OperatedRegistry, url: string, lang = 'ja') {
  return `/${lang}${url.slice(registry.url.length)}`
}

/** As a browser sends the form of the page. */
function submitted(
  registry: OperatedRegistry,
  url: string,
  fields: Record<string, string>,
  more = {},
): Promise<Answer> {
  return registry.anonymous.send('POST', pageOf(registry, url), {
    body: new URLSearchParams(fields).toString(),
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Origin: new URL(registry.url).origin,
      'Sec-Fetch-Site': 'same-origin',
      ...more,
    },
  })
}

test('the named officer of an organisation that is not here reads, answers once, and the declaration is in force', async () => {
  const { registry, holder, named, officer, number, made, path, link, now } = await asked()
  const { url, expiresAt, madeAt } = await link()
  expect((Date.parse(expiresAt) - Date.parse(madeAt)) / 86_400_000).toBe(60)
  for (const [lang, words] of [
    ['ja', ['共有特許の開放への同意', '同意します']],
    ['en', ['Consent to opening co-owned patents', 'We consent']],
  ] as const) {
    const shown = await registry.anonymous.get(pageOf(registry, url, lang))
    expect([shown.status, shown.headers.get('Cache-Control')]).toEqual([200, 'no-store'])
    for (const text of [...words, number, holder.name[lang], named.name[lang], made.termsSha256])
      expect(shown.text).toContain(text)
    expect(shown.text.length).toBeLessThan(60_000)
  }
  const sent = await submitted(registry, url, yes)
  expect(sent.status).toBe(303)
  const after = await now()
  expect(after).toMatchObject({ state: 'in_force', consents: [{ answer: 'given', via: 'link' }] })
  const kept = (await officer.get(`${path}/consents/${named.id}/evidence`)).as(evidence)
  expect(after.consents[0]?.evidenceSha256).toBe(kept.sha256)
  expect(await sha256Hex(kept.text)).toBe(kept.sha256)
  const { signatory, ...said } = z
    .looseObject({ signatory: z.object({ sha256: z.string() }) })
    .parse(JSON.parse(kept.text))
  expect(said).toMatchObject({ answer: 'given', patents: { numbers: [number] }, terms: { sha256: made.termsSha256 } })
  const { salt = '', ...person } = kept.signatory ?? {}
  expect(person).toEqual({ name: yes.name, post: yes.post, email: yes.email })
  expect(signatory.sha256).toBe(await sha256Hex(salt + canonical(person)))
  const entry = (await registry.anonymous.get('/v1/log/entries?limit=100')).as(
    z.object({ items: z.array(loggedEntry) }),
  )
  const consented = entry.items.find(({ type, subject }) => type === 'consented' && subject === made.id)
  if (consented) expect(consented.record).toMatchObject({ via: 'link', evidenceSha256: kept.sha256 })
  // Nothing of the person is public.
  for (const open of [path, pageOf(registry, url), '/v1/log/entries?limit=100'])
    expect((await registry.anonymous.get(open)).text).not.toContain('jiro@example')
  const again = await submitted(registry, url, { ...yes, answer: 'refused', reason: 'No.' })
  expect(again.status).toBe(200)
  expect((await now()).consents[0]?.answer).toBe('given')
})

test('of two answers sent at once the first one counts', async () => {
  const { registry, link, now } = await asked()
  const { url } = await link()
  const answers = await Promise.all([
    submitted(registry, url, yes),
    submitted(registry, url, { ...yes, answer: 'refused', reason: 'No.' }),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 303])
  const { answer, reason } = (await now()).consents[0] ?? {}
  const won = answers[0]?.status === 303 ? ['given', undefined] : ['refused', 'No.']
  expect([answer, reason]).toEqual(won)
})

test('a form that is not filled in says what is missing, and records nothing', async () => {
  const { registry, link, now } = await asked()
  const { url } = await link()
  const wrong = [
    [{ ...yes, authority: '' }, '印を付けてください'],
    [{ ...yes, name: '' }, 'お名前を1行'],
    [{ ...yes, email: 'nobody' }, 'メールアドレスを入力'],
    [{ ...yes, answer: 'refused' }, '同意しない理由'],
    [{ ...yes, answer: 'maybe' }, '同意するかどうか'],
    [{ ...yes, name: '<script>alert(1)</script>', post: '' }, '役職を1行'],
    [{}, '同意するかどうか'],
  ] as const
  for (const [fields, words] of wrong) {
    const shown = await submitted(registry, url, fields)
    expect([shown.status, shown.text.includes(words), shown.text.includes('<script>alert')]).toEqual([422, true, false])
  }
  const foreign = await submitted(registry, url, yes, {
    'Sec-Fetch-Site': 'cross-site',
    Origin: 'https://evil.example',
  })
  expect(foreign.status).toBe(403)
  expect((await now()).consents[0]?.answer).toBe('pending')
})

test('a link is renewed and revoked by its holder; what is void, unknown or withdrawn says so and takes no answer', async () => {
  const { registry, officer, path, link, now } = await asked()
  const first = await link()
  const second = await link()
  const gone = await registry.anonymous.get(pageOf(registry, first.url))
  expect([gone.status, gone.text.includes('取り消されました')]).toEqual([410, true])
  expect((await submitted(registry, first.url, yes)).status).toBe(410)
  expect((await officer.delete(`${path}/consent-links/${second.id}`)).status).toBe(204)
  expect((await officer.delete(`${path}/consent-links/${second.id}`)).problem().code).toBe('already_decided')
  expect((await registry.anonymous.get(pageOf(registry, second.url))).status).toBe(410)
  const third = await link()
  const unknown = await Promise.all(
    ['x', 'a'.repeat(43), 'a'.repeat(2000), '%00', "' or 1=1"].map((token) =>
      registry.anonymous.get(`/ja/consent/${encodeURIComponent(token)}`),
    ),
  )
  expect(unknown.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
  expect((await submitted(registry, `${registry.url}/consent/${'b'.repeat(43)}`, yes)).status).toBe(404)
  await officer.post(`${path}/withdrawal`, { reason: 'The terms were the wrong ones.' })
  const told = await submitted(registry, third.url, yes)
  expect([told.status, told.text.includes('この宣言は撤回されました')]).toEqual([410, true])
  expect((await now()).consents[0]?.answer).toBe('pending')
})

test('only the declaring holder makes a link, and only for a co-owner that nobody acts for here', async () => {
  const { registry, officer, named, holder, path } = await asked()
  const stranger = await registry.organisation()
  const other = await registry.member(stranger.id)
  expect((await other.post(`${path}/consent-links`, { organisation: named.id })).status).toBe(403)
  expect((await other.get(`${path}/consents`)).status).toBe(403)
  expect((await other.get(`${path}/consents/${named.id}/evidence`)).status).toBe(403)
  expect((await officer.post(`${path}/consent-links`, { organisation: stranger.id })).status).toBe(404)
  expect((await officer.post(`${path}/consent-links`, { organisation: named.id, email: 'x' })).status).toBe(422)
  const { number } = await enrolled(officer, [holder, stranger])
  const here = (await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))).as(declaration)
  const refused = await officer.post(`/v1/declarations/${here.id}/consent-links`, { organisation: stranger.id })
  expect([refused.status, refused.problem().code]).toEqual([409, 'not_allowed_now'])
  const reminder = `/v1/declarations/${here.id}/consents/${stranger.id}/reminder`
  expect((await officer.post(reminder, {})).status).toBe(201)
  expect((await officer.post(reminder, {})).problem().code).toBe('not_allowed_now')
  expect((await officer.post(`${path}/consents/${named.id}/reminder`, {})).problem().code).toBe('not_allowed_now')
  const details = z.object({ items: z.array(consentDetail) })
  const [seen] = (await officer.get(`/v1/declarations/${here.id}/consents`)).as(details).items
  expect([seen?.ask, seen?.reminders.length]).toEqual(['registry', 1])
})

test('nobody answers behind a link for an organisation that is suspended: it has officers, who answer once they may again', async () => {
  const registry = await openRegistry()
  const [holder, coOwner] = await Promise.all([registry.organisation(), registry.organisation()])
  const officer = await registry.member(holder.id)
  const theirs = await registry.member(coOwner.id)
  const { number } = await enrolled(officer, [holder, coOwner])
  const made = (await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))).as(declaration)
  const approval = `/v1/organisations/${coOwner.id}/approval`
  await registry.steward.post(approval, { state: 'suspended', reason: 'x' })
  const path = `/v1/declarations/${made.id}`
  const link = await officer.post(`${path}/consent-links`, { organisation: coOwner.id })
  expect(link.problem()).toMatchObject({ status: 409, code: 'not_allowed_now' })
  await registry.steward.post(approval, { state: 'approved' })
  expect((await theirs.post(`${path}/consents`, { answer: 'given' })).as(declaration).state).toBe('in_force')
})

test('who answered can be erased; the evidence goes on to prove what was shown and said', async () => {
  const { registry, officer, named, path, link } = await asked()
  const { url } = await link()
  await submitted(registry, url, yes)
  const person = `${path}/consents/${named.id}/signatory`
  const stranger = await registry.member((await registry.organisation()).id)
  expect((await stranger.delete(person)).status).toBe(403)
  expect((await registry.steward.delete(person)).status).toBe(204)
  const kept = (await officer.get(`${path}/consents/${named.id}/evidence`)).as(evidence)
  expect([kept.signatory, await sha256Hex(kept.text)]).toEqual([undefined, kept.sha256])
  expect((await officer.delete(person)).status).toBe(404)
})

test('an organisation that has joined since is answered for by its own officers, no longer behind the link', async () => {
  const { registry, named, made, path, link, now } = await asked()
  const { url } = await link()
  const unique = crypto.randomUUID().slice(0, 8)
  const name = { ja: `${named.name.ja}本社${unique}`, en: `${named.name.en} ${unique}` }
  const paper = { name, kind: 'company', country: 'JP' }
  const applied = JSON.parse((await registry.steward.post('/v1/organisations', paper)).text)
  const approval = { state: 'approved', takesOver: named.id }
  expect((await registry.steward.post(`/v1/organisations/${applied.id}/approval`, approval)).status).toBe(200)
  const officer = await registry.member(named.id)
  const shown = await registry.anonymous.get(pageOf(registry, url))
  expect(shown.status).toBe(410)
  expect(shown.text).toContain('登録簿に参加しました')
  expect(shown.text).not.toContain('name="answer"')
  expect((await submitted(registry, url, yes)).status).toBe(410)
  expect((await now()).consents[0]?.answer).toBe('pending')
  const own = await officer.post(`${path}/consents`, { answer: 'refused', reason: 'No.' })
  expect(own.as(declaration).consents[0]).toMatchObject({ answer: 'refused' })
  expect(own.as(declaration).consents[0]?.via).toBeUndefined()
  expect(made.state).toBe('awaiting_consent')
})
