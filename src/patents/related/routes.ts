import { z } from '@hono/zod-openapi'
import { api, body, json, ofPerson, problems, rightsProblems, route, secured } from '../../http/api.ts'
import { once } from '../../http/idempotency.ts'
import { numberInputCharactersMax } from '../numbers/parse.ts'
import { patentIdOf } from '../routes.ts'
import { listRelated } from './queries.ts'
import { relateToPatent, unrelateFromPatent } from './relate.ts'
import { relatedExample, relatedInput, relatedItem } from './related-item.ts'

const number = z.string().max(numberInputCharactersMax).openapi({ example: 'JP-5985120-B1' })
const ofOfficer = [...secured('patents:write'), ...ofPerson]

const list = route({
  method: 'get',
  path: '/v1/patents/{number}/related-items',
  operationId: 'listRelatedItems',
  tags: ['Patents'],
  summary: 'Papers, data sets, materials that go with a patent',
  description: 'What its holders have added, by kind: up to 200.',
  request: { params: z.object({ number }) },
  responses: {
    200: json(
      'All of them.',
      z
        .object({ items: z.array(relatedItem), next: z.null() })
        .openapi('RelatedItems', { example: { items: [relatedExample], next: null } }),
    ),
    ...problems('ambiguous_number', 'not_found'),
  },
})

const add = route({
  method: 'post',
  path: '/v1/patents/{number}/related-items',
  operationId: 'addRelatedItem',
  tags: ['Patents'],
  summary: 'Say what goes with a patent',
  description:
    'For an officer of a holder, or of its agent with a mandate to enrol. With a DOI or an address; the same one stands once. A `seed` may have neither. It is found by search with the patent.',
  security: ofOfficer,
  request: { params: z.object({ number }), body: body(relatedInput) },
  responses: {
    201: json('Added.', relatedItem),
    ...problems(
      'ambiguous_number',
      'malformed',
      ...rightsProblems,
      'not_found',
      'already_registered',
      'not_allowed_now',
      'conflict',
      'invalid_input',
      'idempotency_mismatch',
      'unsupported_media_type',
    ),
  },
})

const remove = route({
  method: 'delete',
  path: '/v1/patents/{number}/related-items/{id}',
  operationId: 'removeRelatedItem',
  tags: ['Patents'],
  summary: 'Take an item off a patent',
  description: 'For an officer of a holder, or of its agent. The history of the record keeps what it was.',
  security: ofOfficer,
  request: { params: z.object({ number, id: z.string().max(100) }) },
  responses: {
    204: { description: 'It is there no more.' },
    ...problems('ambiguous_number', ...rightsProblems, 'not_found', 'conflict'),
  },
})

export const relatedRoutes = api()
  .openapi(list, async (c) => {
    const patentId = await patentIdOf(c, c.req.valid('param').number)
    return c.json({ items: await listRelated(c.var.ctx.db.read, { patentId }), next: null }, 200)
  })
  .openapi(add, async (c) => {
    const patentId = await patentIdOf(c, c.req.valid('param').number)
    return once(c, 201, (ctx) => relateToPatent(ctx, patentId, c.req.valid('json')))
  })
  .openapi(remove, async (c) => {
    const { number: written, id } = c.req.valid('param')
    await unrelateFromPatent(c.var.ctx, await patentIdOf(c, written), id)
    return c.body(null, 204)
  })
