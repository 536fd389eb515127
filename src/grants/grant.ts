import { z } from '@hono/zod-openapi'
import { pinnedFingerprints } from '../../policies/terms.ts'
import { legalStatus, mode, purpose, revocationReason } from '../../policies/vocabulary.ts'
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

export const grantKind = z.enum(['research', 'inventor'])
export type GrantKind = z.infer<typeof grantKind>

export const grantee = z
  .object({
    name: line(200).openapi({ description: 'The person, or the project of the institution.' }),
    orcid: orcid.exactOptional(),
    organisation: z.string().max(200).exactOptional().openapi({ description: 'Default: yours; no other is possible.' }),
  })
  .strict()

export const grantInput = z
  .object({
    kind: grantKind.default('research'),
    numbers: z.array(z.string().max(numberInputCharactersMax)).max(numbersPerCallMax).default([]).openapi({
      description: 'Of a research grant at least one. Of an inventor grant by default all your confirmed inventions.',
    }),
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
    grantee: grantee.exactOptional().openapi({
      description:
        'Of an institution’s client: needed. A person is the grantee, and may name one of their institutions.',
    }),
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
      numbers: ['特許第5985120号', 'US 10,020,535 B2', 'not a number'],
      purpose: 'basic_research',
      mode: 'with',
      project: { title: 'Ion transport in sulfide glasses' },
      grantee: { name: 'Hanako Iriai', orcid: 'https://orcid.org/0000-0002-1825-0097' },
      acceptTerms: [{ id: 'RPC-OPEN-1.0', sha256: pinnedFingerprints['RPC-OPEN-1.0'] }],
    },
  })
export type GrantInput = z.infer<typeof grantInput>

/** What the permission rests on: a declaration, or the participation agreements of the holders (RPC-INVENTOR). */
export const coverBasis = z.enum(['declaration', 'participation_agreement'])
const leftOutExample = {
  input: 'not a number',
  verdict: 'unrecognised',
  sentence: { ja: '特許番号として読み取れませんでした。', en: 'This could not be read as a patent number.' },
  reasons: [
    {
      code: 'number_unrecognised',
      text: { ja: '特許番号として読み取れませんでした。', en: 'This could not be read as a patent number.' },
    },
  ],
}

const leftOut = z
  .object({ input: z.string(), verdict: z.string(), sentence: bilingual, reasons: z.array(reason).readonly() })
  .openapi('LeftOut', { example: leftOutExample })
export type LeftOut = z.infer<typeof leftOut>

const issuedExample = {
  id: '01a200d7-7a27-742c-8849-54d053132b34',
  number: 'J9WTG3AXC6',
  token: 'eyJhbGciOiJFUzI1NiIsInR5cCI6InJlc2VhcmNoLWdyYW50K2p3dCJ9…',
  covered: [
    {
      input: '特許第5985120号',
      number: 'JP-5985120-B1',
      terms: 'RPC-OPEN-1.0',
      declaration: '01a200d7-7a08-71f6-a020-59b78103cab9',
      basis: 'declaration',
    },
    {
      input: 'US 10,020,535 B2',
      number: 'US-10020535-B2',
      terms: 'RPC-OPEN-1.0',
      declaration: '01a200d7-7a0d-706f-8065-3107c76f0bbf',
      basis: 'declaration',
    },
  ],
  leftOut: [leftOutExample],
  urls: {
    self: 'https://registry.example/v1/grants/01a200d7-7a27-742c-8849-54d053132b34',
    certificate: 'https://registry.example/g/J9WTG3AXC6',
    proof: 'https://registry.example/v1/grants/01a200d7-7a27-742c-8849-54d053132b34.tlog-proof',
    status: 'https://registry.example/v1/status-lists/0',
  },
}

export const issuedGrant = z
  .object({
    id: z.uuid(),
    number: z.string().openapi({ description: 'Short id, for paper and URLs.' }),
    token: z.string().openapi({ description: 'Compact JWS, `typ: research-grant+jwt`, ES256.' }),
    covered: z.array(
      z.object({
        input: z.string(),
        number: z.string(),
        terms: z.string(),
        declaration: z.string().exactOptional(),
        basis: coverBasis,
      }),
    ),
    leftOut: z.array(leftOut),
    urls: z.object({ self: z.url(), certificate: z.url(), proof: z.url(), status: z.url() }),
  })
  .openapi('IssuedGrant', { example: issuedExample })
