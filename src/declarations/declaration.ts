import { z } from '@hono/zod-openapi'
import { findTerms, pinnedFingerprints } from '../../policies/terms.ts'
import { daysAfter } from '../dates.ts'
import { actedByShown } from '../mandates/mandate.ts'
import { numberInputCharactersMax } from '../patents/numbers/parse.ts'
import { bilingual, date, line, sha256, time } from '../shapes.ts'

/** One act over more patents than this is made as several declarations; a batch stays within Turso's five seconds. */
export const patentsPerDeclarationMax = 1000

/** `draft → awaiting_consent → in_force → withdrawn`. */
export const declarationState = z.enum(['draft', 'awaiting_consent', 'in_force', 'withdrawn'])

/** For whom; an agent names the holder that gave it a mandate. */
const onBehalfOf = z.string().min(1).max(200).exactOptional().openapi({
  description: 'Id or ROR id of the holder for whom you act under a mandate; default: your own organisation.',
})

export const declarationInput = z
  .object({
    organisation: onBehalfOf,
    termsId: z.string().max(50),
    termsSha256: sha256.openapi({ description: 'Fingerprint of the terms as you read them (`GET /v1/terms/{id}`).' }),
    numbers: z.array(z.string().max(numberInputCharactersMax)).min(1).max(patentsPerDeclarationMax),
    from: date.exactOptional().openapi({ description: 'Default: today.' }),
    until: date.exactOptional().openapi({ description: 'Last day; default: as long as each patent lives.' }),
    encumbrancesChecked: z.literal(true).openapi({
      description:
        'You have checked that no exclusive licence without a research reservation stands on any of the patents. Record one on the patent where it does.',
    }),
  })
  .strict()
  .openapi('DeclarationInput', {
    example: {
      termsId: 'RPC-OPEN-1.0',
      termsSha256: pinnedFingerprints['RPC-OPEN-1.0'],
      numbers: ['特許第5985120号'],
      encumbrancesChecked: true,
    },
  })
export type DeclarationInput = z.infer<typeof declarationInput>

export const consentInput = z
  .object({
    organisation: onBehalfOf,
    answer: z.enum(['given', 'refused']),
    evidenceSha256: sha256.exactOptional().openapi({ description: 'Fingerprint of the document that you keep.' }),
    reason: line(500).exactOptional().openapi({ description: 'Needed when refused.' }),
  })
  .strict()
  .openapi('ConsentInput', { example: { answer: 'given' } })
export type ConsentInput = z.infer<typeof consentInput>

export const withdrawalInput = z
  .object({ reason: line(500) })
  .strict()
  .openapi('WithdrawalInput', { example: { reason: 'The patents were assigned to a spin-out.' } })

/** Of a holder that owns its patent alone. */
export const declarationExample = {
  id: '01a200d7-7a08-71f6-a020-59b78103cab9',
  organisation: {
    id: '01a200d7-78bc-75aa-ac65-12afe86dff74',
    name: { ja: '三井金属鉱業株式会社', en: 'Mitsui Mining & Smelting Co., Ltd.' },
  },
  termsId: 'RPC-OPEN-1.0',
  termsSha256: pinnedFingerprints['RPC-OPEN-1.0'],
  state: 'in_force',
  from: '2026-11-06',
  inForceFrom: '2026-11-06',
  patents: {
    count: 1,
    sha256: '2157bde75b821724d5af6fb59e77aa2c535a70aee2e42af6ec9a628e711e67bf',
    numbers: ['JP-5985120-B1'],
  },
  consents: [],
  declaredAt: '2026-11-06T01:00:00.000Z',
}

/** Of two holders; the other one has consented. */
export const consentedExample = {
  id: '01a200d7-7a0d-706f-8065-3107c76f0bbf',
  organisation: {
    id: '01a200d7-78e0-72af-bf55-82b3feb49c3f',
    name: { ja: '出光興産株式会社', en: 'Idemitsu Kosan Co., Ltd.' },
  },
  termsId: 'RPC-OPEN-1.0',
  termsSha256: pinnedFingerprints['RPC-OPEN-1.0'],
  state: 'in_force',
  from: '2026-11-06',
  inForceFrom: '2026-11-09',
  patents: {
    count: 1,
    sha256: '12e25231d3eb669e22f5b3988d70040a690e9e86feacc28f84ff143aa8f39742',
    numbers: ['US-10020535-B2'],
  },
  consents: [
    {
      organisation: {
        id: '01a200d7-78fe-73ea-b3b2-6f43e1d9bb65',
        name: { ja: 'トヨタ自動車株式会社', en: 'Toyota Motor Corporation' },
      },
      answer: 'given',
      answeredAt: '2026-11-09T01:00:00.000Z',
    },
  ],
  declaredAt: '2026-11-06T01:00:00.000Z',
}

export const declaration = z
  .object({
    id: z.uuid(),
    organisation: z.object({ id: z.string(), name: bilingual }),
    actedBy: actedByShown.exactOptional(),
    termsId: z.string(),
    termsSha256: z.string(),
    state: declarationState,
    from: date,
    until: date.exactOptional(),
    inForceFrom: date.exactOptional().openapi({ description: 'The day on which the last consent was in.' }),
    withdrawnOn: date.exactOptional(),
    closedFrom: date.exactOptional().openapi({
      description: 'First day without new grants, after the notice period. Grants already issued stay valid.',
    }),
    withdrawalReason: z.string().exactOptional(),
    withdrawalActedBy: actedByShown.exactOptional(),
    patents: z
      .object({
        count: z.number().int(),
        ended: z.number().int().exactOptional().openapi({
          description: 'How many of them have ended since: nothing of them is left to open.',
        }),
        sha256: z.string(),
        numbers: z.array(z.string()),
      })
      .openapi({ description: '`sha256` of the sorted canonical numbers, one a line.' }),
    consents: z.array(
      z.object({
        organisation: z.object({ id: z.string(), name: bilingual }),
        answer: z.enum(['pending', 'given', 'refused']),
        answeredAt: time.exactOptional(),
        actedBy: actedByShown.exactOptional(),
        via: z.literal('link').exactOptional().openapi({
          description:
            'Answered by the named officer of an organisation without officers here, behind a one-time link.',
        }),
        evidenceSha256: z.string().exactOptional(),
        reason: z.string().exactOptional(),
      }),
    ),
    declaredAt: time,
  })
  .openapi('Declaration', { example: declarationExample })
export type Declaration = z.infer<typeof declaration>

/** The holder that made it, and the co-owners that it asked. */
export function partiesOf({ organisation, consents }: Pick<Declaration, 'organisation' | 'consents'>): string[] {
  return [organisation.id, ...consents.map((one) => one.organisation.id)]
}

/** Whether every co-owner has said yes. A pending answer is never a yes. */
export function isComplete(consents: Declaration['consents']): boolean {
  return consents.every(({ answer }) => answer === 'given')
}

/** Ended on that day: closed after the notice that its terms give, at once where it was not in force yet. */
export function withdrawn(declaration: Declaration, on: string, reason: string): Declaration {
  const notice =
    declaration.state === 'in_force' ? (findTerms(declaration.termsId)?.tags.noticePeriodDays.value ?? 0) : 0
  return {
    ...declaration,
    state: 'withdrawn',
    withdrawnOn: on,
    closedFrom: daysAfter(on, notice),
    withdrawalReason: reason,
  }
}
