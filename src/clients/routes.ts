import { z } from '@hono/zod-openapi'
import { scopes } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { api, body, type Http, json, problems, rightsProblems, route, secured } from '../http/api.ts'
import { once } from '../http/idempotency.ts'
import { managedOrganisation } from '../organisations/managed.ts'
import { client, clientExample, clientInput, newClient } from './client.ts'
import { createClient } from './create.ts'
import { listClients } from './queries.ts'
import { revokeClient } from './revoke.ts'
import { accessTokenSeconds, type Credentials, issueAccessToken } from './token.ts'

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

const tokenForm = z.object({
  grant_type: z.string().max(100),
  scope: z.string().max(1000).optional(),
  client_assertion_type: z.string().max(200).optional(),
  client_assertion: z.string().max(5000).optional(),
  client_id: z.string().max(200).optional(),
})

const oauthError = z
  .object({ error: z.string(), error_description: z.string().optional() })
  .openapi('OAuthError', { example: { error: 'invalid_client' } })

const token = route({
  method: 'post',
  path: '/oauth/token',
  operationId: 'issueAccessToken',
  tags: ['Access'],
  summary: 'An access token for a machine client (OAuth 2 client_credentials)',
  description:
    'Authenticate with `client_secret_basic` or with `private_key_jwt` (RFC 7523). Errors follow RFC 6749 section 5.2.',
  security: [{ client: [] }, {}],
  request: {
    body: {
      required: true,
      content: {
        'application/x-www-form-urlencoded': { schema: tokenForm, example: { grant_type: 'client_credentials' } },
      },
    },
  },
  responses: {
    200: json(
      'A bearer token, to be sent as `Authorization: Bearer …`.',
      z
        .object({
          access_token: z.string(),
          token_type: z.literal('Bearer'),
          expires_in: z.number().int(),
          scope: z.string(),
        })
        .openapi('AccessToken', {
          example: {
            access_token: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9…',
            token_type: 'Bearer',
            expires_in: accessTokenSeconds,
            scope: 'patents:write declarations:write',
          },
        }),
    ),
    400: json('The request is not as RFC 6749 says.', oauthError),
    401: json('The client was not recognised.', oauthError),
    ...problems('unsupported_media_type'),
  },
})

const params = z.object({ id: z.string().max(200) })

const list = route({
  method: 'get',
  path: '/v1/organisations/{id}/clients',
  operationId: 'listClients',
  tags: ['Access'],
  summary: 'Machine clients of the organisation',
  description:
    'For an officer of the organisation or a steward: the clients that are not ended, with role, scopes and how they authenticate.',
  security: secured('organisation:manage'),
  request: { params },
  responses: {
    200: json(
      'Without secrets.',
      z
        .object({ items: z.array(client), next: z.null() })
        .openapi('ClientPage', { example: { items: [clientExample], next: null } }),
    ),
    ...problems(...rightsProblems, 'not_found'),
  },
})

const create = route({
  method: 'post',
  path: '/v1/organisations/{id}/clients',
  operationId: 'createClient',
  tags: ['Access'],
  summary: 'A new machine client',
  description:
    'For an officer of the organisation; a steward makes the first one. With public keys (`jwks`) it authenticates by `private_key_jwt` (RFC 7523), else by a secret of which only a hash is kept. A viewer can have `grants:read` alone, and `registry:steward` cannot be given.',
  security: secured('organisation:manage'),
  request: { params, body: body(clientInput) },
  responses: {
    201: json('The secret is shown this once.', newClient),
    ...problems(
      'malformed',
      ...rightsProblems,
      'not_found',
      'invalid_input',
      'idempotency_spent',
      'unsupported_media_type',
    ),
  },
})

const revoke = route({
  method: 'delete',
  path: '/v1/organisations/{id}/clients/{clientId}',
  operationId: 'revokeClient',
  tags: ['Access'],
  summary: 'End a machine client at once',
  description:
    'For an officer of the organisation or a steward. Its secret, its keys and the access tokens it has already are refused from now on; what it did stays as it was.',
  security: secured('organisation:manage'),
  request: { params: params.extend({ clientId: z.string().max(200) }) },
  responses: {
    204: { description: 'It and its tokens are of no more use.' },
    ...problems(...rightsProblems, 'not_found', 'conflict'),
  },
})

