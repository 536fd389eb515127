import { z } from '@hono/zod-openapi'
import { accepts } from 'hono/accepts'
import type { Actor } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { api, body, type Http, json, problems, rightsProblems, route, secured } from '../http/api.ts'
import { once } from '../http/idempotency.ts'
import { decodeCursor, page, paged, pageQuery } from '../http/paging.ts'
import { entityTag } from '../http/versions.ts'
import { isSteward, requireScope } from '../organisations/rights.ts'
import {
  fullGrantExample,
  grantInput,
  issuedGrant,
  type PublicGrant,
  publicGrant,
  revocationInput,
  statusOf,
  suspensionInput,
  verification,
} from './grant.ts'
import { issueGrant } from './issue.ts'
import { findGrant, findGrantEntry, findGrantEvents, type GrantRecord, listGrantIds } from './queries.ts'
import { reinstateGrant, revokeGrant, suspendGrant } from './revoke.ts'
import { signStatusList, statusListUri } from './status-list.ts'
import { tokenCharactersMax } from './token.ts'
import { verifyGrant } from './verify.ts'

const params = z.object({ id: z.string().max(100).openapi({ description: 'Id, or the short number.' }) })
const writeProblems = [
  'malformed',
  ...rightsProblems,
  'conflict',
  'too_large',
  'invalid_input',
  'idempotency_mismatch',
  'unsupported_media_type',
] as const

const issue = route({
  method: 'post',
  path: '/v1/grants',
  operationId: 'issueGrant',
  tags: ['Grants'],
  summary: 'One signed grant over many patents of many holders',
  description:
    'For an officer of an approved institution, for its own people. Every number is checked as by `POST /v1/check`; what is `allowed` is covered, the rest is in `leftOut` with its reasons, or refuses all with `allOrNothing`. Each terms version relied on has to be accepted by id and SHA-256; the grant and its acceptance are recorded, and the public log gets an entry without names.',
  security: secured('grants:issue'),
  request: { body: body(grantInput) },
  responses: {
    201: json('Issued. What could not be covered is named with its reasons.', issuedGrant),
    ...problems(...writeProblems, 'terms_not_accepted', 'nothing_covered'),
  },
})

const list = route({
  method: 'get',
  path: '/v1/grants',
  operationId: 'listGrants',
  tags: ['Grants'],
  summary: 'Grants of your institution',
  description:
    'For members of the institution with the scope `grants:read`: its grants with the grantee’s name, ended ones too. A steward has no such list.',
  security: secured('grants:read'),
  request: { query: z.object(pageQuery) },
  responses: {
    200: json(
      'Newest first.',
      page(publicGrant).openapi('GrantPage', { example: { items: [fullGrantExample], next: null } }),
    ),
    ...problems('malformed', ...rightsProblems),
  },
})

const read = route({
  method: 'get',
  path: '/v1/grants/{id}',
  operationId: 'readGrant',
  tags: ['Grants'],
  summary: 'Public facts of a grant, or the token itself',
  description:
    'With `Accept: application/jwt` the token, for the grantee’s institution and stewards (scope `grants:read`).',
  request: { params },
  responses: {
    200: {
      description: 'Whose it is stays with the grantee.',
      content: {
        'application/json': { schema: publicGrant },
        'application/jwt': { schema: z.string(), example: 'eyJhbGciOiJFUzI1NiIsInR5cCI6InJlc2VhcmNoLWdyYW50K2p3dCJ9…' },
      },
    },
    ...problems('not_found', ...rightsProblems),
  },
})

const verify = route({
  method: 'post',
  path: '/v1/grants/verify',
  operationId: 'verifyGrant',
  tags: ['Grants'],
  summary: 'Is this token a grant that holds now?',
  description:
    'Checks form, type, issuer, signature, dates and terms fingerprints, then the record, revocation and suspension. `valid` is true when all have passed, and null when one could not be made and none has failed. Whoever holds the token sees whose grant it is; nothing is recorded of the question.',
  request: {
    body: body(
      z
        .object({ token: z.string().max(tokenCharactersMax) })
        .strict()
        .openapi('VerificationInput', {
          example: { token: 'eyJhbGciOiJFUzI1NiIsInR5cCI6InJlc2VhcmNoLWdyYW50K2p3dCJ9…' },
        }),
    ),
  },
  responses: {
    200: json('Always 200 for a question that can be read: the answer is `valid`.', verification),
    ...problems('malformed', 'too_large', 'invalid_input', 'unsupported_media_type'),
  },
})

