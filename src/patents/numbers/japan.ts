import { trimSeparators } from './clean.ts'
import { readInternationalDigits } from './international-digits.ts'
import { japaneseDocument, japaneseRegistration, japaneseRepublication } from './japanese-documents.ts'
import { type JapaneseYear, japaneseYear } from './japanese-years.ts'
import type { NumberType } from './number.ts'
import { nothing, type Reading, unpadded, type Written } from './reading.ts'

/**
 * Numbers of the Japan Patent Office: kokai, kohyo, kokoku, republication, registration, application, utility model,
 * design; in Japanese words, docdb, epodoc, Google's and the old two-digit spellings.
 */
export function readJapan(written: Japanese): Reading {
  const body = written.body.replaceAll(',', '')
  if (body.startsWith('WO') || written.type === 'republication') return readRepublication(written)
  const marked = markedKind.exec(body)
  if (marked?.[1] !== undefined && written.kind === undefined) {
    return readJapan({ ...written, body: body.slice(marked[0].length), kind: marked[1] })
  }
  const match = shape.exec(body)
  if (match === null) return nothing
  const [, era, first = '', second] = match
  if (era !== undefined && second === undefined) {
    if (first.length < 3) return nothing
    return readYearAndSerial({ ...written, packed: true }, japaneseYear(era, first.slice(0, 2)), first.slice(2))
  }
  if (second !== undefined) return readYearAndSerial(written, japaneseYear(era, first), second)
  return /^\d+$/.test(first) ? readDigits(written, first) : nothing
}

// `packed`: era, year and serial run together (JPH08007001), which only publications do.
type Japanese = Written & { packed?: boolean }

// 平8-7001, H08007001, 2009-123456, 57/108817, 4567890
const shape = /^(明治?|大正?|昭和?|平成?|令和?|[MTSHR])?[-. ]?(\d{1,13}|元)(?:[-/. ](\d{1,7}))?$/
// JP-A-2009-123456 and JP-B-H08-12345, as English texts write kokai and kokoku.
const markedKind = /^([ABUY])[-. ]?(?=[\dHS])/

function readRepublication(written: Written): Reading {
  const body = trimSeparators(written.body.startsWith('WO') ? written.body.slice(2) : written.body)
  const read = readInternationalDigits(body)[0]
  if (read === undefined) return nothing
  return { numbers: [japaneseRepublication(read.year, read.serial, written.kind)], warnings: [] }
}

function readYearAndSerial(written: Japanese, found: JapaneseYear | undefined, serialDigits: string): Reading {
  const serial = unpadded(serialDigits)
  if (found === undefined || serial === '0' || serial.length > 6) return nothing
  const types = typesOf(written, found.year, Number(serial))
  if (types.length === 0) return { numbers: [], warnings: ['kind_does_not_fit'] }
  const numbers = types.map((type) => japaneseDocument(type, found.year, serial, written.kind, found.spelled))
  const twice = found.year === 1989 && types.some((type) => !type.endsWith('application'))
  return { numbers, warnings: twice ? [...found.warnings, 'two_spellings_1989'] : found.warnings }
}

/** The documents of a year's series that a word or a kind code allows; without both, every one there was that year. */
function typesOf(written: Japanese, year: number, serial: number): NumberType[] {
  if (written.type !== undefined) {
    const ended = written.type.endsWith('examined_publication') && year > lastExaminedYear
    return yearlyTypes.has(written.type) && !ended ? [written.type] : []
  }
  const application = written.wanted === 'application'
  switch (written.kind?.charAt(0)) {
    case undefined:
      return unmarkedTypes(written, year, serial)
    case 'A':
    case 'T':
    case 'P':
      return [application ? 'application' : 'publication']
    case 'B':
      return year <= lastExaminedYear ? ['examined_publication'] : []
    case 'U':
      return [application ? 'utility_model_application' : 'utility_model_publication']
    case 'Y':
      return year <= lastExaminedYear ? ['utility_model_examined_publication'] : []
    case 'S':
      return ['design_application']
    default:
      return ['publication']
  }
}

const yearlyTypes = new Set<NumberType>([
  'application',
  'publication',
  'examined_publication',
  'utility_model_application',
  'utility_model_publication',
  'utility_model_examined_publication',
  'design_application',
])

// 特公 ended with the March of 1996; its serials never reached 150,000. 特開 began in 1971.
const lastExaminedYear = 1996
const examinedSerialMax = 150_000
const firstKokaiYear = 1971

function unmarkedTypes(written: Japanese, year: number, serial: number): NumberType[] {
  const types: NumberType[] = written.packed === true ? [] : ['application']
  if (year >= firstKokaiYear) types.unshift('publication')
  if (year >= 1922 && year <= lastExaminedYear && serial <= examinedSerialMax) types.push('examined_publication')
  return types
}

function readDigits(written: Written, padded: string): Reading {
  const digits = padded.length > 11 ? unpadded(padded) : padded
  const { type } = written
  if (type === 'grant' || type === 'utility_model_grant' || type === 'design')
    return readRegistration(written, type, digits)
  switch (digits.length) {
    case 10:
      return readYearAndSerial(written, japaneseYear(undefined, digits.slice(0, 4)), digits.slice(4))
    case 11:
      return readElevenDigits(written, digits)
    case 8:
      return readEightDigits(written, digits)
    default:
      return digits.length <= 7 ? readShortDigits(written, digits) : nothing
  }
}

/** epodoc of an application: year and seven digits, `JP20080123456`. */
function readElevenDigits(written: Written, digits: string): Reading {
  const type = written.type ?? (written.kind?.startsWith('U') ? 'utility_model_application' : 'application')
  if (digits.charAt(4) !== '0' || !type.endsWith('application')) return nothing
  if (written.kind !== undefined && !/^[AUPS]/.test(written.kind))
    return { numbers: [], warnings: ['kind_does_not_fit'] }
  return readYearAndSerial({ ...written, type }, japaneseYear(undefined, digits.slice(0, 4)), digits.slice(5))
}

