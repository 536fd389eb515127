import { soughtIn } from './sought.ts'

/** Where the words stand in a text as it is written: from and to which UTF-16 unit, in order and apart. */
export type Range = readonly [from: number, to: number]

/** Found as the index finds them: full width, case and accents make no difference, and Latin words by their beginning. */
export function highlight(text: string, query: string): Range[] {
  const { folded, places } = fold(text)
  const marked = new Set<number>()
  for (const word of soughtIn(query).flat(2)) {
    for (let at = folded.indexOf(word.text); at >= 0; at = folded.indexOf(word.text, at + 1)) {
      if (!word.japanese && isLetter(folded[at - 1])) continue
      for (let i = at; i < at + word.text.length; i++) marked.add(i)
    }
  }
  const ranges: [number, number][] = []
  for (const i of [...marked].sort((a, b) => a - b)) {
    const [from = 0, to = 0] = places[i] ?? []
    const last = ranges.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else ranges.push([from, to])
  }
  return ranges
}

/** A text in parts, for a page. */
export function parts(text: string, ranges: readonly Range[]): { text: string; marked: boolean }[] {
  const found: { text: string; marked: boolean }[] = []
  let at = 0
  for (const [from, to] of ranges) {
    if (from > at) found.push({ text: text.slice(at, from), marked: false })
    found.push({ text: text.slice(from, to), marked: true })
    at = to
  }
  if (at < text.length) found.push({ text: text.slice(at), marked: false })
  return found
}

/** The text as the index reads it, and for each of its units the place where it stands in the original. */
function fold(text: string): { folded: string; places: Range[] } {
  let folded = ''
  const places: Range[] = []
  // A letter with the marks that belong to it, as half-width ｶﾞ, is one.
  for (const found of text.matchAll(/[\s\S][\p{M}\uff9e\uff9f]*/gu)) {
    const nfkc = found[0].normalize('NFKC').toLowerCase()
    const letters = /[\u3040-\u30ff]/.test(nfkc)
      ? nfkc
      : nfkc.normalize('NFKD').replaceAll(/\p{M}/gu, '').normalize('NFC')
    for (let i = 0; i < letters.length; i++) places.push([found.index, found.index + found[0].length])
    folded += letters
  }
  return { folded, places }
}

function isLetter(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{L}\p{N}]/u.test(letter) && !/[\u3040-\u30ff\u3400-\u9fff]/.test(letter)
}
