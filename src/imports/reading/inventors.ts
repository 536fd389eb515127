import { isNative, nameKey, tidyName } from './names.ts'
import type { ReadInventor } from './row.ts'

/** Each name an inventor; the same name written twice is one. */
export function inventorsOf(names: readonly string[]): ReadInventor[] {
  const seen = new Map<string, ReadInventor>()
  for (const name of names) {
    const key = nameKey(name)
    if (key !== '' && !seen.has(key)) seen.set(key, { name })
  }
  return [...seen.values()]
}

/**
 * Inventors of a Japanese document as Google Patents lists them: `宮下　徳彦, 徳彦 宮下` is one person, first as the office
 * prints the name and then with the given name first; romanised names come in between, one for each or for none.
 */
export function doubledInventors(names: readonly string[]): ReadInventor[] {
  const natives = new Map<string, { name: string; printed: boolean }>()
  const romanised = new Map<string, string>()
  for (const given of names) {
    const name = tidyName(given)
    if (name === '') continue
    if (!isNative(name)) {
      const key = nameKey(name)
      if (key !== '' && !romanised.has(key)) romanised.set(key, name)
      continue
    }
    const parts = name.split(/[ \u3000]+/)
    const printed = name.includes('\u3000')
    const key = parts.map(nameKey).sort().join(' ')
    const known = natives.get(key)
    if (known === undefined || (printed && !known.printed))
      natives.set(key, { name: familyFirst(parts, printed), printed })
  }
  if (natives.size === 0) return [...romanised.values()].map((name) => ({ name }))
  const inLatin = natives.size === romanised.size ? [...romanised.values()] : []
  return [...natives.values()].map(({ name }, at) => {
    const latin = inLatin[at]
    return latin === undefined ? { name } : { name, romanised: latin }
  })
}

// Names of foreigners in katakana are printed as they are; Google turns the others round.
function familyFirst(parts: readonly string[], printed: boolean): string {
  const [first = '', second = ''] = parts
  if (parts.length !== 2 || printed || parts.every((part) => /^[\u30a0-\u30ff]+$/.test(part))) return parts.join(' ')
  return `${second} ${first}`
}
