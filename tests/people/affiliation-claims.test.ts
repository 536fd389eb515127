import { expect, test } from 'vitest'
import type { Provider } from '../../src/config.ts'
import { grantClaims } from '../../src/grants/claims.ts'
import { findPersonByOrcid } from '../../src/people/queries.ts'
import { checkRegistry } from '../support/check-registry.ts'
import { startForgedProvider } from '../support/forged-provider.ts'
import { claimPath, inventorGrant, member, moved, ok, printed, worksAt } from '../support/inventors.ts'
import { enrolled, verified } from '../support/opening.ts'
import { readPayload } from '../support/payload.ts'
import { withSession } from '../support/people.ts'
import { openLocalRegistry } from '../support/registry.ts'
import {
  openBrowser,
  openWithProviders,
  overHttp,
  type SignInRegistry,
  sampleAccount,
  signInAs,
} from '../support/sign-in.ts'

const account = 'ichiro@kyoto-university.example'
const ror = 'https://ror.org/02kpeqv85'

async function openKyoto() {
  const registry = await openWithProviders()
  const kyoto = await registry.organisation({ ror })
  return { ...registry, kyoto, officer: await registry.member(kyoto.id) }
}

/** Signs in at Kyoto's issuer in a new browser. */
async function atKyoto(registry: SignInRegistry) {
  const browser = openBrowser(registry)
  expect(await signInAs(browser, account, 'kyoto-university')).toMatchObject({
    status: 200,
    url: `${registry.url}/ja/me`,
  })
  return withSession(registry, browser.own().get('__Host-sid') ?? '')
}

function posts({ db }: SignInRegistry) {
  return db.read.rows(
    'select organisation_id, source, state, from_on, asserted_by, asserted_at, decided_at from affiliations order by id',
    [],
  )
}

test('what an institution’s issuer says at sign-in is recorded as the issuer’s word, from now, once', async () => {
  const registry = await openKyoto()
  const person = await atKyoto(registry)
  const at = registry.clock.now.toISOString()
  const { issuer } = registry.providers.kyoto
  const recorded = [registry.kyoto.id, 'issuer', 'asserted', at.slice(0, 10), issuer, at, null]
  expect(await posts(registry)).toEqual([recorded])
  const { items } = JSON.parse((await person.get('/v1/me/affiliations')).text)
  expect(items).toMatchObject([{ source: 'issuer', by: 'system', asserted: at, state: 'asserted' }])
  expect(items[0]).not.toHaveProperty('confirmed')
  expect(
    await registry.db.read.rows("select by, source from history where event = 'affiliation_asserted'", []),
  ).toEqual([['registry', 'issuer']])
  registry.clock.now = new Date(registry.clock.now.getTime() + 1000)
  await Promise.all([atKyoto(registry), atKyoto(registry)])
  expect(await posts(registry)).toEqual([recorded])
  await checkRegistry(registry)
})

test('an issuer’s word is recorded too when its account is linked in a session', async () => {
  const registry = await openKyoto()
  const browser = openBrowser(registry)
  await signInAs(browser, sampleAccount(0))
  expect(await posts(registry)).toEqual([])
  await signInAs(browser, account, 'kyoto-university')
  const person = await findPersonByOrcid(registry.db.read, `https://orcid.org/${sampleAccount(0)}`)
  expect(await registry.db.read.rows('select person_id, source from affiliations', [])).toEqual([
    [person?.id, 'issuer'],
  ])
})

test('the institution’s officer confirms it, or rejects it for good: the next sign-in does not bring it back', async () => {
  const registry = await openKyoto()
  const person = await atKyoto(registry)
  const { items } = JSON.parse((await person.get('/v1/me/affiliations')).text)
  const path = `/v1/affiliations/${items[0].id}/confirmation`
  const confirmed = JSON.parse(ok(await registry.officer.post(path, { state: 'confirmed' })).text)
  expect(confirmed).toMatchObject({ state: 'confirmed', source: 'issuer', confirmed: registry.clock.now.toISOString() })
  ok(await registry.officer.post(path, { state: 'rejected', reason: 'Left in March.' }))
  await atKyoto(registry)
  expect((await posts(registry)).map(([, , state]) => state)).toEqual(['rejected'])
  await checkRegistry(registry)
})

