import { fill, type Language, readDate, said } from '../http/language.ts'
import { Fact } from '../http/parts.tsx'
import type { Patent } from './patent.ts'
import { patentWords } from './words.ts'

/** How to name the patent and this record of it elsewhere; each text is picked with one click. */
export function Cite({
  patent,
  on,
  lang,
  registryUrl,
}: {
  patent: Patent
  on: string
  lang: Language
  registryUrl: string
}) {
  const say = patentWords[lang]
  const address = `${registryUrl}/patents/${encodeURIComponent(patent.number)}`
  return (
    <>
      <h2 id="cite">{say.cite}</h2>
      <dl class="facts">
        <Fact name={say.citeAddress}>
          <code class="pick">{address}</code>
        </Fact>
        <Fact name={say.citeText}>
          <span class="pick">{citationOf(patent, address, on, lang)}</span>
        </Fact>
      </dl>
      <details>
        <summary>BibTeX</summary>
        <pre class="pick" tabindex={0}>
          {bibtexOf(patent, address, on)}
        </pre>
      </details>
      <p>
        <a href={`/v1/patents/${encodeURIComponent(patent.number)}`}>{say.json}</a>
      </p>
    </>
  )
}

/** As reference lists name patents: inventors, title, number, day; then where and when it was read. */
function citationOf(
  { inventors, title, numbers, number, grantedOn, publishedOn }: Patent,
  address: string,
  on: string,
  lang: Language,
): string {
  const names = inventors.map(({ name, romanised }) => (lang === 'ja' ? name : (romanised ?? name)))
  const who =
    names.length > namesCitedMax
      ? `${names[0]}${lang === 'ja' ? 'ほか' : ' et al.'}`
      : names.join(lang === 'ja' ? '、' : ', ')
  const shown = numbers.find(({ docdb }) => docdb === number)?.display[lang] ?? number
  const day = grantedOn ?? publishedOn
  const text = said(title, lang).text
  const read = fill(patentWords[lang].citeRead, { date: readDate(on, lang) })
  const parts = [who, lang === 'ja' ? `「${text}」` : `“${text}”`, shown, day && readDate(day, lang)].filter(
    (part) => part,
  )
  return `${parts.join(lang === 'ja' ? '、' : ', ')}. Iriai 入会, ${address} ${read}`
}

const namesCitedMax = 3

function bibtexOf(
  { inventors, title, number, holders, grantedOn, publishedOn, filedOn }: Patent,
  address: string,
  on: string,
): string {
  const fields = {
    author: inventors.map(({ name }) => name).join(' and '),
    title: `{${said(title, 'en').text}}`,
    number,
    holder: holders.map(({ organisation }) => organisation.name.en).join(' and '),
    year: (grantedOn ?? publishedOn ?? filedOn ?? '').slice(0, 4),
    url: address,
    urldate: on,
  }
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value === '' ? [] : [`  ${name} = {${harmless(value)}}`],
  )
  return `@patent{${number},\n${lines.join(',\n')}\n}`
}

/** Braces of a name would end the field; those of the title are ours. */
function harmless(value: string): string {
  const inner = value.startsWith('{') ? value.slice(1, -1) : value
  const clean = inner.replaceAll(/[{}\\]/g, '').replaceAll('&', '\\&')
  return value.startsWith('{') ? `{${clean}}` : clean
}
