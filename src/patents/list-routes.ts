import { z } from '@hono/zod-openapi'
import { legalStatus, legalStatusWords } from '../../policies/vocabulary.ts'
import { atomText, atomType } from '../atom.ts'
import { today } from '../context.ts'
import { csvLine, csvMark } from '../csv.ts'
import { RegistryError } from '../errors.ts'
import { api, type Http, json, problems, route } from '../http/api.ts'
import { type Language, languageOf, said } from '../http/language.ts'
import { preferred } from '../http/negotiate.ts'
import { decodeCursor, encodeCursor, page, pageQuery } from '../http/paging.ts'
import { date } from '../shapes.ts'
import { readFacets } from './facet-queries.ts'
import { facets } from './facets.ts'
import type { After, PatentFilter } from './list-queries.ts'
import { listWords } from './list-words.ts'
import { type ListedLine, readFilter, readListing } from './listing.ts'
import { patentLine, patentLineExample } from './patent.ts'
import { suggestScript } from './search/suggest-script.ts'
import { suggest, suggestionsMax } from './suggest-queries.ts'

const jsonType = 'application/json'
const csvType = 'text/csv'
const forms = [jsonType, atomType, csvType]
const formNames = { json: jsonType, atom: atomType, csv: csvType } as const

/** A spreadsheet of the list; who needs more takes the dump. */
export const exportLinesMax = 10_000
const exportLinesPerRead = 500
const feedEntriesMax = 50

const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

const query = z.object({
  q: z.string().max(200).optional().openapi({
    description:
      'Words in Japanese or English, all of which must be found (titles, names of holders and inventors, class titles; two letters suffice), or a number in any spelling. A word in Latin letters also finds longer ones that begin with it, unless these are in too many documents: then the word itself, singular and plural. The first 12 words count.',
    example: '全固体 電解質',
  }),
  field: z.coerce.number().int().min(1).max(35).optional().openapi({ description: 'WIPO technology field.' }),
  ipc: z.string().max(20).optional().openapi({
    description: 'Section, class, subclass or main group, or the beginning of a subgroup, of the IPC, CPC or FI.',
    example: 'H01M10',
  }),
  holder: z.string().max(200).optional().openapi({ description: 'Id or ROR id of an organisation.' }),
  inventor: z.string().max(200).optional().openapi({ description: 'ORCID iD, or a name as printed.' }),
  terms: z.string().max(50).optional().openapi({ example: 'RPC-OPEN-1.0' }),
  open: flag.optional().openapi({ type: 'string', enum: ['true', 'false'] }),
  status: legalStatus.optional(),
  office: z.string().max(2).optional(),
  filed_from: date.optional(),
  filed_to: date.optional(),
  sort: z.enum(['filed', 'registered', 'relevance']).default('filed').openapi({
    description: 'Newest first, by filing or by enrolment; with `q` also the best of the newest 500 first.',
  }),
  facets: flag.optional().openapi({
    type: 'string',
    enum: ['true', 'false'],
    description: 'With the commonest values and their counts.',
  }),
  format: z.enum(['json', 'atom', 'csv']).optional().openapi({ description: 'Instead of `Accept`.' }),
  lang: z
    .enum(['ja', 'en'])
    .optional()
    .openapi({ description: 'Language of feed and CSV, instead of `Accept-Language`.' }),
  ...pageQuery,
})
type Query = z.infer<typeof query>

const listed = page(patentLine)
  .extend({ facets: facets.exactOptional() })
  .openapi('PatentPage', { example: { items: [patentLineExample], next: null } })

