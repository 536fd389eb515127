import type { Child } from 'hono/jsx'
import { z } from 'zod'
import { legalStatus, legalStatusWords } from '../../policies/vocabulary.ts'
import { today } from '../context.ts'
import { csvLine, csvMark } from '../csv.ts'
import { excludedAmong, listExclusions } from '../declarations/exclusions/queries.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, readCount, readDate, said } from '../http/language.ts'
import { inLanguage, paths, Said } from '../http/page.tsx'
import { Choice } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { streamed } from '../http/stream.ts'
import { suspendedOn } from '../organisations/queries.ts'
import { technologyFields } from '../patents/classification/fields.ts'
import { type Dated, endedStatuses, holdersOn, type PatentFacts, statusOn, toLine } from '../patents/facts.ts'
import { parseNumber } from '../patents/numbers/parse.ts'
import { findFactsById, findPatentIds } from '../patents/queries.ts'
import { type ForWhom, forWhom, Hidden } from './for-whom.tsx'
import { officerPost, toSignIn } from './form.ts'
import { sourceName } from './import-words.ts'
import { portfoliosOf } from './mandate-queries.ts'
import { officePage } from './office.tsx'
import { Day, Field, Mark, Nothing } from './parts.tsx'
import { findPortfolio, heldIds, type PortfolioFilter, portfolioSorts, portfolioStates } from './portfolio-queries.ts'
import { portfolioWords } from './portfolio-words.ts'

const linesShownMax = 50
const linesPerRead = 500
const titleCharactersMax = 120
/** The largest portfolio that is declared in one go, and listed in a file. */
const portfolioMax = 20_000
/** Numbers that an address carries to the form of declarations. */
const chosenMax = 200

const year = z.coerce.number().int().min(1900).max(2100)
const asked = z.object({
  q: z.string().trim().max(200).exactOptional(),
  field: z.coerce.number().int().min(1).max(35).exactOptional(),
  status: legalStatus.exactOptional(),
  state: z.enum(portfolioStates).exactOptional(),
  coOwned: z.enum(['yes', 'no']).exactOptional(),
  filedFrom: year.exactOptional(),
  filedTo: year.exactOptional(),
  sort: z.enum(portfolioSorts).exactOptional(),
  page: z.coerce.number().int().min(1).max(1000).exactOptional(),
})
type Asked = z.infer<typeof asked>

/** What the office holds, how each right and its declaration stand, and the way to open them. */
export const portfolioPages = pages()
  .on('GET', paths('/desk/portfolio'), (c) => showPortfolio(c))
  .on('GET', paths('/desk/portfolio/declare'), (c) => {
    const { lang } = languageOf(c)
    const numbers = (c.req.queries('pick') ?? []).slice(0, chosenMax).map((number) => number.slice(0, 100))
    const organisation = c.req.query('organisation')
    const query = new URLSearchParams({
      ...(organisation === undefined ? {} : { organisation }),
      ...(numbers.length === 0 ? {} : { numbers: numbers.join('\n') }),
    })
    return c.redirect(`${inLanguage(lang, '/desk/declarations/new')}?${query}`, 303)
  })
  .on('GET', paths('/desk/portfolio.csv'), async (c) => {
    const post = c.var.session && officerPost(c.var.session)
    if (!post) return toSignIn(c)
    const whom = await forWhom(c, post, 'enrol', '/desk/portfolio', c.req.query('organisation'))
    return streamed(c, portfolioLines(c, whom.id, readAsked(c.req.query())), {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="portfolio.csv"',
      'Cache-Control': 'no-store',
    })
  })

/** A filter that is not one of those offered is left out: the page shows what it did take. */
function readAsked(query: Readonly<Record<string, string>>): Asked {
  const given = Object.entries(query).filter(([, value]) => value.trim() !== '')
  const kept = given.filter(([name, value]) => asked.safeParse({ [name]: value }).success)
  return asked.safeParse(Object.fromEntries(kept)).data ?? {}
}

async function filterOf(c: Http, organisationId: string, { q, coOwned, sort, page: _page, ...rest }: Asked) {
  const { ctx } = c.var
  const { read } = ctx.db
  const candidates = q === undefined ? [] : parseNumber(q).candidates
  const byNumber =
    candidates.length === 0
      ? []
      : await findPatentIds(
          read,
          candidates.map(({ key }) => key),
        )
  const excluded =
    rest.state === 'excluded'
      ? [
          ...(
            await excludedAmong(
              read,
              await listExclusions(read, organisationId),
              await heldIds(read, organisationId, today(ctx), portfolioMax),
            )
          ).keys(),
        ]
      : undefined
  const ids = byNumber.length === 0 ? excluded : byNumber.filter((id) => excluded?.includes(id) ?? true)
  const filter: PortfolioFilter = {
    ...rest,
    ids,
    words: byNumber.length > 0 ? undefined : q,
    coOwned: coOwned === undefined ? undefined : coOwned === 'yes',
    sort: sort ?? 'filed',
  }
  return filter
}

