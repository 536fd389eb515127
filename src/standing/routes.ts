import { z } from '@hono/zod-openapi'
import { api, body, json, ofPerson, problems, rightsProblems, route, secured } from '../http/api.ts'
import { once } from '../http/idempotency.ts'
import {
  inventorClaim,
  inventorClaimExample,
  inventorDecision,
  inventorParams,
} from '../patents/inventors/inventor-claim.ts'
import { patentIdOf } from '../patents/routes.ts'
import {
  affiliation,
  affiliationDecision,
  affiliationEnd,
  affiliationExample,
  affiliationOfPersonExample,
} from '../people/affiliations/affiliation.ts'
import { decideAffiliation, endAffiliation } from './decide-affiliation.ts'
import { decideInventorship, withdrawClaim } from './decide-inventorship.ts'
import { erasePerson, erasureInput } from './erase.ts'
import { exportPerson, personExport } from './export.ts'
import { institutionMoveInput, move, moveInput, recordMove, recordMoveTo } from './move.ts'

const params = z.object({ id: z.string().max(100) })
const ofOfficer = [...secured('organisation:manage'), ...ofPerson]
const confirmedClaim = { ...inventorClaimExample, state: 'confirmed', decidedAt: '2026-11-22T09:00:00.000Z' }
const endedExample = { ...affiliationExample, state: 'ended', until: '2026-11-21' }
const writeProblems = [
  'malformed',
  ...rightsProblems,
  'not_found',
  'conflict',
  'invalid_input',
  'idempotency_mismatch',
  'unsupported_media_type',
] as const

const confirmation = route({
  method: 'post',
  path: '/v1/affiliations/{id}/confirmation',
  operationId: 'decideAffiliation',
  tags: ['People'],
  summary: 'Confirm or reject that a person works at your institution',
  description:
    'For an officer of the institution; a rejection needs a reason, which the person reads. What rested on a rejected affiliation ends in the same act, and inventor grants follow the inventor.',
  security: ofOfficer,
  request: { params, body: body(affiliationDecision) },
  responses: { 200: json('As it is now.', affiliation), ...problems(...writeProblems, 'already_decided') },
})

const end = route({
  method: 'post',
  path: '/v1/affiliations/{id}/end',
  operationId: 'endAffiliation',
  tags: ['People'],
  summary: 'End an affiliation: your own, or one with your institution',
  description:
    'For the person, or an officer of the institution. Research grants of that institution to the person end in the same act; inventor grants stay with the inventor.',
  security: ofOfficer,
  request: { params, body: body(affiliationEnd) },
  responses: {
    200: json('As it is now.', affiliation, endedExample),
    ...problems(...writeProblems, 'already_decided'),
  },
})

const decision = route({
  method: 'post',
  path: '/v1/patents/{number}/inventors/{n}/confirmation',
  operationId: 'decideInventorship',
  tags: ['Patents'],
  summary: 'Confirm, reject or reverse that a person is this inventor of a patent that you hold',
  description:
    'For an officer of a holder of today. Reversing ends, in the same act, the part of every inventor grant that rested on it.',
  security: [...secured('patents:write'), ...ofPerson],
  request: { params: inventorParams, body: body(inventorDecision) },
  responses: {
    200: json(
      'As it is now.',
      z
        .object({
          patent: z.string(),
          inventor: z.number().int(),
          state: z.enum(['confirmed', 'rejected']),
          claim: inventorClaim.exactOptional(),
        })
        .openapi('InventorDecided', {
          example: { patent: 'JP-5985120-B1', inventor: 2, state: 'confirmed', claim: confirmedClaim },
        }),
    ),
    ...problems(...writeProblems, 'ambiguous_number', 'already_decided', 'not_allowed_now'),
  },
})

