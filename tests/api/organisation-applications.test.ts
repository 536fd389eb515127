import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { pinnedAgreements } from '../../policies/participation.ts'
import { checkResult } from '../../src/check/check.ts'
import { declaration } from '../../src/declarations/declaration.ts'
import { application, appliedOrganisation } from '../../src/organisations/application.ts'
import { candidate } from '../../src/organisations/candidates.ts'
import { insertNamedOrganisation } from '../../src/organisations/name-queries.ts'
import { organisation, organisationName } from '../../src/organisations/organisation.ts'
import { becomeSteward, inviteSteward } from '../../src/people/members/steward.ts'
import { organisationAfter, participation } from '../../src/standing/participation.ts'
import { codes, granted, grantOf, newRor, numbersOf, opened, research, verified } from '../support/opening.ts'
import { type SignedIn, signedIn } from '../support/people.ts'
import { type OperatedRegistry, openRegistry } from '../support/registry.ts'

const agreement = { id: 'PARTICIPATION-1.0', sha256: pinnedAgreements['PARTICIPATION-1.0'] }
const signatory = { name: '署名 花子', post: '理事' }
const applications = z.object({ items: z.array(application) })
const tag = () => crypto.randomUUID().slice(0, 8)

function asked(more: Record<string, unknown> = {}) {
  const unique = tag()
  return {
    name: { ja: `申込大学${unique}`, en: `Applying University ${unique}` },
    kind: 'university',
    country: 'JP',
    signatory,
    agreement,
    ...more,
  }
}

/** An organisation that an import has named. */
async function named(registry: OperatedRegistry, more: { ror?: string } = {}) {
  const unique = tag()
  const id = crypto.randomUUID()
  const name = { ja: `命名電機株式会社${unique}`, en: `Named Electric ${unique} Co., Ltd.` }
  const made = { id, name, kind: 'company', country: 'JP', ...more } as const
  await registry.context().db.write(insertNamedOrganisation(made, [], new Date().toISOString()))
  return made
}

/** A person whose session acts for the registry, by a real invitation. */
async function personSteward(registry: OperatedRegistry): Promise<SignedIn> {
  const person = await signedIn(registry, { name: '運営 司' })
  const { url } = await inviteSteward(registry.context())
  const path = new URL(url).pathname
  expect((await person.get(`/ja${path}`)).status).toBe(200)
  expect((await person.submit(`/ja${path}`)).status).toBe(303)
  return person
}

