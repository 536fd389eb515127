import { createRoute, z } from '@hono/zod-openapi'
import { RegistryError } from '../errors.ts'
import { api, body, type Http, json, problems, rightsProblems, route, secured } from '../http/api.ts'
import { preferred } from '../http/negotiate.ts'
import { decodeCursor, page, paged, pageQuery } from '../http/paging.ts'
import { importingOrganisations, requireImport } from './access.ts'
import { decideImport } from './choose.ts'
import { rowsAsCsv } from './download.ts'
import { progressEvents } from './events.ts'
import { commitImport, dropImport } from './finish.ts'
import {
  decisionsInput,
  importExample,
  importFields,
  importLine,
  importLineExample,
  importRow,
  importRowExample,
  importShape,
  rowResult,
} from './import.ts'
import { mapImport } from './map.ts'
import { type Job, listImports, listNames, toImport } from './queries.ts'
import { mapping } from './reading/mapping.ts'
import { listRows } from './rows-queries.ts'
import { fileTypes, idempotencyKeyOf, takeUpload } from './upload-routes.ts'

const security = secured('patents:write')
const params = z.object({ id: z.uuid().openapi({ example: importExample.id }) })
const stateProblems = ['malformed', ...rightsProblems, 'not_found', 'not_allowed_now', 'conflict'] as const

const uploadExample = { id: importExample.id, state: 'reading' as const }
const uploadFields = z
  .object({ file: z.string().openapi({ format: 'binary' }), ...importFields.shape })
  .openapi('ImportUpload', { example: { file: '', seenOn: '2026-11-21' } })
const rawFile = z.string().openapi({ format: 'binary', example: '' })

const upload = createRoute({
  method: 'post',
  path: '/v1/imports',
  operationId: 'createImport',
  tags: ['Imports'],
  summary: 'Upload a file of patents',
  description:
    'For an officer of the holder, or of an agent that may enrol for it (`organisation`). Takes the export of a patent search, an office’s own spreadsheet, or a list of numbers, up to 100 MiB and 200,000 rows; the format is told from the content. The file is read and previewed in the background: follow `GET /v1/imports/{id}`. Nothing is enrolled until the preview is confirmed. An `Idempotency-Key` makes a repeat harmless. Sent by itself (not as a form) the fields are in the query.',
  security,
  request: {
    body: {
      required: true,
      content: {
        'multipart/form-data': { schema: uploadFields },
        ...Object.fromEntries(fileTypes.map((type) => [type, { schema: rawFile }])),
      },
    },
  },
  responses: {
    202: json(
      'Taken in.',
      importShape.pick({ id: true, state: true }).openapi('ImportStarted', { example: uploadExample }),
    ),
    ...problems(
      'malformed',
      ...rightsProblems,
      'not_allowed_now',
      'too_large',
      'unsupported_media_type',
      'invalid_input',
      'idempotency_mismatch',
    ),
  },
})

const list = route({
  method: 'get',
  path: '/v1/imports',
  operationId: 'listImports',
  tags: ['Imports'],
  summary: 'Imports of one’s organisation',
  description:
    'Newest first: those of the caller’s organisation and of the holders for which it may enrol. Finished ones are kept for 90 days.',
  security,
  request: { query: z.object(pageQuery) },
  responses: {
    200: json(
      'Newest first.',
      page(importLine).openapi('ImportPage', { example: { items: [importLineExample], next: null } }),
    ),
    ...problems('malformed', ...rightsProblems),
  },
})

const read = route({
  method: 'get',
  path: '/v1/imports/{id}',
  operationId: 'readImport',
  tags: ['Imports'],
  summary: 'How an import stands',
  description:
    'State, counts, progress, and the owners that the file names and the registry does not know yet. Private to the organisation: to others there is no such import.',
  security,
  request: { params },
  responses: { 200: json('As it is now.', importShape), ...problems('malformed', ...rightsProblems, 'not_found') },
})

