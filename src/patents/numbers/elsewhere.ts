import type { NumberType, PatentNumber } from './number.ts'
import { nothing, patentNumberOf, type Reading, unpadded, type Written } from './reading.ts'

/**
 * Numbers of all other offices: letters, digits, kind. What the kind code says decides the type; epodoc's applications
 * (year and seven digits) are turned into docdb's spelling where that office's rule is known.
 */
export function readElsewhere(written: Written): Reading {
  const { office, kind } = written
  const compact = withoutCheckDigit(office, written.body).replace(/[ ,/-]/g, '')
  if (office === 'DE') {
    const old = readOldGerman(written, compact)
    if (old !== undefined) return { numbers: [old], warnings: [] }
  }
  if (office === 'AP') {
    const regional = /^P?(?:(\d{4})(\d{6})|1920(\d{2})(\d{5}))$/.exec(compact)
    if (regional !== null && (written.body.startsWith('P') || compact.startsWith('1920')))
      return readRegional(compact, kind)
  }
  if (office === 'FR') {
    const old = readOldFrench(compact, kind)
    if (old !== undefined) return only(old)
  }
  const number = compact.replaceAll('.', '')
  if (!shape.test(number) || (kind === undefined && calendarYear.test(number))) return nothing
  const yearly = /^((?:18|19|20)\d{2})(\d{7})([A-Z])?$/.exec(number)
  if (yearly?.[1] !== undefined && yearly[2] !== undefined && (kind === undefined || /^[AUPD]/.test(kind))) {
    const converted = fromYearAndSerial(written, yearly[1], yearly[2])
    if (converted !== undefined) return only(converted)
  }
  return only(documentOf(written, number))
}

// Serial letters (PI, VR, MI …) come first; a single letter may end the number (FR 1258197X, GB 190621120D).
const shape = /^[A-Z]{0,4}\d{2,14}(?:[A-Z]\d{4,8}|[A-Z])?$/
// "In 2009" is no Indian patent.
const calendarYear = /^(?:19|20)\d{2}$/

/** German and Brazilian files carry a check digit: `102010041668.5`, `PI0401234-5`. */
function withoutCheckDigit(office: string, body: string): string {
  if (office === 'DE' && /\d{2}\.\d$/.test(body)) return body.slice(0, -2)
  return office === 'BR' && /\d-\d$/.test(body) ? body.slice(0, -2) : body
}

// Offices whose published application and granted patent keep one number.
const officesWithOneNumber = new Set(['AU', 'CA', 'DE', 'FR', 'GB'])

function documentOf(written: Written, number: string): PatentNumber {
  const { office, kind } = written
  const type = written.type ?? typeOf(written)
  const space = spaceOf(office, type, kind)
  const epodoc =
    office === 'MD' && type === 'application' && number.length === 8
      ? `MD${number.slice(0, 4)}000${number.slice(4)}`
      : undefined
  const found = patentNumberOf({ office, type, number, kind, epodoc })
  return space === undefined ? found : { ...found, key: `${office}:${space}:${number}` }
}

function typeOf(written: Written): NumberType {
  const { kind, office } = written
  if (kind === undefined)
    return written.wanted ?? (office === 'TW' && /^[A-Z]/.test(written.body) ? taiwanese(written.body) : 'publication')
  if (kind === 'D0') return 'application'
  if (written.wanted === 'application' && /^[APDU]\d?$/.test(kind))
    return kind.startsWith('U') ? 'utility_model_application' : 'application'
  switch (kind.charAt(0)) {
    case 'B':
    case 'C':
      return 'grant'
    case 'E':
      return office === 'CA' ? 'reissue' : 'publication'
    case 'P':
      return 'application'
    case 'S':
      return 'design'
    case 'U':
    case 'Y':
    case 'Z':
      return 'utility_model_grant'
    default:
      return 'publication'
  }
}

function taiwanese(body: string): NumberType {
  if (body.startsWith('M')) return 'utility_model_grant'
  return body.startsWith('D') ? 'design' : 'grant'
}

function spaceOf(office: string, type: NumberType, kind: string | undefined): string | undefined {
  // German T1 has the number of the European publication, T2 and T3 one of the German series.
  if (office === 'DE' && kind === 'T1') return 'translation'
  if (office === 'TW') return type === 'publication' && kind === undefined ? 'publication' : undefined
  if (type === 'grant' && officesWithOneNumber.has(office)) return 'publication'
  return undefined
}

/** German files to 1967: a letter and a serial, `G34437`, in epodoc after the year (`DE1962G034437`). */
function readOldGerman(written: Written, compact: string): PatentNumber | undefined {
  const match = /^((?:19)\d{2})?([A-Z])(\d{4,7})$/.exec(compact)
  if (match === null || (written.kind !== undefined && written.kind !== 'A')) return undefined
  const [, year, letter = '', serial = ''] = match
  const digits = unpadded(serial)
  const number = `${letter}${digits.padStart(7, '0')}`
  const epodoc = year === undefined ? `DE${number}` : `DE${year}${letter}${digits.padStart(6, '0')}`
  return applicationOf('DE', number, written.kind, year === undefined ? undefined : Number(year), epodoc)
}

/** French applications with an X, which stands first in epodoc and last in docdb (`FR-1258197X-A`). */
function readOldFrench(compact: string, kind: string | undefined): PatentNumber | undefined {
  const digits = /^X(\d{5,7})$/.exec(compact)?.[1] ?? (kind === 'X' ? /^\d{5,7}$/.exec(compact)?.[0] : undefined)
  const lettered = /^(\d{5,7})X$/.exec(compact)?.[1] ?? digits
  if (lettered === undefined) return undefined
  return applicationOf('FR', `${lettered}X`, kind === 'X' ? undefined : kind, undefined, `FRX${lettered}`)
}

/** ARIPO: `AP/P/2000/001988`; epodoc writes the year as 1920 and two digits. */
function readRegional(compact: string, kind: string | undefined): Reading {
  const digits = compact.startsWith('P') ? compact.slice(1) : `20${compact.slice(4, 6)}0${compact.slice(6)}`
  const year = Number(digits.slice(0, 4))
  const epodoc = `AP1920${String(year).slice(2)}${digits.slice(5)}`
  return only(applicationOf('AP', digits, kind, year, epodoc))
}

function fromYearAndSerial(written: Written, yearDigits: string, serialDigits: string): PatentNumber | undefined {
  const { office, kind } = written
  const year = Number(yearDigits)
  const serial = unpadded(serialDigits)
  const epodoc = `${office}${yearDigits}${serialDigits}`
  switch (office) {
    case 'PT':
    case 'YU':
      return applicationOf(office, `${serial}${yearDigits.slice(2)}`, kind, year, epodoc)
    case 'CA':
      return applicationOf(office, serial, kind, year, epodoc)
    case 'FR':
      return applicationOf(
        office,
        year < 1969 ? serial : `${yearDigits.slice(2)}${serial.padStart(5, '0')}`,
        kind,
        year,
        epodoc,
      )
    case 'AU':
      return applicationOf(office, `${yearDigits}${serial.padStart(6, '0')}`, kind, year, epodoc)
    case 'MD':
      return applicationOf(office, `${yearDigits}${serial.padStart(4, '0')}`, kind, year, epodoc)
    default:
      return undefined
  }
}

function applicationOf(
  office: string,
  number: string,
  given: string | undefined,
  year: number | undefined,
  epodoc: string,
): PatentNumber {
  return patentNumberOf({ office, type: 'application', number, kind: given ?? 'A', year, epodoc })
}

function only(number: PatentNumber): Reading {
  return { numbers: [number], warnings: [] }
}
