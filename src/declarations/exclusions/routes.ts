import { z } from '@hono/zod-openapi'
import { api, body, json, ofPerson, problems, rightsProblems, route, secured } from '../../http/api.ts'
import { once } from '../../http/idempotency.ts'
import { endExclusion, exclude, readExclusions } from './exclude.ts'
import { exclusion, exclusionExample, exclusionsInput } from './exclusion.ts'

const id = z.string().max(200)
const ofOfficer = [...secured('declarations:write'), ...ofPerson]

const exclusionList = z
  .object({ items: z.array(exclusion), next: z.null() })
  .openapi('ExclusionList', { example: { items: [exclusionExample], next: null } })

const list = route({
  method: 'get',
  path: '/v1/organisations/{id}/exclusions',
  operationId: 'listExclusions',
  tags: ['Declarations'],
  summary: 'What the organisation never declares',
  description:
    'For its own officers, and for agents with its mandate to declare; nobody else is told, stewards neither. Each entry is a number or a rule.',
  security: ofOfficer,
  request: { params: z.object({ id }) },
  responses: { 200: json('The newest first.', exclusionList), ...problems(...rightsProblems) },
})

const add = route({
  method: 'post',
  path: '/v1/organisations/{id}/exclusions',
  operationId: 'exclude',
  tags: ['Declarations'],
  summary: 'Keep patents out of every declaration',
  description:
    'By number, class, title word, inventor or years of filing. From then on declaring one of them, alone, among many or as a co-owner, is refused as `excluded` and names the entry. Declarations that stand are not touched. All or nothing; what is on the list already is not added again.',
  security: ofOfficer,
  request: { params: z.object({ id }), body: body(exclusionsInput) },
  responses: {
    201: json('The entries, in the order given.', exclusionList),
    ...problems(
      'malformed',
      ...rightsProblems,
      'conflict',
      'invalid_input',
      'idempotency_mismatch',
      'unsupported_media_type',
    ),
  },
})

const remove = route({
  method: 'delete',
  path: '/v1/organisations/{id}/exclusions/{exclusionId}',
  operationId: 'endExclusion',
  tags: ['Declarations'],
  summary: 'Take an entry off the list',
  description: 'The only way in which a patent that it covers can be declared again. The entry stays in the history.',
  security: ofOfficer,
  request: { params: z.object({ id, exclusionId: id }) },
  responses: {
    204: { description: 'It excludes nothing any more.' },
    ...problems(...rightsProblems, 'not_found', 'conflict'),
  },
})

export const exclusionRoutes = api()
  .openapi(list, async (c) => {
    const items = await readExclusions(c.var.ctx, c.req.valid('param').id)
    return c.json({ items, next: null }, 200, { 'Cache-Control': 'no-store' })
  })
  .openapi(add, (c) =>
    once(c, 201, async (ctx) => ({
      items: await exclude(ctx, c.req.valid('param').id, c.req.valid('json')),
      next: null,
    })),
  )
  .openapi(remove, async (c) => {
    const { id: organisation, exclusionId } = c.req.valid('param')
    await endExclusion(c.var.ctx, organisation, exclusionId)
    return c.body(null, 204)
  })
