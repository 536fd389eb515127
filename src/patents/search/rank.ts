import type { Row } from '../../database.ts'
import { type Sought, soughtIn } from './sought.ts'

/**
 * Ids of documents, best first: those with more of the words in a title, then those whose title says little else, then the
 * newest. All of them have all words somewhere, so how rare a word is makes no difference.
 * @param documents id, and titles in either language
 */
export function rank(query: string, documents: readonly Row[]): number[] {
  const sought = soughtIn(query)
  const scores = new Map<number, number>()
  for (const [id, ja, en] of documents) {
    if (scores.has(Number(id))) continue
    scores.set(Number(id), Math.max(scoreOf(sought, ja), scoreOf(sought, en)))
  }
  return [...scores].sort((a, b) => b[1] - a[1] || b[0] - a[0]).map(([id]) => id)
}

/** The words that the title has, and less than one for how much of it they are. */
function scoreOf(sought: readonly Sought[], title: unknown): number {
  if (typeof title !== 'string' || title === '') return 0
  const folded = title.normalize('NFKC').toLowerCase()
  const had = sought.flatMap(
    (alternatives) => alternatives.find((words) => words.every(({ text }) => folded.includes(text))) ?? [],
  )
  const found = sought.filter((alternatives) =>
    alternatives.some((words) => words.every(({ text }) => folded.includes(text))),
  )
  const letters = had.reduce((sum, { text }) => sum + text.length, 0)
  return found.length + Math.min(0.99, letters / folded.length)
}
