import { fill, type Language, said } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'
import type { Mandate } from '../mandates/mandate.ts'
import type { Organisation } from '../organisations/organisation.ts'
import type { Patent } from '../patents/patent.ts'
import { patentMoreWords } from './patent-more-words.ts'

/** For a patent that is not open: who decides, who acts for them, and a letter that can be sent as it is. */
export function WhoToAsk({
  patent,
  holders,
  mandates,
  lang,
  registryUrl,
}: {
  patent: Patent
  holders: readonly Organisation[]
  mandates: readonly Mandate[]
  lang: Language
  registryUrl: string
}) {
  const say = patentMoreWords[lang]
  const waiting = patent.declarations.some(({ state }) => state === 'awaiting_consent')
  return (
    <>
      <h2 id="who">{say.who}</h2>
      <p>{waiting ? say.whoWaiting : say.whoText}</p>
      <ul>
        {holders.map(({ id, name, state, ror }) => (
          <li>
            <a href={inLanguage(lang, `/organisations/${id}`)}>{name[lang]}</a>{' '}
            <small class="faint">
              {say[state]}
              {ror === undefined ? null : (
                <>
                  {' '}
                  <a href={ror}>ROR</a>
                </>
              )}
            </small>
            {agentsOf(id, mandates).map((agent) => (
              <>
                <br />
                <small>
                  {before(say.agent)}
                  <a href={inLanguage(lang, `/organisations/${agent.id}`)}>{agent.name[lang]}</a>
                </small>
              </>
            ))}
          </li>
        ))}
      </ul>
      <details>
        <summary>{say.letter}</summary>
        <p class="small faint">{say.letterText}</p>
        <pre class="pick" tabindex={0}>
          {letterOf(patent, holders, registryUrl, lang)}
        </pre>
      </details>
    </>
  )
}

function agentsOf(id: string, mandates: readonly Mandate[]): Mandate['agent'][] {
  const given = mandates.filter(({ principal }) => principal.id === id).map(({ agent }) => [agent.id, agent] as const)
  return [...new Map(given).values()]
}

function before(sentence: string): string {
  return fill(sentence, { name: '' })
}

function letterOf(
  { number, numbers, title }: Patent,
  holders: readonly Organisation[],
  registryUrl: string,
  lang: Language,
): string {
  return fill(patentMoreWords[lang].letterBody, {
    holders: holders.map(({ name }) => name[lang]).join(lang === 'ja' ? '、' : ', '),
    number: numbers.find(({ docdb }) => docdb === number)?.display[lang] ?? number,
    title: said(title, lang).text,
    address: `${registryUrl}${inLanguage(lang, `/patents/${encodeURIComponent(number)}`)}`,
    choose: `${registryUrl}${inLanguage(lang, '/terms/choose')}`,
  })
}
