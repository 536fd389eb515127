import type { Child } from 'hono/jsx'
import { currentAgreement } from '../../policies/participation.ts'
import { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { csrfToken } from '../http/session-cookie.ts'
import { type Application, applicationInput } from '../organisations/application.ts'
import { findApplication } from '../organisations/application-queries.ts'
import { applyForOrganisation } from '../organisations/apply.ts'
import { type Candidate, candidatesFor } from '../organisations/candidates.ts'
import { sendApplicationAgain, withdrawApplication } from '../organisations/mend-application.ts'
import { findOrganisation } from '../organisations/queries.ts'
import { rorById } from '../organisations/ror-names.ts'
import { ProviderButtons, signInWords } from '../people/sign-in-pages.tsx'
import { inputOrStop } from './accept.ts'
import { ApplicationForm } from './application-form.tsx'
import { type Fields, forOneself, given, goTo, orShowAgain, ownForm } from './form.ts'
import { joinWords, kindWords } from './organisation-words.ts'
import { Field, Stop } from './parts.tsx'

/** An organisation that does not take part yet: find it, write the application, mend it when it was returned. */
export const joinCommonsPages = pages()
  .on('GET', paths('/join'), (c) => showJoin(c))
  .on('POST', paths('/join'), async (c) => {
    const { fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const input = inputOrStop(applicationInput, asInput(fields), 'organisation')
        const ctx = forOneself(c.var.ctx)
        const id = given(fields, 'application')
        await (id === undefined ? applyForOrganisation(ctx, input) : sendApplicationAgain(ctx, id, input))
        return goTo(c, '/me#applications')
      },
      (stop) => showJoin(c, fields, stop),
    )
  })
  .on('POST', paths('/me/applications/withdraw'), async (c) => {
    const { fields } = await ownForm(c)
    await withdrawApplication(forOneself(c.var.ctx), fields.application ?? '')
    return goTo(c, '/me')
  })

/** What the form says in the shape of the API. An empty field is one that was not given. */
function asInput(fields: Fields) {
  const optional = (name: 'ror' | 'corporateNumber') => {
    const value = given(fields, name)
    return value === undefined ? {} : { [name]: value }
  }
  return {
    name: { ja: fields['name-ja'] ?? '', en: fields['name-en'] ?? '' },
    kind: fields.kind,
    country: (fields.country ?? '').trim().toUpperCase(),
    ...optional('ror'),
    ...optional('corporateNumber'),
    signatory: { name: fields['signatory-name'] ?? '', post: fields['signatory-post'] ?? '' },
    agreement: fields.accept === 'yes' ? { id: currentAgreement.id, sha256: fields.agreement ?? '' } : undefined,
  }
}

async function showJoin(c: Http, sent?: Fields, stop?: RegistryError): Promise<Response> {
  const { lang } = languageOf(c)
  const say = joinWords[lang]
  const { ctx, session } = c.var
  const title = say.joinTitle
  const query = new URL(c.req.url).search
  const head = { title, path: `/join${query}`, cache: 'no-store', status: stop ? 422 : 200 } as const
  const lead = (
    <>
      <h1>{title}</h1>
      <p class="lead">{say.joinLead}</p>
    </>
  )
  if (!session)
    return showPage(
      c,
      head,
      <>
        {lead}
        <p>{say.joinSteps}</p>
        <p>{say.alreadyMember}</p>
        <p>
          <a href={inLanguage(lang, '/participation')}>{say.readAgreement}</a>
        </p>
        <h2>{say.joinSignIn}</h2>
        <ProviderButtons
          lang={lang}
          providers={ctx.providers}
          returnTo={inLanguage(lang, `/join${query}`)}
          sentence={signInWords[lang].with}
          csrf=""
        />
      </>,
    )
  const mended = await ownApplication(c, given(sent ?? {}, 'application') ?? c.req.query('application'))
  const fields = sent ?? (mended ? fieldsOf(mended) : await chosen(c))
  return showPage(
    c,
    head,
    <>
      {lead}
      {mended?.reason === undefined ? null : (
        <div class="fault">
          <p>
            <b>{say.returned}</b>
          </p>
          <p>{mended.reason}</p>
        </div>
      )}
      <Stop stop={stop} lang={lang} />
      {fields ? (
        <ApplicationForm lang={lang} csrf={await csrfToken(c)} fields={fields} again={mended !== undefined} />
      ) : (
        await finding(c, lang)
      )}
    </>,
  )
}