const events = route({
  method: 'get',
  path: '/v1/imports/{id}/events',
  operationId: 'followImport',
  tags: ['Imports'],
  summary: 'Progress as server-sent events',
  description:
    'Events `progress`, and at last one `rest` when nothing is done any more. A stream ends after a minute; the client opens the next one.',
  security,
  request: { params },
  responses: {
    200: {
      description: '`text/event-stream`; data is JSON.',
      content: {
        'text/event-stream': {
          schema: z.string().openapi({ example: 'event: progress\ndata: {"state":"reading"}\n\n' }),
        },
      },
    },
    ...problems('malformed', ...rightsProblems, 'not_found'),
  },
})

const rows = route({
  method: 'get',
  path: '/v1/imports/{id}/rows',
  operationId: 'listImportRows',
  tags: ['Imports'],
  summary: 'What becomes of each row',
  description:
    'Rows in the order of the file: new, changed (field by field), same, refused (why) or undecided (what there is to choose).',
  security,
  request: { params, query: z.object({ result: rowResult.optional(), ...pageQuery }) },
  responses: {
    200: json(
      'In the order of the file.',
      page(importRow).openapi('ImportRowPage', { example: { items: [importRowExample], next: null } }),
    ),
    ...problems('malformed', ...rightsProblems, 'not_found'),
  },
})

const csv = route({
  method: 'get',
  path: '/v1/imports/{id}/rows.csv',
  operationId: 'downloadImportRows',
  tags: ['Imports'],
  summary: 'The rows with their reasons, to mend and upload again',
  description:
    'The columns of the file, then `iriai:line`, `iriai:result` and `iriai:reason` in the language of `Accept-Language`. These are left aside when the file comes back. No cell starts a formula.',
  security,
  request: { params, query: z.object({ result: rowResult.optional() }) },
  responses: {
    200: {
      description: 'RFC 4180, UTF-8.',
      content: {
        'text/csv': {
          schema: z.string().openapi({ example: '"文献番号","iriai:line","iriai:result","iriai:reason"\r\n' }),
        },
      },
    },
    ...problems('malformed', ...rightsProblems, 'not_found'),
  },
})

const map = route({
  method: 'put',
  path: '/v1/imports/{id}/mapping',
  operationId: 'mapImport',
  tags: ['Imports'],
  summary: 'Say what the columns hold',
  description:
    'For a table of no known format (`needs_mapping`), or to mend the columns of a preview. Kept for the organisation’s next file with this header. The file is then read anew.',
  security,
  request: {
    params,
    body: body(mapping, {
      columns: [
        { header: '登録番号', field: 'grant_number' },
        { header: '名称', field: 'title_ja' },
      ],
      office: 'JP',
    }),
  },
  responses: {
    202: json('It is read anew.', importShape),
    ...problems(...stateProblems, 'invalid_input', 'unsupported_media_type'),
  },
})

const decide = route({
  method: 'post',
  path: '/v1/imports/{id}/decisions',
  operationId: 'decideImport',
  tags: ['Imports'],
  summary: 'Decide what the registry could not',
  description:
    'About rows: which number is meant, whether it is the same right as another, which holders are right, or to leave it out. About owners’ names: which organisation it is, kept for the next files. Changes nothing but the preview.',
  security,
  request: { params, body: body(decisionsInput) },
  responses: {
    202: json('The rows concerned are decided again.', importShape),
    ...problems(...stateProblems, 'invalid_input', 'unsupported_media_type'),
  },
})

const commit = route({
  method: 'post',
  path: '/v1/imports/{id}/commit',
  operationId: 'commitImport',
  tags: ['Imports'],
  summary: 'Enrol what the preview shows',
  description:
    'Enrols the new and changed rows in the background, each whole or not at all; refused and undecided rows are left. Asked again, it answers how it stands.',
  security,
  request: { params },
  responses: { 202: json('It is being enrolled.', importShape), ...problems(...stateProblems) },
})

