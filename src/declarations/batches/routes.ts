import { z } from '@hono/zod-openapi'
import { api, body, json, ofPerson, problems, rightsProblems, route, secured } from '../../http/api.ts'
import { onceOnly } from '../../http/idempotency.ts'
import { batch, batchInput, effect, previewInput } from './batch.ts'
import { confirmDeclarations, retryBatch, showBatch } from './confirm.ts'
import { previewDeclarations } from './effect.ts'

const ofOfficer = [...secured('declarations:write'), ...ofPerson]

const preview = route({
  method: 'post',
  path: '/v1/declarations/preview',
  operationId: 'previewDeclarations',
  tags: ['Declarations'],
  summary: 'What declaring many at once would do',
  description:
    'Chooses patents of the portfolio by rules, each with its terms, and tells how many would be declared, grouped by co-owners, whose consent is needed, and what is left out and why (`excluded`, `encumbered`, `right_ended`, `already_declared`, …). Nothing is written.',
  security: ofOfficer,
  request: { body: body(previewInput) },
  responses: {
    200: json('The effect, with the fingerprint that a confirmation names.', effect),
    ...problems('malformed', ...rightsProblems, 'too_large', 'invalid_input', 'unsupported_media_type'),
  },
})

const confirm = route({
  method: 'post',
  path: '/v1/declaration-batches',
  operationId: 'confirmDeclarations',
  tags: ['Declarations'],
  summary: 'Declare many at once',
  description:
    'Makes the declarations of an effect that you have looked at. Each is an act and an entry of the log of its own; what is cut off in the middle is carried on by the registry. Another effect than the one named is refused (`conflict`).',
  security: ofOfficer,
  request: { body: body(batchInput) },
  responses: {
    201: json('How far it has come: on a file all of it, over a network the first part.', batch),
    ...problems(
      'malformed',
      ...rightsProblems,
      'conflict',
      'too_large',
      'invalid_input',
      'idempotency_mismatch',
      'unsupported_media_type',
    ),
  },
})

const read = route({
  method: 'get',
  path: '/v1/declaration-batches/{id}',
  operationId: 'readDeclarationBatch',
  tags: ['Declarations'],
  summary: 'How far many declarations have come',
  description: 'For officers of the holder, and agents with its mandate to declare.',
  security: ofOfficer,
  request: { params: z.object({ id: z.string().max(100) }) },
  responses: { 200: json('Counts, and the declarations made.', batch), ...problems(...rightsProblems, 'not_found') },
})

const retry = route({
  method: 'post',
  path: '/v1/declaration-batches/{id}/retry',
  operationId: 'retryDeclarationBatch',
  tags: ['Declarations'],
  summary: 'Try again what was set aside',
  description:
    'For officers of the holder, and agents with its mandate to declare. A batch whose next declaration failed several times in a row is set aside (`set_aside`, with `fault`); what it had declared before stands.',
  security: ofOfficer,
  request: { params: z.object({ id: z.string().max(100) }) },
  responses: {
    200: json('How far it has come.', batch),
    ...problems('malformed', ...rightsProblems, 'not_found', 'not_allowed_now', 'conflict', 'idempotency_mismatch'),
  },
})

export const batchRoutes = api()
  .openapi(preview, async (c) => c.json(await previewDeclarations(c.var.ctx, c.req.valid('json')), 200))
  .openapi(confirm, async (c) => {
    const { id } = await onceOnly(c, (ctx) => confirmDeclarations(ctx, c.req.valid('json')))
    return c.json(await showBatch(c.var.ctx, id), 201)
  })
  .openapi(retry, async (c) => {
    const { id } = await onceOnly(c, (ctx) => retryBatch(ctx, c.req.valid('param').id))
    return c.json(await showBatch(c.var.ctx, id), 200)
  })
  .openapi(read, async (c) =>
    c.json(await showBatch(c.var.ctx, c.req.valid('param').id), 200, { 'Cache-Control': 'no-store' }),
  )
