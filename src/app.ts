import { OpenAPIHono } from '@hono/zod-openapi'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { authzenRoutes } from './check/authzen.ts'
import { homePages } from './check/home.tsx'
import { checkPages } from './check/pages.tsx'
import { checkRoutes } from './check/routes.ts'
import { clientRoutes } from './clients/routes.ts'
import type { Context } from './context.ts'
import type { Reader } from './database.ts'
import { declarationRoutes } from './declarations/routes.ts'
import { deskPages } from './desk/pages.ts'
import { RegistryError } from './errors.ts'
import { grantPages } from './grants/pages.tsx'
import { grantProofRoutes } from './grants/proof-routes.ts'
import { grantRequestRoutes } from './grants/request-routes.ts'
import { grantRoutes } from './grants/routes.ts'
import { verifyPages } from './grants/verify-page.tsx'
import type { Env, Http } from './http/api.ts'
import { assetRoutes } from './http/assets.ts'
import { docsPages } from './http/docs.tsx'
import { headers } from './http/headers.ts'
import { identify } from './http/identify.ts'
import { keysRoutes } from './http/keys-routes.ts'
import { limitBody, limitUrl } from './http/limits.ts'
import { describeApi } from './http/openapi.ts'
import { missingPages, problemPages } from './http/problem-pages.tsx'
import { onError, onNotFound } from './http/problems.ts'
import { rootRoutes } from './http/root.ts'
import { logRoutes } from './log/routes.ts'
import { noticeRoutes } from './notices/routes.ts'
import { organisationRoutes } from './organisations/routes.ts'
import { inventorRoutes } from './patents/inventors/routes.ts'
import { patentPages } from './patents/pages.tsx'
import { patentRoutes } from './patents/routes.ts'
import { affiliationRoutes } from './people/affiliations/routes.ts'
import { mePages } from './people/me-pages.tsx'
import { joinPages } from './people/members/pages.tsx'
import { memberRoutes } from './people/members/routes.ts'
import { peopleRoutes } from './people/routes.ts'
import { signInPages } from './people/sign-in-pages.tsx'
import { standingRoutes } from './standing/routes.ts'
import { termsPages } from './terms/pages.tsx'
import { termsRoutes } from './terms/routes.ts'
import { verifierAssets } from './verifier/assets.ts'

/** What an entry gives for each request: everything that differs between the runtimes. */
export type Provide = (c: Http) => Promise<Omit<Context, 'actor' | 'requestId'>>

/** The whole application: what happens to every request, then every route. */
export function createApp(provide: Provide) {
  const app = new OpenAPIHono<Env>()
  app.use(async (c, next) => {
    const platform = await provide(c)
    c.set('ctx', { ...platform, actor: { kind: 'anonymous' }, requestId: platform.newId() })
    c.set('sample', () => holdsSample(platform.db.read))
    await next()
  })
  app.use(headers, limitUrl, limitBody, identify)
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: async (c, methods) => {
        c.header('Allow', methods.join(', '))
        const problem = new RegistryError('method_not_allowed', `${c.req.method} is not possible here.`)
        return onError(problem, c)
      },
    }),
  )
  app.onError(onError)
  app.notFound(onNotFound)

  return app
    .route('/', clientRoutes)
    .route('/', organisationRoutes)
    .route('/', noticeRoutes)
    .route('/', peopleRoutes)
    .route('/', memberRoutes)
    .route('/', affiliationRoutes)
    .route('/', patentRoutes)
    .route('/', inventorRoutes)
    .route('/', declarationRoutes)
    .route('/', logRoutes)
    .route('/', keysRoutes)
    .route('/', checkRoutes)
    .route('/', authzenRoutes)
    .route('/', termsRoutes)
    .route('/', rootRoutes)
    .route('/', assetRoutes)
    .route('/', verifierAssets)
    .route('/', homePages)
    .route('/', checkPages)
    .route('/', patentPages)
    .route('/', termsPages)
    .route('/', signInPages)
    .route('/', mePages)
    .route('/', joinPages)
    .route('/', problemPages)
    .route(
      '/',
      docsPages((registryUrl) => describeApi(app, registryUrl)),
    )
    .route('/', grantProofRoutes)
    .route('/', grantRoutes)
    .route('/', grantRequestRoutes)
    .route('/', standingRoutes)
    .route('/', grantPages)
    .route('/', verifyPages)
    .route('/', deskPages)
    .route('/', missingPages) // last: it answers whatever is left below a language
}

/** Whether this registry shows the sample: real patents, invented declarations. Every page then says so. */
async function holdsSample(read: Reader): Promise<boolean> {
  const [row] = await read.rows("select value from registry_facts where name = 'sample'", [])
  return row !== undefined
}

export type App = ReturnType<typeof createApp>
