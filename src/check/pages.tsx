import type { Child } from 'hono/jsx'
import { worst } from '../../policies/decide.ts'
import { verdictsFromWorst } from '../../policies/verdict.ts'
import { beneficiaryWords, modeWords, purposeWords, type VerdictValue } from '../../policies/vocabulary.ts'
import { today } from '../context.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, readCount, readDate } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { VerdictMark } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { csrfToken } from '../http/session-cookie.ts'
import { numbersPerCallMax } from '../limits.ts'
import type { ParsedNumber } from '../patents/numbers/number.ts'
import { parseText } from '../patents/numbers/text.ts'
import type { CheckResult, Question } from './check.ts'
import { countChecks } from './count.ts'
import { checkCsv } from './export.ts'
import { GrantOffer, KeepForm } from './onward.tsx'
import { addressCharactersMax, checkAddress, commonQuestion, readAsked, type Sent } from './question.ts'
import { formId, QuestionBox } from './question-box.tsx'
import { shortened, VerdictCard } from './verdict-card.tsx'
import { rowsPerPage, VerdictTable } from './verdict-table.tsx'
import { checkNumbers } from './verdicts.ts'
import { checkWords } from './words.ts'

/** As many as the picture of a thicket takes. */
const thicketNumbersMax = 200
/** As many whole verdicts as a page of 60 kB holds; a longer list is read as a table. */
const cardsMax = 10

export const checkPages = pages()
  .on('GET', paths('/check'), (c) => {
    const sent: Sent = c.req.query()
    return showCheck(c, Object.keys(sent).length === 0 ? commonQuestion : sent)
  })
  .on('POST', paths('/check'), async (c) => {
    const sent = textsOf(await c.req.parseBody())
    const { asked, faults } = readAsked(sent)
    const address = inLanguage(languageOf(c).lang, checkAddress(asked.numbers.trim(), asked.question))
    const first = sent.from === undefined
    if (faults.length === 0 && first && address.length <= addressCharactersMax) return c.redirect(address, 303)
    return showCheck(c, sent)
  })
  .on('POST', paths('/check/export'), async (c) => exportCheck(c, textsOf(await c.req.parseBody())))

/** The whole list as a file: CSV, or what `POST /v1/check` answers. */
async function exportCheck(c: Http, sent: Sent): Promise<Response> {
  const { asked, faults } = readAsked(sent)
  const read = parseText(asked.numbers)
  // What cannot be answered is said on the page.
  if (faults.length > 0 || read.length === 0 || read.length > numbersPerCallMax) return showCheck(c, sent)
  const results = await checkNumbers(c.var.ctx, read, asked.question)
  const on = asked.question.on ?? today(c.var.ctx)
  const format = sent.format === 'json' ? 'json' : 'csv'
  c.header('Content-Disposition', `attachment; filename="iriai-check-${on}.${format}"`)
  c.header('Cache-Control', 'no-store')
  if (format === 'json') return c.json({ worst: worst(results), on, results }, 200)
  return c.body(checkCsv(results, on, languageOf(c).lang), 200, { 'Content-Type': 'text/csv; charset=utf-8' })
}

function textsOf(body: Readonly<Record<string, unknown>>): Sent {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  )
}

