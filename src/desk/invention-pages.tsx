import { findTerms, termsId } from '../../policies/terms.ts'
import { mode, modeWords, purpose, purposeWords } from '../../policies/vocabulary.ts'
import type { RegistryError } from '../errors.ts'
import { enquiry } from '../grants/enquiry.ts'
import { grantInput } from '../grants/grant.ts'
import { issueInventorGrant } from '../grants/inventor.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, said } from '../http/language.ts'
import { inLanguage, paths, Said, showPage } from '../http/page.tsx'
import { Choice } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { csrfToken } from '../http/session-cookie.ts'
import { disputeRejection } from '../patents/inventors/claim.ts'
import { disputeInput, type Invention, type InventorClaim } from '../patents/inventors/inventor-claim.ts'
import { readInventions } from '../patents/inventors/suggest.ts'
import { OwnForm } from '../people/me-pages.tsx'
import type { OpenSession } from '../people/session.ts'
import { withdrawClaim } from '../standing/decide-inventorship.ts'
import { acceptedTerms, inputOrStop } from './accept.ts'
import { placeOf } from './claim-form.tsx'
import { ClaimMark, PatentLink } from './claim-parts.tsx'
import { EnquiryText } from './enquiry-text.tsx'
import { type Fields, forOneself, goTo, onceShown, orShowAgain, ownForm, shownField, toSignIn } from './form.ts'
import { AcceptTerms, ButtonForm, Day, DeskNav, Field, Nothing, Stop } from './parts.tsx'
import { deskWords } from './words.ts'

/** The terms under which inventors may go on with their own inventions. */
const inventorTermsPrefix = 'RPC-INVENTOR-'

/** The person's inventions: claims on printed names, and the grant over those that are confirmed. */
export const inventionPages = pages()
  .on('GET', paths('/me/inventions'), async (c) => {
    const { session } = c.var
    return session ? showInventions(c, session, {}) : toSignIn(c)
  })
  .on('POST', paths('/me/inventions/withdraw'), async (c) => {
    const { session, fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const { id, n } = await placeOf(c, fields)
        await withdrawClaim(c.var.ctx, id, n)
        return goTo(c, '/me/inventions#claimed')
      },
      (stop) => showInventions(c, session, fields, stop),
    )
  })
  .on('POST', paths('/me/inventions/dispute'), async (c) => {
    const { session, fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const { id, n } = await placeOf(c, fields)
        const { statement } = inputOrStop(disputeInput, { statement: fields.statement ?? '' })
        await disputeRejection(c.var.ctx, id, n, statement)
        return goTo(c, '/me/inventions#claimed')
      },
      (stop) => showInventions(c, session, fields, stop),
    )
  })
  .on('POST', paths('/me/inventions/grant'), async (c) => {
    const { session, fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const input = inputOrStop(grantInput, {
          kind: 'inventor',
          purpose: fields.purpose,
          mode: fields.mode,
          project: { title: fields.project ?? '' },
          acceptTerms: acceptedTerms(fields, inventorTerms()),
        })
        const issued = await onceShown(forOneself(c.var.ctx), fields, (ctx) => issueInventorGrant(ctx, input))
        return goTo(c, `/me/grants/${issued.number}`)
      },
      (stop) => showInventions(c, session, fields, stop),
    )
  })

function inventorTerms(): { id: string; sha256: string }[] {
  return termsId.options
    .filter((id) => id.startsWith(inventorTermsPrefix))
    .flatMap((id) => findTerms(id) ?? [])
    .map(({ id, sha256 }) => ({ id, sha256 }))
}

async function showInventions(c: Http, session: OpenSession, fields: Fields, stop?: RegistryError) {
  const { lang } = languageOf(c)
  const say = deskWords[lang]
  const { confirmed, claimed, suggested } = await readInventions(c.var.ctx)
  const csrf = await csrfToken(c)
  const letter = enquiry.safeParse(stop?.extra.enquiry)
  return showPage(
    c,
    { title: say.inventions, path: '/me/inventions', cache: 'no-store', status: stop ? 422 : 200 },
    <>
      <DeskNav lang={lang} here="inventions" />
      <h1>{say.inventions}</h1>
      <Stop stop={stop} lang={lang} />
      {letter.success ? <EnquiryText lang={lang} enquiry={letter.data} /> : null}
      <p>
        <a href={inLanguage(lang, '/me/inventions/claim')}>{say.claimByNumber}</a>
      </p>
      <h2 id="confirmed">{say.confirmed}</h2>
      {confirmed.length === 0 ? (
        <Nothing>{say.noConfirmed}</Nothing>
      ) : (
        <>
          <InventionTable lang={lang} inventions={confirmed} />
          <h3 id="grant">{say.inventorGrantAsk}</h3>
          <p>{fill(say.inventorGrantLead, { count: new Set(confirmed.map(({ patent }) => patent)).size })}</p>
          <InventorGrantForm lang={lang} csrf={csrf} fields={fields} shown={c.var.ctx.newId()} />
        </>
      )}
      <h2 id="claimed">{say.claimed}</h2>
      {claimed.length === 0 ? (
        <Nothing>{say.noClaimed}</Nothing>
      ) : (
        <ClaimTable lang={lang} claims={claimed} csrf={csrf} />
      )}
      <h2 id="suggested">{say.suggested}</h2>
      <p>{fill(say.suggestedLead, { name: session.person.name })}</p>
      {suggested.length === 0 ? (
        <Nothing>{say.noSuggested}</Nothing>
      ) : (
        <InventionTable lang={lang} inventions={suggested} claimable />
      )}
    </>,
  )
}