const metadata = route({
  method: 'get',
  path: '/.well-known/oauth-authorization-server',
  operationId: 'authorizationServerMetadata',
  tags: ['Access'],
  summary: 'RFC 8414 metadata',
  description:
    'Token endpoint, ways to authenticate, signing algorithms and scopes, as OAuth 2 libraries discover them (RFC 8414).',
  responses: {
    200: json('For OAuth libraries.', z.record(z.string(), z.unknown()), {
      issuer: 'https://registry.example',
      token_endpoint: 'https://registry.example/oauth/token',
      jwks_uri: 'https://registry.example/.well-known/jwks.json',
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['private_key_jwt', 'client_secret_basic'],
      scopes_supported: [...scopes],
    }),
  },
})

export const clientRoutes = api()
  .openapi(
    token,
    async (c) => {
      c.header('Cache-Control', 'no-store')
      const form = c.req.valid('form')
      if (form.grant_type !== 'client_credentials') return c.json({ error: 'unsupported_grant_type' }, 400)
      const credentials = credentialsOf(c, form)
      if (!credentials) return refused(c)
      const asked = form.scope === undefined ? undefined : form.scope.split(' ').filter((part) => part !== '')
      if (asked?.some((scope) => !scopes.some((ours) => ours === scope))) return c.json({ error: 'invalid_scope' }, 400)
      try {
        const issued = await issueAccessToken(c.var.ctx, credentials, asked)
        if (!issued) return refused(c)
        const scope = issued.scopes.join(' ')
        return c.json(
          { access_token: issued.token, token_type: 'Bearer' as const, expires_in: accessTokenSeconds, scope },
          200,
        )
      } catch (error) {
        if (error instanceof RegistryError && error.code === 'insufficient_scope')
          return c.json({ error: 'invalid_scope', error_description: error.message }, 400)
        throw error
      }
    },
    invalidRequest,
  )
  .openapi(list, async (c) => {
    const { ctx } = c.var
    const { id } = (await managedOrganisation(ctx, c.req.valid('param').id)).organisation
    return c.json({ items: await listClients(ctx.db.read, id), next: null }, 200)
  })
  .openapi(create, (c) => {
    c.header('Cache-Control', 'no-store')
    return once(c, 201, (ctx) => createClient(ctx, c.req.valid('param').id, c.req.valid('json')))
  })
  .openapi(revoke, async (c) => {
    const { id, clientId } = c.req.valid('param')
    await revokeClient(c.var.ctx, id, clientId)
    return c.body(null, 204)
  })
  .openapi(metadata, (c) => {
    const { registryUrl } = c.var.ctx
    return c.json(
      {
        issuer: registryUrl,
        token_endpoint: `${registryUrl}/oauth/token`,
        jwks_uri: `${registryUrl}/.well-known/jwks.json`,
        grant_types_supported: ['client_credentials'],
        response_types_supported: [],
        token_endpoint_auth_methods_supported: ['private_key_jwt', 'client_secret_basic'],
        token_endpoint_auth_signing_alg_values_supported: ['ES256', 'EdDSA', 'Ed25519'],
        scopes_supported: [...scopes],
        service_documentation: `${registryUrl}/docs`,
      },
      200,
      { 'Cache-Control': 'public, max-age=3600' },
    )
  })

/** RFC 6749 section 5.2, in place of the problem that other routes answer with. */
function invalidRequest(result: { success: boolean }, c: Http) {
  return result.success ? undefined : c.json({ error: 'invalid_request' }, 400, { 'Cache-Control': 'no-store' })
}

function refused(c: Http) {
  c.header('WWW-Authenticate', 'Basic realm="iriai", charset="UTF-8"')
  return c.json({ error: 'invalid_client' }, 401)
}

/** RFC 6749 section 2.3.1: id and secret are form-encoded before they are joined for Basic. */
function credentialsOf(c: Http, form: z.infer<typeof tokenForm>): Credentials | undefined {
  if (form.client_assertion !== undefined)
    return form.client_assertion_type === assertionType
      ? { method: 'private_key_jwt', assertion: form.client_assertion, clientId: form.client_id }
      : undefined
  const [scheme, encoded] = (c.req.header('Authorization') ?? '').split(' ')
  if (scheme?.toLowerCase() !== 'basic' || encoded === undefined) return undefined
  try {
    const [id, ...rest] = atob(encoded).split(':')
    if (id === undefined || rest.length === 0) return undefined
    const decode = (part: string) => decodeURIComponent(part.replaceAll('+', ' '))
    const clientId = decode(id)
    if (form.client_id !== undefined && form.client_id !== clientId) return undefined
    return { method: 'client_secret_basic', clientId, secret: decode(rest.join(':')) }
  } catch {
    return undefined
  }
}
