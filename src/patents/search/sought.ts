import { glossary } from './glossary.ts'
import { runsOf } from './tokens.ts'

/** Words beyond these are not looked for; a title has hardly more. */
export const wordsMax = 12

export type Word = { text: string; japanese: boolean }

/** What is looked for in place of one word of a question: the word itself, or all of those that say it in the other language. */
export type Sought = readonly (readonly Word[])[]

/** The words as they are looked for: the first of them, each once. */
export function wordsOf(text: string): Word[] {
  return [...new Map(runsOf(text).map((word) => [word.text, word])).values()].slice(0, wordsMax)
}

export function soughtIn(text: string): Sought[] {
  return wordsOf(text).map((word) => {
    const other = word.japanese ? inEnglish(word.text) : inJapanese(word.text)
    return other === undefined ? [[word]] : [[word], other]
  })
}

/** The words of the other language that are looked for besides, as they are shown to the reader. */
export function alsoSought(text: string): string[] {
  const others = soughtIn(text).flatMap(([, other = []]) => other.map((word) => word.text))
  return [...new Set(others)]
}

/** A run of Japanese letters that consists of words of the glossary, the longest first, and of what joins words. */
function inEnglish(run: string): Word[] | undefined {
  const { english, longest } = byWord()
  const found: string[] = []
  for (let at = 0; at < run.length; ) {
    const word = longestAt(run, at, longest, english)
    if (word !== undefined) {
      found.push(...(english.get(word) ?? []))
      at += word.length
      continue
    }
    const joined = joints.find((joint) => run.startsWith(joint, at))
    if (joined === undefined) return undefined
    at += joined.length
  }
  return found.length === 0 ? undefined : [...new Set(found)].map((text) => ({ text, japanese: false }))
}

function longestAt(
  run: string,
  at: number,
  longest: number,
  english: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  for (let length = Math.min(longest, run.length - at); length > 0; length--) {
    const word = run.slice(at, at + length)
    if (english.has(word)) return word
  }
  return undefined
}

const joints = ['および', '及び', 'の', '系', '用', '型', '性', 'と']

function inJapanese(word: string): Word[] | undefined {
  const found = byWord().japanese.get(singular(word))
  return found === undefined ? undefined : [{ text: found, japanese: true }]
}

/** An English word as it is, in the singular and in the plural. */
export function formsOf(word: string): string[] {
  const one = singular(word)
  const many = /[^aeiou]y$/.test(one) ? `${one.slice(0, -1)}ies` : /(?:s|x|z|ch|sh)$/.test(one) ? `${one}es` : `${one}s`
  return [...new Set([word, one, many])]
}

function singular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word
}

type ByWord = {
  /** A word of Japanese, to the words of its English, without those that every title may have. */
  english: ReadonlyMap<string, readonly string[]>
  longest: number
  /** One word of English. */
  japanese: ReadonlyMap<string, string>
}

let known: ByWord | undefined

function byWord(): ByWord {
  known ??= {
    english: new Map(glossary.map(([ja, en]) => [ja, en.split(' ')])),
    longest: Math.max(...glossary.map(([ja]) => ja.length)),
    japanese: new Map(glossary.flatMap(([ja, en]) => (en.includes(' ') ? [] : [[en, ja] as const])).reverse()),
  }
  return known
}