describe('an application', () => {
  test('by a person waits for a steward, is hidden from others, and makes its applicant the first officer', async () => {
    const registry = await openRegistry()
    const person = await signedIn(registry, { name: '申込 太郎' })
    const other = await signedIn(registry, { name: '他人 次郎' })
    const input = asked()
    const made = (await person.post('/v1/organisations', input)).as(appliedOrganisation)
    expect(made).toMatchObject({ state: 'applied', name: input.name })
    for (const stranger of [registry.anonymous, other])
      expect((await stranger.get(`/v1/organisations/${made.id}`)).status).toBe(404)
    expect((await person.get(`/v1/organisations/${made.id}`)).as(organisation).state).toBe('applied')
    const [own] = (await person.get('/v1/applications')).as(applications).items
    expect(own).toMatchObject({ id: made.application, state: 'waiting', signatory, agreement })
    expect((await other.get('/v1/applications')).as(applications).items).toEqual([])
    const queue = (await registry.steward.get('/v1/applications')).as(applications).items
    expect(queue.map(({ id }) => id)).toContain(made.application)

    const etag = (await person.get(`/v1/organisations/${made.id}`)).headers.get('ETag') ?? ''
    expect((await person.patch(`/v1/organisations/${made.id}`, {}, { 'If-Match': etag })).status).toBe(403)
    const approval = `/v1/organisations/${made.id}/approval`
    expect((await registry.steward.post(approval, { state: 'approved' })).as(organisationAfter).state).toBe('approved')
    expect((await person.get('/v1/applications')).as(applications).items[0]?.state).toBe('approved')
    expect((await person.submit('/ja/me/acting', { organisation: made.id })).status).toBe(303)
    const members = await person.get(`/v1/organisations/${made.id}/members`)
    expect(JSON.parse(members.text).items).toMatchObject([{ name: '申込 太郎', role: 'officer' }])
    const info = (await person.get(`/v1/organisations/${made.id}/participation`)).as(participation)
    expect(info).toMatchObject({ state: 'approved', agreement })
    expect((await other.get(`/v1/organisations/${made.id}/participation`)).status).toBe(403)
  })

  test('needs a signatory and the current agreement in its exact words, unless a steward records it', async () => {
    const registry = await openRegistry()
    const person = await signedIn(registry, { name: '申込 太郎' })
    const faults = [
      [{ signatory: undefined }, '/signatory'],
      [{ agreement: undefined }, '/agreement'],
      [{ agreement: { ...agreement, sha256: '0'.repeat(64) } }, '/agreement'],
      [{ agreement: { ...agreement, id: 'PARTICIPATION-9.9' } }, '/agreement'],
      [{ signatory: { name: ' ', post: '理事' } }, '/signatory/name'],
      [{ signatory: { name: 'あ'.repeat(201), post: '理事' } }, '/signatory/post'.replace('post', 'name')],
      [{ corporateNumber: '1234567890123' }, '/corporateNumber'],
    ] as const
    for (const [more, pointer] of faults) {
      const refused = await person.post('/v1/organisations', asked(more))
      expect([refused.status, refused.problem().errors?.[0]?.pointer]).toEqual([422, pointer])
    }
    const { signatory: _, agreement: __, ...paper } = asked()
    expect((await registry.steward.post('/v1/organisations', paper)).status).toBe(201)
    expect((await registry.anonymous.post('/v1/organisations', asked())).status).toBe(401)
    const huge = await person.post('/v1/organisations', asked({ name: { ja: 'あ'.repeat(300_000), en: 'x' } }))
    expect(huge.status).toBe(422)
  })

  test('of the same organisation waits once, also when two are sent at once', async () => {
    const registry = await openRegistry()
    const [one, two] = await Promise.all([
      signedIn(registry, { name: '申込 一' }),
      signedIn(registry, { name: '申込 二' }),
    ])
    const [byRor, byName] = [asked({ ror: newRor() }), asked()]
    for (const input of [byRor, byName]) {
      const answers = await Promise.all([one, two].map((person) => person.post('/v1/organisations', input)))
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
      const again = { ...input, name: { ...input.name, ja: `国立大学法人${input.name.ja}` } }
      expect((await two.post('/v1/organisations', again)).problem().code).toBe('already_registered')
    }
    const live = (await registry.steward.get('/v1/applications')).as(applications).items
    for (const input of [byRor, byName])
      expect(live.filter(({ proposed }) => proposed.name.en === input.name.en)).toHaveLength(1)
  })

  test('for one that takes part is refused; five that wait are enough for one person', async () => {
    const registry = await openRegistry()
    const person = await signedIn(registry, { name: '申込 太郎' })
    const member = await registry.organisation()
    const refused = await person.post('/v1/organisations', asked({ name: member.name }))
    expect(refused.problem()).toMatchObject({
      code: 'already_registered',
      existing: `${registry.url}/v1/organisations/${member.id}`,
    })
    for (let i = 0; i < 5; i++) expect((await person.post('/v1/organisations', asked())).status).toBe(201)
    expect((await person.post('/v1/organisations', asked())).problem().code).toBe('not_allowed_now')
  })

  test('returned with a reason is mended by its applicant alone, and waits again', async () => {
    const registry = await openRegistry()
    const person = await signedIn(registry, { name: '申込 太郎' })
    const other = await signedIn(registry, { name: '他人 次郎' })
    const input = asked()
    const made = (await person.post('/v1/organisations', input)).as(appliedOrganisation)
    const approval = `/v1/organisations/${made.id}/approval`
    expect((await registry.steward.post(approval, { state: 'returned' })).problem().errors?.[0]?.pointer).toBe(
      '/reason',
    )
    const reason = '法人番号をお書きください。'
    expect((await registry.steward.post(approval, { state: 'returned', reason })).as(organisation).state).toBe(
      'applied',
    )
    expect((await registry.steward.post(approval, { state: 'returned', reason })).problem().code).toBe(
      'not_allowed_now',
    )
    const [back] = (await person.get('/v1/applications')).as(applications).items
    expect(back).toMatchObject({ state: 'returned', reason })
    const path = `/v1/applications/${made.application}/sending`
    const mended = { ...input, name: { ...input.name, en: `${input.name.en} Mended` } }
    expect((await other.post(path, mended)).status).toBe(404)
    expect((await registry.steward.post(path, mended)).status).toBe(403)
    const sent = (await person.post(path, mended)).as(application)
    expect(sent.state).toBe('waiting')
    expect(sent.reason).toBeUndefined()
    await registry.steward.post(approval, { state: 'approved' })
    const record = (await registry.anonymous.get(`/v1/organisations/${made.id}`)).as(organisation)
    expect(record.name.en).toBe(`${input.name.en} Mended`)
    expect((await person.post(path, mended)).problem().code).toBe('already_decided')
  })

  test('declined or withdrawn leaves nothing in the way of another one', async () => {
    const registry = await openRegistry()
    const [person, right] = await Promise.all([
      signedIn(registry, { name: '申込 太郎' }),
      signedIn(registry, { name: '本物 花子' }),
    ])
    const input = asked({ ror: newRor() })
    const first = (await person.post('/v1/organisations', input)).as(appliedOrganisation)
    const declined = { state: 'declined', reason: '権限を確かめられませんでした。' }
    expect((await registry.steward.post(`/v1/organisations/${first.id}/approval`, declined)).status).toBe(200)
    expect((await registry.steward.get(`/v1/organisations/${first.id}`)).status).toBe(404)
    expect((await person.get('/v1/applications')).as(applications).items[0]?.state).toBe('declined')
    const second = (await right.post('/v1/organisations', input)).as(appliedOrganisation)
    const path = `/v1/applications/${second.application}`
    expect((await person.delete(path)).status).toBe(404)
    expect((await right.delete(path)).status).toBe(204)
    expect((await right.delete(path)).problem().code).toBe('already_decided')
    expect((await person.post('/v1/organisations', input)).status).toBe(201)
  })

  test('does not hand the organisation to an applicant who was erased meanwhile', async () => {
    const registry = await openRegistry()
    const person = await signedIn(registry, { name: '消去 花子' })
    const made = (await person.post('/v1/organisations', asked())).as(appliedOrganisation)
    expect((await person.post('/v1/me/erasure', { confirm: 'erase everything' })).status).toBeLessThan(300)
    const [left] = (await registry.steward.get('/v1/applications'))
      .as(applications)
      .items.filter(({ id }) => id === made.application)
    expect(left?.signatory).toBeUndefined()
    expect(left?.agreement).toEqual(agreement)
    await registry.steward.post(`/v1/organisations/${made.id}/approval`, { state: 'approved' })
    const members = await registry.steward.get(`/v1/organisations/${made.id}/members`)
    expect(JSON.parse(members.text).items).toEqual([])
  })
})

