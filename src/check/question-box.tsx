import {
  beneficiary,
  beneficiaryWords,
  mode,
  modeWords,
  purpose,
  purposeWords,
  type Word,
} from '../../policies/vocabulary.ts'
import type { Language } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'
import { Choice, type Option } from '../http/parts.tsx'
import type { Sent } from './question.ts'
import { checkWords } from './words.ts'

/** Buttons elsewhere on the page send it by this name. */
export const formId = 'question'

/**
 * The question box. A form that works for one number and for a thousand: what fits an address is answered at an address
 * that can be kept and passed on, see `pages.tsx`.
 */
export function QuestionBox({ lang, sent }: { lang: Language; sent: Sent }) {
  const say = checkWords[lang]
  const more = (['country', 'on', 'holdsDeclaration', 'assertsPatents'] as const).some(
    (name) => (sent[name] ?? '') !== '',
  )
  return (
    <form id={formId} class="box" method="post" action={inLanguage(lang, '/check')}>
      <label for="numbers">{say.numbers}</label>
      <textarea
        id="numbers"
        name="numbers"
        rows={3}
        autocomplete="off"
        spellcheck={false}
        autocapitalize="off"
        aria-describedby="numbers-hint"
        placeholder="特許第5985120号"
      >
        {sent.numbers ?? ''}
      </textarea>
      <p class="small faint" id="numbers-hint">
        {say.numbersHint}
      </p>
      <div class="row">
        <Choice
          name="purpose"
          label={say.purpose}
          options={options(purpose.options, purposeWords, lang)}
          chosen={sent.purpose}
        />
        <Choice name="mode" label={say.mode} options={options(mode.options, modeWords, lang)} chosen={sent.mode} />
        <Choice
          name="beneficiary"
          label={say.beneficiary}
          options={options(beneficiary.options, beneficiaryWords, lang)}
          chosen={sent.beneficiary}
        />
        <div class="go">
          <button type="submit">{say.submit}</button>
        </div>
      </div>
      <details open={more}>
        <summary>{say.more}</summary>
        <div class="row">
          <div>
            <label for="country">{say.country}</label>
            <input
              id="country"
              name="country"
              value={sent.country ?? ''}
              maxlength={2}
              autocomplete="off"
              aria-describedby="country-hint"
            />
            <small class="faint" id="country-hint">
              {say.countryHint}
            </small>
          </div>
          <div>
            <label for="on">{say.on}</label>
            <input id="on" name="on" type="date" value={sent.on ?? ''} aria-describedby="on-hint" />
            <small class="faint" id="on-hint">
              {say.onHint}
            </small>
          </div>
        </div>
        <div class="row">
          {(['holdsDeclaration', 'assertsPatents'] as const).map((name) => (
            <Choice
              name={name}
              label={say[name]}
              options={[
                { value: '', label: say.unknown },
                { value: 'true', label: say.yes },
                { value: 'false', label: say.no },
              ]}
              chosen={sent[name]}
            />
          ))}
        </div>
      </details>
    </form>
  )
}

function options<Value extends string>(
  values: readonly Value[],
  words: Readonly<Record<Value, Word>>,
  lang: Language,
): Option[] {
  return [
    ...values.map((value) => ({ value, label: words[value].label[lang] })),
    { value: '', label: checkWords[lang].unknown },
  ]
}
