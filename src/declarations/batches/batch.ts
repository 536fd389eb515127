import { z } from '@hono/zod-openapi'
import { pinnedFingerprints } from '../../../policies/terms.ts'
import { numberInputCharactersMax } from '../../patents/numbers/parse.ts'
import { type Bilingual, bilingual, countryCode, date, sha256, time } from '../../shapes.ts'

/** The largest portfolio of a university in Japan several times over; a larger one is declared by rule, part by part. */
export const patentsPerBatchMax = 20_000
/** One for each of the 35 fields is more than anybody distinguishes. */
export const rulesPerBatchMax = 35

const year = z.int().min(1900).max(2100)

const where = z
  .strictObject({
    numbers: z.array(z.string().max(numberInputCharactersMax)).min(1).max(patentsPerBatchMax).exactOptional(),
    field: z.int().min(1).max(35).exactOptional().openapi({ description: 'WIPO technology field.' }),
    ipc: z.string().min(1).max(60).exactOptional().openapi({ description: 'Beginning of an IPC, CPC or FI symbol.' }),
    filedFrom: year.exactOptional().openapi({ description: 'First year of filing.' }),
    filedTo: year.exactOptional().openapi({ description: 'Last year of filing.' }),
    coOwned: z.boolean().exactOptional(),
    office: countryCode.exactOptional(),
    importId: z
      .uuid()
      .exactOptional()
      .openapi({ description: 'Patents of a committed import of the holder, while its rows are kept.' }),
  })
  .openapi('PatentChoice', { description: 'Every member given narrows the choice; none: the whole portfolio.' })
export type PatentChoice = z.infer<typeof where>

const rule = z.strictObject({
  where: where.default({}),
  termsId: z.string().max(50),
  termsSha256: sha256.openapi({ description: 'Fingerprint of the terms as you read them (`GET /v1/terms/{id}`).' }),
})

const choice = {
  organisation: z.string().min(1).max(200).exactOptional().openapi({
    description: 'Id or ROR id of the holder for whom you act under a mandate; default: your own organisation.',
  }),
  rules: z.array(rule).min(1).max(rulesPerBatchMax).openapi({
    description: 'The first rule that fits a patent decides under which terms it is opened.',
  }),
  from: date.exactOptional().openapi({ description: 'Default: the day on which it is confirmed.' }),
  until: date.exactOptional(),
}

const choiceExample = {
  rules: [
    {
      where: { field: 1, filedTo: 2018, coOwned: false },
      termsId: 'RPC-OPEN-1.0',
      termsSha256: pinnedFingerprints['RPC-OPEN-1.0'],
    },
    { where: {}, termsId: 'RPC-ACADEMIC-1.0', termsSha256: pinnedFingerprints['RPC-ACADEMIC-1.0'] },
  ],
}

export const previewInput = z.strictObject(choice).openapi('DeclarationChoice', { example: choiceExample })
export type PreviewInput = z.infer<typeof previewInput>

export const batchInput = z
  .strictObject({
    ...choice,
    effectSha256: sha256.openapi({
      description: '`sha256` of the effect that you looked at; another effect is refused.',
    }),
    encumbrancesChecked: z.literal(true).openapi({
      description:
        'You have checked that no exclusive licence without a research reservation stands on any of the patents. Record one on the patent where it does.',
    }),
  })
  .openapi('DeclarationBatchInput', {
    example: {
      ...choiceExample,
      effectSha256: '2157bde75b821724d5af6fb59e77aa2c535a70aee2e42af6ec9a628e711e67bf',
      encumbrancesChecked: true,
    },
  })
export type BatchInput = z.infer<typeof batchInput>

const coOwner = z.object({
  id: z.string(),
  name: bilingual,
  ask: z.enum(['registry', 'link']).openapi({
    description: '`registry`: its officers are asked here. `link`: it has none here; make a one-time link for it.',
  }),
})
const left = z.object({ number: z.string(), code: z.string(), detail: z.string() })

