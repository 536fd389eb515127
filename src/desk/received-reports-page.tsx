import { today } from '../context.ts'
import type { Http } from '../http/api.ts'
import { type Language, languageOf, said } from '../http/language.ts'
import { inLanguage, paths, Said } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { listReportsForHolder } from '../usage/reports/queries.ts'
import type { Report } from '../usage/reports/report.ts'
import { receivedReportWords, reportKindWords } from './grant-result-words.ts'
import { officePage } from './office.tsx'
import { Day, Nothing } from './parts.tsx'

const reportsShownMax = 50
const numbersShownMax = 5

/** What came of research on the organisation's own patents: also what its grantees told the holders alone. */
export const receivedReportsPages = pages().on('GET', paths('/desk/reports'), (c) => showList(c))

function showList(c: Http): Promise<Response> {
  return officePage(c, 'reports', undefined, async ({ organisationId }) => {
    const { lang } = languageOf(c)
    const say = receivedReportWords[lang]
    const { ctx } = c.var
    const before = c.req.query('before')?.slice(0, 100)
    const found = await listReportsForHolder(ctx.db.read, organisationId, today(ctx), before, reportsShownMax + 1)
    const reports = found.slice(0, reportsShownMax)
    const last = found.length > reports.length ? reports.at(-1) : undefined
    return (
      <>
        <p class="lead">{say.lead}</p>
        {reports.length === 0 ? <Nothing>{say.none}</Nothing> : <ReportTable lang={lang} reports={reports} />}
        {last === undefined ? null : (
          <p>
            <a href={`${inLanguage(lang, '/desk/reports')}?${new URLSearchParams({ before: last.id })}`}>{say.older}</a>
          </p>
        )}
      </>
    )
  })
}

function ReportTable({ lang, reports }: { lang: Language; reports: readonly Report[] }) {
  const say = receivedReportWords[lang]
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{say.result}</th>
          <th scope="col">{say.kind}</th>
          <th scope="col">{say.on}</th>
          <th scope="col">{say.patents}</th>
          <th scope="col">{say.seenBy}</th>
        </tr>
      </thead>
      <tbody>
        {reports.map((one) => (
          <tr>
            <th scope="row">
              <Said {...said(one.title, lang)} />{' '}
              {one.address === undefined ? null : (
                <a href={one.address} rel="nofollow ugc">
                  {one.doi === undefined ? one.address : `doi:${one.doi}`}
                </a>
              )}
            </th>
            <td>{reportKindWords[one.kind][lang]}</td>
            <td>
              <Day at={one.on} lang={lang} />
            </td>
            <td>
              {one.numbers.slice(0, numbersShownMax).map((number) => (
                <>
                  <a class="num small" href={inLanguage(lang, `/patents/${encodeURIComponent(number)}`)}>
                    {number}
                  </a>{' '}
                </>
              ))}
              {one.numbers.length > numbersShownMax ? `+ ${one.numbers.length - numbersShownMax}` : null}
            </td>
            <td>{one.public ? say.everyone : say.holders}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
