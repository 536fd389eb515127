import { findTerms } from '../../policies/terms.ts'
import { mode, modeWords, purpose, purposeWords } from '../../policies/vocabulary.ts'
import { checkNumbers } from '../check/verdicts.ts'
import { today } from '../context.ts'
import type { RegistryError } from '../errors.ts'
import { grantInput } from '../grants/grant.ts'
import { postOf } from '../grants/inventor.ts'
import { askForGrant } from '../grants/request.ts'
import type { Http } from '../http/api.ts'
import { languageOf } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { Choice, VerdictMark } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { csrfToken } from '../http/session-cookie.ts'
import { numbersPerCallMax } from '../limits.ts'
import { beneficiaryOf } from '../organisations/organisation.ts'
import { parseText } from '../patents/numbers/text.ts'
import { findFacts } from '../patents/queries.ts'
import { OwnForm } from '../people/me-pages.tsx'
import type { OpenSession } from '../people/session.ts'
import { acceptedTerms, inputOrStop } from './accept.ts'
import { type Fields, forOneself, given, goTo, onceShown, orShowAgain, ownForm, shownField, toSignIn } from './form.ts'
import { AcceptTerms, DeskNav, Field, Nothing, Stop } from './parts.tsx'
import { deskWords } from './words.ts'

/** Asking for a research grant: the numbers first, then the terms and the project. */
export const grantFormPages = pages()
  .on('GET', paths('/me/grants/new'), async (c) => {
    const { session } = c.var
    return session ? showForm(c, session, c.req.query()) : toSignIn(c)
  })
  .on('POST', paths('/me/grants/new'), async (c) => {
    const { session, fields } = await ownForm(c)
    // A list of numbers may be longer than an address can carry.
    if (fields.step === 'terms') return showForm(c, session, fields)
    return orShowAgain(
      async () => {
        const { terms } = await numbersAsked(c, session, fields)
        const needed = acceptedTerms(fields, terms)
        const input = inputOrStop(grantInput, {
          numbers: parseText(fields.numbers ?? '').map(({ input: written }) => written),
          purpose: fields.purpose,
          mode: fields.mode,
          project: {
            title: fields.project ?? '',
            ...(given(fields, 'fundingNumber') ? { fundingNumber: given(fields, 'fundingNumber') } : {}),
          },
          ...(given(fields, 'from') ? { from: given(fields, 'from') } : {}),
          ...(given(fields, 'until') ? { until: given(fields, 'until') } : {}),
          ...(given(fields, 'asserts') ? { assertsPatents: given(fields, 'asserts') === 'yes' } : {}),
          acceptTerms: needed,
        })
        const asked = await onceShown(forOneself(c.var.ctx), fields, (ctx) => askForGrant(ctx, input))
        return goTo(c, 'request' in asked ? '/me/grants#requests' : `/me/grants/${asked.number}`)
      },
      (stop) => showForm(c, session, fields, stop),
    )
  })

