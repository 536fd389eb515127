import { today } from '../context.ts'
import type { RegistryError } from '../errors.ts'
import { State } from '../grants/certificate-lines.tsx'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { csrfToken } from '../http/session-cookie.ts'
import { findOrganisations } from '../organisations/queries.ts'
import { type Affiliation, affiliationEnd, affiliationInput, isCurrent } from '../people/affiliations/affiliation.ts'
import { assertAffiliation } from '../people/affiliations/assert.ts'
import { affiliationsOf, showAffiliations } from '../people/affiliations/queries.ts'
import { OwnForm } from '../people/me-pages.tsx'
import type { OpenSession } from '../people/session.ts'
import { endAffiliation } from '../standing/decide-affiliation.ts'
import { type Foreseen, foreseeMove, moveInput, recordMove } from '../standing/move.ts'
import { inputOrStop } from './accept.ts'
import { EnquiryText } from './enquiry-text.tsx'
import { type Fields, forOneself, given, goTo, orShowAgain, ownForm, toSignIn } from './form.ts'
import { organisationMeant } from './organisations.ts'
import { ButtonForm, Day, DeskNav, Field, Mark, Nothing, OrganisationField, Stop } from './parts.tsx'
import { deskWords } from './words.ts'

/** Where the person works, and "I moved". */
export const affiliationPages = pages()
  .on('GET', paths('/me/affiliations'), async (c) => {
    const { session } = c.var
    return session ? showList(c, session, {}) : toSignIn(c)
  })
  .on('POST', paths('/me/affiliations'), async (c) => {
    const { session, fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const { id } = await organisationMeant(c.var.ctx, fields.organisation ?? '')
        await assertAffiliation(
          c.var.ctx,
          inputOrStop(affiliationInput, { organisation: id, from: given(fields, 'from') }),
        )
        return goTo(c, '/me/affiliations')
      },
      (stop) => showList(c, session, fields, stop),
    )
  })
  .on('POST', paths('/me/affiliations/end'), async (c) => {
    const { session, fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const on = given(fields, 'on')
        const end = inputOrStop(affiliationEnd, on === undefined ? {} : { on })
        await endAffiliation(forOneself(c.var.ctx), fields.affiliation ?? '', end)
        return goTo(c, '/me/affiliations')
      },
      (stop) => showList(c, session, {}, stop),
    )
  })
  .on('GET', paths('/me/move'), async (c) => {
    const { session } = c.var
    if (!session) return toSignIn(c)
    const fields = c.req.query()
    if (given(fields, 'organisation') === undefined) return showMoveForm(c, {})
    return orShowAgain(
      async () => {
        const to = await organisationMeant(c.var.ctx, fields.organisation ?? '')
        const on = given(fields, 'on') ?? today(c.var.ctx)
        return showForeseen(c, await foreseeMove(c.var.ctx, inputOrStop(moveInput, { to: to.id, on })), on)
      },
      (stop) => showMoveForm(c, fields, stop),
    )
  })
  .on('POST', paths('/me/move'), async (c) => {
    const { fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const { id } = await organisationMeant(c.var.ctx, fields.organisation ?? '')
        const on = given(fields, 'on')
        const { grants } = await recordMove(c.var.ctx, inputOrStop(moveInput, { to: id, ...(on ? { on } : {}) }))
        const [first, ...more] = grants.flatMap(({ next }) => next ?? [])
        if (first && more.length === 0) return goTo(c, `/me/grants/${first.number}`)
        return goTo(c, first ? '/me/grants' : '/me/affiliations')
      },
      (stop) => showMoveForm(c, fields, stop),
    )
  })

async function showList(c: Http, { person }: OpenSession, fields: Fields, stop?: RegistryError) {
  const { lang } = languageOf(c)
  const say = deskWords[lang]
  const { ctx } = c.var
  const all = await showAffiliations(ctx.db.read, await affiliationsOf(ctx.db.read, person))
  const csrf = await csrfToken(c)
  return showPage(
    c,
    { title: say.affiliations, path: '/me/affiliations', cache: 'no-store', status: stop ? 422 : 200 },
    <>
      <DeskNav lang={lang} here="affiliations" />
      <h1>{say.affiliations}</h1>
      <Stop stop={stop} lang={lang} />
      <p class="lead">{say.affiliationsLead}</p>
      {all.length === 0 ? (
        <Nothing>{say.noAffiliations}</Nothing>
      ) : (
        <AffiliationTable lang={lang} affiliations={all} csrf={csrf} />
      )}
      <h2>{say.moved}</h2>
      <p>{say.movedLead}</p>
      <p>
        <a class="button" href={inLanguage(lang, '/me/move')}>
          {say.moved}
        </a>
      </p>
      <h2>{say.addAffiliation}</h2>
      <p>{say.addAffiliationLead}</p>
      <div class="box">
        <OwnForm action={inLanguage(lang, '/me/affiliations')} csrf={csrf}>
          <div class="row">
            <OrganisationField lang={lang} label={say.institution} value={fields.organisation} stop={stop} />
            <Field
              id="from"
              type="date"
              label={say.firstDay}
              value={fields.from ?? today(ctx)}
              max={today(ctx)}
              required
            />
            <div class="go">
              <button type="submit">{say.add}</button>
            </div>
          </div>
        </OwnForm>
      </div>
    </>,
  )
}

