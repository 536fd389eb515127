import { z } from '@hono/zod-openapi'
import { api, body, json, ofPerson, problems, rightsProblems, route, secured } from '../../http/api.ts'
import { once } from '../../http/idempotency.ts'
import { patentIdOf } from '../../patents/routes.ts'
import { assignPatent } from './assign.ts'
import { assignment, assignmentInput } from './assignment.ts'

const assign = route({
  method: 'post',
  path: '/v1/patents/{number}/assignment',
  operationId: 'assignPatent',
  tags: ['Patents'],
  summary: 'Record a later owner',
  description:
    'For an officer of the holder that assigns, its agent, or a steward. A declaration in force stays so and binds the new owner by the clause on later owners of its terms, which the answer quotes and the new owner is sent; one that awaits consents awaits the new owner’s, too. It is an entry of the public log.',
  security: [...secured('patents:write'), ...ofPerson],
  request: { params: z.object({ number: z.string().max(300) }), body: body(assignmentInput) },
  responses: {
    201: json('Recorded, with its effect on each declaration.', assignment),
    ...problems(
      'malformed',
      ...rightsProblems,
      'ambiguous_number',
      'not_found',
      'conflict',
      'invalid_input',
      'idempotency_mismatch',
      'unsupported_media_type',
    ),
  },
})

export const assignRoutes = api().openapi(assign, (c) =>
  once(c, 201, async (ctx) => assignPatent(ctx, await patentIdOf(c, c.req.valid('param').number), c.req.valid('json'))),
)
