import { z } from '@hono/zod-openapi'
import { type AtomEntry, atomText, atomType } from '../../atom.ts'
import { RegistryError } from '../../errors.ts'
import { api, type Http, problems, route } from '../../http/api.ts'
import { type Language, languageOf, other, sampleNotice } from '../../http/language.ts'
import { pageSizeDefault, pageSizeMax } from '../../http/limits.ts'
import { preferred } from '../../http/negotiate.ts'
import { decodeCursor, encodeCursor } from '../../http/paging.ts'
import { isUnchanged, streamed } from '../../http/stream.ts'
import { findOrganisation } from '../../organisations/queries.ts'
import { date, time } from '../../shapes.ts'
import { type Change, change, changeExample, changeKind } from './change.ts'
import { type ChangeFilter, lastChange, listChanges, sequenceBefore } from './queries.ts'
import { feedWords, kindWords } from './words.ts'

/** One answer of lines holds at most so many; the last line says where to go on. */
export const linesPerAnswerMax = 100_000
/** Lines read from the database at a time. */
const linesPerReadMax = 500
/** As many kinds as there are, and room for none twice. */
const kindsCharactersMax = 600

const ndjson = 'application/x-ndjson'
const json: string = 'application/json'
const forms = [json, ndjson, atomType]
const formNames = { json, ndjson, atom: atomType } as const

/** Whoever follows asks again and again: the tag says at once that there is nothing new. */
const cache = 'public, no-cache'

const changePage = z
  .object({
    items: z.array(change),
    next: z.string().nullable().openapi({ description: 'The cursor of the next page; null at the end.' }),
    resume: z.string().openapi({
      description: 'The cursor to ask with later for what is new. It never grows old.',
    }),
  })
  .openapi('ChangePage', { example: { items: [changeExample], next: null, resume: 'WyJhIiw0Ml0' } })

const read = route({
  method: 'get',
  path: '/v1/changes',
  operationId: 'listChanges',
  tags: ['Feeds'],
  summary: 'What has changed, to follow or mirror the registry',
  description:
    'Every public change in the order in which it went in: nothing is missed and nothing comes twice, however busy the registry is. Begin with `since`, or with nothing for all; go on with `next`, and later with `resume`. As JSON a page, oldest first; as `application/x-ndjson` a stream of up to 100,000 lines, oldest first, whose last line has `_end`, the count and `resume`; as `application/atom+xml` a feed, newest first. It names no person. Patents opened or closed by the passing of a date make no change of their own: their dates are in the record.',
  request: {
    query: z.object({
      since: z.union([date, time]).optional().openapi({
        description: 'A day or a time (UTC): begins with the first change of that time or later.',
        type: 'string',
        example: '2026-11-01',
      }),
      cursor: z
        .string()
        .max(100)
        .optional()
        .openapi({ description: '`next` or `resume` of an earlier answer; opaque.' }),
      limit: z.coerce
        .number()
        .int()
        .min(1)
        .max(pageSizeMax)
        .optional()
        .openapi({
          description: `Items of a page, up to ${pageSizeMax}; by default ${pageSizeDefault}, and all of a stream.`,
        }),
      kind: z
        .string()
        .max(kindsCharactersMax)
        .transform((text) => text.split(','))
        .pipe(z.array(changeKind).max(changeKind.options.length))
        .optional()
        .openapi({
          type: 'string',
          description: `One kind or several, with commas: ${changeKind.options.join(', ')}.`,
          example: 'declaration_in_force,declaration_withdrawn',
        }),
      holder: z.string().max(200).optional().openapi({
        description: 'Id or ROR id of an organisation: what it holds, its declarations, grants over what it holds.',
      }),
      format: z.enum(['json', 'ndjson', 'atom']).optional().openapi({ description: 'Instead of `Accept`.' }),
      lang: z
        .enum(['ja', 'en'])
        .optional()
        .openapi({ description: 'Language of the feed, instead of `Accept-Language`.' }),
    }),
  },
  responses: {
    200: {
      description: 'Changes.',
      content: {
        'application/json': { schema: changePage },
        [ndjson]: {
          schema: z.string(),
          example: `${JSON.stringify(changeExample)}\n{"_end":true,"count":1,"more":false,"resume":"WyJhIiw0Ml0"}\n`,
        },
        [atomType]: {
          schema: z.string(),
          example: '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">…</feed>',
        },
      },
    },
    304: { description: 'Nothing has changed since the answer with that `ETag`.' },
    ...problems('malformed', 'not_acceptable'),
  },
})