const withdrawal = route({
  method: 'post',
  path: '/v1/patents/{number}/inventors/{n}/withdrawal',
  operationId: 'withdrawClaim',
  tags: ['Patents'],
  summary: 'Take your claim of inventorship back',
  description:
    'For the person who claims. Of a confirmed place, inventor grants that rest on it lose that part in the same act.',
  security: ofPerson,
  request: { params: inventorParams },
  responses: {
    200: json('As it is now.', inventorClaim, { ...inventorClaimExample, state: 'withdrawn' }),
    ...problems(
      'ambiguous_number',
      'malformed',
      'unauthenticated',
      'forbidden',
      'not_found',
      'conflict',
      'already_decided',
      'idempotency_mismatch',
    ),
  },
})

const moved = route({
  method: 'post',
  path: '/v1/me/moves',
  operationId: 'recordMove',
  tags: ['People'],
  summary: '“I moved”: your inventor grants follow you in the same act',
  description:
    'The old affiliation ends, the new one is recorded, and every inventor grant that named the old institution is superseded by one that names the new, for the same patents and days. At a company the holders are asked instead (`enquiry`).',
  security: ofPerson,
  request: { body: body(moveInput) },
  responses: { 201: json('Recorded, with the new grants.', move), ...problems(...writeProblems, 'not_allowed_now') },
})

const movedTo = route({
  method: 'post',
  path: '/v1/organisations/{id}/moves',
  operationId: 'recordMoveTo',
  tags: ['People'],
  summary: 'Record that the person with an ORCID iD has moved to your institution',
  description:
    'For an officer of the new institution. New grants go to the person. The answer does not tell whether anyone has signed in with that iD.',
  security: ofOfficer,
  request: { params, body: body(institutionMoveInput) },
  responses: { 201: json('Recorded.', affiliation, affiliationOfPersonExample), ...problems(...writeProblems) },
})

const readExport = route({
  method: 'get',
  path: '/v1/me/export',
  operationId: 'exportMe',
  tags: ['People'],
  summary: 'All that is held of you',
  description:
    'Name, accounts, sessions, posts, affiliations, inventions, requests, grants with their tokens, notices and history.',
  security: ofPerson,
  responses: { 200: json('Everything, as JSON.', personExport), ...problems('unauthenticated', 'forbidden') },
})

const erasure = route({
  method: 'post',
  path: '/v1/me/erasure',
  operationId: 'eraseMe',
  tags: ['People'],
  summary: 'Erase all that is held of you',
  description:
    'Your grants end first. Names printed on patents stay as the patents’ own record, without your iD. The log still adds up.',
  security: ofPerson,
  request: { body: body(erasureInput) },
  responses: {
    204: { description: 'Erased. The session is of no more use.' },
    ...problems('malformed', 'unauthenticated', 'forbidden', 'conflict', 'invalid_input', 'unsupported_media_type'),
  },
})

export const standingRoutes = api()
  .openapi(confirmation, (c) =>
    once(c, 200, (ctx) => decideAffiliation(ctx, c.req.valid('param').id, c.req.valid('json'))),
  )
  .openapi(end, (c) => once(c, 200, (ctx) => endAffiliation(ctx, c.req.valid('param').id, c.req.valid('json'))))
  .openapi(decision, async (c) => {
    const { number, n } = c.req.valid('param')
    const id = await patentIdOf(c, number)
    return once(c, 200, (ctx) => decideInventorship(ctx, id, n, c.req.valid('json')))
  })
  .openapi(withdrawal, async (c) => {
    const { number, n } = c.req.valid('param')
    const id = await patentIdOf(c, number)
    return once(c, 200, (ctx) => withdrawClaim(ctx, id, n))
  })
  .openapi(moved, (c) => once(c, 201, (ctx) => recordMove(ctx, c.req.valid('json'))))
  .openapi(movedTo, (c) => once(c, 201, (ctx) => recordMoveTo(ctx, c.req.valid('param').id, c.req.valid('json'))))
  .openapi(readExport, async (c) => {
    c.header('Cache-Control', 'private, no-store')
    return c.json(await exportPerson(c.var.ctx), 200)
  })
  .openapi(erasure, async (c) => {
    await erasePerson(c.var.ctx)
    return c.body(null, 204)
  })
