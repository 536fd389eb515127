import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { base64url, CompactSign, exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose'
import {
  allowInsecureRequests,
  ClientSecretBasic,
  clientCredentialsGrant,
  discovery,
  PrivateKeyJwt,
} from 'openid-client'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { newClient } from '../../src/clients/client.ts'
import { createSteward } from '../../src/clients/create.ts'
import { issuedGrant, verification } from '../../src/grants/grant.ts'
import { loadKeys, newKeys } from '../../src/keys.ts'
import { nodeApp, registryContext } from '../../src/node.ts'
import { declare, grantOf, type Holders, openHolders } from '../support/holders.ts'
import { type Answer, type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

const accessToken = z.object({ access_token: z.string(), expires_in: z.number(), scope: z.string() })
const oauthError = z.strictObject({ error: z.string(), error_description: z.string().optional() })

/** A client of Kyoto with a secret, and the token it gets. */
async function clientWithToken(registry: Holders) {
  const path = `/v1/organisations/${registry.kyoto.organisation.id}/clients`
  const body = { name: 'Portfolio system', role: 'officer', scopes: ['grants:read', 'patents:write'] }
  const client = (await registry.kyoto.officer.post(path, body)).as(newClient)
  const { access_token } = (await basic(registry, client.client_id, client.client_secret ?? '')).as(accessToken)
  return { client, token: access_token, path: `${path}/${client.client_id}` }
}

function basic(registry: LocalRegistry, id: string, secret: string, form = 'grant_type=client_credentials') {
  return tokenRequest(registry, form, { Authorization: `Basic ${btoa(`${id}:${secret}`)}` })
}

function tokenRequest(registry: LocalRegistry, form: string, headers: Record<string, string> = {}): Promise<Answer> {
  const type = 'application/x-www-form-urlencoded'
  return registry.anonymous.send('POST', '/oauth/token', { body: form, headers: { 'Content-Type': type, ...headers } })
}

/** Asks for something that needs a token. */
function ask(registry: LocalRegistry, authorization: string): Promise<Answer> {
  return registry.anonymous.get('/v1/grants', { Authorization: authorization })
}

async function expectRefused(registry: LocalRegistry, token: string) {
  const refused = await ask(registry, `Bearer ${token}`)
  expect([refused.status, refused.problem().code]).toEqual([401, 'unauthenticated'])
  expect(refused.headers.get('WWW-Authenticate')).toContain('invalid_token')
  expect(refused.text).not.toContain(token)
  // A token that does not hold is never read as nobody, even where nobody may ask.
  expect((await registry.anonymous.get('/v1/terms', { Authorization: `Bearer ${token}` })).status).toBe(401)
}

describe('access tokens', () => {
  test('are good until they expire, and not a second longer', async () => {
    const registry = await openHolders()
    const { token } = await clientWithToken(registry)
    const issued = registry.clock.now.getTime()
    registry.clock.now = new Date(issued + 599_000)
    expect((await ask(registry, `Bearer ${token}`)).status).toBe(200)
    expect((await ask(registry, `bearer ${token}`)).status).toBe(200)
    registry.clock.now = new Date(issued + 600_000)
    await expectRefused(registry, token)
  })

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['another audience', { aud: 'https://other.test' }, {}],
    ['another issuer', { iss: 'https://other.test' }, {}],
    ['no end', { exp: undefined }, {}],
    ['an end in the past', { exp: 1 }, {}],
    ['a beginning in the future', { nbf: 4_000_000_000 }, {}],
    ['nobody', { sub: undefined }, {}],
    ['a client that does not exist', { sub: 'nobody' }, {}],
    ['a client id that is SQL', { sub: "' or 1=1 --" }, {}],
    ['the type of a grant', {}, { typ: 'research-grant+jwt' }],
    ['the type of any JWT', {}, { typ: 'JWT' }],
    ['no type', {}, { typ: undefined }],
    ['an unknown key', {}, { kid: 'unknown' }],
    ['no key', {}, { kid: undefined }],
  ])('with %s are refused, though signed with the right key', async (_, claims, header) => {
    const registry = await openHolders()
    const { client } = await clientWithToken(registry)
    const make = (more: Record<string, unknown>, head: Record<string, unknown>) => {
      const { kid, privateKey } = registry.keys.signing('access', registry.clock.now)
      const exp = registry.clock.now.getTime() / 1000 + 600
      const payload = {
        iss: registry.url,
        aud: registry.url,
        sub: client.client_id,
        exp,
        scope: 'grants:read',
        ...more,
      }
      return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid, ...head }).sign(privateKey)
    }
    expect((await ask(registry, `Bearer ${await make({}, {})}`)).status).toBe(200)
    await expectRefused(registry, await make(claims, header))
  })

  test('are refused without a signature, with a changed one, and signed with a public key as a secret', async () => {
    const registry = await openHolders()
    const { token } = await clientWithToken(registry)
    const [header = '', payload = '', signature = ''] = token.split('.')
    const encode = (value: unknown) => base64url.encode(JSON.stringify(value))
    const { kid } = registry.keys.signing('access', registry.clock.now)
    for (const alg of ['none', 'None', 'NONE', ''])
      for (const kept of ['', signature])
        await expectRefused(registry, `${encode({ alg, typ: 'at+jwt', kid })}.${payload}.${kept}`)
    await expectRefused(registry, `${header}.${payload}.`)
    await expectRefused(registry, `${header}.${payload}`)
    await expectRefused(
      registry,
      `${header}.${encode({ ...JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))), scope: 'registry:steward' })}.${signature}`,
    )
    const publicKey = registry.keys.verifying(kid)
    const secrets = [
      JSON.stringify(publicKey?.record.publicJwk),
      String(publicKey?.record.publicJwk.x),
      await exportSPKI((await generateKeyPair('ES256', { extractable: true })).publicKey),
    ]
    for (const secret of secrets) {
      const signed = await new CompactSign(base64url.decode(payload))
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid })
        .sign(new TextEncoder().encode(secret.padEnd(32)))
      await expectRefused(registry, signed)
    }
  })

  test('signed by another registry’s key, or by another of our own keys, are refused', async () => {
    const registry = await openHolders()
    const { client } = await clientWithToken(registry)
    const strangers = await loadKeys(await newKeys(new Date('2026-11-01T00:00:00.000Z')))
    const payload = {
      iss: registry.url,
      aud: registry.url,
      sub: client.client_id,
      exp: 4_000_000_000,
      scope: 'grants:read',
    }
    const now = registry.clock.now
    const ours = registry.keys.signing('access', now).kid
    for (const { kid, privateKey } of [
      strangers.signing('access', now),
      registry.keys.signing('grant', now),
      registry.keys.signing('status', now),
    ])
      for (const named of [kid, ours])
        await expectRefused(
          registry,
          await new SignJWT(payload).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: named }).sign(privateKey),
        )
  })

  test('of a revoked client are refused at once', async () => {
    const registry = await openHolders()
    const { client, token, path } = await clientWithToken(registry)
    expect((await ask(registry, `Bearer ${token}`)).status).toBe(200)
    expect((await registry.kyoto.officer.delete(path)).status).toBe(204)
    await expectRefused(registry, token)
    expect((await basic(registry, client.client_id, client.client_secret ?? '')).status).toBe(401)
    expect((await registry.kyoto.officer.delete(path)).problem().code).toBe('not_found')
  })

  test('carry the scopes asked for and no other', async () => {
    const registry = await openHolders()
    const { client } = await clientWithToken(registry)
    const secret = client.client_secret ?? ''
    const scoped = (scope: string) =>
      basic(registry, client.client_id, secret, `grant_type=client_credentials&scope=${scope}`)
    const narrow = (await scoped('patents:write')).as(accessToken)
    expect(narrow.scope).toBe('patents:write')
    const refused = await ask(registry, `Bearer ${narrow.access_token}`)
    expect(refused.problem()).toMatchObject({ code: 'insufficient_scope', scope: 'grants:read' })
    expect(refused.headers.get('WWW-Authenticate')).toContain('insufficient_scope')
    const none = (await scoped('')).as(accessToken)
    expect(none.scope).toBe('')
    expect((await ask(registry, `Bearer ${none.access_token}`)).problem().code).toBe('insufficient_scope')
    for (const scope of ['grants:issue', 'grants:read%20registry:steward', 'everything']) {
      const answer = await scoped(scope)
      expect([answer.status, oauthError.parse(JSON.parse(answer.text)).error]).toEqual([400, 'invalid_scope'])
    }
  })

  test('claiming a scope that the client was not given gain nothing by it', async () => {
    const registry = await openHolders()
    const { client } = await clientWithToken(registry)
    const { kid, privateKey } = registry.keys.signing('access', registry.clock.now)
    const payload = { iss: registry.url, aud: registry.url, sub: client.client_id, exp: 4_000_000_000 }
    const token = await new SignJWT({ ...payload, scope: 'organisation:manage registry:steward' })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid })
      .sign(privateKey)
    const headers = { Authorization: `Bearer ${token}` }
    const clients = `/v1/organisations/${registry.kyoto.organisation.id}/clients`
    expect((await registry.anonymous.get(clients, headers)).problem().code).toBe('insufficient_scope')
    const approval = `/v1/organisations/${registry.nara.organisation.id}/approval`
    expect((await registry.anonymous.post(approval, { state: 'left' }, headers)).problem().code).toBe(
      'insufficient_scope',
    )
  })

  test.each([
    'Bearer',
    'Bearer ',
    'Bearer  ',
    'Basic YTpi',
    'Token x',
    `Bearer ${'a'.repeat(4097)}`,
    `Bearer ${'a.'.repeat(2000)}`,
    `Bearer ${'é'.repeat(100)}`,
    'x'.repeat(60_000),
  ])('are not read from what is none of ours: %s', async (authorization) => {
    const registry = await openHolders()
    const refused = await ask(registry, authorization)
    expect([refused.status, refused.problem().code]).toEqual([401, 'unauthenticated'])
  })
})

