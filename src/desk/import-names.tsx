import type { Child } from 'hono/jsx'
import type { Context } from '../context.ts'
import { invalid, RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, readCount } from '../http/language.ts'
import { inLanguage, paths } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { decideImport } from '../imports/choose.ts'
import { decisionsInput, type HolderName, type NameOutcome } from '../imports/import.ts'
import { individual } from '../imports/owners.ts'
import { countNames, type Job, listNames } from '../imports/queries.ts'
import { findOwners } from '../imports/rows-queries.ts'
import { findOrganisationsByName } from '../organisations/name-queries.ts'
import { shownToOthers } from '../organisations/organisation.ts'
import { findOrganisation, findOrganisations, listOrganisations } from '../organisations/queries.ts'
import { parseRor } from '../organisations/ror.ts'
import { rorById, rorByName } from '../organisations/ror-names.ts'
import { OwnForm } from '../people/me-pages.tsx'
import type { Bilingual } from '../shapes.ts'
import { inputOrStop } from './accept.ts'
import { type Fields, given, goTo, orShowAgain, ownForm } from './form.ts'
import { Individuals, UnclearNames, unmarkedIn } from './import-individuals.tsx'
import { importPath, jobOnPage } from './import-parts.tsx'
import { importWords, outcomeWords } from './import-words.ts'
import { officePage } from './office.tsx'
import { Nothing } from './parts.tsx'

/** As many as one looks through at a time; when they are decided the next ones come. */
const namesShownMax = 30

/** Who the owners are that a file names. */
export const importNamesPages = pages()
  .on('GET', paths('/desk/imports/:id/names'), (c) => showNames(c, c.req.param('id') ?? ''))
  .on('POST', paths('/desk/imports/:id/names'), async (c) => {
    const { fields } = await ownForm(c)
    const id = c.req.param('id') ?? ''
    return orShowAgain(
      async () => {
        const { ctx } = c.var
        await decideImport(ctx, id, inputOrStop(decisionsInput, { names: await namesIn(ctx, fields) }))
        ctx.wake?.()
        return goTo(c, importPath(id))
      },
      (stop) => showNames(c, id, stop, fields),
    )
  })

const undecided: ReadonlySet<string> = new Set(['several', 'close', 'unpaired', 'unclear'])

/** On the page of the import: that names wait, and where they are decided. */
export async function namesToDecide({ ctx }: Http['var'], lang: Language, importId: string): Promise<Child> {
  const say = importWords[lang]
  const counts = await countNames(ctx.db.read, importId)
  const of = (outcomes: Iterable<NameOutcome>) =>
    [...outcomes].reduce((sum, outcome) => sum + (counts.get(outcome) ?? 0), 0)
  const [unclear, waiting, others] = [of(['unclear']), of(['several', 'close', 'unpaired']), of(['new', 'ror'])]
  const individuals = of([individual])
  const path = inLanguage(lang, `${importPath(importId)}/names`)
  return (
    <>
      {waiting + unclear === 0 ? null : (
        <div class="next">
          <p>
            {waiting === 0 ? null : fill(say.namesToDecide, { count: readCount(waiting, lang) })}{' '}
            {unclear === 0 ? null : fill(say.namesUnclear, { count: readCount(unclear, lang) })}{' '}
            <a href={path}>{say.decideNames}</a>
          </p>
        </div>
      )}
      {individuals === 0 ? null : (
        <p>
          <a href={`${path}#individuals`}>{fill(say.individuals, { count: readCount(individuals, lang) })}</a>
        </p>
      )}
      {others === 0 ? null : (
        <p>
          <a href={`${path}#new`}>{fill(say.seeNames, { count: readCount(others, lang) })}</a>
        </p>
      )}
    </>
  )
}

