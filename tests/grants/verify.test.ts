import { SignJWT } from 'jose'
import { expect, test } from 'vitest'
import type { TermsId } from '../../policies/terms.ts'
import { grantClaims } from '../../src/grants/claims.ts'
import type { Verification } from '../../src/grants/grant.ts'
import { readClaims, readToken } from '../../src/grants/token.ts'
import { type Keys, loadKeys, newKeys } from '../../src/keys.ts'
import { grantTokenType, tokenCharactersMax } from '../../src/verifier/claims.ts'
import { failing, granted, grantOf, numbersOf, opened, verified } from '../support/opening.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

type Issue = { registry: LocalRegistry; token: string; id: string }

async function issue(more: Record<string, unknown> = {}, termsId: TermsId = 'RPC-OPEN-1.0'): Promise<Issue> {
  const registry = await openLocalRegistry()
  const { patents } = await opened(registry, termsId)
  const { id } = await registry.organisation()
  const officer = await registry.member(id)
  const grant = await granted(officer, grantOf(numbersOf(patents), [termsId], more))
  return { registry, token: grant.token, id: grant.id }
}

function claimsOf(token: string) {
  return grantClaims.parse(readClaims(token))
}

/** A token of any content, signed as the registry signs, or by another's key under that name. */
async function crafted(
  claims: Record<string, unknown>,
  keys: Keys,
  { typ = grantTokenType, use = 'grant' }: { typ?: string; use?: 'grant' | 'status' } = {},
): Promise<string> {
  const { kid, privateKey } = keys.signing(use, new Date('2026-11-21T09:00:00Z'))
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ, kid }).sign(privateKey)
}

function outcome(answer: Verification) {
  return [answer.valid, failing(answer)]
}

test('a token as it was issued passes every check, by any caller, and names its grant', async () => {
  const { registry, token, id } = await issue()
  const answer = await verified(registry, token)
  expect(answer.valid).toBe(true)
  expect(answer.checks.every(({ passed, text }) => passed === true && text.ja !== '' && text.en !== '')).toBe(true)
  expect(answer.grant).toMatchObject({ id, status: 'valid', grantee: { name: '入会 花子' } })
})

test('what does not read as a grant fails at once', async () => {
  const { registry, token } = await issue()
  const [header, payload, signature] = token.split('.')
  const unreadable = [
    '',
    'garbage',
    'a.b.c',
    `${header}.${payload}`,
    `${header}.${payload}.${signature}.${signature}`,
    `${header}.${btoa('{}')}.${signature}`,
    `${header}.${btoa('[1]')}.${signature}`,
    `.${payload}.${signature}`,
    `${payload}.${payload}.${signature}`,
    token.replace('.', '. '),
  ]
  for (const one of unreadable)
    expect(outcome(await verified(registry, one)), one.slice(0, 40)).toEqual([false, 'readable'])
  const answer = await registry.anonymous.post('/v1/grants/verify', { token: 'x'.repeat(tokenCharactersMax + 1) })
  expect([answer.status, answer.problem().errors?.[0]?.pointer]).toEqual([422, '/token'])
  const long = await readToken(`${token}${'A'.repeat(tokenCharactersMax)}`, registry.keys, registry.url, new Date())
  expect(failing({ valid: false, checks: long.checks })).toBe('readable')
})

test('a token of another type is no grant, whatever it says', async () => {
  const { registry, token } = await issue()
  for (const typ of ['JWT', 'at+jwt', 'statuslist+jwt', ''])
    expect(outcome(await verified(registry, await crafted(claimsOf(token), registry.keys, { typ })))).toEqual([
      false,
      'type',
    ])
  // The media type written out is the same type (RFC 7515 section 4.1.9).
  const written = await crafted(claimsOf(token), registry.keys, { typ: `application/${grantTokenType}` })
  expect(outcome(await verified(registry, written))).toEqual([false, 'on_record'])
})

test('of another issuer nothing can be told', async () => {
  const { registry, token } = await issue()
  const foreign = await crafted({ ...claimsOf(token), iss: 'https://other.example' }, registry.keys)
  const answer = await verified(registry, foreign)
  expect(outcome(answer)).toEqual([null, 'issuer'])
  expect(answer).not.toHaveProperty('grant')
})

test('a payload that was changed, a key of another, or of another use, breaks the signature', async () => {
  const { registry, token } = await issue()
  const claims = claimsOf(token)
  const [header, , signature] = token.split('.')
  const changed = { ...claims, exp: claims.exp + 86_400 }
  const payload = Buffer.from(JSON.stringify(changed)).toString('base64url')
  expect(outcome(await verified(registry, `${header}.${payload}.${signature}`))).toEqual([false, 'signature'])
  const stranger = await loadKeys(await newKeys(new Date('2026-11-01T00:00:00Z')))
  expect(outcome(await verified(registry, await crafted(claims, stranger)))).toEqual([false, 'signature'])
  // The stranger's signature under our key's name.
  const { kid } = registry.keys.signing('grant', registry.clock.now)
  const { privateKey } = stranger.signing('grant', registry.clock.now)
  const named = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', typ: grantTokenType, kid })
    .sign(privateKey)
  expect(outcome(await verified(registry, named))).toEqual([false, 'signature'])
  expect(outcome(await verified(registry, await crafted(claims, registry.keys, { use: 'status' })))).toEqual([
    false,
    'signature',
  ])
  const none = `${Buffer.from(JSON.stringify({ alg: 'none', typ: grantTokenType, kid })).toString('base64url')}.${token.split('.')[1]}.`
  expect((await verified(registry, none)).valid).toBe(false)
})

