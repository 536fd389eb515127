import type { Child } from 'hono/jsx'
import { type Context, today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, said } from '../http/language.ts'
import { pageSizeMax } from '../http/limits.ts'
import { inLanguage, paths, Said, showPage } from '../http/page.tsx'
import { Choice } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { csrfToken } from '../http/session-cookie.ts'
import { holdersOn, type PatentFacts } from '../patents/facts.ts'
import { numberInputCharactersMax, parseNumber } from '../patents/numbers/parse.ts'
import { findFacts } from '../patents/queries.ts'
import { OwnForm } from '../people/me-pages.tsx'
import type { OpenSession } from '../people/session.ts'
import { withdrawEnquiry } from '../usage/enquiries/answer.ts'
import { askHolder, holdersToAsk } from '../usage/enquiries/ask.ts'
import { enquiryInput, enquirySubject, enquirySubjects } from '../usage/enquiries/enquiry.ts'
import { listSent } from '../usage/enquiries/queries.ts'
import { showEnquiries } from '../usage/enquiries/show.ts'
import { inputOrStop } from './accept.ts'
import { SentTable } from './enquiry-parts.tsx'
import { enquirySubjectWords, enquiryWords } from './enquiry-words.ts'
import {
  type Fields,
  forOneself,
  given,
  goTo,
  officerPost,
  onceShown,
  orShowAgain,
  ownForm,
  shownField,
  toSignIn,
} from './form.ts'
import { DeskNav, Field, Nothing, Stop } from './parts.tsx'

/** What a person asks holders: the list, and the form. */
export const enquiryPages = pages()
  .on('GET', paths('/me/enquiries'), (c) => {
    const { session } = c.var
    return session ? showSent(c, session) : toSignIn(c)
  })
  .on('GET', paths('/me/enquiries/new'), (c) => {
    const { session } = c.var
    return session ? showForm(c, session, c.req.query()) : toSignIn(c)
  })
  .on('POST', paths('/me/enquiries/new'), async (c) => {
    const { session, fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const patent = await patentIn(c.var.ctx, fields)
        if (!patent) return showForm(c, session, fields)
        const [contact, holder] = [given(fields, 'contact'), given(fields, 'holder')]
        const input = inputOrStop(enquiryInput, {
          subject: fields.subject,
          message: fields.message ?? '',
          ...(contact === undefined ? {} : { contact }),
          ...(holder === undefined ? {} : { holder }),
        })
        const asOrganisation = fields.as === 'organisation' && officerPost(session) !== undefined
        await onceShown(asOrganisation ? c.var.ctx : forOneself(c.var.ctx), fields, (ctx) =>
          askHolder(ctx, patent.patentId, input),
        )
        return goTo(c, asOrganisation ? '/desk/enquiries#sent' : '/me/enquiries')
      },
      (stop) => showForm(c, session, fields, stop),
    )
  })
  .on('POST', paths('/me/enquiries/withdraw'), async (c) => {
    const { session, fields } = await ownForm(c)
    const asOrganisation = fields.as === 'organisation'
    return orShowAgain(
      async () => {
        await withdrawEnquiry(asOrganisation ? c.var.ctx : forOneself(c.var.ctx), fields.enquiry ?? '')
        return goTo(c, asOrganisation ? '/desk/enquiries#sent' : '/me/enquiries')
      },
      (stop) => showSent(c, session, stop),
    )
  })

async function showSent(c: Http, { person }: OpenSession, stop?: RegistryError): Promise<Response> {
  const { lang } = languageOf(c)
  const say = enquiryWords[lang]
  const { ctx } = c.var
  const records = await listSent(ctx.db.read, { personId: person.id, organisationId: null }, undefined, pageSizeMax)
  const sent = await showEnquiries(ctx, records, 'sent')
  return showPage(
    c,
    { title: say.mine, path: '/me/enquiries', cache: 'no-store', status: stop ? 422 : 200 },
    <>
      <DeskNav lang={lang} here="enquiries" />
      <h1>{say.mine}</h1>
      <Stop stop={stop} lang={lang} />
      <p class="lead">{say.mineLead}</p>
      {sent.length === 0 ? (
        <Nothing>{say.noneSent}</Nothing>
      ) : (
        <SentTable lang={lang} enquiries={sent} csrf={await csrfToken(c)} as="oneself" />
      )}
      <p>
        <a href={inLanguage(lang, '/me/enquiries/new')}>{say.ask}</a>
      </p>
    </>,
  )
}

