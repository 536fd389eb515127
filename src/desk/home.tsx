import type { Child } from 'hono/jsx'
import { today } from '../context.ts'
import { countWaitingFor } from '../declarations/waiting-queries.ts'
import { findGrant, listGrantIds } from '../grants/queries.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, readCount } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { csrfToken } from '../http/session-cookie.ts'
import type { NoticeShown } from '../notices/notice.ts'
import { listNotices } from '../notices/queries.ts'
import { readNotice } from '../notices/read.ts'
import { listApplicationsOf } from '../organisations/application-queries.ts'
import { findOrganisations } from '../organisations/queries.ts'
import { readInventions } from '../patents/inventors/suggest.ts'
import { isCurrent } from '../people/affiliations/affiliation.ts'
import { affiliationsOf, showAffiliations } from '../people/affiliations/queries.ts'
import { settingsOf } from '../people/me-pages.tsx'
import type { OpenSession } from '../people/session.ts'
import { AffiliationMark } from './affiliation-pages.tsx'
import { ApplicationTable } from './application-form.tsx'
import { goTo, officerPost, orShowAgain, ownForm, toSignIn } from './form.ts'
import { GrantTable } from './grant-pages.tsx'
import { countImportsToDo } from './import-queries.ts'
import { countAskedOfPrincipals } from './mandate-queries.ts'
import { joinWords } from './organisation-words.ts'
import { ButtonForm, Day, DeskNav, Nothing } from './parts.tsx'
import { countHeld } from './portfolio-queries.ts'
import { placeWords, portfolioWords } from './portfolio-words.ts'
import { countWaiting } from './queries.ts'
import { stewardWords } from './steward-words.ts'
import { deskWords } from './words.ts'

/** What is shown of each on the landing page; the rest is a link away. */
const noticesShownMax = 10
const grantsShownMax = 5
const applicationsShownMax = 5
const officePlaces = ['imports', 'consents', 'claims', 'people', 'requests', 'mandates'] as const

/** What a person who has signed in comes to: what waits first, then what is theirs, the settings last. */
export const deskHome = pages()
  .on('GET', paths('/me'), async (c) => {
    const { session } = c.var
    return session ? showHome(c, session) : toSignIn(c)
  })
  .on('POST', paths('/me/notices/read'), async (c) => {
    const { fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        await readNotice(c.var.ctx, fields.notice ?? '')
        return goTo(c, '/me')
      },
      () => goTo(c, '/me'),
    )
  })

async function showHome(c: Http, session: OpenSession): Promise<Response> {
  const { lang } = languageOf(c)
  const say = deskWords[lang]
  const { person } = session
  const csrf = await csrfToken(c)
  return showPage(
    c,
    { title: person.name === '' ? say.desk : person.name, path: '/me', cache: 'no-store' },
    <>
      <DeskNav lang={lang} here="desk" />
      <h1>{person.name === '' ? say.desk : person.name}</h1>
      {person.orcid === undefined ? null : (
        <p>
          <a href={person.orcid}>{person.orcid}</a>
        </p>
      )}
      <h2>{say.waiting}</h2>
      {await waitingFor(c, session, csrf)}
      {await applicationsOf(c, session, csrf)}
      <h2>{say.grants}</h2>
      {await grantsOf(c, session)}
      <h2>{say.inventions}</h2>
      {await inventionsOf(c)}
      <h2>{say.affiliations}</h2>
      {await affiliationsShown(c, session)}
      <div id="settings">{await settingsOf(c, session)}</div>
    </>,
  )
}

/** What the person asked for an organisation, while it is news. */
async function applicationsOf(c: Http, session: OpenSession, csrf: string): Promise<Child> {
  const { lang } = languageOf(c)
  const found = await listApplicationsOf(c.var.ctx.db.read, session.person.id, applicationsShownMax)
  if (found.length === 0) return null
  return (
    <>
      <h2 id="applications">{joinWords[lang].applications}</h2>
      <ApplicationTable lang={lang} csrf={csrf} applications={found.map(({ application }) => application)} />
    </>
  )
}

