import type { Child } from 'hono/jsx'
import type { Reader } from '../database.ts'
import type { Language } from '../http/language.ts'
import { pictureWords } from './drawings.tsx'
import { gridOf } from './grids.ts'
import { readLabels } from './labels.ts'
import { LivingPicture } from './pictures/living.tsx'
import { readMap } from './queries.ts'
import { type FilterQuery, readFilter } from './question.ts'
import { mapWords } from './words.ts'

const rowsShownMax = 8
const columnsShownMax = 12

/**
 * The small picture for other pages: fields by years of what passes the filters (of a holder, of a class), each cell a way
 * to its patents. Undefined while there is nothing to show.
 */
export async function drawLiving(read: Reader, lang: Language, query: FilterQuery = {}): Promise<Child | undefined> {
  const say = mapWords[lang]
  const question = {
    by: ['field', 'year'] as const,
    filter: await readFilter(read, query),
    count: 'whole' as const,
    top: 1,
  }
  const counts = await readMap(read, question)
  if (counts.cells.length === 0) return undefined
  const grid = gridOf({
    counts,
    labels: await readLabels(read, question.by, counts),
    question,
    query,
    picture: 'heat',
    lang,
    base: `/${lang}`,
    rowsMax: rowsShownMax,
    columnsMax: columnsShownMax,
  })
  return <LivingPicture title={say.heat} desc={say.mapLead} grid={grid} words={pictureWords(lang, 'whole')} />
}
