import { z } from '@hono/zod-openapi'
import { etag } from 'hono/etag'
import { odrlOffer } from '../../policies/odrl.ts'
import { catalogue } from '../../policies/terms.ts'
import { RegistryError } from '../errors.ts'
import { api, type Http, problems, route } from '../http/api.ts'
import { preferred } from '../http/negotiate.ts'
import { showTerms, showTermsList } from './pages.tsx'
import { documentText, publishedTerms, termsAnswer, termsList, toTermsAnswer, toTermsLine } from './terms.ts'

const id = z.object({ id: z.string().max(50).openapi({ example: 'RPC-OPEN-1.0' }) })
const html = { 'text/html': { schema: z.string().openapi({ example: '<!doctype html>…' }) } }

/** Not a literal type: the body is sent as the text that it is, not made from a value again. */
const canonicalJson: string = 'application/json'

const list = route({
  method: 'get',
  path: '/v1/terms',
  operationId: 'listTerms',
  tags: ['Terms'],
  summary: 'Every published version of the research-use terms',
  description: 'As JSON, or as a page for `Accept: text/html`. A published version never changes.',
  responses: {
    200: {
      description: 'All versions.',
      content: { 'application/json': { schema: termsList }, ...html },
    },
    ...problems('not_acceptable'),
  },
})

const read = route({
  method: 'get',
  path: '/v1/terms/{id}',
  operationId: 'readTerms',
  tags: ['Terms'],
  summary: 'One version: machine part, deed, legal text, fingerprint',
  description: 'As JSON, as an ODRL 2.2 offer (`application/ld+json`), or as a page (`text/html`).',
  request: { params: id },
  responses: {
    200: {
      description: 'The terms in the form asked for.',
      content: {
        'application/json': { schema: termsAnswer },
        'application/ld+json': {
          schema: z.record(z.string(), z.unknown()).openapi('OdrlOffer', {
            example: { '@type': 'Offer', uid: 'https://registry.example/v1/terms/RPC-OPEN-1.0' },
          }),
        },
        ...html,
      },
    },
    ...problems('not_found', 'not_acceptable'),
  },
})

const readDocument = route({
  method: 'get',
  path: '/v1/terms/{id}/document',
  operationId: 'readTermsDocument',
  tags: ['Terms'],
  summary: 'The exact bytes of a published version',
  description:
    'The RFC 8785 form of the published document. Its SHA-256 is the fingerprint: `curl -s …/document | sha256sum`.',
  request: { params: id },
  responses: {
    200: {
      description: 'Canonical JSON.',
      content: {
        [canonicalJson]: {
          schema: z.record(z.string(), z.unknown()).openapi('TermsDocument', { example: { id: 'RPC-OPEN-1.0' } }),
        },
      },
    },
    ...problems('not_found'),
  },
})

const group = api()
group.use('/v1/terms/*', etag())

export const termsRoutes = group
  .openapi(list, (c) => {
    const { registryUrl } = c.var.ctx
    const form = formOf(c, ['application/json', 'text/html'])
    if (form === 'text/html') return showTermsList(c)
    return send(c, form, {
      items: [...catalogue.values()].map((terms) => toTermsLine(terms, registryUrl)),
      next: null,
    })
  })
  .openapi(read, (c) => {
    const { registryUrl } = c.var.ctx
    const terms = publishedTerms(c.req.valid('param').id)
    const form = formOf(c, ['application/json', 'application/ld+json', 'text/html'])
    if (form === 'text/html') return showTerms(c, terms)
    return send(
      c,
      form,
      form === 'application/json' ? toTermsAnswer(terms, registryUrl) : odrlOffer(terms, { base: registryUrl }),
    )
  })
  .openapi(readDocument, (c) => {
    const text = documentText(publishedTerms(c.req.valid('param').id))
    return c.body(text, 200, { 'Content-Type': canonicalJson, 'Cache-Control': 'public, max-age=31536000, immutable' })
  })

type Form = 'application/json' | 'application/ld+json' | 'text/html'

/** @throws not_acceptable */
function formOf(c: Http, offered: readonly Form[]): Form {
  const accept = c.req.header('Accept')
  const form = preferred(accept, offered, 'media type')
  if (form === undefined)
    throw new RegistryError('not_acceptable', `This is available as ${offered.join(', ')}.`, {
      extra: { available: offered },
    })
  c.header('Vary', 'Accept, Accept-Language')
  return form
}

function send(c: Http, form: Form, content: object) {
  return c.body(JSON.stringify(content), 200, { 'Content-Type': form, 'Cache-Control': 'public, max-age=300' })
}
