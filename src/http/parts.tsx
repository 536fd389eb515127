import type { Child } from 'hono/jsx'
import { type VerdictValue, verdictWords } from '../../policies/vocabulary.ts'
import type { Language } from './language.ts'
import { inLanguage } from './page.tsx'

/** A verdict in one word, with its shape and colour. */
export function VerdictMark({ verdict, lang }: { verdict: VerdictValue; lang: Language }) {
  return <span class={`mark ${verdict}`}>{verdictWords[verdict].label[lang]}</span>
}

/** `RPC-OPEN-1.0 §3.2` as a link to the clause. */
export function ClauseLink({ cited, lang }: { cited: string; lang: Language }) {
  const [id = '', clause = ''] = cited.split(' §')
  return <a href={clauseAddress(lang, id, clause)}>{cited}</a>
}

export function clauseAddress(lang: Language, termsId: string, clause: string): string {
  return inLanguage(lang, `/terms/${encodeURIComponent(termsId)}#${clauseAnchor(clause)}`)
}

/** The id of a clause on the page of its terms: `c-3-2`. */
export function clauseAnchor(clause: string): string {
  return `c-${clause.replace('.', '-')}`
}

export type Option = { readonly value: string; readonly label: string }

export function Choice({
  name,
  label,
  options,
  chosen,
}: {
  name: string
  label: string
  options: readonly Option[]
  chosen: string | undefined
}) {
  return (
    <div>
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        {options.map(({ value, label: shown }) => (
          <option value={value} selected={value === (chosen ?? '')}>
            {shown}
          </option>
        ))}
      </select>
    </div>
  )
}

export function Fact({ name, children }: { name: Child; children?: Child }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
