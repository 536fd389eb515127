import { z } from '@hono/zod-openapi'
import { numberInputCharactersMax } from '../patents/numbers/parse.ts'
import { bilingual, date, line, sha256, time } from '../shapes.ts'

/** One act over more patents than this is made as several declarations; a batch stays within Turso's five seconds. */
export const patentsPerDeclarationMax = 1000

/** `draft → awaiting_consent → in_force → withdrawn`. */
export const declarationState = z.enum(['draft', 'awaiting_consent', 'in_force', 'withdrawn'])

export const declarationInput = z
  .object({
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
      termsSha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      numbers: ['特許第5985120号', 'US-10020535-B2'],
      encumbrancesChecked: true,
    },
  })
export type DeclarationInput = z.infer<typeof declarationInput>

export const consentInput = z
  .object({
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

export const declaration = z
  .object({
    id: z.uuid(),
    organisation: z.object({ id: z.string(), name: bilingual }),
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
    patents: z.object({ count: z.number().int(), sha256: z.string(), numbers: z.array(z.string()) }).openapi({
      description: '`sha256` of the sorted canonical numbers, one a line.',
    }),
    consents: z.array(
      z.object({
        organisation: z.object({ id: z.string(), name: bilingual }),
        answer: z.enum(['pending', 'given', 'refused']),
        answeredAt: time.exactOptional(),
        evidenceSha256: z.string().exactOptional(),
        reason: z.string().exactOptional(),
      }),
    ),
    declaredAt: time,
  })
  .openapi('Declaration')
export type Declaration = z.infer<typeof declaration>

/** Whether every co-owner has said yes. A pending answer is never a yes. */
export function isComplete(consents: Declaration['consents']): boolean {
  return consents.every(({ answer }) => answer === 'given')
}
