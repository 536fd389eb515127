import { chineseCheckDigit, europeanCheckDigit } from './check-digits.ts'
import { readChina } from './china.ts'
import { splitKind } from './clean.ts'
import { readEurope } from './europe.ts'
import { readInternational } from './international.ts'
import { readJapan } from './japan.ts'
import { readKorea } from './korea.ts'
import type { PatentNumber } from './number.ts'
import { nothing, type Reading, type Written } from './reading.ts'
import { readUnitedStates } from './united-states.ts'

/**
 * A number without its office. Where the shape is at home in a few offices all of them are given; bare digits fit every
 * office, so nothing is. The warning says what to add.
 */
export function readWithoutOffice(text: string, wanted: Written['wanted']): Reading {
  const { body, kind } = splitKind(text)
  const as = (office: string): Written => ({ office, body, kind, type: undefined, wanted })
  const numbers = candidatesFor(body, as)
  if (numbers.length > 0) return { numbers, warnings: ['office_missing'] }
  return /\d{3}/.test(body) && !/[^A-Z\d .,/-]/.test(body) ? { numbers, warnings: ['office_missing'] } : nothing
}

function candidatesFor(body: string, as: (office: string) => Written): PatentNumber[] {
  const japan = () => readJapan(as('JP')).numbers
  if (/^\d{1,2}-\d{1,6}$|^\d{4}-\d{1,6}$|^[HS]\d{1,2}-?\d{1,6}$/.test(body)) return japan()
  // The JPO prints (P4567890) and (P2009-123456A) beside its numbers.
  const printed = /^P(\d{7}|\d{4}-\d{6})$/.exec(body)?.[1]
  if (printed !== undefined) return readJapan({ ...as('JP'), body: printed }).numbers
  if (/^\d{2} ?\/ ?\d{3},?\d{3}$/.test(body)) return readUnitedStates(as('US')).numbers
  if (/^\d{4}\/\d{7}$/.test(body)) return readUnitedStates(as('US')).numbers
  if (/^\d{4}\/\d{6}$/.test(body)) return [...readInternational(as('WO')).numbers, ...japan()]
  if (/^[123]0-\d{4}-\d{7}$/.test(body)) return readKorea(as('KR')).numbers
  if (/^(?:RE|PP)\d{4,6}$/.test(body)) return readUnitedStates(as('US')).numbers
  const checked = /^(\d{8}|\d{12})\.([\dX])$/.exec(body)
  if (checked?.[1] !== undefined && checked[2] !== undefined) return byCheckDigit(checked[1], checked[2], as)
  if (/^(?:19|20)\d{8}$/.test(body)) {
    return [...japan(), ...readUnitedStates(as('US')).numbers, ...readInternational(as('WO')).numbers]
  }
  if (/^(?:19|20)\d{9}$/.test(body)) {
    return [...readUnitedStates(as('US')).numbers, ...japan(), ...readKorea(as('KR')).numbers]
  }
  return []
}

function byCheckDigit(digits: string, check: string, as: (office: string) => Written): PatentNumber[] {
  const numbers: PatentNumber[] = []
  if (digits.length === 8 && europeanCheckDigit(digits) === check) numbers.push(...readEurope(as('EP')).numbers)
  if (chineseCheckDigit(digits) === check) numbers.push(...readChina(as('CN')).numbers)
  return numbers
}