const changed = z
  .object({ id: z.string(), supersededBy: z.string().exactOptional() })
  .openapi('GrantChanged', { example: { id: '01a200d7-7a27-742c-8849-54d053132b34' } })

const revocation = route({
  method: 'post',
  path: '/v1/grants/{id}/revocation',
  operationId: 'revokeGrant',
  tags: ['Grants'],
  summary: 'End a grant, or the part of it that covers your patents',
  description:
    'For a steward, an officer of the grantee’s institution, or an officer of a holder of a covered patent; the terms name the reasons, and each party may give some of them. A holder ends its own part only: a new grant over the rest supersedes this one. It is an entry of the public log; who keeps the status list sees it within five minutes.',
  security: secured('grants:revoke'),
  request: { params, body: body(revocationInput) },
  responses: {
    200: json('Ended. `supersededBy` is the grant over what is left.', changed),
    ...problems(...writeProblems, 'not_found', 'already_decided'),
  },
})

const suspension = route({
  method: 'post',
  path: '/v1/grants/{id}/suspension',
  operationId: 'suspendGrant',
  tags: ['Grants'],
  summary: 'Stop a grant for the time of an inquiry',
  description:
    'For a steward, or an officer of the holder of every patent covered. The grant is not valid until it is reinstated; its end does not move. It is an entry of the public log, without the note.',
  security: secured('grants:revoke'),
  request: { params, body: body(suspensionInput) },
  responses: { 200: json('Suspended.', changed), ...problems(...writeProblems, 'not_found', 'already_decided') },
})

const reinstatement = route({
  method: 'post',
  path: '/v1/grants/{id}/reinstatement',
  operationId: 'reinstateGrant',
  tags: ['Grants'],
  summary: 'Lift a suspension',
  description:
    'For a steward, or an officer of the holder of every patent covered. The grant is valid again until its own end. It is an entry of the public log, without the note.',
  security: secured('grants:revoke'),
  request: { params, body: body(suspensionInput) },
  responses: { 200: json('Valid again.', changed), ...problems(...writeProblems, 'not_found', 'already_decided') },
})

const statusList = route({
  method: 'get',
  path: '/v1/status-lists/{n}',
  operationId: 'readStatusList',
  tags: ['Grants'],
  summary: 'Revocation and suspension of grants (IETF Token Status List)',
  description:
    'A JWT of type `statuslist+jwt` signed with a published key: DEFLATE-compressed entries of two bits, 131,072 a list. It may be kept for its `ttl` of five minutes, and tells nothing of which grant is asked about.',
  request: { params: z.object({ n: z.coerce.number().int().min(0).max(1_000_000) }) },
  responses: {
    200: {
      description: 'A signed list; entry `idx` of a grant has two bits: 0 valid, 1 ended, 2 suspended.',
      content: {
        'application/statuslist+jwt': {
          schema: z.string(),
          example: 'eyJhbGciOiJFUzI1NiIsInR5cCI6InN0YXR1c2xpc3Qrand0In0…',
        },
      },
    },
    ...problems('malformed', 'not_found'),
  },
})