/** The patent that the form names, in any spelling; undefined when none can be read. */
async function patentIn({ db }: Pick<Context, 'db'>, fields: Fields): Promise<PatentFacts | undefined> {
  const written = given(fields, 'number')?.slice(0, numberInputCharactersMax)
  const keys = written === undefined ? [] : parseNumber(written).candidates.map(({ key }) => key)
  const [only, second] = keys
  if (only === undefined || second !== undefined) return undefined
  return (await findFacts(db.read, [only])).get(only)
}

async function showForm(c: Http, session: OpenSession, fields: Fields, stop?: RegistryError): Promise<Response> {
  const { lang } = languageOf(c)
  const say = enquiryWords[lang]
  const { ctx } = c.var
  const patent = await patentIn(ctx, fields)
  const missing = given(fields, 'number') !== undefined && !patent
  const problem = missing ? new RegistryError('not_found', 'There is no such patent here.') : stop
  return showPage(
    c,
    { title: say.ask, path: '/me/enquiries/new', cache: 'no-store', status: problem ? 422 : 200 },
    <>
      <DeskNav lang={lang} here="enquiries" />
      <h1>{say.ask}</h1>
      <Stop stop={problem} lang={lang} />
      {patent ? await formFor(c, session, patent, fields) : <NumberForm lang={lang} written={fields.number} />}
    </>,
  )
}

function NumberForm({ lang, written }: { lang: Language; written: string | undefined }) {
  const say = enquiryWords[lang]
  return (
    <form class="box" method="get" action={inLanguage(lang, '/me/enquiries/new')}>
      <div class="row">
        <Field id="number" label={say.number} value={written} required maxlength={numberInputCharactersMax} />
        <div class="go">
          <button type="submit">{say.next}</button>
        </div>
      </div>
    </form>
  )
}

async function formFor(c: Http, session: OpenSession, patent: PatentFacts, fields: Fields): Promise<Child> {
  const { lang } = languageOf(c)
  const say = enquiryWords[lang]
  const { ctx } = c.var
  const post = officerPost(session)
  const holders = (await holdersToAsk(ctx, patent.patentId)).filter(({ id }) => id !== post?.organisationId)
  const line = (
    <p>
      <a class="num" href={inLanguage(lang, `/patents/${encodeURIComponent(patent.number)}`)}>
        {patent.number}
      </a>{' '}
      <Said {...said(patent.title, lang)} />
    </p>
  )
  if (holders.length === 0) {
    const names = holdersOn(patent, today(ctx)).map(({ name }) => name[lang])
    return (
      <>
        {line}
        <p class="lead">{say.noHolder}</p>
        <p>{fill(say.noHolderText, { names: names.join(lang === 'ja' ? '、' : ', ') })}</p>
        <pre class="pick" tabindex={0}>
          {fill(say.letter, { number: patent.number, url: ctx.registryUrl })}
        </pre>
      </>
    )
  }
  const chosen = enquirySubject.safeParse(fields.subject).data
  return (
    <>
      {line}
      <p>{say.askLead}</p>
      <div class="box">
        <OwnForm action={inLanguage(lang, '/me/enquiries/new')} csrf={await csrfToken(c)}>
          <input type="hidden" name={shownField} value={ctx.newId()} />
          <input type="hidden" name="number" value={patent.number} />
          <fieldset id="holder" tabindex={-1}>
            <legend>{say.holder}</legend>
            {holders.map(({ id, name }) => (
              <label class="choice">
                <input
                  type="radio"
                  name="holder"
                  value={id}
                  checked={holders.length === 1 || fields.holder === id}
                  required
                />
                <span>{name[lang]}</span>
              </label>
            ))}
          </fieldset>
          {post === undefined ? null : (
            <Choice
              name="as"
              label={say.as}
              options={[
                { value: 'organisation', label: fill(say.asOrganisation, { name: post.organisationName[lang] }) },
                { value: 'oneself', label: fill(say.asOneself, { name: session.person.name }) },
              ]}
              chosen={fields.as ?? 'organisation'}
            />
          )}
          <Choice
            name="subject"
            label={say.subject}
            options={enquirySubjects.map((value) => ({ value, label: enquirySubjectWords[value][lang] }))}
            chosen={chosen ?? 'licence'}
          />
          <label for="message">{say.message}</label>
          <p class="hint" id="message-hint">
            {say.messageHint}
          </p>
          <textarea id="message" name="message" rows={6} maxlength={4000} required aria-describedby="message-hint">
            {fields.message ?? ''}
          </textarea>
          <Field id="contact" label={say.contact} hint={say.contactHint} value={fields.contact} maxlength={300} />
          <p>
            <button type="submit">{say.send}</button>
          </p>
        </OwnForm>
      </div>
    </>
  )
}
