import { revocationReasonWords } from '../../policies/vocabulary.ts'
import { today } from '../context.ts'
import type { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf } from '../http/language.ts'
import { inLanguage, paths } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { type InventorClaim, inventorDecision } from '../patents/inventors/inventor-claim.ts'
import { claimsOn } from '../patents/inventors/queries.ts'
import { patentIdOf } from '../patents/routes.ts'
import { OwnForm } from '../people/me-pages.tsx'
import { decideInventorship } from '../standing/decide-inventorship.ts'
import { inputOrStop } from './accept.ts'
import { ClaimMark, PatentLink } from './claim-parts.tsx'
import { given, goTo, orShowAgain, ownForm } from './form.ts'
import { officePage, YesOrNo } from './office.tsx'
import { Day, Nothing } from './parts.tsx'
import { patentsWithClaims } from './queries.ts'
import { deskWords } from './words.ts'

/** Claims to be an inventor of patents that the officer's organisation holds. */
export const claimsPages = pages()
  .on('GET', paths('/desk/claims'), (c) => showClaims(c))
  .on('POST', paths('/desk/claims'), async (c) => {
    const { fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const [reason, ground] = [given(fields, 'reason'), given(fields, 'ground')]
        const input = inputOrStop(inventorDecision, {
          state: fields.decision,
          claim: fields.claim,
          ...(reason === undefined ? {} : { reason }),
          ...(ground === undefined ? {} : { ground }),
        })
        const id = await patentIdOf(c, fields.number ?? '')
        await decideInventorship(c.var.ctx, id, Number(fields.inventor), input)
        return goTo(c, '/desk/claims')
      },
      (stop) => showClaims(c, stop),
    )
  })

function showClaims(c: Http, stop?: RegistryError): Promise<Response> {
  return officePage(c, 'claims', stop, async ({ organisationId }, csrf) => {
    const { lang } = languageOf(c)
    const say = deskWords[lang]
    const { ctx } = c.var
    const on = today(ctx)
    const claimsOf = async (which: 'open' | 'confirmed') => {
      const ids = await patentsWithClaims(ctx.db.read, organisationId, on, which)
      const all = await Promise.all(ids.map((id) => claimsOn(ctx.db.read, id)))
      return all.flat().filter(({ state }) => (which === 'confirmed') === (state === 'confirmed'))
    }
    const [open, confirmed] = await Promise.all([claimsOf('open'), claimsOf('confirmed')])
    const waiting = open.filter(({ state }) => state === 'claimed' || state === 'disputed')
    return (
      <>
        <p class="lead">{say.claimsLead}</p>
        {waiting.length === 0 ? (
          <Nothing>{say.noClaims}</Nothing>
        ) : (
          <ClaimRows lang={lang} claims={waiting} csrf={csrf} />
        )}
        <h2>{say.confirmedByUs}</h2>
        {confirmed.length === 0 ? (
          <Nothing>{say.noneConfirmedByUs}</Nothing>
        ) : (
          <ClaimRows lang={lang} claims={confirmed} csrf={csrf} />
        )}
      </>
    )
  })
}

function ClaimRows({ lang, claims, csrf }: { lang: Language; claims: readonly InventorClaim[]; csrf: string }) {
  const say = deskWords[lang]
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{say.number}</th>
          <th scope="col">{say.printed}</th>
          <th scope="col">{say.claimant}</th>
          <th scope="col">{say.state}</th>
          <th scope="col">{say.decide}</th>
        </tr>
      </thead>
      <tbody>
        {claims.map((claim) => (
          <tr>
            <th scope="row">
              <PatentLink lang={lang} number={claim.patent} />
            </th>
            <td>
              {fill(say.nth, { n: claim.inventor })} <bdi>{claim.printed}</bdi>
            </td>
            <td>
              <bdi>{claim.person?.name}</bdi>
              {claim.person?.orcid === undefined ? null : (
                <div class="small">
                  <a href={claim.person.orcid}>{claim.person.orcid}</a>
                </div>
              )}
              {claim.statement === undefined ? null : <div class="small">{claim.statement}</div>}
              {claim.support.map(({ source, number }) => (
                <div class="small faint">{fill(say[`support_${source}`], { number })}</div>
              ))}
            </td>
            <td>
              <ClaimMark state={claim.state} lang={lang} />
              <div class="small">
                <Day at={claim.decidedAt ?? claim.claimedAt} lang={lang} />
              </div>
            </td>
            <td>
              {claim.state === 'confirmed' ? (
                <ReverseForm lang={lang} claim={claim} csrf={csrf} />
              ) : (
                <YesOrNo
                  lang={lang}
                  action={inLanguage(lang, '/desk/claims')}
                  csrf={csrf}
                  fields={{ number: claim.patent, inventor: String(claim.inventor), claim: claim.id }}
                  id={claim.id}
                  about={`${claim.patent} ${claim.person?.name ?? ''}`}
                  yes={{ value: 'confirmed', label: say.confirm }}
                  no={{ value: 'rejected', label: say.reject }}
                />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ReverseForm({ lang, claim, csrf }: { lang: Language; claim: InventorClaim; csrf: string }) {
  const say = deskWords[lang]
  return (
    <details>
      <summary>
        {say.reverse}
        <span class="hide"> {claim.patent}</span>
      </summary>
      <OwnForm action={inLanguage(lang, '/desk/claims')} csrf={csrf}>
        <input type="hidden" name="number" value={claim.patent} />
        <input type="hidden" name="inventor" value={String(claim.inventor)} />
        <input type="hidden" name="claim" value={claim.id} />
        <input type="hidden" name="decision" value="rejected" />
        <p class="small">{say.reverseLead}</p>
        <label for={`ground-${claim.id}`}>{say.ground}</label>
        <select id={`ground-${claim.id}`} name="ground">
          {(['issued_in_error', 'false_statement'] as const).map((value) => (
            <option value={value}>{revocationReasonWords[value].label[lang]}</option>
          ))}
        </select>
        <label for={`reason-${claim.id}`}>{say.reason}</label>
        <input id={`reason-${claim.id}`} name="reason" required maxlength={500} autocomplete="off" />
        <button type="submit" class="quiet">
          {say.reverse}
        </button>
      </OwnForm>
    </details>
  )
}
