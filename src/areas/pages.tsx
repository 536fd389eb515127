import { today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, readCount, readDate } from '../http/language.ts'
import { signpost } from '../http/links.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { Fact } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { pictureWords } from '../maps/drawings.tsx'
import type { Grid } from '../maps/pictures/grid.ts'
import { HeatPicture } from '../maps/pictures/heat.tsx'
import { gridTable, ShownTable } from '../maps/tables.tsx'
import { findOrganisations } from '../organisations/queries.ts'
import { PatentLines } from '../patents/lines.tsx'
import { readListing } from '../patents/listing.ts'
import { RelatedList } from '../patents/related/related-list.tsx'
import { type Area, type AreaRule, patentsPerAreaMax } from './area.ts'
import { seesArea } from './keep.ts'
import { linksOf, schemaOrgOf } from './links.ts'
import { type AreaCell, findArea, historyOf, listAreas, patentsOf } from './queries.ts'
import { showArea, showAreaLine } from './show.ts'
import { areaEventWords, areaWords } from './words.ts'

/** A picture that is still read at a glance. */
const holdersInPicture = 14
const yearsInPicture = 16
const patentsShown = 12

export const areaPages = pages()
  .on('GET', paths('/areas'), (c) => showAreas(c))
  .on('GET', paths('/areas/:slug'), (c) => showOne(c, c.req.param('slug') ?? ''))
  .on('GET', paths('/areas/:slug/patents'), (c) => showPatents(c, c.req.param('slug') ?? ''))

async function showAreas(c: Http): Promise<Response> {
  const { lang } = languageOf(c)
  const say = areaWords[lang]
  const { ctx } = c.var
  const seen = (await listAreas(ctx.db.read)).filter(({ area }) => seesArea(ctx.actor, area))
  const lines = await Promise.all(seen.map(({ area }) => showAreaLine(ctx, area)))
  return showPage(
    c,
    { title: say.title, path: '/areas', section: 'areas', description: say.lead },
    <>
      <h1>{say.title}</h1>
      <p class="lead">{say.lead}</p>
      {lines.length === 0 ? <p>{say.none}</p> : null}
      {lines.map((line) => (
        <section>
          <h2>
            <a href={inLanguage(lang, `/areas/${line.slug}`)}>{line.title[lang]}</a>{' '}
            {line.state === 'draft' ? <span class="small faint">{say.draft}</span> : null}
          </h2>
          <p>{line.summary[lang]}</p>
          <p class="num">
            {fill(say.count, { patents: readCount(line.patents, lang), open: readCount(line.open, lang) })}
          </p>
        </section>
      ))}
    </>,
  )
}

async function showOne(c: Http, slug: string): Promise<Response> {
  const { lang } = languageOf(c)
  const say = areaWords[lang]
  const { ctx } = c.var
  const record = await seenArea(c, slug)
  const [{ area, cells }, ids, history] = await Promise.all([
    showArea(ctx, record),
    patentsOf(ctx.db.read, record, patentsShown),
    historyOf(ctx.db.read, record.id),
  ])
  const { lines } = await readListing(ctx.db.read, { ids, sort: 'filed' }, today(ctx), undefined, patentsShown)
  const isPublic = area.state === 'published'
  if (isPublic) signpost(c, linksOf(area, ctx.registryUrl))
  return showPage(
    c,
    {
      title: area.title[lang],
      path: `/areas/${slug}`,
      section: 'areas',
      description: area.summary[lang],
      kind: 'article',
      ...(isPublic ? { data: schemaOrgOf(area, ctx.registryUrl, lang) } : {}),
    },
    <>
      <p>
        <a href={inLanguage(lang, '/areas')}>{say.title}</a>
      </p>
      <h1>{area.title[lang]}</h1>
      <p class="lead">{area.summary[lang]}</p>
      <p class="num">
        {fill(say.count, { patents: readCount(area.patents, lang), open: readCount(area.open, lang) })}
        {area.patents >= patentsPerAreaMax ? ` ${fill(say.tooMany, { max: patentsPerAreaMax })}` : ''}
      </p>
      <h2>{say.map}</h2>
      <AreaMap area={area} cells={cells} on={today(ctx)} lang={lang} />
      <h2>{say.patents}</h2>
      <PatentLines lines={lines} lang={lang} />
      <p>
        <a href={inLanguage(lang, `/areas/${slug}/patents`)}>{say.all}</a> ·{' '}
        <a href={`/v1/areas/${slug}`}>{say.export}</a>
      </p>
      <h2 id="related">{say.related}</h2>
      {area.related.length === 0 ? <p>{say.nothingRelated}</p> : <RelatedList items={area.related} lang={lang} />}
      <p class="small faint">
        {say.addHow} <a href={inLanguage(lang, `/desk/areas/${slug}`)}>{say.addLink}</a>
      </p>
      <h2>{say.rule}</h2>
      <Rules area={area} lang={lang} names={await namesOf(c, area.rules)} />
      <dl class="facts">
        <Fact name={say.keptBy}>{area.curator?.name[lang] ?? say.stewards}</Fact>
        {area.publishedOn === undefined ? null : <Fact name={say.published}>{readDate(area.publishedOn, lang)}</Fact>}
      </dl>
      <h2>{say.history}</h2>
      <ol class="events">
        {history.map(({ at, event }) => (
          <li>
            <time datetime={at}>{readDate(at.slice(0, 10), lang)}</time>
            <span>{areaEventWords[event]?.[lang] ?? event}</span>
          </li>
        ))}
      </ol>
    </>,
  )
}