describe('an organisation known by name only', () => {
  test('is public as such, is not in the list of those that joined, and cannot act', async () => {
    const registry = await openRegistry()
    const { id, name } = await named(registry)
    expect((await registry.anonymous.get(`/v1/organisations/${id}`)).as(organisation).state).toBe('named')
    const list = async (query: string) =>
      JSON.parse((await registry.anonymous.get(`/v1/organisations?${query}`)).text).items.map(
        (one: { id: string }) => one.id,
      )
    const q = `q=${encodeURIComponent(name.en)}`
    expect(await list(q)).toEqual([])
    expect(await list(`${q}&state=named`)).toEqual([id])
    for (const state of ['approved', 'suspended', 'left', 'returned']) {
      const refused = await registry.steward.post(`/v1/organisations/${id}/approval`, { state, reason: 'x' })
      expect(refused.problem().code, state).toBe('not_allowed_now')
    }
  })

  test('goes on under its record when the ROR id is the same; what was proposed shows once approved', async () => {
    const registry = await openRegistry()
    const ror = newRor()
    const { id, name } = await named(registry, { ror })
    const person = await signedIn(registry, { name: '申込 太郎' })
    const input = asked({ ror, kind: 'company' })
    const made = (await person.post('/v1/organisations', input)).as(appliedOrganisation)
    expect(made.id).toBe(id)
    expect((await registry.anonymous.get(`/v1/organisations/${id}`)).as(organisation)).toMatchObject({
      state: 'named',
      name,
    })
    const [own] = (await person.get('/v1/applications')).as(applications).items
    expect(own?.takesOver).toMatchObject({ id, name })
    await registry.steward.post(`/v1/organisations/${id}/approval`, { state: 'approved' })
    expect((await registry.anonymous.get(`/v1/organisations/${id}`)).as(organisation)).toMatchObject({
      state: 'approved',
      name: input.name,
    })
    const names = (await registry.anonymous.get(`/v1/organisations/${id}/names`)).as(
      z.object({ items: z.array(organisationName) }),
    )
    expect(names.items).toContainEqual({ name: name.ja, source: 'former' })
  })

  test('is known by name only again when the application is declined', async () => {
    const registry = await openRegistry()
    const ror = newRor()
    const { id } = await named(registry, { ror })
    const person = await signedIn(registry, { name: '申込 太郎' })
    await person.post('/v1/organisations', asked({ ror }))
    await registry.steward.post(`/v1/organisations/${id}/approval`, { state: 'declined', reason: '別の機関です。' })
    expect((await registry.anonymous.get(`/v1/organisations/${id}`)).as(organisation).state).toBe('named')
    expect((await person.post('/v1/organisations', asked({ ror }))).status).toBe(201)
  })

  test('of a like name goes on only where the steward says so', async () => {
    const registry = await openRegistry()
    const { id, name } = await named(registry)
    const like = { ja: name.ja.replace('株式会社', '㈱'), en: name.en }
    const [one, two] = await Promise.all([signedIn(registry, { name: '一' }), signedIn(registry, { name: '二' })])
    const first = (await one.post('/v1/organisations', asked({ name: like }))).as(appliedOrganisation)
    expect(first.id).not.toBe(id)
    const queued = (await registry.steward.get('/v1/applications')).as(applications).items
    expect(queued.find((item) => item.id === first.application)?.sameName).toEqual([{ id, name }])
    const own = (await one.get('/v1/applications')).as(applications).items[0]
    expect(own?.sameName).toBeUndefined()
    const member = await registry.organisation()
    const approval = `/v1/organisations/${first.id}/approval`
    const wrong = await registry.steward.post(approval, { state: 'approved', takesOver: member.id })
    expect(wrong.problem().errors?.[0]?.pointer).toBe('/takesOver')
    const taken = await registry.steward.post(approval, { state: 'approved', takesOver: id })
    expect(taken.as(organisation)).toMatchObject({ id, state: 'approved', name: like })
    expect((await registry.steward.get(`/v1/organisations/${first.id}`)).status).toBe(404)
    expect((await one.submit('/ja/me/acting', { organisation: id })).status).toBe(303)
    expect((await one.get(`/v1/organisations/${id}/members`)).status).toBe(200)
    expect((await two.post('/v1/organisations', asked({ name: like }))).problem().code).toBe('already_registered')
  })

  test('is found before it joins, with what the carried list has', async () => {
    const registry = await openRegistry()
    const { id, name } = await named(registry)
    const found = async (q: string) =>
      (await registry.anonymous.get(`/v1/organisations/candidates?q=${encodeURIComponent(q)}`)).as(
        z.object({ items: z.array(candidate) }),
      ).items
    expect(await found(name.ja.slice(2))).toMatchObject([{ source: 'registry', id, state: 'named' }])
    const kyoto = { ror: 'https://ror.org/02kpeqv85', name: { ja: '京都大学', en: 'Kyoto University' } }
    expect((await found('京都大学'))[0]).toMatchObject(kyoto)
    expect((await found('02kpeqv85'))[0]).toMatchObject(kyoto)
    expect((await found('大学')).length).toBe(20)
    expect((await registry.anonymous.get('/v1/organisations/candidates?q=')).status).toBe(400)
    expect((await registry.anonymous.get(`/v1/organisations/candidates?q=${'a'.repeat(201)}`)).status).toBe(400)
  })
})

