import type { Waiting } from './waiting-queries.ts'

/** After a week, when the request has slipped from sight; after three, in time for a monthly committee. */
const coOwnerRemindedDays = [7, 21] as const
/** When both reminders had their time: the holder may have to call, or to declare the rest alone. */
const holderToldDays = 30

const dayMilliseconds = 86_400_000

/** `kind` tells one from another, so that each is sent once. */
export type Reminder = { kind: string; to: 'co-owner' | 'holder' }

/**
 * Who is to be reminded now of an answer that is missing, and when to look again (undefined: never). A co-owner that
 * does not take part has nobody to be reminded; one that is late already is not reminded twice at once.
 */
export function remindersOf(
  { since, coOwner, reminders }: Pick<Waiting, 'since' | 'coOwner' | 'reminders'>,
  now: string,
): { due: Reminder[]; next: string | undefined } {
  const [first, second] = coOwnerRemindedDays
  const asked = Date.parse(since)
  const after = (days: number) => new Date(asked + days * dayMilliseconds).toISOString()
  const latest = after(second) <= now ? second : first
  const steps = [
    ...(coOwner.state === 'approved' ? [{ kind: `after ${latest} days`, days: latest, to: 'co-owner' as const }] : []),
    { kind: `holder after ${holderToldDays} days`, days: holderToldDays, to: 'holder' as const },
  ]
  return {
    due: steps
      .filter(({ days, kind }) => after(days) <= now && !reminders.some((sent) => sent.kind === kind))
      .map(({ kind, to }) => ({ kind, to })),
    next: [first, second, holderToldDays].map(after).find((moment) => moment > now),
  }
}

/** When an answer that is asked for now is first looked at. */
export function firstReminder(askedAt: string): string {
  return new Date(Date.parse(askedAt) + coOwnerRemindedDays[0] * dayMilliseconds).toISOString()
}
