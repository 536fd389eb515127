import { z } from 'zod'
import type { Http } from '../http/api.ts'
import { readFilters } from '../http/filters.ts'
import { type Language, languageOf, other, readCount } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { decodeCursor, encodeCursor } from '../http/paging.ts'
import { Choice } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { type Organisation, organisationKind, organisationKinds } from '../organisations/organisation.ts'
import { findOrganisations, listOrganisations } from '../organisations/queries.ts'
import { strongestValues } from '../patents/cell-queries.ts'
import { type Held, heldBy } from './organisation-queries.ts'
import { kindWords, organisationWords, stateWords } from './organisation-words.ts'

const organisationsPerPage = 50
/** Enough to see who leads. */
const mostOpenShown = 8

const asked = z.object({
  q: z.string().trim().max(200).exactOptional(),
  kind: organisationKind.exactOptional(),
  state: z.enum(['named']).exactOptional(),
  cursor: z.string().max(1000).exactOptional(),
})
type Asked = z.infer<typeof asked>

export const organisationListPages = pages().on('GET', paths('/organisations'), async (c) => {
  const { lang } = languageOf(c)
  const say = organisationWords[lang]
  const { read } = c.var.ctx.db
  const chosen = readFilters(asked, c.req.query())
  const [name, id] = decodeCursor(chosen.cursor) ?? []
  const { q, kind, state } = chosen
  const found = await listOrganisations(
    read,
    {
      includeApplied: false,
      ...(q === undefined ? {} : { q }),
      ...(kind === undefined ? {} : { kind }),
      ...(state === undefined ? {} : { state }),
    },
    name === undefined ? undefined : [String(name), String(id)],
    organisationsPerPage + 1,
  )
  const shown = found.slice(0, organisationsPerPage)
  const last = found.length > organisationsPerPage ? shown.at(-1) : undefined
  const held = await heldBy(
    read,
    shown.map((one) => one.id),
  )
  const first = Object.keys(chosen).length === 0
  return showPage(
    c,
    { title: say.list, path: `/organisations${addressOf(chosen)}`, description: say.listLead },
    <>
      <h1>{say.list}</h1>
      <p class="lead">{say.listLead}</p>
      <search>
        <Filter lang={lang} chosen={chosen} />
      </search>
      {first ? await mostOpen(c, lang) : null}
      {shown.length === 0 ? (
        <>
          <h2>{say.none}</h2>
          <p>{say.noneText}</p>
        </>
      ) : (
        <OrganisationLines lang={lang} shown={shown} held={held} />
      )}
      {last === undefined ? null : (
        <p class="pages">
          <a
            rel="next"
            href={inLanguage(
              lang,
              `/organisations${addressOf({ ...chosen, cursor: encodeCursor([last.name.en, last.id]) })}`,
            )}
          >
            {say.next}
          </a>
        </p>
      )}
      <p>
        {say.apply} <a href={inLanguage(lang, '/join')}>{say.join}</a>
      </p>
    </>,
  )
})

function addressOf(chosen: Asked): string {
  const members = new URLSearchParams(chosen)
  return members.size === 0 ? '' : `?${members}`
}

function Filter({ lang, chosen }: { lang: Language; chosen: Asked }) {
  const say = organisationWords[lang]
  return (
    <form method="get" action={inLanguage(lang, '/organisations')}>
      <div class="row">
        <div>
          <label for="q">{say.search}</label>
          <input id="q" name="q" type="search" value={chosen.q ?? ''} maxlength={200} autocomplete="off" />
        </div>
        <Choice
          name="kind"
          label={say.kind}
          options={[
            { value: '', label: say.anyKind },
            ...organisationKinds.map((kind) => ({ value: kind, label: kindWords[kind][lang] })),
          ]}
          chosen={chosen.kind}
        />
        <Choice
          name="state"
          label={say.shown}
          options={[
            { value: '', label: say.taking },
            { value: 'named', label: say.named },
          ]}
          chosen={chosen.state}
        />
        <div class="go">
          <button type="submit">{say.go}</button>
        </div>
      </div>
    </form>
  )
}

async function mostOpen(c: Http, lang: Language) {
  const { read } = c.var.ctx.db
  const strongest = await strongestValues(read, 'holder', 'holder', {}, mostOpenShown, 'open')
  const names = await findOrganisations(
    read,
    strongest.map(({ value }) => value),
  )
  if (strongest.length === 0) return null
  return (
    <>
      <h2 class="plain">{organisationWords[lang].most}</h2>
      <ul class="counts">
        {strongest.map(({ value, amount }) => (
          <li>
            <a href={inLanguage(lang, `/organisations/${value}`)}>{names.get(value)?.name[lang] ?? value}</a>{' '}
            <span class="num">{readCount(amount, lang)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

function OrganisationLines({
  lang,
  shown,
  held,
}: {
  lang: Language
  shown: readonly Organisation[]
  held: ReadonlyMap<string, Held>
}) {
  const say = organisationWords[lang]
  const there = other(lang)
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{say.name}</th>
          <th scope="col">{say.kind}</th>
          <th scope="col">{say.held}</th>
          <th scope="col">{say.open}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ id, name, kind, state }) => {
          const { patents, open } = held.get(id) ?? { patents: 0, open: 0 }
          return (
            <tr>
              <th scope="row">
                <a href={inLanguage(lang, `/organisations/${id}`)}>{name[lang]}</a>{' '}
                {name[there] === name[lang] ? null : (
                  <small class="faint" lang={there}>
                    {name[there]}
                  </small>
                )}
              </th>
              <td>
                {kindWords[kind][lang]} <small class="faint">{stateWords[state]?.[lang] ?? ''}</small>
              </td>
              <td class="num" data-of={say.held}>
                {readCount(patents, lang)}
              </td>
              <td class="num" data-of={say.open}>
                {open === 0 ? <span class="faint">—</span> : <span class="mark allowed">{readCount(open, lang)}</span>}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
