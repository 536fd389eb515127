import { z } from '@hono/zod-openapi'
import { agreements, currentAgreement } from '../../policies/participation.ts'
import { bilingual, line, sha256, time } from '../shapes.ts'
import {
  organisation,
  organisationExample,
  organisationInput,
  organisationKind,
  organisationState,
} from './organisation.ts'

/** As long as the longest names of people and posts in public registers, with room to spare. */
const signatoryCharactersMax = 200

/** Who accepts the participation agreement for the organisation. Private; log and public records never hold it. */
export const signatory = z
  .object({ name: line(signatoryCharactersMax), post: line(signatoryCharactersMax) })
  .strict()
  .openapi({ example: { name: '山田 花子', post: '理事・副学長' } })
export type Signatory = z.infer<typeof signatory>

/** The version of the participation agreement that was read, by its fingerprint. */
export const acceptedAgreement = z
  .object({ id: z.string().max(100), sha256 })
  .strict()
  .openapi({ example: { id: currentAgreement.id, sha256: currentAgreement.sha256 } })
export type AcceptedAgreement = z.infer<typeof acceptedAgreement>

export const applicationInput = organisationInput
  .extend({
    signatory: signatory
      .exactOptional()
      .openapi({ description: 'Needed, but when a steward records the application.' }),
    agreement: acceptedAgreement
      .exactOptional()
      .openapi({ description: 'Needed, but when a steward records the application.' }),
  })
  .strict()
  .openapi('OrganisationApplication', {
    example: {
      name: { ja: '京都大学', en: 'Kyoto University' },
      kind: 'university',
      country: 'JP',
      ror: 'https://ror.org/02kpeqv85',
      corporateNumber: '3130005005532',
      signatory: { name: '山田 花子', post: '理事・副学長' },
      agreement: { id: currentAgreement.id, sha256: currentAgreement.sha256 },
    },
  })
export type ApplicationInput = z.infer<typeof applicationInput>

export const participationInput = z
  .object({ signatory, agreement: acceptedAgreement })
  .strict()
  .openapi('ParticipationInput', {
    example: {
      signatory: { name: '山田 花子', post: '理事・副学長' },
      agreement: { id: currentAgreement.id, sha256: currentAgreement.sha256 },
    },
  })
export type ParticipationInput = z.infer<typeof participationInput>

/**
 * `waiting → returned → waiting …`, then `approved` or `declined` by a steward, or `withdrawn` by the applicant; what is
 * returned and not sent again for half a year is `declined`, too.
 */
export const applicationState = z.enum(['waiting', 'returned', 'approved', 'declined', 'withdrawn'])
export type ApplicationState = z.infer<typeof applicationState>

export const proposedOrganisation = organisationInput
export type ProposedOrganisation = z.infer<typeof proposedOrganisation>

export const applicationExample = {
  id: '01a200d7-7b01-7d60-8c53-2f9f7e0a4b10',
  organisation: '01a200d7-7946-7101-bf95-f67a303e1c8f',
  state: 'waiting',
  proposed: {
    name: { ja: '京都大学', en: 'Kyoto University' },
    kind: 'university',
    country: 'JP',
    ror: 'https://ror.org/02kpeqv85',
  },
  appliedAt: '2026-11-21T09:00:00.000Z',
  sentAt: '2026-11-21T09:00:00.000Z',
}

/** An application as its applicant and stewards see it. */
export const application = z
  .object({
    id: z.uuid(),
    organisation: z.uuid(),
    state: applicationState,
    proposed: z.object({
      name: bilingual,
      kind: organisationKind,
      country: z.string(),
      ror: z.string().exactOptional(),
      corporateNumber: z.string().exactOptional(),
    }),
    appliedAt: time,
    sentAt: time.openapi({ description: 'Since when it waits: sent, or sent again.' }),
    decidedAt: time.exactOptional(),
    reason: z.string().exactOptional().openapi({ description: 'Why it was returned or declined.' }),
    agreement: acceptedAgreement.exactOptional(),
    signatory: z
      .object({ name: z.string(), post: z.string() })
      .exactOptional()
      .openapi({ description: 'Shown to the applicant and to stewards; gone once erased, declined or withdrawn.' }),
    takesOver: z
      .object({ id: z.uuid(), name: bilingual, state: organisationState })
      .exactOptional()
      .openapi({ description: 'The record that goes on under this application: the same ROR id or 法人番号.' }),
    sameName: z
      .array(z.object({ id: z.uuid(), name: bilingual }))
      .exactOptional()
      .openapi({ description: 'For stewards: organisations known by name only whose name has the same key.' }),
  })
  .openapi('Application', { example: applicationExample })
export type Application = z.infer<typeof application>

/** What the applicant hears: the record as it will stand, and the application's id. */
export const appliedOrganisation = organisation.extend({ application: z.uuid() }).openapi('AppliedOrganisation', {
  example: { ...organisationExample, state: 'applied', application: applicationExample.id },
})
export type AppliedOrganisation = z.infer<typeof appliedOrganisation>

/** Whether this is a version of the agreement that can be accepted today, in its exact words. */
export function isCurrentAgreement({ id, sha256 }: AcceptedAgreement): boolean {
  return id === currentAgreement.id && sha256 === agreements.get(id)?.sha256
}