type Asked = { filter: ChangeFilter; at: Position | undefined; since: string | undefined; limit: number | undefined }

export const changeRoutes = api().openapi(read, async (c) => {
  const { since, cursor, limit, kind, holder, format, lang } = c.req.valid('query')
  const { db } = c.var.ctx
  const form = format === undefined ? preferred(c.req.header('Accept'), forms, 'media type') : formNames[format]
  if (form === undefined)
    throw new RegistryError('not_acceptable', `This is available as ${forms.join(', ')}.`, {
      extra: { available: forms },
    })
  c.header('Vary', 'Accept, Accept-Language')
  const at = readPosition(cursor)
  const organisation = holder === undefined ? undefined : await findOrganisation(db.read, holder)
  const asked: Asked = {
    filter: { kinds: kind, holder: holder === undefined ? undefined : (organisation?.organisation.id ?? holder) },
    at,
    since,
    limit,
  }
  const head = await lastChange(db.read)
  const inWords = lang ?? languageOf(c).lang
  const tag = `W/"changes-${head.sequence}-${forms.indexOf(form)}${form === atomType ? `-${inWords}` : ''}"`
  const headers = { ETag: tag, 'Cache-Control': cache }
  if (isUnchanged(c, tag)) return c.body(null, 304, headers)
  if (form === ndjson)
    return streamed(c, lines(c, asked, head.sequence), { ...headers, 'Content-Type': `${ndjson}; charset=utf-8` })
  if (form === atomType) {
    const text = await atom(c, asked, head, inWords)
    return c.body(text, 200, { ...headers, 'Content-Type': `${atomType}; charset=utf-8` })
  }
  const { items, next, resume } = await pageOf(c, asked, head.sequence, limit ?? pageSizeDefault)
  if (next !== null) c.header('Link', `<${addressWith(c, next)}>; rel="next"`)
  return c.body(JSON.stringify({ items, next, resume }), 200, { ...headers, 'Content-Type': json })
})

type Position = { side: 'after' | 'before'; sequence: number }

function readPosition(cursor: string | undefined): Position | undefined {
  const given = decodeCursor(cursor)
  if (given === undefined) return undefined
  const [side, sequence] = given
  if ((side === 'a' || side === 'b') && typeof sequence === 'number' && Number.isSafeInteger(sequence) && sequence >= 0)
    return { side: side === 'a' ? 'after' : 'before', sequence }
  throw new RegistryError('malformed', 'The cursor is not one of ours.', {
    faults: [{ pointer: '?cursor', code: 'invalid_cursor', detail: 'Use `next` or `resume` as it is.' }],
  })
}

function cursorAfter(sequence: number): string {
  return encodeCursor(['a', sequence])
}

async function beginning(c: Http, { at, since }: Asked): Promise<number> {
  if (at?.side === 'after') return at.sequence
  return since === undefined ? 0 : await sequenceBefore(c.var.ctx.db.read, since)
}

/** Up to `head`, the last change when the question came: what goes in meanwhile is for the next one. */
async function pageOf(c: Http, asked: Asked, head: number, limit: number, from?: number) {
  const { db, registryUrl } = c.var.ctx
  const after = from ?? (await beginning(c, asked))
  const span = { after, before: head + 1, order: 'oldest' as const }
  const found = await listChanges(db.read, registryUrl, asked.filter, span, limit + 1)
  const items = found.slice(0, limit)
  const reached = found.length > limit ? (items.at(-1)?.sequence ?? after) : Math.max(head, after)
  const resume = cursorAfter(reached)
  return { items, next: found.length > limit ? resume : null, resume, reached }
}