const list = route({
  method: 'get',
  path: '/v1/patents',
  operationId: 'listPatents',
  tags: ['Patents'],
  summary: 'Enrolled patents: search and list',
  description:
    'Public records of enrolled patents, filtered by what is recorded, newest filing first, or newest enrolment with `sort=registered`, or best first with `sort=relevance`. Words are found in any width and case (`ＣＲＩＳＰＲ` is `CRISPR`). `open` and `terms` ask for what a declaration in force opens today: a right in force, no exclusive licence in the way, no holder suspended. Goes on at `next`; a page that had to look through very many may be short, or even empty, and still name a next one. A write is found at once by number, and by words a moment later. As `application/atom+xml` the 50 enrolled last (a saved search), as `text/csv` up to 10,000 lines for a spreadsheet.',
  request: { query },
  responses: {
    200: {
      description: 'Newest or best first.',
      content: {
        [jsonType]: { schema: listed },
        [atomType]: {
          schema: z.string(),
          example: '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">…</feed>',
        },
        [csvType]: { schema: z.string(), example: '"Number","Title (ja)","Title (en)"\r\n' },
      },
    },
    ...problems('malformed', 'not_acceptable'),
  },
})

const suggestion = z
  .object({
    text: z.string(),
    kind: z.enum(['word', 'holder', 'field']),
    value: z.string().exactOptional().openapi({ description: 'Id of the holder, number of the field.' }),
  })
  .openapi('Suggestion', { example: { text: '固体電解質', kind: 'word' } })

const readSuggestions = route({
  method: 'get',
  path: '/v1/suggestions',
  operationId: 'listSuggestions',
  tags: ['Patents'],
  summary: 'What somebody who has typed this may mean',
  description: `Up to ${suggestionsMax} words of titles, holders and fields, for a list under a search box. Nothing is recorded.`,
  request: {
    query: z.object({ q: z.string().max(100).openapi({ description: 'What is typed so far.', example: '固体' }) }),
  },
  responses: {
    200: json(
      'Words first, then holders, then fields.',
      z
        .object({ items: z.array(suggestion) })
        .openapi('Suggestions', { example: { items: [{ text: '固体電解質', kind: 'word' }] } }),
    ),
    ...problems('malformed'),
  },
})

export const patentListRoutes = api()
  .openapi(list, async (c) => {
    const asked = c.req.valid('query')
    const form =
      asked.format === undefined ? preferred(c.req.header('Accept'), forms, 'media type') : formNames[asked.format]
    if (form === undefined)
      throw new RegistryError('not_acceptable', `This is available as ${forms.join(', ')}.`, {
        extra: { available: forms },
      })
    c.header('Vary', 'Accept, Accept-Language')
    const { read } = c.var.ctx.db
    const filter = await readFilter(read, filterOf(asked))
    if (form === atomType)
      return c.body(await feedOf(c, filter, asked), 200, { 'Content-Type': `${atomType}; charset=utf-8` })
    if (form === csvType)
      return c.body(await csvOf(c, filter, asked), 200, {
        'Content-Type': `${csvType}; charset=utf-8`,
        'Content-Disposition': 'attachment; filename="patents.csv"',
      })
    const on = today(c.var.ctx)
    const [{ lines, more }, counted] = await Promise.all([
      readListing(read, filter, on, positionOf(asked.cursor), asked.limit),
      asked.facets ? readFacets(read, filter, on) : undefined,
    ])
    const next = more === undefined ? null : encodeCursor(more)
    if (next !== null) c.header('Link', `<${addressWith(c, { cursor: next })}>; rel="next"`, { append: true })
    return c.json({ items: lines.map(publicLine), next, ...(counted === undefined ? {} : { facets: counted }) }, 200)
  })
  .openapi(readSuggestions, async (c) => {
    c.header('Cache-Control', 'public, max-age=60')
    return c.json({ items: await suggest(c.var.ctx.db.read, c.req.valid('query').q) }, 200)
  })
  .get('/assets/suggest.js', (c) =>
    c.body(suggestScript, 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'public, max-age=86400',
    }),
  )

export function positionOf(cursor: string | undefined): After | undefined {
  const at = decodeCursor(cursor)
  return at === undefined ? undefined : [String(at[0] ?? ''), String(at[1] ?? '')]
}

