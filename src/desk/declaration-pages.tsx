import type { Child } from 'hono/jsx'
import { findTerms } from '../../policies/terms.ts'
import type { VerdictValue } from '../../policies/vocabulary.ts'
import { type Context, today } from '../context.ts'
import { daysAfter } from '../dates.ts'
import { type BatchRow, listOpenBatches } from '../declarations/batches/queries.ts'
import { type Declaration, withdrawalInput } from '../declarations/declaration.ts'
import { findDeclaration, findDeclarations, listDeclarationIds } from '../declarations/queries.ts'
import { withdrawDeclaration } from '../declarations/withdraw.ts'
import { findWithdrawers } from '../declarations/withdrawers.ts'
import { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, readCount, readDate } from '../http/language.ts'
import { inLanguage, paths } from '../http/page.tsx'
import { Fact } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { requireActingFor } from '../mandates/acting.ts'
import { OwnForm } from '../people/me-pages.tsx'
import { inputOrStop } from './accept.ts'
import { declarationWords } from './declaration-words.ts'
import { forWhom } from './for-whom.tsx'
import { goTo, orShowAgain, ownForm } from './form.ts'
import { officePage } from './office.tsx'
import { Day, Field, Mark, Nothing } from './parts.tsx'
import { countLiveGrants } from './queries.ts'

const declarationsShownMax = 20
const numbersShownMax = 200
/** More than one office has under way at once. */
const batchesShownMax = 10

/** What the office has declared, and how each declaration stands. */
export const declarationPages = pages()
  .on('GET', paths('/desk/declarations'), (c) => showList(c))
  .on('GET', paths('/desk/declarations/:id'), (c) => showOne(c, c.req.param('id') ?? ''))
  .on('POST', paths('/desk/declarations/:id/withdraw'), async (c) => {
    const { fields } = await ownForm(c)
    const id = c.req.param('id') ?? ''
    return orShowAgain(
      async () => {
        const { reason } = inputOrStop(withdrawalInput, { reason: fields.reason ?? '' })
        await withdrawDeclaration(c.var.ctx, id, reason)
        return goTo(c, `/desk/declarations/${encodeURIComponent(id)}`)
      },
      (stop) => showOne(c, id, stop),
    )
  })

function showList(c: Http): Promise<Response> {
  return officePage(c, 'declarations', undefined, async (post) => {
    const { lang } = languageOf(c)
    const say = declarationWords[lang]
    const { read } = c.var.ctx.db
    const whom = await forWhom(c, post, 'declare', '/desk/declarations', c.req.query('organisation'))
    const ids = await listDeclarationIds(
      read,
      { organisationId: whom.id },
      c.req.query('before')?.slice(0, 100),
      declarationsShownMax + 1,
    )
    const shown = ids.slice(0, declarationsShownMax)
    const batches = await listOpenBatches(read, whom.id, batchesShownMax)
    const found = await findDeclarations(read, shown)
    const last = shown.at(-1)
    return (
      <>
        {whom.choice}
        <p class="lead">{fill(say.lead, { name: whom.name[lang] })}</p>
        <p>
          <a class="button" href={inLanguage(lang, `/desk/declarations/new${whom.query}`)}>
            {say.declareNew}
          </a>
        </p>
        <p>
          <a href={inLanguage(lang, `/desk/exclusions${whom.query}`)}>{say.exclusionsLink}</a> ·{' '}
          <a href={inLanguage(lang, '/desk/assignment')}>{say.assignLink}</a>
        </p>
        <OpenBatches lang={lang} batches={batches} />
        {found.length === 0 ? (
          <Nothing>{say.none}</Nothing>
        ) : (
          <DeclarationRows lang={lang} declarations={found.map(({ declaration }) => declaration)} />
        )}
        {ids.length > shown.length && last !== undefined ? (
          <p>
            <a
              href={`${inLanguage(lang, '/desk/declarations')}?${new URLSearchParams({ ...whom.fields, before: last })}`}
            >
              {say.older}
            </a>
          </p>
        ) : null}
      </>
    )
  })
}

