import { describe, expect, test } from 'vitest'
import { registryContext } from '../../src/node.ts'
import { invite } from '../../src/people/members/invite.ts'
import { dumpState } from '../support/check-registry.ts'
import { type SignedIn, signedIn } from '../support/people.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

type Form = { path: string; fields: Record<string, string> }

async function forms(registry: LocalRegistry, person: SignedIn): Promise<Form[]> {
  const [organisation, other] = [await registry.organisation(), await registry.organisation()]
  const ctx = registryContext(registry.db, registry.keys, registry.url, registry.clock.now)
  const { url } = await invite(ctx, other.id, { role: 'viewer' })
  const { text } = await person.get('/v1/me/sessions')
  return [
    { path: '/ja/me', fields: { name: '別の名前', language: 'en' } },
    { path: '/ja/me/unlink', fields: { account: 'a' } },
    { path: '/ja/me/acting', fields: { organisation: organisation.id } },
    { path: '/ja/me/sessions/end', fields: { session: JSON.parse(text).items[0].id } },
    { path: '/ja/sign-in/orcid', fields: { return: '/ja/me' } },
    { path: '/ja/sign-out', fields: {} },
    { path: `/ja${new URL(url).pathname}`, fields: {} },
  ]
}

const ours = { Origin: 'https://registry.test', 'Sec-Fetch-Site': 'same-origin' }
const attacks: Record<string, { csrf?: 'own' | 'other' | 'empty'; headers: Record<string, string> }> = {
  'without the token': { headers: ours },
  'with an empty token': { csrf: 'empty', headers: ours },
  'with the token of another session': { csrf: 'other', headers: ours },
  'from another site, with the right token': {
    csrf: 'own',
    headers: { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
  },
  'from another site in an old browser, with the right token': {
    csrf: 'own',
    headers: { Origin: 'https://evil.example' },
  },
  'from nobody knows where, with the right token': { csrf: 'own', headers: {} },
}

describe.each(Object.entries(attacks))('a form sent %s', (_, { csrf, headers }) => {
  test('does nothing, on every page', async () => {
    const registry = await openLocalRegistry({ providers: [unreachable] })
    const [person, other] = [await signedIn(registry, { name: '入会 花子' }), await signedIn(registry, { name: '二' })]
    const tokens = { own: person.csrf, other: other.csrf, empty: '' }
    const all = await forms(registry, person)
    const before = await dumpState(registry)
    for (const { path, fields } of all) {
      const token = csrf === undefined ? {} : { csrf: tokens[csrf] }
      const response = await registry.fetch(path, {
        method: 'POST',
        headers: { Cookie: person.cookie, 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams({ ...fields, ...token }).toString(),
      })
      expect([401, 403], path).toContain(response.status)
      expect(response.headers.getSetCookie(), path).toEqual([])
    }
    expect(await dumpState(registry)).toBe(before)
    expect((await person.get('/v1/me/sessions')).status).toBe(200)
  })
})

test('the same forms do their work when they come from our page with the token', async () => {
  const registry = await openLocalRegistry()
  const person = await signedIn(registry, { name: '入会 花子' })
  const [name, , , , , , join] = await forms(registry, person)
  for (const form of [name, join]) {
    const before = await dumpState(registry)
    expect((await person.submit(form?.path ?? '', form?.fields)).status).toBe(303)
    expect(await dumpState(registry)).not.toBe(before)
  }
  expect((await person.submit('/ja/sign-out')).status).toBe(303)
  expect((await person.get('/v1/me/sessions')).status).toBe(401)
})

test('every form that a signed-in person sees carries the token', async () => {
  const registry = await openLocalRegistry({ providers: [unreachable] })
  const kyoto = await registry.organisation()
  const person = await signedIn(registry, { name: '入会 花子', memberOf: kyoto.id })
  for (const path of ['/ja/me', '/ja/me/sessions', '/en/sign-in', '/ja/', '/ja/patents', '/ja/terms']) {
    const { text } = await person.get(path)
    for (const [form] of text.matchAll(/<form method="post".*?<\/form>/gs))
      if (!form.includes('action="/ja/check"')) expect(form, path).toContain(`value="${person.csrf}"`)
  }
})

test('a name is one line of text, and is shown as text', async () => {
  const registry = await openLocalRegistry()
  const person = await signedIn(registry, { name: '入会 花子' })
  for (const name of ['', ' ', 'a\nb', 'x'.repeat(201)])
    expect((await person.submit('/ja/me', { name, language: 'ja' })).status).toBe(422)
  await person.submit('/ja/me', { name: '<script>alert(1)</script>', language: 'ja' })
  const { text } = await person.get('/ja/me')
  expect(text).not.toContain('<script>')
  expect(text).toContain('&lt;script&gt;')
})

test('a page that shows a person’s name is not kept by shared caches', async () => {
  const registry = await openLocalRegistry()
  const person = await signedIn(registry, { name: '入会 花子' })
  for (const path of ['/ja/', '/ja/terms', '/ja/me', '/ja/patents']) {
    const { headers, text } = await person.get(path)
    expect(text).toContain('入会 花子')
    expect(headers.get('Cache-Control')).toMatch(/private|no-store/)
    expect(headers.get('Vary')).toContain('Cookie')
  }
})

const unreachable = {
  id: 'orcid',
  name: { ja: 'ORCID', en: 'ORCID' },
  issuer: 'https://orcid.invalid',
  clientId: 'APP-1',
  clientSecret: 'a secret of the client',
  scopes: ['openid'],
  tokenEndpointAuthMethod: 'client_secret_post' as const,
  kind: 'orcid' as const,
  claims: {},
}
