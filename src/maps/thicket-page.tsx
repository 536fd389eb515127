import { verdictsFromWorst } from '../../policies/verdict.ts'
import { type VerdictValue, verdictWords } from '../../policies/vocabulary.ts'
import type { CheckResult } from '../check/check.ts'
import { checkNumbers } from '../check/verdicts.ts'
import { today } from '../context.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, readCount, readDate } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { VerdictMark } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import type { ParsedNumber } from '../patents/numbers/number.ts'
import { parseText } from '../patents/numbers/text.ts'
import { type Owned, ThicketPicture } from './pictures/thicket.tsx'
import { readMap, someNumbers } from './queries.ts'
import { ShownTable } from './tables.tsx'
import { mapWords } from './words.ts'

/** Each is a mark that can be followed, and a picture of more is no longer read. */
export const thicketNumbersMax = 200
/** Free text with so many numbers in it. */
const textCharactersMax = thicketNumbersMax * 300
/** Longer addresses do not pass everywhere; a longer list is answered without one. */
const addressCharactersMax = 6000

/** The commonest question: basic research at a university with the invention as a tool. */
const question = { purpose: 'basic_research', mode: 'with', beneficiary: 'university' } as const

export const thicketPages = pages()
  .on('GET', paths('/thicket'), (c) => showThicket(c, c.req.query('numbers') ?? ''))
  .on('POST', paths('/thicket'), async (c) => {
    const { numbers } = await c.req.parseBody()
    const text = typeof numbers === 'string' ? numbers : ''
    const read = text.length > textCharactersMax ? [] : parseText(text)
    const address = inLanguage(languageOf(c).lang, thicketAddress(read))
    if (read.length > 0 && read.length <= thicketNumbersMax && address.length <= addressCharactersMax)
      return c.redirect(address, 303)
    return showThicket(c, text)
  })

/** The address of the picture of these numbers, without its language. */
export function thicketAddress(read: readonly ParsedNumber[]): string {
  const numbers = read.map(({ input, candidates }) => (candidates.length === 1 ? candidates[0]?.docdb : input))
  return `/thicket?${new URLSearchParams({ numbers: numbers.join(',') })}`
}

async function showThicket(c: Http, text: string): Promise<Response> {
  const { lang } = languageOf(c)
  const say = mapWords[lang]
  const read = text.length > textCharactersMax ? [] : parseText(text)
  const head = { title: say.thicket, section: 'map' as const, description: say.thicketLead }
  const form = <NumbersForm lang={lang} text={text.slice(0, textCharactersMax)} />
  const tooMany = text.length > textCharactersMax || read.length > thicketNumbersMax
  if (tooMany || read.length === 0)
    return showPage(
      c,
      { ...head, path: '/thicket', ...(tooMany ? { status: 413 as const } : {}) },
      <>
        <h1>{say.thicket}</h1>
        <p class="lead">{say.thicketLead}</p>
        {tooMany ? (
          <p class="fault" role="alert">
            {fill(say.tooMany, { max: thicketNumbersMax, count: readCount(read.length, lang) })}
          </p>
        ) : null}
        {form}
        {tooMany ? null : await emptyState(c, lang)}
      </>,
    )
  const results = await checkNumbers(c.var.ctx, read, question)
  const address = thicketAddress(read)
  return showPage(
    c,
    { ...head, path: address.length <= addressCharactersMax ? address : '/thicket' },
    <>
      <h1>{say.thicket}</h1>
      <p class="lead">{say.forUse}</p>
      <details>
        <summary>{say.numbers}</summary>
        {form}
      </details>
      <Untangled lang={lang} results={results} on={today(c.var.ctx)} />
    </>,
  )
}

function NumbersForm({ lang, text }: { lang: Language; text: string }) {
  const say = mapWords[lang]
  return (
    <form class="box" method="post" action={inLanguage(lang, '/thicket')}>
      <label for="numbers">{say.numbers}</label>
      <textarea
        id="numbers"
        name="numbers"
        rows={4}
        spellcheck={false}
        autocomplete="off"
        aria-describedby="numbers-hint"
      >
        {text.replaceAll(',', '\n')}
      </textarea>
      <p class="small faint" id="numbers-hint">
        {say.numbersHint}
      </p>
      <p>
        <button type="submit">{say.untangle}</button>
      </p>
    </form>
  )
}

/** An example from what is enrolled: patents of the holders that have most. */
async function emptyState(c: Http, lang: Language) {
  const say = mapWords[lang]
  const { read } = c.var.ctx.db
  const { cells } = await readMap(read, { by: ['holder'], filter: {}, count: 'whole', top: 5 })
  const numbers = await someNumbers(
    read,
    cells.map(({ keys }) => keys[0] ?? ''),
  )
  return (
    <div class="next">
      <b>{say.thicketEmpty}</b>
      {say.thicketEmptyText}{' '}
      {numbers.length === 0 ? null : (
        <a href={inLanguage(lang, `/thicket?${new URLSearchParams({ numbers: numbers.join(',') })}`)}>
          {say.thicketExample}
        </a>
      )}
    </div>
  )
}

type Group = Owned & { ids: readonly string[]; names: readonly string[] }

