import { encumbranceKindWords, legalStatusWords } from '../../policies/vocabulary.ts'
import { fill, type Language, other, readDate, said } from '../http/language.ts'
import { inLanguage, Said } from '../http/page.tsx'
import { Fact } from '../http/parts.tsx'
import type { PatentFacts } from './facts.ts'
import type { Patent } from './patent.ts'
import { UseTable } from './use-table.tsx'
import { patentWords } from './words.ts'

type Shown = {
  patent: Patent
  facts: PatentFacts
  suspendedHolders: readonly string[]
  on: string
  lang: Language
  registryUrl: string
}

/** The page of one patent: whose it is, whether it may be used, what is recorded of it, and since when. */
export function PatentRecordPage({ patent, facts, suspendedHolders, on, lang, registryUrl }: Shown) {
  const say = patentWords[lang]
  const there = other(lang)
  const title = said(patent.title, lang)
  const second = title.lang === undefined ? patent.title[there] : undefined
  const { status } = patent
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
      <Declarations patent={patent} lang={lang} />
      <h2>{say.facts}</h2>
      <Bibliography patent={patent} lang={lang} />
      <h2>{say.history}</h2>
      <ol class="events">
        {eventsOf(patent, lang).map(({ date, text }) => (
          <li>
            <time datetime={date}>{readDate(date, lang)}</time>
            <span>{text}</span>
          </li>
        ))}
      </ol>
      <h2>{say.cite}</h2>
      <p>
        <code class="pick">{`${registryUrl}/patents/${patent.number}`}</code>
      </p>
      <p>
        <a href={`/v1/patents/${patent.number}`}>{say.json}</a>
      </p>
    </>
  )
}

function Holders({ patent: { holders }, lang }: { patent: Patent; lang: Language }) {
  const say = patentWords[lang]
  return (
    <dl class="facts">
      <Fact name={say.holders}>
        <ul>
          {holders.map(({ organisation, share, until }) => (
            <li>
              {organisation.name[lang]}{' '}
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

function Bibliography({ patent, lang }: { patent: Patent; lang: Language }) {
  const say = patentWords[lang]
  const { numbers, classes, fields, inventors, end, family, encumbrances } = patent
  const symbols = (['ipc', 'cpc', 'fi'] as const).filter((scheme) => classes[scheme].length > 0)
  const dates = [
    [say.priority, patent.priorityOn],
    [say.filed, patent.filedOn],
    [say.published, patent.publishedOn],
    [say.granted, patent.grantedOn],
  ] as const
  return (
    <dl class="facts">
      <Fact name={say.numbers}>
        <ul>
          {numbers.map(({ display, docdb }) => (
            <li>
              <span class="num">{display[lang]}</span> <small class="faint pick">{docdb}</small>
            </li>
          ))}
        </ul>
      </Fact>
      {dates.map(([name, date]) => (date === undefined ? null : <Fact name={name}>{readDate(date, lang)}</Fact>))}
      {end === undefined ? null : (
        <Fact name={say.end}>
          {readDate(end.on, lang)}{' '}
          <small class="faint">{end.estimated ? say.estimated : `${say.source}: ${end.source}`}</small>
        </Fact>
      )}
      {inventors.length === 0 ? null : (
        <Fact name={say.inventors}>
          <ul>
            {inventors.map(({ name, romanised, orcid }) => (
              <li>
                {name}{' '}
                <small class="faint">{[romanised, orcid].filter((part) => part !== undefined).join(' · ')}</small>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {fields.length === 0 ? null : (
        <Fact name={say.fields}>
          <ul>
            {fields.map(({ field, name }) => (
              <li>
                <a href={inLanguage(lang, `/patents?field=${field}`)}>{name[lang]}</a>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {symbols.length === 0 ? null : (
        <Fact name={say.classes}>
          <ul>
            {symbols.map((scheme) => (
              <li>
                {scheme.toUpperCase()}: <span class="num">{classes[scheme].join(', ')}</span>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {family === undefined || family.members.length === 0 ? null : (
        <Fact name={say.family}>
          <ul>
            {family.members.map((number) => (
              <li>
                <a class="num" href={inLanguage(lang, `/patents/${number}`)}>
                  {number}
                </a>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {encumbrances.length === 0 ? null : (
        <Fact name={say.encumbrances}>
          <ul>
            {encumbrances.map(({ kind, researchReserved }) => (
              <li>
                {encumbranceKindWords[kind].label[lang]}
                {researchReserved ? ` (${say.researchReserved})` : ''}
              </li>
            ))}
          </ul>
        </Fact>
      )}
    </dl>
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
