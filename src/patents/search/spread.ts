import type { Reader } from '../../database.ts'
import { beginningsIn } from './match.ts'

/**
 * Pages of the text index that one beginning of words may fill. FTS5 joins the documents of all words with that beginning
 * before the first answer, at some 50 µs a page; what stands in the list of one word is read only as far as it is shown.
 */
export const spreadPagesMax = 120

/**
 * Words of the question whose beginning too many documents have: they are looked for as they are, and in the singular and
 * plural (`PatentFilter.whole`).
 */
export async function wholeWords(read: Reader, text: string, pagesMax: number = spreadPagesMax): Promise<string[]> {
  const words = beginningsIn(text)
  if (words.length === 0) return []
  const rows = await read.rows(spread, [JSON.stringify(words)])
  return rows.filter(([, pages]) => Number(pages) > pagesMax).map(([word]) => String(word))
}

/**
 * `search_text_idx` has the first word of the pages of each segment of the index (`0` before the word, the page times two).
 * How far words of one beginning reach is told from the pages before and behind, by one look-up each.
 */
const spread = `with recursive segments(id) as (
    select min(segid) from search_text_idx
    union all select (select min(x.segid) from search_text_idx x where x.segid > s.id) from segments s where s.id is not null)
  select j.value, sum(
      coalesce((select x.pgno from search_text_idx x where x.segid = s.id
        and x.term >= cast('0' || j.value || char(1114111) as blob) order by x.term limit 1),
        (select max(x.pgno) + 2 from search_text_idx x where x.segid = s.id))
      - coalesce((select x.pgno from search_text_idx x where x.segid = s.id
        and x.term <= cast('0' || j.value as blob) order by x.term desc limit 1), 2)) / 2
  from json_each(?) j cross join segments s where s.id is not null group by j.key`
