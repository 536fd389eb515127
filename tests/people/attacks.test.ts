import { describe, expect, test, vi } from 'vitest'
import type { Provider } from '../../src/config.ts'
import { sha256Hex } from '../../src/log/canonical.ts'
import { signInSeconds } from '../../src/people/transaction.ts'
import { dumpState } from '../support/check-registry.ts'
import { startForgedProvider } from '../support/forged-provider.ts'
import { openLocalRegistry } from '../support/registry.ts'
import {
  answerFor,
  type Browser,
  openBrowser,
  openWithProviders,
  overHttp,
  type SignInRegistry,
  sampleAccount,
  signInAs,
  toProvider,
} from '../support/sign-in.ts'

const [ichiro, kyoko] = [sampleAccount(0), sampleAccount(1)]
const ichiroAtKyoto = 'ichiro@kyoto-university.example'

async function people({ db }: Pick<SignInRegistry, 'db'>): Promise<number> {
  return (await db.read.rows('select id from people', [])).length
}

/** The answer brings nobody in: it is refused with a page, no session is opened and nobody is made. */
async function refuses(registry: SignInRegistry, browser: Browser, address: string): Promise<string> {
  const before = await dumpState(registry)
  const page = await browser.request('GET', address)
  expect([page.status, page.headers.getSetCookie().filter((line) => line.includes('sid='))]).toEqual([400, []])
  const after = await dumpState(registry)
  const withoutSignIns = (state: string) => state.replace(/# sign_ins\n(?:\[.*\n?)*/, '')
  expect(withoutSignIns(after)).toBe(withoutSignIns(before))
  return page.text
}

test('an answer with a state that was not asked for signs nobody in, and the right one still does', async () => {
  const registry = await openWithProviders()
  const browser = openBrowser(registry)
  const answer = new URL(await answerFor(browser, ichiro))
  const forged = new URL(answer)
  forged.searchParams.set('state', 'A'.repeat(43))
  await refuses(registry, browser, forged.href)
  forged.searchParams.delete('state')
  await refuses(registry, browser, forged.href)
  expect((await browser.open(answer.href)).text).toContain('見本 一郎')
})

test('somebody else’s answer, planted in a browser, does not sign that browser in', async () => {
  const registry = await openWithProviders()
  const stolen = await answerFor(openBrowser(registry), kyoko)
  await refuses(registry, openBrowser(registry), stolen)
  const victim = openBrowser(registry)
  await toProvider(victim)
  await refuses(registry, victim, stolen)
})

test('an answer is of use once: not again in the same browser, not with the cookie put back', async () => {
  const registry = await openWithProviders()
  const browser = openBrowser(registry)
  const answer = await answerFor(browser, ichiro)
  const cookie = browser.own().get('__Host-signin') ?? ''
  expect((await browser.open(answer)).status).toBe(200)
  await refuses(registry, browser, answer)
  browser.own().set('__Host-signin', cookie)
  await refuses(registry, browser, answer)
})

test('two copies of an answer that arrive at once open one session', async () => {
  const registry = await openWithProviders()
  const browser = openBrowser(registry)
  const answer = await answerFor(browser, ichiro)
  const pages = await Promise.all([1, 2, 3].map(() => browser.request('GET', answer)))
  expect(pages.map(({ status }) => status).sort()).toEqual([303, 400, 400])
  expect(await registry.db.read.rows('select 1 from sessions', [])).toHaveLength(1)
})

test('a code that was redeemed is of no use in a sign-in of another browser', async () => {
  const registry = await openWithProviders()
  const browser = openBrowser(registry)
  const used = new URL(await answerFor(browser, ichiro))
  await browser.open(used.href)
  const thief = openBrowser(registry)
  const own = new URL(await answerFor(thief, kyoko))
  own.searchParams.set('code', used.searchParams.get('code') ?? '')
  vi.spyOn(console, 'error').mockImplementationOnce(() => {})
  await refuses(registry, thief, own.href)
})

test('an answer after the ten minutes comes too late', async () => {
  const registry = await openWithProviders()
  const browser = openBrowser(registry)
  const answer = await answerFor(browser, ichiro)
  registry.clock.now = new Date(registry.clock.now.getTime() + signInSeconds * 1000)
  await refuses(registry, browser, answer)
})

test('an answer of one provider is never taken for another’s: other `iss`, other address', async () => {
  const registry = await openWithProviders()
  const browser = openBrowser(registry)
  const answer = new URL(await answerFor(browser, ichiro))
  const elsewhere = new URL(answer)
  elsewhere.pathname = '/sign-in/kyoto-university/callback'
  await refuses(registry, browser, elsewhere.href)
  const mixed = new URL(answer)
  mixed.searchParams.set('iss', registry.providers.kyoto.issuer)
  const log = vi.spyOn(console, 'error').mockImplementationOnce(() => {})
  await refuses(registry, browser, mixed.href)
  expect(log.mock.lastCall?.[0]).toContain('"fault"')
})

test('an answer that lacks the `iss` its provider promises is refused', async () => {
  const registry = await openWithProviders()
  const browser = openBrowser(registry)
  const answer = new URL(await answerFor(browser, ichiro))
  answer.searchParams.delete('iss')
  vi.spyOn(console, 'error').mockImplementationOnce(() => {})
  await refuses(registry, browser, answer.href)
})

describe('an ID token', () => {
  type Forged = Awaited<ReturnType<typeof startForgedProvider>>
  type Made = (
    forged: Forged,
    said: { iss: string; aud: string; nonce: string; sub: string },
  ) => Promise<string> | string

  async function answerWith(make: Made) {
    const forged = await startForgedProvider()
    const provider: Provider = {
      id: 'forged',
      name: { ja: '偽', en: 'Forged' },
      issuer: forged.issuer,
      clientId: 'registry',
      clientSecret: 'a secret of the client',
      scopes: ['openid'],
      tokenEndpointAuthMethod: 'client_secret_post',
      kind: 'institution',
      claims: {},
    }
    const local = await openLocalRegistry({ providers: [provider] })
    local.clock.now = new Date()
    const registry = { ...local, origin: await overHttp(local) }
    const browser = openBrowser(registry)
    const page = await browser.open('/ja/sign-in')
    expect(page.text).toContain('/ja/sign-in/forged')
    const going = await browser.request('POST', '/ja/sign-in/forged', { form: {} })
    const asked = new URL(going.headers.get('Refresh')?.replace('0;url=', '') ?? '').searchParams
    const nonce = asked.get('nonce') ?? ''
    forged.forge.idToken = async () => make(forged, { iss: forged.issuer, aud: 'registry', nonce, sub: 'somebody' })
    const answer = `/sign-in/forged/callback?code=any&state=${asked.get('state')}`
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const landed = await browser.request('GET', answer)
    log.mockRestore()
    return { status: landed.status, people: await people(local) }
  }

  test('that holds in everything signs in', async () => {
    expect(await answerWith((forged, said) => forged.good(said))).toEqual({ status: 303, people: 1 })
  })

  const attacks: Record<string, Made> = {
    'for another audience': (forged, said) => forged.good({ ...said, aud: 'another-client' }),
    'with `alg: none`': (forged, said) => forged.unsigned(said),
    'of another issuer': (forged, said) => forged.good({ ...said, iss: 'https://orcid.org' }),
    'with another nonce': (forged, said) => forged.good({ ...said, nonce: 'of-another-sign-in' }),
    'that has expired': (forged, said) => forged.expired(said),
    'signed with a key that is not the provider’s': (forged, said) => forged.signedByAnother(said),
  }
  test.each(Object.entries(attacks))('%s signs nobody in', async (_, make) => {
    expect(await answerWith(make)).toEqual({ status: 400, people: 0 })
  })
})

test('a session that was planted before the sign-in is not the session after it', async () => {
  const registry = await openWithProviders()
  const attacker = openBrowser(registry)
  await signInAs(attacker, kyoko)
  const planted = attacker.own().get('__Host-sid') ?? ''
  const victim = openBrowser(registry)
  for (const cookie of ['A'.repeat(43), planted]) {
    victim.own().clear()
    const answer = await answerFor(victim, ichiro)
    victim.own().set('__Host-sid', cookie)
    await victim.open(answer)
    expect(victim.own().get('__Host-sid')).not.toBe(cookie)
  }
  expect((await attacker.open('/ja/me')).url).toContain('/sign-in')
})

test('a sign-in on top of a session ends that session', async () => {
  const registry = await openWithProviders()
  const browser = openBrowser(registry)
  await signInAs(browser, ichiro)
  const former = browser.own().get('__Host-sid') ?? ''
  await signInAs(browser, ichiroAtKyoto, 'kyoto-university')
  expect(browser.own().get('__Host-sid')).not.toBe(former)
  const kept = await registry.db.read.rows('select id_sha256 from sessions', [])
  expect(kept).toEqual([[await sha256Hex(browser.own().get('__Host-sid') ?? '')]])
})

test('an account that is somebody else’s is not linked, and stays where it is', async () => {
  const registry = await openWithProviders()
  await signInAs(openBrowser(registry), ichiroAtKyoto, 'kyoto-university')
  const thief = openBrowser(registry)
  await signInAs(thief, kyoko)
  const before = await registry.db.read.rows('select * from identities order by subject', [])
  const page = await signInAs(thief, ichiroAtKyoto, 'kyoto-university')
  expect(page.status).toBe(403)
  expect(page.text).toContain('ほかの人のものです')
  expect(await registry.db.read.rows('select * from identities order by subject', [])).toEqual(before)
  expect((await thief.open('/ja/me')).text).toContain('見本 京子')
})

test('a second ORCID iD is not linked to a person who has one', async () => {
  const registry = await openWithProviders()
  const browser = openBrowser(registry)
  await signInAs(browser, ichiro)
  const page = await signInAs(browser, kyoko)
  expect([page.status, await people(registry)]).toEqual([400, 1])
})

test('the answer to a link begun in one session does not link in another', async () => {
  const registry = await openWithProviders()
  const attacker = openBrowser(registry)
  await signInAs(attacker, kyoko)
  const answer = await answerFor(attacker, ichiroAtKyoto, 'kyoto-university')
  const victim = openBrowser(registry)
  await signInAs(victim, ichiro)
  victim.own().set('__Host-signin', attacker.own().get('__Host-signin') ?? '')
  const before = await registry.db.read.rows('select * from identities', [])
  expect((await victim.request('GET', answer)).status).toBe(400)
  expect(await registry.db.read.rows('select * from identities', [])).toEqual(before)
})

test.each([
  'https://evil.example/',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/./\\evil.example',
  '/.//evil.example',
  '/ja/..//evil.example',
  '/%2e//evil.example',
  '/\t/evil.example',
  '/\n//evil.example',
  ' //evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  'evil.example',
  '@evil.example',
  '.evil.example',
  'https:evil.example',
  '/ja/me\r\nLocation: https://evil.example',
])('after signing in nobody is sent to %j', async (evil) => {
  const registry = await openWithProviders()
  const browser = openBrowser(registry)
  const going = await browser.request('POST', '/ja/sign-in/orcid', { form: { return: evil } })
  expect(going.status).toBe(200)
  const chosen = await browser.open(going.headers.get('Refresh')?.replace('0;url=', '') ?? '')
  let page = await browser.request('POST', chosen.url, { form: { account: ichiro } })
  while (!new URL(page.url).pathname.endsWith('/callback'))
    page = await browser.request('GET', new URL(page.headers.get('Location') ?? '', page.url).href)
  expect([page.status, page.headers.get('Location')]).toEqual([303, '/ja/me'])
})

test('neither the database nor any page or log line holds the id of a session or the secrets of a sign-in', async () => {
  const registry = await openWithProviders()
  const lines: string[] = []
  for (const name of ['log', 'error', 'warn', 'info'] as const)
    vi.spyOn(console, name).mockImplementation((...said: unknown[]) => void lines.push(said.map(String).join(' ')))
  const browser = openBrowser(registry)
  const shown: string[] = []
  const answer = await answerFor(browser, ichiro)
  const transaction = browser.own().get('__Host-signin') ?? ''
  const during = await dumpState(registry)
  const { state, code } = Object.fromEntries(new URL(answer).searchParams)
  await browser.open(answer)
  const sid = browser.own().get('__Host-sid') ?? ''
  for (const path of ['/ja/me', '/ja/me/sessions', '/en/sign-in', '/ja/', '/ja/check'])
    shown.push((await browser.open(path)).text)
  const api = await browser.request('GET', '/v1/me/sessions', { headers: { 'Sec-Fetch-Site': 'same-origin' } })
  expect(api.status).toBe(200)
  shown.push(api.text)
  vi.restoreAllMocks()
  const after = await dumpState(registry)
  const secrets = [sid, await sha256Hex(sid), transaction, code, 'a secret of the client']
  for (const secret of secrets) {
    expect(secret?.length).toBeGreaterThan(20)
    for (const text of [...shown, ...lines]) expect(text).not.toContain(secret)
  }
  for (const secret of [sid, transaction, code, state])
    for (const text of [during, after]) expect(text).not.toContain(secret)
  expect(during).toContain(await sha256Hex(transaction))
  expect(after).toContain(await sha256Hex(sid))
})
