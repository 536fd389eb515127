import { z } from 'zod'
import { type Context, today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { readFilters } from '../http/filters.ts'
import { type Language, languageOf } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import type { Option } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { filtersInWords, titleFor, totalsInWords } from './described-words.ts'
import { dimensionsOf, draw, topOf } from './drawings.tsx'
import { MapFigure } from './figure.tsx'
import { FilterBar } from './filter-bar.tsx'
import { pictures, textsOf } from './links.ts'
import { counting, type MapQuestion } from './map.ts'
import { holderNames, readMap } from './queries.ts'
import { filterQuery, readFilter } from './question.ts'
import { mapWords } from './words.ts'

const viewQuery = filterQuery.extend({
  picture: z.enum(pictures).default('treemap'),
  count: counting.default('whole'),
})

/** Holders offered in the form; whoever is looked for beyond them has a page with a link here. */
const holdersOffered = 60

export const mapPages = pages().on('GET', paths('/map'), async (c) => {
  const { lang } = languageOf(c)
  const say = mapWords[lang]
  const { ctx } = c.var
  const { picture, count, ...query } = readView(c.req.query())
  const filter = await readFilter(ctx.db.read, query)
  const by = dimensionsOf(picture, query)
  const question: MapQuestion = { by, count, filter, top: topOf(picture) }
  const named = filter.holder === undefined ? query : { ...query, holder: filter.holder }
  const holders = await offeredHolders(ctx, lang, filter.holder)
  const title = titleFor(by, lang)
  const view = { picture, question, query: named, lang, base: `/${lang}`, id: 'm', title, desc: say.mapLead }
  const drawn = await draw(ctx.db.read, view).catch(tooMany)
  const path = `/map?${new URLSearchParams({ picture, ...textsOf(named), ...(count === 'whole' ? {} : { count }) })}`
  const bar = (
    <FilterBar
      lang={lang}
      action={inLanguage(lang, '/map')}
      query={named}
      picture={picture}
      count={count}
      holders={holders}
    />
  )
  const head = { title: `${say.map} — ${title}`, path, section: 'map' as const, description: say.mapLead }
  if (drawn === undefined)
    return showPage(
      c,
      head,
      <>
        <h1>{say.map}</h1>
        {bar}
        <p class="fault">{say.tooBroad}</p>
      </>,
    )
  const words = filtersInWords(named, (dimension, value) => chosenName(dimension, value, holders, drawn.labels), lang)
  const address = `/v1/map?${new URLSearchParams({ by: by.join(','), picture, count, top: String(topOf(picture)), ...textsOf(named) })}`
  return showPage(
    c,
    head,
    <>
      <h1>{say.map}</h1>
      <p class="lead">{say.mapLead}</p>
      {bar}
      <h2>
        {title}
        {words === '' ? '' : ` — ${words}`}
      </h2>
      {drawn.counts.totals.patents === 0 ? (
        <NothingCounted lang={lang} filtered={words !== ''} />
      ) : (
        <>
          <p>{totalsInWords(drawn.counts.totals, lang)}</p>
          <MapFigure
            lang={lang}
            question={question}
            counts={drawn.counts}
            asOf={today(ctx)}
            table={drawn.table}
            caption={title}
            exported={{ address, registryUrl: ctx.registryUrl, title }}
          >
            {drawn.drawing}
          </MapFigure>
        </>
      )}
      <p>
        <a href={inLanguage(lang, '/fields')}>{say.fields}</a> ·{' '}
        <a href={inLanguage(lang, '/white-spots')}>{say.whiteSpots}</a> ·{' '}
        <a href={inLanguage(lang, '/thicket')}>{say.thicket}</a>
      </p>
    </>,
  )
})

/** A form sends what was left empty, too. */
export function readView(sent: Readonly<Record<string, string>>) {
  return readGiven(viewQuery, sent)
}

/** Symbols and offices are written in capitals. */
export function readGiven<Shape extends z.ZodType>(
  shape: Shape,
  sent: Readonly<Record<string, string>>,
): z.infer<Shape> {
  const given = Object.entries(sent).map(
    ([name, value]) => [name, name === 'office' || name === 'ipc' ? upper(value) : value] as const,
  )
  return readFilters(shape, Object.fromEntries(given))
}

function upper(value: string): string {
  const text = value.trim()
  return text === 'none' ? text : text.toUpperCase().replaceAll(' ', '')
}

/** Where no counter answers and there are too many patents to look at, a page says so and stays. */
export function tooMany(thrown: unknown): undefined {
  if (thrown instanceof RegistryError && thrown.code === 'invalid_input') return undefined
  throw thrown
}

async function offeredHolders(ctx: Context, lang: Language, chosen: string | undefined): Promise<Option[]> {
  const { cells } = await readMap(ctx.db.read, { by: ['holder'], filter: {}, count: 'whole', top: holdersOffered })
  const ids = cells.map(({ keys }) => keys[0] ?? '').filter((id) => id !== '')
  const names = await holderNames(ctx.db.read, chosen === undefined ? ids : [...ids, chosen])
  return [...names.values()]
    .map(({ id, name }) => ({ value: id, label: name[lang] }))
    .sort((a, b) => a.label.localeCompare(b.label, lang))
}

function chosenName(
  dimension: Parameters<Parameters<typeof filtersInWords>[1]>[0],
  value: string,
  holders: readonly Option[],
  labels: Parameters<typeof filtersInWords>[1],
) {
  const found = dimension === 'holder' ? holders.find((one) => one.value === value) : undefined
  return found === undefined ? labels(dimension, value) : { ja: found.label, en: found.label }
}

/** An empty picture says why, and what to do. */
export function NothingCounted({ lang, filtered }: { lang: Language; filtered: boolean }) {
  const say = mapWords[lang]
  return (
    <div class="next">
      <b>{say.empty}</b>
      {filtered ? say.emptyText : say.emptyRegistry}{' '}
      <a href={inLanguage(lang, filtered ? '/map' : '/join')}>{filtered ? say.clear : say.joinLink}</a>
    </div>
  )
}
