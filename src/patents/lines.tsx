import { type Language, said } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'
import { fieldName } from './classification/fields.ts'
import { listWords } from './list-words.ts'
import type { ListedLine } from './listing.ts'
import { parts } from './search/highlight.ts'

/** Patents as a list shows them: number, title with what was looked for, holders, filing, and whether they are open. */
export function PatentLines({ lang, lines }: { lang: Language; lines: readonly ListedLine[] }) {
  const say = listWords[lang]
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{say.number}</th>
          <th scope="col">{say.name}</th>
          <th scope="col">{say.holder}</th>
          <th scope="col">{say.filed}</th>
          <th scope="col">{say.openness}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr>
            <th scope="row" class="num">
              <a href={inLanguage(lang, `/patents/${line.number}`)}>{line.number}</a>
            </th>
            <td>
              <Title line={line} lang={lang} />
              {line.fields.length === 0 ? null : (
                <>
                  <br />
                  <small class="faint">
                    {line.fields.map((field) => fieldName(field)[lang]).join(lang === 'ja' ? '、' : '; ')}
                  </small>
                </>
              )}
            </td>
            <td>
              {line.holders.map(({ id, name }, i) => (
                <>
                  {i === 0 ? null : lang === 'ja' ? '、' : ', '}
                  <a class="bare" href={inLanguage(lang, `/organisations/${id}`)}>
                    {name[lang]}
                  </a>
                </>
              ))}
            </td>
            <td class="num">{line.filedOn ?? ''}</td>
            <td>
              {line.open ? (
                <>
                  <span class="mark allowed">{say.open}</span> <small class="faint">{line.terms.join(', ')}</small>
                </>
              ) : (
                <span class="faint">—</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The title in the reader's language; where only the other one has the words, that one as well. */
function Title({ line, lang }: { line: ListedLine; lang: Language }) {
  const { title, highlights } = line
  const shown = said(title, lang)
  const own = shown.lang ?? lang
  const marked = highlights?.[own] ?? []
  const other = own === 'ja' ? 'en' : 'ja'
  const elsewhere = marked.length === 0 ? highlights?.[other] : undefined
  return (
    <>
      <span lang={shown.lang}>
        {parts(shown.text, marked).map((part) => (part.marked ? <mark>{part.text}</mark> : part.text))}
      </span>
      {elsewhere === undefined ? null : (
        <>
          <br />
          <small lang={other}>
            {parts(title[other] ?? '', elsewhere).map((part) => (part.marked ? <mark>{part.text}</mark> : part.text))}
          </small>
        </>
      )}
    </>
  )
}
