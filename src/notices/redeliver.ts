import type { Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { requireOfficer } from '../organisations/rights.ts'
import { listDeliveries, queueTest, reviveDelivery } from './delivery-queries.ts'
import { insertNotice } from './queries.ts'
import { ownWebhook } from './subscribe.ts'
import type { Delivery } from './webhook.ts'

/** Queues a notice for this webhook alone. It goes the way of every other one, so that what arrives is what will. */
export function testWebhook(ctx: Context, webhookId: string): Promise<Delivery> {
  const { organisationId } = requireOfficer(ctx.actor, 'organisation:manage')
  return settle(async () => {
    await ownWebhook(ctx, organisationId, webhookId)
    const pending = await listDeliveries(ctx.db.read, webhookId, { state: 'pending' }, undefined, pendingLookedAtMax)
    if (pending.some(({ kind }) => kind === 'webhook_test'))
      throw new RegistryError('not_allowed_now', 'A test of this webhook is under way.')
    const id = ctx.newId()
    const at = ctx.now.toISOString()
    const notice = { to: { organisationId }, kind: 'webhook_test', subject: webhookId, body: {} } as const
    return commit(ctx, {
      write: [insertNotice(id, notice, at), ...queueTest(id, webhookId, at)],
      events: [{ event: 'webhook_tested', subject: webhookId, source: 'officer' }],
      answer: { notice: id, kind: notice.kind, state: 'pending' as const, attempts: 0, nextAt: at },
    })
  })
}

/** A test is the newest but for the notices of the same minutes; the guard of the batch knows all. */
const pendingLookedAtMax = 100

/** A dead letter is sent again, with the whole back-off before it. */
export function retryDelivery(ctx: Context, webhookId: string, noticeId: string): Promise<Delivery> {
  const { organisationId } = requireOfficer(ctx.actor, 'organisation:manage')
  return settle(async () => {
    await ownWebhook(ctx, organisationId, webhookId)
    const [found] = await listDeliveries(ctx.db.read, webhookId, { notice: noticeId }, undefined, 1)
    if (!found) throw new RegistryError('not_found', 'There is no such delivery.')
    if (found.state !== 'dead') throw new RegistryError('not_allowed_now', `The delivery is ${found.state}.`)
    const at = ctx.now.toISOString()
    return commit(ctx, {
      write: [reviveDelivery(webhookId, noticeId, at)],
      events: [{ event: 'delivery_retried', subject: webhookId, source: 'officer', after: { notice: noticeId } }],
      answer: { ...found, state: 'pending' as const, attempts: 0, nextAt: at },
    })
  })
}
