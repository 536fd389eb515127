import type { Child } from 'hono/jsx'
import { legalStatus, legalStatusWords } from '../../policies/vocabulary.ts'
import { invalid } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, readCount, readDate, said } from '../http/language.ts'
import { inLanguage, Said } from '../http/page.tsx'
import type { Counts, ImportRow, RowDecision, RowResult } from '../imports/import.ts'
import { rowResult } from '../imports/import.ts'
import type { Job } from '../imports/queries.ts'
import { findOwners, findRows, listRows, type StoredRow } from '../imports/rows-queries.ts'
import { fieldName } from '../patents/classification/fields.ts'
import { OwnForm } from '../people/me-pages.tsx'
import type { Fields } from './form.ts'
import { importPath, ResultMark, resultsShown } from './import-parts.tsx'
import { changedFieldWords, importWords } from './import-words.ts'
import { Nothing } from './parts.tsx'

/** A page stays within its size whatever the cells hold. */
const rowsShownMax = 25
/** Each with what there is to choose. */
const undecidedShownMax = 20
const cellCharactersMax = 120
const cellsShownMax = 25
const valueCharactersMax = 200

type Shown = { row: ImportRow; stored: StoredRow | undefined; owners: readonly string[] }

/** The rows by what becomes of them, one result at a time. */
export async function rowsOfImport(c: Http, job: Job, counts: Counts, csrf: string): Promise<Child> {
  const { lang } = languageOf(c)
  const say = importWords[lang]
  const { read } = c.var.ctx.db
  const asked = rowResult.safeParse(c.req.query('result')).data
  const result = asked ?? resultsShown.find((one) => counts[one] > 0) ?? 'new'
  const after = Number(c.req.query('after') ?? '-1')
  const from = Number.isSafeInteger(after) ? after : -1
  const shownMax = result === 'undecided' ? undecidedShownMax : rowsShownMax
  const found = await listRows(read, job.id, result, from, shownMax + 1)
  const rows = found.slice(0, shownMax)
  const stored = await findRows(
    read,
    job.id,
    rows.map(({ position }) => position),
  )
  const owners = await findOwners(read, job.id, [
    ...new Set([...stored.values()].flatMap(({ patent }) => patent?.owners ?? [])),
  ])
  const shown = rows.map((row): Shown => {
    const one = stored.get(row.position)
    return {
      row,
      stored: one,
      owners: (one?.patent?.owners ?? []).flatMap((key) => owners.get(key)?.names[0] ?? []),
    }
  })
  const path = inLanguage(lang, importPath(job.id))
  const last = rows.at(-1)
  return (
    <>
      <h2 id="rows">{say.resultsOf}</h2>
      <Tabs lang={lang} path={path} counts={counts} here={result} />
      {rows.length === 0 ? <Nothing>{say.emptyTab}</Nothing> : null}
      {rows.length > 0 && result === 'undecided' && job.state === 'previewed' ? (
        <Decisions lang={lang} job={job} shown={shown} csrf={csrf} />
      ) : rows.length > 0 ? (
        <RowTable lang={lang} job={job} shown={shown} result={result} />
      ) : null}
      <p>
        {from >= 0 ? <a href={`${path}?result=${result}#rows`}>{say.firstRows}</a> : null}{' '}
        {found.length > rows.length && last !== undefined ? (
          <a rel="next" href={`${path}?result=${result}&after=${last.position}#rows`}>
            {say.nextRows}
          </a>
        ) : null}
      </p>
      <p class="small">
        {counts.refused > 0 ? (
          <>
            <a href={`${path}/rows.csv?result=refused`}>{say.csvRefused}</a> ·{' '}
          </>
        ) : null}
        <a href={`${path}/rows.csv`}>{say.csv}</a>
        <br />
        <span class="faint">{say.csvHint}</span>
      </p>
    </>
  )
}