describe('tokens of one kind', () => {
  test('never pass for those of another', async () => {
    const registry = await openHolders()
    const { token: access } = await clientWithToken(registry)
    await declare(registry.kyoto.officer, [registry.own.number])
    const { token: grant } = (await registry.osaka.officer.post('/v1/grants', grantOf([registry.own.number]))).as(
      issuedGrant,
    )
    const statusList = (await registry.anonymous.get('/v1/status-lists/0')).text
    await expectRefused(registry, grant)
    await expectRefused(registry, statusList)
    for (const token of [access, statusList, `${grant}.`, grant.slice(0, -2), `${grant} `, '', '..', '\u0000']) {
      const { valid, grant: shown } = (await registry.anonymous.post('/v1/grants/verify', { token })).as(verification)
      expect([valid, shown]).toEqual([false, undefined])
    }
    expect((await registry.anonymous.post('/v1/grants/verify', { token: grant })).as(verification).valid).toBe(true)
  })

  test('a grant signed with another key of ours, or not on record, does not verify', async () => {
    const registry = await openHolders()
    await declare(registry.kyoto.officer, [registry.own.number])
    const { token } = (await registry.osaka.officer.post('/v1/grants', grantOf([registry.own.number]))).as(issuedGrant)
    const payload = base64url.decode(token.split('.')[1] ?? '')
    const now = registry.clock.now
    const grantKey = registry.keys.signing('grant', now)
    for (const use of ['access', 'status', 'grant'] as const) {
      const { kid, privateKey } = registry.keys.signing(use, now)
      for (const named of [kid, grantKey.kid]) {
        const forged = await new CompactSign(payload)
          .setProtectedHeader({ alg: 'ES256', typ: 'research-grant+jwt', kid: named })
          .sign(privateKey)
        const { valid } = (await registry.anonymous.post('/v1/grants/verify', { token: forged })).as(verification)
        expect(valid, `${use} ${named}`).toBe(false)
      }
    }
  })
})

