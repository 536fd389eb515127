import { legalStatusWords, verdictWords } from '../../policies/vocabulary.ts'
import { fill, type Language, readCount, readDate } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'
import { ClauseLink, Fact } from '../http/parts.tsx'
import type { Bilingual } from '../shapes.ts'
import { CertificateLines, Events, type GrantEvent, QrCode, Seal, State, useInWords } from './certificate-lines.tsx'
import { certificateWords } from './certificate-words.ts'
import type { GrantState, PublicGrant } from './grant.ts'
import type { GrantRecord } from './queries.ts'

export type CertificateFacts = {
  grant: GrantRecord
  now: Date
  registryUrl: string
  status: GrantState
  events: readonly GrantEvent[]
  patents: PublicGrant['patents']
  holders: readonly Bilingual[]
  territory: readonly string[]
  terms: readonly { id: string; sha256: string }[]
  conditions: readonly { text: Bilingual; clauses: readonly string[] }[]
  /** Where the public log has it; undefined once its record was erased. */
  record: { sequence: number; size: number; root: string } | undefined
  successor: string | undefined
  /** Only for those who may see whose it is. */
  grantee: { name: string; orcid?: string; institution: Bilingual | undefined } | undefined
}

/** As many as leave room for the rest on one A4 page; a longer list has an annex. */
const patentsOnFirstPage = 8
/** A statement that names more is no longer a sentence. */
const patentsInStatement = 5

type Props = CertificateFacts & { lang: Language }

/** The certificate of a grant: one A4 page in black and white, with an annex for a long list; around it what the screen adds. */
export function Certificate(facts: Props) {
  const { lang, grant, terms, record } = facts
  const say = certificateWords[lang]
  return (
    <article class="certificate">
      <Head {...facts} />
      <dl class="facts">
        <Grantee {...facts} />
        <CertificateLines lang={lang} grant={grant} />
        <Fact name={say.territory}>
          <span class="num">{facts.territory.join(' ')}</span>
        </Fact>
        <Fact name={say.holders}>{facts.holders.map((name) => name[lang]).join(say.and)}</Fact>
      </dl>
      <h2>{say.patents}</h2>
      <Patents lang={lang} patents={facts.patents.slice(0, patentsOnFirstPage)} />
      {grant.covered.length > patentsOnFirstPage ? (
        <p class="small">
          <a href="#annex">
            {fill(say.first, { count: patentsOnFirstPage, all: readCount(grant.covered.length, lang) })}
          </a>
        </p>
      ) : null}
      <h2>{say.conditions}</h2>
      <Conditions {...facts} />
      <h2>{say.terms}</h2>
      <dl class="facts">
        {terms.map(({ id, sha256 }) => (
          <Fact name={<a href={inLanguage(lang, `/terms/${encodeURIComponent(id)}`)}>{id}</a>}>
            <span class="hide">{say.fingerprint} </span>
            <code>{sha256}</code>
          </Fact>
        ))}
      </dl>
      <h2>{say.record}</h2>
      {record ? (
        <dl class="facts">
          <Fact name={fill(say.sequence, { sequence: record.sequence })}>
            {fill(say.tree, { size: record.size })} <code>{record.root}</code>
          </Fact>
          <Fact name={say.howTo}>
            {fill(say.howToText, {
              url: `${facts.registryUrl}/verify`,
              keys: `${facts.registryUrl}/.well-known/jwks.json`,
            })}
          </Fact>
        </dl>
      ) : (
        <p>{say.notLogged}</p>
      )}
      {grant.covered.length > patentsOnFirstPage ? (
        <section class="annex" id="annex">
          <h2>{fill(say.annex, { all: readCount(grant.covered.length, lang) })}</h2>
          <Patents lang={lang} patents={facts.patents} />
        </section>
      ) : null}
      <OnScreen {...facts} />
    </article>
  )
}

function Head({ lang, grant, status, now, registryUrl, successor }: Props) {
  const say = certificateWords[lang]
  const time = `${readDate(now.toISOString().slice(0, 10), lang)} ${now.toISOString().slice(11, 16)} UTC`
  return (
    <header class="head">
      <Seal label={say.seal} />
      <div>
        <h1>
          {say[grant.kind]} <span class="num">{grant.number}</span>
        </h1>
        <p class="status">
          <span class="hide">{say.status}: </span>
          <State state={status} lang={lang} /> <span class="small faint">{fill(say.asOf, { time })}</span>
        </p>
        {successor === undefined ? null : (
          <p>
            {say.successor}: <a href={inLanguage(lang, `/g/${successor}`)}>{successor}</a>
          </p>
        )}
        <p>{say.lead}</p>
        <p class="small paper">{say.onPaper}</p>
      </div>
      <div class="code">
        <QrCode url={`${registryUrl}/g/${grant.number}`} label={say.qr} />
        <span class="small num">{`${registryUrl}/g/${grant.number}`}</span>
      </div>
    </header>
  )
}

