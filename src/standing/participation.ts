import { z } from '@hono/zod-openapi'
import { currentAgreement } from '../../policies/participation.ts'
import { acceptedAgreement } from '../organisations/application.ts'
import { organisation, organisationExample, organisationState } from '../organisations/organisation.ts'
import { date, line, time } from '../shapes.ts'

export const participationExtentExample = { declarations: 3, awaiting: 1, openPatents: 42, liveGrants: 7 }

/** What a suspension or a leaving would touch today. */
export const participationExtent = z
  .object({
    declarations: z.number().int().openapi({ description: 'Declarations in force.' }),
    awaiting: z.number().int().openapi({ description: 'Declarations that wait for consent.' }),
    openPatents: z.number().int().openapi({ description: 'Patents that the declarations open.' }),
    liveGrants: z
      .number()
      .int()
      .openapi({ description: 'Valid grants that cover patents of the organisation; they stay.' }),
  })
  .openapi('ParticipationExtent', { example: participationExtentExample })
export type ParticipationExtent = z.infer<typeof participationExtent>

export const participationExample = {
  organisation: organisationExample.id,
  state: 'approved',
  agreement: { id: currentAgreement.id, sha256: currentAgreement.sha256 },
  acceptedAt: '2026-11-04T01:00:00.000Z',
  extent: participationExtentExample,
}

/** How an organisation takes part, and what ending it would touch. For its officers and stewards. */
export const participation = z
  .object({
    organisation: z.uuid(),
    state: organisationState,
    agreement: acceptedAgreement.exactOptional(),
    acceptedAt: time.exactOptional(),
    extent: participationExtent,
    leaving: z.object({ since: date }).exactOptional().openapi({
      description:
        'It has left, and nothing of it is open; but it has more declarations or mandates than one act ends. The registry goes on by itself until `extent` tells none; until then it cannot be approved again.',
    }),
  })
  .openapi('Participation', { example: participationExample })

export const leavingInput = z
  .object({ reason: line(500).exactOptional() })
  .strict()
  .openapi('LeavingInput', { example: { reason: '組織再編のため' } })

/** The record as it is now, and what the act has touched. */
export const organisationAfter = organisation
  .extend({
    effect: participationExtent.exactOptional().openapi({
      description:
        'What stood when the organisation was suspended or left. Grants stay valid until their own end; declarations are withdrawn when it leaves.',
    }),
  })
  .openapi('OrganisationAfter', {
    example: { ...organisationExample, state: 'suspended', effect: participationExtentExample },
  })
export type OrganisationAfter = z.infer<typeof organisationAfter>
