import { expect, test } from 'vitest'
import { declaration } from '../../src/declarations/declaration.ts'
import { grantClaims } from '../../src/grants/claims.ts'
import { publicGrant } from '../../src/grants/grant.ts'
import { checkRegistry } from '../support/check-registry.ts'
import {
  claimPath,
  confirmed,
  hanako,
  inventorGrant,
  inventorGrantOf,
  moved,
  ok,
  openLaboratory,
  worksAt,
} from '../support/inventors.ts'
import { declarationOf, verified } from '../support/opening.ts'
import { readPayload } from '../support/payload.ts'
import { signedIn } from '../support/people.ts'

test('an inventor who was confirmed gets a grant that names the institution and says who asserted it when', async () => {
  const lab = await openLaboratory()
  await confirmed(lab)
  await worksAt(lab.inventor, lab.kyoto)
  const issued = await inventorGrant(lab.inventor)
  expect(issued.covered).toEqual([
    {
      input: lab.patent.number,
      number: lab.patent.number,
      terms: 'RPC-INVENTOR-1.0',
      basis: 'participation_agreement',
    },
  ])
  const claims = grantClaims.parse(readPayload(issued.token))
  expect(claims).toMatchObject({
    kind: 'inventor',
    sub: hanako.orcid,
    grantee: { name: hanako.name, organisation: { name: lab.kyoto.organisation.name.en } },
    affiliation: {
      organisation: `${lab.url}/v1/organisations/${lab.kyoto.organisation.id}`,
      source: hanako.orcid,
      by: 'self',
      asserted: lab.clock.now.getTime() / 1000,
    },
    authorization_details: [{ users: ['grantee', 'own_research_group'] }],
  })
  expect(claims.affiliation).not.toHaveProperty('confirmed')
  expect((await verified(lab, issued.token)).valid).toBe(true)
  await checkRegistry(lab)
})

test('“I moved”: in one act the old grant is superseded by one that names the new institution and ends the same day', async () => {
  const lab = await openLaboratory()
  await confirmed(lab)
  await worksAt(lab.inventor, lab.kyoto)
  const before = await inventorGrant(lab.inventor)
  lab.clock.now = new Date('2027-01-10T00:00:00.000Z')
  lab.inventor = await signedIn(lab, hanako)
  const act = await moved(lab.inventor, lab.osaka)
  expect(act.verdict).toBe('allowed')
  expect(act.ended.map((one) => [one.organisation.id, one.state, one.until])).toEqual([
    [lab.kyoto.organisation.id, 'ended', '2027-01-10'],
  ])
  const [{ next, status } = { next: undefined, status: undefined }] = act.grants
  expect(status).toBe('superseded')
  expect(await verified(lab, before.token)).toMatchObject({ valid: false, grant: { supersededBy: next?.id } })
  const after = await verified(lab, next?.token ?? '')
  expect(after.valid).toBe(true)
  const old = (await lab.anonymous.get(`/v1/grants/${before.id}`)).as(publicGrant)
  expect(after.grant).toMatchObject({ until: old.until, kind: 'inventor' })
  expect(grantClaims.parse(readPayload(next?.token ?? '')).grantee.organisation.name).toBe(
    lab.osaka.organisation.name.en,
  )
  const entries = (await lab.anonymous.get('/v1/log/entries')).text
  expect(entries).not.toContain(hanako.name)
  expect(entries).not.toContain('0000-0002-1825-0097')
  await checkRegistry(lab)
})

test('a move back again gives the first institution back, and the chain of grants holds', async () => {
  const lab = await openLaboratory()
  await confirmed(lab)
  await worksAt(lab.inventor, lab.kyoto)
  await inventorGrant(lab.inventor)
  const away = await moved(lab.inventor, lab.osaka)
  const back = await moved(lab.inventor, lab.kyoto)
  expect((await verified(lab, away.grants[0]?.next?.token ?? '')).valid).toBe(false)
  expect((await verified(lab, back.grants[0]?.next?.token ?? '')).valid).toBe(true)
  await checkRegistry(lab)
})

test('a second affiliation changes no grant; a move from the other one leaves it too', async () => {
  const lab = await openLaboratory()
  await confirmed(lab)
  await worksAt(lab.inventor, lab.kyoto)
  const { token } = await inventorGrant(lab.inventor)
  const second = await worksAt(lab.inventor, lab.osaka)
  expect((await verified(lab, token)).valid).toBe(true)
  ok(await lab.inventor.post('/v1/me/moves', { to: lab.nara.organisation.id, leaving: second }))
  expect((await verified(lab, token)).valid).toBe(true)
  await checkRegistry(lab)
})

