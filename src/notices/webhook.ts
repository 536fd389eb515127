import { z } from '@hono/zod-openapi'
import { time } from '../shapes.ts'
import { noticeKind, noticeKinds } from './notice.ts'

/** An organisation has a handful of systems that listen; each costs a request for every notice. */
export const webhooksPerOrganisationMax = 10
const urlCharactersMax = 2000

/** Kinds that go to an organisation by subscription. A test goes to the one webhook that is tested. */
const kindsToHear = z
  .array(noticeKind.exclude(['webhook_test']))
  .min(1)
  .max(noticeKinds.length)

export const webhookInput = z
  .object({
    url: z.string().min(1).max(urlCharactersMax).openapi({
      description: 'https, port 443 or 8443, a host of the public internet. Redirects are not followed.',
    }),
    kinds: kindsToHear.exactOptional().openapi({ description: 'Default: every kind that there is now.' }),
  })
  .strict()
  .openapi('WebhookInput', { example: { url: 'https://hooks.university.example/iriai', kinds: ['consent_asked'] } })
export type WebhookInput = z.infer<typeof webhookInput>

export const webhookExample = {
  id: '0198c0de-0000-7000-8000-00000000000c',
  url: 'https://hooks.university.example/iriai',
  kinds: ['consent_asked' as const],
  createdAt: '2026-11-21T09:00:00.000Z',
}

export const webhook = z
  .object({ id: z.uuid(), url: z.string(), kinds: z.array(noticeKind), createdAt: time })
  .openapi('Webhook', { example: webhookExample })
export type Webhook = z.infer<typeof webhook>

export const newWebhook = webhook
  .extend({
    secret: z.string().openapi({ description: 'Shown this once. Verify with any Standard Webhooks library.' }),
  })
  .openapi('NewWebhook', { example: { ...webhookExample, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' } })
export type NewWebhook = z.infer<typeof newWebhook>

/** `pending → delivered | dead`. A dead one is sent again only when that is asked for. */
export const deliveryState = z.enum(['pending', 'delivered', 'dead'])

export const deliveryExample = {
  notice: '0198c0de-0000-7000-8000-00000000000a',
  kind: 'consent_asked',
  state: 'dead',
  attempts: 8,
  lastStatus: 503,
  lastError: 'status',
}

/** How the sending of one notice to one webhook stands. */
export const delivery = z
  .object({
    notice: z.uuid(),
    kind: noticeKind,
    state: deliveryState,
    attempts: z.number().int(),
    nextAt: time.exactOptional().openapi({ description: 'While pending: when it is due.' }),
    lastStatus: z.number().int().exactOptional().openapi({ description: 'HTTP status of the last answer.' }),
    lastError: z
      .string()
      .exactOptional()
      .openapi({ description: '`timeout`, `unreachable`, `redirect` and the like.' }),
  })
  .openapi('Delivery', { example: deliveryExample })
export type Delivery = z.infer<typeof delivery>
