import { z } from '@hono/zod-openapi'
import { api, body, json, ofPerson, problems, rightsProblems, route, secured } from '../http/api.ts'
import { once } from '../http/idempotency.ts'
import { time } from '../shapes.ts'
import { consentDetail, readConsents } from './consent-detail.ts'
import { eraseSignatory, readEvidence } from './links/answer.ts'
import { makeConsentLink, revokeConsentLink } from './links/ask.ts'
import { consentLinkInput, newConsentLink } from './links/link.ts'
import { remindNow } from './remind.ts'

const id = z.string().max(200)
const ofOfficer = [...secured('declarations:write'), ...ofPerson]
const writeProblems = ['malformed', ...rightsProblems, 'not_found', 'conflict', 'invalid_input'] as const

const list = route({
  method: 'get',
  path: '/v1/declarations/{id}/consents',
  operationId: 'listConsents',
  tags: ['Declarations'],
  summary: 'How it stands with each co-owner',
  description:
    'For officers of the declaring holder and of the co-owners: since when each is asked, who was reminded and when, and for the holder the one-time links.',
  security: ofOfficer,
  request: { params: z.object({ id }) },
  responses: {
    200: json(
      'One for each co-owner.',
      z.object({ items: z.array(consentDetail), next: z.null() }).openapi('ConsentDetailList', {
        example: {
          items: [
            {
              organisation: {
                id: '01a200d7-78fe-73ea-b3b2-6f43e1d9bb65',
                name: { ja: 'トヨタ自動車株式会社', en: 'Toyota Motor Corporation' },
                state: 'approved',
              },
              answer: 'pending',
              askedAt: '2026-11-06T01:00:00.000Z',
              ask: 'registry',
              reminders: [],
              links: [],
            },
          ],
          next: null,
        },
      }),
    ),
    ...problems(...rightsProblems, 'not_found'),
  },
})

const makeLink = route({
  method: 'post',
  path: '/v1/declarations/{id}/consent-links',
  operationId: 'makeConsentLink',
  tags: ['Declarations'],
  summary: 'Ask a co-owner without an officer here by a one-time link',
  description:
    'For the declaring holder. Behind the link, which is of use once and for 60 days, the co-owner’s named officer reads who asks, which patents and which terms, and answers without an account. Making it again renews it: the one before is void.',
  security: ofOfficer,
  request: { params: z.object({ id }), body: body(consentLinkInput) },
  responses: {
    201: json('The link is shown this once.', newConsentLink),
    ...problems(...writeProblems, 'already_decided', 'not_allowed_now', 'idempotency_spent', 'unsupported_media_type'),
  },
})

const revokeLink = route({
  method: 'delete',
  path: '/v1/declarations/{id}/consent-links/{linkId}',
  operationId: 'revokeConsentLink',
  tags: ['Declarations'],
  summary: 'Make a one-time link void',
  description: 'For the declaring holder, while nobody has used it. Whoever opens it is told that it is void.',
  security: ofOfficer,
  request: { params: z.object({ id, linkId: id }) },
  responses: {
    204: { description: 'It is of no more use.' },
    ...problems(...rightsProblems, 'not_found', 'already_decided', 'conflict'),
  },
})

const remind = route({
  method: 'post',
  path: '/v1/declarations/{id}/consents/{organisation}/reminder',
  operationId: 'remindCoOwner',
  tags: ['Declarations'],
  summary: 'Remind a co-owner of its answer',
  description:
    'For the declaring holder, at most once a day. The registry reminds by itself after 7 and 21 days, and tells the holder after 30.',
  security: ofOfficer,
  request: { params: z.object({ id, organisation: id }) },
  responses: {
    201: json(
      'A notice is on its way.',
      z.object({ remindedAt: time }).openapi('Reminded', { example: { remindedAt: '2026-11-21T09:00:00.000Z' } }),
    ),
    ...problems(...rightsProblems, 'not_found', 'conflict', 'already_decided', 'not_allowed_now'),
  },
})

const evidence = route({
  method: 'get',
  path: '/v1/declarations/{id}/consents/{organisation}/evidence',
  operationId: 'readConsentEvidence',
  tags: ['Declarations'],
  summary: 'What was shown and said behind a one-time link',
  description:
    'For officers of the parties and stewards. `text` is canonical JSON (RFC 8785); its SHA-256 stands in the consent and in the log. `signatory.sha256` in it is SHA-256 of `salt` and the canonical JSON of `name`, `post` and `email`.',
  security: ofOfficer,
  request: { params: z.object({ id, organisation: id }) },
  responses: {
    200: json(
      'Who answered is left out once erased.',
      z
        .object({
          text: z.string(),
          sha256: z.string(),
          signatory: z
            .object({ salt: z.string(), name: z.string(), post: z.string(), email: z.string() })
            .exactOptional(),
        })
        .openapi('ConsentEvidence', {
          example: {
            text: '{"answer":"given",…}',
            sha256: '2157bde75b821724d5af6fb59e77aa2c535a70aee2e42af6ec9a628e711e67bf',
          },
        }),
    ),
    ...problems(...rightsProblems, 'not_found'),
  },
})

const erase = route({
  method: 'delete',
  path: '/v1/declarations/{id}/consents/{organisation}/signatory',
  operationId: 'eraseSignatory',
  tags: ['Declarations'],
  summary: 'Erase who answered behind a one-time link',
  description:
    'For the declaring holder, the co-owner and stewards, at that person’s request. Name, post and address go; the consent stands, and the evidence goes on to prove what was shown and said.',
  security: ofOfficer,
  request: { params: z.object({ id, organisation: id }) },
  responses: {
    204: { description: 'Nothing of the person is kept.' },
    ...problems(...rightsProblems, 'not_found', 'conflict'),
  },
})

export const consentRoutes = api()
  .openapi(list, async (c) => {
    const items = await readConsents(c.var.ctx, c.req.valid('param').id)
    return c.json({ items, next: null }, 200, { 'Cache-Control': 'no-store' })
  })
  .openapi(makeLink, (c) => {
    c.header('Cache-Control', 'no-store')
    return once(c, 201, (ctx) => makeConsentLink(ctx, c.req.valid('param').id, c.req.valid('json')))
  })
  .openapi(revokeLink, async (c) => {
    const { id: declaration, linkId } = c.req.valid('param')
    await revokeConsentLink(c.var.ctx, declaration, linkId)
    return c.body(null, 204)
  })
  .openapi(remind, (c) => {
    const { id: declaration, organisation } = c.req.valid('param')
    return once(c, 201, (ctx) => remindNow(ctx, declaration, organisation))
  })
  .openapi(evidence, async (c) => {
    const { id: declaration, organisation } = c.req.valid('param')
    return c.json(await readEvidence(c.var.ctx, declaration, organisation), 200, { 'Cache-Control': 'no-store' })
  })
  .openapi(erase, async (c) => {
    const { id: declaration, organisation } = c.req.valid('param')
    await eraseSignatory(c.var.ctx, declaration, organisation)
    return c.body(null, 204)
  })
