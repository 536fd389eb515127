import { z } from '@hono/zod-openapi'
import { legalStatus } from '../../policies/vocabulary.ts'
import { csvText } from '../csv.ts'
import { api, body, json, ofPerson, problems, rightsProblems, route, secured } from '../http/api.ts'
import { once } from '../http/idempotency.ts'
import { decodeCursor, page, paged, pageQuery } from '../http/paging.ts'
import { date } from '../shapes.ts'
import { patentIdOf } from './routes.ts'
import { expiringCsvMax, expiringMonths, expiringRows, readExpiring, recordStatus, statusEventInput } from './upkeep.ts'

const status = z.object({ value: legalStatus, on: date, source: z.string(), seenOn: date })
const statusExample = { value: 'lapsed' as const, on: '2026-10-01', source: 'J-PlatPat', seenOn: '2026-11-20' }

const record = route({
  method: 'post',
  path: '/v1/patents/{number}/statuses',
  operationId: 'recordStatus',
  tags: ['Patents'],
  summary: 'Record what a source says of the legal status',
  description:
    'For an officer of a holder or its agent. Statuses are only added, each with its source and the day it was seen; one that is on record just so is not added again. A right that has ended leaves the commons from that day. A recorded end of term needs no status: the registry records `expired` by itself on the day after it.',
  security: [...secured('patents:write'), ...ofPerson],
  request: { params: z.object({ number: z.string().max(300) }), body: body(statusEventInput) },
  responses: {
    201: json(
      'All statuses by the day from which they hold, and the one that holds today.',
      z.object({ number: z.string(), status, statuses: z.array(status), version: z.int() }).openapi('RecordedStatus', {
        example: {
          number: 'JP-5985120-B1',
          status: statusExample,
          statuses: [{ value: 'granted', on: '2016-09-06', source: 'J-PlatPat', seenOn: '2026-11-01' }, statusExample],
          version: 3,
        },
      }),
    ),
    ...problems(
      'malformed',
      ...rightsProblems,
      'ambiguous_number',
      'not_found',
      'conflict',
      'invalid_input',
      'idempotency_mismatch',
      'unsupported_media_type',
    ),
  },
})

const expiringLine = z
  .object({
    number: z.string(),
    title: z.object({ ja: z.string().exactOptional(), en: z.string().exactOptional() }),
    endsOn: date,
    estimated: z.boolean().openapi({ description: 'Twenty years after filing, where no end is recorded.' }),
    source: z.string(),
    declarations: z.int().openapi({ description: 'Declarations that open it, or wait to.' }),
  })
  .openapi('ExpiringPatent', {
    example: {
      number: 'JP-5985120-B1',
      title: { ja: 'リチウムイオン電池用硫化物系固体電解質及び固体電解質化合物' },
      endsOn: '2027-03-31',
      estimated: false,
      source: 'J-PlatPat',
      declarations: 1,
    },
  })

const expiring = route({
  method: 'get',
  path: '/v1/organisations/{id}/expiring',
  operationId: 'listExpiring',
  tags: ['Patents'],
  summary: 'Patents whose term ends in the next months',
  description:
    'For officers of the holder and agents with its mandate to enrol; the first to end first. As JSON, a page at a time, or with `format=csv` as one file whose cells never start a formula.',
  security: [...secured('patents:write'), ...ofPerson],
  request: {
    params: z.object({ id: z.string().max(200) }),
    query: z.object({
      months: z.coerce.number().int().min(1).max(60).default(expiringMonths),
      format: z.enum(['json', 'csv']).default('json'),
      ...pageQuery,
    }),
  },
  responses: {
    200: {
      description: 'A page, or a file.',
      content: {
        'application/json': {
          schema: page(expiringLine).openapi('ExpiringPage', {
            example: {
              items: [
                {
                  number: 'JP-5985120-B1',
                  title: { ja: 'リチウムイオン電池用硫化物系固体電解質及び固体電解質化合物' },
                  endsOn: '2027-03-31',
                  estimated: false,
                  source: 'J-PlatPat',
                  declarations: 1,
                },
              ],
              next: null,
            },
          }),
        },
        'text/csv': {
          schema: z.string().openapi({ example: 'number,title_ja,title_en,ends_on,estimated,source,declarations' }),
        },
      },
    },
    ...problems('malformed', ...rightsProblems),
  },
})

export const upkeepRoutes = api()
  .openapi(record, (c) =>
    once(c, 201, async (ctx) =>
      recordStatus(ctx, await patentIdOf(c, c.req.valid('param').number), c.req.valid('json')),
    ),
  )
  .openapi(expiring, async (c) => {
    const { months, format, cursor, limit } = c.req.valid('query')
    const { id } = c.req.valid('param')
    const { ctx } = c.var
    if (format === 'csv') {
      const all = await readExpiring(ctx, id, months, undefined, expiringCsvMax)
      return c.body(csvText(expiringRows(all)), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': 'attachment; filename="expiring.csv"',
        'Cache-Control': 'no-store',
      })
    }
    const [on, number] = decodeCursor(cursor) ?? []
    const after = on === undefined ? undefined : ([String(on), String(number)] as const)
    const found = await readExpiring(ctx, id, months, after, limit + 1)
    const { items, next } = paged(c, found, limit, (one) => [one.endsOn, one.number])
    return c.json({ items, next }, 200, { 'Cache-Control': 'no-store' })
  })
