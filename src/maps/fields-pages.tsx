import { today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, readCount } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { technologyFields } from '../patents/classification/fields.ts'
import { ancestorsOf, levelOf, titleOf } from '../patents/classification/titles.ts'
import { draw } from './drawings.tsx'
import { MapFigure } from './figure.tsx'
import { classLabel, readLabels } from './labels.ts'
import { mapLink, patentsLink } from './links.ts'
import type { MapQuestion, Totals } from './map.ts'
import { NothingCounted, tooMany } from './pages.tsx'
import { readMap } from './queries.ts'
import { type FilterQuery, readFilter } from './question.ts'
import { listTable, ShownTable } from './tables.tsx'
import { mapWords } from './words.ts'

/** Tiles and holders on a page that has other things to show, too. */
const tilesOnPageMax = 36
const holdersOnPageMax = 15

export const fieldPages = pages()
  .on('GET', paths('/fields'), async (c) => {
    const { lang } = languageOf(c)
    const say = mapWords[lang]
    const { ctx } = c.var
    const question: MapQuestion = { by: ['field'], filter: {}, count: 'whole', top: technologyFields.length + 1 }
    const view = {
      picture: 'treemap' as const,
      question,
      query: {},
      lang,
      base: `/${lang}`,
      id: 'f',
      title: say.fields,
      desc: say.fieldsLead,
    }
    const drawn = await draw(ctx.db.read, { ...view, linkTo: fieldLink(lang) })
    const table = fieldTable(drawn, lang)
    return showPage(
      c,
      { title: say.fields, path: '/fields', section: 'map', description: say.fieldsLead },
      <>
        <h1>{say.fields}</h1>
        <p class="lead">{say.fieldsLead}</p>
        {drawn.counts.totals.patents === 0 ? (
          <NothingCounted lang={lang} filtered={false} />
        ) : (
          <MapFigure
            lang={lang}
            question={question}
            counts={drawn.counts}
            asOf={today(ctx)}
            table={table}
            openTable={true}
            caption={say.fields}
            exported={{ address: '/v1/map?by=field', registryUrl: ctx.registryUrl, title: say.fields }}
          >
            {drawn.drawing}
          </MapFigure>
        )}
        <p class="small faint">{say.younger}</p>
        <Onward lang={lang} />
      </>,
    )
  })
  .on('GET', paths('/fields/:field'), async (c) => {
    const { lang } = languageOf(c)
    const say = mapWords[lang]
    const number = /^[1-9]\d?$/.test(c.req.param('field') ?? '') ? Number(c.req.param('field')) : 0
    const one = technologyFields[number - 1]
    if (one === undefined) throw new RegistryError('not_found', 'There is no such field.')
    const query = { field: String(one.field) }
    return showPage(
      c,
      { title: one.name[lang], path: `/fields/${one.field}`, section: 'map' },
      <>
        <p class="small">
          <a href={inLanguage(lang, '/fields')}>{say.fields}</a> › {one.sector[lang]}
        </p>
        <h1>
          {one.field} {one.name[lang]}
        </h1>
        {await partsOf(c, lang, query, one.name[lang])}
        <p class="small faint">{say.younger}</p>
        <p class="small faint">{say.ownWords}</p>
      </>,
    )
  })
  .on('GET', paths('/ipc/:symbol'), async (c) => {
    const { lang } = languageOf(c)
    const say = mapWords[lang]
    const symbol = (c.req.param('symbol') ?? '').slice(0, 20).toUpperCase().replaceAll(' ', '')
    const level = levelOf(symbol)
    const titled = level === undefined ? undefined : titleOf(symbol)
    if (level === undefined || titled === undefined) throw new RegistryError('not_found', 'There is no such class.')
    const query = { ipc: symbol }
    return showPage(
      c,
      { title: `${symbol} ${titled.title[lang]}`, path: `/ipc/${symbol}`, section: 'map' },
      <>
        <nav class="small" aria-label={say.symbol}>
          <p>
            <a href={inLanguage(lang, '/fields')}>{say.fields}</a>
            {ancestorsOf(symbol).map((above) => (
              <>
                {' '}
                › <a href={inLanguage(lang, `/ipc/${above}`)}>{classLabel(above)[lang]}</a>
              </>
            ))}
          </p>
        </nav>
        <h1>
          {symbol} {titled.title[lang]}
        </h1>
        {titled.of === symbol ? null : <p class="small faint">{fill(say.titleOf, { symbol, of: titled.of })}</p>}
        {await partsOf(c, lang, query, symbol)}
        <p class="small faint">{say.ownWords}</p>
      </>,
    )
  })

function fieldLink(lang: Language) {
  return (dimension: string, value: string) =>
    dimension === 'field' && value !== '' ? { href: inLanguage(lang, `/fields/${value}`) } : undefined
}

