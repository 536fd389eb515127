import type { VerdictValue } from '../../policies/vocabulary.ts'
import { fill, type Language, readDate } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'
import type { Mandate, MandateState } from '../mandates/mandate.ts'
import { actWords, endedByWords, mandateWords, stateWords } from './mandate-words.ts'
import { ButtonForm, Day, Mark } from './parts.tsx'

/** Mandates as one of the two sees them, each with the way to end it. */
export function MandateTable({
  lang,
  mandates,
  side,
  csrf,
}: {
  lang: Language
  mandates: readonly Mandate[]
  side: 'principal' | 'agent'
  csrf: string
}) {
  const say = mandateWords[lang]
  const [end, lead] = side === 'principal' ? [say.revoke, say.revokeLead] : [say.giveBack, say.giveBackLead]
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{side === 'principal' ? say.agent : say.principal}</th>
          <th scope="col">{say.scope}</th>
          <th scope="col">{say.period}</th>
          <th scope="col">{say.state}</th>
          <th scope="col">{say.action}</th>
        </tr>
      </thead>
      <tbody>
        {mandates.map((mandate) => {
          const other = side === 'principal' ? mandate.agent : mandate.principal
          return (
            <tr>
              <th scope="row">{other.name[lang]}</th>
              <td>
                <Scope lang={lang} mandate={mandate} />
              </td>
              <td>
                <Period lang={lang} mandate={mandate} />
                <div class="small faint">
                  {fill(say.givenOn, { day: readDate(mandate.givenAt.slice(0, 10), lang) })}
                </div>
              </td>
              <td>
                <Mark like={likeness[mandate.state]}>{stateWords[mandate.state][lang]}</Mark>
                {mandate.endedAt === undefined || mandate.endedBy === undefined ? null : (
                  <div class="small">
                    <Day at={mandate.endedAt} lang={lang} /> {endedByWords[mandate.endedBy][lang]}
                  </div>
                )}
              </td>
              <td>
                {mandate.state === 'in_force' || mandate.state === 'future' ? (
                  <details>
                    <summary>
                      {end}
                      <span class="hide"> {other.name[lang]}</span>
                    </summary>
                    <p class="small">{lead}</p>
                    <ButtonForm
                      action={inLanguage(lang, '/desk/mandates/end')}
                      csrf={csrf}
                      fields={{ mandate: mandate.id }}
                      label={end}
                      about={other.name[lang]}
                    />
                  </details>
                ) : null}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

export function Scope({ lang, mandate }: { lang: Language; mandate: Pick<Mandate, 'scope'> }) {
  return mandate.scope.map((act) => actWords[act].label[lang]).join(lang === 'ja' ? '・' : ', ')
}

export function Period({
  lang,
  mandate: { from, until },
}: {
  lang: Language
  mandate: Pick<Mandate, 'from' | 'until'>
}) {
  return (
    <>
      <Day at={from} lang={lang} /> –{' '}
      {until === undefined ? (
        <span class="small faint">{mandateWords[lang].openEnd}</span>
      ) : (
        <Day at={until} lang={lang} />
      )}
    </>
  )
}

const likeness: Record<MandateState, VerdictValue> = {
  in_force: 'allowed',
  future: 'ask',
  expired: 'not_needed',
  ended: 'not_needed',
}
