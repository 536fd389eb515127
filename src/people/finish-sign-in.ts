import type { Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { hearIssuer } from './affiliations/hear.ts'
import { redirectUri } from './begin-sign-in.ts'
import { linkIdentity } from './link.ts'
import type { Person, PersonLanguage } from './person.ts'
import { redeem } from './providers.ts'
import type { OpenSession } from './session.ts'
import { type Account, openSession, welcome } from './sign-in.ts'
import { takeTransaction } from './transaction.ts'

/**
 * `expired`: no sign-in of this browser is under way that this answer fits. `declined`: the person, or the provider,
 * said no. `provider`: the answer does not hold. `somebody_elses`, `not_linked`: the account cannot be linked.
 */
export type SignInFailure = 'expired' | 'declined' | 'provider' | 'somebody_elses' | 'not_linked'

export type SignInOutcome =
  | {
      outcome: 'signed_in'
      person: Person
      sessionId: string
      returnTo: string
    }
  /** `fault` is for the operator's log and holds no secret. */
  | { outcome: 'failed'; reason: SignInFailure; fault?: string }

export type SignInAnswer = {
  providerId: string
  /** The parameters that the provider's answer brought. */
  parameters: URLSearchParams
  /** The id out of the browser's sign-in cookie. */
  id: string | undefined
  /** The session that the browser has, if any. It ends; a new one opens in its place. */
  session: OpenSession | undefined
  device: string
  language: PersonLanguage
}

/** What follows from a provider's answer. Nobody is signed in, and nothing linked, unless all of it holds. */
export async function finishSignIn(ctx: Context, answer: SignInAnswer): Promise<SignInOutcome> {
  const provider = ctx.providers.find(({ id }) => id === answer.providerId)
  if (!provider) throw new RegistryError('not_found', 'There is no such way to sign in.')
  const expected = { provider: provider.id, state: answer.parameters.get('state') }
  const begun = answer.id === undefined ? undefined : await takeTransaction(ctx, answer.id, expected)
  if (!begun) return { outcome: 'failed', reason: 'expired' }
  const { session } = answer
  if (begun.linkingSession !== undefined && begun.linkingSession !== session?.idSha256)
    return { outcome: 'failed', reason: 'expired' }
  if (answer.parameters.has('error')) return { outcome: 'failed', reason: 'declined' }
  const address = new URL(`${redirectUri(ctx, provider.id)}?${answer.parameters}`)
  const redeemed = await redeem(provider, address, begun, ctx.now)
  if ('fault' in redeemed) return { outcome: 'failed', reason: 'provider', fault: redeemed.fault }
  const { account } = redeemed
  if (begun.linkingSession !== undefined) {
    const refused = await link(ctx, account)
    if (refused) return { outcome: 'failed', reason: refused }
  }
  const linked = begun.linkingSession === undefined ? undefined : session?.person
  const person = linked ?? (await welcome(ctx, account, answer.language))
  if (redeemed.affiliation) await hearIssuer(ctx, person.id, redeemed.affiliation)
  const former = session && {
    idSha256: session.idSha256,
    actingFor: session.person.id === person.id ? session.actingFor : undefined,
  }
  const sessionId = await openSession(ctx, person.id, answer.device, former)
  return { outcome: 'signed_in', person, sessionId, returnTo: begun.returnTo }
}

async function link(ctx: Context, account: Account): Promise<SignInFailure | undefined> {
  try {
    await linkIdentity(ctx, account)
    return undefined
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    if (error.code === 'forbidden') return 'somebody_elses'
    if (error.code === 'not_allowed_now') return 'not_linked'
    throw error
  }
}
