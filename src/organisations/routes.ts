import { z } from '@hono/zod-openapi'
import { today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { api, body, json, problems, rightsProblems, route, secured } from '../http/api.ts'
import { decodeCursor, page, paged, pageQuery } from '../http/paging.ts'
import { entityTag, expectedVersion } from '../http/versions.ts'
import { known } from '../shapes.ts'
import { changeOrganisation } from './change.ts'
import {
  organisation,
  organisationChange,
  organisationExample,
  organisationKind,
  organisationState,
  shownToOthers,
} from './organisation.ts'
import { countOpened, findNoticeAddress, findOrganisation, listOrganisations } from './queries.ts'
import { isOfficerOf, isSteward } from './rights.ts'
import { seesApplication } from './sees-application.ts'

const id = z.object({
  id: z
    .string()
    .max(200)
    .openapi({ description: 'Our id, or a ROR id (percent-encoded URL or its last part).', example: '02kpeqv85' }),
})

const list = route({
  method: 'get',
  path: '/v1/organisations',
  operationId: 'listOrganisations',
  tags: ['Organisations'],
  summary: 'Organisations of the commons',
  description:
    'Public records of organisations that were approved, those now suspended or gone among them, with ROR id and 法人番号 where known. `state=named` lists those known by name only: a patent names them as its holder, and they have not asked to join. Applications are shown to stewards only.',
  request: {
    query: z.object({
      q: z.string().max(200).optional(),
      kind: organisationKind.optional(),
      state: organisationState.optional(),
      ...pageQuery,
    }),
  },
  responses: {
    200: json(
      'By English name.',
      page(organisation).openapi('OrganisationPage', { example: { items: [organisationExample], next: null } }),
    ),
    ...problems('malformed'),
  },
})

const read = route({
  method: 'get',
  path: '/v1/organisations/{id}',
  operationId: 'readOrganisation',
  tags: ['Organisations'],
  summary: 'One organisation and what it has opened',
  description:
    'The public record, with counts of its declarations in force and of the patents that they open. One that has only applied is shown to its applicant and to stewards. The version is in `ETag`.',
  request: { params: id },
  responses: {
    200: json('The public record.', organisation, { ...organisationExample, opened: { declarations: 3, patents: 42 } }),
    ...problems('not_found'),
  },
})

const change = route({
  method: 'patch',
  path: '/v1/organisations/{id}',
  operationId: 'changeOrganisation',
  tags: ['Organisations'],
  summary: 'Mend the public record (If-Match)',
  description:
    'For an officer of the organisation or a steward, with the `ETag` that was read as `If-Match`. Members that are given replace what was there; the version before stays in the history of the record.',
  security: secured('organisation:manage'),
  request: { params: id, body: body(organisationChange) },
  responses: {
    200: json('The record as it is now.', organisation),
    ...problems(
      'malformed',
      ...rightsProblems,
      'not_found',
      'already_registered',
      'stale_version',
      'version_required',
      'invalid_input',
      'unsupported_media_type',
    ),
  },
})

export const organisationRoutes = api()
  .openapi(list, async (c) => {
    const { q, kind, state, cursor, limit } = c.req.valid('query')
    const [name, after] = decodeCursor(cursor) ?? []
    const found = await listOrganisations(
      c.var.ctx.db.read,
      {
        includeApplied: isSteward(c.var.ctx.actor),
        ...(q ? { q } : {}),
        ...(kind ? { kind } : {}),
        ...(state ? { state } : {}),
      },
      name === undefined ? undefined : [String(name), String(after)],
      limit + 1,
    )
    return c.json(
      paged(c, found, limit, (item) => [item.name.en, item.id]),
      200,
    )
  })
  .openapi(read, async (c) => {
    const { ctx } = c.var
    const found = await findOrganisation(ctx.db.read, c.req.valid('param').id)
    const shown = found && ((await seesApplication(ctx, found)) ? found.organisation : shownToOthers(found))
    if (!found || !shown) throw new RegistryError('not_found', 'There is no such organisation.')
    c.header('ETag', entityTag(found.version))
    const opened = await countOpened(ctx.db.read, found.organisation.id, today(ctx))
    if (!isOfficerOf(ctx.actor, found.organisation.id, 'organisation:manage')) return c.json({ ...shown, opened }, 200)
    c.header('Cache-Control', 'private, no-store')
    const noticeAddress = await findNoticeAddress(ctx.db.read, found.organisation.id)
    return c.json({ ...found.organisation, opened, ...known({ noticeAddress }) }, 200)
  })
  .openapi(change, async (c) => {
    const { organisation, version } = await changeOrganisation(
      c.var.ctx,
      c.req.valid('param').id,
      expectedVersion(c),
      c.req.valid('json'),
    )
    c.header('ETag', entityTag(version))
    return c.json(organisation, 200)
  })
