import type { Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { sha256Hex } from '../log/canonical.ts'
import { commit, settle } from '../log/commit.ts'
import { toBase64url } from '../log/encoding.ts'
import { known } from '../shapes.ts'
import type { Person, PersonLanguage } from './person.ts'
import {
  findPersonByIdentity,
  findPersonByOrcid,
  insertIdentity,
  insertPerson,
  listMemberships,
  openSessionRow,
} from './queries.ts'
import { sessionExpiry } from './session.ts'

/** What a provider has shown about somebody who signed in there. `orcid` comes from ORCID itself alone. */
export type Account = { issuer: string; subject: string; name: string | undefined; orcid: string | undefined }

/** 256 bits: nobody guesses one. */
const sessionIdBytes = 32

/**
 * The person whose account this is: known by issuer and subject, or by the ORCID iD that ORCID has just shown. A first
 * sign-in makes the person.
 */
export function welcome(ctx: Context, account: Account, language: PersonLanguage): Promise<Person> {
  return settle(async () => {
    const mine = await findPersonByIdentity(ctx.db.read, account)
    if (mine) return mine
    const { issuer, subject } = account
    const same = account.orcid === undefined ? undefined : await findPersonByOrcid(ctx.db.read, account.orcid)
    const person = same ?? known({ id: ctx.newId(), name: account.name ?? '', orcid: account.orcid, language })
    const at = ctx.now.toISOString()
    // The provider's answer entitles to this, not a right that somebody has here already.
    return commit(
      { ...ctx, actor: { kind: 'registry' } },
      {
        write: [
          ...(same ? [] : [insertPerson(person, at)]),
          insertIdentity(person.id, { issuer, subject, linkedAt: at }),
        ],
        events: [{ event: same ? 'identity_linked' : 'person_joined', subject: person.id, source: issuer }],
        answer: person,
      },
    )
  })
}

/**
 * A new session, never one that was there before, in the place of the one that the browser had.
 * @param device as `deviceOf` reads it
 * @param replaces the hash of the former session's id, ended in the same write
 * @returns the session's id, which is kept nowhere but in the cookie
 */
export async function openSession(
  ctx: Context,
  personId: string,
  device: string,
  replaces?: { idSha256: string; actingFor: string | undefined },
): Promise<string> {
  const id = toBase64url(ctx.randomBytes(sessionIdBytes))
  const posts = await listMemberships(ctx.db.read, personId)
  const actingFor = posts.find(({ organisationId }) => organisationId === replaces?.actingFor)?.organisationId
  const made = {
    idSha256: await sha256Hex(id),
    publicId: ctx.newId(),
    personId,
    actingFor,
    device,
    createdAt: ctx.now.toISOString(),
    expiresAt: sessionExpiry(ctx.now),
  }
  await openSessionRow(ctx.db, made, replaces?.idSha256)
  return id
}

/** @throws forbidden when the account, or its ORCID iD, is another person's */
export function somebodyElses(): RegistryError {
  return new RegistryError('forbidden', 'This account belongs to another person in this registry. It is never moved.')
}
