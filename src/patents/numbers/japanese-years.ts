import type { NumberWarningCode } from './number.ts'

export type JapaneseYear = { year: number; spelled: 'H' | 'S' | 'T' | 'M' | undefined; warnings: NumberWarningCode[] }

/**
 * Western year of the year part of a number: `平8`, `H08`, `昭64`, `2009`, or two digits without an era.
 * Undefined for a year in which no number was given. `spelled` is the era as written.
 */
export function japaneseYear(era: string | undefined, digits: string): JapaneseYear | undefined {
  const count = digits === '元' ? 1 : Number(digits)
  if (era !== undefined) return yearOfEra(era.charAt(0), count)
  if (digits.length === 4)
    return count >= 1885 && count <= 2099 ? { year: count, spelled: undefined, warnings: [] } : undefined
  if (digits.length > 2) return undefined
  if (count >= 1 && count <= 12) {
    const warnings: NumberWarningCode[] = count === 12 ? ['era_not_written', 'era_after_1999'] : ['era_not_written']
    return { year: 1988 + count, spelled: 'H', warnings }
  }
  if (count >= 20 && count <= 64) return { year: 1925 + count, spelled: 'S', warnings: ['era_not_written'] }
  return undefined
}

/** Era letter and two-digit year as docdb writes years to 1999: 1996 → `H08`; 1989 is `H01` unless told `S`. */
export function eraSpelling(year: number, spelled?: string): string {
  if (year === 1989 && spelled === 'S') return 'S64'
  const [letter, before] = eraBefore(year)
  return `${letter}${String(year - before).padStart(2, '0')}`
}

/** `平8`, `昭60` as printed in Japanese. */
export function eraInJapanese(year: number, spelled?: string): string {
  if (year === 1989 && spelled === 'S') return '昭64'
  const [letter, before] = eraBefore(year)
  return `${eraNames[letter]}${year - before}`
}

function eraBefore(year: number): ['H' | 'S' | 'T' | 'M', number] {
  if (year >= 1989) return ['H', 1988]
  if (year >= 1926) return ['S', 1925]
  if (year >= 1912) return ['T', 1911]
  return ['M', 1867]
}

const eraNames = { H: '平', S: '昭', T: '大', M: '明' } as const

function yearOfEra(letter: string, count: number): JapaneseYear | undefined {
  if (count < 1) return undefined
  switch (letter) {
    case 'H':
    case '平':
      if (count > 31) return undefined
      return { year: 1988 + count, spelled: 'H', warnings: count > 11 ? ['era_after_1999'] : [] }
    case 'S':
    case '昭':
      return count > 64 ? undefined : { year: 1925 + count, spelled: 'S', warnings: [] }
    case 'T':
    case '大':
      return count > 15 ? undefined : { year: 1911 + count, spelled: 'T', warnings: [] }
    case 'M':
    case '明':
      return count < 18 || count > 45 ? undefined : { year: 1867 + count, spelled: 'M', warnings: [] }
    case 'R':
    case '令':
      return count > 80 ? undefined : { year: 2018 + count, spelled: undefined, warnings: ['reiwa_in_number'] }
    default:
      return undefined
  }
}
