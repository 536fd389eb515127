import { z } from 'zod'
import { catalogue } from '../../policies/terms.ts'
import { legalStatus, legalStatusWords } from '../../policies/vocabulary.ts'
import { today } from '../context.ts'
import { readFilters } from '../http/filters.ts'
import { fill, type Language, languageOf } from '../http/language.ts'
import { pageSizeDefault } from '../http/limits.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { encodeCursor } from '../http/paging.ts'
import { Choice } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { findOrganisations } from '../organisations/queries.ts'
import { date } from '../shapes.ts'
import { fieldName, technologyFields } from './classification/fields.ts'
import { readFacets } from './facet-queries.ts'
import type { Facets } from './facets.ts'
import { PatentLines } from './lines.tsx'
import type { PatentFilter } from './list-queries.ts'
import { positionOf } from './list-routes.ts'
import { listWords } from './list-words.ts'
import { readFilter, readListing } from './listing.ts'
import { alsoSought } from './search/sought.ts'

const filters = z.object({
  q: z.string().trim().max(200).exactOptional(),
  field: z.enum(technologyFields.map(({ field }) => String(field))).exactOptional(),
  ipc: z.string().max(20).exactOptional(),
  holder: z.string().max(200).exactOptional(),
  inventor: z.string().max(200).exactOptional(),
  terms: z.string().max(50).exactOptional(),
  open: z.enum(['true', 'false']).exactOptional(),
  status: legalStatus.exactOptional(),
  office: z.string().max(2).exactOptional(),
  filed_from: date.exactOptional(),
  filed_to: date.exactOptional(),
  sort: z.enum(['relevance', 'filed', 'registered']).exactOptional(),
  cursor: z.string().max(500).exactOptional(),
})
type Filters = z.infer<typeof filters>
type FilterName = Exclude<keyof Filters, 'cursor' | 'sort'>

export const patentListPages = pages().on('GET', paths('/patents'), async (c) => {
  const { lang } = languageOf(c)
  const say = listWords[lang]
  const asked = readFilters(filters, c.req.query())
  const { read } = c.var.ctx.db
  const on = today(c.var.ctx)
  const filter = await readFilter(read, filterOf(asked))
  const [{ lines, more }, facets] = await Promise.all([
    readListing(read, filter, on, positionOf(asked.cursor), pageSizeDefault),
    readFacets(read, filter, on),
  ])
  const holders = await findOrganisations(read, [
    ...facets.holder.map(({ value }) => value),
    ...(filter.holder === undefined ? [] : [filter.holder]),
  ])
  const nameOf = (id: string) => holders.get(id)?.name[lang] ?? id
  const next = more === undefined ? undefined : { ...asked, cursor: encodeCursor(more) }
  const { cursor: _cursor, ...chosen } = asked
  return showPage(
    c,
    {
      title: asked.q === undefined ? say.title : `${asked.q} — ${say.title}`,
      path: `/patents${addressOf(asked)}`,
      section: 'patents',
      description: say.lead,
      feed: { href: `/v1/patents${addressOf(chosen, { format: 'atom', lang })}`, title: say.feed },
    },
    <>
      <h1>{say.title}</h1>
      <search>
        <FilterBar lang={lang} chosen={asked} />
      </search>
      <Chosen lang={lang} chosen={chosen} nameOf={nameOf} />
      {lines.length === 0 ? (
        <>
          <SoughtWhole lang={lang} words={filter.whole ?? []} />
          <NoneFound lang={lang} more={next !== undefined} />
        </>
      ) : (
        <div class="split right">
          <div>
            <p aria-live="polite">
              <b>{fill(facets.more ? say.countMore : say.count, { n: facets.patents.toLocaleString('en') })}</b>{' '}
              <small class="screen">
                <a href={`/v1/patents${addressOf(chosen, { format: 'csv', lang })}`}>CSV</a>
              </small>
            </p>
            <AlsoSought lang={lang} q={asked.q} />
            <SoughtWhole lang={lang} words={filter.whole ?? []} />
            <PatentLines lang={lang} lines={lines} />
          </div>
          <Narrow lang={lang} facets={facets} chosen={chosen} nameOf={nameOf} />
        </div>
      )}
      {next === undefined ? null : (
        <p class="pages">
          <a rel="next" href={inLanguage(lang, `/patents${addressOf(next)}`)}>
            {say.next}
          </a>
        </p>
      )}
      {lines.length === 0 ? null : (
        <p class="screen">
          <a href={`/v1/patents${addressOf(chosen, { format: 'csv', lang })}`}>{say.export}</a>
          <br />
          <a href={`/v1/patents${addressOf(chosen, { format: 'atom', lang })}`}>{say.feed}</a>
        </p>
      )}
      <script type="module" src="/assets/suggest.js" />
    </>,
  )
})

