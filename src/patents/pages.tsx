import { z } from 'zod'
import { today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, said } from '../http/language.ts'
import { pageSizeDefault } from '../http/limits.ts'
import { inLanguage, paths, Said, showPage } from '../http/page.tsx'
import { decodeCursor, paged } from '../http/paging.ts'
import { Choice } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { suspendedOn } from '../organisations/queries.ts'
import { technologyFields } from './classification/fields.ts'
import { toLine } from './facts.ts'
import { listFacts } from './list-queries.ts'
import type { ParsedNumber } from './numbers/number.ts'
import { numberInputCharactersMax, parseNumber } from './numbers/parse.ts'
import { unambiguousSpelling } from './numbers/spelling.ts'
import type { PatentLine } from './patent.ts'
import { findFacts, findPatent, findPatentId, findPatentIds } from './queries.ts'
import { PatentRecordPage } from './record-page.tsx'
import { patentWords } from './words.ts'

const filters = z.object({
  q: z.string().trim().max(200).default(''),
  field: z.enum(['', ...technologyFields.map(({ field }) => String(field))]).default(''),
  open: z.enum(['', 'true', 'false']).default(''),
  cursor: z.string().max(500).exactOptional(),
})
type Filters = z.infer<typeof filters>

export const patentPages = pages()
  .on('GET', paths('/patents'), async (c) => {
    const { lang } = languageOf(c)
    const say = patentWords[lang]
    const read = filters.safeParse(c.req.query())
    if (!read.success)
      throw new RegistryError('malformed', 'A filter is not one of those offered.', {
        faults: read.error.issues.map(({ path, code, message }) => ({
          pointer: `?${String(path[0])}`,
          code,
          detail: message,
        })),
      })
    const { items, next } = await find(c, read.data)
    return showPage(
      c,
      { title: say.listTitle, path: `/patents${addressOf(read.data)}`, section: 'patents' },
      <>
        <h1>{say.listTitle}</h1>
        <FilterBar lang={lang} chosen={read.data} />
        {items.length === 0 ? <NoneFound lang={lang} /> : <Lines lang={lang} items={items} />}
        {next === null ? null : (
          <p class="pages">
            <a rel="next" href={inLanguage(lang, `/patents${addressOf({ ...read.data, cursor: next })}`)}>
              {say.next}
            </a>
          </p>
        )}
      </>,
    )
  })
  .on('GET', paths('/patents/:number'), async (c) => {
    const written = c.req.param('number') ?? ''
    if (written.length > numberInputCharactersMax)
      throw new RegistryError('malformed', 'This is too long for a number.')
    const read = parseNumber(written)
    const [only] = read.candidates
    if (only === undefined) return showMissing(c, written, undefined)
    if (read.candidates.length > 1) return showCandidates(c, read)
    const { ctx } = c.var
    const on = today(ctx)
    const id = await findPatentId(ctx.db.read, [only.key])
    if (id === undefined) return showMissing(c, written, only.docdb)
    const [found, facts, suspendedHolders] = await Promise.all([
      findPatent(ctx.db.read, id, on),
      findFacts(ctx.db.read, [only.key]),
      suspendedOn(ctx.db.read, on),
    ])
    const known = facts.get(only.key)
    if (!found || !known) throw new RegistryError('not_found', 'There is no such patent.')
    const { lang } = languageOf(c)
    const { patent } = found
    c.header('Link', `<${ctx.registryUrl}${inLanguage(lang, `/patents/${patent.number}`)}>; rel="canonical"`)
    return showPage(
      c,
      {
        title: `${patent.number} ${said(patent.title, lang).text}`,
        path: `/patents/${patent.number}`,
        section: 'patents',
      },
      <PatentRecordPage
        patent={patent}
        facts={known}
        suspendedHolders={suspendedHolders}
        on={on}
        lang={lang}
        registryUrl={ctx.registryUrl}
      />,
    )
  })

async function find(
  c: Http,
  { q, field, open, cursor }: Filters,
): Promise<{ items: PatentLine[]; next: string | null }> {
  const { read } = c.var.ctx.db
  const on = today(c.var.ctx)
  const keys = parseNumber(q).candidates.map(({ key }) => key)
  const ids = keys.length === 0 ? [] : await findPatentIds(read, keys)
  const [filed, after] = decodeCursor(cursor) ?? []
  const found = await listFacts(
    read,
    {
      ids: ids.length === 0 ? undefined : ids,
      q: ids.length === 0 && q !== '' ? q : undefined,
      field: field === '' ? undefined : Number(field),
      open: open === '' ? undefined : open === 'true',
      sort: 'filed',
    },
    on,
    filed === undefined ? undefined : [String(filed), String(after)],
    pageSizeDefault + 1,
  )
  const { items, next } = paged(c, found, pageSizeDefault, ({ facts }) => [facts.filedOn ?? '', facts.patentId])
  return { items: items.map(({ facts, fields }) => toLine(facts, fields, on)), next }
}

