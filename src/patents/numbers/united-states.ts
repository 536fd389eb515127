import { readReceivingOffice } from './international.ts'
import type { NumberType, PatentNumber } from './number.ts'
import { nothing, patentNumberOf, type Reading, shownKind, unpadded, type Written, withThousands } from './reading.ts'

/** Numbers of the USPTO: grants, D, PP, RE, H and other prefixes, publications in 9 to 11 digits, applications. */
export function readUnitedStates(written: Written): Reading {
  const { body, kind, wanted, type } = written
  const slashed = /^(\d{2}|\d{4}) ?[/-] ?(\d[\d, ]*)$/.exec(body)
  if (slashed?.[1] !== undefined && slashed[2] !== undefined) {
    const serial = slashed[2].replace(/[, ]/g, '')
    return slashed[1].length === 2 ? ofSeries(slashed[1], serial, kind) : ofYear(written, slashed[1], serial)
  }
  const compact = body.replace(/[ .,/-]/g, '')
  const prefixed = prefixes.exec(compact)
  if (prefixed?.[1] !== undefined && prefixed[2] !== undefined) return readPrefixed(prefixed[1], prefixed[2], kind)
  if (!/^\d{1,13}$/.test(compact)) return nothing
  const application = ((wanted === 'application' || type === 'application') && !kind?.startsWith('B')) || kind === 'P'
  if (compact.length >= 9) return readYearDigits(written, compact, application)
  const digits = unpadded(compact)
  if (digits === '0') return nothing
  if (type !== undefined && type in prefixOfType) return readPrefixed(prefixOfType[type] ?? '', digits, kind)
  if (application) return readApplicationDigits(compact, kind)
  if (kind?.startsWith('A') && Number(digits) > lastGrantOfKindA) return readApplicationDigits(compact, kind)
  const grant = only(grantOf(digits, kind))
  const bySeries =
    kind === undefined && digits.length === 8 && type !== 'grant'
      ? ofSeries(digits.slice(0, 2), digits.slice(2), kind)
      : nothing
  return {
    numbers: Number(digits) > 20_000_000 ? bySeries.numbers : [...grant.numbers, ...bySeries.numbers],
    warnings: [],
  }
}

const prefixes = /^(D|PP|RE|RX|AI|T|H|X)0*([1-9]\d{0,7})$/
const prefixOfType: Readonly<Record<string, string>> = { design: 'D', plant: 'PP', reissue: 'RE' }

const typesOfPrefix: Readonly<Record<string, NumberType>> = {
  D: 'design',
  PP: 'plant',
  RE: 'reissue',
  RX: 'reissue',
  AI: 'grant',
  X: 'grant',
  T: 'publication',
  H: 'publication',
}

// The last grant of kind A was issued on 2 January 2001; a higher number with A is an application in docdb's spelling.
const lastGrantOfKindA = 6_167_568

// Series codes of applications in use: 02 to 19 utility, 29 design, 35 Hague, 60 to 63 provisional, 90 to 96 re-examination.
const seriesInUse = /^(?:0[2-9]|1\d|29|35|6[0-3]|9[0-6])$/

// Re-examination control numbers: 90/012,345, 95/000,486.
const reexaminationSerialMax = '099999'

function readPrefixed(prefix: string, digits: string, kind: string | undefined): Reading {
  const type = typesOfPrefix[prefix] ?? 'grant'
  const name =
    { design: '米国意匠特許第', plant: '米国植物特許第', reissue: '米国再発行特許第' }[String(type)] ?? '米国特許第'
  const found = patentNumberOf({
    office: 'US',
    type,
    number: `${prefix}${digits}`,
    kind,
    display: {
      ja: `${name}${prefix}${digits}号`,
      en: `US ${prefix}${withThousands(digits)}${shownKind(kind)}`,
    },
  })
  return only(
    type === 'design' || type === 'plant' || prefix === 'RE' ? { ...found, key: `US:${type}:${digits}` } : found,
  )
}

function grantOf(digits: string, kind: string | undefined): PatentNumber {
  return patentNumberOf({
    office: 'US',
    type: 'grant',
    number: digits,
    kind,
    display: { ja: `米国特許第${digits}号`, en: `US ${withThousands(digits)}${shownKind(kind)}` },
  })
}

