import type { Child } from 'hono/jsx'
import { type Context, today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, other, readCount, readDate } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { Fact } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { listEntries } from '../log/queries.ts'
import { listMandates } from '../mandates/queries.ts'
import { drawLiving } from '../maps/living.tsx'
import { tooMany } from '../maps/pages.tsx'
import { readMap } from '../maps/queries.ts'
import { type Organisation, shownToOthers } from '../organisations/organisation.ts'
import { findOrganisation, participationsOf } from '../organisations/queries.ts'
import { PatentLines } from '../patents/lines.tsx'
import { readListing } from '../patents/listing.ts'
import { contributionPath, ReportList, UseFigures } from '../usage/contribution.tsx'
import { readUseOfHolder } from '../usage/read.ts'
import { listPublicReportsOfHolder } from '../usage/reports/queries.ts'
import { countInForce, type DeclarationLine, heldBy, latestDeclarations } from './organisation-queries.ts'
import { declarationStateWords, kindWords, organisationWords } from './organisation-words.ts'

const patentsShown = 8
const declarationsShown = 12
const entriesRead = 50
const agentsShown = 10
/** More than there are terms. */
const termsCounted = 20
const reportsShown = 5

/** By our id, or by the ROR id in any spelling. */
export const organisationPages = pages().on('GET', paths('/organisations/:id'), async (c) => {
  const { ctx } = c.var
  const found = await findOrganisation(ctx.db.read, (c.req.param('id') ?? '').slice(0, 200))
  const organisation = found && shownToOthers(found)
  if (!organisation) throw new RegistryError('not_found', 'There is no such organisation.')
  return showOrganisation(c, organisation, await readOf(ctx, languageOf(c).lang, organisation))
})

type Shown = Awaited<ReturnType<typeof readOf>>

async function readOf(ctx: Context, lang: Language, { id }: Organisation) {
  const { read } = ctx.db
  const on = today(ctx)
  const [held, inForce, terms, living, listing, declarations, joined, entries, mandates, use, reports] =
    await Promise.all([
      heldBy(read, [id]),
      countInForce(read, id, on),
      readMap(read, { by: ['terms'], filter: { holder: id }, count: 'whole', top: termsCounted }).catch(tooMany),
      drawLiving(read, lang, { holder: id }).catch(tooMany),
      readListing(read, { holder: id, sort: 'filed' }, on, undefined, patentsShown),
      latestDeclarations(read, id, declarationsShown),
      participationsOf(read, [id]),
      listEntries(read, { subject: id }, undefined, entriesRead),
      listMandates(read, { principalId: id, state: 'in_force' }, on, undefined, agentsShown),
      readUseOfHolder(ctx, id),
      listPublicReportsOfHolder(read, id, on, reportsShown),
    ])
  return {
    held: held.get(id) ?? { patents: 0, open: 0 },
    declarationsInForce: inForce,
    terms: (terms?.cells ?? []).flatMap(({ keys: [value = ''], patents }) =>
      value === '' ? [] : [{ terms: value, patents }],
    ),
    living,
    lines: listing.lines,
    declarations,
    since: joined.get(id)?.since,
    events: entries.flatMap(({ type, at }) =>
      type === 'organisation_approved' || type === 'organisation_suspended' || type === 'organisation_left'
        ? [{ type, on: at.slice(0, 10) }]
        : [],
    ),
    use,
    reports,
    agents: [...new Map(mandates.map(({ agent }) => [agent.id, agent])).values()],
  }
}