function addressOf({ q, field, open, cursor }: Filters): string {
  const members = Object.entries({ q, field, open, cursor: cursor ?? '' }).filter(([, value]) => value !== '')
  return members.length === 0 ? '' : `?${new URLSearchParams(Object.fromEntries(members))}`
}

function FilterBar({ lang, chosen }: { lang: Language; chosen: Filters }) {
  const say = patentWords[lang]
  const fields = technologyFields.map(({ field, name }) => ({ value: String(field), label: `${field} ${name[lang]}` }))
  const states = [
    { value: '', label: say.anyOpen },
    { value: 'true', label: say.onlyOpen },
    { value: 'false', label: say.onlyClosed },
  ]
  return (
    <form method="get" action={inLanguage(lang, '/patents')}>
      <div class="row">
        <div>
          <label for="q">{say.search}</label>
          <input id="q" name="q" type="search" value={chosen.q} maxlength={200} />
        </div>
        <Choice
          name="field"
          label={say.field}
          options={[{ value: '', label: say.anyField }, ...fields]}
          chosen={chosen.field}
        />
        <Choice name="open" label={say.openness} options={states} chosen={chosen.open} />
        <div class="go">
          <button type="submit">{say.filter}</button>
        </div>
      </div>
    </form>
  )
}

function Lines({ lang, items }: { lang: Language; items: readonly PatentLine[] }) {
  const say = patentWords[lang]
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{say.number}</th>
          <th scope="col">{say.name}</th>
          <th scope="col">{say.holder}</th>
          <th scope="col">{say.filed}</th>
          <th scope="col">{say.openness}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ number, title, holders, filedOn, open, terms }) => (
          <tr>
            <th scope="row" class="num">
              <a href={inLanguage(lang, `/patents/${number}`)}>{number}</a>
            </th>
            <td>
              <Said {...said(title, lang)} />
            </td>
            <td>{holders.map(({ name }) => name[lang]).join(lang === 'ja' ? '、' : ', ')}</td>
            <td class="num">{filedOn ?? ''}</td>
            <td>
              {open ? (
                <>
                  <span class="mark allowed">{say.open}</span> <small class="faint">{terms.join(', ')}</small>
                </>
              ) : (
                <span class="faint">{say.notOpen}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function NoneFound({ lang }: { lang: Language }) {
  const say = patentWords[lang]
  return (
    <>
      <h2>{say.none}</h2>
      <p>{say.noneText}</p>
      <p>
        <a href={inLanguage(lang, '/check')}>{say.check}</a>
      </p>
    </>
  )
}

function showMissing(c: Http, written: string, readAs: string | undefined) {
  const { lang } = languageOf(c)
  const say = patentWords[lang]
  const title = readAs === undefined ? say.unreadable : say.missing
  return showPage(
    c,
    { title, path: `/patents/${encodeURIComponent(written)}`, section: 'patents', status: 404 },
    <>
      <h1>{title}</h1>
      <p class="lead">
        <bdi class="num">{written}</bdi>
      </p>
      <p>{readAs === undefined ? say.unreadableText : fill(say.missingText, { number: readAs })}</p>
      <p>
        <a href={inLanguage(lang, '/check')}>{say.check}</a>
      </p>
    </>,
  )
}

function showCandidates(c: Http, { input, candidates }: ParsedNumber) {
  const { lang } = languageOf(c)
  const say = patentWords[lang]
  const addresses = candidates.map((one) =>
    inLanguage(lang, `/patents/${encodeURIComponent(unambiguousSpelling(one))}`),
  )
  c.header('Link', addresses.map((address) => `<${c.var.ctx.registryUrl}${address}>; rel="alternate"`).join(', '))
  return showPage(
    c,
    { title: say.candidates, path: `/patents/${encodeURIComponent(input)}`, section: 'patents', status: 300 },
    <>
      <h1>{say.candidates}</h1>
      <p class="lead">
        <bdi class="num">{input}</bdi>
      </p>
      <p>{say.candidatesText}</p>
      <ul>
        {candidates.map(({ display, docdb }, i) => (
          <li>
            <a class="num" href={addresses[i]}>
              {display[lang]}
            </a>{' '}
            <small class="faint">{docdb}</small>
          </li>
        ))}
      </ul>
    </>,
  )
}
