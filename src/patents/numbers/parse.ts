import { isAddress, numbersInAddress } from './address.ts'
import { readChina } from './china.ts'
import { clean, splitKind, trimSeparators } from './clean.ts'
import { readElsewhere } from './elsewhere.ts'
import { readEurope } from './europe.ts'
import { readInternational, readPackedPct, readPct, readReceivingOffice } from './international.ts'
import { readJapan } from './japan.ts'
import { readKorea } from './korea.ts'
import type { NumberHints, NumberType, NumberWarningCode, ParsedNumber, PatentNumber } from './number.ts'
import { officeOf } from './offices.ts'
import { categoryOf, nothing, type Reading, type Written } from './reading.ts'
import { readUnitedStates } from './united-states.ts'
import { warningOf } from './warnings.ts'
import { readWithoutOffice } from './without-office.ts'
import { readWords } from './words.ts'

/** Longest input that is read as one number: a J-PlatPat address with its 64-digit hash is half of it. */
export const numberInputCharactersMax = 300

/**
 * Every number that a written form can mean, in the spellings of WIPO ST.3/ST.16, docdb and epodoc. No candidate means
 * unrecognised, several mean ambiguous. Hints say what the writer left out and never override what is written: an office
 * in the text wins, and a type that fits no candidate is ignored. Never throws; linear in the length, which is capped.
 */
export function parseNumber(input: string, hints: NumberHints = {}): ParsedNumber {
  const capped = withinLimit(input)
  if (capped === undefined) return { input, candidates: [], warnings: [warningOf('input_too_long')] }
  const { numbers, warnings } = read(clean(capped), hints)
  const distinct = withoutRepeats(numbers)
  const fitting = hints.type === undefined ? distinct : distinct.filter((number) => fits(number, hints.type))
  return {
    input,
    candidates: fitting.length > 0 ? fitting : distinct,
    warnings: warnings.length === 0 ? [] : [...new Set(warnings)].map(warningOf),
  }
}

/** An address may have a long query after the part that matters; anything else over the limit is not one number. */
function withinLimit(input: string): string | undefined {
  if (input.length <= numberInputCharactersMax) return input
  const query = input.slice(0, numberInputCharactersMax + 1).indexOf('?')
  return query > 0 && /^\s{0,9}https?:/i.test(input) ? input.slice(0, query) : undefined
}

function read(cleaned: string, hints: NumberHints): Reading {
  if (cleaned === '') return nothing
  if (cleaned.includes('/') && isAddress(cleaned)) return readAddress(cleaned, hints)
  const text = withoutPriorityDate(withoutBracket(cleaned))
  if (text.includes('PCT')) {
    const international = readPct(text) ?? readPackedPct(text)
    if (international !== undefined) return international
  }
  const worded = readWords(text)
  return readWorded(tidied(worded.text), worded.office, worded.type, hints)
}

function readWorded(
  text: string,
  named: string | undefined,
  type: NumberType | undefined,
  hints: NumberHints,
): Reading {
  const written = officeAtStart(text)
  const office = written?.office ?? named ?? officeOf(hints.office?.toUpperCase() ?? '')
  if (office === undefined) {
    if (text.startsWith('ZL')) return readOffice('CN', text, undefined, undefined, hints)
    return japaneseEra.test(text) ? readOffice('JP', text, type, undefined, hints) : readWithoutOffice(text, hints.type)
  }
  const wrongly = written?.mistaken
  const rest = written === undefined ? text : text.slice(2)
  // 再表 is written with the WO number that it repeats.
  if (type === 'republication') return readOffice('JP', rest, type, wrongly, hints)
  return readOffice(office, rest, type, wrongly, hints)
}