test('a move to a company ends the grant, answers ask, and prepares the enquiry to the holder', async () => {
  const lab = await openLaboratory()
  await confirmed(lab)
  await worksAt(lab.inventor, lab.kyoto)
  const { token } = await inventorGrant(lab.inventor)
  const act = await moved(lab.inventor, lab.honda)
  expect(act).toMatchObject({
    verdict: 'ask',
    grants: [{ status: 'revoked', reason: 'ineligible' }],
    enquiry: { numbers: [lab.patent.number], holders: [{ id: lab.kyoto.organisation.id }] },
  })
  expect((await verified(lab, token)).valid).toBe(false)
  const asked = (await lab.inventor.post('/v1/grants', inventorGrantOf())).problem()
  expect(asked).toMatchObject({
    code: 'nothing_covered',
    leftOut: [{ verdict: 'ask' }],
    enquiry: { holders: [{ id: lab.kyoto.organisation.id }] },
  })
  await moved(lab.inventor, lab.osaka)
  expect((await verified(lab, (await inventorGrant(lab.inventor)).token)).valid).toBe(true)
  await checkRegistry(lab)
})

test('the new institution’s officer records the move: the person gets the grant, the officer learns nothing', async () => {
  const lab = await openLaboratory()
  await confirmed(lab)
  await worksAt(lab.inventor, lab.kyoto)
  const { token } = await inventorGrant(lab.inventor)
  const path = `/v1/organisations/${lab.osaka.organisation.id}/moves`
  const known = ok(await lab.osaka.officer.post(path, { orcid: hanako.orcid, from: '2026-11-01' }))
  const unknown = ok(await lab.osaka.officer.post(path, { orcid: '0000-0001-5109-3700', from: '2026-11-01' }))
  const shape = (text: string) => Object.entries(JSON.parse(text)).map(([name, value]) => [name, typeof value])
  expect(shape(known.text)).toEqual(shape(unknown.text))
  expect((await verified(lab, token)).valid).toBe(false)
  const own = await lab.inventor.get('/v1/grants')
  expect(JSON.parse(own.text).items.map((one: { status: string }) => one.status)).toEqual(['valid', 'superseded'])
  expect(JSON.parse((await lab.osaka.officer.get('/v1/grants')).text).items).toEqual([])
  const listed = await lab.osaka.officer.get(`/v1/organisations/${lab.osaka.organisation.id}/affiliations`)
  expect(listed.text).not.toContain(hanako.name)
  await checkRegistry(lab)
})

test('when an institution ends an affiliation the inventor grant waits, and a move brings it back', async () => {
  const lab = await openLaboratory()
  await confirmed(lab)
  const affiliation = await worksAt(lab.inventor, lab.kyoto)
  const { id, token } = await inventorGrant(lab.inventor)
  ok(await lab.kyoto.officer.post(`/v1/affiliations/${affiliation}/end`, {}))
  expect((await verified(lab, token)).grant).toMatchObject({ status: 'suspended', reason: 'no_institution' })
  const lifted = await lab.steward.post(`/v1/grants/${id}/reinstatement`, { note: 'Please.' })
  expect(lifted.problem().code).toBe('not_allowed_now')
  const act = await moved(lab.inventor, lab.osaka)
  expect((await verified(lab, act.grants[0]?.next?.token ?? '')).valid).toBe(true)
  await checkRegistry(lab)
})

test('a withdrawal of the declaration leaves the grant valid, and it still follows a move', async () => {
  const lab = await openLaboratory()
  await confirmed(lab)
  await worksAt(lab.inventor, lab.kyoto)
  const declared = (
    await lab.kyoto.officer.post('/v1/declarations', declarationOf('RPC-INVENTOR-1.0', [lab.patent.number]))
  ).as(declaration)
  const issued = await inventorGrant(lab.inventor)
  expect(issued.covered[0]).toMatchObject({ basis: 'declaration', declaration: declared.id })
  ok(await lab.kyoto.officer.post(`/v1/declarations/${declared.id}/withdrawal`, { reason: 'Assigned.' }))
  lab.clock.now = new Date('2027-08-01T00:00:00.000Z')
  lab.inventor = await signedIn(lab, hanako)
  expect((await verified(lab, issued.token)).valid).toBe(true)
  const refused = await lab.inventor.post('/v1/grants', inventorGrantOf())
  expect(refused.problem().code).toBe('nothing_covered')
  const act = await moved(lab.inventor, lab.osaka)
  expect((await verified(lab, act.grants[0]?.next?.token ?? '')).valid).toBe(true)
  await checkRegistry(lab)
})

