import { actorId, type Context } from '../context.ts'
import { invalid, RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { notify } from '../notices/notify.ts'
import { organisationsUnchanged } from '../organisations/queries.ts'
import { requireOfficerOf, requirePerson } from '../organisations/rights.ts'
import { isCurrent, isVouched } from '../people/affiliations/affiliation.ts'
import { affiliationsUnchanged } from '../people/affiliations/queries.ts'
import type { Person } from '../people/person.ts'
import type { GrantInput, GrantRequest, IssuedGrant, RequestDecision } from './grant.ts'
import { granteeOf, issueInventorGrant, type Post, postOf, requireKnownPerson } from './inventor.ts'
import { type Issue, issueGrant, issueOnce, requireReadyToIssue } from './issue.ts'
import { affiliationClaimOf } from './make.ts'
import { personUnchanged } from './queries.ts'
import {
  findRequest,
  type GrantRequestRecord,
  inputOf,
  insertRequest,
  showRequest,
  updateRequest,
} from './requests/queries.ts'

export type Asked = IssuedGrant | { request: GrantRequest }

/** Whoever asks: an institution for its people, an inventor, or a person at an institution. */
export async function askForGrant(ctx: Context, input: GrantInput): Promise<Asked> {
  if (input.kind === 'inventor') return issueInventorGrant(ctx, input)
  const { actor } = ctx
  if (actor.kind === 'person' && actor.actingFor === undefined) return requestResearchGrant(ctx, input)
  return issueGrant(ctx, input)
}

/**
 * A research grant for a person at an approved institution that stands behind the affiliation. Where the institution
 * wants to see it first, the request waits for its officer.
 * @throws terms_not_accepted at once, so that an approval does not fail on what the person could have done
 */
function requestResearchGrant(ctx: Context, input: GrantInput): Promise<Asked> {
  const actor = requirePerson(ctx.actor)
  return settle(async (): Promise<Asked> => {
    const person = await requireKnownPerson(ctx, actor.id)
    const post = await vouchedPostOf(ctx, person, input.grantee?.organisation)
    const issue = researchIssue(ctx, person, post)
    if (post.institution.grantApproval !== 'officer_approves') return issueOnce(ctx, input, issue)
    if (input.numbers.length === 0) throw invalid('/numbers', 'too_small', 'Name at least one patent.')
    await requireReadyToIssue(ctx, input, issue)
    const record: GrantRequestRecord = {
      id: ctx.newId(),
      personId: person.id,
      organisationId: post.institution.id,
      request: { ...input, grantee: granteeOf(person, post.institution) },
      state: 'waiting',
      requestedAt: ctx.now.toISOString(),
      decidedBy: null,
      decidedAt: null,
      reason: null,
      grantId: null,
      version: 1,
    }
    return commit(ctx, {
      write: [
        insertRequest(record),
        affiliationsUnchanged([post.affiliation]),
        personUnchanged(person),
        ...notify(ctx, {
          to: { organisationId: post.institution.id },
          kind: 'grant_awaits_approval',
          subject: record.id,
          body: { person: person.id, purpose: input.purpose, patents: input.numbers.length },
        }),
      ],
      events: [requestEvent('grant_requested', record)],
      answer: { request: showRequest(record, false) },
    })
  })
}

/** The institution's officer decides; what the verdict is now is what counts. */
export function decideRequest(
  ctx: Context,
  organisationId: string,
  id: string,
  { decision, reason }: RequestDecision,
): Promise<GrantRequest> {
  requireOfficerOf(ctx.actor, [organisationId], 'grants:issue')
  if (decision === 'refused' && reason === undefined)
    throw invalid('/reason', 'required', 'A refusal says why, so that the person can act on it.')
  return settle(async () => {
    const record = await findRequest(ctx.db.read, id)
    if (!record || record.organisationId !== organisationId)
      throw new RegistryError('not_found', 'There is no such request.')
    if (ctx.actor.kind === 'person' && ctx.actor.id === record.personId)
      throw new RegistryError('forbidden', 'Another officer has to decide on your own request.')
    if (record.state !== 'waiting') throw new RegistryError('already_decided', `The request was ${record.state}.`)
    const decided: GrantRequestRecord = {
      ...record,
      state: decision,
      decidedBy: actorId(ctx.actor),
      decidedAt: ctx.now.toISOString(),
      reason: reason ?? null,
      version: record.version + 1,
    }
    if (decision === 'refused')
      return commit(ctx, {
        write: [updateRequest(decided), ...tell(ctx, decided)],
        events: [requestEvent('grant_request_refused', decided)],
        answer: showRequest(decided, true),
      })
    const person = await requireKnownPerson(ctx, record.personId)
    const post = await vouchedPostOf(ctx, person, organisationId)
    const issue: Issue = {
      ...researchIssue(ctx, person, post),
      also: (grant) => ({
        write: [updateRequest({ ...decided, grantId: grant.id }), ...tell(ctx, { ...decided, grantId: grant.id })],
        events: [requestEvent('grant_request_approved', decided)],
      }),
    }
    // The idempotent answer of this act is the issued grant's; the request is what the officer sees.
    const { idempotent: _, ...once } = ctx
    const { id: grantId } = await issueOnce(once, inputOf(record), issue)
    return showRequest({ ...decided, grantId }, true)
  })
}

/** @throws not_allowed_now unless an institution that is approved stands behind the affiliation */
async function vouchedPostOf(ctx: Context, person: Person, wanted: string | undefined): Promise<Post> {
  const post = await postOf(ctx, person, wanted)
  if (isCurrent(post.affiliation) && isVouched(post.affiliation)) return post
  throw new RegistryError(
    'not_allowed_now',
    'Your institution has not confirmed yet that you work there. Ask its officer.',
  )
}

function researchIssue(ctx: Context, person: Person, { institution, version, affiliation }: Post): Issue {
  return {
    bearer: {
      kind: 'research',
      institution,
      personId: person.id,
      affiliation: affiliationClaimOf(ctx, affiliation, institution, person.orcid),
    },
    grantee: granteeOf(person, institution),
    guards: [
      organisationsUnchanged([{ id: institution.id, version }]),
      affiliationsUnchanged([affiliation]),
      personUnchanged(person),
    ],
  }
}

function tell(ctx: Context, { id, personId, state, grantId }: GrantRequestRecord) {
  return notify(ctx, {
    to: { personId },
    kind: 'grant_decided',
    subject: id,
    body: { state, ...(grantId === null ? {} : { grant: grantId }) },
  })
}

function requestEvent(event: string, { id, organisationId, state }: GrantRequestRecord) {
  return { event, subject: id, source: organisationId, after: { organisationId, state } }
}
