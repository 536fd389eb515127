import type { Client } from '../clients/client.ts'
import { scopes } from '../context.ts'
import type { Language } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'
import { Choice } from '../http/parts.tsx'
import type { Delivery, Webhook } from '../notices/webhook.ts'
import { OwnForm } from '../people/me-pages.tsx'
import type { Invitation, Member } from '../people/members/invitation.ts'
import { membershipRole } from '../people/person.ts'
import type { Fields } from './form.ts'
import { scopeWords, settingsWords } from './organisation-settings-words.ts'
import { ButtonForm, Day, Field, Nothing } from './parts.tsx'

/** What is shown this once: a link or a key. */
export function Secrets({ lead, secrets }: { lead: string; secrets: readonly (readonly [string, string])[] }) {
  return (
    <div class="box" role="status">
      <p>
        <b>{lead}</b>
      </p>
      <dl class="facts">
        {secrets.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>
              <code class="pick">{value}</code>
            </dd>
          </>
        ))}
      </dl>
    </div>
  )
}

export function PeoplePart({
  lang,
  csrf,
  own,
  members,
  invitations,
}: {
  lang: Language
  csrf: string
  own: string
  members: readonly Member[]
  invitations: readonly Invitation[]
}) {
  const say = settingsWords[lang]
  const officers = members.filter(({ role }) => role === 'officer').length
  return (
    <>
      <h2>{say.people}</h2>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">{say.person}</th>
            <th scope="col">{say.role}</th>
            <th scope="col">{say.sinceDay}</th>
            <th scope="col">{say.todo}</th>
          </tr>
        </thead>
        <tbody>
          {members.map(({ personId, name, role, since }) => (
            <tr>
              <th scope="row">
                <bdi>{name === '' ? say.noname : name}</bdi> {personId === own ? <b>({say.you})</b> : null}
              </th>
              <td>{say[role]}</td>
              <td>
                <Day at={since} lang={lang} />
              </td>
              <td>
                {personId === own && officers === 1 ? (
                  <span class="small">{say.onlyOfficer}</span>
                ) : (
                  <ButtonForm
                    action={inLanguage(lang, '/desk/access/member')}
                    csrf={csrf}
                    fields={{ person: personId }}
                    label={say.end}
                    about={name}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{say.invite}</h3>
      <p>{say.inviteLead}</p>
      <div class="box">
        <OwnForm action={inLanguage(lang, '/desk/access/invite')} csrf={csrf}>
          <div class="row">
            <Choice
              name="role"
              label={say.role}
              options={membershipRole.options.map((value) => ({ value, label: say[value] }))}
              chosen="officer"
            />
            <div class="go">
              <button type="submit">{say.makeInvitation}</button>
            </div>
          </div>
        </OwnForm>
      </div>
      {invitations.length === 0 ? null : (
        <table class="rows">
          <caption>{say.openInvitations}</caption>
          <thead>
            <tr>
              <th scope="col">{say.role}</th>
              <th scope="col">{say.madeOn}</th>
              <th scope="col">{say.expires}</th>
              <th scope="col">{say.todo}</th>
            </tr>
          </thead>
          <tbody>
            {invitations.map(({ id, role, madeAt, expiresAt }) => (
              <tr>
                <th scope="row">{say[role]}</th>
                <td>
                  <Day at={madeAt} lang={lang} />
                </td>
                <td>
                  <Day at={expiresAt} lang={lang} />
                </td>
                <td>
                  <ButtonForm
                    action={inLanguage(lang, '/desk/access/invitation')}
                    csrf={csrf}
                    fields={{ invitation: id }}
                    label={say.withdraw}
                    about={say[role]}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

export function ClientsPart({
  lang,
  csrf,
  clients,
  fields,
}: {
  lang: Language
  csrf: string
  clients: readonly Client[]
  fields: Fields
}) {
  const say = settingsWords[lang]
  return (
    <>
      <h2>{say.clients}</h2>
      <p>{say.clientsLead}</p>
      {clients.length === 0 ? <Nothing>{say.noClients}</Nothing> : null}
      {clients.length === 0 ? null : (
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">{say.person}</th>
              <th scope="col">{say.may}</th>
              <th scope="col">{say.madeOn}</th>
              <th scope="col">{say.todo}</th>
            </tr>
          </thead>
          <tbody>
            {clients.map((client) => (
              <tr>
                <th scope="row">
                  <bdi>{client.name}</bdi>
                  <div class="small faint">
                    <code>{client.client_id}</code>
                  </div>
                </th>
                <td>
                  {client.scopes
                    .flatMap((scope) => (scope === 'registry:steward' ? [] : scopeWords[scope][lang]))
                    .join(' · ')}
                </td>
                <td>
                  <Day at={client.createdAt} lang={lang} />
                </td>
                <td>
                  <ButtonForm
                    action={inLanguage(lang, '/desk/access/client/end')}
                    csrf={csrf}
                    fields={{ client: client.client_id }}
                    label={say.end}
                    about={client.name}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div class="box">
        <OwnForm action={inLanguage(lang, '/desk/access/client')} csrf={csrf}>
          <Field id="client-name" label={say.clientName} value={fields['client-name']} required maxlength={100} />
          <fieldset id="scopes" tabindex={-1}>
            <legend>{say.may}</legend>
            {scopes.map((scope) =>
              scope === 'registry:steward' ? null : (
                <label class="choice">
                  <input
                    type="checkbox"
                    name={`scope-${scope}`}
                    value="yes"
                    checked={fields[`scope-${scope}`] === 'yes'}
                  />
                  <span>{scopeWords[scope][lang]}</span>
                </label>
              ),
            )}
          </fieldset>
          <p>
            <button type="submit">{say.makeClient}</button>
          </p>
        </OwnForm>
      </div>
    </>
  )
}

export function WebhooksPart({
  lang,
  csrf,
  webhooks,
  fields,
}: {
  lang: Language
  csrf: string
  webhooks: readonly (Webhook & { dead: readonly Delivery[] })[]
  fields: Fields
}) {
  const say = settingsWords[lang]
  const path = inLanguage(lang, '/desk/access/webhook')
  return (
    <>
      <h2>{say.webhooks}</h2>
      <p>{say.webhooksLead}</p>
      {webhooks.length === 0 ? <Nothing>{say.noWebhooks}</Nothing> : null}
      {webhooks.map(({ id, url, dead }) => (
        <section aria-label={url}>
          <p>
            <code>{url}</code>
          </p>
          <div class="row">
            <ButtonForm action={`${path}/test`} csrf={csrf} fields={{ webhook: id }} label={say.test} about={url} />
            <ButtonForm action={`${path}/end`} csrf={csrf} fields={{ webhook: id }} label={say.end} about={url} />
          </div>
          {dead.length === 0 ? null : (
            <>
              <h3>{say.dead}</h3>
              <ul class="plain">
                {dead.map(({ notice, kind, lastStatus, lastError }) => (
                  <li>
                    <code>{kind}</code> {say.lastAnswer} <span class="num">{lastStatus ?? lastError ?? '—'}</span>{' '}
                    <ButtonForm
                      action={`${path}/retry`}
                      csrf={csrf}
                      fields={{ webhook: id, notice }}
                      label={say.sendAgain}
                      about={kind}
                    />
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
      ))}
      <div class="box">
        <OwnForm action={path} csrf={csrf}>
          <div class="row">
            <Field id="url" label={say.url} type="url" value={fields.url} required maxlength={2000} />
            <div class="go">
              <button type="submit">{say.makeWebhook}</button>
            </div>
          </div>
        </OwnForm>
      </div>
    </>
  )
}