/** The answers of today to a form, or what is wrong with it. */
export async function showCheck(c: Http, sent: Sent): Promise<Response> {
  const { lang } = languageOf(c)
  const say = checkWords[lang]
  const { asked, faults } = readAsked(sent)
  const boxOf = (numbers: string) => <QuestionBox lang={lang} sent={{ ...sent, numbers }} />
  const box = boxOf(asked.numbers)
  const head = {
    title: say.check,
    section: 'check' as const,
    path: pathOf(asked),
    description: `${say.ask} ${inWords(asked.question, lang)}`,
  }
  if (faults.length > 0)
    return showPage(c, { ...head, path: '/check', status: 422 }, <Faults lang={lang} names={faults} box={box} />)
  const read = parseText(asked.numbers)
  if (read.length === 0) return showPage(c, head, <Empty lang={lang} entered={asked.numbers.trim() !== ''} box={box} />)
  if (read.length > numbersPerCallMax) {
    const text = fill(say.tooMany, { max: readCount(numbersPerCallMax, lang), count: readCount(read.length, lang) })
    return showPage(c, { ...head, path: '/check', status: 413 }, <Stopped lang={lang} text={text} box={box} />)
  }
  const results = worstFirst(await checkNumbers(c.var.ctx, read, asked.question))
  countChecks(c.var.ctx, results)
  const onward = await onwardFrom(c, read, results, asked.question)
  return showPage(
    c,
    head,
    <Answers
      lang={lang}
      results={results}
      question={asked.question}
      box={results.length > cardsMax ? boxOf(read.map(({ input }) => input).join('\n')) : box}
      onward={onward}
      from={readFrom(sent, results.length)}
    />,
  )
}

/** Where the shown part of a long list begins. */
function readFrom({ from = '' }: Sent, count: number): number {
  const number = /^\d{1,4}$/.test(from) ? Number(from) : 0
  return number < count ? number - (number % rowsPerPage) : 0
}

/** What a person can do with the answers. A grant begins today at the earliest, so no other day's answers lead to one. */
async function onwardFrom(
  c: Http,
  read: readonly ParsedNumber[],
  results: readonly CheckResult[],
  question: Question,
): Promise<{ grant: Child; keep: Child }> {
  const { lang } = languageOf(c)
  const { ctx, session } = c.var
  const canSignIn = session !== undefined || ctx.providers.length > 0
  const ofToday = question.on === undefined || question.on === today(ctx)
  const numbers = read.map(({ input }) => input)
  return {
    grant: canSignIn && ofToday ? <GrantOffer results={results} question={question} lang={lang} /> : null,
    keep: session ? <KeepForm numbers={numbers} question={question} csrf={await csrfToken(c)} lang={lang} /> : null,
  }
}

/** The other language shows the same check where the address can carry it. */
function pathOf({ numbers, question }: { numbers: string; question: Question }): string {
  const path = numbers === '' ? '/check' : checkAddress(numbers, question)
  return path.length > addressCharactersMax ? '/check' : path
}

function worstFirst(results: readonly CheckResult[]): CheckResult[] {
  return [...results].sort((a, b) => verdictsFromWorst.indexOf(a.verdict) - verdictsFromWorst.indexOf(b.verdict))
}

type Box = ReturnType<typeof QuestionBox>

function Answers({
  lang,
  results,
  question,
  box,
  onward,
  from,
}: {
  lang: Language
  results: CheckResult[]
  question: Question
  box: Box
  onward: { grant: Child; keep: Child }
  from: number
}) {
  const say = checkWords[lang]
  return (
    <>
      <h1>{say.check}</h1>
      <p class="lead">{inWords(question, lang)}</p>
      <details>
        <summary>{say.again}</summary>
        {box}
      </details>
      {results.length === 1 ? null : <Counts lang={lang} results={results} />}
      {onward.grant}
      {onward.keep}
      {results.length > cardsMax ? (
        <VerdictTable lang={lang} results={results} from={from} />
      ) : (
        <Cards lang={lang} results={results} question={question} />
      )}
      {results.length === 1 || results.length > thicketNumbersMax ? null : (
        <p>
          <a href={inLanguage(lang, thicketAddress(results))}>{say.asThicket}</a>
        </p>
      )}
      {results.length === 1 ? null : <Export lang={lang} />}
    </>
  )
}