/** The names for which something was chosen. What is written goes before what is marked. */
async function namesIn(ctx: Context, fields: Fields): Promise<{ key: string; organisation: string }[]> {
  const keys = Object.keys(fields).flatMap((name) => (name.startsWith('name-') ? [name.slice(5)] : []))
  const written = Object.keys(fields).flatMap((name) =>
    name.startsWith('other-') && given(fields, name) !== undefined ? [name.slice(6)] : [],
  )
  const all = [...new Set([...keys, ...written])]
  const names = await Promise.all(
    all.map(async (key) => {
      const other = given(fields, `other-${key}`)
      const chosen = fields[`name-${key}`] ?? ''
      if (other !== undefined) return { key, organisation: await organisationWritten(ctx, `other-${key}`, other) }
      return chosen === '' || chosen === fields[`was-${key}`] ? undefined : { key, organisation: chosen }
    }),
  )
  const chosen = names.flatMap((one) => one ?? [])
  const decided = [...chosen, ...unmarkedIn(fields, new Set(chosen.map(({ key }) => key)))]
  if (decided.length === 0) throw invalid('/names', 'nothing_decided', 'Choose what each name means.')
  return decided
}

/** By id, ROR id or name; part of a name where only one has it. Organisations known by name only count as well. */
async function organisationWritten(ctx: Context, field: string, written: string): Promise<string> {
  const text = written.slice(0, 200)
  const { read } = ctx.db
  const found = await findOrganisation(read, text)
  if (found && shownToOthers(found)) return found.organisation.id
  const ror = parseRor(text)
  if (ror !== undefined && rorById(ror)) return ror
  const byName = (await findOrganisationsByName(read, [text])).get(text) ?? []
  const some =
    byName.length > 0 ? byName : await listOrganisations(read, { q: text, includeApplied: false }, undefined, 2)
  const [only] = some
  const listed = some.length === 0 ? rorByName(text) : []
  if (only !== undefined && some.length === 1) return only.id
  if (listed[0] && listed.length === 1) return listed[0].ror
  throw some.length + listed.length === 0
    ? invalid(`/${field}`, 'unknown_organisation', `${text} is not an organisation here.`)
    : invalid(`/${field}`, 'name_of_several', `Several organisations are called ${text}. Give the ROR id.`)
}

async function showNames(c: Http, id: string, stop?: RegistryError, fields: Fields = {}): Promise<Response> {
  const { lang } = languageOf(c)
  const say = importWords[lang]
  const job = await jobOnPage(c, id)
  // Going back to this page while what was decided is worked in.
  if (job?.state === 'reading' && !stop) return goTo(c, importPath(id))
  return officePage(
    c,
    'imports',
    stop,
    async (_, csrf) => {
      if (!job) return null
      if (job.state !== 'previewed')
        throw new RegistryError('not_allowed_now', 'Names are decided on a preview, before it is committed.')
      return namesForm(c, job, csrf, fields)
    },
    { title: say.namesTitle, path: `${importPath(id)}/names` },
  )
}

