import { z } from '@hono/zod-openapi'
import { line } from '../shapes.ts'

export const personLanguage = z.enum(['ja', 'en'])
export type PersonLanguage = z.infer<typeof personLanguage>

/** As long as the longest names in public registers, with room to spare. */
export const personName = line(200)

/** A person as the person sees it. `name` is empty until the person has given one. */
export const person = z
  .object({
    id: z.uuid(),
    name: z.string(),
    orcid: z.string().exactOptional().openapi({ description: 'Set only by a sign-in with ORCID itself.' }),
    language: personLanguage,
  })
  .openapi('Person', {
    example: {
      id: '0198c0de-0000-7000-8000-000000000003',
      name: '入会 花子',
      orcid: 'https://orcid.org/0000-0002-1825-0097',
      language: 'ja',
    },
  })
export type Person = z.infer<typeof person>

export const membershipRole = z.enum(['officer', 'viewer'])
export type MembershipRole = z.infer<typeof membershipRole>

/** A person's post in an organisation. `officer` acts for it, `viewer` reads what only it may read. */
export type Membership = {
  organisationId: string
  organisationName: { ja: string; en: string }
  organisationApproved: boolean
  role: MembershipRole
}

/** An account at an OpenID provider (issuer and subject, OpenID Connect Core section 2). */
export type Identity = { issuer: string; subject: string; linkedAt: string }