function Export({ lang }: { lang: Language }) {
  const say = checkWords[lang]
  const address = inLanguage(lang, '/check/export')
  return (
    <div class="screen">
      <h2 class="plain">{say.take}</h2>
      <p>
        {(['csv', 'json'] as const).map((format) => (
          <>
            <button class="quiet" type="submit" form={formId} formaction={address} name="format" value={format}>
              {say[format]}
            </button>{' '}
          </>
        ))}
      </p>
      <p class="small">
        {say.sameMany} <a href={inLanguage(lang, '/docs/check#checkNumbers')}>API</a>
      </p>
    </div>
  )
}

/** The picture of these patents, by the numbers that lead to them. */
function thicketAddress(results: readonly CheckResult[]): string {
  const numbers = results.map(({ patent, input }) => patent?.number ?? input)
  return `/thicket?${new URLSearchParams({ numbers: numbers.join(',') })}`
}

function inWords({ purpose, mode, beneficiary, country, on }: Question, lang: Language): string {
  const say = checkWords[lang]
  const sentence = fill(say.forUse, {
    who: beneficiary ? beneficiaryWords[beneficiary].label[lang] : say.someone,
    what: purpose ? purposeWords[purpose].label[lang] : say.something,
    how: mode ? modeWords[mode].label[lang] : say.somehow,
  })
  return [sentence, country, on && readDate(on, lang)].filter((part) => part !== undefined).join(' · ')
}

function Counts({ lang, results }: { lang: Language; results: readonly CheckResult[] }) {
  const say = checkWords[lang]
  const counts = new Map<VerdictValue, number>()
  for (const { verdict } of results) counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  return (
    <>
      <p>
        {fill(say.answered, { count: readCount(results.length, lang) })} <span class="faint">{say.worstFirst}</span>
      </p>
      <ul class="counts">
        {[...counts].map(([verdict, count]) => (
          <li>
            <VerdictMark verdict={verdict} lang={lang} /> <span class="num">{readCount(count, lang)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

function Cards({ lang, results, question }: { lang: Language; results: readonly CheckResult[]; question: Question }) {
  const cards = results.map((result, i) => (
    <VerdictCard lang={lang} result={result} question={question} id={`r${i + 1}`} open={results.length <= 3} />
  ))
  if (results.length === 1) return <>{cards}</>
  return (
    <div class="split">
      <nav aria-label={checkWords[lang].list} tabindex={0}>
        <ol>
          {results.map(({ verdict, patent, input }, i) => (
            <li>
              <a href={`#r${i + 1}`}>
                <VerdictMark verdict={verdict} lang={lang} />
                <bdi class="num">{patent?.number ?? shortened(input)}</bdi>
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <div>{cards}</div>
    </div>
  )
}

function Empty({ lang, entered, box }: { lang: Language; entered: boolean; box: Box }) {
  const say = checkWords[lang]
  return (
    <>
      <h1>{say.ask}</h1>
      {box}
      <h2>{say.empty}</h2>
      {entered ? <p class="fault">{say.emptyNone}</p> : null}
      <p>{say.emptyText}</p>
      <ul class="num">
        {spellings.map((spelling) => (
          <li>
            <a href={inLanguage(lang, checkAddress(spelling, commonQuestion))}>{spelling}</a>
          </li>
        ))}
      </ul>
    </>
  )
}

const spellings = [
  '特許第5985120号',
  'JP-5985120-B1',
  '特開2016-124752',
  'US 10,020,535 B2',
  'EP2166605B1',
  'WO2016/009768',
] as const

function Faults({ lang, names, box }: { lang: Language; names: readonly string[]; box: Box }) {
  const say = checkWords[lang]
  const known: Readonly<Record<string, string>> = say
  const shown = names.map((name) => known[name] ?? name).join(lang === 'ja' ? '、' : ', ')
  return <Stopped lang={lang} text={fill(say.faultText, { names: shown })} box={box} title={say.faults} />
}

function Stopped({ lang, text, box, title }: { lang: Language; text: string; box: Box; title?: string }) {
  return (
    <>
      <h1>{title ?? checkWords[lang].check}</h1>
      <p class="fault" role="alert">
        {text}
      </p>
      {box}
    </>
  )
}
