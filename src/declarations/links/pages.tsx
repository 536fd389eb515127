import type { Child } from 'hono/jsx'
import { deed, deedKindWords } from '../../../policies/deed.ts'
import { clauseName, findTerms } from '../../../policies/terms.ts'
import { RegistryError } from '../../errors.ts'
import type { Http } from '../../http/api.ts'
import { fill, type Language, languageOf, readCount, readDate, said } from '../../http/language.ts'
import { inLanguage, paths, Said, showPage } from '../../http/page.tsx'
import { Fact } from '../../http/parts.tsx'
import { pages } from '../../http/problem-pages.tsx'
import { isSameOrigin } from '../../http/session-cookie.ts'
import { answerByLink, openConsentLink } from './answer.ts'
import { linkAnswer, linkStatements } from './link.ts'
import { titlesOf } from './queries.ts'
import { type ConsentWords, consentWords } from './words.ts'

/** With titles; of a longer list the other numbers fold away. */
const titlesShownMax = 25

type Opened = Awaited<ReturnType<typeof openConsentLink>>
type Fields = Readonly<Record<string, string>>
const fieldNames = ['answer', 'reason', 'name', 'post', 'email', 'authority'] as const
type FieldName = (typeof fieldNames)[number]

/** Behind a one-time link: whoever holds it reads what is asked, and answers for the co-owner once. No account. */
export const consentPages = pages()
  .on('GET', paths('/consent/:token'), (c) => showConsent(c, {}, []))
  .on('POST', paths('/consent/:token'), async (c) => {
    if (!isSameOrigin(c)) throw new RegistryError('forbidden', 'The form came from another site. Load the page again.')
    const token = tokenOf(c)
    await openConsentLink(c.var.ctx, token)
    const body = await c.req.parseBody()
    const fields: Record<string, string> = {}
    for (const name of fieldNames) {
      const value = body[name]
      if (typeof value === 'string' && value.trim() !== '') fields[name] = value
    }
    const { lang } = languageOf(c)
    const answer = linkAnswer.safeParse(fields)
    const faults = answer.success ? [] : faultsOf(answer.error.issues)
    if (fields.answer === 'refused' && fields.reason === undefined) faults.push('reason')
    if (!answer.success || faults.length > 0) return showConsent(c, fields, faults)
    try {
      await answerByLink(c.var.ctx, token, lang, answer.data)
    } catch (error) {
      // Used, revoked or withdrawn in between: the page tells which.
      const late = error instanceof RegistryError && lateCodes.has(error.code)
      if (!late) throw error
      return showConsent(c, {}, [])
    }
    return c.redirect(inLanguage(lang, pathOf(token)), 303)
  })

const lateCodes: ReadonlySet<string> = new Set(['already_decided', 'not_allowed_now', 'conflict'])

async function showConsent(c: Http, fields: Fields, faults: readonly FieldName[]): Promise<Response> {
  const { lang } = languageOf(c)
  const say = consentWords[lang]
  const token = tokenOf(c)
  const opened = await openConsentLink(c.var.ctx, token)
  const { declaration } = opened.found
  const { asked, link } = opened
  const words = { asker: declaration.organisation.name[lang], owner: asked.organisation.name[lang] }
  const over = whyOver(opened, say, lang)
  c.header('X-Robots-Tag', 'noindex')
  return showPage(
    c,
    {
      title: say.title,
      path: pathOf(token),
      cache: 'no-store',
      status: faults.length > 0 ? 422 : over === undefined || link.state === 'used' ? 200 : 410,
    },
    <>
      <h1>{say.title}</h1>
      {faults.length === 0 ? null : <Faults say={say} faults={faults} />}
      {over === undefined ? null : <div class="next">{over}</div>}
      <p class="lead">{fill(say.lead, { ...words, count: readCount(declaration.patents.count, lang) })}</p>
      <dl class="facts">
        <Fact name={say.who}>{words.asker}</Fact>
        <Fact name={say.whom}>{words.owner}</Fact>
        <Fact name={say.period}>
          {declaration.until === undefined
            ? fill(say.from, { from: readDate(declaration.from, lang) })
            : fill(say.fromUntil, {
                from: readDate(declaration.from, lang),
                until: readDate(declaration.until, lang),
              })}
        </Fact>
        {over === undefined ? (
          <Fact name={say.until}>
            <time datetime={link.expiresAt}>{readDate(link.expiresAt.slice(0, 10), lang)}</time>
          </Fact>
        ) : null}
      </dl>
      {await patentsShown(c, opened, lang)}
      <TermsShown lang={lang} termsId={declaration.termsId} sha256={declaration.termsSha256} />
      <h2>{say.meaning}</h2>
      <p class="statement">{linkStatements.meaning[lang]}</p>
      {over === undefined ? <AnswerForm lang={lang} token={token} fields={fields} faults={faults} /> : null}
      <p>
        <a href={`/v1/declarations/${declaration.id}`}>{say.record}</a>
      </p>
    </>,
  )
}