async function showForm(c: Http, session: OpenSession, fields: Fields, stop?: RegistryError) {
  const { lang } = languageOf(c)
  const say = deskWords[lang]
  const { ctx } = c.var
  const written = fields.numbers ?? ''
  const { results, terms } = await numbersAsked(c, session, fields)
  const csrf = await csrfToken(c)
  const head = { title: say.newGrant, path: '/me/grants/new', cache: 'no-store', status: stop ? 422 : 200 } as const
  if (results.length === 0)
    return showPage(
      c,
      head,
      <>
        <DeskNav lang={lang} here="grants" />
        <h1>{say.newGrant}</h1>
        <Stop stop={stop} lang={lang} />
        <p class="lead">{say.newGrantLead}</p>
        <div class="box">
          <OwnForm action={inLanguage(lang, '/me/grants/new')} csrf={csrf}>
            <input type="hidden" name="step" value="terms" />
            <label for="numbers">{say.numbers}</label>
            <textarea id="numbers" name="numbers" rows={3} required autocomplete="off" spellcheck={false}>
              {written}
            </textarea>
            <p>
              <button type="submit">{say.toTerms}</button>
            </p>
          </OwnForm>
        </div>
      </>,
    )
  return showPage(
    c,
    head,
    <>
      <DeskNav lang={lang} here="grants" />
      <h1>{say.newGrant}</h1>
      <Stop stop={stop} lang={lang} />
      <table class="rows tight">
        <thead>
          <tr>
            <th scope="col">{say.number}</th>
            <th scope="col">{say.verdict}</th>
          </tr>
        </thead>
        <tbody>
          {results.map(({ input, patent, verdict, sentence }) => (
            <tr>
              <th scope="row" class="num">
                {patent?.number ?? input}
              </th>
              <td>
                <VerdictMark verdict={verdict} lang={lang} /> <span class="small">{sentence[lang]}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {terms.length === 0 ? <Nothing>{say.nothingOpen}</Nothing> : null}
      <div class="box">
        <OwnForm action={inLanguage(lang, '/me/grants/new')} csrf={csrf}>
          <input type="hidden" name={shownField} value={ctx.newId()} />
          <label for="numbers">{say.numbers}</label>
          <textarea id="numbers" name="numbers" rows={3} required autocomplete="off" spellcheck={false}>
            {written}
          </textarea>
          <div class="row">
            <Choice
              name="purpose"
              label={say.purpose}
              options={purpose.options.map((value) => ({ value, label: purposeWords[value].label[lang] }))}
              chosen={fields.purpose ?? 'basic_research'}
            />
            <Choice
              name="mode"
              label={say.mode}
              options={mode.options.map((value) => ({ value, label: modeWords[value].label[lang] }))}
              chosen={fields.mode ?? 'with'}
            />
          </div>
          <div class="row">
            <Field id="project" label={say.projectTitle} value={fields.project} required maxlength={300} />
            <Field id="fundingNumber" label={say.fundingNumber} value={fields.fundingNumber} maxlength={100} />
          </div>
          <div class="row">
            <Field id="from" type="date" label={say.from} value={fields.from ?? today(ctx)} />
            <Field id="until" type="date" label={say.until} hint={say.untilHint} value={fields.until} />
            {terms.some(({ id }) => findTerms(id)?.tags.suspendedWhileAsserting.value) ? (
              <Choice
                name="asserts"
                label={say.asserts}
                options={[
                  { value: '', label: say.notSaid },
                  { value: 'no', label: say.assertsNo },
                  { value: 'yes', label: say.assertsYes },
                ]}
                chosen={fields.asserts}
              />
            ) : null}
          </div>
          <AcceptTerms lang={lang} terms={terms} />
          <p>
            <button type="submit">{say.ask}</button>
          </p>
        </OwnForm>
      </div>
    </>,
  )
}

/** What is said of each number for the person's institution, and the terms under which they are open. */
async function numbersAsked(c: Http, session: OpenSession, fields: Fields) {
  const ctx = forOneself(c.var.ctx)
  const read = parseText(fields.numbers ?? '').slice(0, numbersPerCallMax)
  if (read.length === 0) return { results: [], terms: [] }
  const post = await postOf(ctx, session.person, undefined).catch(() => undefined)
  const keys = read.flatMap(({ candidates }) => (candidates.length === 1 ? candidates.map(({ key }) => key) : []))
  const facts = keys.length === 0 ? [] : [...(await findFacts(ctx.db.read, keys)).values()]
  const open = facts.flatMap(({ declarations }) =>
    declarations.flatMap(({ state, termsId }) => (state === 'in_force' ? [termsId] : [])),
  )
  // A research grant never rests on terms that are for inventors alone.
  const terms = [...new Set(open)]
    .sort()
    .flatMap((id) => findTerms(id) ?? [])
    .filter(({ tags }) => !tags.inventorOnly.value)
  const results = await checkNumbers(ctx, read, {
    purpose: purpose.catch('basic_research').parse(fields.purpose),
    mode: mode.catch('with').parse(fields.mode),
    ...(post ? { beneficiary: beneficiaryOf(post.institution.kind) } : {}),
  })
  return { results, terms: terms.map(({ id, sha256 }) => ({ id, sha256 })) }
}
