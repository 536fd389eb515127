import type { RegistryError } from '../errors.ts'
import { useInWords } from '../grants/certificate-lines.tsx'
import { requestDecision } from '../grants/grant.ts'
import { decideRequest } from '../grants/request.ts'
import { type GrantRequestRecord, listRequests } from '../grants/requests/queries.ts'
import type { Http } from '../http/api.ts'
import { type Language, languageOf } from '../http/language.ts'
import { pageSizeMax } from '../http/limits.ts'
import { inLanguage, paths } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { inputOrStop } from './accept.ts'
import { PatentLink } from './claim-parts.tsx'
import { given, goTo, orShowAgain, ownForm } from './form.ts'
import { officePage, YesOrNo } from './office.tsx'
import { Day, Mark, Nothing } from './parts.tsx'
import { deskWords } from './words.ts'

/** Grants that the institution's people ask for. */
export const requestsPages = pages()
  .on('GET', paths('/desk/requests'), (c) => showRequests(c))
  .on('POST', paths('/desk/requests'), async (c) => {
    const { session, fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const reason = given(fields, 'reason')
        const input = inputOrStop(requestDecision, {
          decision: fields.decision,
          ...(reason === undefined ? {} : { reason }),
        })
        await decideRequest(c.var.ctx, session.actingFor ?? '', fields.request ?? '', input)
        return goTo(c, '/desk/requests')
      },
      (stop) => showRequests(c, stop),
    )
  })

function showRequests(c: Http, stop?: RegistryError): Promise<Response> {
  return officePage(c, 'requests', stop, async ({ organisationId }, csrf) => {
    const { lang } = languageOf(c)
    const say = deskWords[lang]
    const all = await listRequests(c.var.ctx.db.read, { organisationId }, undefined, pageSizeMax)
    const waiting = all.filter(({ state }) => state === 'waiting')
    const decided = all.filter(({ state }) => state !== 'waiting')
    return (
      <>
        <p class="lead">{say.requestsLead}</p>
        {waiting.length === 0 ? (
          <Nothing>{say.noWaiting}</Nothing>
        ) : (
          <RequestTable lang={lang} requests={waiting} csrf={csrf} />
        )}
        {decided.length === 0 ? null : (
          <>
            <h2>{say.decidedRequests}</h2>
            <RequestTable lang={lang} requests={decided} csrf={csrf} />
          </>
        )}
      </>
    )
  })
}

function RequestTable({
  lang,
  requests,
  csrf,
}: {
  lang: Language
  requests: readonly GrantRequestRecord[]
  csrf: string
}) {
  const say = deskWords[lang]
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{say.person}</th>
          <th scope="col">{say.project}</th>
          <th scope="col">{say.patents}</th>
          <th scope="col">{say.state}</th>
          <th scope="col">{say.decide}</th>
        </tr>
      </thead>
      <tbody>
        {requests.map(({ id, request, state, requestedAt, reason }) => (
          <tr>
            <th scope="row">
              <bdi>{request.grantee.name}</bdi>
              {request.grantee.orcid === undefined ? null : <div class="small faint">{request.grantee.orcid}</div>}
            </th>
            <td>
              {request.project.title}
              <div class="small faint">{useInWords(request, lang)}</div>
            </td>
            <td>
              {request.numbers.slice(0, numbersShownMax).map((number) => (
                <div>
                  <PatentLink lang={lang} number={number} />
                </div>
              ))}
              {request.numbers.length > numbersShownMax ? `+ ${request.numbers.length - numbersShownMax}` : null}
            </td>
            <td>
              <Mark like={state === 'waiting' ? 'ask' : state === 'approved' ? 'allowed' : 'not_allowed'}>
                {say[`request_${state}`]}
              </Mark>
              <div class="small">
                <Day at={requestedAt} lang={lang} />
              </div>
              {reason === null ? null : <div class="small">{reason}</div>}
            </td>
            <td>
              {state === 'waiting' ? (
                <YesOrNo
                  lang={lang}
                  action={inLanguage(lang, '/desk/requests')}
                  csrf={csrf}
                  fields={{ request: id }}
                  id={id}
                  about={request.grantee.name}
                  yes={{ value: 'approved', label: say.approve }}
                  no={{ value: 'refused', label: say.refuse }}
                />
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A row stays a row; the rest is counted. */
const numbersShownMax = 10