function Untangled({ lang, results, on }: { lang: Language; results: readonly CheckResult[]; on: string }) {
  const say = mapWords[lang]
  const groups = groupsOf(results, lang)
  const covered = results.filter(({ verdict }) => verdict === 'allowed')
  const toAsk = results.filter(({ verdict }) => verdict === 'ask' || verdict === 'not_allowed')
  const count = (some: readonly unknown[]) => ({ count: readCount(some.length, lang) })
  const verdicts = verdictsFromWorst.filter((verdict) => results.some((result) => result.verdict === verdict)).reverse()
  return (
    <>
      <ul class="counts">
        {verdicts.map((verdict) => (
          <li>
            <VerdictMark verdict={verdict} lang={lang} />{' '}
            <span class="num">{readCount(results.filter((one) => one.verdict === verdict).length, lang)}</span>
          </li>
        ))}
      </ul>
      <section class="scroll" tabindex={0} aria-label={say.thicket}>
        <ThicketPicture
          id="k"
          title={say.thicket}
          desc={`${fill(say.oneGrant, count(covered))}. ${fill(say.stillAsk, count(toAsk))}.`}
          rows={groups}
          heads={[fill(say.oneGrant, count(covered)), fill(say.stillAsk, count(toAsk))]}
        />
      </section>
      <p class="small faint">{fill(say.asOf, { date: readDate(on, lang) })}</p>
      <Steps lang={lang} covered={covered} toAsk={toAsk} groups={groups} />
      <h2>{say.table}</h2>
      <ShownTable
        name={say.table}
        caption={say.forUse}
        table={{
          head: [say.holder, say.terms, ...verdicts.map((verdict) => verdictWords[verdict].label[lang])],
          rows: groups.map(({ holders, terms, marks }) => ({
            label: holders,
            cells: [
              terms,
              ...verdicts.map((verdict) => String(marks.filter((mark) => mark.verdict === verdict).length || '')),
            ],
          })),
        }}
      />
    </>
  )
}

function Steps({
  lang,
  covered,
  toAsk,
  groups,
}: {
  lang: Language
  covered: readonly CheckResult[]
  toAsk: readonly CheckResult[]
  groups: readonly Group[]
}) {
  const say = mapWords[lang]
  const numbers = [...new Set(covered.flatMap(({ patent }) => (patent === undefined ? [] : [patent.number])))]
  const grant = inLanguage(
    lang,
    `/me/grants/new?${new URLSearchParams({ numbers: numbers.join('\n'), purpose: question.purpose, mode: question.mode })}`,
  )
  const asking = groups.flatMap(({ holders, marks }) => {
    const left = marks.filter(({ verdict }) => verdict === 'ask' || verdict === 'not_allowed').length
    return left === 0 ? [] : [{ holders, left }]
  })
  return (
    <>
      {numbers.length === 0 ? null : (
        <>
          <h2>{fill(say.oneGrant, { count: readCount(covered.length, lang) })}</h2>
          <p>{fill(say.oneGrantText, { count: readCount(covered.length, lang) })}</p>
          {grant.length > addressCharactersMax ? null : (
            <p>
              <a class="button" href={grant}>
                {say.grant}
              </a>
            </p>
          )}
        </>
      )}
      {asking.length === 0 ? null : (
        <>
          <h2>{fill(say.stillAsk, { count: readCount(toAsk.length, lang) })}</h2>
          <p>{fill(say.stillAskText, { count: readCount(toAsk.length, lang) })}</p>
          <ul>
            {asking.map(({ holders, left }) => (
              <li>
                {holders} <span class="num faint">({readCount(left, lang)})</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** By the holders of today together, most patents first; what has no record stands last. */
function groupsOf(results: readonly CheckResult[], lang: Language): Group[] {
  const say = mapWords[lang]
  const groups = new Map<string, CheckResult[]>()
  for (const result of results) {
    const key =
      result.patent?.holders
        .map(({ id }) => id)
        .sort()
        .join(' ') ?? ''
    groups.set(key, [...(groups.get(key) ?? []), result])
  }
  return [...groups]
    .sort((a, b) => Number(a[0] === '') - Number(b[0] === '') || b[1].length - a[1].length)
    .map(([key, of]) => {
      const names = of[0]?.patent?.holders.map(({ name }) => name[lang]) ?? []
      const terms = [...new Set(of.flatMap((one) => (one.terms === undefined ? [] : [one.terms.id])))]
      const missing = fill(say.unread, { count: readCount(of.length, lang) })
      return {
        ids: key === '' ? [] : key.split(' '),
        names,
        holders: names.length === 0 ? missing : names.join(lang === 'ja' ? '・' : ', '),
        terms: terms.join(', '),
        marks: [...of]
          .sort((a, b) => order(a.verdict) - order(b.verdict))
          .map(({ patent, input, verdict }) => ({
            name: `${patent?.number ?? input.slice(0, 40)}: ${verdictWords[verdict].label[lang]}`,
            verdict,
            ...(patent === undefined ? {} : { href: inLanguage(lang, `/patents/${patent.number}`) }),
          })),
      }
    })
}

function order(verdict: VerdictValue): number {
  return -verdictsFromWorst.indexOf(verdict)
}
