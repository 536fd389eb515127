import { z } from '@hono/zod-openapi'
import type { Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { grantRequest } from '../grants/grant.ts'
import { listRequests, showRequest } from '../grants/requests/queries.ts'
import { application, applicationExample } from '../organisations/application.ts'
import { listApplicationsOf } from '../organisations/application-queries.ts'
import { requirePerson } from '../organisations/rights.ts'
import { inventions, inventorClaimExample } from '../patents/inventors/inventor-claim.ts'
import { readInventions } from '../patents/inventors/suggest.ts'
import { affiliation, affiliationExample } from '../people/affiliations/affiliation.ts'
import { affiliationsOf, showAffiliations } from '../people/affiliations/queries.ts'
import { person } from '../people/person.ts'
import { findPerson, listIdentities, listMemberships, listSessions, savedChecksOf } from '../people/queries.ts'
import { bilingual, time } from '../shapes.ts'
import { enquiriesOf, grantsNaming, historyOf, noticesTo, reportsOf } from './queries.ts'

/** More requests than anyone makes; what is older is in the grants. */
const requestsMax = 1000

const example = {
  at: '2026-11-21T09:00:00.000Z',
  person: {
    id: '0198c0de-0000-7000-8000-000000000003',
    name: '入会 花子',
    orcid: 'https://orcid.org/0000-0002-1825-0097',
    language: 'ja',
  },
  identities: [{ issuer: 'https://orcid.org', subject: '0000-0002-1825-0097', linkedAt: '2026-11-20T09:00:00.000Z' }],
  sessions: [],
  memberships: [],
  applications: [applicationExample],
  affiliations: [affiliationExample],
  inventions: { confirmed: [], claimed: [inventorClaimExample], suggested: [] },
  savedChecks: [
    {
      name: '固体電解質',
      numbers: ['特許第5985120号'],
      question: { purpose: 'basic_research', mode: 'with' },
      savedAt: '2026-11-20T10:00:00.000Z',
    },
  ],
  requests: [],
  grants: [],
  reports: [],
  enquiries: [],
  notices: [],
  history: [
    {
      at: '2026-11-20T09:00:00.000Z',
      event: 'person_signed_up',
      subject: '0198c0de-0000-7000-8000-000000000003',
      source: 'self',
    },
  ],
}

export const personExport = z
  .object({
    at: time,
    person,
    identities: z.array(z.object({ issuer: z.string(), subject: z.string(), linkedAt: time })),
    sessions: z.array(z.object({ device: z.string(), createdAt: time, lastSeenAt: time, expiresAt: time })),
    memberships: z.array(z.object({ organisation: z.string(), name: bilingual, role: z.string() })),
    applications: z.array(application),
    affiliations: z.array(affiliation),
    inventions,
    savedChecks: z.array(
      z.object({
        name: z.string(),
        numbers: z.array(z.string()),
        question: z.record(z.string(), z.string()),
        savedAt: time,
      }),
    ),
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
    reports: z.array(
      z.object({
        id: z.string(),
        grant: z.string(),
        kind: z.string(),
        title: z.string(),
        doi: z.string().nullable(),
        url: z.string().nullable(),
        on: z.string(),
        public: z.boolean(),
        reportedAt: time,
        withdrawnAt: time.nullable(),
      }),
    ),
    enquiries: z.array(
      z.object({
        id: z.string(),
        patent: z.string(),
        holder: z.string(),
        organisation: z.string().nullable(),
        subject: z.string(),
        message: z.string(),
        contact: z.string().nullable(),
        state: z.string(),
        askedAt: time,
        answer: z.string().nullable(),
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
  .openapi('PersonExport', { example })
export type PersonExport = z.infer<typeof personExport>

/** All that is held of the person who asks. */
export async function exportPerson(ctx: Context): Promise<PersonExport> {
  const actor = requirePerson(ctx.actor)
  const { read } = ctx.db
  const found = await findPerson(read, actor.id)
  if (!found) throw new RegistryError('unauthenticated', 'Sign in first.')
  const [
    identities,
    sessions,
    posts,
    affiliations,
    own,
    checks,
    requests,
    grants,
    notices,
    history,
    applications,
    enquiries,
    reports,
  ] = await Promise.all([
    listIdentities(read, actor.id),
    listSessions(read, actor.id, undefined, ctx.now),
    listMemberships(read, actor.id),
    affiliationsOf(read, found),
    readInventions(ctx),
    savedChecksOf(read, actor.id),
    listRequests(read, { personId: actor.id }, undefined, requestsMax),
    grantsNaming(read, found),
    noticesTo(read, actor.id),
    historyOf(read, actor.id),
    listApplicationsOf(read, actor.id, requestsMax),
    enquiriesOf(read, actor.id),
    reportsOf(read, actor.id),
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
    applications: applications.map(({ application }) => application),
    affiliations: await showAffiliations(read, affiliations),
    inventions: own,
    savedChecks: checks.map(({ name, numbers, question, savedAt }) => ({
      name,
      numbers: numbers.split('\n'),
      question,
      savedAt,
    })),
    requests: requests.map((one) => showRequest(one, true)),
    grants: grants.map(({ id, number, kind, state, request, token }) => ({ id, number, kind, state, request, token })),
    reports,
    enquiries,
    notices,
    history,
  }
}