describe('client_secret_basic', () => {
  test('answers a wrong secret, an unknown id and a client of the other method alike', async () => {
    const registry = await openHolders()
    const { client } = await clientWithToken(registry)
    const { client_id: withKeys } = await clientWithKey(registry)
    const secret = client.client_secret ?? ''
    const answers = await Promise.all([
      basic(registry, client.client_id, `${secret}x`),
      basic(registry, client.client_id, ''),
      basic(registry, 'nobody', secret),
      basic(registry, '', ''),
      basic(registry, withKeys, ''),
      basic(registry, withKeys, secret),
      basic(registry, "' or 1=1 --", secret),
      tokenRequest(registry, 'grant_type=client_credentials'),
      tokenRequest(registry, 'grant_type=client_credentials', { Authorization: 'Basic' }),
      tokenRequest(registry, 'grant_type=client_credentials', { Authorization: 'Basic %%%' }),
      tokenRequest(registry, 'grant_type=client_credentials', { Authorization: `Basic ${btoa('%E0%A4%A:x')}` }),
      tokenRequest(registry, 'grant_type=client_credentials', { Authorization: `Bearer ${secret}` }),
      tokenRequest(registry, `grant_type=client_credentials&client_id=${client.client_id}&client_secret=${secret}`),
    ])
    for (const { status, text, headers } of answers) {
      expect([status, text]).toEqual([401, '{"error":"invalid_client"}'])
      expect(headers.get('WWW-Authenticate')).toMatch(/^Basic realm=/)
      expect(headers.get('Cache-Control')).toBe('no-store')
    }
    expect((await basic(registry, client.client_id, secret)).status).toBe(200)
  })

  test.each([
    '',
    'scope=grants:read',
    'grant_type=client_credentials&grant_type=client_credentials',
    `grant_type=${'x'.repeat(101)}`,
  ])('hears of a request that is not one in the words of OAuth: %s', async (form) => {
    const { status, text } = await tokenRequest(await openHolders(), form)
    expect([status, text]).toEqual([400, '{"error":"invalid_request"}'])
  })

  test('refuses a form that names another client than Basic does', async () => {
    const registry = await openHolders()
    const { client } = await clientWithToken(registry)
    const named = (id: string) =>
      basic(registry, client.client_id, client.client_secret ?? '', `grant_type=client_credentials&client_id=${id}`)
    expect((await named('another')).status).toBe(401)
    expect((await named(client.client_id)).status).toBe(200)
  })

  test('refuses other grant types', async () => {
    const registry = await openHolders()
    const { client } = await clientWithToken(registry)
    for (const type of ['password', 'authorization_code', 'refresh_token', '']) {
      const { status, text } = await basic(registry, client.client_id, client.client_secret ?? '', `grant_type=${type}`)
      expect([status, JSON.parse(text).error]).toEqual([400, 'unsupported_grant_type'])
    }
  })
})