/** Why nothing can be answered any more, as a passage of the page; undefined while it can. */
function whyOver({ link, found, asked, officersHere }: Opened, say: ConsentWords, lang: Language): Child | undefined {
  const { declaration } = found
  if (link.state === 'used') {
    const on = readDate((asked.answeredAt ?? link.madeAt).slice(0, 10), lang)
    return (
      <>
        <p>
          <b>{say.used}</b>
        </p>
        <p>
          {asked.answer === 'given'
            ? fill(say.usedGiven, { on })
            : fill(say.usedRefused, { on, reason: asked.reason ?? '' })}
        </p>
        {asked.answer !== 'given' ? null : <p>{declaration.state === 'in_force' ? say.inForce : say.awaits}</p>}
        {asked.evidenceSha256 === undefined ? null : (
          <p class="small">
            {say.evidence}
            <br />
            <code class="pick">{asked.evidenceSha256}</code>
          </p>
        )}
      </>
    )
  }
  if (declaration.state === 'withdrawn') return <p>{say.withdrawn}</p>
  if (asked.answer !== 'pending' || declaration.state !== 'awaiting_consent') return <p>{say.elsewhere}</p>
  if (link.state !== 'open') return <p>{say[link.state]}</p>
  return officersHere ? <p>{say.officersHere}</p> : undefined
}

async function patentsShown(c: Http, { found }: Opened, lang: Language): Promise<Child> {
  const say = consentWords[lang]
  const { patents } = found.declaration
  const titled = await titlesOf(c.var.ctx.db.read, found.patentIds.slice(0, titlesShownMax))
  const shown = new Set(titled.map(({ number }) => number))
  const rest = patents.numbers.filter((number) => !shown.has(number))
  return (
    <>
      <h2>{say.patents}</h2>
      <table class="rows tight">
        <tbody>
          {titled.map(({ number, title }) => (
            <tr>
              <th scope="row" class="num">
                <a href={inLanguage(lang, `/patents/${encodeURIComponent(number)}`)}>{number}</a>
              </th>
              <td>
                <Said {...said(title, lang)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest.length === 0 ? null : (
        <details>
          <summary>{fill(say.more, { count: readCount(rest.length, lang) })}</summary>
          <p class="small num">{rest.join(', ')}</p>
        </details>
      )}
      <p class="small faint">
        {say.list} <code>{patents.sha256}</code>
      </p>
    </>
  )
}

function TermsShown({ lang, termsId, sha256 }: { lang: Language; termsId: string; sha256: string }) {
  const say = consentWords[lang]
  const terms = findTerms(termsId)
  if (!terms) return null
  return (
    <>
      <h2>
        {say.terms} <span class="small">{terms.title[lang]}</span>
      </h2>
      <p class="small faint">{say.deedNote}</p>
      <table class="rows tight">
        <caption class="hide">{say.deed}</caption>
        <tbody>
          {deed(terms).map(({ kind, text }) => (
            <tr>
              <th scope="row">{deedKindWords[kind][lang]}</th>
              <td>{text[lang]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <details>
        <summary>{say.legal}</summary>
        <div class="small">
          {terms.clauses.map((clause) => (
            <p>
              <b>{clauseName(clause.id)[lang]}</b> {clause[lang]}
            </p>
          ))}
        </div>
      </details>
      <p class="small">
        <a href={inLanguage(lang, `/terms/${termsId}`)}>{say.whole}</a>
        <br />
        {say.fingerprint} <code>{sha256}</code>
      </p>
    </>
  )
}

function AnswerForm({
  lang,
  token,
  fields,
  faults,
}: {
  lang: Language
  token: string
  fields: Fields
  faults: readonly FieldName[]
}) {
  const say = consentWords[lang]
  const field = (
    name: 'reason' | 'name' | 'post' | 'email',
    characters: number,
    more: { type?: string; autocomplete: string },
  ) => (
    <div>
      <label for={name}>{say[name]}</label>
      <input
        id={name}
        name={name}
        type={more.type ?? 'text'}
        value={fields[name] ?? ''}
        maxlength={characters}
        required={name !== 'reason'}
        autocomplete={more.autocomplete}
        aria-invalid={faults.includes(name) ? 'true' : undefined}
      />
    </div>
  )
  return (
    <form method="post" action={inLanguage(lang, pathOf(token))} class="box">
      <fieldset id="answer" tabindex={-1}>
        <legend>{say.answer}</legend>
        {(['given', 'refused'] as const).map((value) => (
          <label class="choice">
            <input type="radio" name="answer" value={value} required checked={fields.answer === value} />
            <span>{say[value]}</span>
          </label>
        ))}
      </fieldset>
      <div class="row">{field('reason', 500, { autocomplete: 'off' })}</div>
      <div class="row">
        {field('name', 200, { autocomplete: 'name' })}
        {field('post', 200, { autocomplete: 'organization-title' })}
        {field('email', 254, { type: 'email', autocomplete: 'email' })}
      </div>
      <p class="small faint">{say.personal}</p>
      <label class="choice" id="authority" tabindex={-1}>
        <input type="checkbox" name="authority" value="yes" required checked={fields.authority === 'yes'} />
        <span>{linkStatements.authority[lang]}</span>
      </label>
      <p class="small">{say.once}</p>
      <p>
        <button type="submit">{say.send}</button>
      </p>
    </form>
  )
}

function Faults({ say, faults }: { say: ConsentWords; faults: readonly FieldName[] }) {
  return (
    <div class="fault" role="alert" tabindex={-1} autofocus id="stop">
      <p>
        <b>{say.check}</b>
      </p>
      <ul>
        {[...new Set(faults)].map((name) => (
          <li>
            <a href={`#${name}`}>{say[`fault_${name}`]}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}

function faultsOf(issues: readonly { path: readonly PropertyKey[] }[]): FieldName[] {
  return fieldNames.filter((name) => issues.some(({ path }) => path[0] === name))
}

function tokenOf(c: Http): string {
  return c.req.param('token') ?? ''
}

function pathOf(token: string): string {
  return `/consent/${encodeURIComponent(token)}`
}