test('a grant holds from its first moment to its last, clocks a minute apart allowed at the start', async () => {
  const { registry, token } = await issue({ from: '2026-12-01', until: '2026-12-31' })
  const at = async (time: string) => {
    registry.clock.now = new Date(time)
    return outcome(await verified(registry, token))
  }
  expect(await at('2026-11-30T23:58:59Z')).toEqual([false, 'time'])
  expect(await at('2026-11-30T23:59:00Z')).toEqual([true, undefined])
  expect(await at('2026-12-31T23:59:59Z')).toEqual([true, undefined])
  expect(await at('2027-01-01T00:00:00Z')).toEqual([false, 'time'])
  const answer = await verified(registry, token)
  expect(answer.grant).toMatchObject({ status: 'expired', since: '2027-01-01T00:00:00.000Z' })
  // Expired is not revoked.
  expect(answer.checks.find(({ name }) => name === 'status')?.passed).toBe(true)
})

test('other words under a known name fail; terms that are not published here cannot be judged', async () => {
  const { registry, token } = await issue()
  const claims = claimsOf(token)
  const [detail] = claims.authorization_details
  const under = (terms: { id: string; sha256: string }[]) =>
    crafted({ ...claims, authorization_details: [{ ...detail, terms }] }, registry.keys)
  const read = async (given: string) => {
    const { checks } = await readToken(given, registry.keys, registry.url, registry.clock.now)
    return checks.find(({ name }) => name === 'terms')?.passed
  }
  const sha256 = detail?.terms[0]?.sha256 ?? ''
  const other = await under([{ id: 'RPC-OPEN-1.0', sha256: '0'.repeat(64) }])
  const unknown = await under([{ id: 'RPC-OPEN-2.0', sha256 }])
  const both = await under([
    { id: 'RPC-OPEN-2.0', sha256 },
    { id: 'RPC-OPEN-1.0', sha256: '0'.repeat(64) },
  ])
  expect([await read(token), await read(other), await read(unknown), await read(both)]).toEqual([
    true,
    false,
    null,
    false,
  ])
  expect(outcome(await verified(registry, other))).toEqual([false, 'terms'])
  expect((await verified(registry, unknown)).valid).toBe(false)
})

test('a token that the registry signed and never recorded is not a grant', async () => {
  const { registry, token } = await issue()
  const claims = claimsOf(token)
  const never = await crafted({ ...claims, jti: crypto.randomUUID() }, registry.keys)
  expect(outcome(await verified(registry, never))).toEqual([false, 'on_record'])
  // The id of a recorded grant with other content.
  const other = await crafted({ ...claims, exp: claims.exp + 1 }, registry.keys)
  const answer = await verified(registry, other)
  expect(outcome(answer)).toEqual([false, 'on_record'])
  expect(answer).not.toHaveProperty('grant')
})

test('revoked and suspended fail on their status with the day it came about', async () => {
  const { registry, token, id } = await issue()
  registry.clock.now = new Date('2026-12-24T10:00:00Z')
  await registry.steward.post(`/v1/grants/${id}/suspension`, { note: 'An inquiry.' })
  const suspended = await verified(registry, token)
  expect(outcome(suspended)).toEqual([false, 'status'])
  expect(suspended.checks.find(({ name }) => name === 'status')?.text.en).toContain('2026-12-24')
  await registry.steward.post(`/v1/grants/${id}/reinstatement`, { note: 'Nothing was found.' })
  expect((await verified(registry, token)).valid).toBe(true)
  registry.clock.now = new Date('2027-01-24T10:00:00Z')
  await registry.steward.post(`/v1/grants/${id}/revocation`, { reason: 'breach' })
  const revoked = await verified(registry, token)
  expect(outcome(revoked)).toEqual([false, 'status'])
  expect(revoked.checks.find(({ name }) => name === 'status')?.text.en).toContain('2027-01-24 (breach)')
})

test('an expired grant is not revoked, suspended or replaced any more', async () => {
  const { registry, id } = await issue({ until: '2026-12-31' })
  registry.clock.now = new Date('2027-01-01T00:00:00Z')
  for (const [act, body] of [
    ['revocation', { reason: 'breach' }],
    ['suspension', { note: 'An inquiry.' }],
  ] as const) {
    const refused = await registry.steward.post(`/v1/grants/${id}/${act}`, body)
    expect(refused.problem()).toMatchObject({ status: 409, code: 'already_decided' })
  }
})

test('a clock that is set back before the beginning of a grant is not answered from memory', async () => {
  const { registry, token } = await issue()
  expect((await verified(registry, token)).valid).toBe(true)
  registry.clock.now = new Date('2026-11-21T08:00:00.000Z')
  expect(outcome(await verified(registry, token))).toEqual([false, 'time'])
})

test('an answer in memory is never older than the last write, nor outlives its day or the grant', async () => {
  const { registry, token, id } = await issue({ until: '2026-11-23' })
  const ask = async () => [(await verified(registry, token)).valid, (await verified(registry, token)).valid]
  expect(await ask()).toEqual([true, true])
  await registry.steward.post(`/v1/grants/${id}/suspension`, { note: 'An inquiry.' })
  expect(await ask()).toEqual([false, false])
  await registry.steward.post(`/v1/grants/${id}/reinstatement`, { note: 'It is settled.' })
  expect(await ask()).toEqual([true, true])
  registry.clock.now = new Date('2026-11-25T09:00:00.000Z')
  expect(await ask()).toEqual([false, false])
})
