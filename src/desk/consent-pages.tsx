import type { Child } from 'hono/jsx'
import { consentToDeclaration } from '../declarations/consent.ts'
import { consentInput } from '../declarations/declaration.ts'
import { makeConsentLink, revokeConsentLink } from '../declarations/links/ask.ts'
import { type ConsentLink, consentLinkInput, type NewConsentLink } from '../declarations/links/link.ts'
import { linksOf, withOfficers } from '../declarations/links/queries.ts'
import { remindNow } from '../declarations/remind.ts'
import { listWaiting, type Waiting } from '../declarations/waiting-queries.ts'
import type { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, readCount, readDate } from '../http/language.ts'
import { inLanguage, paths } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { OwnForm } from '../people/me-pages.tsx'
import { inputOrStop } from './accept.ts'
import { declarationWords } from './declaration-words.ts'
import { type ForWhom, forWhom, Hidden } from './for-whom.tsx'
import { type Fields, given, goTo, orShowAgain, ownForm } from './form.ts'
import { officePage, YesOrNo } from './office.tsx'
import { ButtonForm, Day, Mark, Nothing } from './parts.tsx'
import { deskWords } from './words.ts'

/** A page stays within its size; the oldest come first, and others follow as those are answered. */
const waitingShownMax = 30

/** One screen: what waits for whom since when, and what can be done about it. */
export const deskConsentPages = pages()
  .on('GET', paths('/desk/consents'), (c) => showConsents(c, {}))
  .on('POST', paths('/desk/consents/answer'), (c) =>
    act(c, async (fields) => {
      const reason = given(fields, 'reason')
      const organisation = given(fields, 'organisation')
      const input = inputOrStop(consentInput, {
        answer: fields.decision,
        ...(reason === undefined ? {} : { reason }),
        ...(organisation === undefined ? {} : { organisation }),
      })
      await consentToDeclaration(c.var.ctx, fields.declaration ?? '', input)
    }),
  )
  .on('POST', paths('/desk/consents/remind'), (c) =>
    act(c, async (fields) => {
      await remindNow(c.var.ctx, fields.declaration ?? '', fields.coOwner ?? '')
    }),
  )
  .on('POST', paths('/desk/consents/revoke'), (c) =>
    act(c, (fields) => revokeConsentLink(c.var.ctx, fields.declaration ?? '', fields.link ?? '')),
  )
  .on('POST', paths('/desk/consents/link'), async (c) => {
    const { fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const email = given(fields, 'email')
        const input = inputOrStop(consentLinkInput, {
          organisation: fields.coOwner ?? '',
          ...(email === undefined ? {} : { email }),
        })
        const made = await makeConsentLink(c.var.ctx, fields.declaration ?? '', input)
        return showConsents(c, fields, undefined, made)
      },
      (stop) => showConsents(c, fields, stop),
    )
  })

async function act(c: Http, run: (fields: Fields) => Promise<void>): Promise<Response> {
  const { fields } = await ownForm(c)
  return orShowAgain(
    async () => {
      await run(fields)
      const organisation = given(fields, 'organisation')
      return goTo(
        c,
        `/desk/consents${organisation === undefined ? '' : `?organisation=${encodeURIComponent(organisation)}`}`,
      )
    },
    (stop) => showConsents(c, fields, stop),
  )
}

function showConsents(c: Http, fields: Fields, stop?: RegistryError, made?: NewConsentLink): Promise<Response> {
  return officePage(c, 'consents', stop, async (post, csrf) => {
    const { lang } = languageOf(c)
    const say = declarationWords[lang]
    const { db, now } = c.var.ctx
    const asked = c.req.query('organisation') ?? fields.organisation
    const whom = await forWhom(c, post, 'consent', '/desk/consents', asked)
    const [forUs, byUs] = await Promise.all([
      listWaiting(db.read, whom.id, 'for_me'),
      listWaiting(db.read, whom.id, 'by_me'),
    ])
    const shown = byUs.slice(0, waitingShownMax)
    const [links, here] = await Promise.all([
      linksOf(
        db.read,
        shown.map(({ declarationId }) => declarationId),
        now,
      ),
      withOfficers(
        db.read,
        shown.map(({ coOwner }) => coOwner.id),
      ),
    ])
    return (
      <>
        {whom.choice}
        <p class="lead">{say.consentsLead}</p>
        {made === undefined ? null : (
          <NewLink
            lang={lang}
            link={made}
            coOwner={byUs.find(({ coOwner }) => coOwner.id === fields.coOwner)?.coOwner.name[lang]}
          />
        )}
        <h2>
          {fill(say.forUs, { name: whom.name[lang] })} <span class="num small">{forUs.length}</span>
        </h2>
        {forUs.length === 0 ? (
          <Nothing>{say.noneForUs}</Nothing>
        ) : (
          <ForUs lang={lang} waiting={forUs.slice(0, waitingShownMax)} whom={whom} csrf={csrf} />
        )}
        <h2>
          {say.byUs} <span class="num small">{byUs.length}</span>
        </h2>
        {byUs.length === 0 ? (
          <Nothing>{say.noneByUs}</Nothing>
        ) : (
          <ByUs lang={lang} waiting={shown} links={links} here={here} whom={whom} csrf={csrf} />
        )}
      </>
    )
  })
}

function NewLink({ lang, link, coOwner }: { lang: Language; link: NewConsentLink; coOwner: string | undefined }) {
  const say = declarationWords[lang]
  return (
    <div class="next" role="status">
      {coOwner === undefined ? null : (
        <p>
          <b>{coOwner}</b>
        </p>
      )}
      <p>{fill(say.linkLead, { until: readDate(link.expiresAt.slice(0, 10), lang) })}</p>
      <p>
        <code class="pick">{link.url}</code>
      </p>
    </div>
  )
}

