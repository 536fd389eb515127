import { clauseName } from '../../policies/terms.ts'
import { grantNeededWords, legalStatusWords } from '../../policies/vocabulary.ts'
import { type Language, readDate, said } from '../http/language.ts'
import { inLanguage, Said } from '../http/page.tsx'
import { ClauseLink, clauseAddress, VerdictMark } from '../http/parts.tsx'
import { unambiguousSpelling } from '../patents/numbers/spelling.ts'
import type { CheckResult, Question } from './check.ts'
import { checkAddress, jsonAddress } from './question.ts'
import { checkWords } from './words.ts'

/** One verdict in full: the word, the sentence, what it rests on, the status with its source, and what to do next. */
export function VerdictCard({
  result,
  question,
  lang,
  id,
  open,
}: {
  result: CheckResult
  question: Question
  lang: Language
  id: string
  open: boolean
}) {
  const say = checkWords[lang]
  const { verdict, sentence, next, reasons, conditions } = result
  return (
    <article class={`card ${verdict}`} id={id} aria-labelledby={`${id}-h`}>
      <VerdictMark verdict={verdict} lang={lang} />
      <Heading result={result} lang={lang} id={`${id}-h`} />
      <p class="says">{sentence[lang]}</p>
      <div class="next">
        <b>{say.next}</b>
        {next.text[lang]}
        {verdict === 'allowed' ? <span class="faint"> {grantNeededWords[result.grantNeeded].label[lang]}</span> : null}
        {verdict === 'ask' && result.patent && result.next.code !== 'complete_question' ? (
          <>
            {' '}
            <a href={inLanguage(lang, `/patents/${result.patent.number}#ask`)}>{say.toHolder}</a>
          </>
        ) : null}
        <Candidates result={result} question={question} lang={lang} />
      </div>
      {conditions.length === 0 ? null : (
        <>
          <h3>{say.conditions}</h3>
          <ul>
            {conditions.map(({ text, clause }) => (
              <li>
                {text[lang]}{' '}
                <small>
                  <ClauseLink cited={clause} lang={lang} />
                </small>
              </li>
            ))}
          </ul>
        </>
      )}
      <Status result={result} lang={lang} />
      <details open={open}>
        <summary>{say.reasons}</summary>
        <ol>
          {reasons.map(({ text, clause }) => (
            <li>
              {text[lang]}
              {clause === undefined ? null : (
                <>
                  {' '}
                  <small>
                    <ClauseLink cited={clause} lang={lang} />
                  </small>
                </>
              )}
            </li>
          ))}
        </ol>
      </details>
      {result.statutory === undefined ? null : (
        <div class="aside">
          <b>{say.statutory}</b>
          <p>{result.statutory[lang]}</p>
          <p class="small faint">
            {say.source}: {result.statutory.source}
          </p>
        </div>
      )}
      <p class="small">
        <a href={jsonAddress(result.input, question)}>{say.same}</a>
      </p>
    </article>
  )
}

function Heading({ result: { patent, input }, lang, id }: { result: CheckResult; lang: Language; id: string }) {
  if (!patent)
    return (
      <h2 id={id}>
        <bdi class="num">{shortened(input)}</bdi>
      </h2>
    )
  return (
    <>
      <h2 id={id}>
        <a class="num" href={inLanguage(lang, `/patents/${patent.number}`)}>
          {patent.number}
        </a>{' '}
        <Said {...said(patent.title, lang)} />
      </h2>
      <p class="small faint">
        {checkWords[lang].holder}:{' '}
        {patent.holders.map((holder, i) => (
          <>
            {i === 0 ? null : lang === 'ja' ? '、' : ', '}
            <a class="bare" href={inLanguage(lang, `/organisations/${holder.id}`)}>
              {holder.name[lang]}
            </a>
          </>
        ))}
        {input === patent.number ? null : (
          <>
            {' '}
            · <bdi>{shortened(input)}</bdi>
          </>
        )}
      </p>
    </>
  )
}

function Status({ result: { legalStatus, terms, clause }, lang }: { result: CheckResult; lang: Language }) {
  const say = checkWords[lang]
  if (legalStatus.source === undefined && terms === undefined) return null
  const cited = clause?.split(' §')[1]
  return (
    <dl class="facts">
      {legalStatus.source === undefined ? null : (
        <>
          <dt>{say.status}</dt>
          <dd>
            {legalStatusWords[legalStatus.value].label[lang]}{' '}
            <small class="faint">
              {say.source}: {legalStatus.source}
              {legalStatus.seenOn === undefined ? null : (
                <>
                  , {say.seen} <time>{readDate(legalStatus.seenOn, lang)}</time>
                </>
              )}
            </small>
          </dd>
        </>
      )}
      {terms === undefined ? null : (
        <>
          <dt>{say.terms}</dt>
          <dd>
            <a href={inLanguage(lang, `/terms/${terms.id}`)}>{terms.id}</a>
            {cited === undefined ? null : (
              <>
                {' '}
                <a href={clauseAddress(lang, terms.id, cited)}>{clauseName(cited)[lang]}</a>
              </>
            )}
          </dd>
        </>
      )}
    </dl>
  )
}

function Candidates({
  result: { candidates = [] },
  question,
  lang,
}: {
  result: CheckResult
  question: Question
  lang: Language
}) {
  if (candidates.length === 0) return null
  return (
    <ul aria-label={checkWords[lang].candidates}>
      {candidates.map((candidate) => (
        <li>
          <a class="num" href={inLanguage(lang, checkAddress(unambiguousSpelling(candidate), question))}>
            {candidate.display[lang]}
          </a>{' '}
          <small class="faint">{candidate.docdb}</small>
        </li>
      ))}
    </ul>
  )
}

/** What was entered may be a whole line of text; its beginning is enough to find it again. */
export function shortened(input: string): string {
  return input.length > inputShownCharactersMax ? `${input.slice(0, inputShownCharactersMax)}…` : input
}

const inputShownCharactersMax = 120
