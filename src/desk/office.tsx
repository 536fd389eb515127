import type { Child } from 'hono/jsx'
import type { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { type Language, languageOf } from '../http/language.ts'
import { inLanguage, showPage } from '../http/page.tsx'
import { csrfToken } from '../http/session-cookie.ts'
import { OwnForm } from '../people/me-pages.tsx'
import type { Membership } from '../people/person.ts'
import type { OpenSession } from '../people/session.ts'
import { usagePlaceWords } from './enquiry-words.ts'
import { officerPost, toSignIn } from './form.ts'
import { Nothing, Stop } from './parts.tsx'
import { placeWords } from './portfolio-words.ts'
import { deskWords } from './words.ts'

type Place =
  | 'imports'
  | 'portfolio'
  | 'claims'
  | 'people'
  | 'requests'
  | 'enquiries'
  | 'objections'
  | 'reports'
  | 'mandates'
  | 'organisation'
  | 'access'
  | 'declarations'
  | 'consents'
  | 'exclusions'
  | 'expiring'
const places: readonly Place[] = [
  'imports',
  'portfolio',
  'declarations',
  'consents',
  'exclusions',
  'expiring',
  'claims',
  'people',
  'requests',
  'enquiries',
  'objections',
  'reports',
  'mandates',
  'organisation',
  'access',
]

/** A page of an institution's officer; who is signed in as nobody's officer is told how to become one. */
export async function officePage(
  c: Http,
  place: Place,
  stop: RegistryError | undefined,
  content: (post: Membership, csrf: string) => Promise<Child>,
  /** A page below that place; `renew`: after so many seconds it is loaded anew where no script follows it. */
  below?: { title: string; path: string; renew?: number },
): Promise<Response> {
  const { lang } = languageOf(c)
  const say = { ...deskWords[lang], ...placeWords[lang], ...usagePlaceWords[lang] }
  const { session } = c.var
  if (!session) return toSignIn(c)
  const post = officerPost(session)
  const csrf = await csrfToken(c)
  const { title, path } = below ?? { title: say[place], path: `/desk/${place}` }
  const renew = below?.renew
  const head = {
    title,
    path,
    cache: 'no-store',
    status: stop === undefined ? 200 : stop.code === 'too_large' ? 413 : 422,
    ...(renew === undefined ? {} : { renew }),
  } as const
  if (!post)
    return showPage(
      c,
      { ...head, status: 403 },
      <>
        <h1>{title}</h1>
        <ChooseOffice lang={lang} session={session} csrf={csrf} returnTo={inLanguage(lang, path)} />
      </>,
    )
  return showPage(
    c,
    head,
    <>
      <nav class="desk" aria-label={post.organisationName[lang]}>
        <ul>
          <li>
            <a href={inLanguage(lang, '/me')}>{say.desk}</a>
          </li>
          {places.map((one) => (
            <li>
              <a href={inLanguage(lang, `/desk/${one}`)} aria-current={one === place ? 'page' : undefined}>
                {say[one]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <h1>
        {title} <span class="small faint">{post.organisationName[lang]}</span>
      </h1>
      <Stop stop={stop} lang={lang} />
      {await content(post, csrf)}
    </>,
  )
}

function ChooseOffice({
  lang,
  session,
  csrf,
  returnTo,
}: {
  lang: Language
  session: OpenSession
  csrf: string
  returnTo: string
}) {
  const say = deskWords[lang]
  const posts = session.memberships.filter(
    ({ role, organisationApproved }) => role === 'officer' && organisationApproved,
  )
  if (posts.length === 0) return <Nothing>{say.noOffice}</Nothing>
  return (
    <>
      <p>{say.chooseOffice}</p>
      {posts.map(({ organisationId, organisationName }) => (
        <OwnForm action={inLanguage(lang, '/me/acting')} csrf={csrf}>
          <input type="hidden" name="organisation" value={organisationId} />
          <input type="hidden" name="return" value={returnTo} />
          <p>
            <button type="submit">{organisationName[lang]}</button>
          </p>
        </OwnForm>
      ))}
    </>
  )
}

/** Yes with one press, no with a reason: two forms that stand in one cell. */
export function YesOrNo({
  lang,
  action,
  csrf,
  fields,
  id,
  about,
  yes,
  no,
}: {
  lang: Language
  action: string
  csrf: string
  fields: Readonly<Record<string, string>>
  id: string
  about: string
  yes: { value: string; label: string } | undefined
  no: { value: string; label: string }
}) {
  const hidden = Object.entries(fields).map(([name, value]) => <input type="hidden" name={name} value={value} />)
  return (
    <>
      {yes === undefined ? null : (
        <OwnForm action={action} csrf={csrf}>
          {hidden}
          <input type="hidden" name="decision" value={yes.value} />
          <button type="submit" class="quiet">
            {yes.label}
            <span class="hide"> {about}</span>
          </button>
        </OwnForm>
      )}
      <details>
        <summary>
          {no.label}
          <span class="hide"> {about}</span>
        </summary>
        <OwnForm action={action} csrf={csrf}>
          {hidden}
          <input type="hidden" name="decision" value={no.value} />
          <label for={`reason-${id}`}>{deskWords[lang].reason}</label>
          <input id={`reason-${id}`} name="reason" required maxlength={500} autocomplete="off" />
          <button type="submit" class="quiet">
            {no.label}
          </button>
        </OwnForm>
      </details>
    </>
  )
}
