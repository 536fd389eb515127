import type { OpenAPIHono } from '@hono/zod-openapi'
import { scopes } from '../context.ts'
import type { Env } from './api.ts'
import { withExactOptionals } from './exact-optional.ts'
import { registryVersion } from './root.ts'

export type ApiDocument = ReturnType<OpenAPIHono<Env>['getOpenAPI31Document']>

/** The OpenAPI 3.1 document of everything that is mounted, as it is served and as `/docs` shows it. */
export function describeApi(app: OpenAPIHono<Env>, registryUrl: string): ApiDocument {
  const make = () =>
    app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'Iriai 入会',
        version: registryVersion,
        description,
      },
      servers: [{ url: registryUrl, description: 'This registry' }],
      tags: [],
      security: [],
    })
  const document = withExactOptionals(app.openAPIRegistry.definitions, make)
  const used = tagsOf(document)
  return {
    ...document,
    tags: [...tags.filter(({ name }) => used.has(name)), ...[...used].filter(unlisted).map((name) => ({ name }))],
    components: { ...document.components, securitySchemes: securitySchemes(registryUrl) },
    paths: Object.fromEntries(
      Object.entries(document.paths ?? {}).map(([path, item]) => [path, withCommonAnswers(item)]),
    ),
  }
}

const description = [
  'Universities and companies open patents to research, free of charge; anyone can find out what that permits.',
  'Reading needs no account. Writing needs a bearer token of a machine client (`POST /oauth/token`).',
  'Errors are RFC 9457 problem details whose `type` is a page. Lists have `items` and `next`. Only `/v1` is versioned, and within it shapes only grow.',
  'The examples name real patents and organisations; the declarations and grants in them are invented.',
].join('\n\n')

const tags = [
  {
    name: 'Check',
    description: 'May this use be made of these patents? Verdicts with reasons, clauses, sources and dates.',
  },
  { name: 'Numbers', description: 'How a written patent number is read, in any spelling.' },
  { name: 'Patents', description: 'Enrolled patents: their record, status with source and date, and what opens them.' },
  { name: 'Terms', description: 'Published, immutable versions of the research-use terms.' },
  {
    name: 'Declarations',
    description: 'Holders open listed patents under one version of the terms; co-owners consent.',
  },
  {
    name: 'Grants',
    description: 'Signed records that a person or institution may use listed patents, and their verification.',
  },
  { name: 'Organisations', description: 'Universities, companies and others that take part.' },
  {
    name: 'Mandates',
    description: 'A holder lets an agent, a TLO for instance, enrol, declare or consent for it, within dates.',
  },
  {
    name: 'Use',
    description:
      'What became of patents that are open: questions asked and grants, in numbers, and the results that grantees report.',
  },
  {
    name: 'Enquiries',
    description: 'Questions to the holders of a patent, and their answers. Only the two sides read them.',
  },
  { name: 'People', description: 'People who have signed in, their sessions, and their posts in organisations.' },
  { name: 'Notices', description: 'What an organisation or a person should know: in a list, and by signed webhooks.' },
  { name: 'Access', description: 'Machine clients and their access tokens (OAuth 2).' },
  { name: 'Maps', description: 'Counts of patents by field, year and holder, open ones set apart.' },
  { name: 'Areas', description: 'Priority areas with related papers, data and seeds.' },
  { name: 'Imports', description: 'Files of patents, read, previewed and committed.' },
  {
    name: 'Feeds',
    description:
      'To follow, mirror and harvest the registry: changes, the whole dump, links. Harvesters of repositories ask at `/oai` (OAI-PMH 2.0).',
  },
  { name: 'Log', description: 'The append-only public record, with proofs that anyone can check.' },
  { name: 'Keys', description: 'Public keys of everything that is signed.' },
  { name: 'Registry', description: 'What this registry is, and whether it is ready.' },
]

function unlisted(name: string): boolean {
  return !tags.some((tag) => tag.name === name)
}

function securitySchemes(registryUrl: string): NonNullable<NonNullable<ApiDocument['components']>['securitySchemes']> {
  return {
    oauth: {
      type: 'oauth2',
      description: 'A machine client of an organisation. Its token lives for ten minutes.',
      flows: {
        clientCredentials: {
          tokenUrl: `${registryUrl}/oauth/token`,
          scopes: Object.fromEntries(scopes.map((scope) => [scope, scopeWords[scope]])),
        },
      },
    },
    session: {
      type: 'apiKey',
      in: 'cookie',
      name: '__Host-sid',
      description:
        'The session of a person who has signed in. Taken from the registry’s own pages alone (`Sec-Fetch-Site: same-origin`, or `Origin`), and for a change only with `Content-Type: application/json`.',
    },
    client: {
      type: 'http',
      scheme: 'basic',
      description: 'Client id and secret, for the token endpoint alone. `private_key_jwt` in the form does as well.',
    },
  }
}

const scopeWords: Readonly<Record<(typeof scopes)[number], string>> = {
  'patents:write': 'Enrol patents and mend their records',
  'declarations:write': 'Declare, consent, withdraw',
  'grants:issue': 'Issue grants for the people of the institution',
  'grants:read': 'Read grants of the institution in full, and its notices',
  'grants:revoke': 'Revoke, suspend and reinstate as the terms provide',
  'organisation:manage': 'Mend the record of the organisation and manage its clients',
  'registry:steward': 'Run the registry',
}

const methods = ['get', 'post', 'patch', 'put', 'delete'] as const
type PathItem = NonNullable<ApiDocument['paths']>[string]

function tagsOf(document: ApiDocument): Set<string> {
  const items = Object.values(document.paths ?? {})
  return new Set(items.flatMap((item) => methods.flatMap((method) => item[method]?.tags ?? [])))
}

/** Before any route is reached, a token that does not hold and an address that is too long are refused. */
function withCommonAnswers(item: PathItem): PathItem {
  const mended = { ...item }
  for (const method of methods) {
    const operation = mended[method]
    if (operation) mended[method] = { ...operation, responses: { ...commonAnswers, ...operation.responses } }
  }
  return mended
}

const commonAnswers = {
  401: answerOf('An `Authorization` header came with the request and does not hold.'),
  413: answerOf('The address or the body is too long.'),
}

function answerOf(text: string) {
  return {
    description: text,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
}
