import { z } from '@hono/zod-openapi'
import { conditionCode, nextCode, reasonCode } from '../../policies/verdict.ts'
import { beneficiary, grantNeeded, legalStatus, mode, purpose, verdict } from '../../policies/vocabulary.ts'
import { numbersPerCallMax } from '../limits.ts'
import { patentNumber } from '../patents/numbers/number.ts'
import { numberInputCharactersMax } from '../patents/numbers/parse.ts'
import { bilingual, countryCode, date } from '../shapes.ts'

/** Free text of a call: a thousand lines with room for what stands around the numbers. */
const textCharactersMax = 300_000

/** The use that is asked about. What is left out is unknown, and nothing unknown is ever allowed. */
function use<Flag extends z.ZodType<boolean>>(flag: Flag) {
  return {
    purpose: purpose
      .exactOptional()
      .openapi({ description: 'What for. Left out: unknown, so no answer is `allowed`.' }),
    mode: mode.exactOptional().openapi({ description: '`on` the invention, or `with` it as a tool.' }),
    beneficiary: beneficiary.exactOptional().openapi({ description: 'Who. Default: the class of `organisation`.' }),
    organisation: z.string().max(200).exactOptional().openapi({
      description: 'Id or ROR id of the user organisation: tells its class, and whether it has opened patents itself.',
    }),
    holdsDeclaration: flag
      .exactOptional()
      .openapi({ description: 'The user has opened patents. Default: by `organisation`.' }),
    assertsPatents: flag
      .exactOptional()
      .openapi({ description: 'The user asserts patents against a holder’s research.' }),
    country: countryCode
      .exactOptional()
      .openapi({ description: 'Where the research is done. Default: the office of the patent.' }),
    on: date.exactOptional().openapi({ description: 'The day the answer is for. Default: today.' }),
  }
}

const inQuery = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .openapi({ type: 'string', enum: ['true', 'false'] })

export const checkQuery = z.object({
  number: z
    .string()
    .max(numberInputCharactersMax)
    .openapi({ description: 'In any spelling.', example: 'JP-5985120-B1' }),
  ...use(inQuery),
})

export const checkInput = z
  .object({
    numbers: z.array(z.string()).max(numbersPerCallMax).exactOptional(),
    text: z
      .string()
      .max(textCharactersMax)
      .exactOptional()
      .openapi({
        description: `Free text, one number a line or several. Up to ${numbersPerCallMax} numbers.`,
      }),
    ...use(z.boolean()),
  })
  .strict()
  .refine((given) => (given.numbers === undefined) !== (given.text === undefined), {
    message: 'give either `numbers` or `text`',
    path: ['numbers'],
  })
  .openapi('CheckInput', {
    example: {
      numbers: ['特許第5985120号', 'US 10,020,535 B2', 'not a number'],
      purpose: 'basic_research',
      mode: 'with',
      beneficiary: 'university',
    },
  })
export type Question = Omit<z.infer<typeof checkQuery>, 'number'>

export const reason = z.object({ code: reasonCode, clause: z.string().optional(), text: bilingual }).openapi('Reason')

export const checkResult = z
  .object({
    input: z.string(),
    verdict,
    sentence: bilingual,
    patent: z
      .object({
        id: z.string(),
        number: z.string(),
        title: z.object({ ja: z.string().exactOptional(), en: z.string().exactOptional() }),
        holders: z.array(z.object({ id: z.string(), name: bilingual })),
      })
      .exactOptional(),
    terms: z.object({ id: z.string(), sha256: z.string() }).exactOptional(),
    declaration: z.object({ id: z.string() }).exactOptional(),
    clause: z.string().exactOptional(),
    grantNeeded,
    conditions: z.array(z.object({ code: conditionCode, clause: z.string(), text: bilingual })).readonly(),
    reasons: z.array(reason).readonly(),
    legalStatus: z.object({
      value: legalStatus,
      source: z.string().optional(),
      seenOn: date.optional(),
      on: date.optional(),
    }),
    statutory: z
      .object({ ja: z.string(), en: z.string(), source: z.string() })
      .exactOptional()
      .openapi({ description: 'What the law of the country itself may allow: information beside the verdict.' }),
    candidates: z.array(patentNumber).exactOptional(),
    next: z.object({ code: nextCode, text: bilingual }),
  })
  .openapi('CheckResult')
export type CheckResult = z.infer<typeof checkResult>

export const checkAnswer = z.object({ worst: verdict, on: date, results: z.array(checkResult) }).openapi('CheckAnswer')
