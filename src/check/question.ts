import { z } from 'zod'
import { beneficiary, mode, purpose } from '../../policies/vocabulary.ts'
import { numbersPerCallMax } from '../limits.ts'
import { countryCode, date } from '../shapes.ts'
import type { Question } from './check.ts'

/** Addresses up to this length pass every browser, proxy and mail program; longer lists are answered without one. */
export const addressCharactersMax = 2000
/** As much free text as a call of the API takes. */
const textCharactersMax = numbersPerCallMax * 300

const yesOrNo = z.enum(['true', 'false']).transform((text) => text === 'true')

/** The question as the form of the site sends it: an empty member is one that was not answered. */
const asked = z.object({
  numbers: z.string().max(textCharactersMax).default(''),
  purpose: purpose.exactOptional(),
  mode: mode.exactOptional(),
  beneficiary: beneficiary.exactOptional(),
  country: countryCode.exactOptional(),
  on: date.exactOptional(),
  holdsDeclaration: yesOrNo.exactOptional(),
  assertsPatents: yesOrNo.exactOptional(),
})

export type Asked = { numbers: string; question: Question }
/** What was sent, to be shown again where it cannot be read. */
export type Sent = Readonly<Record<string, string>>

/** Reads a form; undefined faults when all is well. Names of the members that cannot be read otherwise. */
export function readAsked(sent: Sent): { asked: Asked; faults: readonly string[] } {
  const given = Object.fromEntries(
    Object.entries({ ...sent, country: sent.country?.trim().toUpperCase() ?? '' })
      .map(([name, value]) => [name === 'number' ? 'numbers' : name, value] as const)
      .filter(([, value]) => value.trim() !== ''),
  )
  const read = asked.safeParse(given)
  if (!read.success)
    return {
      asked: { numbers: given.numbers ?? '', question: {} },
      faults: read.error.issues.map(({ path }) => String(path[0])),
    }
  const { numbers, ...question } = read.data
  return { asked: { numbers, question }, faults: [] }
}

/** The address of a check, without its language: the state of the form is in it. */
export function checkAddress(numbers: string, question: Question): string {
  return `/check?${new URLSearchParams({ numbers, ...membersOf(question) })}`
}

export function jsonAddress(number: string, question: Question): string {
  return `/v1/check?${new URLSearchParams({ number, ...membersOf(question) })}`
}

/** The members that were answered, as an address and a form carry them. */
export function membersOf(question: Question): Record<string, string> {
  return Object.fromEntries(
    Object.entries(question)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  )
}

/** What most questions are about; the form begins with it, in sight of the reader. */
export const commonQuestion = {
  purpose: 'basic_research',
  mode: 'on',
  beneficiary: 'university',
} as const satisfies Question
