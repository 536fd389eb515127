import { z } from '@hono/zod-openapi'
import { RegistryError } from '../errors.ts'
import { api, problems, route } from '../http/api.ts'
import { proofExample } from '../log/entry.ts'
import { proofOfSubject } from '../log/prove.ts'
import { findGrant } from './queries.ts'

const proof = route({
  method: 'get',
  path: '/v1/grants/{id}.tlog-proof',
  operationId: 'proveGrant',
  tags: ['Grants'],
  summary: 'Proof that the log holds the grant (C2SP tlog-proof)',
  description:
    'By id or short number of the grant. The leaf says that it was granted, without names; with salt and record of `GET /v1/grants/{id}` its digest can be recomputed. The proof verifies offline with the key of the log.',
  request: { params: z.object({ id: z.string().max(100) }) },
  responses: {
    200: {
      description: 'The entry, its inclusion proof and a signed checkpoint: verifies offline with the key of the log.',
      content: { 'text/plain': { schema: z.string(), example: proofExample } },
    },
    ...problems('not_found'),
  },
})

/** The router takes a whole segment for a parameter, so these stand before the routes of `/v1/grants/{id}`. */
export const grantProofRoutes = api()

grantProofRoutes.openAPIRegistry.registerPath(proof)
grantProofRoutes.get('/v1/grants/:file{[^/]+\\.tlog-proof}', async (c) => {
  const { ctx } = c.var
  const grant = await findGrant(ctx.db.read, c.req.param('file').slice(0, -'.tlog-proof'.length))
  const text = grant && (await proofOfSubject(ctx, 'granted', grant.id))
  if (text === undefined) throw new RegistryError('not_found', 'There is no such grant in the log.')
  return c.body(text, 200, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-cache' })
})