function readOffice(
  office: string,
  rest: string,
  type: NumberType | undefined,
  mistaken: NumberWarningCode[] | undefined,
  hints: NumberHints,
): Reading {
  const trimmed = trimSeparators(rest)
  const { body, kind } = splitKind(trimmed.endsWith('AA') ? trimmed.slice(0, -1) : trimmed)
  const wanted = type === undefined ? hints.type : categoryOf(type)
  const written: Written = { office, body: trimSeparators(body), kind, type, wanted }
  const reading = dispatch(written)
  return mistaken === undefined || mistaken.length === 0
    ? reading
    : { numbers: reading.numbers, warnings: [...mistaken, ...reading.warnings] }
}

function dispatch(written: Written): Reading {
  if (written.kind === 'W' || written.office === 'IB') return readReceivingOffice(written)
  switch (written.office) {
    case 'JP':
      return alsoInternational(written, readJapan(written))
    case 'US':
      return readUnitedStates(written)
    case 'EP':
      return readEurope(written)
    case 'WO':
      return readInternational(written)
    case 'CN':
      return readChina(written)
    case 'KR':
      return alsoInternational(written, readKorea(written))
    default:
      return internationalShape.test(written.body) && written.kind === undefined && written.office !== 'AP'
        ? readReceivingOffice(written)
        : readElsewhere(written)
  }
}

// CC YYYY/NNNNNN is how many registers write PCT/CCYYYY/NNNNNN.
const internationalShape = /^(?:19|20)\d{2}\/0\d{5}$/

function alsoInternational(written: Written, reading: Reading): Reading {
  if (written.type !== undefined || written.kind !== undefined || !internationalShape.test(written.body)) return reading
  return { numbers: [...reading.numbers, ...readReceivingOffice(written).numbers], warnings: reading.warnings }
}

function readAddress(cleaned: string, hints: NumberHints): Reading {
  for (const { text, type } of numbersInAddress(cleaned)) {
    const reading = type === undefined ? read(text, hints) : readOffice('JP', text.slice(2), type, undefined, hints)
    if (reading.numbers.length > 0) return reading
  }
  return nothing
}

/** The office code that a text begins with, when what follows is a number and not the rest of a word. */
function officeAtStart(text: string): { office: string; mistaken: NumberWarningCode[] } | undefined {
  if (!prefixed.test(text)) return undefined
  const code = text.slice(0, 2)
  const office = officeOf(code)
  if (office === undefined) return undefined
  return { office, mistaken: code === 'EU' ? ['eu_means_ep'] : code === 'UK' ? ['uk_means_gb'] : [] }
}

const prefixed = /^[A-Z]{2}(?:[^A-Z]|[A-Z]{1,4}[-. ]?\d|[ABUY]-)/
const japaneseEra = /^[明大昭平令]/

// 特許第4567890号(P4567890): what stands in brackets repeats the number.
function withoutBracket(text: string): string {
  const at = text.indexOf('(')
  if (at === -1 && text.endsWith(')')) return text.slice(0, -1).trimEnd()
  return at > 0 ? text.slice(0, at).trimEnd() : text
}

// Lens writes priorities with their date: US 88668907 P 20070126.
function withoutPriorityDate(text: string): string {
  return / [A-Z]\d? (?:19|20)\d{6}$/.test(text) ? text.slice(0, -9) : text
}

function tidied(text: string): string {
  const hyphened = text.includes('_') ? text.replaceAll('_', '-') : text
  return trimSeparators(hyphened.includes('-') ? hyphened.replace(/ ?-[ -]*/g, '-') : hyphened)
}

function fits(number: PatentNumber, type: NumberHints['type']): boolean {
  const category = categoryOf(number.type)
  // A European publication number is also the number of the patent.
  return (
    category === type ||
    (number.office === 'EP' && number.kind === undefined && category !== 'application' && type !== 'application')
  )
}

function withoutRepeats(numbers: PatentNumber[]): PatentNumber[] {
  if (numbers.length < 2) return numbers
  const seen = new Set<string>()
  return numbers.filter((number) => {
    const same = `${number.key} ${number.docdb}`
    if (seen.has(same)) return false
    seen.add(same)
    return true
  })
}
