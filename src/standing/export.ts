import { z } from '@hono/zod-openapi'
import type { Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { grantRequest } from '../grants/grant.ts'
import { listRequests, showRequest } from '../grants/requests/queries.ts'
import { requirePerson } from '../organisations/rights.ts'
import { inventions } from '../patents/inventors/inventor-claim.ts'
import { readInventions } from '../patents/inventors/suggest.ts'
import { affiliation } from '../people/affiliations/affiliation.ts'
import { affiliationsOf, showAffiliations } from '../people/affiliations/queries.ts'
import { person } from '../people/person.ts'
import { findPerson, listIdentities, listMemberships, listSessions } from '../people/queries.ts'
import { bilingual, time } from '../shapes.ts'
import { grantsNaming, historyOf, noticesTo } from './queries.ts'

/** More requests than anyone makes; what is older is in the grants. */
const requestsMax = 1000

export const personExport = z
  .object({
    at: time,
    person,
    identities: z.array(z.object({ issuer: z.string(), subject: z.string(), linkedAt: time })),
    sessions: z.array(z.object({ device: z.string(), createdAt: time, lastSeenAt: time, expiresAt: time })),
    memberships: z.array(z.object({ organisation: z.string(), name: bilingual, role: z.string() })),
    affiliations: z.array(affiliation),
    inventions,
    requests: z.array(grantRequest),
    grants: z.array(
      z.object({
        id: z.string(),
        number: z.string(),
        kind: z.string(),
        state: z.string(),
        request: z.unknown(),
        token: z.string(),
      }),
    ),
    notices: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        subject: z.string(),
        body: z.string(),
        at: time,
        readAt: time.nullable(),
      }),
    ),
    history: z.array(z.object({ at: time, event: z.string(), subject: z.string(), source: z.string() })),
  })
  .openapi('PersonExport')
export type PersonExport = z.infer<typeof personExport>

/** All that is held of the person who asks. */
export async function exportPerson(ctx: Context): Promise<PersonExport> {
  const actor = requirePerson(ctx.actor)
  const { read } = ctx.db
  const found = await findPerson(read, actor.id)
  if (!found) throw new RegistryError('unauthenticated', 'Sign in first.')
  const [identities, sessions, posts, affiliations, own, requests, grants, notices, history] = await Promise.all([
    listIdentities(read, actor.id),
    listSessions(read, actor.id, undefined, ctx.now),
    listMemberships(read, actor.id),
    affiliationsOf(read, found),
    readInventions(ctx),
    listRequests(read, { personId: actor.id }, undefined, requestsMax),
    grantsNaming(read, found),
    noticesTo(read, actor.id),
    historyOf(read, actor.id),
  ])
  return {
    at: ctx.now.toISOString(),
    person: found,
    identities,
    sessions: sessions.map(({ device, createdAt, lastSeenAt, expiresAt }) => ({
      device,
      createdAt,
      lastSeenAt,
      expiresAt,
    })),
    memberships: posts.map(({ organisationId, organisationName, role }) => ({
      organisation: organisationId,
      name: organisationName,
      role,
    })),
    affiliations: await showAffiliations(read, affiliations),
    inventions: own,
    requests: requests.map((one) => showRequest(one, true)),
    grants: grants.map(({ id, number, kind, state, request, token }) => ({ id, number, kind, state, request, token })),
    notices,
    history,
  }
}
