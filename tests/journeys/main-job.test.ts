import { compactVerify, createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { catalogue } from '../../policies/terms.ts'
import { checkAnswer, checkResult } from '../../src/check/check.ts'
import { declaration } from '../../src/declarations/declaration.ts'
import { grantClaims } from '../../src/grants/claims.ts'
import { issuedGrant, publicGrant, verification } from '../../src/grants/grant.ts'
import { patent } from '../../src/patents/patent.ts'
import { decodeStatusList, getStatus, statusListBits } from '../../src/verifier/status-codec.ts'
import { patentOf } from '../support/patents.ts'
import { openRegistry } from '../support/registry.ts'

const open = catalogue.get('RPC-OPEN-1.0')
const academic = catalogue.get('RPC-ACADEMIC-1.0')
const jwks = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })) })

function accepted(...terms: (typeof open)[]) {
  return terms.flatMap((one) => (one ? [{ id: one.id, sha256: one.sha256 }] : []))
}

test('two holders open patents, a third institution gets one grant over both, anyone verifies it, it is revoked', async () => {
  const registry = await openRegistry()
  const [kyoto, toyota, osaka] = await Promise.all([
    registry.organisation(),
    registry.organisation({ kind: 'company' }),
    registry.organisation(),
  ])
  const [kyotoOfficer, toyotaOfficer, osakaOfficer] = await Promise.all([
    registry.member(kyoto.id),
    registry.member(toyota.id),
    registry.member(osaka.id),
  ])
  const own = (await kyotoOfficer.post('/v1/patents', patentOf([kyoto]))).as(patent)
  const shared = (await toyotaOfficer.post('/v1/patents', patentOf([toyota, kyoto]))).as(patent)

  const declareOwn = await kyotoOfficer.post('/v1/declarations', {
    termsId: academic?.id,
    termsSha256: academic?.sha256,
    numbers: [own.number],
    encumbrancesChecked: true,
  })
  expect(declareOwn.as(declaration).state).toBe('in_force')
  const waiting = (
    await toyotaOfficer.post('/v1/declarations', {
      termsId: open?.id,
      termsSha256: open?.sha256,
      numbers: [shared.number],
      encumbrancesChecked: true,
    })
  ).as(declaration)
  expect(waiting).toMatchObject({ state: 'awaiting_consent', consents: [{ answer: 'pending' }] })

  const question = { purpose: 'basic_research', mode: 'with', beneficiary: 'university' }
  const before = (
    await registry.anonymous.post('/v1/check', { numbers: [own.number, shared.number, 'no number'], ...question })
  ).as(checkAnswer)
  expect(before.results.map((one) => one.verdict)).toEqual(['allowed', 'ask', 'unrecognised'])

  const consented = await kyotoOfficer.post(`/v1/declarations/${waiting.id}/consents`, { answer: 'given' })
  expect(consented.as(declaration).state).toBe('in_force')
  const after = await registry.anonymous.get(`/v1/check?${new URLSearchParams({ number: shared.number, ...question })}`)
  expect(after.as(checkResult)).toMatchObject({ verdict: 'allowed', terms: { id: 'RPC-OPEN-1.0' } })

  const request = {
    numbers: [own.number, shared.number, 'no number'],
    purpose: 'basic_research',
    mode: 'with',
    project: { title: 'Ion transport' },
    grantee: { name: '入会 花子', orcid: '0000-0002-1825-0097' },
    acceptTerms: accepted(academic),
  }
  const unread = await osakaOfficer.post('/v1/grants', request)
  expect(unread.problem()).toMatchObject({ code: 'terms_not_accepted', needed: accepted(open) })
  const issued = (await osakaOfficer.post('/v1/grants', { ...request, acceptTerms: accepted(academic, open) })).as(
    issuedGrant,
  )
  expect(issued.covered.map((one) => one.number)).toEqual([own.number, shared.number])
  expect(issued.leftOut.map((one) => one.input)).toEqual(['no number'])

  // Offline, from the published keys alone.
  const keys = (await registry.anonymous.get('/.well-known/jwks.json')).as(jwks)
  const { payload, protectedHeader } = await jwtVerify(issued.token, createLocalJWKSet(keys), {
    typ: 'research-grant+jwt',
    algorithms: ['ES256'],
    issuer: registry.url,
    currentDate: new Date((await registry.anonymous.get(`/v1/grants/${issued.id}`)).as(publicGrant).issuedAt),
  })
  expect(protectedHeader.kid).toBe(decodeProtectedHeader(issued.token).kid)
  const claims = grantClaims.parse(payload)
  expect(claims.authorization_details[0]).toMatchObject({
    type: 'research_patent_use',
    patents: [own.number, shared.number],
    purposes: ['basic_research'],
  })
  const valid = (await registry.anonymous.post('/v1/grants/verify', { token: issued.token })).as(verification)
  expect(valid.valid).toBe(true)
  expect(valid.checks.map((one) => one.name)).toEqual([
    'readable',
    'type',
    'issuer',
    'signature',
    'time',
    'terms',
    'on_record',
    'status',
    'superseded',
  ])

  const statusOfToken = async () => {
    const { uri, idx } = claims.status.status_list
    const list = await registry.anonymous.get(new URL(uri).pathname)
    const { payload: signed } = await compactVerify(list.text, createLocalJWKSet(keys))
    const { status_list } = z
      .object({ sub: z.literal(uri), status_list: z.object({ bits: z.literal(2), lst: z.string() }) })
      .parse(JSON.parse(new TextDecoder().decode(signed)))
    return getStatus(await decodeStatusList(status_list.lst), idx, statusListBits)
  }
  expect(await statusOfToken()).toBe(0)

  const revoked = await osakaOfficer.post(`/v1/grants/${issued.id}/revocation`, { reason: 'issued_in_error' })
  expect(revoked.status).toBe(200)
  const again = await osakaOfficer.post(`/v1/grants/${issued.id}/revocation`, { reason: 'issued_in_error' })
  expect(again.problem().code).toBe('already_decided')
  const invalid = (await registry.anonymous.post('/v1/grants/verify', { token: issued.token })).as(verification)
  expect(invalid).toMatchObject({ valid: false, grant: { status: 'revoked', reason: 'issued_in_error' } })
  expect(await statusOfToken()).toBe(1)
})
