import { z } from '@hono/zod-openapi'
import { RegistryError } from '../../errors.ts'
import { findGrant } from '../../grants/queries.ts'
import { api, body, json, ofPerson, problems, rightsProblems, route, secured } from '../../http/api.ts'
import { once } from '../../http/idempotency.ts'
import { decodeCursor, page, paged, pageQuery } from '../../http/paging.ts'
import { numberInputCharactersMax } from '../../patents/numbers/parse.ts'
import { patentIdOf } from '../../patents/routes.ts'
import { listReportsOfPatent } from './queries.ts'
import { report, reportExample, reportInput } from './report.ts'
import { reportResults, withdrawReport } from './report-results.ts'
import { reportsShown } from './rights.ts'

const id = z.string().max(100).openapi({ description: 'Id of the grant, or its short number.' })
const number = z.string().max(numberInputCharactersMax).openapi({ example: 'JP-5985120-B1' })
const ofGrantee = [...secured('grants:issue'), ...ofPerson]
const listed = { ...reportExample, numbers: [...reportExample.numbers] }

const make = route({
  method: 'post',
  path: '/v1/grants/{id}/reports',
  operationId: 'reportResults',
  tags: ['Grants'],
  summary: 'Say what came of a grant',
  description:
    'For the person whose grant it is, or an officer of the institution of a research grant: a paper, a data set, or the yearly outline that some terms ask for. The holders of the patents are told. With `public` and a DOI it is shown on the patents; neither the grantee nor the grant is named there. It is an entry of the public log: the id of the report, and of a public one its DOI and patents. The DOI is not looked up. A revoked grant has no reports.',
  security: ofGrantee,
  request: { params: z.object({ id }), body: body(reportInput) },
  responses: {
    201: json('Reported; the holders are told.', report),
    ...problems(
      'malformed',
      ...rightsProblems,
      'not_found',
      'already_registered',
      'not_allowed_now',
      'conflict',
      'invalid_input',
      'idempotency_mismatch',
      'unsupported_media_type',
    ),
  },
})

const listOfGrant = route({
  method: 'get',
  path: '/v1/grants/{id}/reports',
  operationId: 'listGrantReports',
  tags: ['Grants'],
  summary: 'What came of a grant',
  description:
    'All reports for the grantee and the institution; for a member of a holder (scope `grants:read`) those about its patents; for others those that are public. Up to 200.',
  request: { params: z.object({ id }) },
  responses: {
    200: json(
      'The latest first.',
      z
        .object({ items: z.array(report), next: z.null() })
        .openapi('ResultReports', { example: { items: [listed], next: null } }),
    ),
    ...problems('malformed', 'not_found'),
  },
})

const listOfPatent = route({
  method: 'get',
  path: '/v1/patents/{number}/reports',
  operationId: 'listPatentReports',
  tags: ['Patents'],
  summary: 'What came of research on a patent',
  description: 'Reports that grantees have made public, with their DOI. Whose the grant was is not told.',
  request: { params: z.object({ number }), query: z.object(pageQuery) },
  responses: {
    200: json(
      'The latest first.',
      page(report).openapi('ResultReportPage', { example: { items: [listed], next: null } }),
    ),
    ...problems('ambiguous_number', 'malformed', 'not_found'),
  },
})

const withdraw = route({
  method: 'delete',
  path: '/v1/grants/{id}/reports/{report}',
  operationId: 'withdrawReport',
  tags: ['Grants'],
  summary: 'Take a report back',
  description:
    'For the grantee, or an officer of the institution. It is shown and counted no more; that there was a report stays in the log.',
  security: ofGrantee,
  request: { params: z.object({ id, report: z.string().max(100) }) },
  responses: {
    204: { description: 'It is there no more.' },
    ...problems(...rightsProblems, 'not_found', 'conflict'),
  },
})

export const reportRoutes = api()
  .openapi(make, (c) => once(c, 201, (ctx) => reportResults(ctx, c.req.valid('param').id, c.req.valid('json'))))
  .openapi(listOfGrant, async (c) => {
    const grant = await findGrant(c.var.ctx.db.read, c.req.valid('param').id)
    if (!grant) throw new RegistryError('not_found', 'There is no such grant.')
    c.header('Vary', 'Authorization, Cookie')
    return c.json({ items: await reportsShown(c.var.ctx, grant), next: null }, 200)
  })
  .openapi(listOfPatent, async (c) => {
    const patentId = await patentIdOf(c, c.req.valid('param').number)
    const { cursor, limit } = c.req.valid('query')
    const [before] = decodeCursor(cursor) ?? []
    const found = await listReportsOfPatent(
      c.var.ctx.db.read,
      patentId,
      before === undefined ? undefined : String(before),
      limit + 1,
    )
    return c.json(
      paged(c, found, limit, (item) => [item.id]),
      200,
    )
  })
  .openapi(withdraw, async (c) => {
    const { id: grantId, report: reportId } = c.req.valid('param')
    await withdrawReport(c.var.ctx, grantId, reportId)
    return c.body(null, 204)
  })
