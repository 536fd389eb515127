import { expect, test } from 'vitest'
import { grantClaims } from '../../src/grants/claims.ts'
import { issuedGrant } from '../../src/grants/grant.ts'
import { checkRegistry } from '../support/check-registry.ts'
import { hanako, type Laboratory, namesake, ok, openLaboratory, worksAt } from '../support/inventors.ts'
import { accepting, declarationOf, verified } from '../support/opening.ts'
import { readPayload } from '../support/payload.ts'
import { signedIn } from '../support/people.ts'

/** Osaka's researcher asks for Kyoto's open patent. */
async function openToResearch() {
  const lab = await openLaboratory()
  ok(await lab.kyoto.officer.post('/v1/declarations', declarationOf('RPC-ACADEMIC-1.0', [lab.patent.number])))
  const id = await worksAt(lab.inventor, lab.osaka)
  return { ...lab, affiliation: id, decision: `/v1/affiliations/${id}/confirmation` }
}

function research({ patent }: Laboratory) {
  return {
    numbers: [patent.number],
    purpose: 'basic_research',
    mode: 'with',
    project: { title: 'Ion transport' },
    acceptTerms: accepting('RPC-ACADEMIC-1.0'),
  }
}

async function approves({ osaka }: Laboratory): Promise<void> {
  const path = `/v1/organisations/${osaka.organisation.id}`
  const headers = { 'If-Match': (await osaka.officer.get(path)).headers.get('ETag') ?? '' }
  ok(await osaka.officer.patch(path, { grantApproval: 'officer_approves' }, headers))
}

test('a researcher whose institution stands behind the affiliation gets the grant at once; until then none', async () => {
  const lab = await openToResearch()
  expect((await lab.inventor.post('/v1/grants', research(lab))).problem().code).toBe('not_allowed_now')
  ok(await lab.osaka.officer.post(lab.decision, { state: 'confirmed' }))
  const issued = (await lab.inventor.post('/v1/grants', research(lab))).as(issuedGrant)
  const confirmed = lab.clock.now.getTime() / 1000
  expect(grantClaims.parse(readPayload(issued.token))).toMatchObject({
    kind: 'research',
    grantee: hanako,
    affiliation: { by: 'self', confirmed },
  })
  expect((await lab.osaka.officer.get('/v1/grants')).text).toContain(issued.id)
  expect((await lab.inventor.get(`/v1/grants/${issued.id}`, { Accept: 'application/jwt' })).text).toBe(issued.token)
  const stranger = await signedIn(lab, namesake)
  expect((await stranger.get(`/v1/grants/${issued.id}`, { Accept: 'application/jwt' })).status).toBe(404)
  await checkRegistry(lab)
})

test.each([
  [
    'ends',
    (lab: Awaited<ReturnType<typeof openToResearch>>) => [`/v1/affiliations/${lab.affiliation}/end`, {}] as const,
  ],
  [
    'rejects',
    (lab: Awaited<ReturnType<typeof openToResearch>>) =>
      [lab.decision, { state: 'rejected', reason: 'Left.' }] as const,
  ],
])(
  'when the institution %s the affiliation, the research grant is revoked as ineligible in the same act',
  async (_, act) => {
    const lab = await openToResearch()
    ok(await lab.osaka.officer.post(lab.decision, { state: 'confirmed' }))
    const { token } = (await lab.inventor.post('/v1/grants', research(lab))).as(issuedGrant)
    const [path, body] = act(lab)
    ok(await lab.osaka.officer.post(path, body))
    expect((await verified(lab, token)).grant).toMatchObject({ status: 'revoked', reason: 'ineligible' })
    expect((await lab.inventor.post('/v1/grants', research(lab))).problem().code).toBe('not_allowed_now')
    await checkRegistry(lab)
  },
)

test('where the institution wants to approve, the request waits; the decision of today counts', async () => {
  const lab = await openToResearch()
  ok(await lab.osaka.officer.post(lab.decision, { state: 'confirmed' }))
  await approves(lab)
  const asked = await lab.inventor.post('/v1/grants', research(lab))
  expect(asked.status).toBe(202)
  const { id } = JSON.parse(asked.text).request
  const path = `/v1/organisations/${lab.osaka.organisation.id}/grant-requests`
  expect(JSON.parse((await lab.osaka.officer.get(path)).text).items).toMatchObject([
    { id, state: 'waiting', person: hanako },
  ])
  expect((await lab.kyoto.officer.get(path)).problem().code).toBe('forbidden')
  const elsewhere = `/v1/organisations/${lab.kyoto.organisation.id}/grant-requests/${id}/decision`
  expect((await lab.kyoto.officer.post(elsewhere, { decision: 'approved' })).status).toBe(404)
  const decided = JSON.parse(ok(await lab.osaka.officer.post(`${path}/${id}/decision`, { decision: 'approved' })).text)
  expect(decided).toMatchObject({ state: 'approved' })
  const token = (await lab.inventor.get(`/v1/grants/${decided.grant}`, { Accept: 'application/jwt' })).text
  expect((await verified(lab, token)).valid).toBe(true)
  const again = await lab.osaka.officer.post(`${path}/${id}/decision`, { decision: 'refused', reason: 'No.' })
  expect(again.problem().code).toBe('already_decided')
  await checkRegistry(lab)
})

test('what the person did not accept is refused at once, not when the institution approves', async () => {
  const lab = await openToResearch()
  ok(await lab.osaka.officer.post(lab.decision, { state: 'confirmed' }))
  await approves(lab)
  for (const acceptTerms of [[], accepting('RPC-OPEN-1.0')]) {
    const refused = (await lab.inventor.post('/v1/grants', { ...research(lab), acceptTerms })).problem()
    expect(refused).toMatchObject({ code: 'terms_not_accepted', needed: accepting('RPC-ACADEMIC-1.0') })
  }
  expect(JSON.parse((await lab.inventor.get('/v1/me/grant-requests')).text).items).toEqual([])
  expect((await lab.inventor.post('/v1/grants', research(lab))).status).toBe(202)
})

test('a request is decided again when it is approved: what is no longer allowed is not granted', async () => {
  const lab = await openToResearch()
  ok(await lab.osaka.officer.post(lab.decision, { state: 'confirmed' }))
  await approves(lab)
  const { id } = JSON.parse((await lab.inventor.post('/v1/grants', research(lab))).text).request
  ok(await lab.osaka.officer.post(`/v1/affiliations/${lab.affiliation}/end`, {}))
  const path = `/v1/organisations/${lab.osaka.organisation.id}/grant-requests/${id}/decision`
  expect((await lab.osaka.officer.post(path, { decision: 'approved' })).problem().code).toBe('not_allowed_now')
  expect((await lab.osaka.officer.post(path, { decision: 'refused', reason: 'Left.' })).status).toBe(200)
  expect(JSON.parse((await lab.inventor.get('/v1/me/grant-requests')).text).items).toMatchObject([
    { state: 'refused', reason: 'Left.' },
  ])
})

test('an officer does not approve their own request', async () => {
  const lab = await openToResearch()
  ok(await lab.osaka.officer.post(lab.decision, { state: 'confirmed' }))
  await approves(lab)
  const { id } = JSON.parse((await lab.inventor.post('/v1/grants', research(lab))).text).request
  const acting = await signedIn(lab, { ...hanako, memberOf: lab.osaka.organisation.id })
  const path = `/v1/organisations/${lab.osaka.organisation.id}/grant-requests/${id}/decision`
  expect((await acting.post(path, { decision: 'approved' })).problem().code).toBe('forbidden')
})
