import { z } from '@hono/zod-openapi'
import { Hono } from 'hono'
import { today } from '../../context.ts'
import { RegistryError } from '../../errors.ts'
import { api, type Env, problems, route } from '../../http/api.ts'
import { linkset, linksetType, type WebLink } from '../../http/links.ts'
import { streamed } from '../../http/stream.ts'
import { linksOf } from '../../patents/links.ts'
import { numberInputCharactersMax } from '../../patents/numbers/parse.ts'
import { findPatent } from '../../patents/queries.ts'
import { patentIdOf } from '../../patents/routes.ts'
import { sitemapIndex, sitemapOfPages, sitemapOfPatents } from './sitemap.ts'
import { robotsText, securityText } from './texts.ts'

const daily = 'public, max-age=3600'
const xml = 'application/xml; charset=utf-8'
const text = 'text/plain; charset=utf-8'
const apiCatalogType = `${linksetType}; profile="https://www.rfc-editor.org/info/rfc9727"`

/** Not a literal type: the body is sent as the text that it is. */
const linksetMedia: string = linksetType
const target = z.looseObject({ href: z.string() })
const links = z
  .object({ linkset: z.array(z.record(z.string(), z.union([z.string(), z.array(target)]))) })
  .openapi('Linkset', {
    example: {
      linkset: [
        {
          anchor: 'https://registry.example/patents/JP-5985120-B1',
          'cite-as': [{ href: 'https://registry.example/patents/JP-5985120-B1' }],
          license: [{ href: 'https://registry.example/terms/RPC-OPEN-1.0' }],
        },
      ],
    },
  })

const readLinkset = route({
  method: 'get',
  path: '/v1/patents/{number}/linkset',
  operationId: 'readPatentLinkset',
  tags: ['Feeds'],
  summary: 'Everything that a patent links to, by relation (RFC 9264)',
  description:
    'FAIR Signposting, level 2: the address to cite, descriptions in other forms, the terms under which it is open, its holders, and inventors who have shown their ORCID iD. The page of the patent names the same in its `Link` headers.',
  request: {
    params: z.object({
      number: z.string().max(numberInputCharactersMax).openapi({ example: 'JP-5985120-B1' }),
    }),
  },
  responses: {
    200: { description: 'A linkset.', content: { [linksetMedia]: { schema: links } } },
    ...problems('ambiguous_number', 'malformed', 'not_found'),
  },
})

export const linksetRoutes = api().openapi(readLinkset, async (c) => {
  const { ctx } = c.var
  const id = await patentIdOf(c, c.req.valid('param').number)
  const found = await findPatent(ctx.db.read, id, today(ctx))
  if (!found) throw new RegistryError('not_found', 'There is no such patent.')
  const { page, links: own, holders } = linksOf(found.patent, ctx.registryUrl)
  const body = linkset([{ anchor: page, links: [...own, ...holders.map((href) => ({ rel: 'publisher', href }))] }])
  return c.body(JSON.stringify(body), 200, { 'Content-Type': linksetMedia, 'Cache-Control': 'public, no-cache' })
})

/** What machines look for at addresses that are not ours to choose; none of it is an operation of the API. */
export const discoveryRoutes = new Hono<Env>()
  .get('/robots.txt', (c) =>
    c.body(robotsText(c.var.ctx.registryUrl), 200, { 'Content-Type': text, 'Cache-Control': daily }),
  )
  .get('/.well-known/security.txt', (c) => {
    const { registryUrl, securityContact } = c.var.ctx
    if (securityContact === undefined) throw new RegistryError('not_found', 'The operator has named no contact.')
    const body = securityText(registryUrl, securityContact, today(c.var.ctx))
    return c.body(body, 200, { 'Content-Type': text, 'Cache-Control': daily })
  })
  .get('/.well-known/api-catalog', (c) => {
    const { registryUrl } = c.var.ctx
    c.header('Link', `<${registryUrl}/.well-known/api-catalog>; rel="api-catalog"`)
    const body = JSON.stringify(linkset(catalogOf(registryUrl)))
    return c.body(body, 200, { 'Content-Type': apiCatalogType, 'Cache-Control': daily })
  })
  .get('/sitemap.xml', async (c) => {
    const body = await sitemapIndex(c.var.ctx.db.read, c.var.ctx.registryUrl)
    return c.body(body, 200, { 'Content-Type': xml, 'Cache-Control': daily })
  })
  .get('/sitemaps/pages.xml', async (c) => {
    const body = await sitemapOfPages(c.var.ctx.db.read, c.var.ctx.registryUrl)
    return c.body(body, 200, { 'Content-Type': xml, 'Cache-Control': daily })
  })
  .get('/sitemaps/:file{patents-[1-9][0-9]{0,5}\\.xml}', async (c) => {
    const { db, registryUrl } = c.var.ctx
    const file = Number.parseInt(c.req.param('file').slice('patents-'.length), 10)
    const lines = await sitemapOfPatents(db.read, registryUrl, file)
    if (!lines) throw new RegistryError('not_found', 'There is no such part of the sitemap.')
    return streamed(c, lines, { 'Content-Type': xml, 'Cache-Control': daily })
  })

/** RFC 9727: which interfaces there are, and where each is described. */
function catalogOf(registryUrl: string): { anchor: string; links: WebLink[] }[] {
  const at = (path: string) => `${registryUrl}${path}`
  return [
    {
      anchor: at('/v1'),
      links: [
        { rel: 'service-desc', href: at('/openapi.json'), type: 'application/vnd.oai.openapi+json' },
        { rel: 'service-doc', href: at('/docs'), type: 'text/html' },
        { rel: 'status', href: at('/readyz'), type: 'application/json' },
      ],
    },
    {
      anchor: at('/oai'),
      links: [
        { rel: 'service-desc', href: at('/oai?verb=Identify'), type: 'text/xml' },
        { rel: 'service-doc', href: 'https://www.openarchives.org/OAI/openarchivesprotocol.html', type: 'text/html' },
      ],
    },
    {
      anchor: at('/access/v1/evaluation'),
      links: [{ rel: 'service-desc', href: at('/.well-known/authzen-configuration'), type: 'application/json' }],
    },
    {
      anchor: at('/log/checkpoint'),
      links: [{ rel: 'service-doc', href: 'https://c2sp.org/tlog-tiles', type: 'text/html' }],
    },
  ]
}
