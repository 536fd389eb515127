import type { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, readCount } from '../http/language.ts'
import { inLanguage, paths } from '../http/page.tsx'
import { Choice } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { requireImport } from '../imports/access.ts'
import { mapImport } from '../imports/map.ts'
import type { Job } from '../imports/queries.ts'
import { type MappedField, type Mapping, mappedField, mapping } from '../imports/reading/mapping.ts'
import { listRows } from '../imports/rows-queries.ts'
import { OwnForm } from '../people/me-pages.tsx'
import { inputOrStop } from './accept.ts'
import { type Fields, given, goTo, orShowAgain, ownForm } from './form.ts'
import { importPath, jobOnPage } from './import-parts.tsx'
import { importWords, mappedFieldWords } from './import-words.ts'
import { officePage } from './office.tsx'

/** A choice of 23 for each column: more would make a page of megabytes, and no docket has more that matter. */
const columnsShownMax = 40
const samplesShownMax = 3
const cellCharactersMax = 40
const headerCharactersMax = 200

/** What the columns of an office's own table hold: confirmed once, mended later. */
export const importMappingPages = pages()
  .on('GET', paths('/desk/imports/:id/columns'), (c) => showColumns(c, c.req.param('id') ?? ''))
  .on('POST', paths('/desk/imports/:id/columns'), async (c) => {
    const { fields } = await ownForm(c)
    const id = c.req.param('id') ?? ''
    return orShowAgain(
      async () => {
        const { ctx } = c.var
        const { layout } = await requireImport(ctx, id)
        await mapImport(ctx, id, mappingIn(fields, layout?.header ?? []))
        ctx.wake?.()
        return goTo(c, importPath(id))
      },
      (stop) => showColumns(c, id, stop, fields),
    )
  })

function mappingIn(fields: Fields, header: readonly string[]): Mapping {
  const [office, separator, dateOrder] = [
    given(fields, 'office')?.toUpperCase(),
    given(fields, 'separator'),
    given(fields, 'dateOrder'),
  ]
  return inputOrStop(mapping, {
    columns: header.map((name, i) => ({
      header: name.slice(0, headerCharactersMax),
      field: fields[`column-${i}`] ?? 'ignore',
    })),
    ...(office === undefined ? {} : { office }),
    ...(separator === undefined ? {} : { separator }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
  })
}

async function showColumns(c: Http, id: string, stop?: RegistryError, fields?: Fields): Promise<Response> {
  const { lang } = languageOf(c)
  const say = importWords[lang]
  const job = await jobOnPage(c, id)
  return officePage(
    c,
    'imports',
    stop,
    async (_, csrf) => {
      if (!job) return null
      const samples =
        job.guess?.samples ??
        (await listRows(c.var.ctx.db.read, job.id, undefined, -1, samplesShownMax)).map(({ cells }) => cells)
      return (
        <>
          <MappingForm lang={lang} job={job} samples={samples} csrf={csrf} fields={fields} />
          <p>
            <a href={inLanguage(lang, importPath(id))}>{say.backToImport}</a>
          </p>
        </>
      )
    },
    { title: job ? fill(say.title, { file: job.fileName }) : say.imports, path: `${importPath(id)}/columns` },
  )
}

export function MappingForm({
  lang,
  job,
  samples,
  csrf,
  fields = {},
}: {
  lang: Language
  job: Job
  samples: readonly (readonly string[])[]
  csrf: string
  fields?: Fields | undefined
}) {
  const say = importWords[lang]
  const header = job.layout?.header ?? []
  const before = job.layout?.mapping ?? job.guess?.guess
  const chosen = (i: number): MappedField =>
    mappedField.safeParse(fields[`column-${i}`]).data ?? before?.columns[i]?.field ?? 'ignore'
  const telling = header.map((_, i) => i).filter((i) => chosen(i) !== 'ignore')
  const others = header.map((_, i) => i).filter((i) => chosen(i) === 'ignore')
  const shown = new Set([...telling, ...others].slice(0, columnsShownMax))
  const left = header.length - shown.size
  return (
    <>
      <p class="lead">{say.columnsLead}</p>
      <OwnForm action={inLanguage(lang, `${importPath(job.id)}/columns`)} csrf={csrf}>
        <table class="rows tight" id="columns" tabindex={-1}>
          <thead>
            <tr>
              <th scope="col">{say.column}</th>
              <th scope="col">{say.samples}</th>
              <th scope="col">{say.holds}</th>
            </tr>
          </thead>
          <tbody>
            {header.map((name, i) =>
              shown.has(i) ? (
                <tr>
                  <th scope="row">
                    <label for={`column-${i}`}>{name === '' ? `(${i + 1})` : cut(name, 80)}</label>
                  </th>
                  <td class="faint" data-of={say.samples}>
                    {samplesOf(samples, i)}
                  </td>
                  <td>
                    <select id={`column-${i}`} name={`column-${i}`}>
                      {mappedField.options.map((field) => (
                        <option value={field} selected={field === chosen(i)}>
                          {mappedFieldWords[field][lang]}
                        </option>
                      ))}
                    </select>
                  </td>
                </tr>
              ) : null,
            )}
          </tbody>
        </table>
        {left > 0 ? <p class="small">{fill(say.columnsLeft, { count: readCount(left, lang) })}</p> : null}
        <div class="row">
          <Choice
            name="office"
            label={say.office}
            options={[
              { value: '', label: say.noOffice },
              ...officesFor(before?.office).map((value) => ({ value, label: value })),
            ]}
            chosen={fields.office ?? before?.office}
          />
          <Choice
            name="separator"
            label={say.separator}
            options={[{ value: '', label: say.separatorAny }, ...separators.map((value) => ({ value, label: value }))]}
            chosen={fields.separator ?? before?.separator}
          />
          <Choice
            name="dateOrder"
            label={say.dateOrder}
            options={[
              { value: '', label: say.dateOrderNone },
              { value: 'mdy', label: say.dateOrderMdy },
              { value: 'dmy', label: say.dateOrderDmy },
            ]}
            chosen={fields.dateOrder ?? before?.dateOrder}
          />
        </div>
        <p class="hint">{say.officeHint}</p>
        <p>
          <button type="submit">{say.confirmColumns}</button>
        </p>
      </OwnForm>
    </>
  )
}

const separators = [',', ';', '|', '/', '、', '・']

function officesFor(chosen: string | undefined): string[] {
  return [
    ...new Set(['JP', 'US', 'EP', 'WO', 'CN', 'KR', 'DE', 'GB', 'FR', 'TW', ...(chosen === undefined ? [] : [chosen])]),
  ]
}

function samplesOf(samples: readonly (readonly string[])[], column: number): string {
  const cells = samples.map((row) => row[column]?.trim() ?? '').filter((cell) => cell !== '')
  return [...new Set(cells)]
    .slice(0, samplesShownMax)
    .map((cell) => cut(cell, cellCharactersMax))
    .join(' / ')
}

function cut(text: string, charactersMax: number): string {
  return text.length > charactersMax ? `${text.slice(0, charactersMax)}…` : text
}
