import { createLocalJWKSet, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { pinnedFingerprints } from '../../policies/terms.ts'
import { readClaims, readToken } from '../../src/grants/token.ts'
import { loadKeys, publicKeySet, storedKeys } from '../../src/keys.ts'
import file from '../vectors/tokens.json' with { type: 'json' }

const jwk = z.looseObject({ kty: z.string(), crv: z.string(), x: z.string(), y: z.string(), kid: z.string() })
const vectors = z
  .object({
    registry: z.url(),
    at: z.iso.datetime(),
    terms: z.array(z.object({ id: z.string(), sha256: z.string() })),
    keys: z.array(z.looseObject({ activeFrom: z.string(), jwk })),
    jwks: z.object({ keys: z.array(jwk) }),
    cases: z.array(
      z.object({
        name: z.string(),
        token: z.string(),
        valid: z.boolean().nullable(),
        failing: z.enum(['readable', 'type', 'issuer', 'signature', 'time', 'terms']).optional(),
      }),
    ),
  })
  .parse(file)

/** Well signed, but no grant: a JOSE library knows neither what a grant has nor which published key signs grants. */
const leftToTheVerifier = [
  'payload lacks what a grant has',
  'payload names no patent',
  'signed by the key for status lists',
]

const keys = await loadKeys(
  storedKeys.parse({ keys: vectors.keys.map((key) => ({ ...key, createdAt: key.activeFrom })) }),
)
const now = new Date(vectors.at)

describe('the published cases', () => {
  test.each(vectors.cases)('$name', async ({ token, valid, failing }) => {
    const { checks, claims } = await readToken(token, keys, vectors.registry, now)
    expect(checks.find(({ passed }) => passed !== true)?.name).toBe(failing)
    const passes = checks.map(({ passed }) => passed)
    expect(passes.includes(false) ? false : passes.includes(null) ? null : true).toBe(valid)
    if (failing !== undefined && failing !== 'time' && failing !== 'terms') expect(claims).toBeUndefined()
    else expect(claims).toEqual(readClaims(token))
  })

  test.each(vectors.cases)('$name: a plain JOSE library agrees', async ({ name, token, failing }) => {
    const accepted = await jwtVerify(token, createLocalJWKSet(vectors.jwks), {
      algorithms: ['ES256'],
      typ: 'research-grant+jwt',
      issuer: vectors.registry,
      currentDate: now,
      clockTolerance: 60,
    }).then(
      () => true,
      () => false,
    )
    expect(accepted).toBe(failing === undefined || failing === 'terms' || leftToTheVerifier.includes(name))
  })
})

test('the cases rest on the published terms and on the key set as it is published', () => {
  expect(Object.fromEntries(vectors.terms.map(({ id, sha256 }) => [id, sha256]))).toEqual(pinnedFingerprints)
  expect(publicKeySet(keys)).toEqual(vectors.jwks)
})

test('every check that a token can fail by itself has a case, and so has each outcome', () => {
  expect(new Set(vectors.cases.map(({ failing }) => failing))).toEqual(
    new Set([undefined, 'readable', 'type', 'issuer', 'signature', 'time', 'terms']),
  )
  expect(new Set(vectors.cases.map(({ valid }) => valid))).toEqual(new Set([true, false, null]))
  expect(new Set(vectors.cases.map(({ name }) => name)).size).toBe(vectors.cases.length)
})
