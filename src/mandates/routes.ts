import { z } from '@hono/zod-openapi'
import { type Actor, today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { api, body, json, ofPerson, problems, rightsProblems, route, secured } from '../http/api.ts'
import { once } from '../http/idempotency.ts'
import { decodeCursor, page, paged, pageQuery } from '../http/paging.ts'
import { isSteward, memberOf } from '../organisations/rights.ts'
import { endMandate } from './end.ts'
import { giveMandate } from './give.ts'
import { type Mandate, mandate, mandateExample, mandateInput, mandateState } from './mandate.ts'
import { findMandate, listMandates } from './queries.ts'

const params = z.object({ id: z.string().max(100) })
const listed = { ...mandateExample, scope: [...mandateExample.scope] }

const give = route({
  method: 'post',
  path: '/v1/mandates',
  operationId: 'giveMandate',
  tags: ['Mandates'],
  summary: 'Let an agent act for your organisation',
  description:
    'For an officer of the organisation that gives it. The agent, a TLO for instance, then enrols patents, declares or consents for you within the dates, by sending the same requests; what it does is recorded as the agent’s, for you. It cannot pass the mandate on. One agent has one mandate for an act at a time: a second one is refused as `already_decided`. It is an entry of the public log.',
  security: [...secured('organisation:manage'), ...ofPerson],
  request: { body: body(mandateInput) },
  responses: {
    201: json('Given; the agent is told.', mandate),
    ...problems(
      'malformed',
      ...rightsProblems,
      'conflict',
      'already_decided',
      'not_allowed_now',
      'invalid_input',
      'idempotency_mismatch',
      'unsupported_media_type',
    ),
  },
})

const list = route({
  method: 'get',
  path: '/v1/mandates',
  operationId: 'listMandates',
  tags: ['Mandates'],
  summary: 'Mandates that your organisation gave or was given, newest first',
  description:
    'For members of either organisation; stewards see all. `state` is as of today: `future`, `in_force`, `expired` by its own date, or `ended` by one of the two. Nothing is done under a mandate while either organisation is suspended.',
  security: secured(),
  request: {
    query: z.object({
      principal: z.string().max(100).optional().openapi({ description: 'Id of the organisation that gave it.' }),
      agent: z.string().max(100).optional().openapi({ description: 'Id of the organisation that acts.' }),
      state: mandateState.optional(),
      ...pageQuery,
    }),
  },
  responses: {
    200: json('A page.', page(mandate).openapi('MandatePage', { example: { items: [listed], next: null } })),
    ...problems('malformed', 'unauthenticated'),
  },
})

const read = route({
  method: 'get',
  path: '/v1/mandates/{id}',
  operationId: 'readMandate',
  tags: ['Mandates'],
  summary: 'One mandate',
  description: 'For members of either organisation and stewards. One that is over stays on record.',
  security: secured(),
  request: { params },
  responses: { 200: json('As it is today.', mandate), ...problems('unauthenticated', 'not_found') },
})

const end = route({
  method: 'delete',
  path: '/v1/mandates/{id}',
  operationId: 'endMandate',
  tags: ['Mandates'],
  summary: 'Revoke a mandate, or give it back',
  description:
    'For an officer of either organisation. The agent’s next act under it is refused, one that is under way too; what it did before stays as it was. The end is an entry of the public log, and the other one is told.',
  security: [...secured('organisation:manage'), ...ofPerson],
  request: { params },
  responses: {
    200: json('Over; it stays on record.', mandate, {
      ...listed,
      state: 'ended',
      endedAt: '2026-11-20T02:30:00.000Z',
      endedBy: 'principal',
    }),
    ...problems(...rightsProblems, 'not_found', 'conflict', 'already_decided'),
  },
})

export const mandateRoutes = api()
  .openapi(give, (c) => once(c, 201, (ctx) => giveMandate(ctx, c.req.valid('json'))))
  .openapi(list, async (c) => {
    const { db, actor, ...ctx } = c.var.ctx
    const { principal, agent, state, cursor, limit } = c.req.valid('query')
    const [before] = decodeCursor(cursor) ?? []
    const partyId = memberOf(actor)
    const none = partyId === undefined && !isSteward(actor)
    const found = none
      ? []
      : await listMandates(
          db.read,
          { partyId, principalId: principal, agentId: agent, state },
          today(ctx),
          before === undefined ? undefined : String(before),
          limit + 1,
        )
    return c.json(
      paged(c, found, limit, ({ id }) => [id]),
      200,
    )
  })
  .openapi(read, async (c) => {
    const { db, actor, ...ctx } = c.var.ctx
    const found = await findMandate(db.read, c.req.valid('param').id, today(ctx))
    if (!found || !maySee(actor, found)) throw new RegistryError('not_found', 'Your organisation has no such mandate.')
    return c.json(found, 200)
  })
  .openapi(end, async (c) => c.json(await endMandate(c.var.ctx, c.req.valid('param').id), 200))

function maySee(actor: Actor, { principal, agent }: Mandate): boolean {
  const party = memberOf(actor)
  return isSteward(actor) || party === principal.id || party === agent.id
}
