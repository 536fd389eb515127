import type { Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { actedBy } from '../mandates/acting.ts'
import { notify } from '../notices/notify.ts'
import { ofHolder } from './links/ask.ts'
import { withOfficers } from './links/queries.ts'
import { dueReminders, insertReminders, type Waiting, waitingOn } from './waiting-queries.ts'

/** After a week, when the request has slipped from sight; after three, in time for a monthly committee. */
const coOwnerRemindedDays = [7, 21] as const
/** When both reminders had their time: the holder may have to call, or to declare the rest alone. */
const holderToldDays = 30
/** One act; what is left is done a minute later. */
const remindersPerActMax = 50

const dayMilliseconds = 86_400_000

/** Scheduled: reminds co-owners of answers that are missing, and tells the holder. Each once; how many were sent. */
export async function remindCoOwners(ctx: Context): Promise<number> {
  const [first, second] = coOwnerRemindedDays
  const sent = [
    await send(ctx, { kind: `after ${first} days`, days: first, before: second, to: 'co-owner' }),
    await send(ctx, { kind: `after ${second} days`, days: second, to: 'co-owner' }),
    await send(ctx, { kind: `holder after ${holderToldDays} days`, days: holderToldDays, to: 'holder' }),
  ]
  return sent.reduce((sum, count) => sum + count, 0)
}

function send(
  ctx: Context,
  { kind, days, before, to }: { kind: string; days: number; before?: number; to: 'co-owner' | 'holder' },
): Promise<number> {
  const daysAgo = (count: number) => new Date(ctx.now.getTime() - count * dayMilliseconds).toISOString()
  return settle(async () => {
    const due = await dueReminders(
      ctx.db.read,
      {
        kind,
        since: daysAgo(days),
        notBefore: before === undefined ? undefined : daysAgo(before),
        membersOnly: to === 'co-owner',
      },
      remindersPerActMax,
    )
    if (due.length === 0) return 0
    await commit(ctx, {
      write: [
        ...insertReminders(due, kind, ctx.now.toISOString()),
        ...due.flatMap((one) => (to === 'holder' ? tellHolder(ctx, one) : tellCoOwner(ctx, one))),
      ],
      events: [remembered(due[0], kind), ...due.slice(1).map((one) => remembered(one, kind))],
      answer: undefined,
    })
    return due.length
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
      write: [...acting.guards, ...insertReminders([waiting], kind, at), ...tellCoOwner(ctx, waiting)],
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

function remembered(waiting: Waiting | undefined, kind: string) {
  return {
    event: 'consent_reminded',
    subject: waiting?.declarationId ?? '',
    source: 'registry',
    after: { organisation: waiting?.coOwner.id ?? '', kind },
  }
}
