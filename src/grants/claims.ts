import { z } from 'zod'
import { mode, purpose } from '../../policies/vocabulary.ts'
import { authorizationType } from '../verifier/claims.ts'

/**
 * Where the person works, and who said so when (the model is a GA4GH Visa): `source` is who stands behind it, `by` in
 * what capacity, `asserted` and `confirmed` are NumericDates.
 */
export const affiliationClaim = z.object({
  organisation: z.string(),
  source: z.string(),
  by: z.enum(['self', 'so', 'system']),
  asserted: z.number().int(),
  confirmed: z.number().int().exactOptional(),
})
export type AffiliationClaim = z.infer<typeof affiliationClaim>

/** The claims of a grant: RFC 7519, Token Status List, and one RFC 9396 authorization detail. */
export const grantClaims = z.looseObject({
  iss: z.string(),
  sub: z.string(),
  jti: z.string(),
  iat: z.number().int(),
  nbf: z.number().int(),
  exp: z.number().int(),
  number: z.string(),
  kind: z.enum(['research', 'inventor']).exactOptional(),
  status: z.object({ status_list: z.object({ idx: z.number().int().min(0), uri: z.string() }) }),
  grantee: z.object({
    name: z.string(),
    orcid: z.string().exactOptional(),
    organisation: z.object({ id: z.string(), name: z.string() }),
  }),
  affiliation: affiliationClaim.exactOptional(),
  authorization_details: z
    .array(
      z.looseObject({
        type: z.literal(authorizationType),
        patents: z.array(z.string()).min(1),
        purposes: z.array(purpose).min(1),
        mode,
        territory: z.array(z.string()),
        terms: z.array(z.object({ id: z.string(), sha256: z.string() })).min(1),
        /** Who may use: of an inventor grant those under the inventor's direction too. */
        users: z.array(z.enum(['grantee', 'own_research_group'])).exactOptional(),
        holders: z.array(z.object({ id: z.string(), name: z.string() })),
        partners: z.array(z.string()).exactOptional(),
        project: z.object({
          title: z.string(),
          url: z.string().exactOptional(),
          fundingNumber: z.string().exactOptional(),
        }),
        conditions: z.array(z.string()),
      }),
    )
    .min(1),
})
export type GrantClaims = z.infer<typeof grantClaims>