function Tabs({ lang, path, counts, here }: { lang: Language; path: string; counts: Counts; here: RowResult }) {
  return (
    <nav class="desk" aria-label={importWords[lang].resultsOf}>
      <ul>
        {resultsShown.map((result) => (
          <li>
            <a href={`${path}?result=${result}#rows`} aria-current={result === here ? 'page' : undefined}>
              <ResultMark result={result} lang={lang} /> <span class="num">{readCount(counts[result], lang)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function RowTable({
  lang,
  job,
  shown,
  result,
}: {
  lang: Language
  job: Job
  shown: readonly Shown[]
  result: RowResult
}) {
  const say = importWords[lang]
  return (
    <table class="rows tight">
      <thead>
        <tr>
          <th scope="col">{say.line}</th>
          <th scope="col">{say.patent}</th>
          <th scope="col">{say.what}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((one) => (
          <tr>
            <th scope="row" class="num" data-of={say.line}>
              {one.row.line}
            </th>
            <td>
              <Named
                lang={lang}
                one={one}
                link={job.state === 'committed' || result === 'same' || result === 'changed'}
              />
            </td>
            <td>
              {result === 'new' ? <Fresh lang={lang} patent={one.stored?.patent} /> : null}
              <Changes lang={lang} row={one.row} />
              <Reasons lang={lang} row={one.row} />
              {job.state === 'previewed' && result === 'refused' ? (
                <OwnName lang={lang} job={job} row={one.row} />
              ) : null}
              {result === 'refused' || result === 'undecided' ? <Cells lang={lang} job={job} row={one.row} /> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The patent of the row as far as it could be read. */
function Named({ lang, one: { row, stored, owners }, link }: { lang: Language; one: Shown; link: boolean }) {
  const patent = stored?.patent
  if (!patent) {
    const cells = row.cells.filter((cell) => cell.trim() !== '').slice(0, 3)
    return <span class="faint">{cells.map((cell) => cut(cell, 60)).join(' / ')}</span>
  }
  return (
    <>
      {link && row.patent !== undefined ? (
        <a class="num" href={inLanguage(lang, `/patents/${encodeURIComponent(patent.number)}`)}>
          {patent.number}
        </a>
      ) : (
        <span class="num">{patent.number}</span>
      )}{' '}
      <Said {...said(patent.title, lang)} />
      {owners.length === 0 ? null : (
        <div class="small faint">
          {owners
            .slice(0, 6)
            .map((name) => cut(name, 60))
            .join(lang === 'ja' ? '、' : '; ')}
        </div>
      )}
    </>
  )
}

/** What a new record will say besides number, title and holders. */
function Fresh({ lang, patent }: { lang: Language; patent: StoredRow['patent'] }) {
  if (!patent) return null
  const { status, inventors, fields } = patent
  const days = (['filedOn', 'grantedOn', 'expiresOn'] as const).flatMap((name) => {
    const on = patent[name]
    const label = changedFieldWords.get(name === 'expiresOn' ? 'expires' : name)?.[lang]
    return on === undefined || label === undefined ? [] : [`${label} ${readDate(on, lang)}`]
  })
  const more = [
    ...days,
    ...(status === undefined ? [] : [legalStatusWords[status.value].label[lang]]),
    ...(inventors.length === 0
      ? []
      : [fill(importWords[lang].inventors, { count: readCount(inventors.length, lang) })]),
    ...fields.slice(0, 2).map((field) => fieldName(field)[lang]),
  ]
  return <span class="small">{more.join(lang === 'ja' ? '、' : '; ')}</span>
}

function Changes({ lang, row }: { lang: Language; row: ImportRow }) {
  const say = importWords[lang]
  if (row.changes === undefined || row.changes.length === 0) return null
  return (
    <ul class="plain">
      {row.changes.map(({ field, old, new: is }) => (
        <li>
          <b>{changedFieldWords.get(field)?.[lang] ?? field}</b>{' '}
          {old === undefined ? null : (
            <>
              <span class="hide">{say.old} </span>
              <del class="faint">{shownValue(field, old, lang)}</del> →{' '}
            </>
          )}
          <span class="hide">{say.fresh} </span>
          <ins>{shownValue(field, is, lang)}</ins>
        </li>
      ))}
    </ul>
  )
}

function shownValue(field: string, value: string, lang: Language): string {
  const status = field === 'status' ? legalStatus.safeParse(value.split(' ')[0]).data : undefined
  if (status !== undefined) return `${legalStatusWords[status].label[lang]}${value.slice(status.length)}`
  return cut(value, valueCharactersMax)
}

function Reasons({ lang, row }: { lang: Language; row: ImportRow }) {
  if (row.reasons.length === 0) return null
  return (
    <ul class="plain">
      {row.reasons.map(({ column, text }) => (
        <li>
          {column === '' ? null : <b>{`${cut(column, 60)}: `}</b>}
          {text[lang]}
        </li>
      ))}
    </ul>
  )
}

/** A name of one's own in another script or of old, which the registry cannot know. */
function OwnName({ lang, job, row }: { lang: Language; job: Job; row: ImportRow }) {
  const names = row.choices?.names ?? []
  if (names.length === 0) return null
  const say = importWords[lang]
  const person = row.reasons.some(({ code }) => code === 'individual_owner')
  return (
    <a href={`${inLanguage(lang, `${importPath(job.id)}/names`)}?of=${names.join(',')}`}>
      {person ? say.notAnIndividual : say.ownName}
      <span class="hide"> {row.line}</span>
    </a>
  )
}

function Cells({ lang, job, row }: { lang: Language; job: Job; row: ImportRow }) {
  const header = job.layout?.header ?? []
  const filled = row.cells.map((cell, i) => ({ cell, i })).filter(({ cell }) => cell.trim() !== '')
  return (
    <details>
      <summary>
        {importWords[lang].file_cells}
        <span class="hide"> {row.line}</span>
      </summary>
      <dl class="facts small">
        {filled.slice(0, cellsShownMax).map(({ cell, i }) => (
          <>
            <dt>{cut(header[i] ?? `${i + 1}`, 40)}</dt>
            <dd>{cut(cell, cellCharactersMax)}</dd>
          </>
        ))}
      </dl>
    </details>
  )
}

/** All undecided rows of the page in one form: what is chosen is decided, the rest stays. */
function Decisions({ lang, job, shown, csrf }: { lang: Language; job: Job; shown: readonly Shown[]; csrf: string }) {
  const say = importWords[lang]
  return (
    <OwnForm action={inLanguage(lang, `${importPath(job.id)}/rows`)} csrf={csrf}>
      <p id="rows-decided" tabindex={-1}>
        {say.undecidedLead}
      </p>
      {shown.map((one) => (
        <fieldset>
          <legend>
            {say.line} <span class="num">{one.row.line}</span>
          </legend>
          <p>
            <Named lang={lang} one={one} link={false} />
          </p>
          <Reasons lang={lang} row={one.row} />
          <RowChoices lang={lang} job={job} row={one.row} />
          <Cells lang={lang} job={job} row={one.row} />
        </fieldset>
      ))}
      <p>
        <button type="submit">{say.saveRows}</button>
      </p>
    </OwnForm>
  )
}

function RowChoices({ lang, job, row }: { lang: Language; job: Job; row: ImportRow }) {
  const say = importWords[lang]
  const { position, choices } = row
  const list = (names: readonly string[]) => names.join(lang === 'ja' ? '、' : '; ')
  const mayBeOwn = row.reasons.some(({ code }) => code === 'possible_duplicate')
  return (
    <>
      {choices?.numbers?.map(({ written, candidates }) => (
        <fieldset>
          <legend>{fill(say.numberMeans, { written: cut(written, 60) })}</legend>
          {candidates.map(({ key, display }) => (
            <Radio name={`number-${position}-${written}`} value={key}>
              {display[lang]}
            </Radio>
          ))}
        </fieldset>
      ))}
      {choices?.same === undefined ? null : (
        <fieldset>
          <legend>{say.sameAs}</legend>
          {choices.same.map(({ patent, line, title }) =>
            patent === undefined ? (
              <Radio name={`same-${position}`} value={`line ${line ?? 0}`}>
                {fill(say.sameAsLine, { line: line ?? 0, title: cut(title, 120) })}
              </Radio>
            ) : (
              <Radio name={`same-${position}`} value={`patent ${patent}`}>
                {fill(say.sameAsPatent, { number: patent, title: cut(title, 120) })}
              </Radio>
            ),
          )}
          {mayBeOwn ? (
            <Radio name={`same-${position}`} value="none">
              {say.ownRight}
            </Radio>
          ) : null}
        </fieldset>
      )}
      {choices?.holders === undefined ? null : (
        <fieldset>
          <legend>{say.whichHolders}</legend>
          <Radio name={`holders-${position}`} value="record">
            {fill(say.holdersRecord, { names: list(choices.holders.record) })}
          </Radio>
          {choices.holders.assignment === undefined ? (
            <Radio name={`holders-${position}`} value="file">
              {fill(say.holdersFile, { names: list(choices.holders.file) })}
            </Radio>
          ) : (
            <p>
              <a href={inLanguage(lang, assignmentPath(choices.holders.assignment))}>{say.assign}</a>
            </p>
          )}
        </fieldset>
      )}
      {choices?.own === undefined ? null : (
        <Radio name={`holders-${position}`} value="own">
          {fill(say.holdersOwn, { name: choices.own[lang] })}
        </Radio>
      )}
      {choices?.names === undefined ? null : (
        <p>
          <a href={inLanguage(lang, `${importPath(job.id)}/names`)}>{say.decideNames}</a>
        </p>
      )}
      <label class="choice">
        <input type="checkbox" name={`skip-${position}`} value="yes" />
        <span>
          {say.skip}
          <span class="hide"> {row.line}</span>
        </span>
      </label>
    </>
  )
}

function Radio({ name, value, children }: { name: string; value: string; children?: Child }) {
  return (
    <label class="choice">
      <input type="radio" name={name} value={value} />
      <span>{children}</span>
    </label>
  )
}

/** The page of the desk for what the API does at that address. */
function assignmentPath(address: string): string {
  const number = /^\/v1\/patents\/([^/]{1,300})\/assignment$/.exec(address)?.[1] ?? ''
  return `/desk/assignment?number=${number}`
}

/** By position of the row, what was chosen for it. @throws invalid_input when nothing was */
export function rowDecisionsIn(fields: Fields): Map<number, RowDecision> {
  const chosen = new Map<number, RowDecision>()
  const add = (position: string, decision: RowDecision) => {
    const at = Number(position)
    const before = chosen.get(at)
    chosen.set(at, {
      ...before,
      ...decision,
      ...(before?.numbers && decision.numbers ? { numbers: { ...before.numbers, ...decision.numbers } } : {}),
    })
  }
  for (const [name, value] of Object.entries(fields)) {
    const [, kind, position = '', written = ''] =
      /^(number|same|holders|skip)-(\d{1,9})(?:-(.{1,300}))?$/s.exec(name) ?? []
    if (kind === 'number') add(position, { numbers: { [written]: value } })
    if (kind === 'same') add(position, sameIn(value))
    if (kind === 'holders' && (value === 'record' || value === 'file' || value === 'own'))
      add(position, { holders: value })
    if (kind === 'skip') add(position, { skip: true })
  }
  if (chosen.size === 0) throw invalid('/rows-decided', 'nothing_decided', 'Choose what is to become of a row.')
  return chosen
}

function sameIn(value: string): RowDecision {
  const [kind, ...rest] = value.split(' ')
  if (kind === 'patent') return { same: { patent: rest.join(' ') } }
  if (kind === 'line') return { same: { line: Number(rest[0]) } }
  return { same: 'none' }
}

function cut(text: string, charactersMax: number): string {
  return text.length > charactersMax ? `${text.slice(0, charactersMax)}…` : text
}
