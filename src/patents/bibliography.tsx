import { encumbranceKindWords } from '../../policies/vocabulary.ts'
import { fill, type Language, readDate } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'
import { Fact } from '../http/parts.tsx'
import { subclassOf } from './classification/symbol.ts'
import { titleOf } from './classification/titles.ts'
import type { Patent } from './patent.ts'
import { patentWords } from './words.ts'

/** What registers say of a patent, each class and field with the way to the others in it. */
export function Bibliography({ patent, lang }: { patent: Patent; lang: Language }) {
  const say = patentWords[lang]
  const { numbers, classes, fields, inventors, end, family, encumbrances } = patent
  const symbols = (['ipc', 'cpc', 'fi'] as const).filter((scheme) => classes[scheme].length > 0)
  const dates = [
    [say.priority, patent.priorityOn],
    [say.filed, patent.filedOn],
    [say.published, patent.publishedOn],
    [say.granted, patent.grantedOn],
  ] as const
  return (
    <dl class="facts">
      <Fact name={say.numbers}>
        <ul>
          {numbers.map(({ display, docdb }) => (
            <li>
              <span class="num">{display[lang]}</span> <small class="faint pick">{docdb}</small>
            </li>
          ))}
        </ul>
      </Fact>
      {dates.map(([name, date]) => (date === undefined ? null : <Fact name={name}>{readDate(date, lang)}</Fact>))}
      {end === undefined ? null : (
        <Fact name={say.end}>
          {readDate(end.on, lang)}{' '}
          <small class="faint">{end.estimated ? say.estimated : `${say.source}: ${end.source}`}</small>
        </Fact>
      )}
      {inventors.length === 0 ? null : (
        <Fact name={say.inventors}>
          <ul>
            {inventors.map(({ name, romanised, orcid }) => (
              <li>
                {name}{' '}
                <small class="faint">{[romanised, orcid].filter((part) => part !== undefined).join(' · ')}</small>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {fields.length === 0 ? null : (
        <Fact name={say.fields}>
          <ul>
            {fields.map(({ field, name }) => (
              <li>
                <a href={inLanguage(lang, `/fields/${field}`)}>{name[lang]}</a>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {symbols.length === 0 ? null : (
        <Fact name={say.classes}>
          <ul>
            {symbols.map((scheme) => (
              <li>
                {scheme.toUpperCase()}: <Symbols symbols={classes[scheme]} lang={lang} />
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {family === undefined || family.members.length === 0 ? null : (
        <Fact name={say.family}>
          <ul>
            {family.members.map((number) => (
              <li>
                <a class="num" href={inLanguage(lang, `/patents/${number}`)}>
                  {number}
                </a>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {encumbrances.length === 0 ? null : (
        <Fact name={say.encumbrances}>
          <ul>
            {encumbrances.map(({ kind, researchReserved }) => (
              <li>
                {encumbranceKindWords[kind].label[lang]}
                {researchReserved ? ` (${say.researchReserved})` : ''}
              </li>
            ))}
          </ul>
        </Fact>
      )}
    </dl>
  )
}

/** `H01M 10/0562, 4/13; C01B 25/14`: the subclass leads to its page. FI symbols run to several hundred, so not each is a link. */
function Symbols({ symbols, lang }: { symbols: readonly string[]; lang: Language }) {
  const bySubclass = new Map<string, string[]>()
  for (const symbol of symbols) {
    const subclass = subclassOf(symbol)
    bySubclass.set(subclass, [...(bySubclass.get(subclass) ?? []), symbol.slice(subclass.length)])
  }
  return (
    <span class="num">
      {[...bySubclass].map(([subclass, rest], i) => {
        const titled = titleOf(subclass)
        return (
          <>
            {i === 0 ? null : '; '}
            {titled === undefined ? (
              subclass
            ) : (
              <a href={inLanguage(lang, `/ipc/${subclass}`)} title={titled.title[lang]}>
                {subclass}
              </a>
            )}{' '}
            {rest.slice(0, symbolsShownMax).join(', ')}
            {rest.length > symbolsShownMax
              ? ` ${fill(patentWords[lang].moreSymbols, { count: rest.length - symbolsShownMax })}`
              : ''}
          </>
        )
      })}
    </span>
  )
}

/** Of one subclass; the rest is in the JSON. */
const symbolsShownMax = 40
