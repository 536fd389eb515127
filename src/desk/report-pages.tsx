import type { Child } from 'hono/jsx'
import { findTerms } from '../../policies/terms.ts'
import { reportDutyWords } from '../../policies/vocabulary.ts'
import { type Context, today } from '../context.ts'
import { daysAfter } from '../dates.ts'
import { RegistryError } from '../errors.ts'
import { findGrant, type GrantRecord } from '../grants/queries.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, readDate, said } from '../http/language.ts'
import { inLanguage, paths, Said, showPage } from '../http/page.tsx'
import { Choice } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { csrfToken } from '../http/session-cookie.ts'
import { OwnForm } from '../people/me-pages.tsx'
import { listReportsOfGrant } from '../usage/reports/queries.ts'
import { reportInput, reportKind } from '../usage/reports/report.ts'
import { reportResults, withdrawReport } from '../usage/reports/report-results.ts'
import { inputOrStop } from './accept.ts'
import { type Fields, forOneself, given, goTo, onceShown, orShowAgain, ownForm, shownField, toSignIn } from './form.ts'
import { grantResultWords, reportKindWords } from './grant-result-words.ts'
import { ButtonForm, Day, DeskNav, Field, Nothing, Stop } from './parts.tsx'

const daysOfYear = 365

/** What came of one's own grant: the form that reports it. */
export const reportPages = pages()
  .on('GET', paths('/me/grants/:number/report'), async (c) =>
    c.var.session ? showForm(c, await ownGrant(c), {}) : toSignIn(c),
  )
  .on('POST', paths('/me/grants/:number/report'), async (c) => {
    const { fields } = await ownForm(c)
    const grant = await ownGrant(c)
    return orShowAgain(
      async () => {
        const [ja, en] = [given(fields, 'titleJa'), given(fields, 'titleEn')]
        const [doi, url] = [given(fields, 'doi'), given(fields, 'url')]
        const input = inputOrStop(reportInput, {
          kind: fields.kind,
          title: { ...(ja === undefined ? {} : { ja }), ...(en === undefined ? {} : { en }) },
          ...(doi === undefined ? {} : { doi }),
          ...(url === undefined ? {} : { url }),
          on: fields.on ?? '',
          public: fields.public === 'yes',
        })
        await onceShown(forOneself(c.var.ctx), fields, (ctx) => reportResults(ctx, grant.id, input))
        return goTo(c, `/me/grants/${grant.number}#results`)
      },
      (stop) => showForm(c, grant, fields, stop),
    )
  })
  .on('POST', paths('/me/grants/:number/report/withdraw'), async (c) => {
    const { fields } = await ownForm(c)
    const grant = await ownGrant(c)
    return orShowAgain(
      async () => {
        await withdrawReport(forOneself(c.var.ctx), grant.id, fields.report ?? '')
        return goTo(c, `/me/grants/${grant.number}#results`)
      },
      (stop) => showForm(c, grant, {}, stop),
    )
  })

/** Alike whether there is none or it is another person's. */
export async function ownGrant(c: Http): Promise<GrantRecord> {
  const grant = await findGrant(c.var.ctx.db.read, (c.req.param('number') ?? '').slice(0, 100))
  if (grant === undefined || grant.personId === null || grant.personId !== c.var.session?.person.id)
    throw new RegistryError('not_found', 'You have no such grant.')
  return grant
}

