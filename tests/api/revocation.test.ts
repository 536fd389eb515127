import { StatusList } from '@sd-jwt/jwt-status-list'
import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { grantClaims } from '../../src/grants/claims.ts'
import { type IssuedGrant, publicGrant } from '../../src/grants/grant.ts'
import { failing, granted, grantOf, numbersOf, opened, verified } from '../support/opening.ts'
import { type Caller, openRegistry, type Registry } from '../support/registry.ts'

const changed = z.object({ id: z.string(), supersededBy: z.string().optional() })
const statusListClaims = z.object({
  sub: z.string(),
  ttl: z.number(),
  iat: z.number(),
  exp: z.number(),
  status_list: z.object({ bits: z.literal(2), lst: z.string() }),
})

async function institution(registry: Registry) {
  const { id } = await registry.organisation()
  return { id, officer: await registry.member(id) }
}

/** What the status list says of a grant, read by the library that others would use. */
async function statusOf(registry: Registry, { token }: Pick<IssuedGrant, 'token'>): Promise<number> {
  const { uri, idx } = grantClaims.parse(decodeJwt(token)).status.status_list
  const answer = await registry.anonymous.get(uri.slice(registry.url.length))
  expect(answer.headers.get('Content-Type')).toBe('application/statuslist+jwt')
  const { sub, status_list } = statusListClaims.parse(decodeJwt(answer.text))
  expect(sub).toBe(uri)
  return StatusList.decompressStatusList(status_list.lst, status_list.bits).getStatus(idx)
}

async function read(registry: Registry, id: string) {
  return (await registry.anonymous.get(`/v1/grants/${id}`)).as(publicGrant)
}

async function post(caller: Caller, { id }: { id: string }, act: string, body: unknown): Promise<string | number> {
  const answer = await caller.post(`/v1/grants/${id}/${act}`, body)
  return answer.status === 200 ? 200 : answer.problem().code
}

test('each party gives only the reasons that are its own', async () => {
  const registry = await openRegistry()
  const [osaka, { officer: holder, patents }] = await Promise.all([
    institution(registry),
    opened(registry, 'RPC-OPEN-1.0'),
  ])
  const stranger = await institution(registry)
  const reasons = ['breach', 'false_statement', 'ineligible', 'issued_in_error', 'holder_request_allowed_by_terms']
  const may: Record<'steward' | 'holder' | 'grantee' | 'stranger', readonly string[]> = {
    steward: reasons,
    holder: ['breach', 'false_statement', 'ineligible', 'holder_request_allowed_by_terms'],
    grantee: ['ineligible', 'issued_in_error'],
    stranger: [],
  }
  const callers = { steward: registry.steward, holder, grantee: osaka.officer, stranger: stranger.officer }
  const issue = () => granted(osaka.officer, grantOf(numbersOf(patents), ['RPC-OPEN-1.0']))
  let grant = await issue()
  for (const party of ['steward', 'holder', 'grantee', 'stranger'] as const) {
    for (const reason of reasons) {
      const allowed = may[party].includes(reason)
      expect(await post(callers[party], grant, 'revocation', { reason }), `${party} ${reason}`).toBe(
        allowed ? 200 : 'forbidden',
      )
      expect((await read(registry, grant.id)).status).toBe(allowed ? 'revoked' : 'valid')
      if (allowed) grant = await issue()
    }
  }
  for (const reason of ['superseded', 'whim', undefined])
    expect(await post(registry.steward, grant, 'revocation', { reason })).toBe('invalid_input')
})

test('a grant is revoked once, and every way of asking says so from then on', async () => {
  const registry = await openRegistry()
  const [osaka, { patents }] = await Promise.all([institution(registry), opened(registry, 'RPC-OPEN-1.0')])
  const grant = await granted(osaka.officer, grantOf(numbersOf(patents), ['RPC-OPEN-1.0']))
  expect(await statusOf(registry, grant)).toBe(0)
  const body = { reason: 'issued_in_error', note: 'Wrong project.' }
  expect(await post(osaka.officer, grant, 'revocation', body)).toBe(200)
  expect(await post(osaka.officer, grant, 'revocation', body)).toBe('already_decided')
  expect(await post(registry.steward, grant, 'suspension', { note: 'Too late.' })).toBe('already_decided')
  expect(await post(registry.steward, grant, 'reinstatement', { note: 'Too late.' })).toBe('already_decided')
  expect(await statusOf(registry, grant)).toBe(1)
  const after = await read(registry, grant.id)
  expect(after).toMatchObject({ status: 'revoked', reason: 'issued_in_error' })
  expect(after.events.map(({ status, reason }) => [status, reason])).toEqual([
    ['valid', undefined],
    ['revoked', 'issued_in_error'],
  ])
  const answer = await verified(registry, grant.token)
  expect([answer.valid, failing(answer), answer.grant?.status]).toEqual([false, 'status', 'revoked'])
})

