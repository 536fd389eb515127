import { z } from 'zod'
import { mode, purpose } from '../../policies/vocabulary.ts'

/** `typ` of a grant (RFC 8725 section 3.11): media type `application/research-grant+jwt`. */
export const grantTokenType = 'research-grant+jwt'
export const authorizationType = 'research_patent_use'

/** The claims of a grant: RFC 7519, Token Status List, and one RFC 9396 authorization detail. */
export const grantClaims = z.looseObject({
  iss: z.string(),
  sub: z.string(),
  jti: z.string(),
  iat: z.number().int(),
  nbf: z.number().int(),
  exp: z.number().int(),
  number: z.string(),
  status: z.object({ status_list: z.object({ idx: z.number().int().min(0), uri: z.string() }) }),
  grantee: z.object({
    name: z.string(),
    orcid: z.string().exactOptional(),
    organisation: z.object({ id: z.string(), name: z.string() }),
  }),
  authorization_details: z
    .array(
      z.looseObject({
        type: z.literal(authorizationType),
        patents: z.array(z.string()).min(1),
        purposes: z.array(purpose).min(1),
        mode,
        territory: z.array(z.string()),
        terms: z.array(z.object({ id: z.string(), sha256: z.string() })).min(1),
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
