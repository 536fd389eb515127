import { internationalYear, readInternationalDigits } from './international-digits.ts'
import type { PatentNumber } from './number.ts'
import { isOffice } from './offices.ts'
import { nothing, patentNumberOf, type Reading, shownKind, type Written } from './reading.ts'

/** International publications (`WO 99/23997 A1`) and epodoc's applications (`WO2022IB55385`). */
export function readInternational(written: Written): Reading {
  const application = applicationInside.exec(written.body)
  if (application !== null) {
    const [, year = '', office = '', serial = ''] = application
    return readInternationalApplication(office, year, serial)
  }
  const read = readInternationalDigits(written.body)
  return { numbers: read.map(({ year, serial }) => publicationOf(year, serial, written.kind)), warnings: [] }
}

const applicationInside = /^(\d{4})([A-Z]{2})(\d{1,6})$/

/** `PCT/JP2004/000123`, `PCT/US98/16128`; undefined when the text is something else. */
export function readPct(text: string): Reading | undefined {
  const match = pct.exec(text)
  if (match === null) return undefined
  const [, office = '', year = '', serial = ''] = match
  return readInternationalApplication(office, year, serial)
}

const pct = /PCT ?[/ -]? ?([A-Z]{2}) ?[/-]? ?(\d{4}|\d{2}) ?[/-] ?(\d{3,7})(?:[-. ]?[AW])?$/
const packed = /^PCT ?([A-Z]{2})(\d{4})(\d{6})(?:[-. ]?[AW])?$/

/** `PCTJP2004000123`, without separators. */
export function readPackedPct(text: string): Reading | undefined {
  const match = packed.exec(text)
  if (match === null) return undefined
  const [, office = '', year = '', serial = ''] = match
  return readInternationalApplication(office, year, serial)
}

/** Number of kind W of a receiving office: docdb's `JP-2004000123-W`, `GB-0204635-W`, or `US2008/086599`. */
export function readReceivingOffice(written: Written): Reading {
  const split = /^(\d{4}|\d{2}) ?[/-] ?(\d{1,7})$/.exec(written.body)
  if (split?.[1] !== undefined && split[2] !== undefined) {
    return readInternationalApplication(written.office, split[1], split[2])
  }
  const digits = written.body.replace(/[ .,-]/g, '')
  if (/^\d{7}$/.test(digits)) return readInternationalApplication(written.office, digits.slice(0, 2), digits.slice(2))
  if (/^\d{9,11}$/.test(digits))
    return readInternationalApplication(written.office, digits.slice(0, 4), digits.slice(4))
  return nothing
}

function readInternationalApplication(office: string, yearDigits: string, serialDigits: string): Reading {
  const year = internationalYear(yearDigits)
  const serial = serialDigits.replace(/^0+/, '')
  if (year === undefined || !isOffice(office) || serial === '' || serial.length > 6) return nothing
  const six = serial.padStart(6, '0')
  const five = serial.padStart(5, '0')
  const number = year < 2004 && serial.length < 6 ? `${String(year).slice(2)}${five}` : `${year}${six}`
  const shown = `PCT/${office}${year}/${six}`
  const found = patentNumberOf({
    office,
    type: 'application',
    number,
    kind: 'W',
    year,
    epodoc: `WO${year}${office}${five}`,
    display: { ja: shown, en: shown },
  })
  return { numbers: [{ ...found, key: `WO:application:${office}${year}${six}` }], warnings: [] }
}

function publicationOf(year: number, serial: string, kind: string | undefined): PatentNumber {
  return patentNumberOf({
    office: 'WO',
    type: 'publication',
    number: docdbDigits(year, serial),
    kind,
    year,
    display: {
      ja: `国際公開第${year}/${serial}号`,
      en: `WO ${year}/${serial}${shownKind(kind)}`,
    },
    keyNumber: `${year}${serial}`,
  })
}

// docdb keeps the width of the day: two-digit years to 2003, five-digit serials until July 2002 (about 02/52000).
function docdbDigits(year: number, serial: string): string {
  if (year > 2003) return `${year}${serial}`
  const five = serial.startsWith('0') && (year < 2002 || (year === 2002 && Number(serial) < lastFiveDigitSerialOf2002))
  return `${String(year).slice(2)}${five ? serial.slice(1) : serial}`
}

const lastFiveDigitSerialOf2002 = 52_000