function showOrganisation(c: Http, organisation: Organisation, shown: Shown) {
  const { lang } = languageOf(c)
  const say = organisationWords[lang]
  const there = other(lang)
  const { id, name, state } = organisation
  const to = (path: string) => inLanguage(lang, path)
  const feed = `/v1/changes?${new URLSearchParams({ holder: id, format: 'atom', lang })}`
  return showPage(
    c,
    {
      title: name[lang],
      path: `/organisations/${id}`,
      description: `${name[lang]}: ${stateText(organisation, shown.since, lang)}`,
      kind: 'profile',
      feed: { href: feed, title: `${name[lang]}: ${say.feed}` },
      data: schemaOrgOf(organisation, c.var.ctx.registryUrl, lang),
    },
    <>
      <p class="small">
        <a href={to('/organisations')}>{say.list}</a>
      </p>
      <h1>{name[lang]}</h1>
      {name[there] === name[lang] ? null : (
        <p class="faint" lang={there}>
          {name[there]}
        </p>
      )}
      <p class={state === 'approved' ? 'lead' : 'fault'}>{stateText(organisation, shown.since, lang)}</p>
      {state === 'named' ? (
        <p>
          {say.yours} <a href={to('/join')}>{say.join}</a>
        </p>
      ) : null}
      <Figures lang={lang} shown={shown} />
      <Record lang={lang} organisation={organisation} agents={shown.agents} />
      <Opened lang={lang} id={id} shown={shown} />
      <Patents lang={lang} id={id} shown={shown} />
      <Declarations lang={lang} lines={shown.declarations} />
      <CameOfIt lang={lang} id={id} shown={shown} />
      <Contact lang={lang} organisation={organisation} />
      {shown.events.length === 0 ? null : <Events lang={lang} events={shown.events} />}
      <h2>{say.follow}</h2>
      <p>
        <a href={feed}>{say.feed}</a> · <a href={`/v1/organisations/${id}`}>{say.json}</a>
      </p>
    </>,
  )
}

function stateText({ state }: Organisation, since: string | undefined, lang: Language): string {
  const say = organisationWords[lang]
  if (state !== 'approved') return say[`state_${state}`]
  return since === undefined ? say.state_approved_undated : fill(say.state_approved, { date: readDate(since, lang) })
}

