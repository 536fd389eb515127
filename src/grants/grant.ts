import { z } from '@hono/zod-openapi'
import { mode, purpose, revocationReason } from '../../policies/vocabulary.ts'
import { reason } from '../check/check.ts'
import { numbersPerCallMax } from '../limits.ts'
import { numberInputCharactersMax } from '../patents/numbers/parse.ts'
import { orcid } from '../people/orcid.ts'
import { bilingual, countryCode, date, line, sha256, time } from '../shapes.ts'

/** A grant that begins later than this is asked for when the time comes. */
export const grantStartDaysAheadMax = 90
/** Research partners to whom material may be passed; more is a consortium with a contract of its own. */
const partnersMax = 20

export const grantState = z.enum(['valid', 'expired', 'suspended', 'revoked', 'superseded'])
export type GrantState = z.infer<typeof grantState>

export const grantInput = z
  .object({
    kind: z.literal('research').default('research'),
    numbers: z.array(z.string().max(numberInputCharactersMax)).min(1).max(numbersPerCallMax),
    purpose,
    mode,
    project: z
      .object({
        title: line(300),
        url: z
          .url({ protocol: /^https?$/ })
          .max(500)
          .exactOptional(),
        fundingNumber: line(100).exactOptional(),
      })
      .strict(),
    grantee: z
      .object({
        name: line(200).openapi({ description: 'The person, or the project of the institution.' }),
        orcid: orcid.exactOptional(),
        organisation: z
          .string()
          .max(200)
          .exactOptional()
          .openapi({ description: 'Default: yours; no other is possible.' }),
      })
      .strict(),
    partners: z.array(line(200)).max(partnersMax).exactOptional().openapi({
      description: 'Research partners to whom material made under the grant may be passed.',
    }),
    territory: z.array(countryCode).min(1).max(50).exactOptional().openapi({
      description: 'Where the research is done. Default: the country of each patent.',
    }),
    from: date.exactOptional().openapi({ description: 'Default: today.' }),
    until: date.exactOptional().openapi({ description: 'Last day. Default: one year, or what the terms allow.' }),
    assertsPatents: z.boolean().exactOptional().openapi({
      description: 'Your statement whether you assert a patent against a holder’s research. Some terms ask for it.',
    }),
    acceptTerms: z
      .array(z.object({ id: z.string().max(50), sha256 }).strict())
      .max(50)
      .openapi({ description: 'Every terms version of the patents to be covered, as you read it.' }),
    allOrNothing: z.boolean().default(false),
  })
  .strict()
  .openapi('GrantInput', {
    example: {
      kind: 'research',
      numbers: ['特許第5985120号', 'US-10020535-B2'],
      purpose: 'basic_research',
      mode: 'with',
      project: { title: 'Ion transport in sulfide glasses', fundingNumber: 'JP26K00000' },
      grantee: { name: '入会 花子', orcid: 'https://orcid.org/0000-0002-1825-0097' },
      acceptTerms: [
        { id: 'RPC-ACADEMIC-1.0', sha256: 'f4301957801a0b53acd79767dbc79f2c3a12bab1618220df70182eb3b112a75f' },
      ],
    },
  })
export type GrantInput = z.infer<typeof grantInput>

const leftOut = z
  .object({ input: z.string(), verdict: z.string(), sentence: bilingual, reasons: z.array(reason).readonly() })
  .openapi('LeftOut')
export type LeftOut = z.infer<typeof leftOut>

export const issuedGrant = z
  .object({
    id: z.uuid(),
    number: z.string().openapi({ description: 'Short id, for paper and URLs.' }),
    token: z.string().openapi({ description: 'Compact JWS, `typ: research-grant+jwt`, ES256.' }),
    covered: z.array(z.object({ input: z.string(), number: z.string(), terms: z.string(), declaration: z.string() })),
    leftOut: z.array(leftOut),
    urls: z.object({ self: z.url(), certificate: z.url(), proof: z.url(), status: z.url() }),
  })
  .openapi('IssuedGrant')
export type IssuedGrant = z.infer<typeof issuedGrant>

/** What anyone may know of a grant. Whose it is stays with the grantee. */
export const publicGrant = z
  .object({
    id: z.uuid(),
    number: z.string(),
    kind: z.literal('research'),
    status: grantState,
    since: time.openapi({ description: 'When it came to that status.' }),
    reason: z.string().exactOptional(),
    supersededBy: z.string().exactOptional(),
    purpose,
    mode,
    from: date,
    until: date,
    issuedAt: time,
    patents: z.array(z.object({ number: z.string(), terms: z.string(), declaration: z.string() })),
    events: z.array(z.object({ status: grantState, at: time, reason: z.string().exactOptional() })),
    statusList: z.object({ uri: z.url(), idx: z.number().int() }),
    log: z
      .object({ sequence: z.number().int(), leaf: z.string(), salt: z.string(), record: z.string() })
      .exactOptional()
      .openapi({ description: 'The log entry: `digest` in the leaf is SHA-256 (hex) of `salt` followed by `record`.' }),
    grantee: z
      .object({ name: z.string(), orcid: z.string().exactOptional(), organisation: z.string() })
      .exactOptional()
      .openapi({ description: 'Shown to the grantee’s institution and to stewards.' }),
  })
  .openapi('Grant')
export type PublicGrant = z.infer<typeof publicGrant>

export const revocationInput = z
  .object({ reason: revocationReason.exclude(['superseded']), note: line(1000).exactOptional() })
  .strict()
  .openapi('RevocationInput', { example: { reason: 'issued_in_error', note: 'Wrong project.' } })
export type RevocationInput = z.infer<typeof revocationInput>

export const suspensionInput = z
  .object({ note: line(1000) })
  .strict()
  .openapi('SuspensionInput', { example: { note: 'A report of use in production is being looked into.' } })

export const verification = z
  .object({
    valid: z.boolean().nullable().openapi({ description: '`null`: cannot tell.' }),
    checks: z.array(z.object({ name: z.string(), passed: z.boolean().nullable(), text: bilingual })),
    grant: publicGrant.exactOptional(),
  })
  .openapi('Verification', {
    example: {
      valid: false,
      checks: [
        { name: 'readable', passed: false, text: { ja: 'JWT として読めません。', en: 'It does not read as a JWT.' } },
      ],
    },
  })
export type Verification = z.infer<typeof verification>

/** The state as stored, and `expired` once the last day has passed. */
export function statusOf(state: GrantState, expiresAt: string, now: Date): GrantState {
  return state === 'valid' && new Date(expiresAt) <= now ? 'expired' : state
}
