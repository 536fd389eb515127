import { z } from '@hono/zod-openapi'
import { api, body, json, ofPerson, problems, rightsProblems, route, secured } from '../http/api.ts'
import { once } from '../http/idempotency.ts'
import { findAcceptance } from '../organisations/application-queries.ts'
import { managedOrganisation } from '../organisations/managed.ts'
import { approvalInput, approveOrganisation } from './approve-organisation.ts'
import { leaveCommons } from './leave-organisation.ts'
import { findLeaving } from './leaving-queries.ts'
import { leavingInput, organisationAfter, participation } from './participation.ts'
import { extentOf } from './participation-queries.ts'

const id = z.object({ id: z.string().max(200).openapi({ description: 'Our id, or a ROR id.', example: '02kpeqv85' }) })

const approve = route({
  method: 'post',
  path: '/v1/organisations/{id}/approval',
  operationId: 'approveOrganisation',
  tags: ['Organisations'],
  summary: 'Approve, return, decline, suspend, or record that it has left (steward)',
  description:
    'For stewards. An application is approved, returned to its applicant with a reason, or declined; `takesOver` names the record known by name only under which it goes on. An organisation goes between approved and suspended, and from either to left; each step is an entry of the public log. While one is suspended or has left, checks of its patents answer `ask` and no new grant covers them; grants already issued stay valid until their own end. When it leaves, its declarations are withdrawn as of that day and close after the notice of their terms.',
  security: [...secured('registry:steward'), ...ofPerson],
  request: { params: id, body: body(approvalInput) },
  responses: {
    200: json('The record as it is now.', organisationAfter),
    ...problems(
      'malformed',
      ...rightsProblems,
      'not_found',
      'not_allowed_now',
      'invalid_input',
      'unsupported_media_type',
    ),
  },
})

const readParticipation = route({
  method: 'get',
  path: '/v1/organisations/{id}/participation',
  operationId: 'readParticipation',
  tags: ['Organisations'],
  summary: 'How an organisation takes part, and what ending it would touch',
  description:
    'For an officer of the organisation or a steward: the agreement that it accepted, and the declarations, open patents and live grants that a suspension or its leaving would touch. Grants stay valid in either case.',
  security: [...secured('organisation:manage'), ...ofPerson],
  request: { params: id },
  responses: { 200: json('As of now.', participation), ...problems(...rightsProblems, 'not_found') },
})

const leave = route({
  method: 'post',
  path: '/v1/organisations/{id}/leaving',
  operationId: 'leaveCommons',
  tags: ['Organisations'],
  summary: 'Leave the commons',
  description:
    'For an officer of the organisation. From that day checks of its patents answer `ask` and no new grant covers them; its declarations are withdrawn as of that day and close after the notice of their terms, and mandates that it gave or was given end, in the same act or, where they are very many, in acts that follow within minutes (`leaving` in `GET /v1/organisations/{id}/participation`); grants already issued stay valid until their own end. Its records stay public, and it may apply again.',
  security: [...secured('organisation:manage'), ...ofPerson],
  request: { params: id, body: body(leavingInput) },
  responses: {
    200: json('The record as it is now.', organisationAfter),
    ...problems(
      'malformed',
      ...rightsProblems,
      'not_found',
      'not_allowed_now',
      'invalid_input',
      'unsupported_media_type',
    ),
  },
})

export const participationRoutes = api()
  .openapi(approve, (c) =>
    once(c, 200, (ctx) => approveOrganisation(ctx, c.req.valid('param').id, c.req.valid('json'))),
  )
  .openapi(readParticipation, async (c) => {
    const { ctx } = c.var
    const { id: organisation, state } = (await managedOrganisation(ctx, c.req.valid('param').id)).organisation
    const [extent, accepted, since] = await Promise.all([
      extentOf(ctx.db.read, organisation, ctx.now),
      findAcceptance(ctx.db.read, organisation),
      findLeaving(ctx.db.read, organisation),
    ])
    const { agreement, acceptedAt } = accepted ?? {}
    const shown = {
      organisation,
      state,
      extent,
      ...(agreement && acceptedAt ? { agreement, acceptedAt } : {}),
      ...(since === undefined ? {} : { leaving: { since } }),
    }
    return c.json(shown, 200, { 'Cache-Control': 'no-store' })
  })
  .openapi(leave, (c) => once(c, 200, (ctx) => leaveCommons(ctx, c.req.valid('param').id, c.req.valid('json').reason)))
