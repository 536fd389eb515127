import { z } from '@hono/zod-openapi'
import { api, body, json, ofPerson, problems, rightsProblems, route, secured } from '../../http/api.ts'
import { once } from '../../http/idempotency.ts'
import { decodeCursor, page, paged, pageQuery } from '../../http/paging.ts'
import { requireOfficerOf, requirePerson } from '../../organisations/rights.ts'
import {
  affiliation,
  affiliationExample,
  affiliationInput,
  affiliationOfPersonExample,
  institutionAffiliationInput,
} from './affiliation.ts'
import { assertAffiliation, recordAffiliation } from './assert.ts'
import { affiliationsOf, listAffiliations, showAffiliations } from './queries.ts'

const params = z.object({ id: z.string().max(100) })
const { confirmed: _, ...asserted } = affiliationExample
const ofOfficer = [...secured('organisation:manage'), ...ofPerson]
const writeProblems = [
  'malformed',
  ...rightsProblems,
  'conflict',
  'invalid_input',
  'idempotency_mismatch',
  'unsupported_media_type',
] as const

const mine = route({
  method: 'get',
  path: '/v1/me/affiliations',
  operationId: 'listMyAffiliations',
  tags: ['People'],
  summary: 'Where you work and worked, as you and others said',
  description:
    'Your affiliations, ended and rejected ones too, each with who said so (`source`, `by`, `asserted`) in the words of GA4GH Visas.',
  security: ofPerson,
  responses: {
    200: json(
      'Newest first.',
      z
        .object({ items: z.array(affiliation), next: z.null() })
        .openapi('MyAffiliations', { example: { items: [affiliationExample], next: null } }),
    ),
    ...problems('unauthenticated', 'forbidden'),
  },
})

const assert = route({
  method: 'post',
  path: '/v1/me/affiliations',
  operationId: 'assertAffiliation',
  tags: ['People'],
  summary: 'Say where you work; the institution may confirm it',
  description:
    'Recorded as what you say yourself (`source: self`) until an officer of the institution confirms or rejects it; the institution gets a notice.',
  security: ofPerson,
  request: { body: body(affiliationInput) },
  responses: {
    201: json('Recorded.', affiliation, { ...asserted, state: 'asserted' }),
    ...problems(...writeProblems, 'already_registered', 'not_allowed_now'),
  },
})

const list = route({
  method: 'get',
  path: '/v1/organisations/{id}/affiliations',
  operationId: 'listAffiliations',
  tags: ['People'],
  summary: 'Who says to work at your institution, and whom you recorded',
  description:
    'For an officer of the institution: affiliations that wait for an answer, confirmed, rejected and ended ones, with name or ORCID iD.',
  security: ofOfficer,
  request: { params, query: z.object(pageQuery) },
  responses: {
    200: json(
      'Newest first.',
      page(affiliation).openapi('AffiliationPage', { example: { items: [affiliationOfPersonExample], next: null } }),
    ),
    ...problems('malformed', ...rightsProblems),
  },
})

const record = route({
  method: 'post',
  path: '/v1/organisations/{id}/affiliations',
  operationId: 'recordAffiliation',
  tags: ['People'],
  summary: 'Record that the person with an ORCID iD works at your institution',
  description:
    'For an officer of the institution. Confirmed at once. The answer does not tell whether anyone has signed in with that iD.',
  security: ofOfficer,
  request: { params, body: body(institutionAffiliationInput) },
  responses: { 201: json('Recorded.', affiliation, affiliationOfPersonExample), ...problems(...writeProblems) },
})

export const affiliationRoutes = api()
  .openapi(mine, async (c) => {
    const { ctx } = c.var
    const records = await affiliationsOf(ctx.db.read, requirePerson(ctx.actor))
    return c.json({ items: await showAffiliations(ctx.db.read, records), next: null }, 200)
  })
  .openapi(assert, (c) => once(c, 201, (ctx) => assertAffiliation(ctx, c.req.valid('json'))))
  .openapi(list, async (c) => {
    const { ctx } = c.var
    const { id } = c.req.valid('param')
    requireOfficerOf(ctx.actor, [id], 'organisation:manage')
    const { cursor, limit } = c.req.valid('query')
    const [before] = decodeCursor(cursor) ?? []
    const found = await listAffiliations(ctx.db.read, id, before === undefined ? undefined : String(before), limit + 1)
    return c.json(
      paged(c, found, limit, (one) => [one.id]),
      200,
    )
  })
  .openapi(record, (c) => once(c, 201, (ctx) => recordAffiliation(ctx, c.req.valid('param').id, c.req.valid('json'))))
