import type { Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { toBase64url } from '../log/encoding.ts'
import { authorizationUrl } from './providers.ts'
import type { OpenSession } from './session.ts'
import { keepTransaction } from './transaction.ts'

/** 256 bits each for state, nonce and code verifier (RFC 7636 asks for as many). */
const challengeBytes = 32

/**
 * Sends somebody to a provider.
 * @param linking the session that links another account; undefined: to sign in
 * @returns the provider's address, and the id for the browser's cookie
 * @throws unavailable when the provider does not answer
 */
export async function beginSignIn(
  ctx: Context,
  providerId: string,
  returnTo: string,
  linking: OpenSession | undefined,
): Promise<{ url: string; id: string }> {
  const provider = ctx.providers.find(({ id }) => id === providerId)
  if (!provider) throw new RegistryError('not_found', 'There is no such way to sign in.')
  const random = () => toBase64url(ctx.randomBytes(challengeBytes))
  const challenge = { state: random(), nonce: random(), verifier: random() }
  const url = await authorizationUrl(provider, redirectUri(ctx, provider.id), challenge, ctx.now).catch(() => {
    throw new RegistryError('unavailable', 'The sign-in provider does not answer at present.')
  })
  const begun = { provider: provider.id, ...challenge, returnTo }
  const id = await keepTransaction(ctx, linking ? { ...begun, linkingSession: linking.idSha256 } : begun)
  return { url: url.href, id }
}

/** One address for each provider, so that an answer of one can never be taken for another's. */
export function redirectUri(ctx: Context, providerId: string): string {
  return `${ctx.registryUrl}/sign-in/${providerId}/callback`
}
