import { z } from '@hono/zod-openapi'
import { time } from '../shapes.ts'
import type { Membership, Person } from './person.ts'

/** A browser left open in a shared office is closed to others by the next morning. */
export const sessionIdleHours = 12
/** However often it is used, a person signs in anew after this. */
export const sessionDaysMax = 30
/** `lastSeenAt` is written at most this often, so that reading pages does not write. */
export const sessionSeenMinutes = 5

export const sessionExample = {
  id: '0198c0de-0000-7000-8000-000000000004',
  device: 'Firefox, Linux',
  createdAt: '2026-11-21T09:00:00.000Z',
  lastSeenAt: '2026-11-21T09:30:00.000Z',
  expiresAt: '2026-12-21T09:00:00.000Z',
  current: true,
}

/** A session as its person sees it in a list. */
export const session = z
  .object({
    id: z.uuid().openapi({ description: 'Names the session in this list; opens nothing.' }),
    device: z.string().openapi({ description: 'Browser and system as the browser named them.' }),
    createdAt: time,
    lastSeenAt: time,
    expiresAt: time,
    current: z.boolean().openapi({ description: 'The session of this request.' }),
  })
  .openapi('Session', { example: sessionExample })
export type Session = z.infer<typeof session>

/** The session that a request came with. Never sent out. */
export type OpenSession = {
  idSha256: string
  publicId: string
  person: Person
  memberships: readonly Membership[]
  actingFor: string | undefined
  /** Whether the person is a steward, and whether this session acts as one. */
  steward: boolean
  actsAsSteward: boolean
  lastSeenAt: string
}

/** When a session that is used now would end at the latest. */
export function sessionExpiry(now: Date): string {
  return new Date(now.getTime() + sessionDaysMax * 86_400_000).toISOString()
}

/** A session last seen before this moment is over. */
export function idleSince(now: Date): string {
  return new Date(now.getTime() - sessionIdleHours * 3_600_000).toISOString()
}

/** Browser and system out of a `User-Agent`, enough to tell one's own devices apart; versions are not kept. */
export function deviceOf(userAgent: string | undefined): string {
  const text = (userAgent ?? '').slice(0, userAgentCharactersMax)
  const named = (known: readonly (readonly [string, string])[]) => known.find(([mark]) => text.includes(mark))?.[1]
  return [named(browsers), named(systems)].filter((part) => part !== undefined).join(', ')
}

const userAgentCharactersMax = 1000

/** In the order of telling: every one of them also names some of those below it. */
const browsers = [
  ['Edg', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const
const systems = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const
