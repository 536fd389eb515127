import type { Context } from '../context.ts'
import { requireActingForNamed } from '../mandates/acting.ts'

/** Which declarations wait for the caller's organisation, or for others because of it. */
export async function waitingFor(ctx: Context, which: 'by_me' | 'for_me', named: string | undefined) {
  const act = which === 'for_me' ? 'consent' : 'declare'
  const { organisationId } = await requireActingForNamed(ctx, named, act)
  return which === 'for_me' ? { awaitingId: organisationId } : { organisationId, state: 'awaiting_consent' as const }
}
