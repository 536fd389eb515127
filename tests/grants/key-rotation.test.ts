import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { grantInput } from '../../src/grants/grant.ts'
import { issueFor } from '../../src/grants/issue.ts'
import { signStatusList } from '../../src/grants/status-list.ts'
import { verifyGrant } from '../../src/grants/verify.ts'
import { loadKeys, newKeys, publicKeySet, rotatedKeys, type StoredKeys } from '../../src/keys.ts'
import { nodeApp, registryContext } from '../../src/node.ts'
import { grantTokenType } from '../../src/verifier/claims.ts'
import { grantOf, numbersOf, opened } from '../support/opening.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

const jwks = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })) })

/** A registry whose keys the test holds, started again whenever they change. */
async function openWithKeys() {
  const registry = await openLocalRegistry()
  const { patents } = await opened(registry, 'RPC-OPEN-1.0')
  const { id } = await registry.organisation()
  const request = grantInput.parse(grantOf(numbersOf(patents), ['RPC-OPEN-1.0']))
  const context = async (stored: StoredKeys) =>
    registryContext(registry.db, await loadKeys(stored), registry.url, registry.clock.now)
  return {
    registry,
    issue: async (stored: StoredKeys) => (await issueFor(await context(stored), id, request)).token,
    verify: async (stored: StoredKeys, token: string) => verifyGrant(await context(stored), token),
    statusList: async (stored: StoredKeys) => (await signStatusList(await context(stored), 0)) ?? '',
    keySet: (stored: StoredKeys) => publishedKeys(registry, stored),
  }
}

async function publishedKeys(registry: LocalRegistry, stored: StoredKeys) {
  const app = nodeApp(registry.db, await loadKeys(stored), registry.url, () => registry.clock.now)
  return jwks.parse(await (await app.request(`${registry.url}/.well-known/jwks.json`)).json())
}

function kidOf(token: string): string | undefined {
  return decodeProtectedHeader(token).kid
}

function kidsOf(stored: StoredKeys, use: string): string[] {
  return stored.keys.filter((key) => key.use === use).map(({ kid }) => kid)
}

test('a new key is published before it signs, and what the old one signed stays good', async () => {
  const { registry, issue, verify, keySet } = await openWithKeys()
  const first = await newKeys(new Date('2026-11-01T00:00:00Z'))
  const old = await issue(first)
  const second = await rotatedKeys(first, registry.clock.now)
  const [oldKid, newKid] = kidsOf(second, 'grant')
  expect(kidOf(old)).toBe(oldKid)
  const published = await keySet(second)
  expect(published.keys.map(({ kid }) => kid)).toEqual(expect.arrayContaining([oldKid, newKid]))
  // The old key signs for ten minutes more, until no cache of the key set lacks the new one.
  registry.clock.now = new Date('2026-11-21T09:09:59.999Z')
  expect(kidOf(await issue(second))).toBe(oldKid)
  registry.clock.now = new Date('2026-11-21T09:10:00Z')
  const later = await issue(second)
  expect(kidOf(later)).toBe(newKid)
  for (const token of [old, later]) {
    expect((await verify(second, token)).valid).toBe(true)
    const { protectedHeader } = await jwtVerify(token, createLocalJWKSet(published), {
      issuer: registry.url,
      typ: grantTokenType,
      currentDate: registry.clock.now,
    })
    expect(protectedHeader.alg).toBe('ES256')
  }
  // One who still holds the first key set cannot tell.
  expect((await verify(first, later)).valid).toBe(false)
})

test('the next rotation retires the key before: its private half is gone, its signatures verify', async () => {
  const { registry, issue, verify, keySet } = await openWithKeys()
  const first = await newKeys(new Date('2026-11-01T00:00:00Z'))
  const old = await issue(first)
  const second = await rotatedKeys(first, registry.clock.now)
  registry.clock.now = new Date('2027-05-21T09:00:00Z')
  const third = await rotatedKeys(second, registry.clock.now)
  const [retired, active, coming] = third.keys.filter(({ use }) => use === 'grant')
  expect([retired?.state, active?.state, coming?.state]).toEqual(['retired', 'active', 'active'])
  expect(retired?.retiredAt).toBe('2027-05-21T09:00:00.000Z')
  expect(retired?.jwk).not.toHaveProperty('d')
  expect(kidOf(await issue(third))).toBe(active?.kid)
  expect((await verify(third, old)).valid).toBe(true)
  const kids = (await keySet(third)).keys.map(({ kid }) => kid)
  for (const use of ['grant', 'access', 'status']) expect(kids).toEqual(expect.arrayContaining(kidsOf(third, use)))
  // The log is its key: that one is never replaced.
  expect(kidsOf(third, 'log')).toEqual(kidsOf(first, 'log'))
})

test('rotating twice at once leaves the key that signs', async () => {
  const now = new Date('2026-11-21T09:00:00Z')
  const first = await newKeys(new Date('2026-11-01T00:00:00Z'))
  const keys = await loadKeys(await rotatedKeys(await rotatedKeys(first, now), now))
  expect(keys.signing('grant', now).kid).toBe(kidsOf(first, 'grant')[0])
})

test('what a compromised key signed can no longer be told, here or from the published keys', async () => {
  const { registry, issue, verify, keySet } = await openWithKeys()
  const first = await newKeys(new Date('2026-11-01T00:00:00Z'))
  const token = await issue(first)
  const rotated = await rotatedKeys(first, registry.clock.now)
  registry.clock.now = new Date('2026-11-21T10:00:00Z')
  const compromised: StoredKeys = {
    keys: rotated.keys.map((key) =>
      key.kid === kidOf(token) ? { ...key, state: 'compromised', compromisedSince: '2026-11-21T09:30:00.000Z' } : key,
    ),
  }
  const answer = await verify(compromised, token)
  expect([answer.valid, answer.checks.at(-1)?.name, answer.checks.at(-1)?.passed]).toEqual([null, 'signature', null])
  expect(kidOf(await issue(compromised))).toBe(kidsOf(rotated, 'grant')[1])
  const published = await keySet(compromised)
  expect(published.keys.map(({ kid }) => kid)).not.toContain(kidOf(token))
  await expect(jwtVerify(token, createLocalJWKSet(published), { currentDate: registry.clock.now })).rejects.toThrow()
})

test('each use has a key of its own, and no key signs for another', async () => {
  const { registry, issue, statusList } = await openWithKeys()
  const stored = await newKeys(new Date('2026-11-01T00:00:00Z'))
  expect(kidOf(await issue(stored))).toBe(kidsOf(stored, 'grant')[0])
  expect(kidOf(await statusList(stored))).toBe(kidsOf(stored, 'status')[0])
  expect(publicKeySet(await loadKeys(stored)).keys.map(({ kid }) => kid)).not.toContain(kidsOf(stored, 'log')[0])
  const early = await loadKeys(stored)
  expect(() => early.signing('grant', new Date('2026-10-31T23:59:59Z'))).toThrow('no active key')
  expect(registry.clock.now.getTime()).toBeGreaterThan(0)
})
