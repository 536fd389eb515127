import { z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { accepts } from 'hono/accepts'
import { actorId, today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { api, body, type Env, json, ofPerson, problems, rightsProblems, route, secured } from '../http/api.ts'
import { finished } from '../http/headers.ts'
import { once, onceOnly } from '../http/idempotency.ts'
import { decodeCursor, page, paged, pageQuery } from '../http/paging.ts'
import { entityTag } from '../http/versions.ts'
import { keptUntilChange } from '../kept.ts'
import { isSteward, memberOf, requireScope } from '../organisations/rights.ts'
import { tokenCharactersMax } from '../verifier/claims.ts'
import {
  fullGrantExample,
  grantInput,
  issuedGrant,
  publicGrant,
  revocationInput,
  suspensionInput,
  verification,
  waiting,
} from './grant.ts'
import { findGrant, listGrantIds } from './queries.ts'
import { askForGrant } from './request.ts'
import { reinstateGrant, revokeGrant, suspendGrant } from './revoke.ts'
import { readsGrant, showGrant } from './show.ts'
import { signStatusList } from './status-list.ts'
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
  security: [...secured('grants:issue'), ...ofPerson],
  request: { body: body(grantInput) },
  responses: {
    201: json('Issued. What could not be covered is named with its reasons.', issuedGrant),
    202: json('Waits for an officer of your institution.', waiting),
    ...problems(...writeProblems, 'terms_not_accepted', 'nothing_covered', 'not_allowed_now'),
  },
})

const list = route({
  method: 'get',
  path: '/v1/grants',
  operationId: 'listGrants',
  tags: ['Grants'],
  summary: 'Grants of your institution, or your own',
  description:
    'For members of the institution with the scope `grants:read`: its grants with the grantee’s name, ended ones too. For a person: the own ones. A steward has no such list.',
  security: [...secured('grants:read'), ...ofPerson],
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
  security: [...secured('grants:revoke'), ...ofPerson],
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

/**
 * Answers that were yes, in memory until anything in the database changes, the day ends or the grant does, and not for a
 * moment before they were given, to which a clock may be set back. What was asked, never who asked.
 */
const verificationsInMemory = keptUntilChange<
  string,
  { on: string; from: string; until: string; body: Uint8Array<ArrayBuffer> }
>(2000)
const rememberedCharactersMax = 8000

const remembered: MiddlewareHandler<Env> = async (c, next) => {
  const { ctx } = c.var
  const kept = c.req.header('Content-Type') === 'application/json' ? verificationsInMemory(ctx.db.read) : undefined
  const known =
    kept && (await c.req.text()).length <= rememberedCharactersMax ? kept.get(await c.req.text()) : undefined
  const now = ctx.now.toISOString()
  const holds = known !== undefined && known.on === today(ctx) && known.from <= now && now < known.until
  return holds ? finished(c, known.body, 'application/json') : next()
}

const group = api()
group.use('/v1/grants/verify', remembered)

export const grantRoutes = group
  .openapi(issue, async (c) => {
    const asked = await onceOnly(c, (ctx) => askForGrant(ctx, c.req.valid('json')))
    return 'token' in asked ? c.json(asked, 201) : c.json(asked, 202)
  })
  .openapi(verify, async (c) => {
    const { ctx } = c.var
    const kept = verificationsInMemory(ctx.db.read)
    const { valid, checks, grant } = await verifyGrant(ctx, c.req.valid('json').token)
    const answer = { valid, checks, ...(grant ? { grant: await showGrant(ctx, grant, true) } : {}) }
    const asked = await c.req.text()
    if (valid && grant && asked.length <= rememberedCharactersMax)
      kept?.set(asked, {
        on: today(ctx),
        from: ctx.now.toISOString(),
        until: grant.expiresAt,
        body: new TextEncoder().encode(JSON.stringify(answer)),
      })
    return c.json(answer, 200)
  })
  .openapi(list, async (c) => {
    const { ctx } = c.var
    const actor = requireScope(ctx.actor, 'grants:read')
    const organisationId = memberOf(actor)
    if (organisationId === undefined && actor.kind !== 'person')
      throw new RegistryError('forbidden', 'Only a member of an institution, or a person, has such a list.')
    const { cursor, limit } = c.req.valid('query')
    const [before] = decodeCursor(cursor) ?? []
    const ids = await listGrantIds(
      ctx.db.read,
      organisationId === undefined ? { personId: actorId(actor) } : { organisationId },
      before === undefined ? undefined : String(before),
      limit + 1,
    )
    const { items, next } = paged(c, ids, limit, (id) => [id])
    const found = await Promise.all(items.map((id) => findGrant(ctx.db.read, id)))
    return c.json(
      { items: await Promise.all(found.flatMap((grant) => (grant ? [showGrant(ctx, grant, true)] : []))), next },
      200,
    )
  })
  .openapi(read, async (c) => {
    const { ctx } = c.var
    const grant = await findGrant(ctx.db.read, c.req.valid('param').id)
    const mine = isSteward(ctx.actor) || readsGrant(ctx.actor, grant)
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
    return c.json(await showGrant(ctx, grant, mine), 200)
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
