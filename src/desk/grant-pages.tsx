import { RegistryError } from '../errors.ts'
import { State, useInWords } from '../grants/certificate-lines.tsx'
import { statusOf } from '../grants/grant.ts'
import { findGrant, type GrantRecord, listGrantIds } from '../grants/queries.ts'
import { listRequests } from '../grants/requests/queries.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, readCount, readDate } from '../http/language.ts'
import { pageSizeMax } from '../http/limits.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { Fact } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { findOrganisations } from '../organisations/queries.ts'
import type { OpenSession } from '../people/session.ts'
import { toSignIn } from './form.ts'
import { grantResultWords } from './grant-result-words.ts'
import { Day, DeskNav, Mark, Nothing } from './parts.tsx'
import { resultsOf } from './report-pages.tsx'
import { deskWords } from './words.ts'

/** The person's own grants: the list, and one with its token. */
export const deskGrantPages = pages()
  .on('GET', paths('/me/grants'), async (c) => {
    const { session } = c.var
    return session ? showGrants(c, session) : toSignIn(c)
  })
  .on('GET', paths('/me/grants/:number'), async (c) => {
    const { session } = c.var
    if (!session) return toSignIn(c)
    const grant = await findGrant(c.var.ctx.db.read, (c.req.param('number') ?? '').slice(0, 100))
    // Alike whether there is none or it is another person's.
    if (grant?.personId !== session.person.id) throw new RegistryError('not_found', 'You have no such grant.')
    return showGrantPage(c, grant)
  })

