import { createLocalJWKSet, decodeJwt, jwtVerify, SignJWT } from 'jose'
import type { Actor, Context, Scope } from '../context.ts'
import { DatabaseError } from '../database.ts'
import { RegistryError } from '../errors.ts'
import { sha256Hex } from '../log/canonical.ts'
import type { ClientRecord } from './client.ts'
import { findActor, findClient, useAssertion } from './queries.ts'

/** A leaked access token is of use for this long at most. */
export const accessTokenSeconds = 600
/** RFC 7523 leaves the lifetime of an assertion open; ours may not be kept in stock. */
const assertionSecondsMax = 300
const clockSkewSeconds = 60
/** Larger ones are no assertion of ours, and verifying costs. */
const assertionCharactersMax = 4096

export type Credentials =
  | { method: 'client_secret_basic'; clientId: string; secret: string }
  | { method: 'private_key_jwt'; assertion: string; clientId: string | undefined }

/**
 * OAuth 2 client_credentials: an RFC 9068 access token (`at+jwt`, ES256) for the scopes asked, or all the client has.
 * @returns undefined when the client cannot be recognised; which part was wrong is not told
 */
export async function issueAccessToken(
  ctx: Context,
  credentials: Credentials,
  asked: readonly string[] | undefined,
): Promise<{ token: string; scopes: readonly Scope[] } | undefined> {
  const client = await recognise(ctx, credentials)
  if (!client) return undefined
  const granted = asked ? client.client.scopes.filter((scope) => asked.includes(scope)) : client.client.scopes
  if (asked && granted.length < new Set(asked).size)
    throw new RegistryError('insufficient_scope', 'The client does not have all the scopes asked for.')
  const { kid, privateKey } = ctx.keys.signing('access', ctx.now)
  const token = await new SignJWT({ client_id: client.client.client_id, scope: granted.join(' ') })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid })
    .setIssuer(ctx.registryUrl)
    .setSubject(client.client.client_id)
    .setAudience(ctx.registryUrl)
    .setIssuedAt(ctx.now)
    .setExpirationTime(new Date(ctx.now.getTime() + accessTokenSeconds * 1000))
    .setJti(ctx.newId())
    .sign(privateKey)
  return { token, scopes: granted }
}

/** Whose access token this is; undefined for any token that is not good at this moment. */
export async function actorOfToken(ctx: Omit<Context, 'actor'>, token: string): Promise<Actor | undefined> {
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = kid === undefined ? undefined : ctx.keys.verifying(kid)
        if (key?.record.use !== 'access' || key.record.state === 'compromised') throw new Error('unknown key')
        return key.publicKey
      },
      {
        typ: 'at+jwt',
        algorithms: ['ES256'],
        issuer: ctx.registryUrl,
        audience: ctx.registryUrl,
        currentDate: ctx.now,
        requiredClaims: ['exp', 'sub'],
      },
    )
    const scope = typeof payload.scope === 'string' ? payload.scope.split(' ') : []
    return await findActor(ctx.db.read, String(payload.sub), scope)
  } catch (error) {
    if (error instanceof DatabaseError) throw error
    return undefined
  }
}

async function recognise(ctx: Context, credentials: Credentials): Promise<ClientRecord | undefined> {
  if (credentials.method === 'client_secret_basic') {
    const known = await findClient(ctx.db.read, credentials.clientId)
    // A missing client costs the same hash and comparison as a wrong secret.
    const given = await sha256Hex(credentials.secret)
    return alike(known?.secretSha256 ?? '0'.repeat(64), given) && known ? known : undefined
  }
  return recogniseAssertion(ctx, credentials)
}

async function recogniseAssertion(
  ctx: Context,
  { assertion, clientId }: Extract<Credentials, { method: 'private_key_jwt' }>,
): Promise<ClientRecord | undefined> {
  if (assertion.length > assertionCharactersMax) return undefined
  try {
    const { sub } = decodeJwt(assertion)
    // RFC 7521 section 4.2: a client_id beside the assertion has to name the same client.
    if (clientId !== undefined && clientId !== sub) return undefined
    const known = sub === undefined ? undefined : await findClient(ctx.db.read, sub)
    if (!known?.jwks || sub === undefined) return undefined
    const { payload } = await jwtVerify(assertion, createLocalJWKSet(known.jwks), {
      algorithms: ['ES256', 'EdDSA', 'Ed25519'],
      issuer: sub,
      subject: sub,
      audience: [ctx.registryUrl, `${ctx.registryUrl}/oauth/token`],
      currentDate: ctx.now,
      clockTolerance: clockSkewSeconds,
      requiredClaims: ['exp', 'jti'],
    })
    const { exp, jti } = payload
    if (exp === undefined || typeof jti !== 'string' || jti.length > 200) return undefined
    if (exp * 1000 > ctx.now.getTime() + (assertionSecondsMax + clockSkewSeconds) * 1000) return undefined
    const until = new Date((exp + clockSkewSeconds) * 1000).toISOString()
    await ctx.db.write(useAssertion(sub, jti, until, ctx.now.toISOString()))
    return known
  } catch (error) {
    if (error instanceof DatabaseError && error.fault !== 'unique') throw error
    return undefined
  }
}

/** Compares two hashes without telling by time where they differ. */
function alike(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let i = 0; i < a.length && i < b.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return difference === 0
}
