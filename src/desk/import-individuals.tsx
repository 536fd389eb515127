import type { Child } from 'hono/jsx'
import { fill, type Language, readCount } from '../http/language.ts'
import type { HolderName } from '../imports/import.ts'
import { individual } from '../imports/owners.ts'
import { type Fields, given } from './form.ts'
import { importWords } from './import-words.ts'

/** As many as a page of bounded size holds; the next ones come when these are decided. */
export const unclearShownMax = 100
const nameCharactersMax = 120

/** Names that may be those of people, one line each: mark the few, and say once what the others are. */
export function UnclearNames({
  lang,
  names,
  path,
  fields,
}: {
  lang: Language
  names: readonly HolderName[]
  /** Of the page on which each can be decided by itself. */
  path: string
  fields: Fields
}) {
  const say = importWords[lang]
  const shown = names.slice(0, unclearShownMax)
  const count = readCount(shown.length, lang)
  return (
    <>
      <p>{say.unclearLead}</p>
      <p>{say.unclearEffect}</p>
      <input type="hidden" name={shownField} value={shown.map(({ key }) => key).join(',')} />
      <table class="rows tight">
        <thead>
          <tr>
            <th scope="col">{say.owner}</th>
            <th scope="col">{say.rows}</th>
            <th scope="col" colspan={3}>
              {say.whatItIs}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ key, names: written, rows }) => (
            <tr>
              <th scope="row">{cut(written.join(' / '))}</th>
              <td class="num" data-of={say.rows}>
                {readCount(rows, lang)}
              </td>
              <td>
                <Mark name={`name-${key}`} value="new" fields={fields}>
                  {say.anOrganisation}
                </Mark>
              </td>
              <td>
                <Mark name={`name-${key}`} value={individual} fields={fields}>
                  {say.anIndividual}
                </Mark>
              </td>
              <td>
                <a href={`${path}?of=${key}`}>{say.registeredOne}</a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <fieldset>
        <legend>{fill(say.unmarked, { count })}</legend>
        <Mark name={restField} value="" fields={fields} first>
          {say.restLater}
        </Mark>
        <Mark name={restField} value={individual} fields={fields}>
          {say.restIndividuals}
        </Mark>
        <Mark name={restField} value="new" fields={fields}>
          {say.restOrganisations}
        </Mark>
      </fieldset>
    </>
  )
}

const shownField = 'unclear'
const restField = 'unclear-rest'

/** What is said of all names of the list that are not marked by themselves. Names that the page did not show are not meant. */
export function unmarkedIn(fields: Fields, marked: ReadonlySet<string>): { key: string; organisation: string }[] {
  const rest = given(fields, restField)
  if (rest !== 'new' && rest !== individual) return []
  const keys = (fields[shownField] ?? '').split(',').slice(0, unclearShownMax)
  return keys.filter((key) => key !== '' && !marked.has(key)).map((key) => ({ key, organisation: rest }))
}

/** People of whom nothing is recorded, for the officer to look through: a slip is mended here. */
export function Individuals({ lang, names, path }: { lang: Language; names: readonly HolderName[]; path: string }) {
  const say = importWords[lang]
  if (names.length === 0) return null
  return (
    <>
      <h2 id="individuals">{fill(say.individuals, { count: readCount(names.length, lang) })}</h2>
      <p>{say.individualsLead}</p>
      <ul class="plain">
        {names.slice(0, unclearShownMax).map(({ key, names: written }) => (
          <li>
            {cut(written.join(' / '))} <a href={`${path}?of=${key}`}>{say.notAnIndividual}</a>
          </li>
        ))}
      </ul>
    </>
  )
}

function Mark({
  name,
  value,
  fields,
  first,
  children,
}: {
  name: string
  value: string
  fields: Fields
  first?: boolean
  children?: Child
}) {
  const chosen = fields[name]
  return (
    <label class="choice">
      <input
        type="radio"
        name={name}
        value={value}
        checked={chosen === undefined ? first === true : chosen === value}
      />
      <span>{children}</span>
    </label>
  )
}

function cut(text: string): string {
  return text.length > nameCharactersMax ? `${text.slice(0, nameCharactersMax)}…` : text
}
