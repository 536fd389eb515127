import { z } from '@hono/zod-openapi'
import { api, body, json, ofPerson, problems, rightsProblems, route, secured } from '../../http/api.ts'
import { once } from '../../http/idempotency.ts'
import { decodeCursor, page, paged, pageQuery } from '../../http/paging.ts'
import { memberOf, requireOfficer } from '../../organisations/rights.ts'
import { numberInputCharactersMax } from '../../patents/numbers/parse.ts'
import { patentIdOf } from '../../patents/routes.ts'
import { answerEnquiry, noSuchEnquiry, withdrawEnquiry } from './answer.ts'
import { askHolder } from './ask.ts'
import { enquiryAnswer, enquiryExample, enquiryInput, enquiryShown, enquiryState } from './enquiry.ts'
import { holdersActedFor, isAskedBy, isAskedOf, requireAsker } from './parties.ts'
import { findEnquiry, listReceived, listSent } from './queries.ts'
import { showEnquiries, showEnquiry } from './show.ts'

const params = z.object({ id: z.string().max(100) })
const ofAsker = [...secured('grants:issue'), ...ofPerson]
const { answer: _, contacts: __, ...unanswered } = enquiryExample
const sentExample = { ...unanswered, side: 'sent' as const, state: 'open' as const }
const writeProblems = [
  'malformed',
  ...rightsProblems,
  'not_found',
  'conflict',
  'invalid_input',
  'idempotency_mismatch',
  'unsupported_media_type',
] as const

const ask = route({
  method: 'post',
  path: '/v1/patents/{number}/enquiries',
  operationId: 'askHolder',
  tags: ['Enquiries'],
  summary: 'Ask a holder for what the terms do not give',
  description:
    'For a person, or an officer of an approved organisation: a licence, research beyond the terms, joint research, or that the patent be opened. It goes to one holder; of several that take part the one is named. Between the two alone: no log, feed or count tells of it, co-owners that are not asked and stewards do not see it. The holder sees your name and organisation; agents with its mandate to declare see what it sees. Up to 20 open enquiries, and 20 a day.',
  security: ofAsker,
  request: {
    params: z.object({ number: z.string().max(numberInputCharactersMax).openapi({ example: 'JP-5985120-B1' }) }),
    body: body(enquiryInput),
  },
  responses: {
    201: json('Sent; the holder is told.', enquiryShown, sentExample),
    ...problems(...writeProblems, 'ambiguous_number', 'already_registered', 'not_allowed_now'),
  },
})

const list = route({
  method: 'get',
  path: '/v1/enquiries',
  operationId: 'listEnquiries',
  tags: ['Enquiries'],
  summary: 'Enquiries that you sent, or that your organisation received',
  description:
    '`side=sent`: your own, or those of the organisation that you act for (officers; scope `grants:issue`). `side=received`: those to your organisation and to holders whose mandate to declare it has (officers; scope `declarations:write`).',
  security: [...secured(), ...ofPerson],
  request: {
    query: z.object({
      side: z.enum(['sent', 'received']).exactOptional().openapi({
        description: 'Default: `received` for who acts for an organisation, else `sent`.',
      }),
      state: enquiryState.exactOptional().openapi({ description: 'Of received ones.' }),
      ...pageQuery,
    }),
  },
  responses: {
    200: json(
      'The latest first.',
      page(enquiryShown).openapi('PatentEnquiryPage', { example: { items: [enquiryExample], next: null } }),
    ),
    ...problems('malformed', ...rightsProblems),
  },
})

const read = route({
  method: 'get',
  path: '/v1/enquiries/{id}',
  operationId: 'readEnquiry',
  tags: ['Enquiries'],
  summary: 'One enquiry',
  description:
    'For the asker, and for officers of the holder that was asked or of its agent. To all others there is none.',
  security: [...secured(), ...ofPerson],
  request: { params },
  responses: { 200: json('As your side sees it.', enquiryShown), ...problems('unauthenticated', 'not_found') },
})

const answer = route({
  method: 'post',
  path: '/v1/enquiries/{id}/answer',
  operationId: 'answerEnquiry',
  tags: ['Enquiries'],
  summary: 'Answer an enquiry, or decline it',
  description:
    'For an officer of the holder that was asked, or of an agent with its mandate to declare. One answer; contacts are exchanged if both have given theirs. The asker is told.',
  security: [...secured('declarations:write'), ...ofPerson],
  request: { params, body: body(enquiryAnswer) },
  responses: { 200: json('Answered.', enquiryShown), ...problems(...writeProblems, 'already_decided') },
})

const withdraw = route({
  method: 'delete',
  path: '/v1/enquiries/{id}',
  operationId: 'withdrawEnquiry',
  tags: ['Enquiries'],
  summary: 'Take an enquiry back',
  description: 'For the asker, while it is open. The holder then sees only that there was one on this patent.',
  security: ofAsker,
  request: { params },
  responses: {
    200: json('Withdrawn.', enquiryShown, { ...sentExample, state: 'withdrawn' }),
    ...problems(...rightsProblems, 'not_found', 'conflict', 'already_decided'),
  },
})

const noStore = { 'Cache-Control': 'private, no-store' }

export const enquiryRoutes = api()
  .openapi(ask, async (c) => {
    const patentId = await patentIdOf(c, c.req.valid('param').number)
    return once(c, 201, (ctx) => askHolder(ctx, patentId, c.req.valid('json')))
  })
  .openapi(list, async (c) => {
    const { ctx } = c.var
    const {
      side = memberOf(ctx.actor) === undefined ? 'sent' : 'received',
      state,
      cursor,
      limit,
    } = c.req.valid('query')
    const [at] = decodeCursor(cursor) ?? []
    const before = at === undefined ? undefined : String(at)
    const found =
      side === 'sent'
        ? await listSent(ctx.db.read, requireAsker(ctx), before, limit + 1)
        : await received(before, limit + 1)
    const { items, next } = paged(c, found, limit, (item) => [item.id])
    return c.json({ items: await showEnquiries(ctx, items, side), next }, 200, noStore)

    async function received(from: string | undefined, count: number) {
      requireOfficer(ctx.actor, 'declarations:write')
      return listReceived(ctx.db.read, await holdersActedFor(ctx), state, from, count)
    }
  })
  .openapi(read, async (c) => {
    const { ctx } = c.var
    const found = await findEnquiry(ctx.db.read, c.req.valid('param').id)
    if (!found) throw noSuchEnquiry()
    const mine = isAskedBy(ctx, found)
    if (!mine && !(await isAskedOf(ctx, found))) throw noSuchEnquiry()
    return c.json(await showEnquiry(ctx, found, mine ? 'sent' : 'received'), 200, noStore)
  })
  .openapi(answer, (c) => once(c, 200, (ctx) => answerEnquiry(ctx, c.req.valid('param').id, c.req.valid('json'))))
  .openapi(withdraw, async (c) => c.json(await withdrawEnquiry(c.var.ctx, c.req.valid('param').id), 200))
