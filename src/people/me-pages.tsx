import type { Child } from 'hono/jsx'
import { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { type Language, languageOf, readDate } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { csrfField, csrfToken, dropCookie, requireCsrf } from '../http/session-cookie.ts'
import { actFor, changePerson, endSession, identityKey, personChange, theRegistry } from './change.ts'
import { unlinkIdentity } from './link.ts'
import { meWords } from './me-words.ts'
import type { Identity } from './person.ts'
import { listIdentities, listSessions } from './queries.ts'
import { localPath } from './return-path.ts'
import type { OpenSession, Session } from './session.ts'

/** What a person changes about oneself. The page at `/me` itself is the desk, which ends with these settings. */
export const mePages = pages()
  .on('POST', paths('/me'), async (c) => {
    const { session, form } = await ownForm(c)
    const { name, language } = form
    const change = personChange.safeParse({ name, language })
    if (!change.success) return showMe(c, session, meWords[languageOf(c).lang].nameFault)
    await changePerson(c.var.ctx, change.data)
    const back = localPath(typeof form.return === 'string' ? form.return : undefined)
    return c.redirect(back ?? inLanguage(change.data.language ?? languageOf(c).lang, '/me'), 303)
  })
  .on('POST', paths('/me/unlink'), async (c) => {
    const { session, form } = await ownForm(c)
    const mine = await listIdentities(c.var.ctx.db.read, session.person.id)
    const keys = await Promise.all(mine.map(identityKey))
    const chosen = mine.find((_, at) => keys[at] === form.account)
    if (!chosen) throw new RegistryError('not_found', 'There is no such account among yours.')
    await unlinkIdentity(c.var.ctx, chosen)
    return c.redirect(inLanguage(languageOf(c).lang, '/me'), 303)
  })
  .on('POST', paths('/me/acting'), async (c) => {
    const { session, form } = await ownForm(c)
    const organisation = typeof form.organisation === 'string' ? form.organisation : ''
    await actFor(c.var.ctx, session, organisation === '' ? undefined : organisation)
    const back = localPath(typeof form.return === 'string' ? form.return : undefined)
    return c.redirect(back ?? inLanguage(languageOf(c).lang, '/me'), 303)
  })
  .on('GET', paths('/me/sessions'), async (c) => {
    const { session } = c.var
    if (!session) return toSignIn(c, '/me/sessions')
    const { ctx } = c.var
    return showSessions(c, await listSessions(ctx.db.read, session.person.id, session.publicId, ctx.now))
  })
  .on('POST', paths('/me/sessions/end'), async (c) => {
    const { session, form } = await ownForm(c)
    const id = typeof form.session === 'string' ? form.session : ''
    await endSession(c.var.ctx, id)
    if (id === session.publicId) dropCookie(c, 'sid')
    return c.redirect(inLanguage(languageOf(c).lang, id === session.publicId ? '/' : '/me/sessions'), 303)
  })

/** A form of one of these pages, from the person whose session it is. */
async function ownForm(c: Http): Promise<{ session: OpenSession; form: Record<string, unknown> }> {
  const form = await c.req.parseBody()
  await requireCsrf(c, form)
  const { session } = c.var
  if (!session) throw new RegistryError('unauthenticated', 'Sign in first.')
  return { session, form }
}

function toSignIn(c: Http, path: string) {
  const { lang } = languageOf(c)
  c.header('Cache-Control', 'no-store')
  return c.redirect(`${inLanguage(lang, '/sign-in')}?return=${encodeURIComponent(inLanguage(lang, path))}`, 303)
}

/** A form with the session's token and one button. */
export function OwnForm({ action, csrf, children }: { action: string; csrf: string; children: Child }) {
  return (
    <form method="post" action={action}>
      <input type="hidden" name={csrfField} value={csrf} />
      {children}
    </form>
  )
}

async function showMe(c: Http, session: OpenSession, fault: string) {
  const say = meWords[languageOf(c).lang]
  const head = { title: say.title, path: '/me', status: 422, cache: 'no-store' } as const
  return showPage(
    c,
    head,
    <>
      <h1>{session.person.name === '' ? say.title : session.person.name}</h1>
      {await settingsOf(c, session, fault)}
    </>,
  )
}

/** Name and language, for whom the session acts, accounts, browsers, and the way out. */
export async function settingsOf(c: Http, session: OpenSession, fault?: string) {
  const { lang } = languageOf(c)
  const say = meWords[lang]
  const csrf = await csrfToken(c)
  const { person } = session
  const mine = await listIdentities(c.var.ctx.db.read, person.id)
  const rows = await Promise.all(mine.map(async (one) => ({ ...one, key: await identityKey(one) })))
  const back = localPath(c.req.query('return'))
  return (
    <>
      <h2>{say.profile}</h2>
      {fault === undefined ? null : (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <OwnForm action={inLanguage(lang, '/me')} csrf={csrf}>
        {back === undefined ? null : <input type="hidden" name="return" value={back} />}
        <div class="row">
          <div>
            <label for="name">{say.name}</label>
            <input id="name" name="name" value={person.name} maxlength={200} required autocomplete="name" />
          </div>
          <div>
            <label for="language">{say.language}</label>
            <select id="language" name="language">
              <option value="ja" lang="ja" selected={person.language === 'ja'}>
                {say.japanese}
              </option>
              <option value="en" lang="en" selected={person.language === 'en'}>
                {say.english}
              </option>
            </select>
          </div>
          <div class="go">
            <button type="submit">{say.save}</button>
          </div>
        </div>
      </OwnForm>
      <Acting lang={lang} session={session} csrf={csrf} />
      <Accounts lang={lang} rows={rows} csrf={csrf} providers={c.var.ctx.providers} />
      <h2>{say.sessions}</h2>
      <p>
        <a href={inLanguage(lang, '/me/sessions')}>{say.seeSessions}</a>
      </p>
      <OwnForm action={inLanguage(lang, '/sign-out')} csrf={csrf}>
        <button type="submit">{say.signOut}</button>
      </OwnForm>
    </>
  )
}

function Acting({ lang, session, csrf }: { lang: Language; session: OpenSession; csrf: string }) {
  const say = meWords[lang]
  const { memberships, actingFor, steward, actsAsSteward } = session
  return (
    <>
      <h2>{say.acting}</h2>
      {memberships.length === 0 && !steward ? (
        <p>
          {say.noPosts} <a href={inLanguage(lang, '/join')}>{say.applyToJoin}</a>
        </p>
      ) : (
        <OwnForm action={inLanguage(lang, '/me/acting')} csrf={csrf}>
          <p>{say.actingLead}</p>
          <div class="row">
            <div>
              <label for="organisation">{say.acting}</label>
              <select id="organisation" name="organisation">
                <option value="" selected={actingFor === undefined && !actsAsSteward}>
                  {say.self}
                </option>
                {memberships.map(({ organisationId, organisationName, organisationApproved, role }) => (
                  <option value={organisationId} selected={organisationId === actingFor}>
                    {`${organisationName[lang]} (${organisationApproved ? say[role] : say.suspended})`}
                  </option>
                ))}
                {steward ? (
                  <option value={theRegistry} selected={actsAsSteward}>
                    {say.asSteward}
                  </option>
                ) : null}
              </select>
            </div>
            <div class="go">
              <button type="submit">{say.choose}</button>
            </div>
          </div>
        </OwnForm>
      )}
    </>
  )
}

function Accounts({
  lang,
  rows,
  csrf,
  providers,
}: {
  lang: Language
  rows: readonly (Identity & { key: string })[]
  csrf: string
  providers: readonly { issuer: string; name: { ja: string; en: string } }[]
}) {
  const say = meWords[lang]
  return (
    <>
      <h2>{say.accounts}</h2>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">{say.issuer}</th>
            <th scope="col">{say.linkedOn}</th>
            <th scope="col">{say.unlink}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ issuer, subject, linkedAt, key }) => (
            <tr>
              <th scope="row">
                {providers.find((one) => one.issuer === issuer)?.name[lang] ?? issuer}{' '}
                <bdi class="faint pick">{subject}</bdi>
              </th>
              <td>{readDate(linkedAt.slice(0, 10), lang)}</td>
              <td>
                {rows.length === 1 ? (
                  say.lastAccount
                ) : (
                  <OwnForm action={inLanguage(lang, '/me/unlink')} csrf={csrf}>
                    <input type="hidden" name="account" value={key} />
                    <button type="submit" class="quiet">
                      {say.unlink}
                    </button>
                  </OwnForm>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <a href={inLanguage(lang, '/sign-in')}>{say.linkMore}</a>
      </p>
    </>
  )
}

async function showSessions(c: Http, sessions: readonly Session[]) {
  const { lang } = languageOf(c)
  const say = meWords[lang]
  const csrf = await csrfToken(c)
  return showPage(
    c,
    { title: say.sessions, path: '/me/sessions', cache: 'no-store' },
    <>
      <h1>{say.sessions}</h1>
      <p class="lead">{say.sessionsLead}</p>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">{say.device}</th>
            <th scope="col">{say.begun}</th>
            <th scope="col">{say.seen}</th>
            <th scope="col">{say.end}</th>
          </tr>
        </thead>
        <tbody>
          {sessions.map(({ id, device, createdAt, lastSeenAt, current }) => (
            <tr>
              <th scope="row">
                {device === '' ? say.unknownDevice : device} {current ? <b>({say.here})</b> : null}
              </th>
              <td>
                <Moment at={createdAt} lang={lang} />
              </td>
              <td>
                <Moment at={lastSeenAt} lang={lang} />
              </td>
              <td>
                <OwnForm action={inLanguage(lang, '/me/sessions/end')} csrf={csrf}>
                  <input type="hidden" name="session" value={id} />
                  <button type="submit" class="quiet">
                    {say.end}
                  </button>
                </OwnForm>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>,
  )
}

/** Day and time, UTC. */
function Moment({ at, lang }: { at: string; lang: Language }) {
  return (
    <time datetime={at}>
      {readDate(at.slice(0, 10), lang)} <span class="num">{at.slice(11, 16)} UTC</span>
    </time>
  )
}