export type IssuedGrant = z.infer<typeof issuedGrant>

export const grantRequestExample = {
  id: '0198c0de-0000-7000-8000-00000000000f',
  state: 'waiting',
  organisation: '01a200d7-7946-7101-bf95-f67a303e1c8f',
  numbers: ['JP-5985120-B1', 'US-10020535-B2'],
  purpose: 'basic_research',
  mode: 'with',
  project: { title: 'Ion transport in sulfide glasses' },
  requestedAt: '2026-11-21T09:00:00.000Z',
}

/** As the institution sees it once an officer has approved. */
export const approvedRequestExample = {
  ...grantRequestExample,
  state: 'approved',
  person: { name: 'Hanako Iriai', orcid: 'https://orcid.org/0000-0002-1825-0097' },
  decidedAt: '2026-11-22T09:00:00.000Z',
  grant: '01a200d7-7a27-742c-8849-54d053132b34',
}

/** A request that waits for the person's institution. */
export const grantRequest = z
  .object({
    id: z.uuid(),
    state: z.enum(['waiting', 'approved', 'refused']),
    organisation: z.string(),
    person: z.object({ name: z.string(), orcid: z.string().exactOptional() }).exactOptional(),
    numbers: z.array(z.string()),
    purpose,
    mode,
    project: z.object({
      title: z.string(),
      url: z.string().exactOptional(),
      fundingNumber: z.string().exactOptional(),
    }),
    requestedAt: time,
    decidedAt: time.exactOptional(),
    reason: z.string().exactOptional(),
    grant: z.string().exactOptional(),
  })
  .openapi('GrantRequest', { example: grantRequestExample })
export type GrantRequest = z.infer<typeof grantRequest>

export const waiting = z
  .object({ request: grantRequest })
  .openapi('GrantWaiting', { example: { request: grantRequestExample } })

export const requestDecision = z
  .object({ decision: z.enum(['approved', 'refused']), reason: line(500).exactOptional() })
  .strict()
  .openapi('GrantRequestDecision', { example: { decision: 'approved' } })
export type RequestDecision = z.infer<typeof requestDecision>

export const objectionInput = z
  .object({
    reason: revocationReason.extract(['breach', 'false_statement', 'ineligible', 'holder_request_allowed_by_terms']),
    note: line(1000),
  })
  .strict()
  .openapi('ObjectionInput', { example: { reason: 'ineligible', note: 'The new employer is run for profit.' } })
export type ObjectionInput = z.infer<typeof objectionInput>
/** The digest in its leaf is that of its salt and record. */
const publicGrantExample = {
  id: '01a200d7-7a27-742c-8849-54d053132b34',
  number: 'J9WTG3AXC6',
  kind: 'research',
  status: 'valid',
  since: '2026-11-21T09:00:00.000Z',
  purpose: 'basic_research',
  mode: 'with',
  from: '2026-11-21',
  until: '2027-11-20',
  issuedAt: '2026-11-21T09:00:00.000Z',
  patents: [
    {
      number: 'JP-5985120-B1',
      terms: 'RPC-OPEN-1.0',
      declaration: '01a200d7-7a08-71f6-a020-59b78103cab9',
      basis: 'declaration',
      now: { needed: true, status: 'granted', since: '2016-08-12', source: 'manual' },
    },
    {
      number: 'US-10020535-B2',
      terms: 'RPC-OPEN-1.0',
      declaration: '01a200d7-7a0d-706f-8065-3107c76f0bbf',
      basis: 'declaration',
      now: { needed: true, status: 'granted', since: '2016-08-12', source: 'manual' },
    },
  ],
  events: [{ status: 'valid', at: '2026-11-21T09:00:00.000Z' }],
  statusList: { uri: 'https://registry.example/v1/status-lists/0', idx: 81964 },
  log: {
    sequence: 13,
    leaf: '{"at":"2026-11-21T09:00:00.000Z","digest":"29e7d38804f249083c20ab0a71e4b82b8fec82ec81ddec84fefdcece63512f3f","subject":"01a200d7-7a27-742c-8849-54d053132b34","type":"granted","v":1}',
    salt: '91784f1a12028319d45df2baab377d78',
    record:
      '{"details":[{"holders":["https://registry.example/v1/organisations/01a200d7-78bc-75aa-ac65-12afe86dff74","https://registry.example/v1/organisations/01a200d7-78e0-72af-bf55-82b3feb49c3f","https://registry.example/v1/organisations/01a200d7-78fe-73ea-b3b2-6f43e1d9bb65"],"mode":"with","patents":["JP-5985120-B1","US-10020535-B2"],"purposes":["basic_research"],"terms":[{"id":"RPC-OPEN-1.0","sha256":"d3547b73bf9d84e62c0f29ddca8040dbb780d2cee88edf69ba0b6982ecfac411"}],"territory":["JP","US"]}],"exp":1826755200,"id":"01a200d7-7a27-742c-8849-54d053132b34","nbf":1795251600,"status":{"status_list":{"idx":81964,"uri":"https://registry.example/v1/status-lists/0"}},"tokenSha256":"5f2007805b0309e7d7275e56a191838af011e546276aa6f9b22f84e41114537f"}',
  },
}

