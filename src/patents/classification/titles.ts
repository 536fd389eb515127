import type { Bilingual } from '../../shapes.ts'
import { mainGroupTitles } from './group-titles.ts'
import { titlesOfAToC } from './titles-a-to-c.ts'
import { titlesOfDToY } from './titles-d-to-y.ts'

/** A part of the IPC or CPC by its symbol: `H`, `H01`, `H01M` or `H01M10`. */
export type ClassLevel = 'section' | 'class' | 'subclass' | 'group'

/**
 * A short label for a section, class, subclass or main group (`H01M10`). Where the thing itself has none, that of the next
 * wider one that has, and `of` names it.
 */
export function titleOf(symbol: string): { title: Bilingual; of: string } | undefined {
  for (const wider of widerOf(symbol)) {
    const title = titles().get(wider)
    if (title !== undefined) return { title, of: wider }
  }
  return undefined
}

/** The level of a symbol as a map names it; undefined when it is none. */
export function levelOf(symbol: string): ClassLevel | undefined {
  if (symbol.length > symbolCharactersMax) return undefined
  if (/^[A-HY]$/.test(symbol)) return 'section'
  if (/^[A-HY]\d{2}$/.test(symbol)) return 'class'
  if (/^[A-HY]\d{2}[A-Z]$/.test(symbol)) return 'subclass'
  return /^[A-HY]\d{2}[A-Z]\d{1,4}$/.test(symbol) ? 'group' : undefined
}

/** Section, class and subclass above a symbol, widest first; the symbol itself is not among them. */
export function ancestorsOf(symbol: string): string[] {
  return [1, 3, 4].filter((length) => length < symbol.length).map((length) => symbol.slice(0, length))
}

/** A main group has four digits at most. */
const symbolCharactersMax = 8

function widerOf(symbol: string): string[] {
  return [symbol, ...ancestorsOf(symbol).reverse()]
}

let known: ReadonlyMap<string, Bilingual> | undefined

/** Read on first use: most requests need none. */
function titles(): ReadonlyMap<string, Bilingual> {
  known ??= new Map(
    [titlesOfAToC, titlesOfDToY, mainGroupTitles].flatMap((list) =>
      list
        .trim()
        .split('\n')
        .map((line) => {
          const [symbol = '', ja = '', en = ''] = line.split('|')
          return [symbol, { ja, en }] as const
        }),
    ),
  )
  return known
}
