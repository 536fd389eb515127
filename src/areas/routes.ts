import { z } from '@hono/zod-openapi'
import { type Context, today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { api, body, json, ofPerson, problems, rightsProblems, route, secured } from '../http/api.ts'
import { once, onceOnly } from '../http/idempotency.ts'
import { decodeCursor, page, paged, pageQuery } from '../http/paging.ts'
import { entityTag, expectedVersion } from '../http/versions.ts'
import { suspendedOn } from '../organisations/queries.ts'
import { toLine } from '../patents/facts.ts'
import { listFacts } from '../patents/list-queries.ts'
import { patentLine, patentLineExample } from '../patents/patent.ts'
import { relatedInput, relatedItem } from '../patents/related/related-item.ts'
import { area, areaChange, areaInput, areaLine, areaLineExample } from './area.ts'
import { changeArea, openArea, publishArea, seesArea } from './keep.ts'
import { type AreaFound, findArea, listAreas, patentsOf } from './queries.ts'
import { relateToArea, unrelateFromArea } from './relate.ts'
import { showArea, showAreaLine } from './show.ts'

const slug = z.string().max(60).openapi({ example: 'solid-state-batteries' })
const params = z.object({ slug })
const ofCurator = [...secured('patents:write'), ...ofPerson]
const writeProblems = [
  'malformed',
  ...rightsProblems,
  'conflict',
  'invalid_input',
  'idempotency_mismatch',
  'unsupported_media_type',
] as const

const list = route({
  method: 'get',
  path: '/v1/areas',
  operationId: 'listAreas',
  tags: ['Areas'],
  summary: 'Priority areas',
  description: 'Published areas with how many patents stand in each and are open; drafts for those who keep them.',
  responses: {
    200: json(
      'By name of address.',
      z
        .object({ items: z.array(areaLine), next: z.null() })
        .openapi('AreaPage', { example: { items: [areaLineExample], next: null } }),
    ),
  },
})

const read = route({
  method: 'get',
  path: '/v1/areas/{slug}',
  operationId: 'readArea',
  tags: ['Areas'],
  summary: 'One area: its rules, years, holders, and what is related to it',
  description: 'Counted today. The version is in `ETag`.',
  request: { params },
  responses: { 200: json('The area.', area), ...problems('not_found') },
})

const patents = route({
  method: 'get',
  path: '/v1/areas/{slug}/patents',
  operationId: 'listAreaPatents',
  tags: ['Areas'],
  summary: 'Patents of an area, newest filing first',
  description: 'By rule and by hand, with whether each is open today and under which terms.',
  request: { params, query: z.object(pageQuery) },
  responses: {
    200: json(
      'A page.',
      page(patentLine).openapi('AreaPatentPage', { example: { items: [patentLineExample], next: null } }),
    ),
    ...problems('malformed', 'not_found'),
  },
})

const open = route({
  method: 'post',
  path: '/v1/areas',
  operationId: 'openArea',
  tags: ['Areas'],
  summary: 'Open an area as a draft (steward)',
  description: 'For stewards; `curator` appoints the organisation that keeps it.',
  security: secured('registry:steward'),
  request: { body: body(areaInput) },
  responses: { 201: json('A draft.', area), ...problems(...writeProblems, 'already_registered') },
})

const change = route({
  method: 'patch',
  path: '/v1/areas/{slug}',
  operationId: 'changeArea',
  tags: ['Areas'],
  summary: 'Mend texts, rules and picks of an area (If-Match)',
  description:
    'For a steward or an officer of the organisation that keeps it. Members that are given replace what was there; what it was stays in the history.',
  security: ofCurator,
  request: { params, body: body(areaChange) },
  responses: {
    200: json('As it is now.', area),
    ...problems(...writeProblems, 'not_found', 'stale_version', 'version_required'),
  },
})

const publish = route({
  method: 'post',
  path: '/v1/areas/{slug}/publication',
  operationId: 'publishArea',
  tags: ['Areas'],
  summary: 'Publish an area',
  description: 'For a steward or an officer of the organisation that keeps it. It is an entry of the public log.',
  security: ofCurator,
  request: { params },
  responses: {
    200: json('Everybody sees it.', area),
    ...problems(...rightsProblems, 'not_found', 'already_decided', 'conflict', 'idempotency_mismatch'),
  },
})

const add = route({
  method: 'post',
  path: '/v1/areas/{slug}/related-items',
  operationId: 'addAreaItem',
  tags: ['Areas'],
  summary: 'Say what goes with an area: papers, data, seeds, whom to ask',
  description:
    'For who keeps the area, and for officers of organisations that hold a patent in it, in their own name. The same DOI or address stands once.',
  security: ofCurator,
  request: { params, body: body(relatedInput) },
  responses: {
    201: json('Added.', relatedItem),
    ...problems(...writeProblems, 'not_found', 'already_registered', 'not_allowed_now'),
  },
})

const remove = route({
  method: 'delete',
  path: '/v1/areas/{slug}/related-items/{id}',
  operationId: 'removeAreaItem',
  tags: ['Areas'],
  summary: 'Take an item off an area',
  description: 'For who keeps the area, and for the organisation that added it.',
  security: ofCurator,
  request: { params: z.object({ slug, id: z.string().max(100) }) },
  responses: { 204: { description: 'It is there no more.' }, ...problems(...rightsProblems, 'not_found', 'conflict') },
})

export const areaRoutes = api()
  .openapi(list, async (c) => {
    const { ctx } = c.var
    const seen = (await listAreas(ctx.db.read)).filter((found) => seesArea(ctx.actor, found.area))
    return c.json({ items: await Promise.all(seen.map((found) => showAreaLine(ctx, found.area))), next: null }, 200)
  })
  .openapi(read, async (c) => {
    const found = await seenArea(c.var.ctx, c.req.valid('param').slug)
    c.header('ETag', entityTag(found.version))
    return c.json((await showArea(c.var.ctx, found.area)).area, 200)
  })
  .openapi(patents, async (c) => {
    const { ctx } = c.var
    const { cursor, limit } = c.req.valid('query')
    const { area: record } = await seenArea(ctx, c.req.valid('param').slug)
    const ids = await patentsOf(ctx.db.read, record)
    const [filed, after] = decodeCursor(cursor) ?? []
    const found = await listFacts(
      ctx.db.read,
      { ids, sort: 'filed' },
      today(ctx),
      filed === undefined ? undefined : [String(filed), String(after)],
      limit + 1,
    )
    const suspended = await suspendedOn(ctx.db.read, today(ctx))
    const { items, next } = paged(c, found, limit, ({ facts }) => [facts.filedOn ?? '', facts.patentId])
    return c.json({ items: items.map((one) => toLine(one.facts, one.fields, today(ctx), suspended)), next }, 200)
  })
  .openapi(open, async (c) => {
    const found = await onceOnly(c, (ctx) => openArea(ctx, c.req.valid('json')))
    return c.json(await shown(c.var.ctx, found), 201)
  })
  .openapi(change, async (c) => {
    const { ctx } = c.var
    const found = await changeArea(ctx, c.req.valid('param').slug, expectedVersion(c), c.req.valid('json'))
    c.header('ETag', entityTag(found.version))
    return c.json(await shown(ctx, found), 200)
  })
  .openapi(publish, async (c) => {
    const found = await onceOnly(c, (ctx) => publishArea(ctx, c.req.valid('param').slug))
    return c.json(await shown(c.var.ctx, found), 200)
  })
  .openapi(add, (c) => once(c, 201, (ctx) => relateToArea(ctx, c.req.valid('param').slug, c.req.valid('json'))))
  .openapi(remove, async (c) => {
    const { slug: written, id } = c.req.valid('param')
    await unrelateFromArea(c.var.ctx, written, id)
    return c.body(null, 204)
  })

async function seenArea(ctx: Context, written: string): Promise<AreaFound> {
  const found = await findArea(ctx.db.read, written)
  if (!found || !seesArea(ctx.actor, found.area)) throw new RegistryError('not_found', 'There is no such area.')
  return found
}

async function shown(ctx: Context, { area: record }: AreaFound) {
  return (await showArea(ctx, record)).area
}