function fieldTable({ counts, labels }: Pick<Awaited<ReturnType<typeof draw>>, 'counts' | 'labels'>, lang: Language) {
  return listTable(counts, 'field', labels, lang, (value) =>
    value === '' ? {} : { href: inLanguage(lang, `/fields/${value}`) },
  )
}

/** What a field and a class have in common: figures, the classes below, years, holders, and ways on. */
async function partsOf(c: Http, lang: Language, query: FilterQuery, name: string) {
  const say = mapWords[lang]
  const { ctx } = c.var
  const { read } = ctx.db
  const filter = await readFilter(read, query)
  const asOf = today(ctx)
  const ask = (by: MapQuestion['by'], top: number): MapQuestion => ({ by, filter, count: 'whole', top })
  const group = query.ipc !== undefined && query.ipc.length > 4
  const below =
    query.ipc !== undefined && query.ipc.length === 4 ? (['group'] as const) : (['subclass', 'group'] as const)
  const shown = { query, lang, base: `/${lang}`, desc: '' }
  const linkTo = (dimension: string, value: string) =>
    dimension === 'subclass' && value !== '' ? { href: inLanguage(lang, `/ipc/${value}`) } : undefined
  const [tree, years, holders] = await Promise.all([
    group
      ? undefined
      : draw(read, {
          ...shown,
          picture: 'treemap',
          question: ask(below, tilesOnPageMax),
          id: 't',
          title: say.classesBelow,
          linkTo,
        }).catch(tooMany),
    draw(read, {
      ...shown,
      picture: 'lines',
      question: ask(['year'], 1),
      id: 'y',
      title: `${name}: ${say.byYear}`,
    }).catch(tooMany),
    readMap(read, ask(['holder'], holdersOnPageMax)).catch(tooMany),
  ])
  const totals = years?.counts.totals ?? (await readMap(read, ask([], 1))).totals
  if (totals.patents === 0) return <NothingCounted lang={lang} filtered={true} />
  const labels = holders && (await readLabels(read, ['holder'], holders))
  const list = patentsLink(`/${lang}`, query)
  const address = (by: string) => `/v1/map?${new URLSearchParams({ by, top: String(tilesOnPageMax), ...query })}`
  return (
    <>
      <Figures lang={lang} totals={totals} />
      <p>
        <a href={list ?? inLanguage(lang, '/patents')}>{say.toPatents}</a> ·{' '}
        <a href={mapLink(`/${lang}`, 'years', query)}>{say.years}</a> ·{' '}
        <a href={mapLink(`/${lang}`, 'heat', query)}>{say.heatHere}</a> ·{' '}
        <a href={inLanguage(lang, '/thicket')}>{say.thicket}</a>
      </p>
      {tree === undefined ? null : (
        <>
          <h2>{say.classesBelow}</h2>
          <MapFigure
            lang={lang}
            question={{ count: 'whole' }}
            counts={tree.counts}
            asOf={asOf}
            table={tree.table}
            caption={say.classesBelow}
            exported={{ address: address(below.join(',')), registryUrl: ctx.registryUrl, title: name }}
          >
            {tree.drawing}
          </MapFigure>
        </>
      )}
      {years === undefined ? null : (
        <>
          <h2>{say.byYear}</h2>
          <MapFigure
            lang={lang}
            question={{ count: 'whole' }}
            counts={years.counts}
            asOf={asOf}
            table={years.table}
            caption={say.byYear}
            exported={{ address: address('year'), registryUrl: ctx.registryUrl, title: `${name}: ${say.byYear}` }}
          >
            {years.drawing}
          </MapFigure>
        </>
      )}
      {holders === undefined || labels === undefined ? null : (
        <>
          <h2>{say.topHolders}</h2>
          <ShownTable
            name={say.topHolders}
            caption={say.whole_short}
            table={listTable(holders, 'holder', labels, lang, (holder) => {
              const href = patentsLink(`/${lang}`, { ...query, holder })
              return href === undefined ? {} : { href }
            })}
          />
        </>
      )}
    </>
  )
}

export function Figures({ lang, totals: { patents, open, holders } }: { lang: Language; totals: Totals }) {
  const say = mapWords[lang]
  const shown = [
    [say.patents, patents],
    [say.openPatents, open],
    ...(holders === undefined ? [] : [[say.holders, holders] as const]),
  ] as const
  return (
    <dl class="figures">
      {shown.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{readCount(value, lang)}</dd>
        </div>
      ))}
    </dl>
  )
}

export function Onward({ lang }: { lang: Language }) {
  const say = mapWords[lang]
  return (
    <p>
      <a href={inLanguage(lang, '/map')}>{say.map}</a> · <a href={inLanguage(lang, '/white-spots')}>{say.whiteSpots}</a>{' '}
      · <a href={inLanguage(lang, '/thicket')}>{say.thicket}</a>
    </p>
  )
}
