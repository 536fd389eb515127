import type { Reader } from '../database.ts'
import { technologyFields } from './classification/fields.ts'
import { anywhere, matchWords } from './search/match.ts'
import { runsOf } from './search/tokens.ts'

export type Suggestion = { text: string; kind: 'word' | 'holder' | 'field'; value?: string }

/** A list under an input shows no more at once. */
export const suggestionsMax = 10
const holdersMax = 3
const fieldsMax = 3
/** Words are taken from the titles of so many of the newest patents that have the beginning. */
const titlesMax = 60

/** What a reader who has typed this may mean: words of titles, holders, technology fields. */
export async function suggest(read: Reader, typed: string): Promise<Suggestion[]> {
  const expression = matchWords(typed)
  const last = runsOf(typed).at(-1)?.text
  if (expression === undefined || last === undefined) return []
  const [titles, holders] = await Promise.all([
    read.rows(
      `select p.title_ja, p.title_en from (select rowid as id from search_text where search_text match ? order by rowid desc limit ${titlesMax}) h
       cross join search_documents d on d.id = h.id cross join patents p on p.id = d.patent_id`,
      [expression.replace(anywhere, 'title')],
    ),
    read.rows(
      `select o.id, o.name_ja, o.name_en from organisation_names n join organisations o on o.id = n.organisation_id
       where n.key >= ? and n.key < ? and exists (select 1 from patent_holders h where h.organisation_id = o.id)
       group by o.id limit ?`,
      [last, `${last}\uffff`, holdersMax],
    ),
  ])
  const fields = technologyFields.filter(({ name }) => [name.ja, name.en].some((text) => folded(text).includes(last)))
  const named = holders.map(([id, ja, en]): Suggestion => {
    const text = folded(String(ja)).includes(last)
      ? String(ja)
      : folded(String(en)).includes(last)
        ? String(en)
        : String(ja)
    return { text, kind: 'holder', value: String(id) }
  })
  const inFields = fields.slice(0, fieldsMax).map(({ field, name }): Suggestion => {
    const text = folded(name.ja).includes(last) ? name.ja : name.en
    return { text, kind: 'field', value: String(field) }
  })
  const words = wordsOfTitles(titles, last).slice(0, suggestionsMax - named.length - inFields.length)
  return [...words.map((text): Suggestion => ({ text, kind: 'word' })), ...named, ...inFields]
}

/** Words of the titles that hold what was typed, commonest first. */
function wordsOfTitles(titles: readonly (readonly unknown[])[], typed: string): string[] {
  const counts = new Map<string, number>()
  for (const title of titles)
    for (const text of title) {
      if (typeof text !== 'string') continue
      for (const [word] of text.normalize('NFKC').toLowerCase().matchAll(wordPattern))
        if (word.includes(typed) && [...word].length <= wordCharactersMax) counts.set(word, (counts.get(word) ?? 0) + 1)
    }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].length - b[0].length).map(([word]) => word)
}

const wordCharactersMax = 20
/** Kanji and katakana make the words of a Japanese title; hiragana stands between them. */
const wordPattern = /[\p{Script=Han}\p{Script=Katakana}\u30fc\u3005]+|[a-z0-9]+/gu

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