/** Words of the other language that were looked for as well. */
function AlsoSought({ lang, q }: { lang: Language; q: string | undefined }) {
  const also = q === undefined ? [] : alsoSought(q)
  if (also.length === 0) return null
  return <p class="hint">{fill(listWords[lang].alsoSought, { words: also.join(lang === 'ja' ? '、' : ', ') })}</p>
}

/** Words that begin too many others to look for them all. */
function SoughtWhole({ lang, words }: { lang: Language; words: readonly string[] }) {
  if (words.length === 0) return null
  return <p class="hint">{fill(listWords[lang].soughtWhole, { words: words.join(lang === 'ja' ? '、' : ', ') })}</p>
}

function filterOf(asked: Filters): PatentFilter {
  const { field, open, filed_from, filed_to, cursor: _cursor, sort, ...rest } = asked
  return {
    ...rest,
    field: field === undefined ? undefined : Number(field),
    open: open === undefined ? undefined : open === 'true',
    filedFrom: filed_from,
    filedTo: filed_to,
    sort: sort ?? (asked.q === undefined ? 'filed' : 'relevance'),
  }
}

function addressOf(chosen: Filters, more: Readonly<Record<string, string>> = {}): string {
  const members = Object.entries({ ...chosen, ...more }).filter(([, value]) => value !== '')
  return members.length === 0 ? '' : `?${new URLSearchParams(Object.fromEntries(members))}`
}

function FilterBar({ lang, chosen }: { lang: Language; chosen: Filters }) {
  const say = listWords[lang]
  const rare = [chosen.ipc, chosen.status, chosen.terms, chosen.office, chosen.filed_from, chosen.filed_to, chosen.sort]
  return (
    <form method="get" action={inLanguage(lang, '/patents')}>
      <div class="row">
        <div>
          <label for="q">{say.search}</label>
          <input
            id="q"
            name="q"
            type="search"
            value={chosen.q ?? ''}
            maxlength={200}
            list="suggestions"
            autocomplete="off"
            aria-describedby="q-hint"
          />
          <datalist id="suggestions" />
        </div>
        <Choice
          name="field"
          label={say.field}
          options={[
            { value: '', label: say.anyField },
            ...technologyFields.map(({ field, name }) => ({ value: String(field), label: `${field} ${name[lang]}` })),
          ]}
          chosen={chosen.field}
        />
        <Choice
          name="open"
          label={say.openness}
          options={[
            { value: '', label: say.anyOpen },
            { value: 'true', label: say.onlyOpen },
            { value: 'false', label: say.onlyClosed },
          ]}
          chosen={chosen.open}
        />
        <div class="go">
          <button type="submit">{say.go}</button>
        </div>
      </div>
      <p class="hint" id="q-hint">
        {say.searchHint}
      </p>
      <details open={rare.some((value) => value !== undefined)}>
        <summary>{say.more}</summary>
        <div class="row">
          <div>
            <label for="ipc">IPC</label>
            <input id="ipc" name="ipc" value={chosen.ipc ?? ''} maxlength={20} placeholder="H01M10" />
          </div>
          <Choice
            name="status"
            label={say.status}
            options={[
              { value: '', label: say.anyStatus },
              ...legalStatus.options.map((value) => ({ value, label: legalStatusWords[value].label[lang] })),
            ]}
            chosen={chosen.status}
          />
          <Choice
            name="terms"
            label={say.terms}
            options={[
              { value: '', label: say.anyStatus },
              ...[...catalogue.keys()].map((id) => ({ value: id, label: id })),
            ]}
            chosen={chosen.terms}
          />
          <div>
            <label for="filed_from">{say.from}</label>
            <input id="filed_from" name="filed_from" type="date" value={chosen.filed_from ?? ''} />
          </div>
          <div>
            <label for="filed_to">{say.to}</label>
            <input id="filed_to" name="filed_to" type="date" value={chosen.filed_to ?? ''} />
          </div>
          <Choice
            name="sort"
            label={say.sort}
            options={[
              ...(chosen.q === undefined ? [] : [{ value: 'relevance', label: say.byRelevance }]),
              { value: 'filed', label: say.byFiled },
              { value: 'registered', label: say.byRegistered },
            ]}
            chosen={chosen.sort ?? (chosen.q === undefined ? 'filed' : 'relevance')}
          />
        </div>
      </details>
      {(['holder', 'inventor', 'office'] as const).map((name) =>
        chosen[name] === undefined ? null : <input type="hidden" name={name} value={chosen[name]} />,
      )}
    </form>
  )
}