function Figures({ lang, shown: { held, declarationsInForce } }: { lang: Language; shown: Shown }) {
  const say = organisationWords[lang]
  const figures = [
    [say.patentsHeld, held.patents],
    [say.patentsOpen, held.open],
    [say.declarationsOpen, declarationsInForce],
  ] as const
  return (
    <dl class="figures">
      {figures.map(([name, count]) => (
        <div>
          <dt>{name}</dt>
          <dd>{readCount(count, lang)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Record({
  lang,
  organisation: { kind, country, ror, corporateNumber },
  agents,
}: {
  lang: Language
  organisation: Organisation
  agents: Shown['agents']
}) {
  const say = organisationWords[lang]
  return (
    <dl class="facts">
      <Fact name={say.kind}>{kindWords[kind][lang]}</Fact>
      <Fact name={say.country}>{countryName(country, lang)}</Fact>
      {ror === undefined ? null : (
        <Fact name={say.ror}>
          <a href={ror}>{ror}</a>
        </Fact>
      )}
      {corporateNumber === undefined ? null : (
        <Fact name={say.corporateNumber}>
          <span class="num pick">{corporateNumber}</span>
        </Fact>
      )}
      {agents.length === 0 ? null : (
        <Fact name={say.agents}>
          {agents.map((agent, i) => (
            <>
              {i === 0 ? null : lang === 'ja' ? '、' : ', '}
              <a href={inLanguage(lang, `/organisations/${agent.id}`)}>{agent.name[lang]}</a>
            </>
          ))}{' '}
          <small class="faint">{say.agentsText}</small>
        </Fact>
      )}
    </dl>
  )
}

function countryName(code: string, lang: Language): string {
  return new Intl.DisplayNames([lang], { type: 'region', fallback: 'code' }).of(code) ?? code
}

function Opened({ lang, id, shown: { terms, living, held } }: { lang: Language; id: string; shown: Shown }) {
  const say = organisationWords[lang]
  if (held.patents === 0) return null
  return (
    <>
      <h2>{say.opened}</h2>
      {terms.length === 0 ? (
        <p>{say.openedNone}</p>
      ) : (
        <ul class="counts" aria-label={say.underTerms}>
          {terms.map((one) => (
            <li>
              <a href={inLanguage(lang, `/terms/${one.terms}`)}>{one.terms}</a>{' '}
              <a class="num" href={patentsOf(lang, id, { terms: one.terms })}>
                {fill(say.declared, { count: readCount(one.patents, lang) })}
              </a>
            </li>
          ))}
        </ul>
      )}
      {living === undefined ? null : <Living lang={lang}>{living}</Living>}
    </>
  )
}

function Living({ lang, children }: { lang: Language; children: Child }) {
  const say = organisationWords[lang]
  return (
    <>
      <section class="scroll" tabindex={0} aria-label={say.picture}>
        {children}
      </section>
      <p class="small faint">{say.pictureText}</p>
    </>
  )
}

function patentsOf(lang: Language, holder: string, more: Readonly<Record<string, string>> = {}): string {
  return inLanguage(lang, `/patents?${new URLSearchParams({ holder, ...more })}`)
}

function Patents({ lang, id, shown: { lines, held } }: { lang: Language; id: string; shown: Shown }) {
  const say = organisationWords[lang]
  if (lines.length === 0) return null
  return (
    <>
      <h2>{say.latest}</h2>
      <PatentLines lines={lines} lang={lang} />
      <p>
        <a href={patentsOf(lang, id)}>{fill(say.allPatents, { count: readCount(held.patents, lang) })}</a>
        {held.open === 0 ? null : (
          <>
            {' '}
            ·{' '}
            <a href={patentsOf(lang, id, { open: 'true' })}>
              {fill(say.openPatents, { count: readCount(held.open, lang) })}
            </a>
          </>
        )}{' '}
        · <a href={inLanguage(lang, `/map?${new URLSearchParams({ picture: 'heat', holder: id })}`)}>{say.mapOf}</a> ·{' '}
        <a href={`/v1/patents?${new URLSearchParams({ holder: id, format: 'csv', lang })}`}>{say.csv}</a>
      </p>
    </>
  )
}

function Declarations({ lang, lines }: { lang: Language; lines: readonly DeclarationLine[] }) {
  const say = organisationWords[lang]
  return (
    <>
      <h2>{say.declarations}</h2>
      {lines.length === 0 ? <p>{say.declarationsNone}</p> : null}
      <ol class="events">
        {lines.map(({ id, termsId, state, patents, from, closedOn }) => (
          <li>
            <time datetime={from}>{readDate(from, lang)}</time>
            <span>
              <a href={inLanguage(lang, `/terms/${termsId}`)}>{termsId}</a> ·{' '}
              {declarationStateWords[state]?.[lang] ?? state} ·{' '}
              {fill(say.declared, { count: readCount(patents, lang) })}
              {closedOn === undefined ? '' : ` · ${fill(say.withdrawnOn, { date: readDate(closedOn, lang) })}`}{' '}
              <a class="small" href={`/v1/declarations/${id}`}>
                JSON
              </a>
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}

/** Counts, never anyone's name; the whole is on the page that the organisation shows to those it reports to. */
function CameOfIt({ lang, id, shown: { use, reports, held } }: { lang: Language; id: string; shown: Shown }) {
  const say = organisationWords[lang]
  if (held.patents === 0) return null
  const told = Object.values(use.totals).some(({ hidden }) => !hidden)
  return (
    <>
      <h2>{say.cameOfIt}</h2>
      {told ? <UseFigures use={use} lang={lang} /> : null}
      {reports.length > 0 ? <ReportList reports={reports} lang={lang} numbers /> : null}
      {told || reports.length > 0 ? null : <p>{say.nothingYet}</p>}
      <p>
        <a href={inLanguage(lang, contributionPath(id))}>{say.contribution}</a>
      </p>
    </>
  )
}

function Contact({ lang, organisation: { state, ror } }: { lang: Language; organisation: Organisation }) {
  const say = organisationWords[lang]
  return (
    <>
      <h2 id="contact">{say.contact}</h2>
      <p>{state === 'named' || state === 'left' ? say.contactNamed : say.contactText}</p>
      {ror === undefined ? null : (
        <p>
          <a href={ror}>{say.contactRor}</a>
        </p>
      )}
    </>
  )
}

const eventWords = {
  organisation_approved: 'approvedEvent',
  organisation_suspended: 'suspendedEvent',
  organisation_left: 'leftEvent',
} as const

function Events({ lang, events }: { lang: Language; events: Shown['events'] }) {
  const say = organisationWords[lang]
  return (
    <>
      <h2>{say.history}</h2>
      <ol class="events">
        {events.map(({ type, on }) => (
          <li>
            <time datetime={on}>{readDate(on, lang)}</time>
            <span>{say[eventWords[type]]}</span>
          </li>
        ))}
      </ol>
    </>
  )
}

/** schema.org, as JSON-LD. */
function schemaOrgOf({ id, name, kind, ror }: Organisation, registryUrl: string, lang: Language) {
  return {
    '@context': 'https://schema.org',
    '@type': kind === 'university' ? 'CollegeOrUniversity' : 'Organization',
    '@id': ror ?? `${registryUrl}/v1/organisations/${id}`,
    url: `${registryUrl}${inLanguage(lang, `/organisations/${id}`)}`,
    name: [
      { '@language': 'ja', '@value': name.ja },
      { '@language': 'en', '@value': name.en },
    ],
  }
}
