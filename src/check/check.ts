import { z } from '@hono/zod-openapi'
import { pinnedFingerprints } from '../../policies/terms.ts'
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
      numbers: ['特許第5985120号', 'not a number'],
      purpose: 'basic_research',
      mode: 'with',
      beneficiary: 'university',
    },
  })
export type Question = Omit<z.infer<typeof checkQuery>, 'number'>

export const reason = z.object({ code: reasonCode, clause: z.string().optional(), text: bilingual }).openapi('Reason', {
  example: {
    code: 'purpose_allowed',
    clause: 'RPC-OPEN-1.0 §3.2',
    text: {
      ja: 'RPC-OPEN-1.0 は、基礎研究を認めています（第3条2項）。',
      en: 'RPC-OPEN-1.0 permits basic research (§3.2).',
    },
  },
})

/** With some of its reasons and conditions. */
export const checkResultExample = {
  input: '特許第5985120号',
  verdict: 'allowed',
  sentence: {
    ja: 'この特許は、基礎研究に使えます。権利者の三井金属鉱業株式会社が RPC-OPEN-1.0 で開放しています（第3条2項）。',
    en: 'This patent may be used for basic research. Its holder, Mitsui Mining & Smelting Co., Ltd., has declared it open under RPC-OPEN-1.0 (§3.2).',
  },
  patent: {
    id: '01a200d7-79ee-7664-9259-513682b8a817',
    number: 'JP-5985120-B1',
    title: {
      ja: 'リチウムイオン電池用硫化物系固体電解質及び固体電解質化合物',
      en: 'Sulfide solid electrolyte and solid electrolyte compound for lithium ion battery',
    },
    holders: [
      {
        id: '01a200d7-78bc-75aa-ac65-12afe86dff74',
        name: { ja: '三井金属鉱業株式会社', en: 'Mitsui Mining & Smelting Co., Ltd.' },
      },
    ],
  },
  terms: { id: 'RPC-OPEN-1.0', sha256: pinnedFingerprints['RPC-OPEN-1.0'] },
  declaration: { id: '01a200d7-7a08-71f6-a020-59b78103cab9' },
  clause: 'RPC-OPEN-1.0 §3.2',
  grantNeeded: 'recommended',
  conditions: [
    {
      code: 'attribution',
      clause: 'RPC-OPEN-1.0 §6.1',
      text: {
        ja: '成果を公表するときは、次の文を付けます。「本研究では、三井金属鉱業株式会社が RPC-OPEN-1.0 により開放した特許 JP-5985120-B1 を利用しました。」',
        en: 'In publications, add this statement: “This research used JP-5985120-B1, opened by Mitsui Mining & Smelting Co., Ltd. under RPC-OPEN-1.0.”',
      },
    },
  ],
  reasons: [
    {
      code: 'right_in_force',
      text: {
        ja: '特許は 2016-09-06 から登録の状態にあります（出典: J-PlatPat、確認日 2026-11-01）。',
        en: 'The patent stands granted since 2016-09-06 (source: J-PlatPat, seen 2026-11-01).',
      },
    },
    {
      code: 'declared_open',
      text: {
        ja: '権利者の三井金属鉱業株式会社は、RPC-OPEN-1.0 での開放を宣言しています（2026-11-06 から）。',
        en: 'The holder, Mitsui Mining & Smelting Co., Ltd., has declared it open under RPC-OPEN-1.0 (since 2026-11-06).',
      },
    },
    {
      code: 'purpose_allowed',
      clause: 'RPC-OPEN-1.0 §3.2',
      text: {
        ja: 'RPC-OPEN-1.0 は、基礎研究を認めています（第3条2項）。',
        en: 'RPC-OPEN-1.0 permits basic research (§3.2).',
      },
    },
  ],
  legalStatus: { value: 'granted', on: '2016-09-06', source: 'J-PlatPat', seenOn: '2026-11-01' },
  statutory: {
    ja: '日本の試験研究の例外は、発明そのものを調べる研究が主に想定されています。発明を道具として使う研究は、一般には例外に当たらないと考えられています。',
    en: 'The Japanese exception for experiment and research is mainly understood as research on the invention. Research that uses the invention as a tool is generally thought to fall outside the exception.',
    source: '特許法第69条第1項（経済産業省 2004年の検討も参照）',
  },
  next: {
    code: 'begin',
    text: {
      ja: '条件を守って始められます。記録として許諾証を受けることを勧めます。',
      en: 'You may begin, keeping the conditions. A grant is recommended as a record.',
    },
  },
}

const unrecognisedExample = {
  input: 'not a number',
  verdict: 'unrecognised',
  sentence: { ja: '特許番号として読み取れませんでした。', en: 'This could not be read as a patent number.' },
  grantNeeded: 'no',
  conditions: [],
  reasons: [
    {
      code: 'number_unrecognised',
      text: { ja: '特許番号として読み取れませんでした。', en: 'This could not be read as a patent number.' },
    },
  ],
  legalStatus: { value: 'unknown' },
  next: {
    code: 'correct_number',
    text: {
      ja: '国コード、番号、種別を確かめてください（例: JP-4567890-B2、特許第4567890号）。',
      en: 'Check the country code, the number and the kind code, for example JP-4567890-B2.',
    },
  },
}

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
  .openapi('CheckResult', { example: checkResultExample })
export type CheckResult = z.infer<typeof checkResult>

export const checkAnswer = z
  .object({ worst: verdict, on: date, results: z.array(checkResult) })
  .openapi('CheckAnswer', {
    example: { worst: 'unrecognised', on: '2026-11-21', results: [checkResultExample, unrecognisedExample] },
  })
