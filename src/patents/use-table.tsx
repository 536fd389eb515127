import { decide } from '../../policies/decide.ts'
import { catalogue } from '../../policies/terms.ts'
import { type Beneficiary, type Mode, modeWords, type Purpose, purposeWords } from '../../policies/vocabulary.ts'
import type { Language } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'
import { VerdictMark } from '../http/parts.tsx'
import type { PatentFacts } from './facts.ts'
import { patentWords } from './words.ts'

/** The uses that most readers come with. */
const purposes = [
  'basic_research',
  'applied_research',
  'verification',
  'education',
  'joint_research_with_company',
  'evaluation',
  'commercial',
] as const satisfies readonly Purpose[]
const users = ['university', 'company'] as const satisfies readonly Beneficiary[]
const modes = ['on', 'with'] as const satisfies readonly Mode[]

/** "May I use it?" for the commonest uses, each cell a verdict of today that leads to its reasons. */
export function UseTable({
  facts,
  suspendedHolders,
  on,
  lang,
}: {
  facts: PatentFacts
  suspendedHolders: readonly string[]
  on: string
  lang: Language
}) {
  const say = patentWords[lang]
  const all = { ...facts, suspendedHolders }
  return (
    <section class="scroll" tabindex={0} aria-label={say.use}>
      <table class="tight grid">
        <thead>
          <tr>
            <th scope="col" rowspan={2}>
              {say.purpose}
            </th>
            {users.map((user) => (
              <th scope="colgroup" colspan={modes.length}>
                {say[user]}
              </th>
            ))}
          </tr>
          <tr>
            {users.map(() =>
              modes.map((mode) => (
                <th scope="col">
                  <abbr title={modeWords[mode].sentence[lang]}>{say[mode]}</abbr>
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {purposes.map((purpose) => (
            <tr>
              <th scope="row">{purposeWords[purpose].label[lang]}</th>
              {users.map((beneficiary) =>
                modes.map((mode) => (
                  <td>
                    <a href={addressOf(lang, facts.number, { purpose, mode, beneficiary })}>
                      <VerdictMark
                        verdict={decide(catalogue, { purpose, mode, beneficiary, on }, all).verdict}
                        lang={lang}
                      />
                    </a>
                  </td>
                )),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function addressOf(
  lang: Language,
  numbers: string,
  use: { purpose: Purpose; mode: Mode; beneficiary: Beneficiary },
): string {
  return inLanguage(lang, `/check?${new URLSearchParams({ numbers, ...use })}`)
}