/** Publications by year: 11 digits as printed, 10 in docdb, 9 shortened; applications of epodoc by year and serial. */
function readYearDigits(written: Written, digits: string, application: boolean): Reading {
  const year = digits.slice(0, 4)
  if (digits.length === 12 && Number(year) >= 2001) return bySeriesOfYear(year, digits.slice(4), written.kind)
  if (digits.length === 11 && (application || Number(year) < firstPublicationYear)) {
    return byYear(Number(year), digits.slice(4), written.kind)
  }
  return ofYear(written, year, digits.slice(4))
}

const firstPublicationYear = 2001

/** `2005/0215160`: publication; with six digits after the slash also an international application from the US. */
function ofYear(written: Written, yearDigits: string, serialDigits: string): Reading {
  const year = Number(yearDigits)
  const serial = unpadded(serialDigits)
  if (written.type === 'application' && serial.length <= 6) return byYear(year, serial, written.kind)
  const international =
    written.body.includes('/') && serialDigits.length === 6 && (written.kind === undefined || written.kind === 'W')
      ? readReceivingOffice(written).numbers
      : []
  if (
    year < firstPublicationYear ||
    year > 2099 ||
    serial === '0' ||
    serial.length > 7 ||
    written.kind?.startsWith('B')
  ) {
    return { numbers: international, warnings: international.length > 0 ? [] : ['kind_does_not_fit'] }
  }
  const seven = serial.padStart(7, '0')
  const publication = patentNumberOf({
    office: 'US',
    type: 'publication',
    number: `${year}${serial.padStart(6, '0')}`,
    kind: written.kind,
    year,
    display: {
      ja: `米国特許出願公開第${year}/${seven}号`,
      en: `US ${year}/${seven}${shownKind(written.kind)}`,
    },
    keyNumber: `${year}${seven}`,
  })
  return { numbers: [publication, ...international], warnings: [] }
}

function readApplicationDigits(digits: string, kind: string | undefined): Reading {
  const series = digits.length === 8 ? ofSeries(digits.slice(0, 2), digits.slice(2), kind) : nothing
  const year = Number(digits.slice(-2))
  const serial = digits.slice(0, -2)
  const late = year <= 10 ? 2000 + year : 1900 + year
  const byDocdb =
    kind !== undefined && serial.length > 0 && (year <= 10 || year >= 50)
      ? byYear(late, serial.padStart(7, '0'), kind)
      : nothing
  return { numbers: [...series.numbers, ...byDocdb.numbers], warnings: [] }
}

/** `14/123,456`: series code and serial. Provisional series have the kind P, all others A. */
function ofSeries(series: string, serial: string, given: string | undefined): Reading {
  if (serial.length !== 6 || !seriesInUse.test(series)) return nothing
  if (series.startsWith('9') && serial > reexaminationSerialMax) return nothing
  const provisional = series.startsWith('6')
  const kind = given ?? (provisional ? 'P' : 'A')
  if ((kind === 'P') !== provisional) return nothing
  const shown = `${series}/${withThousands(serial)}`
  return only(
    patentNumberOf({
      office: 'US',
      type: 'application',
      number: `${series}${serial}`,
      kind,
      display: { ja: `米国特許出願第${shown}号`, en: `US application ${shown}` },
    }),
  )
}

/** docdb and epodoc from 2011 on: year, series code, serial (`US201414512927A`); the key leaves the year out. */
function bySeriesOfYear(year: string, digits: string, kind: string | undefined): Reading {
  const read = ofSeries(digits.slice(0, 2), digits.slice(2), kind).numbers[0]
  if (read === undefined) return nothing
  const number = `${year}${digits}`
  const suffix = read.kind === 'P' ? 'P' : ''
  return only({
    ...read,
    number,
    year: Number(year),
    docdb: `US-${number}-${read.kind ?? 'A'}`,
    epodoc: `US${number}${suffix}`,
  })
}

/** docdb and epodoc to 2010: serial without series code, and the year of filing. */
function byYear(year: number, serialDigits: string, given: string | undefined): Reading {
  const serial = unpadded(serialDigits)
  if (serial === '0' || serial.length > 6 || year < 1900) return nothing
  const kind = given ?? 'A'
  return only(
    patentNumberOf({
      office: 'US',
      type: 'application',
      number: `${serial}${String(year).slice(2)}`,
      kind,
      year,
      epodoc: `US${year}${serial.padStart(7, '0')}${kind === 'P' ? 'P' : ''}`,
      display: { ja: `米国特許出願第${year}/${serial}号`, en: `US application ${year}/${withThousands(serial)}` },
      keyNumber: `${year}-${serial.padStart(6, '0')}`,
    }),
  )
}

function only(number: PatentNumber): Reading {
  return { numbers: [number], warnings: [] }
}