/** What its grantee’s institution, a steward and the bearer of the token see. */
export const fullGrantExample = {
  ...publicGrantExample,
  grantee: {
    name: 'Hanako Iriai',
    orcid: 'https://orcid.org/0000-0002-1825-0097',
    organisation: '01a200d7-7946-7101-bf95-f67a303e1c8f',
  },
}

/** What anyone may know of a grant. Whose it is stays with the grantee. */
export const publicGrant = z
  .object({
    id: z.uuid(),
    number: z.string(),
    kind: grantKind,
    status: grantState,
    since: time.openapi({ description: 'When it came to that status.' }),
    reason: z.string().exactOptional(),
    supersededBy: z.string().exactOptional(),
    purpose,
    mode,
    from: date,
    until: date,
    issuedAt: time,
    patents: z.array(
      z.object({
        number: z.string(),
        terms: z.string(),
        declaration: z.string().exactOptional(),
        basis: coverBasis,
        now: z
          .object({
            needed: z.boolean(),
            status: legalStatus,
            since: date.exactOptional(),
            source: z.string().exactOptional(),
          })
          .openapi({ description: 'Whether the right is still in the way today; else since when it is not.' }),
      }),
    ),
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
  .openapi('Grant', { example: publicGrantExample })
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
    checks: z.array(z.object({ name: z.string(), passed: z.boolean().nullable(), code: z.string(), text: bilingual })),
    grant: publicGrant.exactOptional(),
  })
  .openapi('Verification', {
    example: {
      valid: true,
      checks: [
        {
          name: 'signature',
          passed: true,
          code: 'signature_good',
          text: { ja: '署名は、公開鍵で確かめられました。', en: 'The signature verifies with the published key.' },
        },
        {
          name: 'time',
          passed: true,
          code: 'within_dates',
          text: { ja: '有効期間内です。', en: 'It is within its dates.' },
        },
        {
          name: 'terms',
          passed: true,
          code: 'terms_known',
          text: {
            ja: '利用条件の指紋は、公開されたものと一致します。',
            en: 'The terms have the published fingerprints.',
          },
        },
        {
          name: 'on_record',
          passed: true,
          code: 'on_record',
          text: { ja: '登録簿に記録されています。', en: 'It is on record.' },
        },
        {
          name: 'status',
          passed: true,
          code: 'status_valid',
          text: { ja: '取り消されても、停止されてもいません。', en: 'It is neither revoked nor suspended.' },
        },
      ],
      grant: fullGrantExample,
    },
  })
export type Verification = z.infer<typeof verification>

/** The state as stored, and `expired` once the last day has passed. */
export function statusOf(state: GrantState, expiresAt: string, now: Date): GrantState {
  return state === 'valid' && new Date(expiresAt) <= now ? 'expired' : state
}