async function* lines(c: Http, asked: Asked, head: number): AsyncGenerator<string> {
  const most = asked.limit ?? linesPerAnswerMax
  let count = 0
  let from: number | undefined
  for (;;) {
    const page: Awaited<ReturnType<typeof pageOf>> = await pageOf(
      c,
      asked,
      head,
      Math.min(linesPerReadMax, most - count),
      from,
    )
    for (const item of page.items) yield `${JSON.stringify(item)}\n`
    count += page.items.length
    from = page.reached
    if (page.next !== null && count < most) continue
    yield `${JSON.stringify({ _end: true, count, more: page.next !== null, resume: page.resume })}\n`
    return
  }
}

/** Newest first, as readers of feeds expect; older pages by `rel="next"` (RFC 5005). */
async function atom(
  c: Http,
  asked: Asked,
  head: { sequence: number; at: string | undefined },
  lang: Language,
): Promise<string> {
  const { db, registryUrl, now } = c.var.ctx
  const limit = asked.limit ?? pageSizeDefault
  const after = await beginning(c, asked)
  const before = asked.at?.side === 'before' ? asked.at.sequence : head.sequence + 1
  const found = await listChanges(db.read, registryUrl, asked.filter, { after, before, order: 'newest' }, limit + 1)
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  const older = found.length > limit && last ? addressWith(c, encodeCursor(['b', last.sequence])) : undefined
  const sample = await c.var.sample()
  return atomText({
    id: `${registryUrl}/v1/changes`,
    lang,
    title: feedWords.title[lang],
    subtitle: sample ? `${feedWords.subtitle[lang]} ${sampleNotice[lang]}` : feedWords.subtitle[lang],
    updated: head.at ?? now.toISOString(),
    author: 'Iriai 入会',
    links: [
      { rel: 'self', href: addressWith(c, undefined), type: atomType },
      { rel: 'alternate', href: `${registryUrl}/${lang}`, type: 'text/html', hreflang: lang },
      ...(older === undefined ? [] : [{ rel: 'next', href: older, type: atomType }]),
    ],
    entries: shown.map((one) => entryOf(one, registryUrl, lang)),
  })
}

function entryOf({ sequence, at, kind, title, subject, log }: Change, registryUrl: string, lang: Language): AtomEntry {
  const page = pageOfSubject(subject, lang)
  return {
    id: `${registryUrl}/v1/changes#${sequence}`,
    title: title[lang],
    updated: at,
    links: [
      ...(page === undefined ? [] : [{ rel: 'alternate', href: `${registryUrl}${page}`, type: 'text/html' }]),
      ...(subject.url === undefined
        ? []
        : [{ rel: page === undefined ? 'alternate' : 'related', href: subject.url, type: 'application/json' }]),
      ...(log === undefined
        ? []
        : [{ rel: 'via', href: `${registryUrl}/v1/log/entries/${log}.tlog-proof`, type: 'text/plain' }]),
    ],
    category: { term: kind, label: kindWords[kind][lang] },
    summary: { text: title[other(lang)], lang: other(lang) },
  }
}

function pageOfSubject({ type, id, number }: Change['subject'], lang: Language): string | undefined {
  if (type === 'patent' && number !== undefined) return `/${lang}/patents/${encodeURIComponent(number)}`
  if (type === 'grant' && number !== undefined) return `/${lang}/g/${number}`
  if (type === 'area' && number !== undefined) return `/${lang}/areas/${number}`
  if (type === 'organisation') return `/${lang}/organisations/${id}`
  return type === 'terms' ? `/${lang}/terms/${id}` : undefined
}

function addressWith(c: Http, cursor: string | undefined): string {
  const url = new URL(c.req.url)
  if (cursor !== undefined) url.searchParams.set('cursor', cursor)
  return `${c.var.ctx.registryUrl}${url.pathname}${url.search}`
}