async function showPatents(c: Http, slug: string): Promise<Response> {
  const { lang } = languageOf(c)
  const say = areaWords[lang]
  const { ctx } = c.var
  const record = await seenArea(c, slug)
  const ids = await patentsOf(ctx.db.read, record, patentsPerPage + 1)
  const { lines } = await readListing(
    ctx.db.read,
    { ids: ids.slice(0, patentsPerPage), sort: 'filed' },
    today(ctx),
    undefined,
    patentsPerPage,
  )
  return showPage(
    c,
    { title: `${record.title[lang]} — ${say.patents}`, path: `/areas/${slug}/patents`, section: 'areas' },
    <>
      <p>
        <a href={inLanguage(lang, `/areas/${slug}`)}>{record.title[lang]}</a>
      </p>
      <h1>{say.patents}</h1>
      <PatentLines lines={lines} lang={lang} />
      {ids.length > patentsPerPage ? (
        <p>
          <a href={`/v1/areas/${slug}/patents`}>{say.export}</a>
        </p>
      ) : null}
    </>,
  )
}

/** As many lines as a page of 60 kB holds. */
const patentsPerPage = 100

function AreaMap({ area, cells, on, lang }: { area: Area; cells: readonly AreaCell[]; on: string; lang: Language }) {
  const say = areaWords[lang]
  const years = area.years.map(({ year }) => year)
  const to = Math.max(...years)
  const from = Math.max(Math.min(...years), to - yearsInPicture + 1)
  if (years.length === 0) return null
  const columns = Array.from({ length: to - from + 1 }, (_, i) => from + i)
  const shown = area.holders.slice(0, holdersInPicture)
  const grid: Grid = {
    rows: shown.map(({ id, name, patents, open }) => ({
      label: name[lang],
      href: inLanguage(lang, `/organisations/${id}`),
      patents,
      open,
    })),
    columns: columns.map((year) => ({ label: String(year) })),
    cells: shown.map(({ id }) =>
      columns.map((year) => {
        const cell = cells.find((one) => one.holder === id && one.year === year)
        return cell && { patents: cell.patents, open: cell.open }
      }),
    ),
  }
  return (
    <>
      <section class="scroll" tabindex={0} aria-label={say.mapCaption}>
        <HeatPicture
          id="area"
          title={area.title[lang]}
          desc={say.mapCaption}
          grid={grid}
          words={pictureWords(lang, 'whole')}
        />
      </section>
      <p class="small faint">
        {fill(say.mapNote, { top: shown.length, from, to })} {fill(say.asOf, { date: readDate(on, lang) })}
      </p>
      <details>
        <summary>{say.table}</summary>
        <ShownTable table={gridTable(grid, say.holder, lang)} caption={say.mapCaption} name={say.table} />
      </details>
    </>
  )
}

function Rules({ area, lang, names }: { area: Area; lang: Language; names: ReadonlyMap<string, string> }) {
  const say = areaWords[lang]
  const listed = (values: readonly string[]) => values.join(say.or)
  return (
    <>
      <p>{say.ruleText}</p>
      <ul>
        {area.rules.map(({ ipc, words, holders }) => (
          <li>
            {[
              ipc && fill(say.rule_ipc, { values: listed(ipc) }),
              words && fill(say.rule_words, { values: listed(words) }),
              holders && fill(say.rule_holders, { values: listed(holders.map((id) => names.get(id) ?? id)) }),
            ]
              .filter((part) => part !== undefined)
              .join(say.and)}
          </li>
        ))}
      </ul>
      <Picked name={say.picked} numbers={area.picked} lang={lang} />
      <Picked name={say.leftOut} numbers={area.leftOut} lang={lang} />
    </>
  )
}

function Picked({ name, numbers, lang }: { name: string; numbers: readonly string[]; lang: Language }) {
  if (numbers.length === 0) return null
  return (
    <p class="small">
      {name}:{' '}
      {numbers.map((number, i) => (
        <>
          {i === 0 ? null : ', '}
          <a class="num" href={inLanguage(lang, `/patents/${number}`)}>
            {number}
          </a>
        </>
      ))}
    </p>
  )
}

async function namesOf(c: Http, rules: readonly AreaRule[]): Promise<ReadonlyMap<string, string>> {
  const { lang } = languageOf(c)
  const ids = rules.flatMap(({ holders }) => holders ?? [])
  const found = ids.length === 0 ? new Map() : await findOrganisations(c.var.ctx.db.read, ids)
  return new Map([...found.values()].map(({ id, name }) => [id, name[lang]]))
}

async function seenArea(c: Http, slug: string) {
  const { ctx } = c.var
  const found = await findArea(ctx.db.read, slug.slice(0, 60))
  if (!found || !seesArea(ctx.actor, found.area)) throw new RegistryError('not_found', 'There is no such area.')
  return found.area
}
