import type { Child } from 'hono/jsx'
import { today } from '../context.ts'
import type { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { type Language, languageOf } from '../http/language.ts'
import { pageSizeMax } from '../http/limits.ts'
import { inLanguage, paths } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { endMandate } from '../mandates/end.ts'
import { giveMandate } from '../mandates/give.ts'
import { acts, type Mandate, mandateInput } from '../mandates/mandate.ts'
import { listMandates } from '../mandates/queries.ts'
import { OwnForm } from '../people/me-pages.tsx'
import { inputOrStop } from './accept.ts'
import { type Fields, given, goTo, onceShown, orShowAgain, ownForm, shownField } from './form.ts'
import { MandateTable } from './mandate-parts.tsx'
import { principalsTable } from './mandate-principals.tsx'
import { actWords, mandateWords } from './mandate-words.ts'
import { officePage } from './office.tsx'
import { organisationNamed } from './organisations.ts'
import { Field, Nothing, OrganisationField } from './parts.tsx'
import { deskWords } from './words.ts'

/** For whom the officer's organisation acts, side by side, and who acts for it. */
export const mandatePages = pages()
  .on('GET', paths('/desk/mandates'), (c) => showMandates(c, {}))
  .on('POST', paths('/desk/mandates/end'), async (c) => {
    const { fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        await endMandate(c.var.ctx, fields.mandate ?? '')
        return goTo(c, '/desk/mandates')
      },
      (stop) => showMandates(c, {}, stop),
    )
  })
  .on('POST', paths('/desk/mandates'), async (c) => {
    const { fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        await onceShown(c.var.ctx, fields, async (ctx) => {
          const [from, until] = [given(fields, 'from'), given(fields, 'until')]
          const input = inputOrStop(mandateInput, {
            agent: (await organisationNamed(ctx, fields.organisation ?? '')).id,
            scope: acts.filter((act) => fields[`scope-${act}`] === 'yes'),
            ...(from === undefined ? {} : { from }),
            ...(until === undefined ? {} : { until }),
          })
          return giveMandate(ctx, input)
        })
        return goTo(c, '/desk/mandates')
      },
      (stop) => showMandates(c, fields, stop),
    )
  })

function showMandates(c: Http, fields: Fields, stop?: RegistryError): Promise<Response> {
  return officePage(c, 'mandates', stop, async ({ organisationId }, csrf) => {
    const { lang } = languageOf(c)
    const { ctx } = c.var
    const on = today(ctx)
    const read = (filter: Parameters<typeof listMandates>[1]) =>
      listMandates(ctx.db.read, filter, on, undefined, pageSizeMax)
    const [received, gave] = await Promise.all([
      read({ agentId: organisationId }),
      read({ principalId: organisationId }),
    ])
    const agentFirst = received.length > 0
    const office = await agentsOffice(c, organisationId, received, csrf)
    return (
      <>
        <p class="lead">{mandateWords[lang].lead}</p>
        {agentFirst ? office : null}
        <Given lang={lang} mandates={gave} csrf={csrf} fields={fields} stop={stop} on={on} shown={ctx.newId()} />
        {agentFirst ? null : office}
      </>
    )
  })
}

async function agentsOffice(c: Http, agentId: string, received: readonly Mandate[], csrf: string): Promise<Child> {
  const { lang } = languageOf(c)
  const say = mandateWords[lang]
  if (received.length === 0)
    return (
      <>
        <h2>{say.principals}</h2>
        <Nothing>{say.noPrincipals}</Nothing>
      </>
    )
  return (
    <>
      <h2>{say.principals}</h2>
      {await principalsTable(c, agentId)}
      <h2>{say.received}</h2>
      <MandateTable lang={lang} mandates={received} side="agent" csrf={csrf} />
    </>
  )
}

function Given({
  lang,
  mandates,
  csrf,
  fields,
  stop,
  on,
  shown,
}: {
  lang: Language
  mandates: readonly Mandate[]
  csrf: string
  fields: Fields
  stop: RegistryError | undefined
  on: string
  shown: string
}) {
  const say = mandateWords[lang]
  const asked = stop !== undefined && fields.organisation !== undefined
  return (
    <>
      <h2>{say.given}</h2>
      {mandates.length === 0 ? (
        <Nothing>{say.noGiven}</Nothing>
      ) : (
        <MandateTable lang={lang} mandates={mandates} side="principal" csrf={csrf} />
      )}
      <h3>{say.give}</h3>
      <p>{say.giveLead}</p>
      <div class="box">
        <OwnForm action={inLanguage(lang, '/desk/mandates')} csrf={csrf}>
          <input type="hidden" name={shownField} value={asked ? (fields[shownField] ?? shown) : shown} />
          <div id="agent" tabindex={-1}>
            <OrganisationField lang={lang} label={say.agentField} value={fields.organisation} stop={stop} />
          </div>
          <fieldset id="scope" tabindex={-1}>
            <legend>{say.scopeField}</legend>
            {acts.map((act) => (
              <label class="choice">
                <input
                  type="checkbox"
                  name={`scope-${act}`}
                  value="yes"
                  checked={asked ? fields[`scope-${act}`] === 'yes' : true}
                />
                <span>
                  {actWords[act].label[lang]} <span class="small faint">{actWords[act].hint[lang]}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <div class="row">
            <Field id="from" type="date" label={deskWords[lang].from} value={fields.from ?? on} required />
            <Field id="until" type="date" label={say.until} hint={say.untilHint} value={fields.until} />
            <div class="go">
              <button type="submit">{say.give}</button>
            </div>
          </div>
        </OwnForm>
      </div>
    </>
  )
}
