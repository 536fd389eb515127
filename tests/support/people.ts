import { csrfField, csrfTokenOf } from '../../src/http/session-cookie.ts'
import { sha256Hex } from '../../src/log/canonical.ts'
import { invite } from '../../src/people/members/invite.ts'
import { acceptInvitation } from '../../src/people/members/join.ts'
import type { Person } from '../../src/people/person.ts'
import { setActingFor } from '../../src/people/queries.ts'
import { openSession, welcome } from '../../src/people/sign-in.ts'
import { type Answer, type Caller, callerWith, type OperatedRegistry, type Registry } from './registry.ts'

export type Post = { organisation: string; role?: 'officer' | 'viewer' }

export type SignedIn = Caller & {
  person: Person
  /** The session's id as the cookie holds it, and the whole `Cookie` header. */
  sessionId: string
  cookie: string
  csrf: string
  /** Sends a form from one of our own pages, with the session's token. */
  submit(path: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Answer>
}

/**
 * A person with an open session. The caller's requests come from our own pages: cookie, `Origin`, JSON.
 * `memberOf`: posts, taken by real invitations; the session acts for the first one unless `actingFor` says otherwise.
 */
export async function signedIn(
  registry: OperatedRegistry,
  options: {
    name: string
    /** `https://orcid.org/…`: signed in with ORCID. */
    orcid?: string
    memberOf?: string | readonly Post[]
    actingFor?: string | null
    language?: 'ja' | 'en'
  },
): Promise<SignedIn> {
  const ctx = registry.context()
  const account =
    options.orcid === undefined
      ? { issuer: 'https://institution.test', subject: crypto.randomUUID(), orcid: undefined }
      : { issuer: 'https://orcid.org', subject: options.orcid.slice('https://orcid.org/'.length), orcid: options.orcid }
  const person = await welcome(ctx, { ...account, name: options.name }, options.language ?? 'ja')
  const posts = typeof options.memberOf === 'string' ? [{ organisation: options.memberOf }] : (options.memberOf ?? [])
  for (const { organisation, role = 'officer' } of posts) {
    const { url: link } = await invite(ctx, organisation, { role })
    const actor = { kind: 'person', id: person.id, orcid: person.orcid, memberships: [], actingFor: undefined } as const
    await acceptInvitation({ ...ctx, actor }, link.slice(link.lastIndexOf('/') + 1))
  }
  const sessionId = await openSession(ctx, person.id, 'Test')
  const actingFor = options.actingFor === undefined ? posts[0]?.organisation : (options.actingFor ?? undefined)
  if (actingFor !== undefined) await setActingFor(ctx.db, await sha256Hex(sessionId), actingFor)
  return { ...(await withSession(registry, sessionId)), person }
}

/** Requests of the browser that holds this session. */
export async function withSession(
  registry: Pick<Registry, 'url' | 'fetch'>,
  sessionId: string,
): Promise<Omit<SignedIn, 'person'>> {
  const cookie = `${registry.url.startsWith('https:') ? '__Host-' : ''}sid=${sessionId}`
  const csrf = await csrfTokenOf(sessionId)
  const ours = { Cookie: cookie, Origin: new URL(registry.url).origin, 'Sec-Fetch-Site': 'same-origin' }
  const caller = callerWith(registry.fetch, async () => ours)
  return {
    ...caller,
    delete: (path, headers) => caller.delete(path, { 'Content-Type': 'application/json', ...headers }),
    sessionId,
    cookie,
    csrf,
    submit: (path, fields = {}, headers = {}) =>
      caller.send('POST', path, {
        body: new URLSearchParams({ [csrfField]: csrf, ...fields }).toString(),
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      }),
  }
}

/** An ORCID iD that no other test uses, with its check character (ISO 7064 MOD 11-2). */
export function newOrcid(): string {
  const digits = Array.from(crypto.getRandomValues(new Uint8Array(15)), (byte) => byte % 10)
  const rest = (12 - (digits.reduce((sum, digit) => (sum + digit) * 2, 0) % 11)) % 11
  const sixteen = `${digits.join('')}${rest === 10 ? 'X' : rest}`
  return `https://orcid.org/${[0, 4, 8, 12].map((at) => sixteen.slice(at, at + 4)).join('-')}`
}
