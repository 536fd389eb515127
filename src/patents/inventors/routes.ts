import { z } from '@hono/zod-openapi'
import { api, body, json, ofPerson, problems, rightsProblems, route, secured } from '../../http/api.ts'
import { once } from '../../http/idempotency.ts'
import { requireOfficerOf } from '../../organisations/rights.ts'
import { patentIdOf } from '../routes.ts'
import { claimInventorship, disputeRejection } from './claim.ts'
import {
  disputedClaimExample,
  disputeInput,
  inventions,
  inventorClaim,
  inventorClaimExample,
  inventorClaimInput,
  inventorParams,
} from './inventor-claim.ts'
import { holdersToday } from './place.ts'
import { claimsOn } from './queries.ts'
import { readInventions } from './suggest.ts'

/** With who claims, for the holder. */
const claimOfPerson = {
  ...inventorClaimExample,
  person: { name: '入会 花子', orcid: 'https://orcid.org/0000-0002-1825-0097' },
}
const writeProblems = [
  'ambiguous_number',
  'malformed',
  'unauthenticated',
  'forbidden',
  'not_found',
  'not_allowed_now',
  'conflict',
  'invalid_input',
  'idempotency_mismatch',
  'unsupported_media_type',
] as const

const mine = route({
  method: 'get',
  path: '/v1/me/inventions',
  operationId: 'listMyInventions',
  tags: ['People'],
  summary: 'Your inventions: confirmed, claimed, and suggested by name',
  description:
    'Places on enrolled patents: those that a holder confirmed as yours, your claims and how they stand, and places with a name like yours. A suggestion gives no right.',
  security: ofPerson,
  responses: { 200: json('By number.', inventions), ...problems('unauthenticated', 'forbidden') },
})

const claim = route({
  method: 'post',
  path: '/v1/patents/{number}/inventors/{n}/claim',
  operationId: 'claimInventorship',
  tags: ['Patents'],
  summary: 'Say that you are this inventor; a holder decides',
  description:
    'Recorded with your statement and with what supports it: your ORCID iD on a member of the family, or the numbers in your researchmap export. No support confirms a claim; every holder gets a notice.',
  security: ofPerson,
  request: { params: inventorParams, body: body(inventorClaimInput) },
  responses: {
    201: json('Recorded, with what supports it.', inventorClaim),
    ...problems(...writeProblems, 'already_registered'),
  },
})

const dispute = route({
  method: 'post',
  path: '/v1/patents/{number}/inventors/{n}/dispute',
  operationId: 'disputeRejection',
  tags: ['Patents'],
  summary: 'Answer the rejection of your claim; the holder decides once more',
  description: 'For the person whose claim was rejected, with a statement; the holder sees it and decides again.',
  security: ofPerson,
  request: { params: inventorParams, body: body(disputeInput) },
  responses: { 200: json('As it is now.', inventorClaim, disputedClaimExample), ...problems(...writeProblems) },
})

const claims = route({
  method: 'get',
  path: '/v1/patents/{number}/inventor-claims',
  operationId: 'listInventorClaims',
  tags: ['Patents'],
  summary: 'Claims of inventorship on a patent that you hold',
  description: 'For an officer of a holder of today: every claim with its statement, its support and who makes it.',
  security: [...secured('patents:write'), ...ofPerson],
  request: { params: inventorParams.pick({ number: true }) },
  responses: {
    200: json(
      'By place.',
      z
        .object({ items: z.array(inventorClaim), next: z.null() })
        .openapi('InventorClaims', { example: { items: [claimOfPerson], next: null } }),
    ),
    ...problems('ambiguous_number', 'malformed', ...rightsProblems, 'not_found'),
  },
})

export const inventorRoutes = api()
  .openapi(mine, async (c) => c.json(await readInventions(c.var.ctx), 200))
  .openapi(claim, async (c) => {
    const { number, n } = c.req.valid('param')
    const id = await patentIdOf(c, number)
    return once(c, 201, (ctx) => claimInventorship(ctx, id, n, c.req.valid('json')))
  })
  .openapi(dispute, async (c) => {
    const { number, n } = c.req.valid('param')
    const id = await patentIdOf(c, number)
    return once(c, 200, (ctx) => disputeRejection(ctx, id, n, c.req.valid('json').statement))
  })
  .openapi(claims, async (c) => {
    const { ctx } = c.var
    const id = await patentIdOf(c, c.req.valid('param').number)
    requireOfficerOf(ctx.actor, await holdersToday(ctx, id), 'patents:write')
    return c.json({ items: await claimsOn(ctx.db.read, id), next: null }, 200)
  })