async function showGrants(c: Http, { person }: OpenSession) {
  const { lang } = languageOf(c)
  const say = deskWords[lang]
  const { read } = c.var.ctx.db
  const [ids, requests] = await Promise.all([
    listGrantIds(read, { personId: person.id }, undefined, pageSizeMax),
    listRequests(read, { personId: person.id }, undefined, pageSizeMax),
  ])
  const grants = (await Promise.all(ids.map((id) => findGrant(read, id)))).flatMap((one) => one ?? [])
  const names = await findOrganisations(
    read,
    [...grants, ...requests].map(({ organisationId }) => organisationId),
  )
  const nameOf = (id: string) => names.get(id)?.name[lang] ?? id
  return showPage(
    c,
    { title: say.grants, path: '/me/grants', cache: 'no-store' },
    <>
      <DeskNav lang={lang} here="grants" />
      <h1>{say.grants}</h1>
      {grants.length === 0 ? (
        <Nothing>{say.noGrants}</Nothing>
      ) : (
        <GrantTable lang={lang} grants={grants} now={c.var.ctx.now} nameOf={nameOf} />
      )}
      <p>
        <a href={inLanguage(lang, '/me/grants/new')}>{say.newGrant}</a>
        {' · '}
        <a href={inLanguage(lang, '/me/inventions')}>{say.inventorGrantAsk}</a>
      </p>
      <h2 id="requests">{say.myRequests}</h2>
      {requests.length === 0 ? (
        <Nothing>{say.noRequests}</Nothing>
      ) : (
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">{say.project}</th>
              <th scope="col">{say.state}</th>
              <th scope="col">{say.institution}</th>
              <th scope="col">{say.askedOn}</th>
            </tr>
          </thead>
          <tbody>
            {requests.map(({ request, state, organisationId, requestedAt, reason }) => (
              <tr>
                <th scope="row">{request.project.title}</th>
                <td>
                  <Mark like={state === 'waiting' ? 'ask' : state === 'approved' ? 'allowed' : 'not_allowed'}>
                    {say[`request_${state}`]}
                  </Mark>
                  {reason === null ? null : <div class="small">{reason}</div>}
                </td>
                <td>{nameOf(organisationId)}</td>
                <td>
                  <Day at={requestedAt} lang={lang} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>,
  )
}

/** Grants of a person: each leads to its page with the token. */
export function GrantTable({
  lang,
  grants,
  now,
  nameOf,
}: {
  lang: Language
  grants: readonly GrantRecord[]
  now: Date
  nameOf: (organisationId: string) => string
}) {
  const say = deskWords[lang]
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{say.number}</th>
          <th scope="col">{say.state}</th>
          <th scope="col">{say.project}</th>
          <th scope="col">{say.institution}</th>
          <th scope="col">{say.until}</th>
          <th scope="col">{say.files}</th>
        </tr>
      </thead>
      <tbody>
        {grants.map((grant) => (
          <tr>
            <th scope="row">
              <a class="num" href={inLanguage(lang, `/me/grants/${grant.number}`)}>
                {grant.number}
              </a>
              <div class="small faint">{say[`kind_${grant.kind}`]}</div>
            </th>
            <td>
              <State state={statusOf(grant.state, grant.expiresAt, now)} lang={lang} />
            </td>
            <td>
              {grant.request.project.title}
              <div class="small faint">{fill(say.patentCount, { count: readCount(grant.covered.length, lang) })}</div>
            </td>
            <td>{nameOf(grant.organisationId)}</td>
            <td>
              <Day at={grant.until} lang={lang} />
            </td>
            <td>
              <Files lang={lang} grant={grant} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Files({ lang, grant }: { lang: Language; grant: GrantRecord }) {
  const say = deskWords[lang]
  const about = <span class="hide"> {grant.number}</span>
  return (
    <ul class="plain small">
      <li>
        <a href={inLanguage(lang, `/g/${grant.number}`)}>
          {say.certificate}
          {about}
        </a>
      </li>
      <li>
        <a href={`/g/${grant.number}.jwt`}>.jwt{about}</a>
      </li>
      <li>
        <a href={`/v1/grants/${grant.id}.tlog-proof`}>.tlog-proof{about}</a>
      </li>
    </ul>
  )
}

async function showGrantPage(c: Http, grant: GrantRecord) {
  const { lang } = languageOf(c)
  const say = deskWords[lang]
  const { db, now, registryUrl } = c.var.ctx
  const status = statusOf(grant.state, grant.expiresAt, now)
  const [names, successor] = await Promise.all([
    findOrganisations(db.read, [grant.organisationId]),
    grant.supersededBy === null ? undefined : findGrant(db.read, grant.supersededBy),
  ])
  return showPage(
    c,
    { title: `${say[`kind_${grant.kind}`]} ${grant.number}`, path: `/me/grants/${grant.number}`, cache: 'no-store' },
    <>
      <DeskNav lang={lang} here="grants" />
      <h1>
        {say[`kind_${grant.kind}`]} <span class="num">{grant.number}</span>
      </h1>
      <p class="lead">
        <State state={statusOf(grant.state, grant.expiresAt, now)} lang={lang} />
      </p>
      {successor ? (
        <p>
          {say.successor} <a href={inLanguage(lang, `/me/grants/${successor.number}`)}>{successor.number}</a>
        </p>
      ) : null}
      <dl class="facts">
        <Fact name={say.institution}>{names.get(grant.organisationId)?.name[lang] ?? grant.organisationId}</Fact>
        <Fact name={say.project}>{grant.request.project.title}</Fact>
        <Fact name={say.use}>{useInWords(grant, lang)}</Fact>
        <Fact name={say.period}>
          {fill(say.dates, { from: readDate(grant.from, lang), until: readDate(grant.until, lang) })}
        </Fact>
        <Fact name={say.patents}>
          <ul>
            {grant.covered.map(({ number }) => (
              <li>
                <a class="num" href={inLanguage(lang, `/patents/${encodeURIComponent(number)}`)}>
                  {number}
                </a>
              </li>
            ))}
          </ul>
        </Fact>
        <Fact name={say.certificate}>
          <a href={inLanguage(lang, `/g/${grant.number}`)}>{`${registryUrl}/g/${grant.number}`}</a>
        </Fact>
        <Fact name={say.files}>
          <a href={`/g/${grant.number}.jwt`}>.jwt</a>
          {' · '}
          <a href={`/v1/grants/${grant.id}.tlog-proof`}>.tlog-proof</a>
        </Fact>
      </dl>
      {await resultsOf(c, grant)}
      <h2>{say.token}</h2>
      <p>{say.tokenLead}</p>
      <pre class="pick" id="token" tabindex={0}>
        {grant.token}
      </pre>
      {status === 'valid' || status === 'suspended' ? (
        <p>
          <a href={inLanguage(lang, `/me/grants/${grant.number}/end`)}>{grantResultWords[lang].end}</a>
        </p>
      ) : null}
    </>,
  )
}
