import type { Child } from 'hono/jsx'
import { beneficiaryWords, type VerdictValue } from '../../policies/vocabulary.ts'
import type { RegistryError } from '../errors.ts'
import { type Language, readDate } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'
import { knownProblems } from '../http/problems.ts'
import { beneficiaryOf, type Organisation } from '../organisations/organisation.ts'
import { OwnForm } from '../people/me-pages.tsx'
import { enquiryWords, usageFaultWords } from './enquiry-words.ts'
import { importFaultWords } from './import-words.ts'
import { organisationFaultWords } from './organisation-words.ts'
import { SeveralOrganisations } from './organisations.ts'
import { deskWords, faultWords } from './words.ts'

/** What stopped the form, first on the page and focused without a script. */
export function Stop({ stop, lang }: { stop: RegistryError | undefined; lang: Language }) {
  if (!stop) return null
  const { title, todo } = knownProblems[stop.code]
  const said = stop.faults.map(({ pointer, code }) => ({
    pointer,
    words: (faultWords[code] ?? organisationFaultWords[code] ?? importFaultWords[code] ?? usageFaultWords[code])?.[
      lang
    ],
  }))
  const told = said.length > 0 && said.every(({ words }) => words !== undefined)
  return (
    <div class="fault" role="alert" tabindex={-1} autofocus id="stop">
      <p>
        <b>{told ? deskWords[lang].stopped : title[lang]}</b>
      </p>
      {told ? (
        <ul>
          {said.map(({ pointer, words }) => (
            <li>
              <a href={`#${pointer.slice(1).replaceAll('/', '-')}`}>{words}</a>
            </li>
          ))}
        </ul>
      ) : (
        <>
          {stop.code === 'invalid_input' ? null : <p>{todo[lang]}</p>}
          <p lang={lang === 'en' ? undefined : 'en'}>{stop.message}</p>
        </>
      )}
    </div>
  )
}

/** A form with one button and hidden fields, as it stands in a cell of a table. */
export function ButtonForm({
  action,
  csrf,
  fields,
  label,
  about,
}: {
  action: string
  csrf: string
  fields: Readonly<Record<string, string>>
  label: string
  /** What the button is about, for those who hear it outside of its row. */
  about?: string
}) {
  return (
    <OwnForm action={action} csrf={csrf}>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class="quiet">
        {label}
        {about === undefined ? null : <span class="hide"> {about}</span>}
      </button>
    </OwnForm>
  )
}

/** A state in one word, with the colour and shape of the verdict that it is like. */
export function Mark({ like, children }: { like: VerdictValue; children?: Child }) {
  return <span class={`mark ${like}`}>{children}</span>
}

export function Day({ at, lang }: { at: string; lang: Language }) {
  return <time datetime={at}>{readDate(at.slice(0, 10), lang)}</time>
}

/** Where nothing is yet: what would be here, and how it comes about. */
export function Nothing({ children }: { children?: Child }) {
  return <p class="aside">{children}</p>
}

export function Field({
  id,
  label,
  hint,
  value,
  type = 'text',
  required = false,
  max,
  maxlength,
}: {
  id: string
  label: string
  hint?: string
  value?: string | undefined
  type?: 'text' | 'date' | 'url'
  required?: boolean
  /** Last day that can be chosen. */
  max?: string
  maxlength?: number
}) {
  return (
    <div>
      <label for={id}>{label}</label>
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        id={id}
        name={id}
        type={type}
        value={value ?? ''}
        required={required}
        max={max}
        maxlength={maxlength}
        autocomplete="off"
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      />
    </div>
  )
}

/** The organisation by name or ROR id; once several fit, a choice among them. */
export function OrganisationField({
  lang,
  label,
  value,
  stop,
}: {
  lang: Language
  label: string
  value: string | undefined
  stop: RegistryError | undefined
}) {
  if (stop instanceof SeveralOrganisations)
    return (
      <fieldset id="organisation" tabindex={-1}>
        <legend>{label}</legend>
        {stop.choices.map((one) => (
          <label class="choice">
            <input type="radio" name="organisation" value={one.id} required />
            <span>
              {one.name[lang]} <OrganisationNote organisation={one} lang={lang} />
            </span>
          </label>
        ))}
      </fieldset>
    )
  return (
    <Field
      id="organisation"
      label={label}
      hint={deskWords[lang].organisationHint}
      value={value}
      required
      maxlength={200}
    />
  )
}

function OrganisationNote({ organisation, lang }: { organisation: Organisation; lang: Language }) {
  return (
    <span class="small faint">
      {beneficiaryWords[beneficiaryOf(organisation.kind)].label[lang]} {organisation.ror ?? ''}
    </span>
  )
}

/** The terms to be accepted, each with its link and fingerprint, and one box for all of them. */
export function AcceptTerms({ lang, terms }: { lang: Language; terms: readonly { id: string; sha256: string }[] }) {
  const say = deskWords[lang]
  return (
    <fieldset id="accept" tabindex={-1}>
      <legend>{say.termsToAccept}</legend>
      <ul class="terms">
        {terms.map(({ id, sha256 }) => (
          <li>
            <a href={inLanguage(lang, `/terms/${encodeURIComponent(id)}`)}>{id}</a>
            <div class="small faint">
              {say.fingerprint} <code>{sha256}</code>
            </div>
            <input type="hidden" name={`terms-${id}`} value={sha256} />
          </li>
        ))}
      </ul>
      <label class="choice">
        <input type="checkbox" name="accept" value="yes" required />
        <span>{say.accept}</span>
      </label>
    </fieldset>
  )
}

/** The way between the pages of the desk. */
export function DeskNav({ lang, here }: { lang: Language; here: DeskPlace }) {
  const say = { ...deskWords[lang], enquiries: enquiryWords[lang].enquiries }
  return (
    <nav class="desk" aria-label={say.desk}>
      <ul>
        {places.map(([place, path]) => (
          <li>
            <a href={inLanguage(lang, path)} aria-current={place === here ? 'page' : undefined}>
              {say[place]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const places = [
  ['desk', '/me'],
  ['grants', '/me/grants'],
  ['enquiries', '/me/enquiries'],
  ['checks', '/me/checks'],
  ['inventions', '/me/inventions'],
  ['affiliations', '/me/affiliations'],
  ['data', '/me/data'],
] as const
type DeskPlace = (typeof places)[number][0]
