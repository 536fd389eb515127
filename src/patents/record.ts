import { invalid, RegistryError } from '../errors.ts'
import { fieldsOf } from './classification/fields.ts'
import { parseSymbol } from './classification/symbol.ts'
import type { PatentNumber } from './numbers/number.ts'
import { parseNumber } from './numbers/parse.ts'
import { unambiguousSpelling } from './numbers/spelling.ts'
import type { PatentInput } from './patent.ts'

/** What a registered patent consists of, as the tables keep it. */
export type PatentRecord = Omit<PatentInput, 'numbers' | 'holders' | 'status'> & {
  id: string
  number: string
  office: string
  numbers: readonly PatentNumber[]
  holders: readonly (Omit<PatentInput['holders'][number], 'organisation'> & { organisationId: string })[]
  fields: readonly number[]
  statuses: readonly PatentInput['status'][]
}

/**
 * Reads written numbers as numbers of one right: each has to be clear, and all of one office.
 * @throws invalid_input with the candidates when one is not
 */
export function readNumbers(written: readonly string[]): PatentNumber[] {
  const numbers = written.map((input, i) => {
    const { candidates } = parseNumber(input)
    const [only] = candidates
    if (only === undefined)
      throw invalid(`/numbers/${i}`, 'unrecognised_number', `${input} is not a number we can read.`)
    if (candidates.length > 1)
      throw new RegistryError('invalid_input', `${input} can mean several documents.`, {
        faults: [
          {
            pointer: `/numbers/${i}`,
            code: 'ambiguous_number',
            detail: candidates.map(({ display }) => `${display.en} (${display.ja})`).join(' or '),
          },
        ],
        extra: { candidates },
      })
    return only
  })
  const [office] = numbers.map(officeOf)
  const stranger = numbers.findIndex((number) => officeOf(number) !== office)
  if (stranger >= 0)
    throw invalid(
      `/numbers/${stranger}`,
      'other_office',
      'All numbers of a patent are of one office; register a family member by itself.',
    )
  return [...new Map(numbers.map((number) => [number.key, number])).values()]
}

/** Whose right a number names: an international application has the number of its receiving office (`PCT/US…`). */
export function officeOf({ key, office }: Pick<PatentNumber, 'key' | 'office'>): string {
  return key.startsWith('WO:') ? 'WO' : office
}

/** The number under which a patent is shown: the strongest right that it has reached. */
export function canonicalSpelling(numbers: readonly PatentNumber[]): string | undefined {
  const strength = (number: PatentNumber) => strongestFirst.findIndex((ending) => number.type.endsWith(ending))
  const [strongest] = [...numbers].sort((a, b) => strength(a) - strength(b) || a.key.localeCompare(b.key))
  return strongest && unambiguousSpelling(strongest)
}

const strongestFirst = [
  'reissue',
  'grant',
  'design',
  'plant',
  'examined_publication',
  'publication',
  'republication',
  'application',
  '',
]

/** Canonical class symbols and the WIPO fields that they fall into. */
export function readClasses(classes: PatentInput['classes']): Pick<PatentRecord, 'classes' | 'fields'> {
  const read = (scheme: 'ipc' | 'cpc' | 'fi') => [
    ...new Set(
      classes[scheme].map((written, i) => {
        const symbol = parseSymbol(written, scheme)
        if (symbol === undefined)
          throw invalid(
            `/classes/${scheme}/${i}`,
            'unrecognised_symbol',
            `${written} is not an ${scheme.toUpperCase()} symbol.`,
          )
        return symbol
      }),
    ),
  ]
  const canonical = { ipc: read('ipc'), cpc: read('cpc'), fi: read('fi') }
  return { classes: canonical, fields: fieldsOf([...canonical.ipc, ...canonical.cpc, ...canonical.fi]) }
}

/**
 * The status given, dated, and behind it what the recorded dates prove of the time before: pending from filing, granted
 * from grant. So a question about an earlier day is answered from facts too.
 */
export function readStatuses(
  input: Pick<PatentInput, 'status' | 'filedOn' | 'grantedOn' | 'expires'>,
): PatentInput['status'][] {
  const { status, filedOn, grantedOn } = input
  const current = dated(status, input)
  const { source, seenOn } = status
  const earlier: PatentInput['status'][] = []
  if (filedOn !== undefined) earlier.push({ value: 'pending', on: filedOn, source, seenOn })
  if (grantedOn !== undefined) earlier.push({ value: 'granted', on: grantedOn, source, seenOn })
  return [...earlier.filter((one) => one.value !== current.value && (one.on ?? '') < current.on), current]
}

/** A status with the day it holds from: as given, else what the recorded dates imply, else the day it was seen. */
export function dated(
  status: PatentInput['status'],
  { filedOn, grantedOn, expires }: Pick<PatentInput, 'filedOn' | 'grantedOn' | 'expires'>,
): PatentInput['status'] & { on: string } {
  const implied = new Map([
    ['pending', filedOn],
    ['granted', grantedOn],
    ['expired', expires?.on],
  ])
  return { ...status, on: status.on ?? implied.get(status.value) ?? status.seenOn }
}
