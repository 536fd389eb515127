import type { Child } from 'hono/jsx'
import { clientInput } from '../clients/client.ts'
import { createClient } from '../clients/create.ts'
import { listClients } from '../clients/queries.ts'
import { revokeClient } from '../clients/revoke.ts'
import { type Scope, scopes } from '../context.ts'
import type { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { languageOf } from '../http/language.ts'
import { paths } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { listDeliveries, listWebhooks } from '../notices/delivery-queries.ts'
import { retryDelivery, testWebhook } from '../notices/redeliver.ts'
import { subscribe, unsubscribe } from '../notices/subscribe.ts'
import { webhookInput } from '../notices/webhook.ts'
import { invitationInput } from '../people/members/invitation.ts'
import { endMembership, invite, withdrawInvitation } from '../people/members/invite.ts'
import { listInvitations, listMembers } from '../people/members/queries.ts'
import { inputOrStop } from './accept.ts'
import { type Fields, given, goTo, orShowAgain, ownForm } from './form.ts'
import { officePage } from './office.tsx'
import { ClientsPart, PeoplePart, Secrets, WebhooksPart } from './organisation-access-parts.tsx'
import { settingsWords } from './organisation-settings-words.ts'

/** Dead letters shown; the API has the rest. */
const deadLettersShownMax = 20

/** Who and what acts for the organisation: people, invitations, machine clients, webhooks. */
export const organisationAccessPages = pages()
  .on('GET', paths('/desk/access'), (c) => showAccess(c, {}))
  .on('POST', paths('/desk/access/invite'), async (c) => {
    const { session, fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const input = inputOrStop(invitationInput, { role: fields.role })
        const { url } = await invite(c.var.ctx, session.actingFor ?? '', input)
        const say = settingsWords[languageOf(c).lang]
        return showAccess(c, {}, undefined, <Secrets lead={say.invitationMade} secrets={[[say.invite, url]]} />)
      },
      (stop) => showAccess(c, fields, stop),
    )
  })
  .on('POST', paths('/desk/access/invitation'), (c) =>
    act(c, ({ ctx, organisation, fields }) => withdrawInvitation(ctx, organisation, fields.invitation ?? '')),
  )
  .on('POST', paths('/desk/access/member'), (c) =>
    act(c, ({ ctx, organisation, fields }) => endMembership(ctx, organisation, fields.person ?? '')),
  )
  .on('POST', paths('/desk/access/client'), async (c) => {
    const { session, fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const input = inputOrStop(clientInput, {
          name: fields['client-name'] ?? '',
          role: 'officer',
          scopes: chosenScopes(fields),
        })
        const made = await createClient(c.var.ctx, session.actingFor ?? '', input)
        const say = settingsWords[languageOf(c).lang]
        const secrets = [
          [say.clientId, made.client_id],
          [say.clientSecret, made.client_secret ?? ''],
        ] as const
        return showAccess(c, {}, undefined, <Secrets lead={say.clientMade} secrets={secrets} />)
      },
      (stop) => showAccess(c, fields, stop),
    )
  })
  .on('POST', paths('/desk/access/client/end'), (c) =>
    act(c, ({ ctx, organisation, fields }) => revokeClient(ctx, organisation, fields.client ?? '')),
  )
  .on('POST', paths('/desk/access/webhook'), async (c) => {
    const { fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const { secret } = await subscribe(c.var.ctx, inputOrStop(webhookInput, { url: given(fields, 'url') ?? '' }))
        const say = settingsWords[languageOf(c).lang]
        return showAccess(c, {}, undefined, <Secrets lead={say.webhookMade} secrets={[[say.secret, secret]]} />)
      },
      (stop) => showAccess(c, fields, stop),
    )
  })
  .on('POST', paths('/desk/access/webhook/end'), (c) =>
    act(c, ({ ctx, fields }) => unsubscribe(ctx, fields.webhook ?? '')),
  )
  .on('POST', paths('/desk/access/webhook/test'), (c) =>
    act(c, ({ ctx, fields }) => testWebhook(ctx, fields.webhook ?? '')),
  )
  .on('POST', paths('/desk/access/webhook/retry'), (c) =>
    act(c, ({ ctx, fields }) => retryDelivery(ctx, fields.webhook ?? '', fields.notice ?? '')),
  )

type Asked = { ctx: Http['var']['ctx']; organisation: string; fields: Fields }

/** One press of a button in a table. */
async function act(c: Http, run: (asked: Asked) => Promise<unknown>): Promise<Response> {
  const { session, fields } = await ownForm(c)
  return orShowAgain(
    async () => {
      await run({ ctx: c.var.ctx, organisation: session.actingFor ?? '', fields })
      return goTo(c, session.person.id === fields.person ? '/me' : '/desk/access')
    },
    (stop) => showAccess(c, fields, stop),
  )
}

function chosenScopes(fields: Fields): Scope[] {
  return scopes.filter((scope) => scope !== 'registry:steward' && fields[`scope-${scope}`] === 'yes')
}

function showAccess(c: Http, fields: Fields, stop?: RegistryError, made?: Child): Promise<Response> {
  return officePage(c, 'access', stop, async ({ organisationId }, csrf) => {
    const { lang } = languageOf(c)
    const { ctx, session } = c.var
    const { read } = ctx.db
    const [members, invitations, clients, webhooks] = await Promise.all([
      listMembers(read, organisationId),
      listInvitations(read, organisationId, ctx.now),
      listClients(read, organisationId),
      listWebhooks(read, organisationId),
    ])
    const dead = await Promise.all(
      webhooks.map(({ id }) => listDeliveries(read, id, { state: 'dead' }, undefined, deadLettersShownMax)),
    )
    return (
      <>
        {made}
        <PeoplePart
          lang={lang}
          csrf={csrf}
          own={session?.person.id ?? ''}
          members={members}
          invitations={invitations.filter(({ state }) => state === 'open')}
        />
        <ClientsPart lang={lang} csrf={csrf} clients={clients} fields={fields} />
        <WebhooksPart
          lang={lang}
          csrf={csrf}
          webhooks={webhooks.map((webhook, at) => ({ ...webhook, dead: dead[at] ?? [] }))}
          fields={fields}
        />
      </>
    )
  })
}
