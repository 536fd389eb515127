import { z } from '@hono/zod-openapi'
import { etag } from 'hono/etag'
import { today } from '../context.ts'
import { api, json, problems, route } from '../http/api.ts'
import { languageOf } from '../http/language.ts'
import { numberInputCharactersMax } from '../patents/numbers/parse.ts'
import { patentIdOf } from '../patents/routes.ts'
import { badge } from './badge.tsx'
import { readOpened } from './contribution-queries.ts'
import { readUseOfHolder, readUseOfPatent, shownOrganisation } from './read.ts'
import { use } from './use.ts'

const organisation = z.object({
  id: z.string().max(200).openapi({ description: 'Our id, or a ROR id.', example: '02kpeqv85' }),
})
/** Figures are of months: nobody needs them newer than this. */
const figuresAgeSeconds = 300
/** Sites that embed a badge ask once a day at most; the day stands on it. */
const badgeAgeSeconds = 86_400

const ofOrganisation = route({
  method: 'get',
  path: '/v1/organisations/{id}/use',
  operationId: 'readOrganisationUse',
  tags: ['Use'],
  summary: 'How often an organisation’s patents are checked, granted and reported on',
  description:
    'By month, the last 24, over the patents that it holds today. Of nobody’s identity; a check is counted without who asked. Numbers below five are hidden, zero among them, and sums leave out what is hidden: each figure is a lower bound. Checks are counted in memory and written about once a minute, so a crash loses some. Anyone may ask as often as they like: it is a count of questions, not of people. The same for the holder itself.',
  request: { params: organisation },
  responses: { 200: json('Figures, the latest month first.', use), ...problems('not_found') },
})

const ofPatent = route({
  method: 'get',
  path: '/v1/patents/{number}/use',
  operationId: 'readPatentUse',
  tags: ['Use'],
  summary: 'How often a patent is checked, granted and reported on',
  description: 'As for an organisation, for one patent.',
  request: {
    params: z.object({ number: z.string().max(numberInputCharactersMax).openapi({ example: 'JP-5985120-B1' }) }),
  },
  responses: {
    200: json('Figures, the latest month first.', use),
    ...problems('ambiguous_number', 'malformed', 'not_found'),
  },
})

const badgeOf = route({
  method: 'get',
  path: '/v1/organisations/{id}/badge.svg',
  operationId: 'readBadge',
  tags: ['Use'],
  summary: 'A badge to embed: how many patents are open to research',
  description:
    'A small picture (SVG) that loads nothing: the organisation’s name, how many of the patents that it holds are open to research, co-owned ones among them, and the day.',
  request: {
    params: organisation,
    query: z.object({
      lang: z.enum(['ja', 'en']).exactOptional().openapi({ description: 'Default: `Accept-Language`.' }),
    }),
  },
  responses: {
    200: {
      description: 'The picture.',
      content: {
        'image/svg+xml': { schema: z.string().openapi({ example: '<svg xmlns="http://www.w3.org/2000/svg">…</svg>' }) },
      },
    },
    ...problems('malformed', 'not_found'),
  },
})

const group = api()
for (const path of ['/v1/organisations/:id/use', '/v1/organisations/:id/badge.svg', '/v1/patents/:number/use'])
  group.use(path, etag())

export const useRoutes = group
  .openapi(ofOrganisation, async (c) => {
    const { id } = await shownOrganisation(c.var.ctx, c.req.valid('param').id)
    c.header('Cache-Control', `public, max-age=${figuresAgeSeconds}`)
    return c.json(await readUseOfHolder(c.var.ctx, id), 200)
  })
  .openapi(ofPatent, async (c) => {
    const patentId = await patentIdOf(c, c.req.valid('param').number)
    c.header('Cache-Control', `public, max-age=${figuresAgeSeconds}`)
    return c.json(await readUseOfPatent(c.var.ctx, patentId), 200)
  })
  .openapi(badgeOf, async (c) => {
    const { ctx } = c.var
    const { id, name } = await shownOrganisation(ctx, c.req.valid('param').id)
    const { lang: asked } = c.req.valid('query')
    const { lang } = asked === undefined ? languageOf(c) : { lang: asked }
    const { open } = await readOpened(ctx.db.read, id)
    if (asked === undefined) c.header('Vary', 'Accept-Language')
    return c.body(badge({ name: name[lang], open, on: today(ctx), lang }), 200, {
      'Content-Type': 'image/svg+xml; charset=utf-8',
      'Cache-Control': `public, max-age=${badgeAgeSeconds}`,
      'Content-Language': lang,
    })
  })
