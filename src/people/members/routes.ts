import { z } from '@hono/zod-openapi'
import { api, body, json, ofPerson, problems, rightsProblems, route, secured } from '../../http/api.ts'
import { once } from '../../http/idempotency.ts'
import { managedOrganisation } from '../../organisations/managed.ts'
import { invitation, invitationExample, invitationInput, member, memberExample, newInvitation } from './invitation.ts'
import { endMembership, invite, withdrawInvitation } from './invite.ts'
import { listInvitations, listMembers } from './queries.ts'

const id = z.string().max(200)
const ofOfficer = [...secured('organisation:manage'), ...ofPerson]

const invitations = route({
  method: 'get',
  path: '/v1/organisations/{id}/invitations',
  operationId: 'listInvitations',
  tags: ['People'],
  summary: 'Invitations of the organisation and what became of them',
  description:
    'For an officer of the organisation or a steward: open, used, withdrawn and expired ones. Who used one is in the list of members.',
  security: ofOfficer,
  request: { params: z.object({ id }) },
  responses: {
    200: json(
      'The newest first, without their links.',
      z
        .object({ items: z.array(invitation), next: z.null() })
        .openapi('InvitationPage', { example: { items: [invitationExample], next: null } }),
    ),
    ...problems(...rightsProblems, 'not_found'),
  },
})

const makeInvitation = route({
  method: 'post',
  path: '/v1/organisations/{id}/invitations',
  operationId: 'invite',
  tags: ['People'],
  summary: 'A one-time link that makes a person an officer or viewer',
  description: 'Whoever opens the link and signs in takes the post. It is of use once, for seven days.',
  security: ofOfficer,
  request: { params: z.object({ id }), body: body(invitationInput) },
  responses: {
    201: json('The link is shown this once.', newInvitation),
    ...problems(
      'malformed',
      ...rightsProblems,
      'not_found',
      'invalid_input',
      'idempotency_spent',
      'unsupported_media_type',
    ),
  },
})

const withdraw = route({
  method: 'delete',
  path: '/v1/organisations/{id}/invitations/{invitationId}',
  operationId: 'withdrawInvitation',
  tags: ['People'],
  summary: 'Withdraw an invitation that nobody has used',
  description:
    'For an officer of the organisation or a steward. Whoever opens the link from now on is told that it is void.',
  security: ofOfficer,
  request: { params: z.object({ id, invitationId: id }) },
  responses: {
    204: { description: 'Its link is of no more use.' },
    ...problems(...rightsProblems, 'not_found', 'already_decided', 'conflict'),
  },
})

const members = route({
  method: 'get',
  path: '/v1/organisations/{id}/members',
  operationId: 'listMembers',
  tags: ['People'],
  summary: 'People who act for the organisation',
  description: 'For an officer of the organisation or a steward: its officers and viewers by name, and since when.',
  security: ofOfficer,
  request: { params: z.object({ id }) },
  responses: {
    200: json(
      'The longest-serving first.',
      z
        .object({ items: z.array(member), next: z.null() })
        .openapi('MemberPage', { example: { items: [memberExample], next: null } }),
    ),
    ...problems(...rightsProblems, 'not_found'),
  },
})

const endMember = route({
  method: 'delete',
  path: '/v1/organisations/{id}/members/{personId}',
  operationId: 'endMembership',
  tags: ['People'],
  summary: 'End a person’s post at once',
  description:
    'For an officer of the organisation or a steward. What the person did for it stays as it was; the last officer cannot be taken away.',
  security: ofOfficer,
  request: { params: z.object({ id, personId: id }) },
  responses: {
    204: { description: 'The person acts for the organisation no more.' },
    ...problems(...rightsProblems, 'not_found', 'not_allowed_now', 'conflict'),
  },
})

export const memberRoutes = api()
  .openapi(invitations, async (c) => {
    const { ctx } = c.var
    const { id: organisation } = (await managedOrganisation(ctx, c.req.valid('param').id)).organisation
    const items = await listInvitations(ctx.db.read, organisation, ctx.now)
    return c.json({ items, next: null }, 200, { 'Cache-Control': 'no-store' })
  })
  .openapi(makeInvitation, (c) => {
    c.header('Cache-Control', 'no-store')
    return once(c, 201, (ctx) => invite(ctx, c.req.valid('param').id, c.req.valid('json')))
  })
  .openapi(withdraw, async (c) => {
    const { id: organisation, invitationId } = c.req.valid('param')
    await withdrawInvitation(c.var.ctx, organisation, invitationId)
    return c.body(null, 204)
  })
  .openapi(members, async (c) => {
    const { ctx } = c.var
    const { id: organisation } = (await managedOrganisation(ctx, c.req.valid('param').id)).organisation
    return c.json({ items: await listMembers(ctx.db.read, organisation), next: null }, 200, {
      'Cache-Control': 'no-store',
    })
  })
  .openapi(endMember, async (c) => {
    const { id: organisation, personId } = c.req.valid('param')
    await endMembership(c.var.ctx, organisation, personId)
    return c.body(null, 204)
  })