/** What was confirmed and is not all declared yet; where one was set aside, its page says why. */
function OpenBatches({ lang, batches }: { lang: Language; batches: readonly BatchRow[] }) {
  const say = declarationWords[lang]
  if (batches.length === 0) return null
  return (
    <section class="box">
      <h2>{say.openBatches}</h2>
      <ul class="plain">
        {batches.map(({ id, confirmedAt, state }) => (
          <li>
            <a href={inLanguage(lang, `/desk/declarations/batches/${id}`)}>
              <Day at={confirmedAt} lang={lang} />
            </a>{' '}
            {state === 'set_aside' ? say.set_aside : say.working}
          </li>
        ))}
      </ul>
    </section>
  )
}

function DeclarationRows({ lang, declarations }: { lang: Language; declarations: readonly Declaration[] }) {
  const say = declarationWords[lang]
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{say.declared}</th>
          <th scope="col">{say.patents}</th>
          <th scope="col">{say.terms}</th>
          <th scope="col">{say.state}</th>
          <th scope="col">{say.consents}</th>
        </tr>
      </thead>
      <tbody>
        {declarations.map((one) => (
          <tr>
            <th scope="row">
              <a href={inLanguage(lang, `/desk/declarations/${one.id}`)}>
                <Day at={one.declaredAt} lang={lang} />
              </a>
            </th>
            <td>
              <PatentCount lang={lang} patents={one.patents} />{' '}
              <span class="small num faint">{one.patents.numbers.slice(0, 3).join(', ')}</span>
            </td>
            <td>{one.termsId}</td>
            <td>
              <StateMark state={one.state} lang={lang} />
            </td>
            <td>
              <Consents lang={lang} consents={one.consents} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function PatentCount({ lang, patents }: { lang: Language; patents: Declaration['patents'] }) {
  const say = declarationWords[lang]
  const count = readCount(patents.count, lang)
  if (patents.ended === undefined) return <>{fill(say.count, { count })}</>
  return <>{fill(say.countEnded, { count, ended: readCount(patents.ended, lang) })}</>
}

function Consents({ lang, consents }: { lang: Language; consents: Declaration['consents'] }) {
  const say = declarationWords[lang]
  if (consents.length === 0) return <span class="faint">{say.alone}</span>
  return (
    <ul class="plain">
      {consents.map(({ organisation, answer, via, reason }) => (
        <li>
          {organisation.name[lang]} <Mark like={answerMarks[answer]}>{say[`answer_${answer}`]}</Mark>
          {via === undefined ? null : <span class="small faint"> {say.byLink}</span>}
          {reason === undefined ? null : <div class="small">{reason}</div>}
        </li>
      ))}
    </ul>
  )
}

const answerMarks: Readonly<Record<Declaration['consents'][number]['answer'], VerdictValue>> = {
  pending: 'ask',
  given: 'allowed',
  refused: 'not_allowed',
}

export function StateMark({ state, lang }: { state: Declaration['state']; lang: Language }) {
  return <Mark like={stateMarks[state]}>{declarationWords[lang][`state_${state}`]}</Mark>
}

const stateMarks: Readonly<Record<Declaration['state'], VerdictValue>> = {
  draft: 'unrecognised',
  awaiting_consent: 'ask',
  in_force: 'allowed',
  withdrawn: 'not_needed',
}

function showOne(c: Http, id: string, stop?: RegistryError): Promise<Response> {
  const { lang } = languageOf(c)
  const say = declarationWords[lang]
  const below = { title: say.detail, path: `/desk/declarations/${encodeURIComponent(id)}` }
  return officePage(
    c,
    'declarations',
    stop,
    async (_, csrf) => {
      const { ctx } = c.var
      const found = await findDeclaration(ctx.db.read, id)
      if (!found) throw new RegistryError('not_found', 'There is no such declaration.')
      const { declaration } = found
      const { numbers } = declaration.patents
      return (
        <>
          <Facts lang={lang} declaration={declaration} />
          <h2>{say.patents}</h2>
          <p class="num small">
            {numbers.slice(0, numbersShownMax).map((number, i) => (
              <>
                {i === 0 ? null : ', '}
                <a href={inLanguage(lang, `/patents/${encodeURIComponent(number)}`)}>{number}</a>
              </>
            ))}
            {numbers.length > numbersShownMax
              ? ` ${fill(say.moreNumbers, { count: readCount(numbers.length - numbersShownMax, lang) })}`
              : null}
          </p>
          <h2>{say.consents}</h2>
          <Consents lang={lang} consents={declaration.consents} />
          {await withdrawal(ctx, lang, declaration, csrf)}
          <p>
            <a href={`/v1/declarations/${declaration.id}`}>{say.record}</a>
          </p>
        </>
      )
    },
    below,
  )
}

function Facts({ lang, declaration }: { lang: Language; declaration: Declaration }) {
  const say = declarationWords[lang]
  const { organisation, state, termsId, patents, from, until, inForceFrom, closedFrom, withdrawalReason } = declaration
  const day = (name: string, on: string | undefined): Child =>
    on === undefined ? null : (
      <Fact name={name}>
        <Day at={on} lang={lang} />
      </Fact>
    )
  return (
    <dl class="facts">
      <Fact name={say.state}>
        <StateMark state={state} lang={lang} />
      </Fact>
      <Fact name={say.holder}>{organisation.name[lang]}</Fact>
      <Fact name={say.terms}>
        <a href={inLanguage(lang, `/terms/${encodeURIComponent(termsId)}`)}>{termsId}</a>
      </Fact>
      <Fact name={say.patents}>
        <PatentCount lang={lang} patents={patents} />
      </Fact>
      {day(say.from, from)}
      {day(say.until, until)}
      {day(say.inForceFrom, inForceFrom)}
      {day(say.closedFrom, closedFrom)}
      {withdrawalReason === undefined ? null : <Fact name={say.reason}>{withdrawalReason}</Fact>}
    </dl>
  )
}

/** The form to withdraw, with what it would do, for those who may. */
async function withdrawal(ctx: Context, lang: Language, declaration: Declaration, csrf: string): Promise<Child> {
  const say = declarationWords[lang]
  if (declaration.state === 'withdrawn' || !(await mayWithdraw(ctx, declaration))) return null
  const days = findTerms(declaration.termsId)?.tags.noticePeriodDays.value ?? 0
  const grants = await countLiveGrants(ctx.db.read, declaration.id, today(ctx))
  return (
    <section>
      <h2>{say.withdraw}</h2>
      <p>
        {declaration.state === 'in_force'
          ? fill(say.withdrawEffect, {
              days,
              on: readDate(daysAfter(today(ctx), days), lang),
              grants: readCount(grants, lang),
            })
          : say.withdrawNow}
      </p>
      <div class="box danger">
        <OwnForm action={inLanguage(lang, `/desk/declarations/${declaration.id}/withdraw`)} csrf={csrf}>
          <Field id="reason" label={say.withdrawReason} required maxlength={500} />
          <p>
            <button type="submit">{say.withdraw}</button>
          </p>
        </OwnForm>
      </div>
    </section>
  )
}

/** The verb decides anew; the form is left out where it could only refuse. */
async function mayWithdraw(ctx: Context, declaration: Declaration): Promise<boolean> {
  const { withdrawers } = await findWithdrawers(ctx, declaration)
  try {
    await requireActingFor(ctx, withdrawers, 'declare')
    return true
  } catch (error) {
    if (error instanceof RegistryError) return false
    throw error
  }
}
