import type { Context } from '../context.ts'
import { today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { settle } from '../log/commit.ts'
import { isForProfit, type Organisation } from '../organisations/organisation.ts'
import { findOrganisation, organisationsUnchanged, participationsOf } from '../organisations/queries.ts'
import { requirePerson } from '../organisations/rights.ts'
import { holdersOn, type PatentFacts } from '../patents/facts.ts'
import { confirmedInventorships } from '../patents/inventors/queries.ts'
import { findFactsById } from '../patents/queries.ts'
import { type AffiliationRecord, strongestFirst } from '../people/affiliations/affiliation.ts'
import { affiliationsUnchanged, currentAffiliations } from '../people/affiliations/queries.ts'
import type { Person } from '../people/person.ts'
import { findPerson } from '../people/queries.ts'
import { enquiryTo } from './enquiry.ts'
import type { GrantInput, IssuedGrant } from './grant.ts'
import { type Issue, issueOnce } from './issue.ts'
import { affiliationClaimOf } from './make.ts'
import { inventorFacts } from './participation.ts'
import { personUnchanged } from './queries.ts'

/**
 * A grant to an inventor for their own inventions, at the institution where they work now. Without numbers it covers
 * every enrolled patent on which the person is confirmed.
 * @throws nothing_covered with the reasons and, at a company, an enquiry to the holders prepared
 */
export function issueInventorGrant(ctx: Context, input: GrantInput): Promise<IssuedGrant> {
  const actor = requirePerson(ctx.actor)
  return settle(async () => {
    const person = await requireKnownPerson(ctx, actor.id)
    const confirmed = await confirmedInventorships(ctx.db.read, person)
    if (confirmed.length === 0)
      throw new RegistryError(
        'nothing_covered',
        'You are not confirmed as an inventor of any enrolled patent. Claim your place on it first.',
        { extra: { leftOut: [] } },
      )
    const post = await postOf(ctx, person, input.grantee?.organisation)
    const own = new Set(confirmed.map(({ patentId }) => patentId))
    const numbers = input.numbers.length > 0 ? input.numbers : [...new Set(confirmed.map(({ number }) => number))]
    const issue = await inventorIssue(ctx, person, post, own)
    try {
      return await issueOnce(ctx, { ...input, numbers }, issue)
    } catch (error) {
      if (!(error instanceof RegistryError) || error.code !== 'nothing_covered') throw error
      const held = holdersOf([...(await findFactsById(ctx.db.read, [...own])).values()], today(ctx))
      const enquiry = enquiryTo(held, confirmed, post.institution)
      throw new RegistryError(error.code, error.message, { extra: { ...error.extra, enquiry } })
    }
  })
}

export type Post = { institution: Organisation; version: number; affiliation: AffiliationRecord }

/**
 * The institution that a grant names: one that was asked for, else the best supported at which the terms allow it.
 * @throws not_allowed_now when the person works nowhere that is a member of the commons
 */
export async function postOf(ctx: Context, person: Person, wanted: string | undefined): Promise<Post> {
  const current = strongestFirst(await currentAffiliations(ctx.db.read, person))
  const asked = wanted === undefined ? undefined : (await findOrganisation(ctx.db.read, wanted))?.organisation.id
  const candidates = wanted === undefined ? current : current.filter(({ organisationId }) => organisationId === asked)
  if (wanted !== undefined && candidates.length === 0)
    throw new RegistryError('not_allowed_now', 'You are not recorded as working there. Record it first.')
  const posts = await Promise.all(
    candidates.map(async (affiliation): Promise<Post[]> => {
      const found = await findOrganisation(ctx.db.read, affiliation.organisationId)
      if (found?.organisation.state !== 'approved') return []
      return [{ institution: found.organisation, version: found.version, affiliation }]
    }),
  )
  const [best] = posts.flat().sort((a, b) => Number(isForProfit(a.institution)) - Number(isForProfit(b.institution)))
  if (best) return best
  throw new RegistryError(
    'not_allowed_now',
    'A grant names the institution where you work, and it has to be an approved member of the commons. Record where you work first.',
  )
}

export async function requireKnownPerson(ctx: Context, id: string): Promise<Person> {
  const person = await findPerson(ctx.db.read, id)
  if (!person) throw new RegistryError('unauthenticated', 'Sign in first.')
  if (person.name === '') throw new RegistryError('not_allowed_now', 'Write your name first: the grant carries it.')
  return person
}

/** How a person stands as grantee. */
export function granteeOf({ name, orcid }: Person, institution: Organisation) {
  return { name, ...(orcid === undefined ? {} : { orcid }), organisation: institution.id }
}

async function inventorIssue(
  ctx: Context,
  person: Person,
  { institution, version, affiliation }: Post,
  own: ReadonlySet<string>,
): Promise<Issue> {
  const [all, on] = [await findFactsById(ctx.db.read, [...own]), today(ctx)]
  const holders = [...all.values()].flatMap((facts) => holdersOn(facts, on).map(({ id }) => id))
  const participations = await participationsOf(ctx.db.read, [...new Set(holders)])
  const members = [...participations].map(([id, one]) => ({ id, version: one.version }))
  return {
    bearer: {
      kind: 'inventor',
      institution,
      personId: person.id,
      affiliation: affiliationClaimOf(ctx, affiliation, institution, person.orcid),
    },
    grantee: granteeOf(person, institution),
    reading: async () => (facts: PatentFacts) => ({
      facts: inventorFacts(facts, participations, on),
      inventor: own.has(facts.patentId),
    }),
    guards: [
      organisationsUnchanged([...members.filter(({ id }) => id !== institution.id), { id: institution.id, version }]),
      affiliationsUnchanged([affiliation]),
      personUnchanged(person),
    ],
  }
}

function holdersOf(all: readonly PatentFacts[], on: string) {
  return [...new Map(all.flatMap((facts) => holdersOn(facts, on).map((one) => [one.id, one] as const))).values()]
}