/** Two-digit year and six-digit serial, docdb's serial and year of an application, or a registration after a zero. */
function readEightDigits(written: Written, digits: string): Reading {
  const registered = written.kind === undefined ? undefined : registrations[written.kind.charAt(0)]
  if (digits.startsWith('0') && registered !== undefined && registered !== 'design' && written.kind !== 'U') {
    return readRegistration(written, registered, unpadded(digits))
  }
  return readYearOrSerialFirst(written, digits, 2)
}

/** Up to seven digits: a registration, the old one-digit year and six, or docdb's serial and year of an application. */
function readShortDigits(written: Written, digits: string): Reading {
  const { kind, type } = written
  if (type !== undefined) return readYearOrSerialFirst(written, digits, 1)
  if (written.wanted === 'application' && (kind === undefined || /^[AU]/.test(kind))) {
    const serialFirst = readSerialAndYear(written, digits, nothing)
    if (serialFirst.numbers.length > 0) return serialFirst
  }
  if (kind === undefined) return readUnmarkedRegistration(written, digits)
  const registered = registrations[kind.charAt(0)]
  if (registered === 'utility_model_grant' && kind.startsWith('U') && Number(digits) < firstUnexaminedUtilityModel) {
    return readYearOrSerialFirst(written, digits, 1)
  }
  if (registered !== undefined) return readRegistration(written, registered, digits)
  return kind.startsWith('A') ? readYearOrSerialFirst(written, digits, 1) : nothing
}

const registrations: Readonly<Record<string, 'grant' | 'utility_model_grant' | 'design'>> = {
  B: 'grant',
  C: 'grant',
  U: 'utility_model_grant',
  Y: 'utility_model_grant',
  S: 'design',
}

// Utility models registered without examination (from July 1994) are numbered from here on.
const firstUnexaminedUtilityModel = 3_000_001

function readUnmarkedRegistration(written: Written, digits: string): Reading {
  const patent = readRegistration(written, 'grant', digits)
  const serial = Number(digits)
  // Both the patents of 1999 to 2002 and the utility models since 1994 have numbers in this range.
  if (serial < firstUnexaminedUtilityModel || serial > 3_400_000) return patent
  const utilityModel = readRegistration(written, 'utility_model_grant', digits)
  return { numbers: [...patent.numbers, ...utilityModel.numbers], warnings: patent.warnings }
}

function readRegistration(written: Written, type: 'grant' | 'utility_model_grant' | 'design', padded: string): Reading {
  const digits = unpadded(padded)
  if (digits === '0' || digits.length > 7) return nothing
  const old = type === 'grant' && Number(digits) <= lastOldLawPatent
  return { numbers: [japaneseRegistration(type, digits, written.kind)], warnings: old ? ['old_law'] : [] }
}

const lastOldLawPatent = 2_500_000

function readYearOrSerialFirst(written: Written, digits: string, yearLength: 1 | 2): Reading {
  const yearFirst =
    digits.length === yearLength + 6
      ? readTwoDigitYear(written, digits.slice(0, yearLength), digits.slice(yearLength))
      : nothing
  const serialFirst = readSerialAndYear(written, digits, yearFirst)
  return {
    numbers: [...yearFirst.numbers, ...serialFirst.numbers],
    warnings: yearFirst.numbers.length === 0 && serialFirst.numbers.length > 0 ? [] : yearFirst.warnings,
  }
}

/** `JP8007001A`, `JP58002167U`: the year of the era in one or two digits, then six digits. */
function readTwoDigitYear(written: Written, yearDigits: string, serialDigits: string): Reading {
  const found = japaneseYear(undefined, yearDigits)
  const serial = Number(serialDigits)
  if (found === undefined || (written.wanted === 'application' && written.type === undefined)) return nothing
  const type = written.type
  if (type !== undefined && !yearlyTypes.has(type)) return nothing
  const utility = written.kind?.startsWith('U') || written.kind?.startsWith('Y')
  if (type === undefined && (found.year < firstKokaiYear || found.year > 1999 || !wasPublished(serial, utility)))
    return nothing
  return readYearAndSerial(written, found, serialDigits)
}

// Kokai serials stay under 450,000 a year and kohyo has 500,001 to 599,999; utility models stay under 250,000.
function wasPublished(serial: number, utility: boolean | undefined): boolean {
  if (utility === true) return serial < 250_000
  return serial < 450_000 || (serial > 500_000 && serial < 600_000)
}

/** docdb's applications to 1999: serial without zeros, then two digits of the Western year (`12345698`). */
function readSerialAndYear(written: Written, digits: string, other: Reading): Reading {
  const { kind, type } = written
  const year = 1900 + Number(digits.slice(-2))
  const serial = digits.slice(0, -2)
  if (year < 1950 || serial === '' || serial.startsWith('0')) return nothing
  const utility = type === 'utility_model_application' || kind?.startsWith('U') === true
  // Serials over 500,000 came with the applications through the PCT, from 1978 on.
  if (!wasPublished(Number(serial), utility) || (Number(serial) > 500_000 && year < 1978)) return nothing
  if (type !== undefined && !type.endsWith('application')) return nothing
  if (type === undefined && written.wanted !== 'application') {
    if (kind === undefined ? other.numbers.length === 0 : !/^[AU]/.test(kind)) return nothing
  }
  const meant = type ?? (utility ? 'utility_model_application' : 'application')
  return { numbers: [japaneseDocument(meant, year, serial, kind, undefined)], warnings: [] }
}