async function waitingFor(c: Http, session: OpenSession, csrf: string): Promise<Child> {
  const { lang } = languageOf(c)
  const say = { ...deskWords[lang], ...placeWords[lang] }
  const { ctx } = c.var
  const post = officerPost(session)
  const [own, ours, waiting, asked, consents, imports, held] = await Promise.all([
    listNotices(ctx.db.read, { personId: session.person.id }, true, undefined, noticesShownMax),
    post ? listNotices(ctx.db.read, { organisationId: post.organisationId }, true, undefined, noticesShownMax) : [],
    post ? countWaiting(ctx.db.read, post.organisationId, today(ctx)) : undefined,
    post ? countAskedOfPrincipals(ctx.db.read, post.organisationId, today(ctx)) : 0,
    post ? countWaitingFor(ctx.db.read, post.organisationId) : 0,
    post ? countImportsToDo(ctx.db.read, post.organisationId) : 0,
    post ? countHeld(ctx.db.read, post.organisationId, today(ctx)) : 0,
  ])
  const counts = waiting && { ...waiting, mandates: asked, consents, imports }
  const work = counts ? officePlaces.filter((place) => counts[place] > 0) : []
  return (
    <>
      {session.person.name === '' ? (
        <p>
          <a href="#settings">{say.nameFirst}</a>
        </p>
      ) : null}
      {own.length + ours.length + work.length === 0 ? <Nothing>{say.nothingWaits}</Nothing> : null}
      {session.steward ? (
        <p>
          <a href={inLanguage(lang, '/desk/applications')}>{stewardWords[lang].title}</a>
        </p>
      ) : null}
      {post && counts ? (
        <ul class="doors">
          <li>
            <h3>
              <a href={inLanguage(lang, '/desk/portfolio')}>{say.portfolio}</a>
            </h3>
            <p>
              {fill(portfolioWords[lang].count, { count: readCount(held, lang) })}
              <br />
              <span class="small faint">{post.organisationName[lang]}</span>
            </p>
          </li>
          {officePlaces.map((place) => (
            <li>
              <h3>
                <a href={inLanguage(lang, `/desk/${place}`)}>{say[place]}</a>
              </h3>
              <p>
                {fill(counts[place] === 0 ? say.noneWait : say.someWait, { count: counts[place] })}
                <br />
                <span class="small faint">{post.organisationName[lang]}</span>
              </p>
            </li>
          ))}
        </ul>
      ) : null}
      <Notices lang={lang} notices={[...own, ...ours]} csrf={csrf} />
    </>
  )
}

function Notices({ lang, notices, csrf }: { lang: Language; notices: readonly NoticeShown[]; csrf: string }) {
  const say = deskWords[lang]
  if (notices.length === 0) return null
  return (
    <ul class="notices">
      {notices.map((notice) => {
        const path = placeOf(notice)
        return (
          <li>
            <Day at={notice.createdAt} lang={lang} />
            <span>
              {notice.text[lang]} {path === undefined ? null : <a href={inLanguage(lang, path)}>{say.see}</a>}
            </span>
            <ButtonForm
              action={inLanguage(lang, '/me/notices/read')}
              csrf={csrf}
              fields={{ notice: notice.id }}
              label={say.read}
              about={notice.text[lang]}
            />
          </li>
        )
      })}
    </ul>
  )
}

