import type { Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { commit, type HistoryEvent, settle } from '../log/commit.ts'
import { actedBy } from '../mandates/acting.ts'
import { notify } from '../notices/notify.ts'
import { ofHolder } from './links/ask.ts'
import { withOfficers } from './links/queries.ts'
import { type Reminder, remindersOf } from './reminders.ts'
import { dueConsents, insertReminders, moveReminders, type Waiting, waitingOn } from './waiting-queries.ts'

/** One act; what is left is done a minute later. */
const consentsPerActMax = 50

/** Scheduled: reminds co-owners of answers that are missing, and tells the holder. Each once; how many were sent. */
export function remindCoOwners(ctx: Context): Promise<number> {
  return settle(async () => {
    const now = ctx.now.toISOString()
    const looked = (await dueConsents(ctx.db.read, now, consentsPerActMax)).map((one) => {
      const { due, next } = one.pending ? remindersOf(one, now) : { due: [], next: undefined }
      return { waiting: one, reminders: due, next }
    })
    const [first, ...rest] = looked
    if (first === undefined) return 0
    const sent = looked.flatMap(({ waiting, reminders }) => reminders.map((one) => ({ waiting, ...one })))
    await commit(ctx, {
      write: [
        ...(sent.length === 0 ? [] : insertReminders(sent, now)),
        ...moveReminders(looked.map(({ waiting, next }) => ({ ...waiting, next }))),
        ...sent.flatMap(({ waiting, to }) => (to === 'holder' ? tellHolder(ctx, waiting) : tellCoOwner(ctx, waiting))),
      ],
      events: [lookedAt(first), ...rest.map(lookedAt)],
      answer: undefined,
    })
    return sent.length
  })
}

/** The holder's officer reminds a co-owner by hand, at most once a day. */
export function remindNow(
  ctx: Context,
  declarationId: string,
  organisationId: string,
): Promise<{ remindedAt: string }> {
  return settle(async () => {
    const { acting, found } = await ofHolder(ctx, declarationId)
    const asked = found.declaration.consents.find(({ organisation }) => organisation.id === organisationId)
    if (!asked) throw new RegistryError('not_found', 'This declaration does not ask that organisation.')
    if (asked.answer !== 'pending')
      throw new RegistryError('already_decided', `The organisation has answered already: ${asked.answer}.`)
    const waiting = (await waitingOn(ctx.db.read, declarationId)).find(({ coOwner }) => coOwner.id === organisationId)
    if (!waiting) throw new RegistryError('not_allowed_now', `The declaration is ${found.declaration.state}.`)
    if (!(await withOfficers(ctx.db.read, [organisationId])).has(organisationId))
      throw new RegistryError('not_allowed_now', 'The organisation has no officer here: make a one-time link for it.')
    const at = ctx.now.toISOString()
    const kind = `by hand ${at.slice(0, 10)}`
    if (waiting.reminders.some((one) => one.kind === kind))
      throw new RegistryError('not_allowed_now', 'A co-owner is reminded once a day.')
    return commit(ctx, {
      write: [...acting.guards, ...insertReminders([{ waiting, kind }], at), ...tellCoOwner(ctx, waiting)],
      events: [{ ...remembered(waiting, kind), source: 'officer', ...actedBy(acting) }],
      answer: { remindedAt: at },
    })
  })
}

function tellCoOwner(ctx: Context, { declarationId, coOwner, asker, termsId, patents, since }: Waiting) {
  return notify(ctx, {
    to: { organisationId: coOwner.id },
    kind: 'consent_reminder',
    subject: declarationId,
    body: { declaration: declarationId, by: asker.id, terms: termsId, patents, since: since.slice(0, 10) },
  })
}

function tellHolder(ctx: Context, { declarationId, coOwner, asker, since }: Waiting) {
  return notify(ctx, {
    to: { organisationId: asker.id },
    kind: 'consent_overdue',
    subject: declarationId,
    body: { declaration: declarationId, organisation: coOwner.id, since: since.slice(0, 10) },
  })
}

type Looked = { waiting: Waiting; reminders: readonly Reminder[] }

/** Also that nobody was reminded: the answer came, or the co-owner has nobody here to be reminded. */
function lookedAt({ waiting, reminders }: Looked): HistoryEvent {
  const kinds = reminders.map(({ kind }) => kind)
  return kinds.length === 0
    ? { ...remembered(waiting, ''), event: 'consent_not_reminded', after: { organisation: waiting.coOwner.id } }
    : remembered(waiting, kinds.join(', '))
}

function remembered(waiting: Waiting, kind: string): HistoryEvent {
  return {
    event: 'consent_reminded',
    subject: waiting.declarationId,
    source: 'registry',
    after: { organisation: waiting.coOwner.id, kind },
  }
}
