import type { Child } from 'hono/jsx'
import { fill, type Language, readDate } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'
import { othersInWords } from './described-words.ts'
import type { MapCounts, MapQuestion } from './map.ts'
import { ShownTable, type Table } from './tables.tsx'
import { mapWords } from './words.ts'

/** A picture with what makes it worth quoting: counting, source, day, the same numbers as a table, and ways to take it along. */
export function MapFigure({
  lang,
  question,
  counts,
  asOf,
  table,
  caption,
  exported,
  openTable = false,
  children,
}: {
  lang: Language
  question: Pick<MapQuestion, 'count'>
  counts: Pick<MapCounts, 'others'> & Partial<MapCounts>
  asOf: string
  table: Table
  caption: string
  /** `/v1/map?…` without a format; undefined where the picture is not one of those. */
  exported?: { address: string; registryUrl: string; title: string }
  openTable?: boolean
  children: Child
}) {
  const say = mapWords[lang]
  return (
    <>
      <section class="scroll" tabindex={0} aria-label={caption}>
        {children}
      </section>
      <p class="small faint">
        {question.count === 'whole' ? say.whole_text : say.fractional_text}{' '}
        {othersInWords({ cells: [], totals: { patents: 0, open: 0 }, ...counts }, lang).join(' ')}
      </p>
      <p class="small faint">
        {fill(say.source, { registry: lang === 'ja' ? 'この登録簿' : 'this registry' })} ·{' '}
        {fill(say.asOf, { date: readDate(asOf, lang) })}
      </p>
      <details open={openTable}>
        <summary>{say.table}</summary>
        <ShownTable table={table} caption={caption} name={`${caption}: ${say.table}`} />
      </details>
      {exported === undefined ? null : <Export lang={lang} {...exported} />}
    </>
  )
}

function Export({
  lang,
  address,
  registryUrl,
  title,
}: {
  lang: Language
  address: string
  registryUrl: string
  title: string
}) {
  const say = mapWords[lang]
  const as = (format: string) => `${address}&format=${format}&lang=${lang}`
  const code = `<a href="${registryUrl}${inLanguage(lang, '/map')}"><img src="${registryUrl}${as('svg')}" alt="${title}" width="100%"></a>`
  return (
    <details>
      <summary>{say.use}</summary>
      <p>{say.useText}</p>
      <p>
        <a href={as('svg')}>{say.svg}</a> · <a href={as('csv')}>{say.csv}</a> ·{' '}
        <a href={`${address}&format=json`}>{say.json}</a>
      </p>
      <p class="label">{say.embed}</p>
      <pre tabindex={0} class="pick">
        {code}
      </pre>
    </details>
  )
}
