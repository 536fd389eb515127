import { calculateJwkThumbprint } from 'jose'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { openLocalRegistry, openRegistry } from '../support/registry.ts'

const jwk = z.looseObject({ kty: z.string(), crv: z.string(), x: z.string(), kid: z.string(), alg: z.string() })
const keySet = z.object({ keys: z.array(jwk) })
const key = z.object({
  kid: z.string(),
  use: z.string(),
  state: z.string(),
  activeFrom: z.string(),
  jwk,
  verifierKey: z.string().optional(),
})

test('the key set has every key that signs JWTs, by thumbprint, without a private half', async () => {
  const registry = await openRegistry()
  const answer = await registry.anonymous.get('/.well-known/jwks.json')
  expect(answer.headers.get('Cache-Control')).toBe('public, max-age=300')
  const { keys } = answer.as(keySet)
  expect(keys.length).toBeGreaterThanOrEqual(3)
  for (const one of keys) {
    expect(one.alg).toBe('ES256')
    expect(one.kid).toBe(await calculateJwkThumbprint(one))
    expect(one).not.toHaveProperty('d')
  }
})

test('the key set is not sent again to one who has it', async () => {
  const registry = await openRegistry()
  const etag = (await registry.anonymous.get('/.well-known/jwks.json')).headers.get('ETag') ?? ''
  const again = await registry.anonymous.get('/.well-known/jwks.json', { 'If-None-Match': etag })
  expect([again.status, again.text]).toEqual([304, ''])
  expect(again.headers.get('Cache-Control')).toBe('public, max-age=300')
  expect((await registry.anonymous.get('/.well-known/jwks.json', { 'If-None-Match': '"x"' })).status).toBe(200)
})

test('each key tells its state and dates, and the key of the log its verifier key', async () => {
  const registry = await openLocalRegistry()
  const { items } = (await registry.anonymous.get('/v1/keys')).as(z.object({ items: z.array(key), next: z.null() }))
  expect(items.map(({ use }) => use)).toEqual(['grant', 'access', 'status', 'log'])
  for (const one of items) {
    expect((await registry.anonymous.get(`/v1/keys/${one.kid}`)).as(key)).toEqual(one)
    expect(one).toMatchObject({ state: 'active', activeFrom: '2026-11-01T00:00:00.000Z' })
    expect(one.jwk).not.toHaveProperty('d')
    const vkey = (await registry.anonymous.get('/log/key')).text.trim()
    expect(one.verifierKey).toBe(one.use === 'log' ? vkey : undefined)
  }
  expect((await registry.anonymous.get('/v1/keys/unknown')).problem().code).toBe('not_found')
})
