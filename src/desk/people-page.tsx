import { today } from '../context.ts'
import type { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { type Language, languageOf } from '../http/language.ts'
import { pageSizeMax } from '../http/limits.ts'
import { inLanguage, paths } from '../http/page.tsx'
import { Choice } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import {
  type Affiliation,
  affiliationDecision,
  affiliationEnd,
  institutionAffiliationInput,
  isCurrent,
} from '../people/affiliations/affiliation.ts'
import { recordAffiliation } from '../people/affiliations/assert.ts'
import { listAffiliations } from '../people/affiliations/queries.ts'
import { OwnForm } from '../people/me-pages.tsx'
import { decideAffiliation, endAffiliation } from '../standing/decide-affiliation.ts'
import { recordMoveTo } from '../standing/move.ts'
import { inputOrStop } from './accept.ts'
import { AffiliationMark } from './affiliation-pages.tsx'
import { type Fields, given, goTo, orShowAgain, ownForm } from './form.ts'
import { officePage, YesOrNo } from './office.tsx'
import { ButtonForm, Day, Field, Nothing } from './parts.tsx'
import { deskWords } from './words.ts'

/** Who says to work at the officer's institution, and whom it recorded. */
export const peoplePages = pages()
  .on('GET', paths('/desk/people'), (c) => showPeople(c, {}))
  .on('POST', paths('/desk/people/decide'), async (c) => {
    const { fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const { affiliation = '', decision } = fields
        if (decision === 'ended') await endAffiliation(c.var.ctx, affiliation, inputOrStop(affiliationEnd, {}))
        else {
          const reason = given(fields, 'reason')
          const input = { state: decision, ...(reason === undefined ? {} : { reason }) }
          await decideAffiliation(c.var.ctx, affiliation, inputOrStop(affiliationDecision, input))
        }
        return goTo(c, '/desk/people')
      },
      (stop) => showPeople(c, {}, stop),
    )
  })
  .on('POST', paths('/desk/people/record'), async (c) => {
    const { session, fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const input = inputOrStop(institutionAffiliationInput, {
          orcid: fields.orcid ?? '',
          from: given(fields, 'from'),
        })
        const record = fields.what === 'moved' ? recordMoveTo : recordAffiliation
        await record(c.var.ctx, session.actingFor ?? '', input)
        return goTo(c, '/desk/people')
      },
      (stop) => showPeople(c, fields, stop),
    )
  })

function showPeople(c: Http, fields: Fields, stop?: RegistryError): Promise<Response> {
  return officePage(c, 'people', stop, async ({ organisationId }, csrf) => {
    const { lang } = languageOf(c)
    const say = deskWords[lang]
    const { ctx } = c.var
    const all = await listAffiliations(ctx.db.read, organisationId, undefined, pageSizeMax)
    const waiting = all.filter(({ state }) => state === 'asserted')
    const rest = all.filter(({ state }) => state !== 'asserted')
    return (
      <>
        <p class="lead">{say.peopleLead}</p>
        {waiting.length === 0 ? (
          <Nothing>{say.noPeople}</Nothing>
        ) : (
          <PeopleTable lang={lang} people={waiting} csrf={csrf} />
        )}
        <h2>{say.recordPerson}</h2>
        <p>{say.recordPersonLead}</p>
        <div class="box">
          <OwnForm action={inLanguage(lang, '/desk/people/record')} csrf={csrf}>
            <div class="row">
              <Field
                id="orcid"
                label="ORCID iD"
                hint="0000-0002-1825-0097"
                value={fields.orcid}
                required
                maxlength={100}
              />
              <Field
                id="from"
                type="date"
                label={say.firstDayThere}
                value={fields.from ?? today(ctx)}
                max={today(ctx)}
                required
              />
              <Choice
                name="what"
                label={say.what}
                options={[
                  { value: 'moved', label: say.movedHere },
                  { value: 'works', label: say.worksHere },
                ]}
                chosen={fields.what ?? 'moved'}
              />
              <div class="go">
                <button type="submit">{say.record}</button>
              </div>
            </div>
          </OwnForm>
        </div>
        <h2>{say.decidedPeople}</h2>
        {rest.length === 0 ? (
          <Nothing>{say.noDecidedPeople}</Nothing>
        ) : (
          <PeopleTable lang={lang} people={rest} csrf={csrf} />
        )}
      </>
    )
  })
}

function PeopleTable({ lang, people, csrf }: { lang: Language; people: readonly Affiliation[]; csrf: string }) {
  const say = deskWords[lang]
  const action = inLanguage(lang, '/desk/people/decide')
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{say.person}</th>
          <th scope="col">{say.state}</th>
          <th scope="col">{say.saidBy}</th>
          <th scope="col">{say.period}</th>
          <th scope="col">{say.decide}</th>
        </tr>
      </thead>
      <tbody>
        {people.map((one) => {
          const who = one.person?.name ?? one.person?.orcid ?? ''
          const fields = { affiliation: one.id }
          return (
            <tr>
              <th scope="row">
                <bdi>{one.person?.name}</bdi>
                {one.person?.orcid === undefined ? null : (
                  <div class="small">
                    <a href={one.person.orcid}>{one.person.orcid}</a>
                  </div>
                )}
              </th>
              <td>
                <AffiliationMark state={one.state} lang={lang} />
                {one.reason === undefined ? null : <div class="small">{one.reason}</div>}
              </td>
              <td>{say[`source_${one.source}`]}</td>
              <td>
                <Day at={one.from} lang={lang} /> –{' '}
                {one.until === undefined ? null : <Day at={one.until} lang={lang} />}
              </td>
              <td>
                {one.state === 'asserted' ? (
                  <YesOrNo
                    lang={lang}
                    action={action}
                    csrf={csrf}
                    fields={fields}
                    id={one.id}
                    about={who}
                    yes={{ value: 'confirmed', label: say.confirm }}
                    no={{ value: 'rejected', label: say.reject }}
                  />
                ) : isCurrent(one) ? (
                  <ButtonForm
                    action={action}
                    csrf={csrf}
                    fields={{ ...fields, decision: 'ended' }}
                    label={say.endToday}
                    about={who}
                  />
                ) : null}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