function Asked({ lang, one }: { lang: Language; one: Waiting }) {
  const say = declarationWords[lang]
  return (
    <>
      <a href={inLanguage(lang, `/desk/declarations/${one.declarationId}`)}>
        {say.patents} {fill(say.count, { count: readCount(one.patents, lang) })}
      </a>{' '}
      <span class="small">
        <a href={inLanguage(lang, `/terms/${encodeURIComponent(one.termsId)}`)}>{one.termsId}</a>
      </span>
    </>
  )
}

function ForUs({
  lang,
  waiting,
  whom,
  csrf,
}: {
  lang: Language
  waiting: readonly Waiting[]
  whom: ForWhom
  csrf: string
}) {
  const say = declarationWords[lang]
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{say.asker}</th>
          <th scope="col">{say.patents}</th>
          <th scope="col">{say.since}</th>
          <th scope="col">
            <span class="hide">{deskWords[lang].todo}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {waiting.map((one) => (
          <tr>
            <th scope="row">{one.asker.name[lang]}</th>
            <td>
              <Asked lang={lang} one={one} />
            </td>
            <td>
              <Day at={one.since} lang={lang} />
            </td>
            <td>
              <YesOrNo
                lang={lang}
                action={inLanguage(lang, '/desk/consents/answer')}
                csrf={csrf}
                fields={{ ...whom.fields, declaration: one.declarationId }}
                id={one.declarationId}
                about={`${one.asker.name[lang]} ${one.termsId}`}
                yes={{ value: 'given', label: say.yes }}
                no={{ value: 'refused', label: say.no }}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ByUs({
  lang,
  waiting,
  links,
  here,
  whom,
  csrf,
}: {
  lang: Language
  waiting: readonly Waiting[]
  links: readonly ConsentLink[]
  here: ReadonlySet<string>
  whom: ForWhom
  csrf: string
}) {
  const say = declarationWords[lang]
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{say.coOwners}</th>
          <th scope="col">{say.patents}</th>
          <th scope="col">{say.since}</th>
          <th scope="col">{say.reminders}</th>
          <th scope="col">
            <span class="hide">{deskWords[lang].todo}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {waiting.map((one) => {
          const fields = { ...whom.fields, declaration: one.declarationId, coOwner: one.coOwner.id }
          const link = links.find(
            ({ declaration, organisation }) => declaration === one.declarationId && organisation === one.coOwner.id,
          )
          return (
            <tr>
              <th scope="row">{one.coOwner.name[lang]}</th>
              <td>
                <Asked lang={lang} one={one} />
              </td>
              <td>
                <Day at={one.since} lang={lang} />
              </td>
              <td>
                <Reminders lang={lang} reminders={one.reminders} />
              </td>
              <td>
                {here.has(one.coOwner.id) ? (
                  <ButtonForm
                    action={inLanguage(lang, '/desk/consents/remind')}
                    csrf={csrf}
                    fields={fields}
                    label={say.remind}
                    about={one.coOwner.name[lang]}
                  />
                ) : (
                  <Link lang={lang} one={one} link={link} fields={fields} csrf={csrf} />
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Reminders({ lang, reminders }: { lang: Language; reminders: Waiting['reminders'] }) {
  const say = declarationWords[lang]
  if (reminders.length === 0) return <span class="faint">{say.noReminder}</span>
  return (
    <ul class="plain">
      {reminders.map(({ kind, sentAt }) => (
        <li class="small">
          <Day at={sentAt} lang={lang} /> {how(kind, lang)}
        </li>
      ))}
    </ul>
  )
}

function how(kind: string, lang: Language): string {
  const say = declarationWords[lang]
  if (kind.startsWith('by hand')) return say.reminded
  return kind.startsWith('holder') ? say.reminded_holder : say.reminded_after
}

function Link({
  lang,
  one,
  link,
  fields,
  csrf,
}: {
  lang: Language
  one: Waiting
  link: ConsentLink | undefined
  fields: Readonly<Record<string, string>>
  csrf: string
}): Child {
  const say = declarationWords[lang]
  const id = `email-${one.declarationId}-${one.coOwner.id}`
  return (
    <>
      {link === undefined ? null : (
        <p class="small">
          <Mark like={link.state === 'open' ? 'ask' : 'not_needed'}>
            {fill(say[`link_${link.state}`], { until: readDate(link.expiresAt.slice(0, 10), lang) })}
          </Mark>
          {link.mail === undefined ? null : (
            <>
              <br />
              {say[`mail_${link.mail}`]}
            </>
          )}
        </p>
      )}
      <details>
        <summary>
          {link === undefined ? say.makeLink : say.renewLink}
          <span class="hide"> {one.coOwner.name[lang]}</span>
        </summary>
        <OwnForm action={inLanguage(lang, '/desk/consents/link')} csrf={csrf}>
          <Hidden fields={fields} />
          <label for={id}>{say.linkEmail}</label>
          <input id={id} name="email" type="email" maxlength={254} autocomplete="off" />
          <button type="submit" class="quiet">
            {say.makeLink}
          </button>
        </OwnForm>
      </details>
      {link?.state === 'open' ? (
        <ButtonForm
          action={inLanguage(lang, '/desk/consents/revoke')}
          csrf={csrf}
          fields={{ ...fields, link: link.id }}
          label={say.revoke}
          about={one.coOwner.name[lang]}
        />
      ) : null}
    </>
  )
}
