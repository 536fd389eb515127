import { createLocalJWKSet, jwtVerify } from 'jose'
import { expect, inject, test } from 'vitest'
import { z } from 'zod'
import { checkAnswer } from '../../src/check/check.ts'
import { declaration } from '../../src/declarations/declaration.ts'
import { grantClaims } from '../../src/grants/claims.ts'
import { publicGrant } from '../../src/grants/grant.ts'
import { numbersPerCallMax } from '../../src/limits.ts'
import { tokenCharactersMax } from '../../src/verifier/claims.ts'
import {
  declarationOf,
  enrolled,
  granted,
  grantOf,
  inParallel,
  numbersOf,
  research,
  verified,
} from '../support/opening.ts'
import { openRegistry } from '../support/registry.ts'

const jwks = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })) })

// As many as one call may name; fewer over the network, where enrolling them one by one is what takes the time.
const count = inject('registry') === undefined ? numbersPerCallMax : 150

test(`${count} patents of three holders are opened, checked and granted, each in one request`, async () => {
  const registry = await openRegistry()
  const holders = await inParallel([1, 2, 3], 3, async () => {
    const { id } = await registry.organisation()
    return { id, officer: await registry.member(id) }
  })
  // Numbers of nine digits, so that no other test meets them.
  const first = 100_000_000 + Math.floor(Math.random() * 90_000_000)
  const patents = await inParallel(
    Array.from({ length: count }, (_, i) => i),
    10,
    (i) => {
      const holder = holders[i % 3]
      if (!holder) throw new Error('three holders were made')
      return enrolled(holder.officer, [holder], { numbers: [`CN${first + i}B`] })
    },
  )
  const numbers = numbersOf(patents)
  const declared = await inParallel(holders, 3, async ({ officer }) => {
    const own = numbers.filter((_, i) => holders[i % 3]?.officer === officer)
    return (await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', own))).as(declaration)
  })
  expect(declared.map(({ state }) => state)).toEqual(['in_force', 'in_force', 'in_force'])
  expect(declared.reduce((sum, { patents: listed }) => sum + listed.count, 0)).toBe(count)

  const osaka = await registry.organisation()
  const officer = await registry.member(osaka.id)
  const checked = (await registry.anonymous.post('/v1/check', { numbers, ...research })).as(checkAnswer)
  expect([checked.worst, checked.results.length]).toEqual(['allowed', count])
  const issued = await granted(officer, grantOf(numbers, ['RPC-OPEN-1.0']))
  expect(issued.covered.map(({ number }) => number)).toEqual(numbers)
  expect(issued.leftOut).toEqual([])
  expect(issued.token.length).toBeLessThan(tokenCharactersMax / 3)

  const keys = (await registry.anonymous.get('/.well-known/jwks.json')).as(jwks)
  const { from } = (await registry.anonymous.get(`/v1/grants/${issued.id}`)).as(publicGrant)
  const { payload } = await jwtVerify(issued.token, createLocalJWKSet(keys), {
    typ: 'research-grant+jwt',
    issuer: registry.url,
    currentDate: new Date(`${from}T23:59:59Z`),
  })
  const [detail] = grantClaims.parse(payload).authorization_details
  expect(detail?.patents).toEqual(numbers)
  expect(detail?.holders).toHaveLength(3)
  expect((await verified(registry, issued.token)).valid).toBe(true)
}, 60_000)
