import { z } from '@hono/zod-openapi'
import { etag } from 'hono/etag'
import { today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { api, type Http, json, problems, route } from '../http/api.ts'
import { languageOf } from '../http/language.ts'
import { preferred } from '../http/negotiate.ts'
import { technologyFields } from '../patents/classification/fields.ts'
import { toMapAnswer } from './answer.ts'
import { mapCsv } from './csv.ts'
import { filtersInWords, footLines, titleFor, totalsInWords } from './described-words.ts'
import { draw, pictureFor, topOf } from './drawings.tsx'
import { fieldAnswer, fieldExample, fieldLine, fieldLineExample, toFieldLine } from './field.ts'
import { labelOf, readLabels } from './labels.ts'
import { drawnPictures, type Picture } from './links.ts'
import { type MapQuestion, mapAnswer } from './map.ts'
import { readMap } from './queries.ts'
import { filterQuery, type MapQuery, mapQuery, readFilter, readQuestion } from './question.ts'
import { standalone } from './standalone.tsx'

const forms = ['application/json', 'text/csv', 'image/svg+xml'] as const
type Form = (typeof forms)[number]

const formats: Readonly<Record<'json' | 'csv' | 'svg', Form>> = {
  json: 'application/json',
  csv: 'text/csv',
  svg: 'image/svg+xml',
}

const countsChangeWithinSeconds = 60

const map = route({
  method: 'get',
  path: '/v1/map',
  operationId: 'readMap',
  tags: ['Maps'],
  summary: 'Enrolled and open patents counted by one or two dimensions',
  description:
    'Counts by field, IPC section, class, subclass or main group, year of filing, holder, kind of holder, terms, legal status or office, with filters on all of them. As JSON, as CSV (`Accept: text/csv` or `format=csv`), or as a picture that can be embedded (`image/svg+xml`, `format=svg`). Patents without a value have the key null. With a filter on `ipc`, classes are those below it; with one on `field`, subclasses and groups are those of the field. Most combinations are counted in advance; others look at the patents one by one, and where there are more than 20,000 the answer is 422.',
  request: {
    query: mapQuery.extend({
      format: z
        .enum(['json', 'csv', 'svg'])
        .exactOptional()
        .openapi({ description: 'In place of `Accept`, for links and embedding.' }),
      picture: z
        .enum(drawnPictures)
        .exactOptional()
        .openapi({ description: 'Which picture an SVG is; by default the one that suits the dimensions.' }),
      lang: z
        .enum(['ja', 'en'])
        .exactOptional()
        .openapi({ description: 'Language of the words in a picture or a CSV; else `Accept-Language`.' }),
    }),
  },
  responses: {
    200: {
      description: 'The counts, as of `asOf`.',
      content: {
        'application/json': { schema: mapAnswer },
        'text/csv': { schema: z.string().openapi({ example: '技術分野,出願年,登録,開放\r\n' }) },
        'image/svg+xml': { schema: z.string().openapi({ example: '<svg xmlns="http://www.w3.org/2000/svg">…</svg>' }) },
      },
    },
    ...problems('malformed', 'not_found', 'not_acceptable', 'invalid_input'),
  },
})

const fields = route({
  method: 'get',
  path: '/v1/fields',
  operationId: 'listFields',
  tags: ['Maps'],
  summary: 'The 35 technology fields with their counts',
  description:
    'WIPO’s technology fields with the enrolled patents, those open today and the distinct holders of each (whole counting). Takes the filters of `/v1/map`.',
  request: { query: filterQuery },
  responses: {
    200: json(
      'In the order of their numbers.',
      z
        .object({ items: z.array(fieldLine), next: z.null(), asOf: z.string() })
        .openapi('Fields', { example: { items: [fieldLineExample], next: null, asOf: '2026-11-21' } }),
    ),
    ...problems('malformed', 'not_found', 'invalid_input'),
  },
})

const field = route({
  method: 'get',
  path: '/v1/fields/{field}',
  operationId: 'readField',
  tags: ['Maps'],
  summary: 'One technology field, its subclasses and main groups',
  description: 'The counts of the field and of its IPC subclasses and main groups, most patents first, up to 100 each.',
  request: {
    params: z.object({ field: z.coerce.number().int().min(1).max(technologyFields.length).openapi({ example: 1 }) }),
  },
  responses: { 200: json('Counts, as of `asOf`.', fieldAnswer, fieldExample), ...problems('malformed') },
})

const group = api()
group.use('/v1/map', etag())
group.use('/v1/fields', etag())
group.use('/v1/fields/*', etag())

export const mapRoutes = group
  .openapi(map, async (c) => {
    const { format, picture, lang: asked, ...query } = c.req.valid('query')
    const form = formOf(c, format)
    const question = await readQuestion(c.var.ctx.db.read, query)
    c.header('Cache-Control', `public, max-age=${countsChangeWithinSeconds}`)
    if (form === 'image/svg+xml') return sendPicture(c, query, question, picture, asked ?? languageOf(c).lang)
    const counts = await readMap(c.var.ctx.db.read, question)
    const labels = await readLabels(c.var.ctx.db.read, question.by, counts)
    const asOf = today(c.var.ctx)
    if (form === 'text/csv') {
      const lang = asked ?? languageOf(c).lang
      return c.body(mapCsv(question, counts, labels, lang), 200, {
        'Content-Type': 'text/csv; charset=utf-8; header=present',
        'Content-Disposition': `attachment; filename="iriai-map-${question.by.join('-')}-${asOf}.csv"`,
      })
    }
    return c.json(toMapAnswer(question, counts, labels, asOf), 200)
  })
  .openapi(fields, async (c) => {
    const { read } = c.var.ctx.db
    c.header('Cache-Control', `public, max-age=${countsChangeWithinSeconds}`)
    const filter = await readFilter(read, c.req.valid('query'))
    const { cells } = await readMap(read, { by: ['field'], filter, count: 'whole', top: 100 })
    const byField = new Map(cells.map((cell) => [cell.keys[0], cell]))
    const items = technologyFields.map((one) => toFieldLine(one, byField.get(String(one.field))))
    return c.json({ items, next: null, asOf: today(c.var.ctx) }, 200)
  })
  .openapi(field, async (c) => {
    const { read } = c.var.ctx.db
    c.header('Cache-Control', `public, max-age=${countsChangeWithinSeconds}`)
    const number = c.req.valid('param').field
    const one = technologyFields[number - 1]
    if (one === undefined) throw new RegistryError('not_found', 'There is no such field.')
    const filter = { field: String(number) }
    const [subclasses, groups] = await Promise.all(
      (['subclass', 'group'] as const).map((level) => readMap(read, { by: [level], filter, count: 'whole', top: 100 })),
    )
    const lines = (counts: typeof subclasses) =>
      (counts?.cells ?? [])
        .map(({ keys, patents, open }) => ({
          symbol: keys[0] === '' ? null : (keys[0] ?? null),
          name: labelOf('subclass', keys[0] ?? ''),
          patents,
          open,
        }))
        .sort((a, b) => b.patents - a.patents)
    return c.json(
      {
        ...toFieldLine(one, subclasses?.totals),
        subclasses: lines(subclasses),
        groups: lines(groups),
        asOf: today(c.var.ctx),
      },
      200,
    )
  })

async function sendPicture(
  c: Http,
  query: MapQuery,
  question: MapQuestion,
  asked: Picture | undefined,
  lang: 'ja' | 'en',
) {
  const { ctx } = c.var
  const picture = asked ?? pictureFor(question.by)
  const { by: _by, count: _count, top: _top, ...filters } = query
  const title = titleFor(question.by, lang)
  const view = {
    picture,
    question: { ...question, top: picture === 'spots' ? topOf(picture) : Math.min(question.top, topOf(picture)) },
    query: filters,
    lang,
    base: `${ctx.registryUrl}/${lang}`,
    id: 'p',
    title,
    desc: '',
  }
  const { drawing, counts, labels } = await draw(ctx.db.read, view)
  const more =
    query.holder === undefined ? labels : await readLabels(ctx.db.read, [], counts, [question.filter.holder ?? ''])
  const named = question.filter.holder === undefined ? filters : { ...filters, holder: question.filter.holder }
  const subtitle = [filtersInWords(named, more, lang), totalsInWords(counts.totals, lang)].filter((part) => part !== '')
  const svg = standalone({
    title,
    subtitle: subtitle.join(' — '),
    foot: footLines(question, counts, ctx.registryUrl, today(ctx), lang),
    lang,
    drawing,
  })
  return c.body(svg, 200, {
    'Content-Type': 'image/svg+xml; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
  })
}

/** @throws not_acceptable */
function formOf(c: Http, format: 'json' | 'csv' | 'svg' | undefined): Form {
  c.header('Vary', 'Accept, Accept-Language')
  if (format !== undefined) return formats[format]
  const form = preferred(c.req.header('Accept'), forms, 'media type')
  if (form === undefined)
    throw new RegistryError('not_acceptable', `This is available as ${forms.join(', ')}.`, {
      extra: { available: forms },
    })
  return form
}