describe('leaving', () => {
  test('withdraws every declaration in the same act; checks answer ask from that day, and grants stay valid', async () => {
    const registry = await openRegistry()
    const { holder, officer, patents, declaration: made } = await opened(registry, 'RPC-OPEN-1.0', { count: 2 })
    const institution = await registry.organisation()
    const asker = await registry.member(institution.id)
    const numbers = numbersOf(patents)
    const { token } = await granted(asker, grantOf(numbers, ['RPC-OPEN-1.0']))
    const before = (await officer.get(`/v1/organisations/${holder.id}/participation`)).as(participation)
    expect(before.extent).toEqual({ declarations: 1, awaiting: 0, openPatents: 2, liveGrants: 1 })
    const path = `/v1/organisations/${holder.id}/leaving`
    expect((await asker.post(path, {})).status).toBe(403)
    const left = (await officer.post(path, { reason: '組織再編' })).as(organisationAfter)
    expect(left).toMatchObject({ state: 'left', effect: before.extent })
    const now = (await registry.anonymous.get(`/v1/declarations/${made.id}`)).as(declaration)
    expect(now.state).toBe('withdrawn')
    const days = (Date.parse(now.closedFrom ?? '') - Date.parse(now.withdrawnOn ?? '')) / 86_400_000
    expect(days).toBe(90)
    const query = new URLSearchParams({ number: numbers[0] ?? '', ...research })
    const answer = (await registry.anonymous.get(`/v1/check?${query}`)).as(checkResult)
    expect(answer.verdict).toBe('ask')
    expect(codes([...answer.reasons])).toContain('holder_suspended')
    expect((await asker.post('/v1/grants', grantOf(numbers, ['RPC-OPEN-1.0']))).problem().code).toBe('nothing_covered')
    expect((await verified(registry, token)).valid).toBe(true)
    expect((await officer.post(path, {})).status).toBe(403)
    const log = JSON.parse((await registry.anonymous.get('/v1/log/entries?limit=100')).text)
    const types = log.items?.filter((one: { subject: string }) => [holder.id, made.id].includes(one.subject))
    expect(types?.map((one: { type: string }) => one.type) ?? []).toContain('declaration_withdrawn')
  })

  test('is not the end: the organisation may apply again, and takes part from the day it is approved', async () => {
    const registry = await openRegistry()
    const { holder, officer, patents } = await opened(registry, 'RPC-OPEN-1.0', {
      organisation: { ror: newRor() },
    })
    await officer.post(`/v1/organisations/${holder.id}/leaving`, {})
    const person = await signedIn(registry, { name: '再び 花子' })
    const again = (await person.post('/v1/organisations', asked({ name: holder.name, ror: holder.ror }))).as(
      appliedOrganisation,
    )
    expect(again.id).toBe(holder.id)
    expect((await registry.anonymous.get(`/v1/organisations/${holder.id}`)).as(organisation).state).toBe('left')
    await registry.steward.post(`/v1/organisations/${holder.id}/approval`, { state: 'approved' })
    expect((await registry.anonymous.get(`/v1/organisations/${holder.id}`)).as(organisation).state).toBe('approved')
    const query = new URLSearchParams({ number: patents[0]?.number ?? '', ...research })
    const answer = (await registry.anonymous.get(`/v1/check?${query}`)).as(checkResult)
    expect(codes([...answer.reasons])).not.toContain('holder_suspended')
  })

  test('at the same time as a new declaration leaves none in force', async () => {
    const registry = await openRegistry()
    const { holder, officer, patents, declaration: first } = await opened(registry, 'RPC-OPEN-1.0')
    const another = {
      termsId: 'RPC-ACADEMIC-1.0',
      termsSha256: '',
      numbers: numbersOf(patents),
      encumbrancesChecked: true,
    }
    const terms = JSON.parse((await registry.anonymous.get('/v1/terms/RPC-ACADEMIC-1.0')).text)
    const [declared, left] = await Promise.all([
      officer.post('/v1/declarations', { ...another, termsSha256: terms.sha256 }),
      registry.steward.post(`/v1/organisations/${holder.id}/approval`, { state: 'left' }),
    ])
    expect(left.status).toBe(200)
    const all = JSON.parse((await registry.anonymous.get(`/v1/declarations?organisation=${holder.id}`)).text).items
    expect(all.map((one: { state: string }) => one.state)).toEqual(all.map(() => 'withdrawn'))
    expect(all.map((one: { id: string }) => one.id)).toContain(first.id)
    expect([201, 403, 409]).toContain(declared.status)
  })
})

