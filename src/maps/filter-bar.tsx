import { catalogue } from '../../policies/terms.ts'
import { legalStatus, legalStatusWords } from '../../policies/vocabulary.ts'
import type { Language } from '../http/language.ts'
import { Choice, type Option } from '../http/parts.tsx'
import { organisationKinds } from '../organisations/organisation.ts'
import { technologyFields } from '../patents/classification/fields.ts'
import { pictures } from './links.ts'
import type { FilterQuery } from './question.ts'
import { kindWords, mapWords } from './words.ts'

/** The filters as a form whose answer is the address: everything that a view depends on is in it. */
export function FilterBar({
  lang,
  action,
  query,
  picture,
  count,
  holders,
}: {
  lang: Language
  action: string
  query: FilterQuery
  picture: string
  count: string
  /** Holders to choose from; the one chosen is among them. */
  holders: readonly Option[]
}) {
  const say = mapWords[lang]
  const { field, ipc, holder, kind, terms, status, office, open, filed_from: from, filed_to: to } = query
  const rare = [kind, terms, status, office].some((value) => value !== undefined) || count !== 'whole'
  return (
    <form method="get" action={action}>
      <div class="row">
        <Choice
          name="picture"
          label={say.picture}
          options={pictures.map((one) => ({ value: one, label: say[one] }))}
          chosen={picture}
        />
        <Choice
          name="field"
          label={say.field}
          options={[
            { value: '', label: say.anyField },
            ...technologyFields.map((one) => ({ value: String(one.field), label: `${one.field} ${one.name[lang]}` })),
            { value: 'none', label: say.noneField },
          ]}
          chosen={field}
        />
        <Choice
          name="holder"
          label={say.holder}
          options={[{ value: '', label: say.anyHolder }, ...holders]}
          chosen={holder}
        />
        <Choice
          name="open"
          label={say.open}
          options={[
            { value: '', label: say.anyOpen },
            { value: 'true', label: say.onlyOpen },
            { value: 'false', label: say.onlyClosed },
          ]}
          chosen={open}
        />
      </div>
      <div class="row">
        <Year name="filed_from" label={say.from} value={from} />
        <Year name="filed_to" label={say.to} value={to} />
        <div>
          <label for="ipc">{say.ipc}</label>
          <input id="ipc" name="ipc" value={ipc ?? ''} maxlength={8} autocomplete="off" />
        </div>
        <div class="go">
          <button type="submit">{say.show}</button>
        </div>
      </div>
      <details open={rare}>
        <summary>{say.moreFilters}</summary>
        <div class="row">
          <Choice name="kind" label={say.kind} options={kindOptions(lang)} chosen={kind} />
          <Choice
            name="terms"
            label={say.terms}
            options={[
              { value: '', label: say.anyTerms },
              ...[...catalogue.keys()].map((id) => ({ value: id, label: id })),
            ]}
            chosen={terms}
          />
          <Choice
            name="status"
            label={say.status}
            options={[
              { value: '', label: say.anyStatus },
              ...legalStatus.options.map((one) => ({ value: one, label: legalStatusWords[one].label[lang] })),
            ]}
            chosen={status}
          />
          <div>
            <label for="office">
              {say.office} ({say.officeHint})
            </label>
            <input id="office" name="office" value={office ?? ''} maxlength={2} autocomplete="off" />
          </div>
          <Choice
            name="count"
            label={say.count}
            options={[
              { value: 'whole', label: say.whole },
              { value: 'fractional', label: say.fractional },
            ]}
            chosen={count}
          />
        </div>
      </details>
    </form>
  )
}

function Year({ name, label, value }: { name: string; label: string; value: string | undefined }) {
  return (
    <div>
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        value={value ?? ''}
        inputmode="numeric"
        maxlength={10}
        placeholder="2015"
        autocomplete="off"
      />
    </div>
  )
}

function kindOptions(lang: Language): Option[] {
  return [
    { value: '', label: mapWords[lang].anyKind },
    ...organisationKinds.map((kind) => ({ value: kind, label: kindWords[kind]?.[lang] ?? kind })),
  ]
}
