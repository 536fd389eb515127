import { eraInJapanese, eraSpelling } from './japanese-years.ts'
import type { NumberType, PatentNumber } from './number.ts'
import { patentNumberOf, shownKind } from './reading.ts'

/**
 * A document of a yearly series. `serial` has no leading zeros; `spelled` is the era written, which only matters in 1989,
 * when 昭64 and 平1 number one series.
 */
export function japaneseDocument(
  type: NumberType,
  year: number,
  serial: string,
  kind: string | undefined,
  spelled: string | undefined,
): PatentNumber {
  if (type.endsWith('application')) return applicationOf(type, year, serial, kind)
  const six = serial.padStart(6, '0')
  const shownYear = year >= 2000 ? String(year) : eraInJapanese(year, spelled)
  const shownSerial = year >= 2000 ? six : serial
  const shown = kind ?? onlyKind(type, year)
  const english = year >= 2000 ? `${year}-${six}` : `${eraSpelling(year, spelled)}-${serial}`
  return patentNumberOf({
    office: 'JP',
    type,
    number: year >= 2000 ? `${year}${six}` : `${eraSpelling(year, spelled)}${serial}`,
    kind: shown,
    year,
    display: { ja: `${seriesName(type, serial)}${shownYear}-${shownSerial}`, en: `JP ${english}${shownKind(shown)}` },
    keyNumber: year >= 2000 ? `${year}${six}` : `${eraSpelling(year)}${serial}`,
  })
}

/** 特許第n号, 実用新案登録第n号, 意匠登録第n号: numbered through, without a year. */
export function japaneseRegistration(
  type: 'grant' | 'utility_model_grant' | 'design',
  digits: string,
  given: string | undefined,
): PatentNumber {
  const kind = given ?? registrationKind(type, Number(digits))
  const letter = kind?.charAt(0) ?? (Number(digits) > 2_500_000 ? 'B' : '')
  return patentNumberOf({
    office: 'JP',
    type,
    number: digits,
    kind,
    epodoc: `JP${digits}${letter}`,
    display: { ja: `${registrationNames[type]}第${digits}号`, en: `JP ${digits}${shownKind(kind)}` },
  })
}

/** 再公表 of an international publication; the series has the one kind A1. */
export function japaneseRepublication(year: number, serial: string, kind = 'A1'): PatentNumber {
  return patentNumberOf({
    office: 'JP',
    type: 'republication',
    number: `WO${year}${serial}`,
    kind,
    year,
    display: { ja: `再表${year}/${serial}`, en: `JP WO${year}/${serial} ${kind}` },
    keyNumber: `${year}${serial}`,
  })
}

const registrationNames = { grant: '特許', utility_model_grant: '実用新案登録', design: '意匠登録' } as const

function applicationOf(type: NumberType, year: number, serial: string, given: string | undefined): PatentNumber {
  const utility = type === 'utility_model_application'
  const kind = given ?? (type === 'application' ? 'A' : utility ? 'U' : 'S')
  const six = serial.padStart(6, '0')
  const name = type === 'application' ? '特願' : utility ? '実願' : '意願'
  const shownYear = year >= 2000 ? String(year) : eraInJapanese(year)
  const english = utility
    ? 'utility model application'
    : type === 'design_application'
      ? 'design application'
      : 'application'
  return patentNumberOf({
    office: 'JP',
    type,
    number: year >= 2000 || type === 'design_application' ? `${year}${six}` : `${serial}${String(year).slice(2)}`,
    kind,
    year,
    epodoc: `JP${year}0${six}${type === 'application' ? '' : kind}`,
    display: {
      ja: `${name}${shownYear}-${year >= 2000 ? six : serial}`,
      en: `JP ${english} ${year}-${six}`,
    },
    keyNumber: `${year}${six}`,
  })
}

// Kohyo, the translation of an international application, has the serials from 500,001 on of the kokai series.
function seriesName(type: NumberType, serial: string): string {
  if (type === 'examined_publication') return '特公'
  if (type === 'utility_model_publication') return Number(serial) > 500_000 ? '実表' : '実開'
  if (type === 'utility_model_examined_publication') return '実公'
  return Number(serial) > 500_000 ? '特表' : '特開'
}

// From 1980 on what was examined had been published before, so B2 and Y2 are the only kinds; earlier both occur.
function onlyKind(type: NumberType, year: number): string | undefined {
  if (type === 'publication') return 'A'
  if (type === 'utility_model_publication') return 'U'
  if (year < 1980) return undefined
  return type === 'examined_publication' ? 'B2' : 'Y2'
}

// B1 and B2 share the patent numbers; utility models from 3,000,001 on are all U, designs all S.
function registrationKind(type: 'grant' | 'utility_model_grant' | 'design', serial: number): string | undefined {
  if (type === 'design') return 'S'
  return type === 'utility_model_grant' && serial > 3_000_000 ? 'U' : undefined
}
