import { isNative, nameKey } from './names.ts'
import type { ReadHolder } from './row.ts'

export type PairedOwners = { holders: ReadHolder[]; unpairedHolders: string[] }

/** Each name an owner of its own; the same name written twice is one. */
export function ownersOf(names: readonly string[]): PairedOwners {
  return { holders: distinct(names).map((name) => ({ names: [name] })), unpairedHolders: [] }
}

/**
 * Owners of a list in which each may stand twice, in the native script and romanised (Google Patents on Japanese
 * documents): `出光興産株式会社, Idemitsu Kosan Co Ltd, 国立大学法人千葉大学, Univ Chiba Nat Univ Corp`. Names that
 * stand two by two, one of each script, are pairs. In any other mixture form does not say which belong together, and all of
 * them stay unpaired.
 */
export function doubledOwners(names: readonly string[]): PairedOwners {
  const found = withoutGlued(distinct(names))
  const natives = found.filter(isNative)
  if (found.length > 1 && found.some(isGlued)) return { holders: [], unpairedHolders: [...found] }
  if (natives.length === 0 || natives.length === found.length) return ownersOf(found)
  if (!standTwoByTwo(found)) return { holders: [], unpairedHolders: [...found] }
  const holders: ReadHolder[] = []
  for (let at = 0; at + 1 < found.length; at += 2) {
    const [first = '', second = ''] = [found[at], found[at + 1]]
    holders.push({ names: isNative(first) ? [first, second] : [second, first] })
  }
  return { holders, unpairedHolders: [] }
}

function standTwoByTwo(names: readonly string[]): boolean {
  return (
    names.length % 2 === 0 &&
    names.every((name, at) => at % 2 === 0 || isNative(name) !== isNative(names[at - 1] ?? ''))
  )
}

function distinct(names: readonly string[]): readonly string[] {
  if (names.length < 2) return names
  const seen = new Map<string, string>()
  for (const name of names) {
    // An ellipsis is an owner that the file does not name: who it is has to be asked.
    const key = nameKey(name) || (/^[.…‥]{2,}$|^[…‥]$/.test(name) ? '…' : '')
    if (key !== '' && !seen.has(key)) seen.set(key, name)
  }
  return [...seen.values()]
}

/** A native name with a romanised one of several words right after it. */
function isGlued(name: string): boolean {
  return isNative(name) && /[^ -~][A-Za-z]+ [A-Za-z]{2,}/.test(name.normalize('NFKC'))
}

/** `三星電子株式会社Ｓａｍｓｕｎｇ…` beside `三星電子株式会社`: a native and a romanised name run together say nothing new. */
function withoutGlued(names: readonly string[]): readonly string[] {
  if (names.length < 2) return names
  const keys = new Set(names.map(nameKey))
  return names.filter((name) => {
    const key = nameKey(name)
    const tail = key.search(/[a-z]{4}/)
    return tail < 2 || !isNative(key) || !keys.has(key.slice(0, tail))
  })
}
