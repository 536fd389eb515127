import { z } from '@hono/zod-openapi'
import { api, body, json, ofPerson, problems, rightsProblems, route, secured } from '../http/api.ts'
import { once } from '../http/idempotency.ts'
import { decodeCursor, page, paged, pageQuery } from '../http/paging.ts'
import { requireOfficer } from '../organisations/rights.ts'
import { listDeliveries, listWebhooks } from './delivery-queries.ts'
import { noticeExample, noticeShown } from './notice.ts'
import { listNotices } from './queries.ts'
import { readNotice, requireRecipient } from './read.ts'
import { retryDelivery, testWebhook } from './redeliver.ts'
import { ownWebhook, subscribe, unsubscribe } from './subscribe.ts'
import {
  delivery,
  deliveryExample,
  deliveryState,
  newWebhook,
  webhook,
  webhookExample,
  webhookInput,
} from './webhook.ts'

const id = z.string().max(200)
const ofOfficer = [...secured('organisation:manage'), ...ofPerson]
const queued = {
  notice: deliveryExample.notice,
  kind: deliveryExample.kind,
  state: 'pending',
  attempts: 0,
  nextAt: '2026-11-21T09:00:00.000Z',
}
const noStore = { 'Cache-Control': 'no-store' }

const list = route({
  method: 'get',
  path: '/v1/notices',
  operationId: 'listNotices',
  tags: ['Notices'],
  summary: 'What you should know, or the organisation that you act for',
  description:
    'For members of the organisation (scope `grants:read`), and for people. The same notices go to the webhooks of the organisation and to its notice address.',
  security: [...secured('grants:read'), ...ofPerson],
  request: {
    query: z.object({
      unread: z.enum(['true', 'false']).optional().openapi({ description: '`true`: only what nobody has read.' }),
      of: z
        .enum(['me', 'organisation'])
        .optional()
        .openapi({ description: 'Default: of the organisation that you act for, else your own.' }),
      ...pageQuery,
    }),
  },
  responses: {
    200: json(
      'The newest first.',
      page(noticeShown).openapi('NoticePage', { example: { items: [noticeExample], next: null } }),
    ),
    ...problems('malformed', ...rightsProblems),
  },
})

const read = route({
  method: 'post',
  path: '/v1/notices/{id}/read',
  operationId: 'readNotice',
  tags: ['Notices'],
  summary: 'Say that a notice was read (officer, or the person)',
  description: 'The first reading is kept as `readAt`; saying it once more changes nothing.',
  security: ofOfficer,
  request: { params: z.object({ id }) },
  responses: {
    200: json('It is read.', noticeShown, { ...noticeExample, readAt: '2026-11-21T10:00:00.000Z' }),
    ...problems(...rightsProblems, 'not_found'),
  },
})

const listAll = route({
  method: 'get',
  path: '/v1/webhooks',
  operationId: 'listWebhooks',
  tags: ['Notices'],
  summary: 'Webhooks of your organisation',
  description: 'For an officer: each address with the kinds of notices that are sent there.',
  security: ofOfficer,
  responses: {
    200: json(
      'Without secrets.',
      z
        .object({ items: z.array(webhook), next: z.null() })
        .openapi('WebhookPage', { example: { items: [webhookExample], next: null } }),
    ),
    ...problems(...rightsProblems),
  },
})

const create = route({
  method: 'post',
  path: '/v1/webhooks',
  operationId: 'createWebhook',
  tags: ['Notices'],
  summary: 'Send the notices of your organisation to a system of its own',
  description: [
    'For an officer. Each notice is a POST signed as Standard Webhooks 1.0 says (`webhook-id`, `webhook-timestamp`, `webhook-signature`).',
    'Answer 2xx within five seconds. Else it is sent again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 14 h (at the next full run), then it is a dead letter. A notice may arrive twice: `webhook-id` stays.',
  ].join('\n\n'),
  security: ofOfficer,
  request: { body: body(webhookInput) },
  responses: {
    201: json('The secret is shown this once.', newWebhook),
    ...problems(
      'malformed',
      ...rightsProblems,
      'not_allowed_now',
      'invalid_input',
      'idempotency_spent',
      'unsupported_media_type',
    ),
  },
})