async function clientWithKey(registry: Holders, alg = 'ES256') {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  const path = `/v1/organisations/${registry.kyoto.organisation.id}/clients`
  const body = { name: 'Signs', role: 'officer', scopes: ['grants:read'], jwks: { keys: [await exportJWK(publicKey)] } }
  const client = (await registry.kyoto.officer.post(path, body)).as(newClient)
  expect(client.client_secret).toBeUndefined()
  return { client_id: client.client_id, privateKey, publicKey }
}

type Assertion = { claims?: Record<string, unknown>; header?: Record<string, unknown>; key?: CryptoKey | Uint8Array }

describe('private_key_jwt', () => {
  async function open(alg = 'ES256') {
    const registry = await openHolders()
    const client = await clientWithKey(registry, alg)
    const seconds = registry.clock.now.getTime() / 1000
    const id = client.client_id
    const assertion = ({ claims, header, key }: Assertion = {}) => {
      const standard = {
        iss: id,
        sub: id,
        aud: registry.url,
        jti: crypto.randomUUID(),
        iat: seconds,
        exp: seconds + 60,
      }
      return new SignJWT({ ...standard, ...claims })
        .setProtectedHeader({ alg, ...header })
        .sign(key ?? client.privateKey)
    }
    const send = (signed: string, more: Record<string, string> = {}) =>
      tokenRequest(
        registry,
        String(
          new URLSearchParams({
            grant_type: 'client_credentials',
            client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
            client_assertion: signed,
            ...more,
          }),
        ),
      )
    return { registry, client, seconds, assertion, send }
  }

  test.each(['ES256', 'EdDSA', 'Ed25519'])('signed with %s gets a token that is good', async (alg) => {
    const { registry, assertion, send } = await open(alg)
    const { access_token } = (await send(await assertion())).as(accessToken)
    expect((await ask(registry, `Bearer ${access_token}`)).status).toBe(200)
  })

  test('is good once: replayed it is refused, also at the same time, and as long as it could be good', async () => {
    const { registry, assertion, send } = await open()
    const signed = await assertion()
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(signed)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401, 401, 401, 401])
    for (const later of [30, 59, 100, 119, 120, 121]) {
      registry.clock.now = new Date(Date.parse('2026-11-21T09:00:00.000Z') + later * 1000)
      expect((await send(signed)).status).toBe(401)
    }
    expect((await send(await assertion({ claims: { exp: registry.clock.now.getTime() / 1000 + 60 } }))).status).toBe(
      200,
    )
  })

  test('of two clients may have the same jti', async () => {
    const { registry, assertion, send, seconds } = await open()
    const second = await clientWithKey(registry)
    const id = second.client_id
    expect((await send(await assertion({ claims: { jti: '1' } }))).status).toBe(200)
    const claims = { iss: id, sub: id, jti: '1', exp: seconds + 60 }
    expect((await send(await assertion({ claims, key: second.privateKey }))).status).toBe(200)
  })

  test.each<[string, Record<string, unknown>]>([
    ['another audience', { aud: 'https://other.test' }],
    ['no audience', { aud: undefined }],
    ['a lifetime that is too long', { exp: Date.parse('2026-11-21T09:06:01.000Z') / 1000 }],
    ['a lifetime of ages', { exp: 1e15 }],
    ['an end in the past', { exp: Date.parse('2026-11-21T08:58:59.000Z') / 1000 }],
    ['no end', { exp: undefined }],
    ['a beginning in the future', { nbf: Date.parse('2026-11-21T09:02:00.000Z') / 1000 }],
    ['no jti', { jti: undefined }],
    ['an endless jti', { jti: 'x'.repeat(201) }],
    ['another issuer', { iss: 'nobody' }],
    ['no issuer', { iss: undefined }],
    ['an unknown client', { iss: 'nobody', sub: 'nobody' }],
    ['no subject', { sub: undefined }],
  ])('with %s is refused', async (_, claims) => {
    const { assertion, send } = await open()
    const { status, text } = await send(await assertion({ claims }))
    expect([status, text]).toEqual([401, '{"error":"invalid_client"}'])
    expect((await send(await assertion())).status).toBe(200)
  })

  test('is refused with another client’s key, a stranger’s, or a secret made of the public key', async () => {
    const { registry, client, assertion, send } = await open()
    const other = await clientWithKey(registry)
    const stranger = await generateKeyPair('ES256')
    const jwk = await exportJWK(client.publicKey)
    for (const key of [other.privateKey, stranger.privateKey])
      expect((await send(await assertion({ key }))).status).toBe(401)
    const secret = new TextEncoder().encode(JSON.stringify(jwk))
    expect((await send(await assertion({ key: secret, header: { alg: 'HS256' } }))).status).toBe(401)
    const [, payload = ''] = (await assertion()).split('.')
    for (const alg of ['none', 'NONE'])
      expect((await send(`${base64url.encode(JSON.stringify({ alg }))}.${payload}.`)).status).toBe(401)
    // The key that a forger brings along in the header is not looked at.
    const own = await exportJWK(stranger.publicKey)
    const forged = await assertion({ key: stranger.privateKey, header: { jwk: own } })
    expect((await send(forged)).status).toBe(401)
  })

  test('is refused where it names another client beside it (RFC 7521, 4.2)', async () => {
    const { registry, client, assertion, send } = await open()
    const { client_id } = await clientWithKey(registry)
    expect((await send(await assertion(), { client_id })).status).toBe(401)
    expect((await send(await assertion(), { client_id: client.client_id })).status).toBe(200)
  })

  test('is refused under another assertion type, oversized, or unreadable', async () => {
    const { assertion, send } = await open()
    const type = { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer' }
    expect((await send(await assertion(), type)).status).toBe(401)
    expect((await send(await assertion({ claims: { padding: 'x'.repeat(3000) } }))).status).toBe(401)
    const oversized = await send(await assertion({ claims: { padding: 'x'.repeat(4000) } }))
    expect([oversized.status, oversized.text]).toEqual([400, '{"error":"invalid_request"}'])
    for (const text of ['', '.', '..', 'a.b.c', '{}', '\u0000', 'x'.repeat(4999)])
      expect((await send(text)).status, text.slice(0, 20)).toBe(401)
  })

  test('is refused once the client is revoked', async () => {
    const { registry, client, assertion, send } = await open()
    const path = `/v1/organisations/${registry.kyoto.organisation.id}/clients/${client.client_id}`
    expect((await registry.kyoto.officer.delete(path)).status).toBe(204)
    expect((await send(await assertion())).status).toBe(401)
  })

  test('cannot be set up with a private key, a secret key or none', async () => {
    const { registry } = await open()
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    const path = `/v1/organisations/${registry.kyoto.organisation.id}/clients`
    for (const keys of [
      [await exportJWK(privateKey)],
      [{ kty: 'oct', k: 'c2VjcmV0' }],
      [],
      [{ kty: 'RSA', n: 'x', e: 'AQAB' }],
    ]) {
      const refused = await registry.kyoto.officer.post(path, {
        name: 'x',
        role: 'officer',
        scopes: [],
        jwks: { keys },
      })
      expect([refused.status, refused.problem().code]).toEqual([422, 'invalid_input'])
    }
  })
})

