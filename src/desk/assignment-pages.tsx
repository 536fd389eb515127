import type { Child } from 'hono/jsx'
import { type Context, today } from '../context.ts'
import { assignPatent, clauseOf } from '../declarations/assignments/assign.ts'
import { type Assignment, assignmentInput } from '../declarations/assignments/assignment.ts'
import { standingOn } from '../declarations/assignments/queries.ts'
import { findDeclarations } from '../declarations/queries.ts'
import { invalid, RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { type Language, languageOf } from '../http/language.ts'
import { inLanguage, paths } from '../http/page.tsx'
import { clauseAddress } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { findOrganisationsByName } from '../organisations/name-queries.ts'
import { findOrganisation, findOrganisations } from '../organisations/queries.ts'
import { patentIdOf } from '../patents/routes.ts'
import { OwnForm } from '../people/me-pages.tsx'
import type { Bilingual } from '../shapes.ts'
import { inputOrStop } from './accept.ts'
import { StateMark } from './declaration-pages.tsx'
import { declarationWords } from './declaration-words.ts'
import { forWhom, Hidden } from './for-whom.tsx'
import { type Fields, given, onceShown, orShowAgain, ownForm, shownField } from './form.ts'
import { officePage } from './office.tsx'
import { SeveralOrganisations } from './organisations.ts'
import { Field, OrganisationField } from './parts.tsx'

/** A later owner: what it does to declarations is shown before, and what it did after. */
export const assignmentPages = pages()
  .on('GET', paths('/desk/assignment'), (c) => showForm(c, c.req.query()))
  .on('POST', paths('/desk/assignment'), async (c) => {
    const { fields, session } = await ownForm(c)
    return orShowAgain(
      async () => {
        const id = await patentIdOf(c, fields.number ?? '')
        const share = given(fields, 'share')
        const evidenceSha256 = given(fields, 'evidenceSha256')
        const input = inputOrStop(assignmentInput, {
          from: given(fields, 'for') ?? session.actingFor ?? '',
          to: await ownerMeant(c.var.ctx, fields.organisation ?? ''),
          on: fields.on ?? '',
          ...(share === undefined ? {} : { share }),
          ...(evidenceSha256 === undefined ? {} : { evidenceSha256 }),
        })
        const made = await onceShown(c.var.ctx, fields, (ctx) => assignPatent(ctx, id, input))
        return showForm(c, {}, undefined, made)
      },
      (stop) => showForm(c, fields, stop),
    )
  })

/** By id, ROR id or any name on record; an organisation that is known by name only is meant, too. */
async function ownerMeant(ctx: Context, written: string): Promise<string> {
  const text = written.trim().slice(0, 300)
  if (text === '') throw invalid('/organisation', 'required', 'Name the new owner.')
  const named = await findOrganisation(ctx.db.read, text)
  if (named) return named.organisation.id
  const ids = ((await findOrganisationsByName(ctx.db.read, [text])).get(text) ?? []).map(({ id }) => id)
  const [only] = ids
  if (only === undefined) throw invalid('/organisation', 'unknown_organisation', `${text} is not on record.`)
  if (ids.length > 1) throw new SeveralOrganisations([...(await findOrganisations(ctx.db.read, ids)).values()])
  return only
}

function showForm(c: Http, fields: Fields, stop?: RegistryError, made?: Assignment): Promise<Response> {
  const { lang } = languageOf(c)
  const say = declarationWords[lang]
  return officePage(
    c,
    'declarations',
    stop,
    async (post, csrf) => {
      const number = given(fields, 'number')
      const whom = await forWhom(c, post, 'enrol', '/desk/assignment', fields.for ?? fields.organisation)
      if (made !== undefined) return <Made lang={lang} made={made} />
      return (
        <>
          <p class="lead">{say.assignLead}</p>
          <form method="get" action={inLanguage(lang, '/desk/assignment')}>
            <div class="row">
              <Field id="number" label={say.assignNumber} value={number} required maxlength={300} />
              <div class="go">
                <button type="submit">{say.assignLook}</button>
              </div>
            </div>
          </form>
          {number === undefined ? null : (
            <>
              {await standing(c, number)}
              <div class="box">
                <OwnForm action={inLanguage(lang, '/desk/assignment')} csrf={csrf}>
                  <Hidden fields={{ number, for: whom.id, [shownField]: c.var.ctx.newId() }} />
                  <p class="small">
                    {say.for}: {whom.name[lang]}
                  </p>
                  <OrganisationField
                    lang={lang}
                    label={say.newOwner}
                    value={stop === undefined ? undefined : fields.organisation}
                    stop={stop}
                  />
                  <div class="row">
                    <Field id="on" label={say.on} type="date" value={fields.on} max={today(c.var.ctx)} required />
                    <Field id="share" label={say.share} value={fields.share} maxlength={13} />
                    <Field id="evidenceSha256" label={say.evidence} value={fields.evidenceSha256} maxlength={64} />
                  </div>
                  <p>
                    <button type="submit">{say.assignDo}</button>
                  </p>
                </OwnForm>
              </div>
            </>
          )}
        </>
      )
    },
    { title: say.assignment, path: '/desk/assignment' },
  )
}

/** What the assignment will do to each declaration that stands on the patent. */
async function standing(c: Http, number: string): Promise<Child> {
  const { lang } = languageOf(c)
  const say = declarationWords[lang]
  const { ctx } = c.var
  const id = await patentIdOf(c, number).catch((error: unknown) => {
    if (error instanceof RegistryError) return undefined
    throw error
  })
  const ids = id === undefined ? [] : await standingOn(ctx.db.read, id, today(ctx))
  const found = await findDeclarations(ctx.db.read, ids)
  return (
    <>
      <h2>{say.standing}</h2>
      {found.length === 0 ? <p>{say.noStanding}</p> : null}
      <ul class="plain">
        {found.map(({ declaration }) => (
          <li>
            <StateMark state={declaration.state} lang={lang} />{' '}
            {declaration.state === 'awaiting_consent' ? say.asksOwner : say.staysInForce}
            <Clause lang={lang} termsId={declaration.termsId} clause={clauseOf(declaration)} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Clause({
  lang,
  termsId,
  clause,
}: {
  lang: Language
  termsId: string
  clause: { id: string; text: Bilingual }
}) {
  return (
    <p class="aside">
      <a href={clauseAddress(lang, termsId, clause.id)}>
        {termsId} §{clause.id}
      </a>{' '}
      {clause.text[lang]}
    </p>
  )
}

function Made({ lang, made }: { lang: Language; made: Assignment }) {
  const say = declarationWords[lang]
  const { patent, to, effect } = made
  return (
    <>
      <p class="lead" role="status">
        {say.assigned} <a href={inLanguage(lang, `/patents/${encodeURIComponent(patent.number)}`)}>{patent.number}</a> →{' '}
        {to.name[lang]}
      </p>
      <p>{effect.newOwner.text[lang]}</p>
      <ul class="plain">
        {effect.declarations.map(({ text, termsId, clause }) => (
          <li>
            {text[lang]}
            <Clause lang={lang} termsId={termsId} clause={clause} />
          </li>
        ))}
      </ul>
    </>
  )
}
