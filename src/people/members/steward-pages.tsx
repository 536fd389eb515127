import { fill, languageOf } from '../../http/language.ts'
import { inLanguage, paths, showPage } from '../../http/page.tsx'
import { pages } from '../../http/problem-pages.tsx'
import { csrfToken, requireCsrf } from '../../http/session-cookie.ts'
import { OwnForm } from '../me-pages.tsx'
import { meWords } from '../me-words.ts'
import { setActingAsSteward } from '../queries.ts'
import { ProviderButtons, signInWords } from '../sign-in-pages.tsx'
import { becomeSteward, openStewardInvitation } from './steward.ts'

const words = {
  ja: {
    title: '運営者への招待',
    lead: 'この登録簿の運営者になる招待が届いています。',
    post: '運営者は、機関の参加の申込みを承認し、差し戻し、参加を停止することができます。機関の名前で行うことはできません。',
  },
  en: {
    title: 'Invitation to be a steward',
    lead: 'You are invited to be a steward of this registry.',
    post: 'A steward approves applications of organisations, returns them, and suspends participations. A steward does nothing in an organisation’s name.',
  },
} as const

/** Behind the link that the operator gives to a future steward. */
export const stewardInvitationPages = pages()
  .on('GET', paths('/join/steward/:token'), async (c) => {
    const { lang } = languageOf(c)
    const [say, own] = [words[lang], meWords[lang]]
    const { ctx, session } = c.var
    const token = c.req.param('token') ?? ''
    const { state } = await openStewardInvitation(ctx, token)
    const path = `/join/steward/${encodeURIComponent(token)}`
    const open = state === 'open'
    return showPage(
      c,
      { title: say.title, path, cache: 'no-store', status: open ? 200 : 409 },
      <>
        <h1>{say.title}</h1>
        {open ? (
          <>
            <p class="lead">{say.lead}</p>
            <p>{say.post}</p>
          </>
        ) : (
          <p class="fault">{own.joinOver}</p>
        )}
        {open && session ? (
          <OwnForm action={inLanguage(lang, path)} csrf={await csrfToken(c)}>
            <p>{fill(own.joinAs, { name: session.person.name === '' ? own.self : session.person.name })}</p>
            <button type="submit">{own.accept}</button>
          </OwnForm>
        ) : null}
        {open && !session ? (
          <>
            <p>{own.joinSignIn}</p>
            <ProviderButtons
              lang={lang}
              providers={ctx.providers}
              returnTo={inLanguage(lang, path)}
              sentence={signInWords[lang].with}
              csrf=""
            />
          </>
        ) : null}
      </>,
    )
  })
  .on('POST', paths('/join/steward/:token'), async (c) => {
    const { ctx, session } = c.var
    await requireCsrf(c, await c.req.parseBody())
    await becomeSteward(ctx, c.req.param('token') ?? '')
    if (session) await setActingAsSteward(ctx.db, session.idSha256)
    return c.redirect(inLanguage(languageOf(c).lang, '/me'), 303)
  })