test('a grant says that the issuer said so; a move ends it, and the next sign-in there does not undo the move', async () => {
  const registry = await openKyoto()
  const person = await atKyoto(registry)
  const made = await enrolled(registry.officer, [registry.kyoto], printed())
  ok(await person.post(claimPath(made), {}))
  ok(await registry.officer.post(claimPath(made, 'confirmation'), { state: 'confirmed' }))
  const claims = grantClaims.parse(readPayload((await inventorGrant(person)).token))
  const { issuer } = registry.providers.kyoto
  const asserted = Math.floor(registry.clock.now.getTime() / 1000)
  expect(claims.affiliation).toEqual({ organisation: ror, source: issuer, by: 'system', asserted })
  await worksAt(person, { organisation: registry.kyoto, officer: registry.officer })
  const osaka = await member(registry)
  const act = await moved(person, osaka)
  expect(act.ended.map(({ source }) => source).sort()).toEqual(['issuer', 'self'])
  const again = await atKyoto(registry)
  const { items } = JSON.parse((await again.get('/v1/me/affiliations')).text)
  const current = items.filter(({ state }: { state: string }) => state === 'asserted')
  expect(current.map((one: { organisation: { id: string } }) => one.organisation.id)).toEqual([osaka.organisation.id])
  expect((await verified(registry, act.grants[0]?.next?.token ?? '')).valid).toBe(true)
  await checkRegistry(registry)
})

test('an institution that is not in the commons is not recorded, and the sign-in goes on', async () => {
  const registry = await openWithProviders()
  expect((await (await atKyoto(registry)).get('/v1/me/affiliations')).status).toBe(200)
  expect(await posts(registry)).toEqual([])
})

const claimed: [string, Partial<Provider>, Record<string, unknown>, number][] = [
  ['faculty of the institution', {}, { eduperson_scoped_affiliation: ['faculty@u.example'] }, 1],
  ['a former student', {}, { eduperson_scoped_affiliation: ['alum@u.example'] }, 0],
  [
    'faculty of somewhere else',
    {},
    { eduperson_scoped_affiliation: ['faculty@v.example'], schac_home_organization: 'u.example' },
    0,
  ],
  ['nothing at all', {}, {}, 0],
  ['faculty, in other claims', { claims: { scopedAffiliation: 'affiliation' } }, { affiliation: 'staff@u.example' }, 1],
]
test.each(claimed)('a token that says “%s” is heard as far as that goes', async (_, settings, claims, expected) => {
  const forged = await startForgedProvider()
  const providers: Provider[] = []
  const local = await openLocalRegistry({ providers })
  providers.push({
    id: 'forged',
    name: { ja: '偽', en: 'Forged' },
    issuer: forged.issuer,
    clientId: 'registry',
    clientSecret: 'a secret of the client',
    scopes: ['openid'],
    tokenEndpointAuthMethod: 'client_secret_post',
    kind: 'institution',
    claims: {},
    organisation: (await local.organisation()).id,
    ...settings,
  })
  local.clock.now = new Date()
  const browser = openBrowser({ ...local, origin: await overHttp(local) })
  const going = await browser.request('POST', '/ja/sign-in/forged', { form: {} })
  const asked = new URL(going.headers.get('Refresh')?.replace('0;url=', '') ?? '').searchParams
  const said = { iss: forged.issuer, aud: 'registry', nonce: asked.get('nonce') ?? '', sub: 'somebody' }
  forged.forge.idToken = () => forged.good({ ...said, ...claims })
  const landed = await browser.request('GET', `/sign-in/forged/callback?code=any&state=${asked.get('state')}`)
  expect(landed.status).toBe(303)
  expect(await local.db.read.rows('select source from affiliations', [])).toHaveLength(expected)
})
