import { z } from '@hono/zod-openapi'
import { bilingual, line, time } from '../../shapes.ts'
import { numberInputCharactersMax } from '../numbers/parse.ts'

const statementCharactersMax = 2000
const reasonCharactersMax = 500
/** A long career has some hundreds of rights; the export of one person is smaller. */
const researchmapItemsMax = 1000

/** `claimed → confirmed | rejected`; a rejected claim may be `disputed`; `withdrawn` by the person. */
export const inventorClaimState = z.enum(['claimed', 'confirmed', 'rejected', 'disputed', 'withdrawn'])
export type InventorClaimState = z.infer<typeof inventorClaimState>

/** A second source that speaks for a claim. It never confirms one. */
const supportExample = {
  source: 'orcid_on_family_member',
  number: 'US-10020535-B2',
  at: '2026-11-21T09:00:00.000Z',
}

export const claimSupport = z
  .object({
    source: z.enum(['orcid_on_family_member', 'researchmap']),
    /** The number on which it was found. */
    number: z.string(),
    at: time,
  })
  .openapi('ClaimSupport', { example: supportExample })
export type ClaimSupport = z.infer<typeof claimSupport>

/** As the tables keep it. `position` counts from 0, as printed. */
export type InventorClaimRecord = {
  id: string
  patentId: string
  position: number
  personId: string
  state: InventorClaimState
  statement: string | null
  support: ClaimSupport[]
  claimedAt: string
  decidedBy: string | null
  decidedAt: string | null
  reason: string | null
  version: number
}

export const inventorClaimExample = {
  id: '0198c0de-0000-7000-8000-00000000000e',
  patent: 'JP-5985120-B1',
  inventor: 2,
  printed: '入会 花子',
  state: 'claimed',
  statement: 'I made the measurements of example 3.',
  support: [supportExample],
  claimedAt: '2026-11-21T09:00:00.000Z',
}

/** The person answers a rejection. */
export const disputedClaimExample = {
  ...inventorClaimExample,
  state: 'disputed',
  statement: 'The laboratory notebook names me on 2014-03-03.',
  decidedAt: '2026-11-22T09:00:00.000Z',
  reason: 'Our records name another person.',
}

export const inventorClaim = z
  .object({
    id: z.uuid(),
    patent: z.string().openapi({ description: 'Canonical number.' }),
    inventor: z.number().int().openapi({ description: 'Place among the inventors as printed, from 1.' }),
    printed: z.string().exactOptional(),
    state: inventorClaimState,
    statement: z.string().exactOptional(),
    support: z.array(claimSupport),
    claimedAt: time,
    decidedAt: time.exactOptional(),
    reason: z.string().exactOptional(),
    person: z
      .object({ name: z.string(), orcid: z.string().exactOptional() })
      .exactOptional()
      .openapi({ description: 'For the holder, who decides.' }),
  })
  .openapi('InventorClaim', { example: inventorClaimExample })
export type InventorClaim = z.infer<typeof inventorClaim>

const text = z
  .object({ ja: z.string().max(300).optional(), en: z.string().max(300).optional() })
  .or(z.string().max(300))

/** One entry of researchmap API v2 `industrial_property_rights`: only the numbers are read. */
const researchmapRight = z.looseObject({
  application_number: text.nullish(),
  patent_announcement_number: text.nullish(),
  patent_publication_number: text.nullish(),
  patent_number: text.nullish(),
})
export const researchmapExport = z
  .looseObject({ items: z.array(researchmapRight).max(researchmapItemsMax) })
  .or(z.array(researchmapRight).max(researchmapItemsMax))
  .openapi({ type: 'object', description: 'An export of `industrial_property_rights` from researchmap (API v2).' })
export type ResearchmapExport = z.infer<typeof researchmapExport>

export const inventorClaimInput = z
  .object({
    statement: line(statementCharactersMax).exactOptional(),
    researchmap: researchmapExport.exactOptional(),
  })
  .strict()
  .openapi('InventorClaimInput', { example: { statement: 'I made the measurements of example 3.' } })
export type InventorClaimInput = z.infer<typeof inventorClaimInput>

export const inventorDecision = z
  .object({
    state: z.enum(['confirmed', 'rejected']),
    claim: z.uuid().exactOptional().openapi({ description: 'Which claim, where several stand on the same place.' }),
    reason: line(reasonCharactersMax).exactOptional().openapi({ description: 'Needed when rejected.' }),
    ground: z.enum(['false_statement', 'issued_in_error']).exactOptional().openapi({
      description: 'Needed when an inventorship that was confirmed is reversed: why its grants end.',
    }),
  })
  .strict()
  .openapi('InventorDecision', { example: { state: 'confirmed' } })
export type InventorDecision = z.infer<typeof inventorDecision>

export const disputeInput = z
  .object({ statement: line(statementCharactersMax) })
  .strict()
  .openapi('DisputeInput', { example: { statement: 'The laboratory notebook names me on 2014-03-03.' } })

const inventionExample = {
  patent: 'JP-5786899',
  title: { ja: '硫化物固体電解質', en: 'Sulfide solid electrolyte' },
  inventor: 1,
  printed: '入会 花子',
  romanised: 'IRIAI, Hanako',
  holders: [{ id: '0198c0de-0000-7000-8000-000000000001', name: { ja: '京都大学', en: 'Kyoto University' } }],
}

/** A patent and the place on it. */
export const invention = z
  .object({
    patent: z.string(),
    title: z.object({ ja: z.string().exactOptional(), en: z.string().exactOptional() }),
    inventor: z.number().int(),
    printed: z.string(),
    romanised: z.string().exactOptional(),
    holders: z.array(z.object({ id: z.string(), name: bilingual })),
  })
  .openapi('Invention', { example: inventionExample })
export type Invention = z.infer<typeof invention>

export const inventions = z
  .object({
    confirmed: z.array(invention),
    claimed: z.array(inventorClaim),
    suggested: z.array(invention).openapi({ description: 'The printed name is like yours. Nothing follows from it.' }),
  })
  .openapi('Inventions', {
    example: { confirmed: [inventionExample], claimed: [inventorClaimExample], suggested: [] },
  })
export type Inventions = z.infer<typeof inventions>

/** As many as a patent's record has room for. */
const inventorsPerPatentMax = 200

/** How an address names a place on a patent. */
export const inventorParams = z.object({
  number: z.string().max(numberInputCharactersMax).openapi({ example: 'JP-5985120-B1' }),
  n: z.coerce
    .number()
    .int()
    .min(1)
    .max(inventorsPerPatentMax)
    .openapi({ description: 'Place among the inventors as printed, from 1.' }),
})

/** Open to a decision of the holder. */
export function isOpen({ state }: Pick<InventorClaimRecord, 'state'>): boolean {
  return state === 'claimed' || state === 'disputed'
}