describe('a steward who is a person', () => {
  test('acts for the registry while the session says so, and only while a steward', async () => {
    const registry = await openRegistry()
    const steward = await personSteward(registry)
    const person = await signedIn(registry, { name: '申込 太郎' })
    const made = (await person.post('/v1/organisations', asked())).as(appliedOrganisation)
    const approval = `/v1/organisations/${made.id}/approval`
    expect((await person.post(approval, { state: 'approved' })).status).toBe(403)
    expect((await steward.submit('/ja/me/acting', { organisation: '' })).status).toBe(303)
    expect((await steward.post(approval, { state: 'approved' })).status).toBe(403)
    expect((await steward.submit('/ja/me/acting', { organisation: 'registry' })).status).toBe(303)
    expect((await steward.post(approval, { state: 'approved' })).status).toBe(200)
    expect((await person.submit('/ja/me/acting', { organisation: 'registry' })).status).toBe(422)
    const { db } = registry.context()
    await db.write([{ sql: 'delete from stewards where person_id = ?', args: [steward.person.id] }])
    expect((await steward.post(approval, { state: 'suspended' })).status).toBe(403)
  })

  test('is not made by a used link, a wrong link, or anyone but the operator', async () => {
    const registry = await openRegistry()
    const ctx = registry.context()
    const { url } = await inviteSteward(ctx)
    const token = url.slice(url.lastIndexOf('/') + 1)
    const [one, two] = await Promise.all([signedIn(registry, { name: '一' }), signedIn(registry, { name: '二' })])
    const answers = await Promise.all([one, two].map((person) => person.submit(`/ja/join/steward/${token}`)))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    expect((await two.get('/ja/join/steward/wrong')).status).toBe(404)
    expect((await two.get(`/ja/join/steward/${token}`)).status).toBe(409)
    const actor = {
      kind: 'person',
      id: one.person.id,
      orcid: undefined,
      memberships: [],
      actingFor: undefined,
    } as const
    await expect(inviteSteward({ ...ctx, actor: { ...actor, steward: true } })).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(() => becomeSteward({ ...ctx, actor: { kind: 'anonymous' } }, token)).toThrow('Sign in')
  })

  test('does not decide on the own application', async () => {
    const registry = await openRegistry()
    const steward = await personSteward(registry)
    await steward.submit('/ja/me/acting', { organisation: '' })
    const made = (await steward.post('/v1/organisations', asked())).as(appliedOrganisation)
    await steward.submit('/ja/me/acting', { organisation: 'registry' })
    const refused = await steward.post(`/v1/organisations/${made.id}/approval`, { state: 'approved' })
    expect(refused.problem().code).toBe('forbidden')
  })
})

