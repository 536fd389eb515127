import { z } from '@hono/zod-openapi'
import { RegistryError } from '../errors.ts'
import { api, body, json, problems, rightsProblems, route, secured } from '../http/api.ts'
import { once } from '../http/idempotency.ts'
import { decodeCursor, page, paged, pageQuery } from '../http/paging.ts'
import { entityTag } from '../http/versions.ts'
import { consentToDeclaration } from './consent.ts'
import {
  consentedExample,
  consentInput,
  declaration,
  declarationExample,
  declarationInput,
  declarationState,
  withdrawalInput,
} from './declaration.ts'
import { declare } from './declare.ts'
import { findDeclaration, findDeclarations, listDeclarationIds } from './queries.ts'
import { waitingFor } from './waiting.ts'
import { withdrawDeclaration } from './withdraw.ts'

const params = z.object({ id: z.string().max(100) })
const writeProblems = [
  'malformed',
  ...rightsProblems,
  'conflict',
  'too_large',
  'invalid_input',
  'idempotency_mismatch',
  'unsupported_media_type',
] as const

const list = route({
  method: 'get',
  path: '/v1/declarations',
  operationId: 'listDeclarations',
  tags: ['Declarations'],
  summary: 'Declarations, newest first',
  description:
    'Every declaration, withdrawn ones too, by who declares, by whose consent is awaited, or by state. Each names its terms by id and SHA-256 fingerprint.',
  request: {
    query: z.object({
      organisation: z.string().max(100).optional().openapi({ description: 'Id of the declaring organisation.' }),
      awaiting: z
        .string()
        .max(100)
        .optional()
        .openapi({ description: 'Id of an organisation whose consent is awaited.' }),
      waiting: z.enum(['by_me', 'for_me']).optional().openapi({
        description:
          'For officers: `for_me` those that wait for your organisation’s answer, `by_me` those that it declared and that wait for others. With `organisation`, for one that gave you a mandate.',
      }),
      state: declarationState.optional(),
      ...pageQuery,
    }),
  },
  responses: {
    200: json(
      'A page.',
      page(declaration).openapi('DeclarationPage', {
        example: { items: [consentedExample, declarationExample], next: null },
      }),
    ),
    ...problems('malformed', 'invalid_input', ...rightsProblems),
  },
})

const read = route({
  method: 'get',
  path: '/v1/declarations/{id}',
  operationId: 'readDeclaration',
  tags: ['Declarations'],
  summary: 'One declaration, its patents and who has consented',
  description:
    'The patents, the terms with their fingerprint, every consent with its date, and after a withdrawal the first day without new grants (`closedFrom`). The version is in `ETag`.',
  request: { params },
  responses: { 200: json('The public record.', declaration), ...problems('not_found') },
})

const make = route({
  method: 'post',
  path: '/v1/declarations',
  operationId: 'declare',
  tags: ['Declarations'],
  summary: 'Open patents to research',
  description:
    'For an officer of an approved organisation that holds each of the patents now. In force at once when there is no co-owner, else when every co-owner has consented. All or nothing: a number that cannot be declared is a fault of its own, and nothing is recorded then. It is an entry of the public log.',
  security: secured('declarations:write'),
  request: { body: body(declarationInput) },
  responses: { 201: json('In force, or waiting for the co-owners named.', declaration), ...problems(...writeProblems) },
})

const consent = route({
  method: 'post',
  path: '/v1/declarations/{id}/consents',
  operationId: 'consentToDeclaration',
  tags: ['Declarations'],
  summary: 'A co-owner answers',
  description:
    'For an officer of a co-owner that the declaration waits for, once. With the last consent the declaration is in force; a refusal needs a reason and leaves it waiting. The answer is an entry of the public log and never inferred from silence.',
  security: secured('declarations:write'),
  request: { params, body: body(consentInput) },
  responses: {
    200: json('As it is now.', declaration, consentedExample),
    ...problems(...writeProblems, 'not_found', 'already_decided', 'not_allowed_now'),
  },
})

const withdrawnExample = {
  ...declarationExample,
  state: 'withdrawn',
  withdrawnOn: '2026-11-21',
  closedFrom: '2027-02-19',
  withdrawalReason: 'The patents were assigned to a spin-out.',
}

const withdrawal = route({
  method: 'post',
  path: '/v1/declarations/{id}/withdrawal',
  operationId: 'withdrawDeclaration',
  tags: ['Declarations'],
  summary: 'End a declaration, with the notice that its terms give',
  description:
    'For an officer of an organisation that holds what the declaration opens: the holder that declared or a co-owner that consented, while it still holds any of it, and after an assignment who holds all of it in its place. New grants stop at `closedFrom`, after the notice period of the terms; grants already issued stay valid until their own end. The withdrawal, with its reason, is an entry of the public log.',
  security: secured('declarations:write'),
  request: { params, body: body(withdrawalInput) },
  responses: {
    200: json('As it is now.', declaration, withdrawnExample),
    ...problems(...writeProblems, 'not_found', 'already_decided'),
  },
})

export const declarationRoutes = api()
  .openapi(list, async (c) => {
    const { read: reader } = c.var.ctx.db
    const { organisation, awaiting, waiting, state, cursor, limit } = c.req.valid('query')
    const [before] = decodeCursor(cursor) ?? []
    const filter =
      waiting === undefined
        ? { organisationId: organisation, awaitingId: awaiting, state }
        : await waitingFor(c.var.ctx, waiting, organisation)
    const ids = await listDeclarationIds(reader, filter, before === undefined ? undefined : String(before), limit + 1)
    const { items, next } = paged(c, ids, limit, (id) => [id])
    const found = await findDeclarations(reader, items)
    return c.json({ items: found.map(({ declaration }) => declaration), next }, 200)
  })
  .openapi(read, async (c) => {
    const found = await findDeclaration(c.var.ctx.db.read, c.req.valid('param').id)
    if (!found) throw new RegistryError('not_found', 'There is no such declaration.')
    c.header('ETag', entityTag(found.version))
    return c.json(found.declaration, 200)
  })
  .openapi(make, (c) => once(c, 201, (ctx) => declare(ctx, c.req.valid('json'))))
  .openapi(consent, (c) =>
    once(c, 200, (ctx) => consentToDeclaration(ctx, c.req.valid('param').id, c.req.valid('json'))),
  )
  .openapi(withdrawal, (c) =>
    once(c, 200, (ctx) => withdrawDeclaration(ctx, c.req.valid('param').id, c.req.valid('json').reason)),
  )
