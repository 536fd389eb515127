import { chineseCheckDigit } from './check-digits.ts'
import type { NumberType, NumberWarningCode, PatentNumber } from './number.ts'
import { nothing, patentNumberOf, type Reading, type Written } from './reading.ts'

/**
 * Numbers of the CNIPA: applications of 8 (to 2003) or 12 digits with their check digit, and publications of 7 or 9
 * digits. A granted right keeps its application number after `ZL`.
 */
export function readChina(written: Written): Reading {
  const granted = written.body.startsWith('ZL')
  const compact = (granted ? written.body.slice(2) : written.body).replace(/[ ,/-]/g, '')
  const checked = /^(\d{8}|\d{12})\.([\dX])$/.exec(compact) ?? /^(\d{12})([\dX])$/.exec(compact)
  const warnings: NumberWarningCode[] = granted ? ['application_number_of_granted'] : []
  if (checked?.[1] !== undefined) {
    if (chineseCheckDigit(checked[1]) !== checked[2]) warnings.push('check_digit_wrong')
    return applicationOf(checked[1], written.kind, warnings)
  }
  const digits = compact.replaceAll('.', '')
  if (!/^\d{5,12}$/.test(digits)) return nothing
  if (digits.length === 12) return applicationOf(digits, written.kind, warnings)
  const application = granted || written.wanted === 'application' || written.type?.endsWith('application') === true
  if (digits.length === 8) {
    // Until 1992 the publication had the digits of the application.
    const named = written.kind !== undefined || written.type !== undefined
    const year = Number(digits.slice(0, 2))
    const published = named && year >= 85 && year <= 92
    if (application || !published) return applicationOf(digits, written.kind, warnings)
    const type = written.kind === undefined ? written.type : typeOfKind(written.kind)
    return { numbers: [documentOf(digits, written.kind, type ?? 'publication')], warnings }
  }
  return digits.length <= 9 && !granted ? publicationsOf(digits, written) : nothing
}

/** A and B share the numbers of nine digits; those of seven are separate series, so both are possible without a kind. */
function publicationsOf(digits: string, written: Written): Reading {
  const { kind } = written
  const known = kind === undefined ? written.type : typeOfKind(kind)
  if (known !== undefined) return { numbers: [documentOf(digits, kind, known)], warnings: [] }
  const first = digits.charAt(0)
  if (first === '2') return { numbers: [documentOf(digits, kind, 'utility_model_grant')], warnings: [] }
  if (first === '3') return { numbers: [documentOf(digits, kind, 'design')], warnings: [] }
  if (digits.length === 9)
    return { numbers: [documentOf(digits, kind, written.wanted === 'grant' ? 'grant' : 'publication')], warnings: [] }
  return { numbers: [documentOf(digits, kind, 'publication'), documentOf(digits, kind, 'grant')], warnings: [] }
}

function documentOf(digits: string, kind: string | undefined, type: NumberType): PatentNumber {
  const found = patentNumberOf({ office: 'CN', type, number: digits, kind })
  return type === 'grant' && digits.length === 9 ? { ...found, key: `CN:publication:${digits}` } : found
}

function typeOfKind(kind: string | undefined): NumberType {
  switch (kind?.charAt(0)) {
    case 'B':
    case 'C':
      return 'grant'
    case 'U':
    case 'Y':
      return 'utility_model_grant'
    case 'S':
    case 'D':
      return 'design'
    default:
      return 'publication'
  }
}

// The digit after the year says what was applied for: 1 invention, 2 utility model, 3 design, 8 and 9 through the PCT.
function applicationOf(digits: string, given: string | undefined, warnings: NumberWarningCode[]): Reading {
  const yearDigits = digits.length === 12 ? digits.slice(0, 4) : digits.slice(0, 2)
  const year =
    digits.length === 12
      ? Number(yearDigits)
      : Number(yearDigits) >= 85
        ? 1900 + Number(yearDigits)
        : 2000 + Number(yearDigits)
  const sort = digits.charAt(yearDigits.length)
  if (year < 1985 || year > 2099 || !'12389'.includes(sort)) return nothing
  const utility = sort === '2' || sort === '9'
  const type = utility ? 'utility_model_application' : sort === '3' ? 'design_application' : 'application'
  const shown = `${digits}.${chineseCheckDigit(digits)}`
  const name = utility ? '実用新案登録出願' : sort === '3' ? '意匠登録出願' : '特許出願'
  const found = patentNumberOf({
    office: 'CN',
    type,
    number: digits,
    kind: given ?? (utility ? 'U' : sort === '3' ? 'S' : 'A'),
    year,
    epodoc: digits.length === 12 ? `CN${year}${digits.slice(4)}` : `CN${year}${digits.slice(2)}`,
    display: { ja: `中国${name}第${shown}号`, en: `CN application ${shown}` },
  })
  return { numbers: [{ ...found, key: `CN:application:${digits}` }], warnings }
}