async function namesForm(c: Http, job: Job, csrf: string, fields: Fields): Promise<Child> {
  const { lang } = languageOf(c)
  const say = importWords[lang]
  const { read } = c.var.ctx.db
  const all = await listNames(read, job.id)
  const asked = (c.req.query('of') ?? '').split(',').slice(0, namesShownMax)
  const known = await findOwners(read, job.id, asked)
  const ours = [...known.values()].map(
    ({ key, names, outcome, candidates }): HolderName =>
      all.find((one) => one.key === key) ?? { key, names: [...names], outcome, candidates: [...candidates], rows: 0 },
  )
  const others = all.filter(({ key }) => !known.has(key))
  const open = others.filter(({ outcome }) => undecided.has(outcome))
  const [waiting, unclear] = [open.filter((one) => !isPlain(one)), open.filter(isPlain)]
  const individuals = others.filter(({ outcome }) => outcome === individual)
  const path = inLanguage(lang, `${importPath(job.id)}/names`)
  const fresh = others.filter(({ outcome }) => outcome === 'new' || outcome === 'ror')
  const holders = await findOrganisations(read, [job.organisationId])
  const own = { id: job.organisationId, name: holders.get(job.organisationId)?.name ?? { ja: '', en: '' } }
  const form = (names: readonly HolderName[]) => (
    <OwnForm action={path} csrf={csrf}>
      {names.slice(0, namesShownMax).map((one) => (
        <NameChoice
          lang={lang}
          one={one}
          own={asked.includes(one.key) || undecided.has(one.outcome) ? own : undefined}
          fields={fields}
        />
      ))}
      <p>
        <button type="submit">{say.saveNames}</button>
      </p>
    </OwnForm>
  )
  return (
    <>
      <p class="lead">{say.namesLead}</p>
      <p>
        <a href={inLanguage(lang, importPath(job.id))}>{say.backToImport}</a>
      </p>
      <div id="names" tabindex={-1}>
        {all.length + ours.length === 0 ? <Nothing>{say.nothingToName}</Nothing> : null}
        {ours.length === 0 ? null : form(ours)}
        {waiting.length === 0 || ours.length > 0 ? null : form(waiting)}
      </div>
      {unclear.length === 0 || ours.length > 0 ? null : (
        <>
          <h2 id="unclear">{say.unclear}</h2>
          <OwnForm action={path} csrf={csrf}>
            <UnclearNames lang={lang} names={unclear} path={path} fields={fields} />
            <p>
              <button type="submit">{say.saveNames}</button>
            </p>
          </OwnForm>
        </>
      )}
      {fresh.length === 0 || ours.length > 0 ? null : (
        <>
          <h2 id="new">{fill(say.namesNew, { count: readCount(fresh.length, lang) })}</h2>
          <p>{say.namesNewLead}</p>
          {form(fresh)}
        </>
      )}
      {ours.length > 0 ? null : <Individuals lang={lang} names={individuals} path={path} />}
    </>
  )
}

/** A question of organisation or individual and nothing else: a line is enough for it. */
function isPlain({ outcome, candidates }: HolderName): boolean {
  return outcome === 'unclear' && candidates.length === 0
}

function NameChoice({
  lang,
  one,
  own,
  fields,
}: {
  lang: Language
  one: HolderName
  own: { id: string; name: Bilingual } | undefined
  fields: Fields
}) {
  const say = importWords[lang]
  const { key, names, outcome, ror, candidates, rows } = one
  const here = candidates.flatMap(({ id, name }) => (id === undefined ? [] : [{ id, name }]))
  const listed = candidates.flatMap((each) =>
    each.id === undefined && each.ror !== undefined ? [{ name: each.name, ror: each.ror }] : [],
  )
  const options = [...new Map([...here, ...(own ? [own] : [])].map((each) => [each.id, each])).values()]
  const was = undecided.has(outcome) ? '' : outcome === individual ? outcome : (ror ?? 'new')
  const chosen = fields[`name-${key}`] ?? was
  return (
    <fieldset>
      <legend>
        {names.join(' / ')}{' '}
        {rows === 0 ? null : <span class="small faint">{fill(say.inRows, { count: readCount(rows, lang) })}</span>}
      </legend>
      <input type="hidden" name={`was-${key}`} value={was} />
      {outcomeWords[outcome] === undefined ? null : <p class="hint">{outcomeWords[outcome]?.[lang]}</p>}
      {options.map(({ id, name }) => (
        <label class="choice">
          <input type="radio" name={`name-${key}`} value={id} checked={chosen === id} />
          <span>{name[lang]}</span>
        </label>
      ))}
      {listed.map((each) => (
        <label class="choice">
          <input type="radio" name={`name-${key}`} value={each.ror} checked={chosen === each.ror} />
          <span>
            {fill(say.listedRor, {
              name: each.name[lang],
              ror: [rorById(each.ror)?.city, each.ror].filter(Boolean).join(', '),
            })}
          </span>
        </label>
      ))}
      <label class="choice">
        <input type="radio" name={`name-${key}`} value="new" checked={chosen === 'new'} />
        <span>{say.newByName}</span>
      </label>
      <label class="choice">
        <input type="radio" name={`name-${key}`} value={individual} checked={chosen === individual} />
        <span>{say.individual}</span>
      </label>
      <label for={`other-${key}`}>{say.otherOrganisation}</label>
      <input
        id={`other-${key}`}
        name={`other-${key}`}
        value={fields[`other-${key}`] ?? ''}
        maxlength={200}
        autocomplete="off"
      />
    </fieldset>
  )
}
