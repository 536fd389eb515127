import type { Child } from 'hono/jsx'
import type { Http } from '../http/api.ts'
import { languageOf } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'
import { findOrganisations } from '../organisations/queries.ts'
import type { Patent } from '../patents/patent.ts'
import { ReportList, UseFigures } from './contribution.tsx'
import { readUseOfPatent } from './read.ts'
import { listReportsOfPatent } from './reports/queries.ts'
import { usageWords } from './words.ts'

/** More are in the API. */
const reportsShownMax = 20

/** What the page of a patent says of its use: whom to ask for more, what came of it, how often it is asked about. */
export async function patentUse(c: Http, { id, number, holders }: Patent): Promise<Child> {
  const { lang } = languageOf(c)
  const say = usageWords[lang]
  const { ctx } = c.var
  const [reports, use, known] = await Promise.all([
    listReportsOfPatent(ctx.db.read, id, undefined, reportsShownMax),
    readUseOfPatent(ctx, id),
    findOrganisations(
      ctx.db.read,
      holders.map(({ organisation }) => organisation.id),
    ),
  ])
  const takesPart = [...known.values()].some(({ state }) => state === 'approved')
  const canSignIn = c.var.session !== undefined || ctx.providers.length > 0
  const told = Object.values(use.totals).some(({ hidden }) => !hidden)
  return (
    <>
      <h2 id="ask">{say.askHolder}</h2>
      {takesPart ? (
        <>
          <p>{say.askHolderText}</p>
          {canSignIn ? (
            <p>
              <a class="button" href={inLanguage(lang, askPath(number))}>
                {c.var.session ? say.askHolderDo : say.signInFirst}
              </a>
            </p>
          ) : null}
        </>
      ) : (
        <p>{say.askOutside}</p>
      )}
      {reports.length === 0 ? null : (
        <>
          <h2 id="results">{say.cameOfIt}</h2>
          <ReportList reports={reports} lang={lang} />
        </>
      )}
      {told ? (
        <>
          <h2 id="use">{say.use}</h2>
          <UseFigures use={use} lang={lang} />
        </>
      ) : null}
    </>
  )
}

function askPath(number: string): string {
  return `/me/enquiries/new?${new URLSearchParams({ number })}`
}
