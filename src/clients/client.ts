import { z } from '@hono/zod-openapi'
import { scopes } from '../context.ts'
import { line, time } from '../shapes.ts'

/** Public keys of a client that signs its own assertions (private_key_jwt, RFC 7523): P-256 or Ed25519. */
const clientKey = z.object({
  kty: z.enum(['EC', 'OKP']),
  crv: z.enum(['P-256', 'Ed25519']),
  x: z.string().max(200),
  y: z.string().max(200).exactOptional(),
  kid: z.string().max(200).exactOptional(),
  alg: z.string().max(20).exactOptional(),
  use: z.string().max(20).exactOptional(),
  d: z.never().exactOptional().openapi({ type: 'string', description: 'Never send a private key.' }),
})

/** Four leaves room to rotate. */
const clientKeysMax = 4

export const clientInput = z
  .object({
    name: line(100),
    role: z.enum(['officer', 'viewer']),
    scopes: z.array(z.enum(scopes)).max(scopes.length),
    jwks: z
      .object({ keys: z.array(clientKey).min(1).max(clientKeysMax) })
      .exactOptional()
      .openapi({
        description:
          'Register public keys to use private_key_jwt; without them a client secret is made and shown once.',
      }),
  })
  .strict()
  .openapi('ClientInput', {
    example: { name: 'Portfolio system', role: 'officer', scopes: ['patents:write', 'declarations:write'] },
  })
export type ClientInput = z.infer<typeof clientInput>

export const clientExample = {
  client_id: '01a200d7-7a1b-7d60-8c53-2f9f7e0a4b61',
  organisation: '01a200d7-7946-7101-bf95-f67a303e1c8f',
  role: 'officer',
  name: 'Portfolio system',
  scopes: ['patents:write', 'declarations:write'],
  token_endpoint_auth_method: 'client_secret_basic',
  createdAt: '2026-11-21T09:00:00.000Z',
}

export const client = z
  .object({
    client_id: z.string(),
    organisation: z.string().nullable(),
    role: z.enum(['officer', 'viewer', 'steward']),
    name: z.string(),
    scopes: z.array(z.enum(scopes)),
    token_endpoint_auth_method: z.enum(['client_secret_basic', 'private_key_jwt']),
    createdAt: time,
  })
  .openapi('Client', { example: clientExample })
export type Client = z.infer<typeof client>

export const newClient = client
  .extend({
    client_secret: z.string().exactOptional().openapi({ description: 'Shown once. Only a hash of it is kept.' }),
  })
  .openapi('NewClient', { example: { ...clientExample, client_secret: 'q2Xv0Jm7cT4LrYw9ZbN1eHs8uKdPf3GaQ6iVoR5tEyM' } })
export type NewClient = z.infer<typeof newClient>

/** What is needed to recognise a client; never sent out. */
export type ClientRecord = {
  client: Client
  secretSha256: string | null
  jwks: { keys: Record<string, unknown>[] } | null
}
