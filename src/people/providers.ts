import * as oidc from 'openid-client'
import { z } from 'zod'
import type { Provider } from '../config.ts'
import { parseOrcid } from './orcid.ts'
import type { Account } from './sign-in.ts'

/** How long a provider's discovery document is kept. Its keys are fetched anew when one is unknown. */
const discoverySeconds = 3600
/** A provider that answers no sooner is down. */
const answerSecondsMax = 10
/** What a provider says of itself and of people is short. */
const claimCharactersMax = 300

/** What is proved when the answer comes back: RFC 6749 `state`, OpenID `nonce`, RFC 7636 code verifier. */
export type Challenge = { state: string; nonce: string; verifier: string }

/** The address at the provider where the person signs in: code flow with PKCE (S256), state and nonce. */
export async function authorizationUrl(provider: Provider, redirectUri: string, challenge: Challenge, now: Date) {
  const configuration = await configurationOf(provider, now)
  return oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: provider.scopes.join(' '),
    state: challenge.state,
    nonce: challenge.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(challenge.verifier),
    code_challenge_method: 'S256',
  })
}

/**
 * The account that the provider's answer shows. Checks state, `iss` (RFC 9207), nonce, audience, expiry and the
 * signature of the ID token.
 * @param answer our redirect URI with the parameters that came with the answer
 * @returns undefined when anything about the answer does not hold, or the provider does not answer as it should
 */
export async function redeem(
  provider: Provider,
  answer: URL,
  challenge: Challenge,
  now: Date,
): Promise<{ account: Account; affiliation: AffiliationClaim | undefined } | { fault: string }> {
  try {
    const configuration = await configurationOf(provider, now)
    const tokens = await oidc.authorizationCodeGrant(configuration, answer, {
      expectedState: challenge.state,
      expectedNonce: challenge.nonce,
      pkceCodeVerifier: challenge.verifier,
      idTokenExpected: true,
    })
    keepKeys(provider, configuration)
    const idToken = tokens.claims()
    if (!idToken) return { fault: 'no ID token' }
    const more = configuration.serverMetadata().userinfo_endpoint
      ? await oidc.fetchUserInfo(configuration, tokens.access_token, idToken.sub)
      : {}
    return accountOf(provider, { ...more, ...idToken })
  } catch (error) {
    return { fault: faultOf(error) }
  }
}

function accountOf(provider: Provider, claims: Record<string, unknown>) {
  const subject = z.string().min(1).max(255).safeParse(claims.sub)
  if (!subject.success) return { fault: 'no subject' }
  const orcid = provider.kind === 'orcid' ? parseOrcid(subject.data) : undefined
  if (provider.kind === 'orcid' && orcid === undefined) return { fault: 'the subject is not an ORCID iD' }
  const account = { issuer: provider.issuer, subject: subject.data, name: nameOf(provider, claims), orcid }
  return { account, affiliation: affiliationClaims(provider, claims) }
}

function nameOf(provider: Provider, claims: Record<string, unknown>): string | undefined {
  const whole = text(claims[provider.claims.name ?? 'name'])
  const parts = [text(claims.given_name), text(claims.family_name)].filter((part) => part !== undefined)
  return whole ?? (parts.length > 0 ? parts.join(' ') : undefined)
}

/** What an institution's issuer says about where the person works. */
export type AffiliationClaim = {
  /** The institution, as the settings name it: our id or its ROR id. */
  organisation: string
  /** Who says so. */
  assertedBy: string
  /** `faculty`, `staff`, `employee`, `member` or `student` (eduPerson). */
  affiliation: string
}

/**
 * Reads `eduperson_scoped_affiliation` and `schac_home_organization`. Only an issuer that the settings tie to an
 * institution is heard, only for that institution, and only kinds of affiliation that mean belonging to it.
 */
export function affiliationClaims(provider: Provider, claims: Record<string, unknown>): AffiliationClaim | undefined {
  if (provider.kind !== 'institution' || provider.organisation === undefined) return undefined
  const said = claims[provider.claims.scopedAffiliation ?? 'eduperson_scoped_affiliation']
  const home = text(claims[provider.claims.homeOrganisation ?? 'schac_home_organization'])
  const values = (Array.isArray(said) ? said.slice(0, affiliationsMax) : [said]).map(text)
  const stated = values.filter((value) => value !== undefined).map((value) => value.toLowerCase().split('@'))
  const here = stated.filter(([, scope]) => home === undefined || scope === undefined || scope === home.toLowerCase())
  const affiliation = belonging.find((kind) => here.some(([value]) => value === kind))
  if (affiliation === undefined) return undefined
  return { organisation: provider.organisation, assertedBy: provider.issuer, affiliation }
}

const affiliationsMax = 20
/** In the order of weight. `alum`, `affiliate` and `library-walk-in` do not mean working there. */
const belonging = ['faculty', 'staff', 'employee', 'member', 'student'] as const

function text(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const written = value.slice(0, claimCharactersMax).trim()
  return written === '' || /\p{Cc}/u.test(written) ? undefined : written
}

/** Plain data, never a promise: on Workers no request may wait for another's. */
type Known = { metadata: oidc.ServerMetadata; until: number; keys?: ReturnType<typeof oidc.getJwksCache> }
const discovered = new Map<string, Known>()

async function configurationOf(provider: Provider, now: Date): Promise<oidc.Configuration> {
  const kept = discovered.get(provider.issuer)
  if (kept && kept.until > now.getTime()) {
    const configuration = prepared(new oidc.Configuration(kept.metadata, ...clientOf(provider)), provider)
    if (kept.keys) oidc.setJwksCache(configuration, kept.keys)
    return configuration
  }
  const [clientId, metadata, authentication] = clientOf(provider)
  const found = await oidc.discovery(new URL(provider.issuer), clientId, metadata, authentication, {
    timeout: answerSecondsMax,
    ...(isPlain(provider) ? { execute: [oidc.allowInsecureRequests] } : {}),
  })
  const { supportsPKCE: _, ...said } = found.serverMetadata()
  discovered.set(provider.issuer, { metadata: said, until: now.getTime() + discoverySeconds * 1000 })
  return prepared(new oidc.Configuration(said, clientId, metadata, authentication), provider)
}

function prepared(configuration: oidc.Configuration, provider: Provider): oidc.Configuration {
  configuration.timeout = answerSecondsMax
  oidc.enableNonRepudiationChecks(configuration)
  if (isPlain(provider)) oidc.allowInsecureRequests(configuration)
  return configuration
}

function keepKeys(provider: Provider, configuration: oidc.Configuration): void {
  const kept = discovered.get(provider.issuer)
  const keys = oidc.getJwksCache(configuration)
  if (kept && keys) kept.keys = keys
}

function clientOf(provider: Provider): [string, Partial<oidc.ClientMetadata>, oidc.ClientAuth] {
  return [provider.clientId, {}, authentications[provider.tokenEndpointAuthMethod](provider.clientSecret)]
}

const authentications = {
  client_secret_post: oidc.ClientSecretPost,
  client_secret_basic: oidc.ClientSecretBasic,
  none: () => oidc.None(),
} as const

/** The settings allow plain http on this machine alone. */
function isPlain({ issuer }: Provider): boolean {
  return issuer.startsWith('http:')
}

/** For the operator's log: the kind of fault, never a code, a token or what the provider wrote. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name
}