type Line = {
  facts: PatentFacts
  status: Dated
  open: boolean
  terms: readonly string[]
  excluded: boolean
  coOwners: PatentFacts['holders']
}

async function linesOf(c: Http, organisationId: string, ids: readonly string[]): Promise<Line[]> {
  const { ctx } = c.var
  const { read } = ctx.db
  const on = today(ctx)
  const [facts, suspended, exclusions] = await Promise.all([
    findFactsById(read, ids),
    suspendedOn(read, on),
    listExclusions(read, organisationId),
  ])
  const excluded = await excludedAmong(read, exclusions, ids)
  return ids.flatMap((id) => {
    const one = facts.get(id)
    if (!one) return []
    const { open, terms } = toLine(one, [], on, suspended)
    return [
      {
        facts: one,
        status: statusOn(one, on),
        open,
        terms,
        excluded: excluded.has(id),
        coOwners: holdersOn(one, on).filter((holder) => holder.id !== organisationId),
      },
    ]
  })
}

function showPortfolio(c: Http): Promise<Response> {
  return officePage(c, 'portfolio', undefined, async (post) => {
    const { lang } = languageOf(c)
    const say = portfolioWords[lang]
    const { ctx } = c.var
    const whom = await forWhom(c, post, 'enrol', '/desk/portfolio', c.req.query('organisation'))
    const chosen = readAsked(c.req.query())
    const at = (chosen.page ?? 1) - 1
    const filter = await filterOf(c, whom.id, chosen)
    const [{ ids, count }, summary] = await Promise.all([
      findPortfolio(ctx.db.read, whom.id, filter, today(ctx), at * linesShownMax, linesShownMax),
      portfoliosOf(ctx.db.read, [whom.id], today(ctx)),
    ])
    const own = summary.get(whom.id)
    const lines = await linesOf(c, whom.id, ids)
    return (
      <>
        {whom.choice}
        <p class="lead">{fill(say.lead, { name: whom.name[lang] })}</p>
        <ul class="counts">
          {(
            [
              [say.enrolled, own?.enrolled ?? 0, {}],
              [say.state_open, own?.open ?? 0, { state: 'open' }],
              [say.state_waiting, own?.blocked ?? 0, { state: 'waiting' }],
              [say.state_expiring, own?.expiring ?? 0, { state: 'expiring' }],
            ] as const
          ).map(([label, of, narrowed]) => (
            <li>
              <a href={address(lang, whom, narrowed)}>
                {label} <b class="num">{readCount(of, lang)}</b>
              </a>
            </li>
          ))}
        </ul>
        {(own?.enrolled ?? 0) === 0 ? (
          <>
            <Nothing>{say.nonePortfolio}</Nothing>
            <p>
              <a class="button" href={inLanguage(lang, '/desk/imports')}>
                {say.toImport}
              </a>
            </p>
          </>
        ) : (
          <>
            <search>
              <Filters lang={lang} whom={whom} chosen={chosen} />
            </search>
            <p>
              <b>{fill(say.count, { count: readCount(count, lang) })}</b> ·{' '}
              <a href={address(lang, whom, chosen, '/desk/portfolio.csv')}>{say.csv}</a> ·{' '}
              <a href={inLanguage(lang, '/desk/imports')}>{say.toImport}</a>
            </p>
            {lines.length === 0 ? <Nothing>{say.none}</Nothing> : <Lines lang={lang} whom={whom} lines={lines} />}
            <Pages lang={lang} whom={whom} chosen={chosen} count={count} />
            {count > 0 && isDeclarable(chosen) ? (
              <p>
                <a href={declareAddress(lang, whom, chosen)}>
                  {fill(say.declareAll, { count: readCount(count, lang) })}
                </a>
              </p>
            ) : null}
          </>
        )}
      </>
    )
  })
}

/** The same page, or its file, with these filters. */
function address(lang: Language, whom: ForWhom, chosen: Asked, path = '/desk/portfolio'): string {
  const query = new URLSearchParams({
    ...whom.fields,
    ...Object.fromEntries(Object.entries(chosen).map(([name, value]) => [name, String(value)])),
  }).toString()
  return `${inLanguage(lang, path)}${query === '' ? '' : `?${query}`}`
}