describe('other names', () => {
  test('are set by an officer of the organisation alone, and never another organisation’s', async () => {
    const registry = await openRegistry()
    const [mine, other] = await Promise.all([registry.organisation(), registry.organisation()])
    const [officer, stranger] = await Promise.all([registry.member(mine.id), registry.member(other.id)])
    const path = `/v1/organisations/${mine.id}/names`
    const put = (caller: typeof officer, names: unknown) =>
      caller.send('PUT', path, { body: JSON.stringify({ names }), headers: { 'Content-Type': 'application/json' } })
    const short = `略称${tag()}`
    expect((await put(stranger, [short])).status).toBe(403)
    expect((await put(registry.anonymous, [short])).status).toBe(401)
    expect((await put(officer, [other.name.ja])).problem().errors).toMatchObject([
      { pointer: '/names/0', code: 'name_taken' },
    ])
    expect(
      (
        await put(
          officer,
          Array.from({ length: 31 }, (_, i) => `名${i}`),
        )
      ).status,
    ).toBe(422)
    const items = (await put(officer, [short])).as(z.object({ items: z.array(organisationName) })).items
    expect(items).toContainEqual({ name: short, source: 'own' })
    expect((await put(officer, [])).as(z.object({ items: z.array(organisationName) })).items).toHaveLength(2)
  })
})

test('the agreement is served in the bytes of its fingerprint', async () => {
  const registry = await openRegistry()
  const { text } = await registry.anonymous.get('/v1/agreements/PARTICIPATION-1.0')
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  expect(Buffer.from(digest).toString('hex')).toBe(agreement.sha256)
  expect((await registry.anonymous.get('/v1/agreements/PARTICIPATION-9.9')).status).toBe(404)
})

test('an officer records the acceptance of the agreement; the log names the version and no person', async () => {
  const registry = await openRegistry()
  const { id } = await registry.organisation()
  const officer = await registry.member(id)
  const stranger = await registry.member((await registry.organisation()).id)
  const path = `/v1/organisations/${id}/participation`
  expect((await officer.get(path)).as(participation).agreement).toBeUndefined()
  expect((await stranger.post(path, { signatory, agreement })).status).toBe(403)
  expect((await officer.post(path, { signatory, agreement })).status).toBe(201)
  expect((await officer.get(path)).as(participation).agreement).toEqual(agreement)
  const rows = await registry.context().db.read.rows(
    `select r.record from log_entries e join log_records r on r.sequence = e.sequence
       where e.type = 'participation_accepted' and e.subject = ?`,
    [id],
  )
  expect(rows).toHaveLength(1)
  expect(String(rows[0]?.[0])).not.toContain('署名')
})
