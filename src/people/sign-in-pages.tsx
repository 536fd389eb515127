import type { Provider } from '../config.ts'
import { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import {
  csrfField,
  csrfToken,
  dropCookie,
  isSameOrigin,
  readCookie,
  requireCsrf,
  writeCookie,
} from '../http/session-cookie.ts'
import { beginSignIn } from './begin-sign-in.ts'
import { finishSignIn, type SignInFailure } from './finish-sign-in.ts'
import { endSessionRow } from './queries.ts'
import { localPath } from './return-path.ts'
import { deviceOf, sessionDaysMax } from './session.ts'
import { signInSeconds } from './transaction.ts'

const ja = {
  title: 'サインイン',
  lead: '研究者、発明者、機関の担当者としての手続きに使います。閲覧と照会にサインインは要りません。',
  with: '{name}でサインイン',
  link: '{name}のアカウントをつなぐ',
  linkTitle: '別のアカウントをつなぐ',
  linkLead:
    'どのアカウントでサインインしても、同じ人として扱われるようになります。ほかの人のアカウントはつなげません。',
  stored: '保存するもの',
  storedItems: [
    'お名前（提供元が知らせたもの。あとで直せます）',
    'アカウントの識別子（発行元と、発行元での番号）。ORCID でサインインしたときは ORCID iD',
    'サインインした日時と、ブラウザーの種類。自分の画面でいつでも見て、終わらせることができます',
  ],
  why: '同じ人かどうかを確かめ、発明者や担当者としての権利を、その人だけが使えるようにするためです。メールアドレスとパスワードは受け取りません。',
  cookie: 'サインインしている間だけ、そのための Cookie を一つ使います。',
  none: 'この登録簿には、サインインの方法がまだ設定されていません。',
  going: '{name}に移動します',
  goingLead: '自動で移動しないときは、次のリンクを開いてください。',
  proceed: '{name}へ進む',
  failed: 'サインインできませんでした',
  again: 'もう一度サインインする',
  mine: '自分の画面へ',
} as const

type Words = { [Name in keyof typeof ja]: (typeof ja)[Name] extends string ? string : readonly string[] }

const en: Words = {
  title: 'Sign in',
  lead: 'For what you do as a researcher, an inventor or an officer of an organisation. Reading and checking need no sign-in.',
  with: 'Sign in with {name}',
  link: 'Link an account at {name}',
  linkTitle: 'Link another account',
  linkLead:
    'Whichever of your accounts you sign in with, you are then the same person here. Another person’s account cannot be linked.',
  stored: 'What is stored',
  storedItems: [
    'Your name, as the provider gives it; you can change it',
    'The identifier of your account: its issuer, and your number there. With ORCID, your ORCID iD',
    'When you signed in, and the kind of browser. You can see your sessions and end them at any time',
  ],
  why: 'To know that it is you, and that nobody else uses your rights as an inventor or officer. No e-mail address and no password reach us.',
  cookie: 'One cookie is used for this, for as long as you are signed in.',
  none: 'No way to sign in has been set up for this registry yet.',
  going: 'Going to {name}',
  goingLead: 'If nothing happens, follow this link.',
  proceed: 'Go on to {name}',
  failed: 'You are not signed in',
  again: 'Sign in again',
  mine: 'To your page',
}

const words = { ja, en }
export const signInWords = words

const failures: Readonly<Record<SignInFailure, { ja: string; en: string }>> = {
  expired: {
    ja: `このブラウザーで始めたサインインが見つかりません。${signInSeconds / 60}分を過ぎたか、すでに使われたものです。最初からやり直してください。`,
    en: `No sign-in that began in this browser fits this answer: it is more than ${signInSeconds / 60} minutes old, or was used already. Please begin again.`,
  },
  declined: {
    ja: '提供元でサインインが取りやめられました。何も保存していません。',
    en: 'The sign-in was called off at the provider. Nothing was stored.',
  },
  provider: {
    ja: '提供元の答えを確かめられませんでした。何も保存していません。続くときは、登録簿の運営者に知らせてください。',
    en: 'The provider’s answer does not hold. Nothing was stored. If this goes on, please tell the registry.',
  },
  somebody_elses: {
    ja: 'このアカウントは、この登録簿ではほかの人のものです。アカウントが別の人に移ることはありません。',
    en: 'In this registry the account belongs to another person. An account is never moved.',
  },
  not_linked: {
    ja: 'このアカウントはつなげません。ORCID iD は一人に一つです。',
    en: 'This account cannot be linked. A person has one ORCID iD.',
  },
}

export const signInPages = pages()
  .on('GET', paths('/sign-in'), async (c) => {
    const { lang } = languageOf(c)
    const say = words[lang]
    const { session, ctx } = c.var
    const returnTo = localPath(c.req.query('return')) ?? inLanguage(lang, '/me')
    return showPage(
      c,
      { title: session ? say.linkTitle : say.title, path: '/sign-in', cache: 'no-store' },
      <>
        <h1>{session ? say.linkTitle : say.title}</h1>
        <p class="lead">{session ? say.linkLead : say.lead}</p>
        {ctx.providers.length === 0 ? <p class="fault">{say.none}</p> : null}
        <ProviderButtons
          lang={lang}
          providers={ctx.providers}
          returnTo={returnTo}
          sentence={session ? say.link : say.with}
          csrf={await csrfToken(c)}
        />
        <h2>{say.stored}</h2>
        <ul>
          {say.storedItems.map((item) => (
            <li>{item}</li>
          ))}
        </ul>
        <p>{say.why}</p>
        <p>{say.cookie}</p>
      </>,
    )
  })
  .on('POST', paths('/sign-in/:provider'), async (c) => {
    const { lang } = languageOf(c)
    const { ctx, session } = c.var
    const form = await c.req.parseBody()
    if (session) await requireCsrf(c, form)
    else if (!isSameOrigin(c)) throw new RegistryError('forbidden', 'Another site sent this form.')
    const asked = form.return
    const returnTo = localPath(typeof asked === 'string' ? asked : undefined) ?? inLanguage(lang, '/me')
    const providerId = c.req.param('provider') ?? ''
    const { url, id } = await beginSignIn(ctx, providerId, returnTo, session)
    writeCookie(c, 'signin', id, signInSeconds)
    // A redirect after a form would need the provider in `form-action`; a page that goes on by itself does not.
    c.header('Refresh', `0;url=${url}`)
    const name = ctx.providers.find((one) => one.id === providerId)?.name[lang] ?? ''
    const say = words[lang]
    return showPage(
      c,
      { title: fill(say.going, { name }), path: '/sign-in', cache: 'no-store' },
      <>
        <h1>{fill(say.going, { name })}</h1>
        <p>{say.goingLead}</p>
        <p>
          <a href={url}>{fill(say.proceed, { name })}</a>
        </p>
      </>,
    )
  })
  .get('/sign-in/:provider/callback', async (c) => {
    const { ctx, session } = c.var
    const { lang } = languageOf(c)
    const finished = await finishSignIn(ctx, {
      providerId: c.req.param('provider'),
      parameters: new URL(c.req.url).searchParams,
      id: readCookie(c, 'signin'),
      session,
      device: deviceOf(c.req.header('User-Agent')),
      language: lang,
    })
    if (finished.outcome === 'failed') {
      if (finished.fault !== undefined)
        console.error(
          JSON.stringify({ requestId: ctx.requestId, signIn: c.req.param('provider'), fault: finished.fault }),
        )
      return showFailure(c, finished.reason, lang)
    }
    dropCookie(c, 'signin')
    writeCookie(c, 'sid', finished.sessionId, sessionDaysMax * 86_400)
    c.header('Cache-Control', 'no-store')
    const { returnTo, person } = finished
    const page = inLanguage(languageOfPath(returnTo) ?? lang, '/me')
    return c.redirect(person.name === '' ? `${page}?return=${encodeURIComponent(returnTo)}` : returnTo, 303)
  })
  .on('POST', paths('/sign-out'), async (c) => {
    const { lang } = languageOf(c)
    const { ctx, session } = c.var
    await requireCsrf(c, await c.req.parseBody())
    if (session) await endSessionRow(ctx.db, session.person.id, session.publicId)
    dropCookie(c, 'sid')
    c.header('Clear-Site-Data', '"cache"')
    return c.redirect(inLanguage(lang, '/'), 303)
  })

/** One button for each provider, in the order of the settings. */
export function ProviderButtons({
  lang,
  providers,
  returnTo,
  sentence,
  csrf,
}: {
  lang: Language
  providers: readonly Provider[]
  returnTo: string
  sentence: string
  csrf: string
}) {
  return (
    <ul class="examples">
      {providers.map(({ id, name }) => (
        <li>
          <form method="post" action={inLanguage(lang, `/sign-in/${id}`)}>
            <input type="hidden" name="return" value={returnTo} />
            {csrf === '' ? null : <input type="hidden" name={csrfField} value={csrf} />}
            <button type="submit">{fill(sentence, { name: name[lang] })}</button>
          </form>
        </li>
      ))}
    </ul>
  )
}

function showFailure(c: Http, reason: SignInFailure, lang: Language) {
  const say = words[lang]
  const signedIn = c.var.session !== undefined
  return showPage(
    c,
    { title: say.failed, path: '/sign-in', status: reason === 'somebody_elses' ? 403 : 400, cache: 'no-store' },
    <>
      <h1>{signedIn ? say.linkTitle : say.failed}</h1>
      <p class="fault" role="alert">
        {failures[reason][lang]}
      </p>
      <p>
        <a href={inLanguage(lang, signedIn ? '/me' : '/sign-in')}>{signedIn ? say.mine : say.again}</a>
      </p>
    </>,
  )
}

function languageOfPath(path: string): Language | undefined {
  return path.startsWith('/en/') ? 'en' : path.startsWith('/ja/') ? 'ja' : undefined
}