/** Finding the organisation: a form that is an address, so that it works without a script. */
async function finding(c: Http, lang: Language): Promise<Child> {
  const say = joinWords[lang]
  const q = (c.req.query('q') ?? '').trim().slice(0, queryCharactersMax)
  const found = q === '' ? [] : await candidatesFor(c.var.ctx.db.read, q)
  const byHand = inLanguage(lang, `/join?name=${encodeURIComponent(q)}`)
  return (
    <>
      <p>{say.joinSteps}</p>
      <div class="box">
        <form method="get" action={inLanguage(lang, '/join')}>
          <div class="row">
            <Field id="q" label={say.find} hint={say.findHint} value={q} maxlength={queryCharactersMax} />
            <div class="go">
              <button type="submit">{say.search}</button>
            </div>
          </div>
        </form>
      </div>
      {q === '' ? <p>{say.alreadyMember}</p> : null}
      {q !== '' && found.length === 0 ? <p>{fill(say.nothingFound, { q })}</p> : null}
      {found.length === 0 ? null : (
        <>
          <h2>{say.found}</h2>
          <p>{say.foundLead}</p>
          <ul class="examples">
            {found.map((one) => (
              <li>
                <CandidateLine lang={lang} candidate={one} />
              </li>
            ))}
          </ul>
        </>
      )}
      {q === '' ? null : (
        <p>
          <a href={byHand}>{say.byHand}</a>
        </p>
      )}
    </>
  )
}

const queryCharactersMax = 200

function CandidateLine({ lang, candidate }: { lang: Language; candidate: Candidate }) {
  const say = joinWords[lang]
  const { name, state } = candidate
  const shown = name[lang] ?? name.ja ?? name.en ?? ''
  const there = lang === 'ja' ? name.en : name.ja
  const takesPart = state === 'approved' || state === 'suspended'
  const choice =
    candidate.id === undefined
      ? `ror=${encodeURIComponent(candidate.ror ?? '')}`
      : `organisation=${encodeURIComponent(candidate.id)}`
  return (
    <>
      <b>{shown}</b>{' '}
      <span class="small faint">
        {there === undefined || there === shown ? null : <span lang={lang === 'ja' ? 'en' : 'ja'}>{there}</span>}{' '}
        {[
          kindWords[candidate.kind][lang],
          candidate.city,
          candidate.ror,
          candidate.source === 'ror' ? say.fromRor : undefined,
        ]
          .filter((one) => one !== undefined)
          .join(' · ')}
      </span>
      <br />
      {takesPart ? (
        <span class="small">{say.memberAlready}</span>
      ) : (
        <a href={inLanguage(lang, `/join?${choice}`)}>
          {say.choose}
          <span class="hide"> {shown}</span>
        </a>
      )}
    </>
  )
}

/** The fields of what was chosen: one of the list, one known by name only, or a name as it was written. */
async function chosen(c: Http): Promise<Fields | undefined> {
  const { ror, organisation, name } = c.req.query()
  if (ror !== undefined) {
    const record = rorById(ror)
    if (record) {
      const { ja, en } = record.name
      return {
        'name-ja': ja ?? en ?? '',
        'name-en': en ?? '',
        kind: record.kind,
        country: record.country,
        ror: record.ror,
      }
    }
  }
  if (organisation !== undefined) {
    const record = (await findOrganisation(c.var.ctx.db.read, organisation))?.organisation
    if (record && (record.state === 'named' || record.state === 'left')) return fieldsOfProposed({ ...record })
  }
  if (name === undefined) return undefined
  const written = name.slice(0, queryCharactersMax)
  const latin = /^[\x20-\x7e]+$/.test(written)
  return { 'name-ja': latin ? '' : written, 'name-en': latin ? written : '', country: 'JP' }
}

async function ownApplication(c: Http, id: string | undefined): Promise<Application | undefined> {
  const { ctx, session } = c.var
  if (id === undefined || !session) return undefined
  const found = await findApplication(ctx.db.read, id)
  if (!found || found.applicantId !== session.person.id)
    throw new RegistryError('not_found', 'There is no such application among yours.')
  return found.application
}

function fieldsOf({ id, proposed, signatory }: Application): Fields {
  return {
    ...fieldsOfProposed(proposed),
    application: id,
    'signatory-name': signatory?.name ?? '',
    'signatory-post': signatory?.post ?? '',
  }
}

function fieldsOfProposed({ name, kind, country, ror, corporateNumber }: Application['proposed']): Fields {
  return {
    'name-ja': name.ja,
    'name-en': name.en,
    kind,
    country,
    ror: ror ?? '',
    corporateNumber: corporateNumber ?? '',
  }
}
