import { actorId, type Context } from '../../context.ts'
import { RegistryError } from '../../errors.ts'
import { commit, settle } from '../../log/commit.ts'
import { actedBy, requireActingFor } from '../../mandates/acting.ts'
import { notify } from '../../notices/notify.ts'
import { requireOfficer } from '../../organisations/rights.ts'
import type { EnquiryAnswer, EnquiryRecord, EnquiryShown } from './enquiry.ts'
import { isAskedBy, isAskedOf, requireAsker } from './parties.ts'
import { findEnquiry, updateEnquiry } from './queries.ts'
import { showEnquiry } from './show.ts'

/** The holder’s one answer, by its officer or its agent’s. What follows is between the two, elsewhere. */
export function answerEnquiry(
  ctx: Context,
  id: string,
  { decision, text, contact }: EnquiryAnswer,
): Promise<EnquiryShown> {
  requireOfficer(ctx.actor, 'declarations:write')
  return settle(async () => {
    const before = await findEnquiry(ctx.db.read, id)
    if (!before || !(await isAskedOf(ctx, before))) throw noSuchEnquiry()
    requireOpen(before)
    const acting = await requireActingFor(ctx, [before.holderId], 'declare')
    const answered: EnquiryRecord = {
      ...before,
      state: decision,
      answer: text,
      answerContact: contact ?? null,
      answeredBy: actorId(ctx.actor),
      answeredAt: ctx.now.toISOString(),
      mandateId: acting.agent?.mandateId ?? null,
      version: before.version + 1,
    }
    const shown = await showEnquiry(ctx, answered, 'received')
    return commit(ctx, {
      write: [
        ...acting.guards,
        updateEnquiry(answered),
        ...notify(ctx, {
          to: askerOf(answered),
          kind: 'enquiry_answered',
          subject: id,
          body: { patent: shown.patent.number, state: decision },
        }),
      ],
      events: [{ event: `enquiry_${decision}`, subject: id, source: 'holder', ...actedBy(acting) }],
      answer: shown,
    })
  })
}

/** The asker takes it back: the holder sees no more who asked, nor what. */
export function withdrawEnquiry(ctx: Context, id: string): Promise<EnquiryShown> {
  requireAsker(ctx)
  return settle(async () => {
    const before = await findEnquiry(ctx.db.read, id)
    if (!before || !isAskedBy(ctx, before)) throw noSuchEnquiry()
    requireOpen(before)
    const withdrawn: EnquiryRecord = { ...before, state: 'withdrawn', version: before.version + 1 }
    return commit(ctx, {
      write: [updateEnquiry(withdrawn)],
      events: [{ event: 'enquiry_withdrawn', subject: id, source: 'asker' }],
      answer: await showEnquiry(ctx, withdrawn, 'sent'),
    })
  })
}

/** Alike whether there is none or it is between others. */
export function noSuchEnquiry(): RegistryError {
  return new RegistryError('not_found', 'You have no such enquiry.')
}

function requireOpen({ state }: EnquiryRecord): void {
  if (state !== 'open') throw new RegistryError('already_decided', `The enquiry is ${state}.`)
}

function askerOf({ personId, organisationId }: EnquiryRecord) {
  return organisationId === null ? { personId: personId ?? '' } : { organisationId }
}