/** The page of the desk on which one can act on a notice. */
function placeOf({ kind, to }: NoticeShown): string | undefined {
  const own = 'person' in to
  switch (kind) {
    case 'inventorship_claimed':
      return '/desk/claims'
    case 'inventorship_decided':
      return '/me/inventions'
    case 'affiliation_asserted':
      return '/desk/people'
    case 'affiliation_decided':
      return '/me/affiliations'
    case 'inventor_moved':
      return own ? '/me/grants' : '/desk/people'
    case 'grant_awaits_approval':
      return '/desk/requests'
    case 'consent_asked':
    case 'consent_reminder':
    case 'consent_overdue':
      return '/desk/consents'
    case 'consent_answered':
    case 'declaration_in_force':
    case 'declaration_withdrawn':
      return '/desk/declarations'
    case 'patents_expiring':
      return '/desk/expiring'
    case 'mandate_given':
    case 'mandate_ended':
      return '/desk/mandates'
    case 'enquiry_received':
      return '/desk/enquiries'
    case 'enquiry_answered':
      return own ? '/me/enquiries' : '/desk/enquiries'
    case 'grant_decided':
    case 'grant_issued':
    case 'grant_revoked':
      return own ? '/me/grants' : undefined
    default:
      return undefined
  }
}

async function grantsOf(c: Http, { person }: OpenSession): Promise<Child> {
  const { lang } = languageOf(c)
  const say = deskWords[lang]
  const { db, now } = c.var.ctx
  const ids = await listGrantIds(db.read, { personId: person.id }, undefined, grantsShownMax)
  const grants = (await Promise.all(ids.map((id) => findGrant(db.read, id)))).flatMap((one) => one ?? [])
  if (grants.length === 0)
    return (
      <>
        <Nothing>{say.noGrants}</Nothing>
        <p>
          <a href={inLanguage(lang, '/me/grants/new')}>{say.newGrant}</a>
        </p>
      </>
    )
  const names = await findOrganisations(
    db.read,
    grants.map(({ organisationId }) => organisationId),
  )
  return (
    <>
      <GrantTable lang={lang} grants={grants} now={now} nameOf={(id) => names.get(id)?.name[lang] ?? id} />
      <p>
        <a href={inLanguage(lang, '/me/grants')}>{say.allGrants}</a> ·{' '}
        <a href={inLanguage(lang, '/me/grants/new')}>{say.newGrant}</a>
      </p>
    </>
  )
}

async function inventionsOf(c: Http): Promise<Child> {
  const { lang } = languageOf(c)
  const say = deskWords[lang]
  const { confirmed, claimed, suggested } = await readInventions(c.var.ctx)
  const open = claimed.filter(({ state }) => state === 'claimed' || state === 'disputed')
  const counts = { confirmed: confirmed.length, claimed: open.length, suggested: suggested.length }
  return (
    <>
      {confirmed.length + claimed.length + suggested.length === 0 ? <Nothing>{say.noInventions}</Nothing> : null}
      <ul class="counts">
        {(['confirmed', 'claimed', 'suggested'] as const).map((group) => (
          <li>
            <a href={`${inLanguage(lang, '/me/inventions')}#${group}`}>{say[group]}</a>{' '}
            <span class="num">{counts[group]}</span>
          </li>
        ))}
        <li>
          <a href={inLanguage(lang, '/me/inventions/claim')}>{say.claimByNumber}</a>
        </li>
      </ul>
    </>
  )
}

async function affiliationsShown(c: Http, { person }: OpenSession): Promise<Child> {
  const { lang } = languageOf(c)
  const say = deskWords[lang]
  const { read } = c.var.ctx.db
  const current = await showAffiliations(read, (await affiliationsOf(read, person)).filter(isCurrent))
  return (
    <>
      {current.length === 0 ? <Nothing>{say.noAffiliations}</Nothing> : null}
      <ul class="plain">
        {current.map(({ organisation, state }) => (
          <li>
            {organisation.name[lang]} <AffiliationMark state={state} lang={lang} />
          </li>
        ))}
      </ul>
      <p>
        <a href={inLanguage(lang, '/me/affiliations')}>{say.addAffiliation}</a> ·{' '}
        <a href={inLanguage(lang, '/me/move')}>{say.moved}</a>
      </p>
    </>
  )
}
