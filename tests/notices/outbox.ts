import { z } from 'zod'
import { registryContext } from '../../src/node.ts'
import { noticeShown } from '../../src/notices/notice.ts'
import type { Outgoing, Send } from '../../src/notices/send.ts'
import { type Delivery, delivery, type NewWebhook, newWebhook } from '../../src/notices/webhook.ts'
import type { Caller, LocalRegistry } from '../support/registry.ts'

const notices = z.object({ items: z.array(noticeShown), next: z.string().nullable() })
const deliveries = z.object({ items: z.array(delivery), next: z.string().nullable() })

export async function noticesOf(caller: Caller, query = '') {
  return (await caller.get(`/v1/notices${query}`)).as(notices)
}

/** Kinds of the notices that the caller reads, the oldest first. */
export async function kindsOf(caller: Caller): Promise<string[]> {
  return (await noticesOf(caller)).items.map(({ kind }) => kind).reverse()
}

export async function subscribed(officer: Caller, more: Record<string, unknown> = {}): Promise<NewWebhook> {
  return (await officer.post('/v1/webhooks', { url: 'https://hooks.example/iriai?key=path', ...more })).as(newWebhook)
}

export async function deliveriesOf(officer: Caller, id: string, query = ''): Promise<Delivery[]> {
  return (await officer.get(`/v1/webhooks/${id}/deliveries${query}`)).as(deliveries).items
}

export function contextOf({ db, keys, url, clock }: LocalRegistry) {
  return registryContext(db, keys, url, clock.now)
}

/** A receiver that answers with these statuses in turn, the last one from then on; it keeps what came. */
export function receiver(...statuses: readonly number[]): { send: Send; received: Outgoing[] } {
  const received: Outgoing[] = []
  return {
    received,
    async send(message) {
      received.push(message)
      return { status: statuses[Math.min(received.length, statuses.length) - 1] ?? 204 }
    },
  }
}