const drop = route({
  method: 'delete',
  path: '/v1/imports/{id}',
  operationId: 'dropImport',
  tags: ['Imports'],
  summary: 'Give an import up',
  description: 'Frees the file and its rows. What was enrolled already stays enrolled.',
  security,
  request: { params },
  responses: { 204: { description: 'Dropped.' }, ...problems(...stateProblems) },
})

export const importRoutes = makeRoutes()

function makeRoutes() {
  const routes = api()
  // The body is read as it comes, so the route is only described to the document, and no validator reads it first.
  routes.openAPIRegistry.registerPath(upload)
  routes.post('/v1/imports', async (c) => {
    if (c.var.ctx.actor.kind === 'anonymous')
      throw new RegistryError('unauthenticated', 'This needs an access token or a session.')
    const { job, replayed } = await takeUpload(c, { idempotencyKey: idempotencyKeyOf(c) })
    if (replayed) c.header('Idempotency-Replayed', 'true')
    c.var.ctx.wake?.()
    c.header('Location', `${c.var.ctx.registryUrl}/v1/imports/${job.id}`)
    const { id, state } = toImport(job, [])
    return c.json({ id, state }, 202)
  })
  return routes
    .openapi(list, async (c) => {
      const { ctx } = c.var
      const { cursor, limit } = c.req.valid('query')
      const [before] = decodeCursor(cursor) ?? []
      const found = await listImports(
        ctx.db.read,
        await importingOrganisations(ctx),
        before === undefined ? undefined : String(before),
        limit + 1,
      )
      return c.json(
        paged(c, found, limit, ({ id }) => [id]),
        200,
      )
    })
    .openapi(read, async (c) => {
      const job = await requireImport(c.var.ctx, c.req.valid('param').id)
      c.header('Cache-Control', 'no-store')
      return c.json(await shown(c, job), 200)
    })
    .openapi(events, async (c) => {
      const { id } = await requireImport(c.var.ctx, c.req.valid('param').id)
      return new Response(progressEvents(c.var.ctx, id), {
        headers: { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' },
      })
    })
    .openapi(rows, async (c) => {
      const { ctx } = c.var
      const { result, cursor, limit } = c.req.valid('query')
      const { id } = await requireImport(ctx, c.req.valid('param').id)
      const [after] = decodeCursor(cursor) ?? []
      const found = await listRows(ctx.db.read, id, result, typeof after === 'number' ? after : -1, limit + 1)
      return c.json(
        paged(c, found, limit, ({ position }) => [position]),
        200,
      )
    })
    .openapi(csv, async (c) => {
      const { ctx } = c.var
      const job = await requireImport(ctx, c.req.valid('param').id)
      const language = preferred(c.req.header('Accept-Language'), ['ja', 'en'], 'language') ?? 'ja'
      const { result } = c.req.valid('query')
      return new Response(rowsAsCsv(ctx.db.read, job.id, job.layout?.header ?? [], language, result), {
        headers: {
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': `attachment; filename="import-${job.id}.csv"`,
          'Cache-Control': 'no-store',
        },
      })
    })
    .openapi(map, async (c) =>
      c.json(await shown(c, await mapImport(c.var.ctx, c.req.valid('param').id, c.req.valid('json'))), 202),
    )
    .openapi(decide, async (c) =>
      c.json(await shown(c, await decideImport(c.var.ctx, c.req.valid('param').id, c.req.valid('json'))), 202),
    )
    .openapi(commit, async (c) => c.json(await shown(c, await commitImport(c.var.ctx, c.req.valid('param').id)), 202))
    .openapi(drop, async (c) => {
      await dropImport(c.var.ctx, c.req.valid('param').id)
      c.var.ctx.wake?.()
      return c.body(null, 204)
    })
}

/** The import as it is; the work on it goes on beside the request. */
async function shown(c: Http, job: Job) {
  const { ctx } = c.var
  if (job.phase !== 'rest') ctx.wake?.()
  return toImport(job, await listNames(ctx.db.read, job.id))
}
