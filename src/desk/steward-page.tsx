import { today } from '../context.ts'
import { invalid, RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, readDate } from '../http/language.ts'
import { inLanguage, paths } from '../http/page.tsx'
import { Fact } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import type { Application } from '../organisations/application.ts'
import { findAcceptance, listLiveApplications } from '../organisations/application-queries.ts'
import type { Organisation } from '../organisations/organisation.ts'
import { findOrganisation, listOrganisations } from '../organisations/queries.ts'
import { requireSteward } from '../organisations/rights.ts'
import { showApplications } from '../organisations/show-applications.ts'
import { OwnForm } from '../people/me-pages.tsx'
import { approvalInput, approveOrganisation } from '../standing/approve-organisation.ts'
import { findLeaving } from '../standing/leaving-queries.ts'
import { extentOf } from '../standing/participation-queries.ts'
import { inputOrStop } from './accept.ts'
import { type Fields, given, goTo, orShowAgain, ownForm, reasonIn } from './form.ts'
import { kindWords, organisationStateWords } from './organisation-words.ts'
import { Day, Field, Mark, Nothing } from './parts.tsx'
import { AcceptedFact, Extent, effectOf, stewardPage } from './steward-office.tsx'
import { stewardWords } from './steward-words.ts'

/** More than a steward works off in a day, and a screenful of organisations; words find the rest. */
const applicationsShownMax = 100
const organisationsShownMax = 50

/** What waits for a steward since when, and the organisations whose participation may be suspended or ended. */
export const stewardPages = pages()
  .on('GET', paths('/desk/applications'), (c) => showQueue(c))
  .on('POST', paths('/desk/applications'), async (c) => {
    const { fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        await approveOrganisation(c.var.ctx, fields.organisation ?? '', inputOrStop(approvalInput, asInput(fields)))
        return goTo(c, '/desk/applications')
      },
      (stop) => showQueue(c, stop),
    )
  })
  .on('GET', paths('/desk/applications/:id'), (c) => showParticipation(c, c.req.param('id') ?? '', {}))
  .on('POST', paths('/desk/applications/:id'), async (c) => {
    const { fields } = await ownForm(c)
    const id = c.req.param('id') ?? ''
    return orShowAgain(
      async () => {
        requireSteward(c.var.ctx.actor)
        if (fields.confirm !== 'yes') throw invalid('/confirm', 'not_confirmed', 'Tick the box first.')
        if (given(fields, 'reason') === undefined) throw invalid('/reason', 'field_reason', 'Give a reason.')
        await approveOrganisation(c.var.ctx, id, inputOrStop(approvalInput, asInput(fields)))
        return goTo(c, `/desk/applications/${encodeURIComponent(id)}`)
      },
      (stop) => showParticipation(c, id, fields, stop),
    )
  })

function asInput(fields: Fields) {
  const reason = reasonIn(fields)
  const takesOver = given(fields, 'takesOver')
  return {
    state: fields.decision,
    ...(reason === undefined ? {} : { reason }),
    ...(takesOver === undefined ? {} : { takesOver }),
  }
}