/** What the terms ask to be reported, what was reported, and the way to the form: as it stands on the page of a grant. */
export async function resultsOf(c: Http, grant: GrantRecord): Promise<Child> {
  const { lang } = languageOf(c)
  const say = grantResultWords[lang]
  const { ctx } = c.var
  const reports = (await listReportsOfGrant(ctx.db.read, grant.id)).map(({ report }) => report)
  const last = reports
    .map(({ reportedAt }) => reportedAt.slice(0, 10))
    .sort()
    .at(-1)
  const csrf = await csrfToken(c)
  return (
    <>
      <h2 id="results">{say.results}</h2>
      <Duty lang={lang} grant={grant} last={last} ctx={ctx} />
      {reports.length === 0 ? (
        <Nothing>{say.noResults}</Nothing>
      ) : (
        <ul class="events">
          {reports.map(({ id, kind, title, doi, address, on, public: isPublic }) => (
            <li>
              <Day at={on} lang={lang} />
              <span>
                {reportKindWords[kind][lang]} · <Said {...said(title, lang)} />{' '}
                {address === undefined ? null : <a href={address}>{doi ?? address}</a>}{' '}
                <span class="small faint">{isPublic ? say.shown : say.holdersOnly}</span>
                <ButtonForm
                  action={inLanguage(lang, `/me/grants/${grant.number}/report/withdraw`)}
                  csrf={csrf}
                  fields={{ report: id }}
                  label={say.withdraw}
                  about={said(title, lang).text}
                />
              </span>
            </li>
          ))}
        </ul>
      )}
      {grant.state === 'revoked' ? null : (
        <p>
          <a href={inLanguage(lang, `/me/grants/${grant.number}/report`)}>{say.report}</a>
        </p>
      )}
    </>
  )
}

/** The strictest duty among the terms, and until when the next report is due where it is a yearly one. */
function Duty({
  lang,
  grant,
  last,
  ctx,
}: {
  lang: Language
  grant: GrantRecord
  last: string | undefined
  ctx: Pick<Context, 'now'>
}) {
  const say = grantResultWords[lang]
  const duties = new Set(grant.covered.flatMap(({ termsId }) => findTerms(termsId)?.tags.report.value ?? []))
  const duty = (['yearly', 'on_publication'] as const).find((one) => duties.has(one))
  if (duty === undefined) return <p class="small faint">{reportDutyWords.none.sentence[lang]}</p>
  const live = grant.state === 'valid' && grant.until >= today(ctx)
  const due = daysAfter(last ?? grant.from, daysOfYear)
  return (
    <div class="aside">
      <b>{say.duty}</b>
      <p>
        {reportDutyWords[duty].sentence[lang]}{' '}
        {duty === 'yearly' && live ? fill(say.dueSince, { day: readDate(due, lang) }) : null}{' '}
        {last === undefined ? null : fill(say.reportedOn, { day: readDate(last, lang) })}
      </p>
    </div>
  )
}

async function showForm(c: Http, grant: GrantRecord, fields: Fields, stop?: RegistryError): Promise<Response> {
  const { lang } = languageOf(c)
  const say = grantResultWords[lang]
  const { ctx } = c.var
  const path = `/me/grants/${grant.number}/report`
  return showPage(
    c,
    { title: say.report, path, cache: 'no-store', status: stop ? 422 : 200 },
    <>
      <DeskNav lang={lang} here="grants" />
      <h1>
        {say.report} <span class="small faint num">{grant.number}</span>
      </h1>
      <Stop stop={stop} lang={lang} />
      <p>{say.reportLead}</p>
      <div class="box">
        <OwnForm action={inLanguage(lang, path)} csrf={await csrfToken(c)}>
          <input type="hidden" name={shownField} value={ctx.newId()} />
          <Choice
            name="kind"
            label={say.kind}
            options={reportKind.options.map((value) => ({ value, label: reportKindWords[value][lang] }))}
            chosen={fields.kind ?? 'paper'}
          />
          <fieldset id="title" tabindex={-1}>
            <legend>{say.titles}</legend>
            <Field id="titleJa" label={say.titleJa} value={fields.titleJa} maxlength={300} />
            <Field id="titleEn" label={say.titleEn} value={fields.titleEn} maxlength={300} />
          </fieldset>
          <div class="row">
            <Field id="doi" label={say.doi} value={fields.doi} maxlength={300} />
            <Field id="url" type="url" label={say.url} value={fields.url} maxlength={1000} />
            <Field id="on" type="date" label={say.on} value={fields.on ?? today(ctx)} max={today(ctx)} required />
          </div>
          <label class="choice">
            <input type="checkbox" name="public" value="yes" checked={fields.public === 'yes'} />
            <span>{say.public}</span>
          </label>
          <p>
            <button type="submit">{say.send}</button>
          </p>
        </OwnForm>
      </div>
    </>,
  )
}