test('a steward, or the holder of all of it, stops a grant for an inquiry and lets it go on', async () => {
  const registry = await openRegistry()
  const [osaka, first, second] = await Promise.all([
    institution(registry),
    opened(registry, 'RPC-OPEN-1.0'),
    opened(registry, 'RPC-OPEN-1.0'),
  ])
  const note = { note: 'A report of use in production is being looked into.' }
  const both = await granted(osaka.officer, grantOf(numbersOf([...first.patents, ...second.patents]), ['RPC-OPEN-1.0']))
  const one = await granted(osaka.officer, grantOf(numbersOf(first.patents), ['RPC-OPEN-1.0']))
  expect(await post(first.officer, both, 'suspension', note)).toBe('forbidden')
  expect(await post(osaka.officer, one, 'suspension', note)).toBe('forbidden')
  expect(await post(second.officer, one, 'suspension', note)).toBe('forbidden')
  for (const [caller, grant] of [
    [registry.steward, both],
    [first.officer, one],
  ] as const) {
    expect(await post(caller, grant, 'reinstatement', note)).toBe('already_decided')
    expect(await post(caller, grant, 'suspension', note)).toBe(200)
    expect(await post(caller, grant, 'suspension', note)).toBe('already_decided')
    expect(await statusOf(registry, grant)).toBe(2)
    const stopped = await verified(registry, grant.token)
    expect([stopped.valid, failing(stopped), stopped.grant?.status]).toEqual([false, 'status', 'suspended'])
    expect(await post(osaka.officer, grant, 'reinstatement', note)).toBe('forbidden')
    expect(await post(caller, grant, 'reinstatement', note)).toBe(200)
    expect(await statusOf(registry, grant)).toBe(0)
    expect((await verified(registry, grant.token)).valid).toBe(true)
  }
})

test('a holder ends its own part: what is left goes on in a new grant that takes the place of the old', async () => {
  const registry = await openRegistry()
  const [osaka, open, academic] = await Promise.all([
    institution(registry),
    opened(registry, 'RPC-OPEN-1.0', { count: 2 }),
    opened(registry, 'RPC-ACADEMIC-1.0'),
  ])
  const numbers = numbersOf([...open.patents, ...academic.patents])
  const old = await granted(osaka.officer, grantOf(numbers, ['RPC-OPEN-1.0', 'RPC-ACADEMIC-1.0']))
  const answer = await academic.officer.post(`/v1/grants/${old.id}/revocation`, { reason: 'breach' })
  const { supersededBy = '' } = answer.as(changed)
  expect(await read(registry, old.id)).toMatchObject({ status: 'superseded', supersededBy, reason: 'breach' })
  const successor = await read(registry, supersededBy)
  expect(successor).toMatchObject({ status: 'valid' })
  expect(successor.patents.map(({ number }) => number)).toEqual(numbersOf(open.patents))
  const token = (await osaka.officer.get(`/v1/grants/${supersededBy}`, { Accept: 'application/jwt' })).text
  const before = grantClaims.parse(decodeJwt(old.token))
  const claims = grantClaims.parse(decodeJwt(token))
  expect(claims).toMatchObject({ exp: before.exp, grantee: before.grantee, jti: supersededBy })
  expect(claims.authorization_details[0]).toMatchObject({
    patents: numbersOf(open.patents),
    terms: [{ id: 'RPC-OPEN-1.0' }],
    holders: [{ id: `${registry.url}/v1/organisations/${open.holder.id}` }],
    project: { title: 'Ion transport' },
    purposes: ['basic_research'],
  })
  expect([await statusOf(registry, old), await statusOf(registry, { token })]).toEqual([1, 0])
  const oldAnswer = await verified(registry, old.token)
  expect([oldAnswer.valid, failing(oldAnswer)]).toEqual([false, 'superseded'])
  expect((await verified(registry, token)).valid).toBe(true)
  expect(await post(open.officer, old, 'revocation', { reason: 'breach' })).toBe('already_decided')
  // The last holder's part is all that is left: the grant ends.
  expect(await post(open.officer, { id: supersededBy }, 'revocation', { reason: 'breach' })).toBe(200)
  expect((await read(registry, supersededBy)).status).toBe('revoked')
})

test('what is left of a suspended grant stays suspended', async () => {
  const registry = await openRegistry()
  const [osaka, first, second] = await Promise.all([
    institution(registry),
    opened(registry, 'RPC-OPEN-1.0'),
    opened(registry, 'RPC-OPEN-1.0'),
  ])
  const numbers = numbersOf([...first.patents, ...second.patents])
  const old = await granted(osaka.officer, grantOf(numbers, ['RPC-OPEN-1.0']))
  expect(await post(registry.steward, old, 'suspension', { note: 'An inquiry.' })).toBe(200)
  const answer = await first.officer.post(`/v1/grants/${old.id}/revocation`, { reason: 'breach' })
  const { supersededBy = '' } = answer.as(changed)
  const token = (await osaka.officer.get(`/v1/grants/${supersededBy}`, { Accept: 'application/jwt' })).text
  expect(await statusOf(registry, { token })).toBe(2)
  expect((await verified(registry, token)).valid).toBe(false)
  expect((await read(registry, supersededBy)).events.map(({ status }) => status)).toEqual(['suspended'])
  expect(await post(registry.steward, { id: supersededBy }, 'reinstatement', { note: 'Nothing was found.' })).toBe(200)
  expect((await verified(registry, token)).valid).toBe(true)
})

test('a status list that no grant names is not found', async () => {
  const registry = await openRegistry()
  expect((await registry.anonymous.get('/v1/status-lists/0')).status).toBe(200)
  expect((await registry.anonymous.get('/v1/status-lists/99')).problem()).toMatchObject({ status: 404 })
  for (const n of ['-1', 'x', '1000001'])
    expect((await registry.anonymous.get(`/v1/status-lists/${n}`)).status).toBe(400)
})
