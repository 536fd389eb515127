import { z } from '@hono/zod-openapi'
import { api, body, json, ofPerson, problems, rightsProblems, route, secured } from '../http/api.ts'
import { once } from '../http/idempotency.ts'
import { decodeCursor, page, paged, pageQuery } from '../http/paging.ts'
import { requireOfficerOf, requirePerson } from '../organisations/rights.ts'
import { approvedRequestExample, grantRequest, grantRequestExample, objectionInput, requestDecision } from './grant.ts'
import { objectToGrant } from './object.ts'
import { decideRequest } from './request.ts'
import { listRequests, showRequest } from './requests/queries.ts'

const writeProblems = [
  'malformed',
  ...rightsProblems,
  'not_found',
  'already_decided',
  'conflict',
  'invalid_input',
  'idempotency_mismatch',
  'unsupported_media_type',
] as const

const list = route({
  method: 'get',
  path: '/v1/organisations/{id}/grant-requests',
  operationId: 'listGrantRequests',
  tags: ['Grants'],
  summary: 'Grants that your people asked for',
  description:
    'For an officer of an institution that wants to approve the grants of its people: waiting, approved and refused requests, with who asks.',
  security: [...secured('grants:issue'), ...ofPerson],
  request: { params: z.object({ id: z.string().max(100) }), query: z.object(pageQuery) },
  responses: {
    200: json(
      'Newest first.',
      page(grantRequest).openapi('GrantRequestPage', { example: { items: [approvedRequestExample], next: null } }),
    ),
    ...problems('malformed', ...rightsProblems),
  },
})

const mine = route({
  method: 'get',
  path: '/v1/me/grant-requests',
  operationId: 'listMyGrantRequests',
  tags: ['Grants'],
  summary: 'Your requests that wait for your institution, and what became of them',
  description:
    'A request is made by `POST /v1/grants` where the institution approves first. An approved one names its grant, a refused one the reason.',
  security: ofPerson,
  request: { query: z.object(pageQuery) },
  responses: {
    200: json(
      'Newest first.',
      page(grantRequest).openapi('MyGrantRequests', { example: { items: [grantRequestExample], next: null } }),
    ),
    ...problems('malformed', 'unauthenticated', 'forbidden'),
  },
})

const decision = route({
  method: 'post',
  path: '/v1/organisations/{id}/grant-requests/{requestId}/decision',
  operationId: 'decideGrantRequest',
  tags: ['Grants'],
  summary: 'Approve or refuse; the verdict of today counts',
  description:
    'For an officer of the institution, once. With an approval every number is checked anew and the grant is issued in the same act; the person gets a notice either way.',
  security: [...secured('grants:issue'), ...ofPerson],
  request: {
    params: z.object({ id: z.string().max(100), requestId: z.string().max(100) }),
    body: body(requestDecision),
  },
  responses: {
    200: json('As it is now.', grantRequest, approvedRequestExample),
    ...problems(...writeProblems, 'terms_not_accepted', 'nothing_covered', 'not_allowed_now'),
  },
})

const objection = route({
  method: 'post',
  path: '/v1/grants/{id}/objection',
  operationId: 'objectToGrant',
  tags: ['Grants'],
  summary: 'Object with a reason of the terms',
  description:
    'For the former institution of an inventor who moved, and holders. The grant stays valid: the person answers within the time of the terms, and a steward decides.',
  security: [...secured('grants:revoke'), ...ofPerson],
  request: { params: z.object({ id: z.string().max(100) }), body: body(objectionInput) },
  responses: {
    201: json(
      'Recorded; the person is told.',
      z.object({ id: z.string(), objection: z.string() }).openapi('GrantObjection', {
        example: { id: '01a200d7-7a27-742c-8849-54d053132b34', objection: '0198c0de-0000-7000-8000-000000000010' },
      }),
    ),
    ...problems(...writeProblems),
  },
})

export const grantRequestRoutes = api()
  .openapi(list, async (c) => {
    const { ctx } = c.var
    const { id } = c.req.valid('param')
    requireOfficerOf(ctx.actor, [id], 'grants:issue')
    const { cursor, limit } = c.req.valid('query')
    const [before] = decodeCursor(cursor) ?? []
    const position = before === undefined ? undefined : String(before)
    const found = await listRequests(ctx.db.read, { organisationId: id }, position, limit + 1)
    const { items, next } = paged(c, found, limit, (one) => [one.id])
    return c.json({ items: items.map((one) => showRequest(one, true)), next }, 200)
  })
  .openapi(mine, async (c) => {
    const { ctx } = c.var
    const { id } = requirePerson(ctx.actor)
    const { cursor, limit } = c.req.valid('query')
    const [before] = decodeCursor(cursor) ?? []
    const position = before === undefined ? undefined : String(before)
    const found = await listRequests(ctx.db.read, { personId: id }, position, limit + 1)
    const { items, next } = paged(c, found, limit, (one) => [one.id])
    return c.json({ items: items.map((one) => showRequest(one, false)), next }, 200)
  })
  .openapi(decision, (c) => {
    const { id, requestId } = c.req.valid('param')
    return once(c, 200, (ctx) => decideRequest(ctx, id, requestId, c.req.valid('json')))
  })
  .openapi(objection, (c) => once(c, 201, (ctx) => objectToGrant(ctx, c.req.valid('param').id, c.req.valid('json'))))