/** What the list is narrowed by, each a link that takes it away. */
function Chosen({ lang, chosen, nameOf }: { lang: Language; chosen: Filters; nameOf(id: string): string }) {
  const say = listWords[lang]
  const names: readonly FilterName[] = [
    'field',
    'ipc',
    'holder',
    'inventor',
    'terms',
    'open',
    'status',
    'office',
    'filed_from',
    'filed_to',
  ]
  const given = names.flatMap((name) => {
    const value = chosen[name]
    if (value === undefined) return []
    const { [name]: _gone, ...rest } = chosen
    return [{ label: labelOf(lang, name, value, nameOf), href: inLanguage(lang, `/patents${addressOf(rest)}`) }]
  })
  if (given.length === 0) return null
  return (
    <ul class="counts" aria-label={say.chosen}>
      {given.map(({ label, href }) => (
        <li>
          <a href={href} aria-label={fill(say.remove, { name: label })}>
            {label} ×
          </a>
        </li>
      ))}
    </ul>
  )
}

function labelOf(lang: Language, name: FilterName, value: string, nameOf: (id: string) => string): string {
  const say = listWords[lang]
  if (name === 'field') return fieldName(Number(value))[lang]
  if (name === 'holder') return nameOf(value)
  if (name === 'open') return value === 'true' ? say.onlyOpen : say.onlyClosed
  if (name === 'filed_from') return `${say.from} ${value}`
  if (name === 'filed_to') return `${say.to} ${value}`
  const status = legalStatus.safeParse(value)
  return name === 'status' && status.success ? legalStatusWords[status.data].label[lang] : value
}

/** As many of each as fit beside a page of results. */
const valuesShown = 8

function Narrow({
  lang,
  facets,
  chosen,
  nameOf,
}: {
  lang: Language
  facets: Facets
  chosen: Filters
  nameOf(id: string): string
}) {
  const say = listWords[lang]
  const more = (name: FilterName, value: string): Filters => ({ ...chosen, ...filters.parse({ [name]: value }) })
  const years = (year: string): Filters => ({ ...chosen, filed_from: `${year}-01-01`, filed_to: `${year}-12-31` })
  const groups = [
    { title: say.openness, name: 'open', values: facets.open },
    { title: say.field, name: 'field', values: facets.field },
    { title: say.holder, name: 'holder', values: facets.holder },
    { title: say.terms, name: 'terms', values: facets.terms },
    { title: say.status, name: 'status', values: facets.status },
    { title: say.office, name: 'office', values: facets.office },
  ] as const
  const list = (title: string, items: readonly { label: string; patents: number; href: string }[]) =>
    items.length < 2 ? null : (
      <>
        <h3 class="label">{title}</h3>
        <ul class="plain">
          {items.map(({ label, patents, href }) => (
            <li>
              <a href={inLanguage(lang, `/patents${href}`)}>
                {label} <small class="faint num">{patents.toLocaleString('en')}</small>
              </a>
            </li>
          ))}
        </ul>
      </>
    )
  return (
    <nav aria-label={say.narrow}>
      <h2 class="plain">
        {facets.more ? fill(say.narrowMore, { n: facets.patents.toLocaleString('en') }) : say.narrow}
      </h2>
      {groups.map(({ title, name, values }) =>
        chosen[name] === undefined
          ? list(
              title,
              values.slice(0, valuesShown).map(({ value, patents }) => ({
                label: labelOf(lang, name, value, nameOf),
                patents,
                href: addressOf(more(name, value)),
              })),
            )
          : null,
      )}
      {chosen.filed_from === undefined && chosen.filed_to === undefined
        ? list(
            say.year,
            facets.year
              .slice(0, valuesShown)
              .map(({ value, patents }) => ({ label: value, patents, href: addressOf(years(value)) })),
          )
        : null}
    </nav>
  )
}

function NoneFound({ lang, more }: { lang: Language; more: boolean }) {
  const say = listWords[lang]
  if (more) return <p>{say.page}</p>
  return (
    <>
      <h2>{say.none}</h2>
      <ul>
        <li>{say.noneShort}</li>
        <li>{say.noneFilters}</li>
        <li>{say.noneNumber}</li>
      </ul>
      <p>
        <a href={inLanguage(lang, '/check')}>{say.noneCheck}</a>
      </p>
    </>
  )
}
