import { csvText } from '../csv.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, said } from '../http/language.ts'
import { inLanguage, paths, Said } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { expiringCsvMax, expiringMonths, expiringRows, readExpiring } from '../patents/upkeep.ts'
import type { Expiring } from '../patents/upkeep-queries.ts'
import { declarationWords } from './declaration-words.ts'
import { forWhom } from './for-whom.tsx'
import { officerPost, toSignIn } from './form.ts'
import { officePage } from './office.tsx'
import { Day, Nothing } from './parts.tsx'

/** A page stays within its size; the file has all. */
const expiringShownMax = 100

/** What ends in the next twelve months, on a page and as a file. */
export const upkeepPages = pages()
  .on('GET', paths('/desk/expiring'), (c) => showExpiring(c))
  .on('GET', paths('/desk/expiring.csv'), async (c) => {
    const { session } = c.var
    const post = session && officerPost(session)
    if (!post) return toSignIn(c)
    const organisation = c.req.query('organisation') ?? post.organisationId
    const all = await readExpiring(c.var.ctx, organisation, expiringMonths, undefined, expiringCsvMax)
    return c.body(csvText(expiringRows(all)), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="expiring.csv"',
      'Cache-Control': 'no-store',
    })
  })

function showExpiring(c: Http): Promise<Response> {
  return officePage(c, 'expiring', undefined, async (post) => {
    const { lang } = languageOf(c)
    const say = declarationWords[lang]
    const whom = await forWhom(c, post, 'enrol', '/desk/expiring', c.req.query('organisation'))
    const all = await readExpiring(c.var.ctx, whom.id, expiringMonths, undefined, expiringShownMax)
    return (
      <>
        {whom.choice}
        <p class="lead">{say.expiringLead}</p>
        {all.length === 0 ? (
          <Nothing>{say.noExpiring}</Nothing>
        ) : (
          <>
            <p>
              <a href={inLanguage(lang, `/desk/expiring.csv${whom.query}`)}>{say.csv}</a>
            </p>
            <ExpiringTable lang={lang} all={all} />
          </>
        )}
      </>
    )
  })
}

function ExpiringTable({ lang, all }: { lang: Language; all: readonly Expiring[] }) {
  const say = declarationWords[lang]
  return (
    <table class="rows tight">
      <thead>
        <tr>
          <th scope="col">{say.number}</th>
          <th scope="col">{say.title}</th>
          <th scope="col">{say.endsOn}</th>
          <th scope="col" class="num">
            {say.inDeclarations}
          </th>
        </tr>
      </thead>
      <tbody>
        {all.map(({ number, title, endsOn, estimated, source, declarations }) => (
          <tr>
            <th scope="row" class="num">
              <a href={inLanguage(lang, `/patents/${encodeURIComponent(number)}`)}>{number}</a>
            </th>
            <td>
              <Said {...said(title, lang)} />
            </td>
            <td>
              <Day at={endsOn} lang={lang} />{' '}
              <span class="small faint">{estimated ? say.estimated : fill(say.recorded, { source })}</span>
            </td>
            <td class="num">{declarations}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
