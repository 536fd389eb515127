import { fill, type Language, readCount, said } from '../http/language.ts'
import { inLanguage, Said } from '../http/page.tsx'
import { VerdictMark } from '../http/parts.tsx'
import type { CheckResult } from './check.ts'
import { formId } from './question-box.tsx'
import { shortened } from './verdict-card.tsx'
import { checkWords } from './words.ts'

/** As many lines as stay well within 60 kB beside the list that was entered. */
export const rowsPerPage = 50

/** A part of a long list as a table; the buttons send the question box again, so the list needs no address. */
export function VerdictTable({
  results,
  from,
  lang,
}: {
  results: readonly CheckResult[]
  from: number
  lang: Language
}) {
  const say = checkWords[lang]
  const shown = results.slice(from, from + rowsPerPage)
  const until = from + shown.length
  return (
    <>
      <p class="num">
        {fill(say.shownOf, {
          from: readCount(from + 1, lang),
          until: readCount(until, lang),
          count: readCount(results.length, lang),
        })}
      </p>
      <table class="rows tight">
        <thead>
          <tr>
            <th scope="col">{say.verdict}</th>
            <th scope="col">{say.number}</th>
            <th scope="col">{say.patent}</th>
            <th scope="col">{say.next}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((result) => (
            <Row result={result} lang={lang} />
          ))}
        </tbody>
      </table>
      <p class="row screen">
        {from === 0 ? null : (
          <button class="quiet" type="submit" form={formId} name="from" value={Math.max(0, from - rowsPerPage)}>
            {say.pageBefore}
          </button>
        )}
        {until >= results.length ? null : (
          <button class="quiet" type="submit" form={formId} name="from" value={until}>
            {fill(say.pageNext, { count: readCount(Math.min(rowsPerPage, results.length - until), lang) })}
          </button>
        )}
      </p>
    </>
  )
}

function Row({ result: { verdict, input, patent, next }, lang }: { result: CheckResult; lang: Language }) {
  const holders = patent?.holders.map(({ name }) => name[lang]).join(lang === 'ja' ? '、' : ', ')
  return (
    <tr>
      <td>
        <VerdictMark verdict={verdict} lang={lang} />
      </td>
      <th scope="row" class="num">
        {patent === undefined ? (
          <bdi>{shortened(input)}</bdi>
        ) : (
          <a href={inLanguage(lang, `/patents/${patent.number}`)}>{patent.number}</a>
        )}
      </th>
      <td>
        {patent === undefined ? null : (
          <>
            <Said {...said(patent.title, lang)} /> <small class="faint">{holders}</small>
          </>
        )}
      </td>
      <td>{next.text[lang]}</td>
    </tr>
  )
}
