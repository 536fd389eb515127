import type { Child } from 'hono/jsx'
import type { Context } from '../context.ts'
import { today } from '../context.ts'
import { fill, type Language, readCount, said } from '../http/language.ts'
import { inLanguage, Said } from '../http/page.tsx'
import { type Opened, readOpened } from './contribution-queries.ts'
import type { Figure } from './figure.ts'
import { readUseOfHolder } from './read.ts'
import { listPublicReportsOfHolder } from './reports/queries.ts'
import type { Report } from './reports/report.ts'
import { type Use, usesCounted } from './use.ts'
import { usageWords } from './words.ts'

/** The rest is on the pages of the patents. */
const reportsShownMax = 20

export type Contribution = { opened: Opened; use: Use; reports: readonly Report[] }

/** What an organisation opened, how it is used, and what came of it. */
export async function readContribution(
  ctx: Pick<Context, 'db' | 'now'>,
  organisationId: string,
): Promise<Contribution> {
  const [opened, use, reports] = await Promise.all([
    readOpened(ctx.db.read, organisationId),
    readUseOfHolder(ctx, organisationId),
    listPublicReportsOfHolder(ctx.db.read, organisationId, today(ctx), reportsShownMax),
  ])
  return { opened, use, reports }
}

/** The same on a page, from `h2` down. */
export function ContributionFigures({ contribution, lang }: { contribution: Contribution; lang: Language }) {
  const say = usageWords[lang]
  const { opened, use, reports } = contribution
  return (
    <>
      <dl class="figures">
        <div>
          <dt>{say.open}</dt>
          <dd>{readCount(opened.open, lang)}</dd>
        </div>
        <div>
          <dt>{say.held}</dt>
          <dd>{readCount(opened.patents, lang)}</dd>
        </div>
      </dl>
      {opened.years.length === 0 ? (
        <p class="aside">{say.nothingOpen}</p>
      ) : (
        <OpenedTables opened={opened} lang={lang} />
      )}
      <h2 id="use">{say.use}</h2>
      <UseFigures use={use} lang={lang} />
      <h2 id="results">{say.cameOfThem}</h2>
      {reports.length === 0 ? (
        <p class="aside">{say.noReports}</p>
      ) : (
        <ReportList reports={reports} lang={lang} numbers />
      )}
    </>
  )
}

function OpenedTables({ opened: { terms, years }, lang }: { opened: Opened; lang: Language }) {
  const say = usageWords[lang]
  return (
    <>
      {terms.length === 0 ? null : (
        <section class="scroll" tabindex={0} aria-label={say.byTerms}>
          <table class="tight">
            <caption>{say.byTerms}</caption>
            <tbody>
              {terms.map(({ terms: id, patents }) => (
                <tr>
                  <th scope="row">
                    <a href={inLanguage(lang, `/terms/${encodeURIComponent(id)}`)}>{id}</a>
                  </th>
                  <td class="num">{readCount(patents, lang)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <section class="scroll" tabindex={0} aria-label={say.byYear}>
        <table class="tight">
          <caption>{say.byYear}</caption>
          <thead>
            <tr>
              <th scope="col">{say.year}</th>
              <th scope="col">{say.terms}</th>
              <th scope="col">{say.patents}</th>
            </tr>
          </thead>
          <tbody>
            {years.map(({ year, terms: id, patents }) => (
              <tr>
                <th scope="row" class="num">
                  {year}
                </th>
                <td>{id}</td>
                <td class="num">{readCount(patents, lang)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="small faint">{say.coOwned}</p>
    </>
  )
}

/** Totals, and the months in which something is told. */
export function UseFigures({ use, lang }: { use: Use; lang: Language }) {
  const say = usageWords[lang]
  const told = use.months.filter((month) => usesCounted.some((counted) => !month[counted].hidden))
  return (
    <>
      <p class="small faint">{say.useLead}</p>
      <section class="scroll" tabindex={0} aria-label={say.use}>
        <table class="tight">
          <thead>
            <tr>
              <th scope="col">{say.month}</th>
              {usesCounted.map((counted) => (
                <th scope="col">{say[counted]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{say.inTwoYears}</th>
              {usesCounted.map((counted) => (
                <td class="num">{shown(use.totals[counted], lang)}</td>
              ))}
            </tr>
            {told.map((month) => (
              <tr>
                <th scope="row">
                  <time datetime={month.month}>{month.month}</time>
                </th>
                {usesCounted.map((counted) => (
                  <td class="num">{shown(month[counted], lang)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

function shown({ value }: Figure, lang: Language): Child {
  return value === null ? <span class="faint">{usageWords[lang].few}</span> : readCount(value, lang)
}

/** Public reports as a list, the latest first. */
export function ReportList({
  reports,
  lang,
  numbers = false,
}: {
  reports: readonly Report[]
  lang: Language
  /** With the patents that each is about. */
  numbers?: boolean
}) {
  return (
    <>
      <p class="small faint">{usageWords[lang].cameLead}</p>
      <ol class="events">
        {reports.map(({ on, title, doi, address, numbers: about }) => (
          <li>
            <time datetime={on}>{on}</time>
            <span>
              <Said {...said(title, lang)} />{' '}
              {address === undefined ? null : (
                <a href={address} rel="nofollow ugc">
                  {doi === undefined ? address : `doi:${doi}`}
                </a>
              )}
              {numbers ? (
                <>
                  {' '}
                  {about.slice(0, numbersShownMax).map((number) => (
                    <>
                      <a class="num small" href={inLanguage(lang, `/patents/${encodeURIComponent(number)}`)}>
                        {number}
                      </a>{' '}
                    </>
                  ))}
                  {about.length > numbersShownMax ? `+ ${about.length - numbersShownMax}` : null}
                </>
              ) : null}
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}

const numbersShownMax = 5

/** The code that embeds a badge, and the badge. */
export function BadgeBox({
  id,
  name,
  registryUrl,
  lang,
}: {
  id: string
  name: string
  registryUrl: string
  lang: Language
}) {
  const say = usageWords[lang]
  const path = `/v1/organisations/${id}/badge.svg?lang=${lang}`
  const page = `${registryUrl}${inLanguage(lang, contributionPath(id))}`
  const alt = fill(say.contributionLead, { name })
  return (
    <>
      <h2 id="badge">{say.badge}</h2>
      <p>{say.badgeLead}</p>
      <p>
        <img src={path} alt={alt} width={300} height={74} />
      </p>
      <h3>{say.badgeCode}</h3>
      <pre class="pick" tabindex={0}>
        {`<a href="${page}"><img src="${registryUrl}${path}" alt="${alt.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}" width="300" height="74"></a>`}
      </pre>
    </>
  )
}

export function contributionPath(id: string): string {
  return `/organisations/${encodeURIComponent(id)}/contribution`
}