/** Whether the form of declarations can choose just these by rule. */
function isDeclarable({ q, status, state }: Asked): boolean {
  return q === undefined && status === undefined && (state === undefined || state === 'closed')
}

function declareAddress(lang: Language, whom: ForWhom, { field, coOwned, filedFrom, filedTo }: Asked): string {
  const given = Object.entries({ field, coOwned, filedFrom, filedTo }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  )
  return `${inLanguage(lang, '/desk/declarations/new')}?${new URLSearchParams({ ...whom.fields, ...Object.fromEntries(given) })}`
}

function Filters({ lang, whom, chosen }: { lang: Language; whom: ForWhom; chosen: Asked }) {
  const say = portfolioWords[lang]
  const all = { value: '', label: say.any }
  const text = (value: number | undefined) => (value === undefined ? undefined : String(value))
  return (
    <form method="get" action={inLanguage(lang, '/desk/portfolio')}>
      <Hidden fields={whom.fields} />
      <div class="row">
        <Field id="q" label={say.q} value={chosen.q} maxlength={200} />
        <Choice
          name="state"
          label={say.state}
          options={[all, ...portfolioStates.map((value) => ({ value, label: say[`state_${value}`] }))]}
          chosen={chosen.state}
        />
        <Choice
          name="status"
          label={say.status}
          options={[
            all,
            ...legalStatus.options.map((value) => ({ value, label: legalStatusWords[value].label[lang] })),
          ]}
          chosen={chosen.status}
        />
        <Choice
          name="field"
          label={say.field}
          options={[all, ...technologyFields.map(({ field, name }) => ({ value: String(field), label: name[lang] }))]}
          chosen={text(chosen.field)}
        />
      </div>
      <div class="row">
        <Choice
          name="coOwned"
          label={say.coOwned}
          options={[all, { value: 'yes', label: say.coOwnedYes }, { value: 'no', label: say.coOwnedNo }]}
          chosen={chosen.coOwned}
        />
        <Field id="filedFrom" label={say.filedFrom} value={text(chosen.filedFrom)} maxlength={4} />
        <Field id="filedTo" label={say.filedTo} value={text(chosen.filedTo)} maxlength={4} />
        <Choice
          name="sort"
          label={say.sort}
          options={portfolioSorts.map((value) => ({ value, label: say[`sort_${value}`] }))}
          chosen={chosen.sort ?? 'filed'}
        />
        <div class="go">
          <button type="submit">{say.filter}</button>
        </div>
      </div>
      <p>
        <a href={address(lang, whom, {})}>{say.clear}</a>
      </p>
    </form>
  )
}

function Lines({ lang, whom, lines }: { lang: Language; whom: ForWhom; lines: readonly Line[] }) {
  const say = portfolioWords[lang]
  return (
    <form method="get" action={inLanguage(lang, '/desk/portfolio/declare')}>
      <Hidden fields={whom.fields} />
      <table class="rows tight">
        <thead>
          <tr>
            <th scope="col">{say.number}</th>
            <th scope="col">{say.title}</th>
            <th scope="col">{say.statusOn}</th>
            <th scope="col">{say.declaration}</th>
            <th scope="col">{say.ends}</th>
            <th scope="col">
              <span class="hide">{say.mend}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <PatentRow lang={lang} line={line} />
          ))}
        </tbody>
      </table>
      <p>
        <button type="submit">{say.declareChosen}</button>
      </p>
      <p class="hint">{say.declareHint}</p>
    </form>
  )
}

function PatentRow({ lang, line: { facts, status, coOwners, ...line } }: { lang: Language; line: Line }) {
  const say = portfolioWords[lang]
  const { number, title, end } = facts
  const path = encodeURIComponent(number)
  return (
    <tr>
      <th scope="row" class="num">
        <label class="choice">
          <input type="checkbox" name="pick" value={number} />
          <span>
            <span class="hide">{say.choose} </span>
            {number}
          </span>
        </label>
      </th>
      <td>
        <a href={inLanguage(lang, `/patents/${path}`)}>
          <Said {...shortened(said(title, lang))} />
        </a>
        {coOwners.length === 0 ? null : (
          <div class="small faint">
            {fill(say.with, { names: coOwners.map(({ name }) => name[lang]).join(lang === 'ja' ? '、' : '; ') })}
          </div>
        )}
      </td>
      <td>
        {legalStatusWords[status.value].label[lang]}
        <div class="small faint">
          {fill(say.seen, { source: sourceName(status.source, lang), day: readDate(status.seenOn, lang) })}
        </div>
      </td>
      <td>
        <Openness lang={lang} facts={facts} status={status} {...line} />
      </td>
      <td class="num" data-of={say.ends}>
        {end === undefined ? null : (
          <>
            <Day at={end.on} lang={lang} />
            {end.estimated ? <span class="small faint"> {say.estimated}</span> : null}
          </>
        )}
      </td>
      <td>
        <a href={inLanguage(lang, `/desk/portfolio/${path}`)}>
          {say.mend}
          <span class="hide"> {number}</span>
        </a>
      </td>
    </tr>
  )
}