function AffiliationTable({
  lang,
  affiliations,
  csrf,
}: {
  lang: Language
  affiliations: readonly Affiliation[]
  csrf: string
}) {
  const say = deskWords[lang]
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{say.institution}</th>
          <th scope="col">{say.state}</th>
          <th scope="col">{say.saidBy}</th>
          <th scope="col">{say.period}</th>
          <th scope="col">{say.todo}</th>
        </tr>
      </thead>
      <tbody>
        {affiliations.map((one) => (
          <tr>
            <th scope="row">{one.organisation.name[lang]}</th>
            <td>
              <AffiliationMark state={one.state} lang={lang} />
              {one.reason === undefined ? null : <div class="small">{one.reason}</div>}
            </td>
            <td>{say[`source_${one.source}`]}</td>
            <td>
              <Day at={one.from} lang={lang} /> – {one.until === undefined ? null : <Day at={one.until} lang={lang} />}
            </td>
            <td>
              {isCurrent(one) ? (
                <ButtonForm
                  action={inLanguage(lang, '/me/affiliations/end')}
                  csrf={csrf}
                  fields={{ affiliation: one.id }}
                  label={say.endToday}
                  about={one.organisation.name[lang]}
                />
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const affiliationLike = {
  asserted: 'ask',
  confirmed: 'allowed',
  rejected: 'not_allowed',
  ended: 'not_needed',
} as const

export function AffiliationMark({ state, lang }: { state: Affiliation['state']; lang: Language }) {
  return <Mark like={affiliationLike[state]}>{deskWords[lang][`affiliation_${state}`]}</Mark>
}

function showMoveForm(c: Http, fields: Fields, stop?: RegistryError) {
  const { lang } = languageOf(c)
  const say = deskWords[lang]
  return showPage(
    c,
    { title: say.moved, path: '/me/move', cache: 'no-store', status: stop ? 422 : 200 },
    <>
      <DeskNav lang={lang} here="affiliations" />
      <h1>{say.moved}</h1>
      <Stop stop={stop} lang={lang} />
      <p class="lead">{say.movedLead}</p>
      <form class="box" method="get" action={inLanguage(lang, '/me/move')}>
        <div class="row">
          <OrganisationField lang={lang} label={say.newInstitution} value={fields.organisation} stop={stop} />
          <Field
            id="on"
            type="date"
            label={say.firstDayThere}
            value={fields.on ?? today(c.var.ctx)}
            max={today(c.var.ctx)}
            required
          />
          <div class="go">
            <button type="submit">{say.foresee}</button>
          </div>
        </div>
      </form>
    </>,
  )
}

async function showForeseen(c: Http, { to, left, grants, enquiry }: Foreseen, on: string): Promise<Response> {
  const { lang } = languageOf(c)
  const say = deskWords[lang]
  const names = await findOrganisations(c.var.ctx.db.read, left)
  return showPage(
    c,
    { title: say.moved, path: '/me/move', cache: 'no-store' },
    <>
      <DeskNav lang={lang} here="affiliations" />
      <h1>{say.moved}</h1>
      <p class="lead">{fill(say.foreseen, { name: to.name[lang] })}</p>
      <ul>
        {[...new Set(left)].map((id) => (
          <li>{fill(say.willEnd, { name: names.get(id)?.name[lang] ?? id })}</li>
        ))}
        <li>{fill(say.willBegin, { name: to.name[lang] })}</li>
      </ul>
      {grants.length === 0 ? (
        <Nothing>{say.noGrantsTouched}</Nothing>
      ) : (
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">{say.number}</th>
              <th scope="col">{say.becomes}</th>
              <th scope="col">{say.meaning}</th>
            </tr>
          </thead>
          <tbody>
            {grants.map(({ number, status, goesOn }) => (
              <tr>
                <th scope="row" class="num">
                  {number}
                </th>
                <td>
                  <State state={status} lang={lang} />
                </td>
                <td>
                  {goesOn
                    ? fill(say.goesOn, { name: to.name[lang] })
                    : status === 'suspended'
                      ? say.waits
                      : say.endsWithMove}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {enquiry === undefined || enquiry.numbers.length === 0 ? null : <EnquiryText lang={lang} enquiry={enquiry} />}
      <OwnForm action={inLanguage(lang, '/me/move')} csrf={await csrfToken(c)}>
        <input type="hidden" name="organisation" value={to.id} />
        <input type="hidden" name="on" value={on} />
        <p>
          <button type="submit">{say.recordMove}</button> <a href={inLanguage(lang, '/me/move')}>{say.back}</a>
        </p>
      </OwnForm>
    </>,
  )
}