function InventorGrantForm({
  lang,
  csrf,
  fields,
  shown,
}: {
  lang: Language
  csrf: string
  fields: Fields
  shown: string
}) {
  const say = deskWords[lang]
  const terms = inventorTerms().flatMap(({ id }) => findTerms(id) ?? [])
  const allowed = purpose.options.filter((one) => terms.some(({ tags }) => tags.purposes[one].rule === 'allow'))
  return (
    <div class="box">
      <OwnForm action={inLanguage(lang, '/me/inventions/grant')} csrf={csrf}>
        <input type="hidden" name={shownField} value={shown} />
        <div class="row">
          <Field id="project" label={say.projectTitle} value={fields.project} required maxlength={300} />
        </div>
        <div class="row">
          <Choice
            name="purpose"
            label={say.purpose}
            options={allowed.map((value) => ({ value, label: purposeWords[value].label[lang] }))}
            chosen={fields.purpose ?? 'basic_research'}
          />
          <Choice
            name="mode"
            label={say.mode}
            options={mode.options.map((value) => ({ value, label: modeWords[value].label[lang] }))}
            chosen={fields.mode ?? 'on'}
          />
        </div>
        <AcceptTerms lang={lang} terms={inventorTerms()} />
        <p>
          <button type="submit">{say.askInventorGrant}</button>
        </p>
      </OwnForm>
    </div>
  )
}

function InventionTable({
  lang,
  inventions,
  claimable = false,
}: {
  lang: Language
  inventions: readonly Invention[]
  claimable?: boolean
}) {
  const say = deskWords[lang]
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{say.number}</th>
          <th scope="col">{say.title}</th>
          <th scope="col">{say.printed}</th>
          <th scope="col">{say.holders}</th>
          {claimable ? <th scope="col">{say.claim}</th> : null}
        </tr>
      </thead>
      <tbody>
        {inventions.map(({ patent, title, inventor, printed, romanised, holders }) => (
          <tr>
            <th scope="row">
              <PatentLink lang={lang} number={patent} />
            </th>
            <td>
              <Said {...said(title, lang)} />
            </td>
            <td>
              {fill(say.nth, { n: inventor })} <bdi>{printed}</bdi>
              {romanised === undefined ? null : <div class="small faint">{romanised}</div>}
            </td>
            <td>{holders.map(({ name }) => name[lang]).join(say.and)}</td>
            {claimable ? (
              <td>
                <a
                  href={`${inLanguage(lang, '/me/inventions/claim')}?number=${encodeURIComponent(patent)}&inventor=${inventor}`}
                >
                  {say.claim}
                  <span class="hide"> {patent}</span>
                </a>
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ClaimTable({ lang, claims, csrf }: { lang: Language; claims: readonly InventorClaim[]; csrf: string }) {
  const say = deskWords[lang]
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{say.number}</th>
          <th scope="col">{say.printed}</th>
          <th scope="col">{say.state}</th>
          <th scope="col">{say.askedOn}</th>
          <th scope="col">{say.todo}</th>
        </tr>
      </thead>
      <tbody>
        {claims.map((claim) => {
          const { patent, inventor, printed, state, reason, support, claimedAt } = claim
          const place = { number: patent, inventor: String(inventor) }
          return (
            <tr>
              <th scope="row">
                <PatentLink lang={lang} number={patent} />
              </th>
              <td>
                {fill(say.nth, { n: inventor })} <bdi>{printed}</bdi>
              </td>
              <td>
                <ClaimMark state={state} lang={lang} />
                {reason === undefined ? null : <div class="small">{reason}</div>}
                {support.map(({ source, number }) => (
                  <div class="small faint">{fill(say[`support_${source}`], { number })}</div>
                ))}
              </td>
              <td>
                <Day at={claimedAt} lang={lang} />
              </td>
              <td>
                {state === 'withdrawn' ? null : (
                  <ButtonForm
                    action={inLanguage(lang, '/me/inventions/withdraw')}
                    csrf={csrf}
                    fields={place}
                    label={say.withdraw}
                    about={patent}
                  />
                )}
                {state === 'rejected' ? <DisputeForm lang={lang} csrf={csrf} id={claim.id} place={place} /> : null}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function DisputeForm({
  lang,
  csrf,
  id,
  place,
}: {
  lang: Language
  csrf: string
  id: string
  place: { number: string; inventor: string }
}) {
  const say = deskWords[lang]
  return (
    <details>
      <summary>{say.dispute}</summary>
      <OwnForm action={inLanguage(lang, '/me/inventions/dispute')} csrf={csrf}>
        <input type="hidden" name="number" value={place.number} />
        <input type="hidden" name="inventor" value={place.inventor} />
        <label for={`statement-${id}`}>{say.disputeStatement}</label>
        <input id={`statement-${id}`} name="statement" required maxlength={2000} autocomplete="off" />
        <button type="submit" class="quiet">
          {say.disputeSend}
        </button>
      </OwnForm>
    </details>
  )
}