const remove = route({
  method: 'delete',
  path: '/v1/webhooks/{id}',
  operationId: 'deleteWebhook',
  tags: ['Notices'],
  summary: 'End a webhook and what was still to be sent to it',
  description: 'For an officer. Its secret signs nothing from now on; and its list of deliveries goes with it.',
  security: ofOfficer,
  request: { params: z.object({ id }) },
  responses: {
    204: { description: 'Nothing is sent there any more.' },
    ...problems(...rightsProblems, 'not_found', 'conflict'),
  },
})

const tryOut = route({
  method: 'post',
  path: '/v1/webhooks/{id}/test',
  operationId: 'testWebhook',
  tags: ['Notices'],
  summary: 'Send a test notice with the next run',
  description:
    'For an officer. A notice of the kind `webhook_test`, signed and repeated like every other one; one at a time.',
  security: ofOfficer,
  request: { params: z.object({ id }) },
  responses: {
    202: json('Queued; the list of deliveries tells what became of it.', delivery, {
      ...queued,
      kind: 'webhook_test',
    }),
    ...problems(...rightsProblems, 'not_found', 'not_allowed_now'),
  },
})

const deliveries = route({
  method: 'get',
  path: '/v1/webhooks/{id}/deliveries',
  operationId: 'listDeliveries',
  tags: ['Notices'],
  summary: 'What was sent there, what waits, and what was given up',
  description:
    'For an officer: each notice with the number of attempts, the status of the last answer, and when the next attempt is due.',
  security: ofOfficer,
  request: { params: z.object({ id }), query: z.object({ state: deliveryState.optional(), ...pageQuery }) },
  responses: {
    200: json(
      'The newest notice first.',
      page(delivery).openapi('DeliveryPage', { example: { items: [deliveryExample], next: null } }),
    ),
    ...problems('malformed', ...rightsProblems, 'not_found'),
  },
})

const retry = route({
  method: 'post',
  path: '/v1/webhooks/{id}/deliveries/{noticeId}/retry',
  operationId: 'retryDelivery',
  tags: ['Notices'],
  summary: 'Send a dead letter again',
  description: 'For an officer: a delivery in the state `dead` is pending again, with all its attempts before it.',
  security: ofOfficer,
  request: { params: z.object({ id, noticeId: id }) },
  responses: {
    202: json('Due with the next run.', delivery, queued),
    ...problems(...rightsProblems, 'not_found', 'not_allowed_now', 'conflict'),
  },
})

export const noticeRoutes = api()
  .openapi(list, async (c) => {
    const { ctx } = c.var
    const { unread, of, cursor, limit } = c.req.valid('query')
    const [before] = decodeCursor(cursor) ?? []
    const found = await listNotices(
      ctx.db.read,
      requireRecipient(ctx.actor, of),
      unread === 'true',
      before === undefined ? undefined : String(before),
      limit + 1,
    )
    return c.json(
      paged(c, found, limit, (item) => [item.id]),
      200,
      noStore,
    )
  })
  .openapi(read, async (c) => c.json(await readNotice(c.var.ctx, c.req.valid('param').id), 200, noStore))
  .openapi(listAll, async (c) => {
    const { ctx } = c.var
    const { organisationId } = requireOfficer(ctx.actor, 'organisation:manage')
    return c.json({ items: await listWebhooks(ctx.db.read, organisationId), next: null }, 200, noStore)
  })
  .openapi(create, (c) => {
    c.header('Cache-Control', 'no-store')
    return once(c, 201, (ctx) => subscribe(ctx, c.req.valid('json')))
  })
  .openapi(remove, async (c) => {
    await unsubscribe(c.var.ctx, c.req.valid('param').id)
    return c.body(null, 204)
  })
  .openapi(tryOut, (c) => once(c, 202, (ctx) => testWebhook(ctx, c.req.valid('param').id)))
  .openapi(deliveries, async (c) => {
    const { ctx } = c.var
    const { state, cursor, limit } = c.req.valid('query')
    const { organisationId } = requireOfficer(ctx.actor, 'organisation:manage')
    const { id: webhookId } = await ownWebhook(ctx, organisationId, c.req.valid('param').id)
    const [before] = decodeCursor(cursor) ?? []
    const found = await listDeliveries(
      ctx.db.read,
      webhookId,
      { state },
      before === undefined ? undefined : String(before),
      limit + 1,
    )
    return c.json(
      paged(c, found, limit, (item) => [item.notice]),
      200,
      noStore,
    )
  })
  .openapi(retry, (c) => {
    const { id: webhookId, noticeId } = c.req.valid('param')
    return once(c, 202, (ctx) => retryDelivery(ctx, webhookId, noticeId))
  })