/** A page stays within its size; the record has the whole title. */
function shortened({ text, ...rest }: ReturnType<typeof said>): ReturnType<typeof said> {
  return { ...rest, text: text.length > titleCharactersMax ? `${text.slice(0, titleCharactersMax)}…` : text }
}

function Openness({
  lang,
  facts,
  status,
  open,
  terms,
  excluded,
}: Omit<Line, 'coOwners'> & {
  lang: Language
}): Child {
  const say = portfolioWords[lang]
  const waiting = facts.declarations.find(({ state }) => state === 'awaiting_consent')
  if (open)
    return (
      <>
        <Mark like="allowed">{say.open}</Mark> <span class="small faint">{terms.join(', ')}</span>
      </>
    )
  if (endedStatuses.has(status.value)) return <Mark like="not_needed">{say.over}</Mark>
  if (waiting !== undefined)
    return (
      <>
        <Mark like="ask">{say.waiting}</Mark>{' '}
        <span class="small faint">
          {fill(say.waitingFor, { names: (waiting.awaiting ?? []).map(({ name }) => name[lang]).join(', ') })}
        </span>
      </>
    )
  if (excluded) return <Mark like="not_allowed">{say.excluded}</Mark>
  if (facts.declarations.some(({ state }) => state === 'in_force'))
    return <Mark like="unrecognised">{say.declared}</Mark>
  return <Mark like="not_enrolled">{say.undeclared}</Mark>
}

function Pages({ lang, whom, chosen, count }: { lang: Language; whom: ForWhom; chosen: Asked; count: number }) {
  const say = portfolioWords[lang]
  const page = chosen.page ?? 1
  const more = page * linesShownMax < count
  if (page === 1 && !more) return null
  return (
    <p class="pages">
      {page > 1 ? (
        <a rel="prev" href={address(lang, whom, { ...chosen, page: page - 1 })}>
          {say.pageBefore}
        </a>
      ) : null}{' '}
      {more ? (
        <a rel="next" href={address(lang, whom, { ...chosen, page: page + 1 })}>
          {say.nextPage}
        </a>
      ) : null}
    </p>
  )
}

async function* portfolioLines(c: Http, organisationId: string, chosen: Asked): AsyncGenerator<string> {
  const { lang } = languageOf(c)
  const say = portfolioWords[lang]
  const { ctx } = c.var
  const filter = await filterOf(c, organisationId, chosen)
  yield csvMark +
    csvLine([
      say.number,
      say.titleJa,
      say.titleEn,
      say.holders,
      say.filed,
      say.status,
      say.source,
      say.seenOn,
      say.declaration,
      say.terms,
      say.ends,
      say.endEstimated,
    ])
  for (let offset = 0; offset < portfolioMax; offset += linesPerRead) {
    const { ids } = await findPortfolio(ctx.db.read, organisationId, filter, today(ctx), offset, linesPerRead)
    for (const line of await linesOf(c, organisationId, ids)) yield csvLine(cellsOf(line, lang, today(ctx)))
    if (ids.length < linesPerRead) return
  }
}

function cellsOf({ facts, status, open, terms, excluded }: Line, lang: Language, on: string): string[] {
  const say = portfolioWords[lang]
  const { number, title, filedOn, end, declarations } = facts
  const state = open
    ? say.open
    : declarations.some((one) => one.state === 'awaiting_consent')
      ? say.waiting
      : excluded
        ? say.excluded
        : ''
  return [
    number,
    title.ja ?? '',
    title.en ?? '',
    holdersOn(facts, on)
      .map(({ name }) => name[lang])
      .join('; '),
    filedOn ?? '',
    legalStatusWords[status.value].label[lang],
    sourceName(status.source, lang),
    status.seenOn,
    state,
    terms.join('; '),
    end?.on ?? '',
    end?.estimated ? say.estimated : '',
  ]
}