function showQueue(c: Http, stop?: RegistryError): Promise<Response> {
  const { lang } = languageOf(c)
  const say = stewardWords[lang]
  const { ctx } = c.var
  return stewardPage(c, { title: say.title, path: '/desk/applications' }, stop, async (csrf) => {
    const live = await showApplications(ctx, listLiveApplications(ctx.db.read, applicationsShownMax))
    const waiting = live.filter(({ state }) => state === 'waiting')
    const returned = live.filter(({ state }) => state === 'returned')
    const q = (c.req.query('q') ?? '').trim().slice(0, 200)
    const filter = { includeApplied: false, ...(q === '' ? {} : { q }) }
    const organisations = await listOrganisations(ctx.db.read, filter, undefined, organisationsShownMax)
    return (
      <>
        <p class="lead">{say.lead}</p>
        <h2>{say.waiting}</h2>
        {waiting.length === 0 ? <Nothing>{say.nothing}</Nothing> : null}
        {waiting.map((one) => (
          <Waiting lang={lang} csrf={csrf} application={one} />
        ))}
        {returned.length === 0 ? null : (
          <>
            <h2>{say.returned}</h2>
            <p>{say.returnedLead}</p>
            <ul class="examples">
              {returned.map(({ proposed, reason, sentAt }) => (
                <li>
                  <b>{proposed.name[lang]}</b> <Day at={sentAt} lang={lang} />
                  <br />
                  <span class="small">{reason}</span>
                </li>
              ))}
            </ul>
          </>
        )}
        <h2>{say.organisations}</h2>
        <form method="get" action={inLanguage(lang, '/desk/applications')}>
          <div class="row">
            <Field id="q" label={say.find} value={q} maxlength={200} />
            <div class="go">
              <button type="submit">{say.search}</button>
            </div>
          </div>
        </form>
        <OrganisationTable lang={lang} organisations={organisations} />
      </>
    )
  })
}

function Waiting({ lang, csrf, application }: { lang: Language; csrf: string; application: Application }) {
  const say = stewardWords[lang]
  const { id, organisation, proposed, signatory, agreement, takesOver, sameName, sentAt } = application
  const name = proposed.name[lang]
  const there = lang === 'ja' ? proposed.name.en : proposed.name.ja
  const action = inLanguage(lang, '/desk/applications')
  return (
    <section class="box" aria-labelledby={`name-${id}`}>
      <h3 id={`name-${id}`}>
        {name}{' '}
        <span class="small faint" lang={lang === 'ja' ? 'en' : 'ja'}>
          {there}
        </span>
      </h3>
      <dl class="facts">
        <Fact name={say.since}>
          <Day at={sentAt} lang={lang} />
        </Fact>
        <Fact name={say.organisation}>
          {kindWords[proposed.kind][lang]} · {proposed.country}
          {proposed.corporateNumber === undefined ? null : ` · 法人番号 ${proposed.corporateNumber}`}
          {proposed.ror === undefined ? null : (
            <>
              {' · '}
              <a href={proposed.ror}>{proposed.ror}</a>
            </>
          )}
        </Fact>
        <Fact name={say.signatory}>
          {signatory ? `${signatory.name}（${signatory.post}）` : agreement ? say.erased : say.onPaper}
        </Fact>
      </dl>
      {takesOver === undefined ? null : <p class="aside">{fill(say.goesOn, { name: takesOver.name[lang] })}</p>}
      <OwnForm action={action} csrf={csrf}>
        <input type="hidden" name="organisation" value={organisation} />
        <input type="hidden" name="decision" value="approved" />
        {sameName === undefined ? null : (
          <fieldset>
            <legend>{say.sameName}</legend>
            <label class="choice">
              <input type="radio" name="takesOver" value="" checked />
              <span>{say.noTakeOver}</span>
            </label>
            {sameName.map((one) => (
              <label class="choice">
                <input type="radio" name="takesOver" value={one.id} />
                <span>{fill(say.takeOver, { name: one.name[lang] })}</span>
              </label>
            ))}
          </fieldset>
        )}
        <p>
          <button type="submit">
            {say.approve}
            <span class="hide"> {name}</span>
          </button>
        </p>
      </OwnForm>
      {(['returned', 'declined'] as const).map((decision) => (
        <details>
          <summary>
            {decision === 'returned' ? say.return : say.decline}
            <span class="hide"> {name}</span>
          </summary>
          <OwnForm action={action} csrf={csrf}>
            <input type="hidden" name="organisation" value={organisation} />
            <input type="hidden" name="decision" value={decision} />
            <label for={`${decision}-${id}`}>{say.reason}</label>
            <textarea id={`${decision}-${id}`} name="reason" required maxlength={500} rows={2} />
            <p>
              <button type="submit" class="quiet">
                {decision === 'returned' ? say.return : say.decline}
              </button>
            </p>
          </OwnForm>
        </details>
      ))}
    </section>
  )
}

