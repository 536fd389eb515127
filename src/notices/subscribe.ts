import type { Context } from '../context.ts'
import { invalid, RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { requireOfficer } from '../organisations/rights.ts'
import { deleteWebhook, findWebhook, insertWebhook, listWebhooks } from './delivery-queries.ts'
import { noticeKind } from './notice.ts'
import { type AddressFault, addressFault } from './public-host.ts'
import { secretBytes, secretOf } from './sign.ts'
import { type NewWebhook, type Webhook, type WebhookInput, webhooksPerOrganisationMax } from './webhook.ts'

/** An officer names an address of the organisation that hears of its notices. The answer has the secret, this once. */
export function subscribe(ctx: Context, input: WebhookInput): Promise<NewWebhook> {
  const { organisationId } = requireOfficer(ctx.actor, 'organisation:manage')
  const fault = addressFault(input.url)
  if (fault) throw invalid('/url', fault, faultWords[fault])
  return settle(async () => {
    if ((await listWebhooks(ctx.db.read, organisationId)).length >= webhooksPerOrganisationMax)
      throw new RegistryError('not_allowed_now', `An organisation has up to ${webhooksPerOrganisationMax} webhooks.`)
    const webhook: Webhook = {
      id: ctx.newId(),
      url: new URL(input.url).href,
      kinds: [...new Set(input.kinds ?? noticeKind.exclude(['webhook_test']).options)],
      createdAt: ctx.now.toISOString(),
    }
    const secret = secretOf(ctx.randomBytes(secretBytes))
    return commit(ctx, {
      write: insertWebhook(organisationId, webhook, secret),
      events: [{ event: 'webhook_created', subject: webhook.id, source: 'officer', after: kept(webhook) }],
      answer: { ...webhook, secret },
      secret: true,
    })
  })
}

export function unsubscribe(ctx: Context, id: string): Promise<void> {
  const { organisationId } = requireOfficer(ctx.actor, 'organisation:manage')
  return settle(async () => {
    const webhook = await ownWebhook(ctx, organisationId, id)
    await commit(ctx, {
      write: deleteWebhook(organisationId, id),
      events: [{ event: 'webhook_deleted', subject: id, source: 'officer', before: kept(webhook) }],
      answer: undefined,
    })
  })
}

/** @throws not_found for another organisation's, as for one that there is not */
export async function ownWebhook(ctx: Context, organisationId: string, id: string): Promise<Webhook> {
  const found = await findWebhook(ctx.db.read, organisationId, id)
  if (!found) throw new RegistryError('not_found', 'Your organisation has no such webhook.')
  return found
}

/** Paths and queries of such addresses often hold a key, so history has the host alone. */
function kept({ url, kinds }: Webhook) {
  return { host: new URL(url).host, kinds }
}

const faultWords: Readonly<Record<AddressFault, string>> = {
  unreadable: 'This is no URL.',
  not_https: 'The address has to be https.',
  port: 'The port has to be 443 or 8443.',
  credentials: 'The address must not hold a user name or password; messages are signed instead.',
  private_address: 'The host is not an address of the public internet.',
  private_name: 'The host is not a name of the public internet.',
}