describe('openid-client', () => {
  /** The real Node server on a port of its own; the port has to be known before the app is made. */
  async function serve() {
    const registry = await openLocalRegistry()
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const address = server.address()
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    server.on('request', getRequestListener(nodeApp(registry.db, registry.keys, url).fetch))
    const ctx = registryContext(registry.db, registry.keys, url, new Date())
    const { client_id, client_secret = '' } = await createSteward(ctx, 'Steward')
    return { url: new URL(url), client_id, client_secret, registry }
  }
  const options = { execute: [allowInsecureRequests], algorithm: 'oauth2' as const }

  test('discovers the server and gets a token with client_secret_basic', async () => {
    const { url, client_id, client_secret } = await serve()
    const config = await discovery(url, client_id, {}, ClientSecretBasic(client_secret), options)
    expect(config.serverMetadata().token_endpoint).toBe(`${url.origin}/oauth/token`)
    const { access_token, expires_in } = await clientCredentialsGrant(config, { scope: 'registry:steward' })
    expect(expires_in).toBe(600)
    const body = JSON.stringify({ name: { ja: '大学', en: 'University' }, kind: 'university', country: 'JP' })
    const headers = { Authorization: `Bearer ${access_token}`, 'Content-Type': 'application/json' }
    expect((await fetch(new URL('/v1/organisations', url), { method: 'POST', headers, body })).status).toBe(201)
    const wrong = await discovery(url, client_id, {}, ClientSecretBasic('wrong'), options)
    await expect(clientCredentialsGrant(wrong)).rejects.toMatchObject({ status: 401 })
  })

  test.each(['ES256', 'Ed25519'])('gets a token with private_key_jwt, %s', async (alg) => {
    const { url, registry } = await serve()
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
    const { id } = await registry.organisation()
    const jwks = { keys: [await exportJWK(publicKey)] }
    const made = await registry.steward.post(`/v1/organisations/${id}/clients`, {
      name: 'Signs',
      role: 'officer',
      scopes: ['grants:read'],
      jwks,
    })
    const config = await discovery(url, made.as(newClient).client_id, {}, PrivateKeyJwt(privateKey), options)
    for (let call = 0; call < 2; call++) {
      const { access_token } = await clientCredentialsGrant(config)
      const headers = { Authorization: `Bearer ${access_token}` }
      expect((await fetch(new URL('/v1/grants', url), { headers })).status).toBe(200)
    }
  })
})
