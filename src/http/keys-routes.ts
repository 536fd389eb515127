import { z } from '@hono/zod-openapi'
import { etag } from 'hono/etag'
import type { Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { type KeyRecord, keyUses, publicKeySet } from '../keys.ts'
import { verifierKeyOf } from '../log/publish.ts'
import { known, time } from '../shapes.ts'
import { api, json, problems, route } from './api.ts'

/** Shorter than the time by which a new key is published before its first use (`keys.ts`). */
const keysCache = 'public, max-age=300'

const jwk = z.looseObject({ kty: z.string(), kid: z.string(), alg: z.string() }).openapi({ description: 'RFC 7517.' })

const grantKeyExample = {
  kid: 'C2_gBm9qq5Hg5l3-ZbrkEpydDQRT5urm3y-vM0MHYYI',
  use: 'grant',
  state: 'active',
  activeFrom: '2026-11-01T00:00:00.000Z',
  jwk: {
    kty: 'EC',
    kid: 'C2_gBm9qq5Hg5l3-ZbrkEpydDQRT5urm3y-vM0MHYYI',
    alg: 'ES256',
    crv: 'P-256',
    x: 'wQslz2A-pz3uDbhmlACEiyA_sVIBBnu5m2Ie2stvjNk',
    y: 'IrZVDv2u_2H491ruxODSMw3LssEqBlBqiwW3wcd54UE',
    use: 'sig',
  },
}

const logKeyExample = {
  kid: 'SDrSy-i-jhotzdFyxVhbWZeen83FH2NQs1OmlIP8vIM',
  use: 'log',
  state: 'active',
  activeFrom: '2026-11-01T00:00:00.000Z',
  jwk: {
    kty: 'OKP',
    kid: 'SDrSy-i-jhotzdFyxVhbWZeen83FH2NQs1OmlIP8vIM',
    alg: 'Ed25519',
    crv: 'Ed25519',
    x: 'j5q2UpwH4yTmP184xY0uc12ykGllS2oAI8zt2rJwVoM',
    use: 'sig',
  },
  verifierKey: 'registry.example/log+3627d006+AY+atlKcB+Mk5j9fOMWNLnNdspBpZUtqACPM7dqycFaD',
}

const publicKey = z
  .object({
    kid: z.string().openapi({ description: 'RFC 7638 thumbprint.' }),
    use: z.enum(keyUses),
    state: z.enum(['active', 'retired', 'compromised']).openapi({
      description:
        'What a retired key signed stays good; of a compromised one, only what the log held before `compromisedSince`.',
    }),
    activeFrom: time,
    retiredAt: time.exactOptional(),
    compromisedSince: time.exactOptional(),
    jwk,
    verifierKey: z.string().exactOptional().openapi({ description: 'The key of the log, in the form of C2SP tools.' }),
  })
  .openapi('PublicKey', { example: grantKeyExample })

const keySet = route({
  method: 'get',
  path: '/.well-known/jwks.json',
  operationId: 'readKeySet',
  tags: ['Keys'],
  summary: 'Public keys of all that the registry signs as JWT (RFC 7517); retired ones stay',
  description:
    'For any JOSE library: verifies grants, access tokens and status lists offline, by `kid`. Retired keys stay, compromised ones are left out; the key of the log is at `/log/key`. A new key is published before its first use. State and dates of each key are at `/v1/keys/{kid}`.',
  responses: {
    200: json(
      'The key set.',
      z.object({ keys: z.array(jwk) }).openapi('KeySet', { example: { keys: [grantKeyExample.jwk] } }),
    ),
  },
})

const list = route({
  method: 'get',
  path: '/v1/keys',
  operationId: 'listKeys',
  tags: ['Keys'],
  summary: 'Every signing key ever used, with its state and dates',
  description:
    'What each key is for, since when it signs, and whether it was retired or found compromised. Keys are never removed, so that what they signed can be judged later.',
  responses: {
    200: json(
      'All of them.',
      z
        .object({ items: z.array(publicKey), next: z.null() })
        .openapi('PublicKeyPage', { example: { items: [grantKeyExample, logKeyExample], next: null } }),
    ),
  },
})

const read = route({
  method: 'get',
  path: '/v1/keys/{kid}',
  operationId: 'readKey',
  tags: ['Keys'],
  summary: 'One signing key',
  description:
    'By its RFC 7638 thumbprint, the `kid` in the header of what it signed. What a retired key signed stays good.',
  request: { params: z.object({ kid: z.string().max(100) }) },
  responses: { 200: json('The key.', publicKey), ...problems('not_found') },
})

const routes = api()
routes.use('/.well-known/jwks.json', etag())
routes.use('/v1/keys/*', etag())

export const keysRoutes = routes
  .openapi(keySet, (c) => {
    const keys = publicKeySet(c.var.ctx.keys).keys.map((key) => jwk.parse(key))
    return c.json({ keys }, 200, { 'Cache-Control': keysCache })
  })
  .openapi(list, async (c) => {
    const items = await Promise.all(c.var.ctx.keys.records.map((record) => toPublicKey(c.var.ctx, record)))
    return c.json({ items, next: null }, 200, { 'Cache-Control': keysCache })
  })
  .openapi(read, async (c) => {
    const found = c.var.ctx.keys.verifying(c.req.valid('param').kid)
    if (!found) throw new RegistryError('not_found', 'The registry has no such key.')
    return c.json(await toPublicKey(c.var.ctx, found.record), 200, { 'Cache-Control': keysCache })
  })

async function toPublicKey(ctx: Context, record: KeyRecord): Promise<z.infer<typeof publicKey>> {
  const { kid, use, state, activeFrom, retiredAt, compromisedSince, publicJwk } = record
  const verifierKey = use === 'log' ? await verifierKeyOf(ctx, publicJwk) : undefined
  return known({
    kid,
    use,
    state,
    activeFrom,
    retiredAt,
    compromisedSince,
    jwk: jwk.parse(publicJwk),
    verifierKey,
  })
}
