import { z } from '@hono/zod-openapi'
import { api, json, ofPerson, problems, route } from '../http/api.ts'
import { requirePerson } from '../organisations/rights.ts'
import { endSession } from './change.ts'
import { listSessions } from './queries.ts'
import { session, sessionExample } from './session.ts'

const id = z.string().max(200)

const sessions = route({
  method: 'get',
  path: '/v1/me/sessions',
  operationId: 'listSessions',
  tags: ['People'],
  summary: 'Browsers in which you are signed in',
  description: 'Browser and system by name, when each signed in, was last used and ends. Machine clients have none.',
  security: ofPerson,
  responses: {
    200: json(
      'The one used last first.',
      z
        .object({ items: z.array(session), next: z.null() })
        .openapi('SessionPage', { example: { items: [sessionExample], next: null } }),
    ),
    ...problems('unauthenticated', 'forbidden'),
  },
})

const end = route({
  method: 'delete',
  path: '/v1/me/sessions/{id}',
  operationId: 'endSession',
  tags: ['People'],
  summary: 'End a session at once',
  description: 'For its person, by the id in the list of sessions: that browser is signed out with its next request.',
  security: ofPerson,
  request: { params: z.object({ id }) },
  responses: {
    204: { description: 'It is of no more use.' },
    ...problems('unauthenticated', 'forbidden', 'not_found'),
  },
})

export const peopleRoutes = api()
  .openapi(sessions, async (c) => {
    const { ctx, session: current } = c.var
    const person = requirePerson(ctx.actor)
    const items = await listSessions(ctx.db.read, person.id, current?.publicId, ctx.now)
    return c.json({ items, next: null }, 200, { 'Cache-Control': 'no-store' })
  })
  .openapi(end, async (c) => {
    await endSession(c.var.ctx, c.req.valid('param').id)
    return c.body(null, 204)
  })