const likes = {
  approved: 'allowed',
  suspended: 'ask',
  left: 'not_needed',
  applied: 'unrecognised',
  named: 'not_enrolled',
} as const

function OrganisationTable({ lang, organisations }: { lang: Language; organisations: readonly Organisation[] }) {
  const say = stewardWords[lang]
  if (organisations.length === 0) return <Nothing>{say.noOrganisations}</Nothing>
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{say.organisation}</th>
          <th scope="col">{say.state}</th>
          <th scope="col">{say.todo}</th>
        </tr>
      </thead>
      <tbody>
        {organisations.map(({ id, name, kind, state }) => (
          <tr>
            <th scope="row">
              {name[lang]} <span class="small faint">{kindWords[kind][lang]}</span>
            </th>
            <td>
              <Mark like={likes[state]}>{organisationStateWords[state][lang]}</Mark>
            </td>
            <td>
              {state === 'left' ? null : (
                <a href={inLanguage(lang, `/desk/applications/${id}`)}>
                  {say.change}
                  <span class="hide"> {name[lang]}</span>
                </a>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** One participation: what stands, and what suspending, lifting or ending it will do, before it is done. */
async function showParticipation(c: Http, id: string, fields: Fields, stop?: RegistryError): Promise<Response> {
  const { lang } = languageOf(c)
  const say = stewardWords[lang]
  const { ctx } = c.var
  const found = await findOrganisation(ctx.db.read, id)
  if (!found || found.organisation.state === 'applied' || found.organisation.state === 'named')
    throw new RegistryError('not_found', 'There is no such organisation.')
  const { name, state } = found.organisation
  const head = {
    title: fill(say.changeTitle, { name: name[lang] }),
    path: `/desk/applications/${encodeURIComponent(id)}`,
  }
  return stewardPage(c, head, stop, async (csrf) => {
    const [extent, leftOn] = await Promise.all([
      extentOf(ctx.db.read, found.organisation.id, ctx.now),
      findLeaving(ctx.db.read, found.organisation.id),
    ])
    const acts =
      state === 'approved' ? (['suspend', 'leave'] as const) : state === 'suspended' ? (['lift', 'leave'] as const) : []
    return (
      <>
        <dl class="facts">
          <Fact name={say.now}>
            <Mark like={likes[state]}>{organisationStateWords[state][lang]}</Mark>
          </Fact>
          <AcceptedFact lang={lang} accepted={await findAcceptance(ctx.db.read, found.organisation.id)} />
        </dl>
        {leftOn === undefined ? null : <p>{fill(say.leavingGoesOn, { on: readDate(leftOn, lang) })}</p>}
        <Extent lang={lang} extent={extent} on={today(ctx)} />
        {acts.map((act) => (
          <>
            <h2>{say[act]}</h2>
            <p>{effectOf(lang, act, extent)}</p>
            <div class={act === 'lift' ? 'box' : 'box danger'}>
              <OwnForm action={inLanguage(lang, head.path)} csrf={csrf}>
                <input type="hidden" name="decision" value={decisions[act]} />
                <label for={`reason-${act}`}>{say.effectReason}</label>
                <textarea id={`reason-${act}`} name="reason" required maxlength={500} rows={2}>
                  {fields.decision === decisions[act] ? fields.reason : ''}
                </textarea>
                <label class="choice">
                  <input type="checkbox" name="confirm" value="yes" required />
                  <span>{say.confirm}</span>
                </label>
                <p>
                  <button type="submit">{say[act]}</button>
                </p>
              </OwnForm>
            </div>
          </>
        ))}
        <p>
          <a href={inLanguage(lang, '/desk/applications')}>{say.back}</a>
        </p>
      </>
    )
  })
}

const decisions = { suspend: 'suspended', lift: 'approved', leave: 'left' } as const
