import type { Child } from 'hono/jsx'
import { legalStatusWords } from '../../policies/vocabulary.ts'
import { fill, type Language, other, readDate, said } from '../http/language.ts'
import { inLanguage, Said } from '../http/page.tsx'
import { Fact } from '../http/parts.tsx'
import { Bibliography } from './bibliography.tsx'
import { Cite } from './cite.tsx'
import { type PatentFacts, toLine } from './facts.ts'
import type { Patent } from './patent.ts'
import type { RelatedItem } from './related/related-item.ts'
import { RelatedList } from './related/related-list.tsx'
import { UseTable } from './use-table.tsx'
import { patentWords } from './words.ts'

type Shown = {
  patent: Patent
  facts: PatentFacts
  suspendedHolders: readonly string[]
  on: string
  lang: Language
  registryUrl: string
  related: readonly RelatedItem[]
  /** Whom to ask for more, what came of it, where it belongs. */
  use: Child
  /** Whether a grant can be asked for on pages: not where nobody can sign in. */
  grants: boolean
}

/** The page of one patent: whose it is, whether it may be used, what is recorded of it, and since when. */
export function PatentRecordPage({
  patent,
  facts,
  suspendedHolders,
  on,
  lang,
  registryUrl,
  related,
  use,
  grants,
}: Shown) {
  const say = patentWords[lang]
  const there = other(lang)
  const title = said(patent.title, lang)
  const second = title.lang === undefined ? patent.title[there] : undefined
  const { status } = patent
  const { open } = toLine(facts, [], on, suspendedHolders)
  return (
    <>
      <h1>
        <Said {...title} />
      </h1>
      {second === undefined ? null : (
        <p class="faint" lang={there}>
          {second}
        </p>
      )}
      <p class="lead">
        <span class="num pick">{patent.number}</span> · {legalStatusWords[status.value].label[lang]}{' '}
        <small class="faint">
          {say.source}: {status.source}, {say.seen} <time>{readDate(status.seenOn, lang)}</time>
        </small>
      </p>
      <Holders patent={patent} lang={lang} />
      <h2>{say.use}</h2>
      <p class="small faint">{say.useText}</p>
      <UseTable facts={facts} suspendedHolders={suspendedHolders} on={on} lang={lang} />
      {open && grants ? (
        <p>
          <a class="button" href={inLanguage(lang, `/me/grants/new?${grantQuery(patent.number)}`)}>
            {say.getGrant}
          </a>
        </p>
      ) : null}
      <Declarations patent={patent} lang={lang} />
      {use}
      <h2>{say.facts}</h2>
      <Bibliography patent={patent} lang={lang} />
      {related.length === 0 ? null : (
        <>
          <h2 id="related">{say.related}</h2>
          <RelatedList items={related} lang={lang} />
        </>
      )}
      <h2>{say.history}</h2>
      <ol class="events">
        {eventsOf(patent, lang).map(({ date, text }) => (
          <li>
            <time datetime={date}>{readDate(date, lang)}</time>
            <span>{text}</span>
          </li>
        ))}
      </ol>
      <Cite patent={patent} on={on} lang={lang} registryUrl={registryUrl} />
    </>
  )
}

/** For the commonest use; the form asks again. */
function grantQuery(numbers: string): URLSearchParams {
  return new URLSearchParams({ numbers, purpose: 'basic_research', mode: 'with' })
}

function Holders({ patent: { holders }, lang }: { patent: Patent; lang: Language }) {
  const say = patentWords[lang]
  return (
    <dl class="facts">
      <Fact name={say.holders}>
        <ul>
          {holders.map(({ organisation, share, until }) => (
            <li>
              <a href={inLanguage(lang, `/organisations/${organisation.id}`)}>{organisation.name[lang]}</a>{' '}
              <small class="faint">
                {[share && `${say.share} ${share}`, until && fill(say.until, { date: readDate(until, lang) })]
                  .filter((part) => part)
                  .join(', ')}
              </small>
            </li>
          ))}
        </ul>
      </Fact>
    </dl>
  )
}

function Declarations({ patent: { declarations }, lang }: { patent: Patent; lang: Language }) {
  const say = patentWords[lang]
  const states: Readonly<Record<string, string>> = {
    draft: say.state_draft,
    awaiting_consent: say.state_awaiting_consent,
    in_force: say.state_in_force,
    withdrawn: say.state_withdrawn,
  }
  return (
    <>
      <h2>{say.declarations}</h2>
      {declarations.length === 0 ? <p>{say.noDeclaration}</p> : null}
      <ul>
        {declarations.map(({ termsId, state, from, until, inForceFrom }) => (
          <li>
            <a href={inLanguage(lang, `/terms/${termsId}`)}>{termsId}</a> · {states[state] ?? state} ·{' '}
            {fill(say.from, { date: readDate(inForceFrom ?? from, lang) })}
            {until === undefined ? '' : ` ${fill(say.until, { date: readDate(until, lang) })}`}
          </li>
        ))}
      </ul>
    </>
  )
}

/** What happened to the patent, latest first. */
function eventsOf(patent: Patent, lang: Language): { date: string; text: string }[] {
  const say = patentWords[lang]
  const own = [
    [patent.filedOn, say.filedEvent],
    [patent.publishedOn, say.publishedEvent],
    [patent.grantedOn, say.grantedEvent],
    [patent.registeredAt.slice(0, 10), say.registered],
  ] as const
  const events = [
    ...patent.declarations.flatMap(({ inForceFrom, withdrawnOn, termsId }) => [
      ...(inForceFrom === undefined ? [] : [{ date: inForceFrom, text: fill(say.inForce, { terms: termsId }) }]),
      ...(withdrawnOn === undefined ? [] : [{ date: withdrawnOn, text: fill(say.withdrawn, { terms: termsId }) }]),
    ]),
    ...patent.statuses.map(({ on, value, source, seenOn }) => ({
      date: on,
      text: fill(say.statusEvent, {
        status: legalStatusWords[value].label[lang],
        source,
        seen: readDate(seenOn, lang),
      }),
    })),
    ...own.flatMap(([date, text]) => (date === undefined ? [] : [{ date, text }])),
  ]
  return events.sort((a, b) => b.date.localeCompare(a.date))
}
