import { z } from 'zod'

/** More buttons than this nobody reads. */
const providersMax = 50

/** An OpenID provider with which people sign in. */
const provider = z.strictObject({
  /** In addresses: `${REGISTRY_URL}/sign-in/{id}/callback` is what to register with the provider. Never change it. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  name: z.strictObject({ ja: z.string().min(1).max(100), en: z.string().min(1).max(100) }),
  /** As the provider's discovery document writes it. Plain http only on this very machine. */
  issuer: z.url({ protocol: /^https?$/ }).refine((issuer) => issuer.startsWith('https:') || isLoopback(issuer), {
    message: 'has to be https',
  }),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1).exactOptional(),
  scopes: z.array(z.string().min(1)).default(['openid']),
  tokenEndpointAuthMethod: z.enum(['client_secret_post', 'client_secret_basic', 'none']).default('client_secret_basic'),
  /** `orcid`: the subject is an ORCID iD. Only ORCID itself may be given this kind. */
  kind: z.enum(['orcid', 'institution']),
  /** Our id or the ROR id of the institution for which the issuer speaks. */
  organisation: z.string().min(1).max(200).exactOptional(),
  /** Names of the claims, where the provider's own differ from the usual ones. */
  claims: z
    .strictObject({ name: z.string(), scopedAffiliation: z.string(), homeOrganisation: z.string() })
    .partial()
    .default({}),
})
export type Provider = z.infer<typeof provider>

/** JSON as text. What is wrong with it is said without showing any of it. */
const providersText = z
  .string()
  .transform((text, check) => {
    try {
      const value: unknown = JSON.parse(text)
      return value
    } catch {
      check.addIssue({ code: 'custom', message: 'is not JSON' })
      return z.NEVER
    }
  })
  .pipe(
    z
      .array(
        provider.refine((one) => one.tokenEndpointAuthMethod === 'none' || one.clientSecret !== undefined, {
          message: 'needs a clientSecret, or tokenEndpointAuthMethod "none"',
        }),
      )
      .max(providersMax)
      .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, { message: 'has one id twice' }),
  )

/** Every setting of the registry. The entries read the environment or the bindings and parse it by this shape. */
export const settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8787),
  /** Loopback unless said otherwise: a trial must not be open to the network. */
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('.data'),
  /** `file:…`, `http://…` (libsql-server) or `libsql://…` (Turso). Default: `file:$DATA_DIR/registry.db`. */
  DATABASE_URL: z.string().optional(),
  DATABASE_AUTH_TOKEN: z.string().optional(),
  /** Public address, the issuer (`iss`) of everything signed. Without a trailing slash. */
  REGISTRY_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  /** JSON `{ "keys": [...] }` with private keys, see `keys.ts`. Default: `$DATA_DIR/keys.json`. */
  SIGNING_KEYS: z.string().optional(),
  /** JSON array of the OpenID providers with which people sign in, ORCID first. Without it nobody does. */
  OIDC_PROVIDERS: providersText.default([]),
  /** Where mails are handed over (an HTTP mail API), its bearer token, and the sender. Without all three no mail is sent. */
  MAIL_URL: z.url({ protocol: /^https?$/ }).optional(),
  MAIL_TOKEN: z.string().min(1).optional(),
  MAIL_FROM: z.string().min(1).max(320).optional(),
  /** Where faults of security are told, `mailto:…` or `https://…` (RFC 9116). Without it there is no security.txt. */
  SECURITY_CONTACT: z
    .url({ protocol: /^(?:mailto|https|tel)$/ })
    .max(500)
    .optional(),
})

export type Settings = z.infer<typeof settings>

function isLoopback(address: string): boolean {
  return URL.canParse(address) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname)
}
