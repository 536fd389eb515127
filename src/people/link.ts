import type { Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { requirePerson } from '../organisations/rights.ts'
import { parseOrcid } from './orcid.ts'
import type { Identity } from './person.ts'
import {
  clearOrcid,
  deleteIdentity,
  findPersonByIdentity,
  findPersonByOrcid,
  hasGrantOn,
  insertIdentity,
  listIdentities,
  noGrantOn,
  setOrcid,
} from './queries.ts'
import { type Account, somebodyElses } from './sign-in.ts'

/** More accounts than this is no person's need. */
const identitiesMax = 10

/**
 * Makes one more account the person's.
 * @throws forbidden when it is somebody else's: an account is never moved
 */
export function linkIdentity(ctx: Context, { issuer, subject, orcid }: Account): Promise<void> {
  const { id, orcid: own } = requirePerson(ctx.actor)
  return settle(async () => {
    const owner = await findPersonByIdentity(ctx.db.read, { issuer, subject })
    if (owner && owner.id !== id) throw somebodyElses()
    if (owner) return
    const sameOrcid = orcid === undefined ? undefined : await findPersonByOrcid(ctx.db.read, orcid)
    if (sameOrcid && sameOrcid.id !== id) throw somebodyElses()
    if (orcid !== undefined && own !== undefined && own !== orcid)
      throw new RegistryError('not_allowed_now', 'You have another ORCID iD here. A person has one.')
    const before = await listIdentities(ctx.db.read, id)
    if (before.length >= identitiesMax)
      throw new RegistryError('not_allowed_now', `A person may link up to ${identitiesMax} accounts.`)
    await commit(ctx, {
      write: [
        insertIdentity(id, { issuer, subject, linkedAt: ctx.now.toISOString() }),
        ...(orcid !== undefined && !sameOrcid ? [setOrcid(id, orcid)] : []),
      ],
      events: [{ event: 'identity_linked', subject: id, source: issuer }],
      answer: undefined,
    })
  })
}

/**
 * Takes an account away from the person; the last one stays, or nobody could sign in any more. With the account that
 * showed the ORCID iD the iD goes too, which has to wait while an inventor grant is made out to it: a grant ends only on
 * the grounds of its terms (RPC-INVENTOR-1.0 §9.1), and this is none of them.
 * @throws not_allowed_now for the last account, and for the iD of a live inventor grant
 */
export function unlinkIdentity(ctx: Context, { issuer, subject }: Pick<Identity, 'issuer' | 'subject'>): Promise<void> {
  const { id, orcid } = requirePerson(ctx.actor)
  return settle(async () => {
    const all = await listIdentities(ctx.db.read, id)
    const mine = all.find((one) => one.issuer === issuer && one.subject === subject)
    if (!mine) throw new RegistryError('not_found', 'There is no such account among yours.')
    if (all.length === 1)
      throw new RegistryError('not_allowed_now', 'This is your only account here. Link another one first.')
    const rest = all.filter((one) => one !== mine)
    const shows = (one: Identity) => parseOrcid(one.subject) === orcid
    const lost = orcid !== undefined && shows(mine) && !rest.some(shows) ? orcid : undefined
    if (lost !== undefined && (await hasGrantOn(ctx.db.read, id, lost, ctx.now)))
      throw new RegistryError(
        'not_allowed_now',
        'An inventor grant is made out to this ORCID iD. Give the grant back first, or wait until it ends.',
      )
    await commit(ctx, {
      write: [
        deleteIdentity(id, { issuer, subject }),
        ...(lost === undefined ? [] : [noGrantOn(id, lost, ctx.now), clearOrcid(id)]),
      ],
      events: [{ event: 'identity_unlinked', subject: id, source: issuer }],
      answer: undefined,
    })
  })
}