function filterOf({
  q,
  field,
  ipc,
  holder,
  inventor,
  terms,
  open,
  status,
  office,
  filed_from,
  filed_to,
  sort,
}: Query): PatentFilter {
  const words = q?.trim()
  return {
    q: words === '' ? undefined : words,
    field,
    ipc,
    holder,
    inventor,
    terms,
    open,
    status,
    office,
    filedFrom: filed_from,
    filedTo: filed_to,
    sort,
  }
}

function publicLine({ registeredAt: _registeredAt, ...line }: ListedLine) {
  return line
}

/** The same question at its public address, with these members instead. */
function addressWith(c: Http, changed: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(c.req.url)
  for (const [name, value] of Object.entries(changed)) {
    if (value === undefined) url.searchParams.delete(name)
    else url.searchParams.set(name, value)
  }
  return `${c.var.ctx.registryUrl}${url.pathname}${url.search}`
}

async function feedOf(c: Http, filter: PatentFilter, { q, lang }: Query): Promise<string> {
  const { ctx } = c.var
  const language = lang ?? languageOf(c).lang
  const say = listWords[language]
  const { lines } = await readListing(
    ctx.db.read,
    { ...filter, sort: 'registered' },
    today(ctx),
    undefined,
    feedEntriesMax,
  )
  const self = addressWith(c, { cursor: undefined, limit: undefined, facets: undefined })
  return atomText({
    id: self,
    lang: language,
    title: q === undefined ? say.feedTitle : `${say.feedTitle}: ${q}`,
    updated: lines[0]?.registeredAt ?? ctx.now.toISOString(),
    author: say.author,
    links: [{ rel: 'self', href: self, type: atomType }],
    entries: lines.map((line) => ({
      id: `urn:uuid:${line.id}`,
      title: `${line.number} ${said(line.title, language).text}`,
      updated: line.registeredAt,
      links: [{ rel: 'alternate', href: `${ctx.registryUrl}/${language}/patents/${line.number}`, type: 'text/html' }],
      summary: { text: summaryOf(line, language), lang: language },
    })),
  })
}

function summaryOf({ holders, filedOn, open, terms }: ListedLine, lang: Language): string {
  const say = listWords[lang]
  return [
    holders.map(({ name }) => name[lang]).join(lang === 'ja' ? '、' : ', '),
    ...(filedOn === undefined ? [] : [`${say.filed} ${filedOn}`]),
    open ? `${say.open} (${terms.join(', ')})` : say.notOpen,
  ].join(lang === 'ja' ? '。' : '. ')
}

async function csvOf(c: Http, filter: PatentFilter, { lang }: Query): Promise<string> {
  const { ctx } = c.var
  const language = lang ?? languageOf(c).lang
  const say = listWords[language]
  const on = today(ctx)
  let text =
    csvMark +
    csvLine([
      say.number,
      say.titleJa,
      say.titleEn,
      say.holder,
      say.filed,
      say.field,
      say.status,
      say.openness,
      say.terms,
      say.address,
    ])
  let after: After | undefined
  for (let written = 0; written < exportLinesMax; ) {
    const { lines, more } = await readListing(
      ctx.db.read,
      filter,
      on,
      after,
      Math.min(exportLinesPerRead, exportLinesMax - written),
    )
    for (const line of lines)
      text += csvLine([
        line.number,
        line.title.ja ?? '',
        line.title.en ?? '',
        line.holders.map(({ name }) => name[language]).join('; '),
        line.filedOn ?? '',
        line.fields.join('; '),
        legalStatusWords[line.status].label[language],
        line.open ? say.open : '',
        line.terms.join('; '),
        `${ctx.registryUrl}/patents/${line.number}`,
      ])
    written += lines.length
    after = more
    if (more === undefined) break
  }
  return text
}
