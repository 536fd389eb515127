import { z } from '@hono/zod-openapi'
import { canonicalJson } from '../../policies/fingerprint.ts'
import { agreements, currentAgreement } from '../../policies/participation.ts'
import { actorId, type Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { api, body, json, ofPerson, problems, rightsProblems, route, secured } from '../http/api.ts'
import { once } from '../http/idempotency.ts'
import { acceptParticipation } from './accept-participation.ts'
import {
  acceptedAgreement,
  application,
  applicationExample,
  applicationInput,
  appliedOrganisation,
  participationInput,
} from './application.ts'
import { listApplicationsOf, listLiveApplications } from './application-queries.ts'
import { applyForOrganisation } from './apply.ts'
import { candidate, candidateExample, candidatesFor, candidatesShownMax } from './candidates.ts'
import { sendApplicationAgain, withdrawApplication } from './mend-application.ts'
import { listNames } from './name-queries.ts'
import {
  organisationExample,
  organisationName,
  organisationNameExample,
  ownNamesInput,
  shownToOthers,
} from './organisation.ts'
import { setOwnNames } from './own-names.ts'
import { findOrganisation } from './queries.ts'
import { isSteward } from './rights.ts'
import { showApplications } from './show-applications.ts'

const id = z.object({
  id: z.string().max(200).openapi({ description: 'Our id, or a ROR id.', example: '02kpeqv85' }),
})
const ofApplicant = [...secured(), ...ofPerson]

/** More than a steward works off in a day; the longest waiting come first. */
const applicationsShownMax = 100

const candidates = route({
  method: 'get',
  path: '/v1/organisations/candidates',
  operationId: 'findOrganisationCandidates',
  tags: ['Organisations'],
  summary: 'Find an organisation by name, before it joins',
  description:
    'Organisations of the registry, those known by name only among them, and then those of the list that the registry carries (ROR, CC0: Japan): part of a name in Japanese or English, at least one character.',
  request: { query: z.object({ q: z.string().min(1).max(200) }) },
  responses: {
    200: json(
      `At most ${candidatesShownMax}, the nearest name first.`,
      z
        .object({ items: z.array(candidate), next: z.null() })
        .openapi('CandidatePage', { example: { items: [candidateExample], next: null } }),
    ),
    ...problems('malformed'),
  },
})

const apply = route({
  method: 'post',
  path: '/v1/organisations',
  operationId: 'applyForOrganisation',
  tags: ['Organisations'],
  summary: 'Ask to join the commons',
  description:
    'For any person who has signed in, and any bearer of an access token. The application is an entry of the public log; the organisation declares, and is named in grants, once a steward has approved it, and the person who applied is then its first officer. An organisation known by name only, or that has left, goes on under its record when the ROR id or 法人番号 is the same. No organisation has two applications that wait.',
  security: ofApplicant,
  request: { body: body(applicationInput) },
  responses: {
    201: json('Recorded; a steward decides.', appliedOrganisation),
    ...problems(
      'malformed',
      'unauthenticated',
      'already_registered',
      'not_allowed_now',
      'conflict',
      'invalid_input',
      'unsupported_media_type',
    ),
  },
})

const list = route({
  method: 'get',
  path: '/v1/applications',
  operationId: 'listApplications',
  tags: ['Organisations'],
  summary: 'Your applications; for stewards, all that wait',
  description:
    'A steward sees what waits, the longest waiting first, then what was returned, each with records known by name only that have the same name. Anyone else sees the own applications with their state and, when one was returned, the reason.',
  security: ofApplicant,
  responses: {
    200: json(
      `At most ${applicationsShownMax}.`,
      z
        .object({ items: z.array(application), next: z.null() })
        .openapi('ApplicationPage', { example: { items: [applicationExample], next: null } }),
    ),
    ...problems('unauthenticated'),
  },
})

const sendAgain = route({
  method: 'post',
  path: '/v1/applications/{id}/sending',
  operationId: 'sendApplicationAgain',
  tags: ['Organisations'],
  summary: 'Mend your application and send it again',
  description: 'For its applicant, while it waits or after it was returned. What is sent replaces what was proposed.',
  security: ofApplicant,
  request: { params: id, body: body(applicationInput) },
  responses: {
    200: json('It waits again.', application),
    ...problems(
      'malformed',
      ...rightsProblems,
      'not_found',
      'already_registered',
      'already_decided',
      'conflict',
      'invalid_input',
      'unsupported_media_type',
    ),
  },
})

const withdraw = route({
  method: 'delete',
  path: '/v1/applications/{id}',
  operationId: 'withdrawApplication',
  tags: ['Organisations'],
  summary: 'Withdraw your application',
  description: 'For its applicant, until a steward has decided.',
  security: ofApplicant,
  request: { params: id },
  responses: {
    204: { description: 'It waits no more.' },
    ...problems(...rightsProblems, 'not_found', 'already_decided', 'conflict'),
  },
})

const accept = route({
  method: 'post',
  path: '/v1/organisations/{id}/participation',
  operationId: 'acceptParticipation',
  tags: ['Organisations'],
  summary: 'Record that the participation agreement was accepted',
  description:
    'For an officer, when a signatory of the organisation accepts the current version. The log says which organisation accepted which version; the signatory is kept privately.',
  security: [...secured('organisation:manage'), ...ofPerson],
  request: { params: id, body: body(participationInput) },
  responses: {
    201: json(
      'Recorded.',
      z.object({ organisation: z.uuid(), agreement: acceptedAgreement }).openapi('AcceptedParticipation', {
        example: {
          organisation: organisationExample.id,
          agreement: { id: currentAgreement.id, sha256: currentAgreement.sha256 },
        },
      }),
    ),
    ...problems('malformed', ...rightsProblems, 'not_found', 'conflict', 'invalid_input', 'unsupported_media_type'),
  },
})

const namePage = z
  .object({ items: z.array(organisationName), next: z.null() })
  .openapi('OrganisationNamePage', { example: { items: [organisationNameExample], next: null } })

const names = route({
  method: 'get',
  path: '/v1/organisations/{id}/names',
  operationId: 'listOrganisationNames',
  tags: ['Organisations'],
  summary: 'Names under which an organisation is found',
  description: 'Those of its record, former ones, those that its officers added, and those that imports brought.',
  request: { params: id },
  responses: {
    200: json('By source and name.', namePage),
    ...problems('not_found'),
  },
})

const setNames = route({
  method: 'put',
  path: '/v1/organisations/{id}/names',
  operationId: 'setOrganisationNames',
  tags: ['Organisations'],
  summary: 'Other names of your organisation',
  description:
    'For an officer. Replaces the names that officers added before: short forms, names in other languages, former names. Imports find the organisation by them. A name that stands on another record is refused.',
  security: [...secured('organisation:manage'), ...ofPerson],
  request: { params: id, body: body(ownNamesInput) },
  responses: {
    200: json('All names as they are now.', namePage),
    ...problems('malformed', ...rightsProblems, 'not_found', 'conflict', 'invalid_input', 'unsupported_media_type'),
  },
})

/** Not a literal type: the body is sent as the text that it is, not made from a value again. */
const canonicalType: string = 'application/json'

const agreement = route({
  method: 'get',
  path: '/v1/agreements/{id}',
  operationId: 'readAgreement',
  tags: ['Organisations'],
  summary: 'The exact bytes of a version of the participation agreement',
  description:
    'The RFC 8785 form of the published document: clauses in Japanese and English with ids that do not change. Its SHA-256 is the fingerprint that an application carries. `current` is the version that is accepted today.',
  request: {
    params: z.object({ id: z.string().max(50).openapi({ example: currentAgreement.id }) }),
  },
  responses: {
    200: {
      description: 'Canonical JSON.',
      content: {
        [canonicalType]: {
          schema: z
            .record(z.string(), z.unknown())
            .openapi('AgreementDocument', { example: { id: currentAgreement.id } }),
        },
      },
    },
    ...problems('not_found'),
  },
})

export const applicationRoutes = api()
  .openapi(agreement, (c) => {
    const { id } = c.req.valid('param')
    const found = id === 'current' ? currentAgreement : agreements.get(id)
    if (!found) throw new RegistryError('not_found', 'There is no such version.')
    const { sha256: _, ...document } = found
    return c.body(canonicalJson(document), 200, { 'Content-Type': canonicalType, 'Cache-Control': 'no-cache' })
  })
  .openapi(candidates, async (c) => {
    const items = await candidatesFor(c.var.ctx.db.read, c.req.valid('query').q)
    return c.json({ items, next: null }, 200)
  })
  .openapi(apply, (c) => once(c, 201, (ctx) => applyForOrganisation(ctx, c.req.valid('json'))))
  .openapi(list, async (c) => {
    const { ctx } = c.var
    return c.json({ items: await applicationsFor(ctx), next: null }, 200, { 'Cache-Control': 'no-store' })
  })
  .openapi(sendAgain, (c) =>
    once(c, 200, (ctx) => sendApplicationAgain(ctx, c.req.valid('param').id, c.req.valid('json'))),
  )
  .openapi(withdraw, async (c) => {
    await withdrawApplication(c.var.ctx, c.req.valid('param').id)
    return c.body(null, 204)
  })
  .openapi(accept, (c) => once(c, 201, (ctx) => acceptParticipation(ctx, c.req.valid('param').id, c.req.valid('json'))))
  .openapi(names, async (c) => {
    const { ctx } = c.var
    const found = await findOrganisation(ctx.db.read, c.req.valid('param').id)
    const shown = found && shownToOthers(found)
    if (!shown) throw new RegistryError('not_found', 'There is no such organisation.')
    return c.json({ items: await listNames(ctx.db.read, shown.id), next: null }, 200)
  })
  .openapi(setNames, async (c) => {
    const items = await setOwnNames(c.var.ctx, c.req.valid('param').id, c.req.valid('json').names)
    return c.json({ items, next: null }, 200)
  })

function applicationsFor(ctx: Context) {
  if (ctx.actor.kind === 'anonymous')
    throw new RegistryError('unauthenticated', 'This needs an access token or a session.')
  if (!isSteward(ctx.actor))
    return showApplications(ctx, listApplicationsOf(ctx.db.read, actorId(ctx.actor), applicationsShownMax))
  return showApplications(ctx, listLiveApplications(ctx.db.read, applicationsShownMax))
}
