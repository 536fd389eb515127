import { compactVerify, createLocalJWKSet, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { grantClaims } from '../../src/grants/claims.ts'
import { type PublicGrant, publicGrant } from '../../src/grants/grant.ts'
import { loggedEntry } from '../../src/log/entry.ts'
import { newInvitation } from '../../src/people/members/invitation.ts'
import { decodeStatusList, getStatus, statusListBits } from '../../src/verifier/status-codec.ts'
import { claimPath, inventorGrant, member, moved, ok, printed, worksAt } from '../support/inventors.ts'
import { enrolled, verified } from '../support/opening.ts'
import { newOrcid, signedIn } from '../support/people.ts'
import { openRegistry, type Registry } from '../support/registry.ts'

const jwks = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })) })
const entries = z.object({ items: z.array(loggedEntry) })

test('an invited officer confirms an inventor, who gets a grant, moves, and keeps the research', async () => {
  const registry = await openRegistry()
  const [kyoto, osaka] = await Promise.all([member(registry), member(registry)])
  const made = await enrolled(kyoto.officer, [kyoto.organisation], printed())

  // The institution invites its officer through the API; the person takes the post on the page behind the link.
  const invitations = `/v1/organisations/${kyoto.organisation.id}/invitations`
  const { url } = (await kyoto.officer.post(invitations, { role: 'officer' })).as(newInvitation)
  const officer = await signedIn(registry, { name: '京都 担当' })
  expect((await officer.post(claimPath(made, 'confirmation'), { state: 'confirmed' })).status).toBe(403)
  expect((await officer.submit(`/ja${new URL(url).pathname}`)).status).toBe(303)
  expect((await officer.get(`/v1/organisations/${kyoto.organisation.id}/members`)).text).toContain(officer.person.id)

  const orcid = newOrcid()
  const inventor = await signedIn(registry, { name: '入会 花子', orcid })
  ok(await inventor.post(claimPath(made), { statement: 'I am the second inventor.' }))
  ok(await officer.post(claimPath(made, 'confirmation'), { state: 'confirmed' }))
  const affiliation = await worksAt(inventor, kyoto, '2026-04-01')
  ok(await officer.post(`/v1/affiliations/${affiliation}/confirmation`, { state: 'confirmed' }))

  const before = await inventorGrant(inventor)
  expect((await verified(registry, before.token)).valid).toBe(true)
  const act = await moved(inventor, osaka)
  expect(act.ended.map(({ organisation }) => organisation.id)).toEqual([kyoto.organisation.id])
  const next = act.grants[0]?.next
  if (!next) throw new Error('the move brought no grant')

  const [old, after] = [await verified(registry, before.token), await verified(registry, next.token)]
  expect(old).toMatchObject({ valid: false, grant: { status: 'superseded', supersededBy: next.id } })
  expect(after).toMatchObject({ valid: true, grant: { kind: 'inventor', until: old.grant?.until } })

  // Offline, from the published keys and lists alone.
  const [oldClaims, newClaims] = [await claimsOf(registry, before), await claimsOf(registry, next)]
  expect(oldClaims.affiliation).toMatchObject({ by: 'self', source: orcid, confirmed: expect.any(Number) })
  expect([oldClaims.grantee.organisation.name, newClaims.grantee.organisation.name]).toEqual([
    kyoto.organisation.name.en,
    osaka.organisation.name.en,
  ])
  expect(newClaims).toMatchObject({ sub: orcid, kind: 'inventor', exp: oldClaims.exp })
  expect([await statusOf(registry, oldClaims), await statusOf(registry, newClaims)]).toEqual([1, 0])

  expect(await logged(registry, before.id)).toEqual(['granted', 'grant_superseded'])
  expect(await logged(registry, next.id)).toEqual(['granted'])
})

type Claims = z.infer<typeof grantClaims>

async function claimsOf(registry: Registry, { id, token }: { id: string; token: string }): Promise<Claims> {
  const { issuedAt }: PublicGrant = (await registry.anonymous.get(`/v1/grants/${id}`)).as(publicGrant)
  const { payload } = await jwtVerify(token, await keysOf(registry), {
    typ: 'research-grant+jwt',
    algorithms: ['ES256'],
    issuer: registry.url,
    currentDate: new Date(issuedAt),
  })
  return grantClaims.parse(payload)
}

async function statusOf(registry: Registry, { status }: Claims): Promise<number> {
  const { uri, idx } = status.status_list
  const list = await registry.anonymous.get(new URL(uri).pathname)
  const { payload } = await compactVerify(list.text, await keysOf(registry))
  const said = z.object({ sub: z.literal(uri), status_list: z.object({ lst: z.string() }) })
  const { status_list } = said.parse(JSON.parse(new TextDecoder().decode(payload)))
  return getStatus(await decodeStatusList(status_list.lst), idx, statusListBits)
}

async function keysOf(registry: Registry) {
  return createLocalJWKSet((await registry.anonymous.get('/.well-known/jwks.json')).as(jwks))
}

/** What the public log says of a record, oldest first. */
async function logged(registry: Registry, subject: string): Promise<string[]> {
  const { items } = (await registry.anonymous.get(`/v1/log/entries?subject=${subject}`)).as(entries)
  return items.map(({ type }) => type).reverse()
}