test('when the patent expires the grant says that it is not needed, and since when', async () => {
  const lab = await openLaboratory()
  await confirmed(lab)
  await worksAt(lab.inventor, lab.kyoto)
  const { token } = await inventorGrant(lab.inventor)
  expect((await verified(lab, token)).grant?.patents[0]?.now).toMatchObject({ needed: true, status: 'granted' })
  const path = `/v1/patents/${encodeURIComponent(lab.patent.number)}`
  const headers = { 'If-Match': (await lab.kyoto.officer.get(path)).headers.get('ETag') ?? '' }
  const status = { value: 'expired', on: '2026-11-20', source: 'J-PlatPat', seenOn: '2026-11-21' }
  ok(await lab.kyoto.officer.patch(path, { status }, headers))
  const now = await verified(lab, token)
  expect(now.valid).toBe(true)
  expect(now.grant?.patents[0]?.now).toEqual({
    needed: false,
    status: 'expired',
    since: '2026-11-20',
    source: 'J-PlatPat',
  })
})

test('the former institution is told and objects only with a reason of the terms; the grant stays valid', async () => {
  const lab = await openLaboratory()
  await confirmed(lab)
  await worksAt(lab.inventor, lab.nara)
  await inventorGrant(lab.inventor)
  const [grant] = (await moved(lab.inventor, lab.osaka)).grants
  const path = `/v1/grants/${grant?.next?.id}/objection`
  const input = { reason: 'ineligible', note: 'The post is not a research post.' }
  const [row] = await lab.db.read.rows("select organisation_id from notices where kind = 'inventor_moved'", [])
  expect(row).toEqual([lab.nara.organisation.id])
  expect((await lab.nara.officer.post(path, { ...input, reason: 'superseded' })).status).toBe(422)
  expect((await lab.honda.officer.post(path, input)).problem().code).toBe('forbidden')
  expect((await lab.nara.officer.post(path, input)).status).toBe(201)
  expect((await verified(lab, grant?.next?.token ?? '')).valid).toBe(true)
  await checkRegistry(lab)
})

test('reversing a confirmed inventorship ends the part of the grant that rested on it', async () => {
  const lab = await openLaboratory()
  await confirmed(lab)
  await worksAt(lab.inventor, lab.kyoto)
  const { token } = await inventorGrant(lab.inventor)
  const path = claimPath(lab.patent, 'confirmation')
  const reversal = { state: 'rejected', reason: 'Another person of that name.', ground: 'false_statement' }
  expect((await lab.osaka.officer.post(path, reversal)).problem().code).toBe('forbidden')
  ok(await lab.kyoto.officer.post(path, reversal))
  expect((await verified(lab, token)).grant).toMatchObject({ status: 'revoked', reason: 'false_statement' })
  expect((await lab.inventor.post('/v1/grants', inventorGrantOf())).problem().code).toBe('nothing_covered')
  await checkRegistry(lab)
})

test('of two moves sent at once both are recorded one after the other, and one grant is valid', async () => {
  const lab = await openLaboratory()
  await confirmed(lab)
  await worksAt(lab.inventor, lab.kyoto)
  await inventorGrant(lab.inventor)
  await Promise.all([moved(lab.inventor, lab.osaka), moved(lab.inventor, lab.nara)])
  const { items } = JSON.parse((await lab.inventor.get('/v1/grants')).text)
  expect(items.map((one: { status: string }) => one.status)).toEqual(['valid', 'superseded', 'superseded'])
  const posts = JSON.parse((await lab.inventor.get('/v1/me/affiliations')).text).items
  expect(posts.filter((one: { state: string }) => one.state === 'asserted')).toHaveLength(1)
  await checkRegistry(lab)
})

test('a reversal and a grant sent at once leave no grant that rests on nothing', async () => {
  const lab = await openLaboratory()
  await confirmed(lab)
  await worksAt(lab.inventor, lab.kyoto)
  const reversal = { state: 'rejected', reason: 'A mistake.', ground: 'issued_in_error' }
  await Promise.all([
    ...Array.from({ length: 5 }, () => lab.inventor.post('/v1/grants', inventorGrantOf())),
    lab.kyoto.officer.post(claimPath(lab.patent, 'confirmation'), reversal),
    ...Array.from({ length: 5 }, () => lab.inventor.post('/v1/grants', inventorGrantOf())),
  ])
  const { items } = JSON.parse((await lab.inventor.get('/v1/grants')).text)
  expect(items.filter((one: { status: string }) => one.status === 'valid')).toEqual([])
  await checkRegistry(lab)
})