export const grantRoutes = api()
  .openapi(issue, (c) => once(c, 201, (ctx) => issueGrant(ctx, c.req.valid('json'))))
  .openapi(verify, async (c) => {
    const { valid, checks, grant } = await verifyGrant(c.var.ctx, c.req.valid('json').token)
    return c.json({ valid, checks, ...(grant ? { grant: await shown(c, grant, true) } : {}) }, 200)
  })
  .openapi(list, async (c) => {
    const { ctx } = c.var
    const actor = requireScope(ctx.actor, 'grants:read')
    if (actor.kind !== 'member')
      throw new RegistryError('forbidden', 'Only a member of an institution has such a list.')
    const { cursor, limit } = c.req.valid('query')
    const [before] = decodeCursor(cursor) ?? []
    const ids = await listGrantIds(
      ctx.db.read,
      actor.organisationId,
      before === undefined ? undefined : String(before),
      limit + 1,
    )
    const { items, next } = paged(c, ids, limit, (id) => [id])
    const found = await Promise.all(items.map((id) => findGrant(ctx.db.read, id)))
    return c.json(
      { items: await Promise.all(found.flatMap((grant) => (grant ? [shown(c, grant, true)] : []))), next },
      200,
    )
  })
  .openapi(read, async (c) => {
    const { ctx } = c.var
    const grant = await findGrant(ctx.db.read, c.req.valid('param').id)
    const mine = isSteward(ctx.actor) || readsGrantsOf(ctx.actor, grant?.organisationId)
    c.header('Vary', 'Accept, Authorization')
    const wanted = accepts(c, {
      header: 'Accept',
      supports: ['application/json', 'application/jwt'],
      default: 'application/json',
    })
    if (wanted === 'application/jwt' && !isSteward(ctx.actor)) requireScope(ctx.actor, 'grants:read')
    if (!grant || (wanted === 'application/jwt' && !mine))
      throw new RegistryError('not_found', 'There is no such grant.')
    c.header('ETag', entityTag(grant.version))
    if (wanted === 'application/jwt')
      return c.body(grant.token, 200, { 'Content-Type': 'application/jwt', 'Cache-Control': 'private, no-store' })
    return c.json(await shown(c, grant, mine), 200)
  })
  .openapi(revocation, (c) => once(c, 200, (ctx) => revokeGrant(ctx, c.req.valid('param').id, c.req.valid('json'))))
  .openapi(suspension, (c) =>
    once(c, 200, (ctx) => suspendGrant(ctx, c.req.valid('param').id, c.req.valid('json').note)),
  )
  .openapi(reinstatement, (c) =>
    once(c, 200, (ctx) => reinstateGrant(ctx, c.req.valid('param').id, c.req.valid('json').note)),
  )
  .openapi(statusList, async (c) => {
    const list = await signStatusList(c.var.ctx, c.req.valid('param').n)
    if (list === undefined) throw new RegistryError('not_found', 'There is no such status list.')
    return c.body(list, 200, {
      'Content-Type': 'application/statuslist+jwt',
      'Cache-Control': 'public, max-age=60',
    })
  })

function readsGrantsOf(actor: Actor, organisationId: string | undefined): boolean {
  return actor.kind === 'member' && actor.organisationId === organisationId && actor.scopes.has('grants:read')
}

/** The public facts; with `withGrantee` those that are for the grantee, a steward or the bearer of the token. */
async function shown(c: Http, grant: GrantRecord, withGrantee: boolean): Promise<PublicGrant> {
  const { db, now, registryUrl } = c.var.ctx
  const [events, entry] = await Promise.all([findGrantEvents(db.read, grant.id), findGrantEntry(db.read, grant.id)])
  const status = statusOf(grant.state, grant.expiresAt, now)
  const { name, orcid } = grant.request.grantee
  return {
    id: grant.id,
    number: grant.number,
    kind: 'research',
    status,
    since: status === 'expired' ? grant.expiresAt : grant.stateAt,
    ...(grant.reason === null ? {} : { reason: grant.reason }),
    ...(grant.supersededBy === null ? {} : { supersededBy: grant.supersededBy }),
    purpose: grant.purpose,
    mode: grant.mode,
    from: grant.from,
    until: grant.until,
    issuedAt: grant.issuedAt,
    patents: grant.covered.map(({ number, termsId, declarationId }) => ({
      number,
      terms: termsId,
      declaration: declarationId,
    })),
    events,
    statusList: { uri: statusListUri(registryUrl, grant.statusList), idx: grant.statusIndex },
    ...(entry ? { log: entry } : {}),
    ...(withGrantee
      ? { grantee: { name, ...(orcid === undefined ? {} : { orcid }), organisation: grant.organisationId } }
      : {}),
  }
}
