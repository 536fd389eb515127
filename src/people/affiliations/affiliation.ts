import { z } from '@hono/zod-openapi'
import { bilingual, date, line, time } from '../../shapes.ts'
import { orcid } from '../orcid.ts'

/** Two posts are common, a handful happens; more is a mistake. */
export const currentAffiliationsMax = 10
const reasonCharactersMax = 500

/** `asserted → confirmed | rejected`, and `ended`. What an institution says of its own people is confirmed at once. */
export const affiliationState = z.enum(['asserted', 'confirmed', 'rejected', 'ended'])
export const affiliationSource = z.enum(['self', 'institution', 'issuer'])

/** As the tables keep it. `personId` is null where an institution named an ORCID iD, `orcid` where it did not. */
export type AffiliationRecord = {
  id: string
  personId: string | null
  orcid: string | null
  organisationId: string
  from: string
  until: string | null
  source: z.infer<typeof affiliationSource>
  assertedBy: string
  assertedAt: string
  state: z.infer<typeof affiliationState>
  decidedBy: string | null
  decidedAt: string | null
  reason: string | null
  version: number
}

/** Who said so, in the words of GA4GH Passport (`by`): the person, a signing official of the institution, a system. */
export const assertedBy = z.enum(['self', 'so', 'system'])

export const affiliationExample = {
  id: '0198c0de-0000-7000-8000-00000000000d',
  organisation: { id: '0198c0de-0000-7000-8000-000000000001', name: { ja: '京都大学', en: 'Kyoto University' } },
  from: '2026-04-01',
  state: 'confirmed',
  source: 'self',
  by: 'self',
  asserted: '2026-11-20T09:00:00.000Z',
  confirmed: '2026-11-21T09:00:00.000Z',
}

/** As the institution sees it. */
export const affiliationOfPersonExample = {
  ...affiliationExample,
  source: 'institution',
  by: 'so',
  asserted: '2026-11-21T09:00:00.000Z',
  person: { orcid: 'https://orcid.org/0000-0002-1825-0097' },
}

export const affiliation = z
  .object({
    id: z.uuid(),
    organisation: z.object({ id: z.string(), name: bilingual }),
    from: date,
    until: date.exactOptional(),
    state: affiliationState,
    source: affiliationSource,
    by: assertedBy,
    asserted: time,
    confirmed: time.exactOptional(),
    reason: z.string().exactOptional(),
    person: z
      .object({ name: z.string().exactOptional(), orcid: z.string().exactOptional() })
      .exactOptional()
      .openapi({ description: 'For the institution: the iD that it gave, or who says to work there.' }),
  })
  .openapi('Affiliation', { example: affiliationExample })
export type Affiliation = z.infer<typeof affiliation>

export const affiliationInput = z
  .object({
    organisation: z.string().max(200).openapi({ description: 'Id or ROR id.' }),
    from: date.openapi({ description: 'First day, today at the latest.' }),
  })
  .strict()
  .openapi('AffiliationInput', { example: { organisation: 'https://ror.org/02kpeqv85', from: '2026-04-01' } })
export type AffiliationInput = z.infer<typeof affiliationInput>

export const institutionAffiliationInput = z
  .object({ orcid, from: date })
  .strict()
  .openapi('InstitutionAffiliationInput', {
    example: { orcid: 'https://orcid.org/0000-0002-1825-0097', from: '2026-04-01' },
  })
export type InstitutionAffiliationInput = z.infer<typeof institutionAffiliationInput>

export const affiliationDecision = z
  .object({
    state: z.enum(['confirmed', 'rejected']),
    reason: line(reasonCharactersMax).exactOptional().openapi({ description: 'Needed when rejected.' }),
  })
  .strict()
  .openapi('AffiliationDecision', { example: { state: 'confirmed' } })
export type AffiliationDecision = z.infer<typeof affiliationDecision>

export const affiliationEnd = z
  .object({ on: date.exactOptional().openapi({ description: 'Last day, today at the latest. Default: today.' }) })
  .strict()
  .openapi('AffiliationEnd', { example: {} })
export type AffiliationEnd = z.infer<typeof affiliationEnd>

export function isCurrent({ state }: Pick<AffiliationRecord, 'state'>): boolean {
  return state === 'asserted' || state === 'confirmed'
}

/** Somebody other than the person stands behind it. */
export function isVouched({ state, source }: Pick<AffiliationRecord, 'state' | 'source'>): boolean {
  return state === 'confirmed' || (state === 'asserted' && source !== 'self')
}

export function byOf({ source }: Pick<AffiliationRecord, 'source'>): z.infer<typeof assertedBy> {
  if (source === 'self') return 'self'
  return source === 'institution' ? 'so' : 'system'
}

/** The better supported first, then the later. */
export function strongestFirst(affiliations: readonly AffiliationRecord[]): AffiliationRecord[] {
  return [...affiliations].sort(
    (a, b) => Number(isVouched(b)) - Number(isVouched(a)) || b.from.localeCompare(a.from) || b.id.localeCompare(a.id),
  )
}
