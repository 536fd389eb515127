import type { Child } from 'hono/jsx'
import { areasOfPatent } from '../areas/queries.ts'
import { today } from '../context.ts'
import type { Http } from '../http/api.ts'
import { languageOf } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'
import { listMandates } from '../mandates/queries.ts'
import { findOrganisations } from '../organisations/queries.ts'
import { endedStatuses } from '../patents/facts.ts'
import { readListing } from '../patents/listing.ts'
import type { Patent } from '../patents/patent.ts'
import { patentUse } from '../usage/patent-section.tsx'
import { patentMoreWords } from './patent-more-words.ts'
import { WhoToAsk } from './who-to-ask.tsx'

/** Joint owners beyond these are named without their agents. */
const holdersAskedMax = 10
const agentsShownMax = 10

/** What folders further down know of a patent: whom to ask, what came of it, the areas it belongs to. */
export async function patentMore(c: Http, patent: Patent): Promise<Child> {
  const { lang } = languageOf(c)
  const { read } = c.var.ctx.db
  const on = today(c.var.ctx)
  const current = patent.holders.filter(({ until }) => until === undefined || until > on)
  const ids = current.map(({ organisation }) => organisation.id)
  const [use, areas, organisations, mandates, { lines }] = await Promise.all([
    patentUse(c, patent),
    areasOfPatent(read, patent.id),
    findOrganisations(read, ids),
    Promise.all(
      ids
        .slice(0, holdersAskedMax)
        .map((principalId) => listMandates(read, { principalId, state: 'in_force' }, on, undefined, agentsShownMax)),
    ),
    readListing(read, { ids: [patent.id], sort: 'filed' }, on, undefined, 1),
  ])
  const open = lines[0]?.open ?? false
  const askable = !open && !endedStatuses.has(patent.status.value)
  return (
    <>
      {askable ? (
        <WhoToAsk
          patent={patent}
          holders={ids.flatMap((id) => organisations.get(id) ?? [])}
          mandates={mandates.flat()}
          lang={lang}
          registryUrl={c.var.ctx.registryUrl}
        />
      ) : null}
      {use}
      {areas.length === 0 ? null : (
        <>
          <h2>{patentMoreWords[lang].areas}</h2>
          <ul>
            {areas.map(({ area: { slug, title, summary } }) => (
              <li>
                <a href={inLanguage(lang, `/areas/${slug}`)}>{title[lang]}</a>{' '}
                <small class="faint">{summary[lang]}</small>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
