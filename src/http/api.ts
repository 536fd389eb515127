import { createRoute, OpenAPIHono, type RouteConfig, type z } from '@hono/zod-openapi'
import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import type { Context } from '../context.ts'
import { type ErrorCode, RegistryError } from '../errors.ts'
import type { OpenSession } from '../people/session.ts'
import { problem, statusOf } from './problems.ts'

/** What a route finds on the Hono context. */
export type Env = {
  Variables: { ctx: Context; sample: () => Promise<boolean>; session?: OpenSession; finished?: boolean }
}
export type Http = HonoContext<Env>

/** A group of routes whose bad input is answered as the rest of the API does. */
export function api(): OpenAPIHono<Env> {
  return new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (result.success) return
      const inBody = result.target === 'json' || result.target === 'form'
      throw new RegistryError(
        inBody ? 'invalid_input' : 'malformed',
        inBody ? 'The request body does not have the shape that is documented.' : 'A parameter is not as documented.',
        { faults: faultsOf(result.error, inBody ? '/' : '?') },
      )
    },
  })
}

function faultsOf(error: z.core.$ZodError, prefix: '/' | '?') {
  return error.issues.slice(0, faultsShownMax).map((issue) => ({
    pointer:
      prefix === '?' ? `?${String(issue.path[0] ?? '')}` : issue.path.map((part) => `/${pointerPart(part)}`).join(''),
    code: issue.code,
    detail: issue.message.slice(0, 300),
  }))
}

/** Enough to mend a request by; a list of a thousand bad lines helps nobody. */
const faultsShownMax = 50

function pointerPart(part: PropertyKey): string {
  return String(part).replaceAll('~', '~0').replaceAll('/', '~1')
}

/**
 * Route definitions share this so that every operation names its problems and whether it needs a token. Where it does,
 * nobody is told what is wrong with a body before they have said who they are.
 */
export function route<const Config extends RouteConfig>(config: Config) {
  const made = createRoute(config)
  return isClosed(config) ? Object.assign(made, { middleware: requireSomebody }) : made
}

function isClosed({ security }: RouteConfig): boolean {
  return security !== undefined && !security.some((way) => Object.keys(way).length === 0)
}

const requireSomebody: MiddlewareHandler<Env> = (c, next) => {
  if (c.var.ctx.actor.kind === 'anonymous')
    throw new RegistryError('unauthenticated', 'This needs an access token or a session.')
  return next()
}

/** The OpenAPI responses for these codes, one a status. */
export function problems(...codes: ErrorCode[]) {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of codes) byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code])
  return Object.fromEntries(
    [...byStatus].map(([status, these]) => [
      status,
      {
        description: `Problem: ${these.map((code) => `\`${code}\``).join(', ')}`,
        content: { 'application/problem+json': { schema: problem } },
      },
    ]),
  )
}

/** What an operation with rights answers when they are missing. */
export const rightsProblems = ['unauthenticated', 'forbidden', 'insufficient_scope'] as const

/** A person’s session, from the site’s own pages. */
export const ofPerson = [{ session: [] }]

export function secured(...scopes: string[]) {
  return [{ oauth: scopes }]
}

export function body<Schema extends z.ZodType>(schema: Schema, example?: unknown) {
  return {
    required: true as const,
    content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } },
  }
}

/** An answer; `example` where that of the schema does not fit. */
export function json<Schema extends z.ZodType>(description: string, schema: Schema, example?: unknown) {
  return { description, content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } } }
}