function Grantee({ lang, grant, grantee }: Props) {
  const say = certificateWords[lang]
  const group = grant.kind === 'inventor' ? <div class="small">{say.group}</div> : null
  const partners = grant.request.partners
  return (
    <>
      <Fact name={say.grantee}>
        {grantee ? (
          <>
            <b>{grantee.name}</b>
            {grantee.institution === undefined ? null : ` · ${grantee.institution[lang]}`}
            {grantee.orcid === undefined ? null : <div class="small num">{grantee.orcid}</div>}
          </>
        ) : (
          say.held
        )}
        {group}
      </Fact>
      {grantee && partners !== undefined && partners.length > 0 ? (
        <Fact name={say.partners}>{partners.join(say.and)}</Fact>
      ) : null}
    </>
  )
}

function Patents({ lang, patents }: { lang: Language; patents: PublicGrant['patents'] }) {
  const say = certificateWords[lang]
  return (
    <table class="tight">
      <thead>
        <tr>
          <th scope="col">{say.patentNumber}</th>
          <th scope="col">{say.terms}</th>
          <th scope="col">{say.right}</th>
        </tr>
      </thead>
      <tbody>
        {patents.map(({ number, terms, now }) => (
          <tr>
            <td class="num">
              <a href={inLanguage(lang, `/patents/${number}`)}>{number}</a>
            </td>
            <td>{terms}</td>
            <td>
              {now.needed ? null : <span class="mark not_needed">{verdictWords.not_needed.label[lang]}</span>}{' '}
              {legalStatusWords[now.status].label[lang]}
              {now.needed || now.since === undefined ? null : ` (${readDate(now.since, lang)})`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Conditions({ lang, conditions, holders, grant }: Props) {
  const say = certificateWords[lang]
  const places = { holder: holders.map((name) => name[lang]).join(say.and), patents: someOf(grant, lang) }
  return (
    <ul class="conditions">
      {conditions.map(({ text, clauses }) => (
        <li>
          {fill(text[lang], places)}{' '}
          <span class="small faint">
            {clauses.map((clause, i) => (
              <>
                {i === 0 ? null : ' · '}
                <ClauseLink cited={clause} lang={lang} />
              </>
            ))}
          </span>
        </li>
      ))}
    </ul>
  )
}

function someOf({ covered }: GrantRecord, lang: Language): string {
  const say = certificateWords[lang]
  const named = covered.slice(0, patentsInStatement).map(({ number }) => number)
  const left = covered.length - named.length
  return [...named, ...(left > 0 ? [fill(say.more, { count: readCount(left, lang) })] : [])].join(say.and)
}

/** What paper does not need: statements to paste, files, history. */
function OnScreen(facts: Props) {
  const { lang, grant, events, registryUrl, grantee } = facts
  const say = certificateWords[lang]
  const address = `${registryUrl}/v1/grants/${grant.id}`
  return (
    <div class="screen">
      <h2>{say.statement}</h2>
      <p>{say.statementLead}</p>
      <p lang="ja" class="pick statement">
        {statement(facts, 'ja')}
      </p>
      <p lang="en" class="pick statement">
        {statement(facts, 'en')}
      </p>
      <h2>{say.files}</h2>
      <ul>
        {grantee ? (
          <li>
            <a href={`/g/${grant.number}.jwt`}>{say.token}</a>
          </li>
        ) : null}
        <li>
          <a href={`${address}.tlog-proof`}>{say.proof}</a>
        </li>
        <li>
          <a href={address}>{say.json}</a>
        </li>
        <li>
          <a href={`${registryUrl}/v1/status-lists/${grant.statusList}`}>{say.list}</a>
        </li>
        <li>
          <a href={inLanguage(lang, '/verify')}>{say.verify}</a>
        </li>
      </ul>
      <p class="faint">{say.print}</p>
      <h2>{say.events}</h2>
      <Events events={events} lang={lang} />
    </div>
  )
}

/** In either language, whatever the page is in: the form decides. */
function statement({ grant, holders, terms, registryUrl }: Props, lang: Language): string {
  const say = certificateWords[lang]
  return fill(say.statementText, {
    number: grant.number,
    from: readDate(grant.from, lang),
    until: readDate(grant.until, lang),
    use: useInWords(grant, lang),
    patents: someOf(grant, lang),
    holders: holders.map((name) => name[lang]).join(say.and),
    terms: terms.map(({ id }) => id).join(say.and),
    url: `${registryUrl}/g/${grant.number}`,
  })
}