export const effect = z
  .object({
    organisation: z.string(),
    sha256: sha256.openapi({ description: 'Fingerprint of what would be declared, by whom and under which terms.' }),
    patents: z.int().openapi({ description: 'How many would be declared.' }),
    declarations: z
      .array(
        z.object({
          termsId: z.string(),
          termsSha256: sha256,
          coOwners: z.array(coOwner),
          count: z.int(),
          numbers: z.array(z.string()),
        }),
      )
      .openapi({
        description:
          'One for each set of co-owners and terms, of up to 1,000 patents, so that one slow co-owner holds up only its own.',
      }),
    consents: z
      .array(coOwner.extend({ declarations: z.int(), patents: z.int() }))
      .openapi({ description: 'Whose consent is needed, and for how many.' }),
    leftOut: z.object({
      count: z.int(),
      reasons: z.record(z.string(), z.int()).openapi({ description: 'How many by reason.' }),
      items: z.array(left).openapi({ description: 'The first 1,000.' }),
    }),
  })
  .openapi('DeclarationEffect', {
    example: {
      organisation: '01a200d7-78e0-72af-bf55-82b3feb49c3f',
      sha256: '2157bde75b821724d5af6fb59e77aa2c535a70aee2e42af6ec9a628e711e67bf',
      patents: 1,
      declarations: [
        {
          termsId: 'RPC-OPEN-1.0',
          termsSha256: pinnedFingerprints['RPC-OPEN-1.0'],
          coOwners: [],
          count: 1,
          numbers: ['JP-5985120-B1'],
        },
      ],
      consents: [],
      leftOut: {
        count: 1,
        reasons: { excluded: 1 },
        items: [
          {
            number: 'JP-6012345-B2',
            code: 'excluded',
            detail: 'JP-6012345-B2 is on your exclusion list: ipc H01M10/05.',
          },
        ],
      },
    },
  })
export type Effect = z.infer<typeof effect>

export const batchState = z.enum(['working', 'done', 'stopped', 'set_aside'])

/** Enough to look through; beyond it the counts by reason say what is to be done. */
export const leftOutShownMax = 1000

/** Why work on a batch failed, as its officers are told it: what is inside the registry is not. */
export const batchFaults = {
  conflict: {
    ja: '対象の特許が、ほかの手続きで続けて変更されました。',
    en: 'Others kept changing the same patents.',
  },
  no_answer: {
    ja: 'データベースが時間内に応答しませんでした。',
    en: 'The database did not answer in time.',
  },
  unexpected: {
    ja: '登録簿の側で予期しない障害が起きました。続くときは運営者に知らせてください。',
    en: 'Something unexpected failed at the registry. Tell its stewards if it goes on.',
  },
} as const satisfies Readonly<Record<string, Bilingual>>
export const batchFault = z.enum(['conflict', 'no_answer', 'unexpected'])
export type BatchFault = z.infer<typeof batchFault>

export const batch = z
  .object({
    id: z.uuid(),
    organisation: z.string(),
    state: batchState.openapi({
      description:
        '`stopped`: the organisation, or the mandate under which it was confirmed, no longer stands. `set_aside`: its next declaration failed several times in a row; it waits until it is tried again.',
    }),
    fault: z
      .object({ code: batchFault, text: bilingual })
      .exactOptional()
      .openapi({ description: 'Why it failed last, while it has not come further since.' }),
    confirmedAt: time,
    groups: z.object({ total: z.int(), finished: z.int() }),
    patents: z.object({ declared: z.int(), leftOut: z.int(), waiting: z.int() }),
    declarations: z.array(z.string()).openapi({ description: 'Ids of those made so far.' }),
    leftOut: z.array(z.object({ number: z.string(), code: z.string() })).openapi({
      description: 'What could no longer be declared when its turn came.',
    }),
  })
  .openapi('DeclarationBatch', {
    example: {
      id: '01a200d7-9d10-7c65-a6a1-2f0d34a1cf3a',
      organisation: '01a200d7-78e0-72af-bf55-82b3feb49c3f',
      state: 'done',
      confirmedAt: '2026-11-21T09:00:00.000Z',
      groups: { total: 1, finished: 1 },
      patents: { declared: 1, leftOut: 0, waiting: 0 },
      declarations: ['01a200d7-7a08-71f6-a020-59b78103cab9'],
      leftOut: [],
    },
  })
export type Batch = z.infer<typeof batch>
