import { fill, languageOf } from '../../http/language.ts'
import { inLanguage, paths, showPage } from '../../http/page.tsx'
import { pages } from '../../http/problem-pages.tsx'
import { csrfToken, requireCsrf } from '../../http/session-cookie.ts'
import { findOrganisation } from '../../organisations/queries.ts'
import { OwnForm } from '../me-pages.tsx'
import { meWords } from '../me-words.ts'
import { setActingFor } from '../queries.ts'
import { ProviderButtons, signInWords } from '../sign-in-pages.tsx'
import { acceptInvitation, openInvitation } from './join.ts'

/** Behind an invitation's link. It tells the organisation and the post, to whoever holds the link. */
export const joinPages = pages()
  .on('GET', paths('/join/:token'), async (c) => {
    const { lang } = languageOf(c)
    const say = meWords[lang]
    const { ctx, session } = c.var
    const token = c.req.param('token') ?? ''
    const { organisation, role, state } = await openInvitation(ctx, token)
    const found = await findOrganisation(ctx.db.read, organisation)
    const name = found?.organisation.name[lang] ?? ''
    const head = { title: say.joinTitle, path: `/join/${encodeURIComponent(token)}`, cache: 'no-store' }
    if (state !== 'open')
      return showPage(
        c,
        { ...head, status: 409 },
        <>
          <h1>{say.joinTitle}</h1>
          <p class="fault">{say.joinOver}</p>
        </>,
      )
    return showPage(
      c,
      head,
      <>
        <h1>{say.joinTitle}</h1>
        <p class="lead">{fill(say.joinLead, { name, role: say[role] })}</p>
        <p>{role === 'officer' ? say.joinOfficer : say.joinViewer}</p>
        {session ? (
          <OwnForm action={inLanguage(lang, `/join/${encodeURIComponent(token)}`)} csrf={await csrfToken(c)}>
            <p>{fill(say.joinAs, { name: session.person.name === '' ? say.self : session.person.name })}</p>
            <button type="submit">{say.accept}</button>
          </OwnForm>
        ) : (
          <>
            <p>{say.joinSignIn}</p>
            <ProviderButtons
              lang={lang}
              providers={ctx.providers}
              returnTo={inLanguage(lang, `/join/${encodeURIComponent(token)}`)}
              sentence={signInWords[lang].with}
              csrf=""
            />
          </>
        )}
      </>,
    )
  })
  .on('POST', paths('/join/:token'), async (c) => {
    const { lang } = languageOf(c)
    const { ctx, session } = c.var
    await requireCsrf(c, await c.req.parseBody())
    const accepted = await acceptInvitation(ctx, c.req.param('token') ?? '')
    if (session) await setActingFor(ctx.db, session.idSha256, accepted.organisation)
    return c.redirect(inLanguage(lang, '/me'), 303)
  })
