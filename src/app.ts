import { OpenAPIHono } from '@hono/zod-openapi'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { areaPages } from './areas/pages.tsx'
import { areaRoutes } from './areas/routes.ts'
import { authzenRoutes } from './check/authzen.ts'
import { checkPages } from './check/pages.tsx'
import { checkRoutes } from './check/routes.ts'
import { clientRoutes } from './clients/routes.ts'
import type { Context } from './context.ts'
import type { Reader } from './database.ts'
import { assignRoutes } from './declarations/assignments/routes.ts'
import { batchRoutes } from './declarations/batches/routes.ts'
import { consentRoutes } from './declarations/consent-routes.ts'
import { exclusionRoutes } from './declarations/exclusions/routes.ts'
import { consentPages } from './declarations/links/pages.tsx'
import { declarationRoutes } from './declarations/routes.ts'
import { deskPages } from './desk/pages.ts'
import { RegistryError } from './errors.ts'
import { changeRoutes } from './feeds/changes/routes.ts'
import { discoveryRoutes, linksetRoutes } from './feeds/discovery/routes.ts'
import { dumpRoutes } from './feeds/dump/routes.ts'
import { oaiRoutes } from './feeds/oai/routes.ts'
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
import { missingPages, problemPages, stopAnywhere } from './http/problem-pages.tsx'
import { onNotFound } from './http/problems.ts'
import { rootRoutes } from './http/root.ts'
import { importRoutes } from './imports/routes.ts'
import { logPages } from './log/pages.tsx'
import { logRoutes } from './log/routes.ts'
import { mandateRoutes } from './mandates/routes.ts'
import { fieldPages } from './maps/fields-pages.tsx'
import { mapPages } from './maps/pages.tsx'
import { mapRoutes } from './maps/routes.ts'
import { thicketPages } from './maps/thicket-page.tsx'
import { whiteSpotsPages } from './maps/white-spots-page.tsx'
import { noticeRoutes } from './notices/routes.ts'
import { agreementPages } from './organisations/agreement-pages.tsx'
import { applicationRoutes } from './organisations/application-routes.ts'
import { organisationRoutes } from './organisations/routes.ts'
import { inventorRoutes } from './patents/inventors/routes.ts'
import { patentListPages } from './patents/list-page.tsx'
import { patentListRoutes } from './patents/list-routes.ts'
import { patentPages } from './patents/pages.tsx'
import { relatedRoutes } from './patents/related/routes.ts'
import { patentRoutes } from './patents/routes.ts'
import { upkeepRoutes } from './patents/upkeep-routes.ts'
import { affiliationRoutes } from './people/affiliations/routes.ts'
import { mePages } from './people/me-pages.tsx'
import { joinPages } from './people/members/pages.tsx'
import { memberRoutes } from './people/members/routes.ts'
import { stewardInvitationPages } from './people/members/steward-pages.tsx'
import { peopleRoutes } from './people/routes.ts'
import { signInPages } from './people/sign-in-pages.tsx'
import { aboutPages } from './site/about-pages.tsx'
import { homePages } from './site/home-page.tsx'
import { organisationPages } from './site/organisation-page.tsx'
import { organisationListPages } from './site/organisations-page.tsx'
import { patentMore } from './site/patent-more.tsx'
import { participationRoutes } from './standing/participation-routes.ts'
import { standingRoutes } from './standing/routes.ts'
import { chooserPages } from './terms/chooser-page.tsx'
import { termsPages } from './terms/pages.tsx'
import { termsRoutes } from './terms/routes.ts'
import { enquiryRoutes } from './usage/enquiries/routes.ts'
import { contributionPages } from './usage/pages.tsx'
import { reportRoutes } from './usage/reports/routes.ts'
import { useRoutes } from './usage/routes.ts'
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
        return stopAnywhere(problem, c)
      },
    }),
  )
  app.onError(stopAnywhere)
  app.notFound(onNotFound)

  return app
    .route('/', clientRoutes)
    .route('/', applicationRoutes) // before the record of one organisation, whose id could be `candidates`
    .route('/', organisationRoutes)
    .route('/', noticeRoutes)
    .route('/', mandateRoutes)
    .route('/', peopleRoutes)
    .route('/', memberRoutes)
    .route('/', affiliationRoutes)
    .route('/', patentListRoutes)
    .route('/', patentRoutes)
    .route('/', inventorRoutes)
    .route('/', relatedRoutes)
    .route('/', areaRoutes)
    .route('/', mapRoutes)
    .route('/', upkeepRoutes)
    .route('/', assignRoutes)
    .route('/', exclusionRoutes)
    .route('/', batchRoutes)
    .route('/', declarationRoutes)
    .route('/', importRoutes)
    .route('/', consentRoutes)
    .route('/', consentPages)
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
    .route('/', patentListPages)
    .route('/', patentPages(patentMore))
    .route('/', mapPages)
    .route('/', fieldPages)
    .route('/', whiteSpotsPages)
    .route('/', thicketPages)
    .route('/', logPages)
    .route('/', areaPages)
    .route('/', aboutPages)
    .route('/', organisationListPages)
    .route('/', organisationPages)
    .route('/', chooserPages)
    .route('/', termsPages)
    .route('/', agreementPages)
    .route('/', signInPages)
    .route('/', mePages)
    .route('/', joinPages)
    .route('/', stewardInvitationPages)
    .route('/', problemPages)
    .route(
      '/',
      docsPages((registryUrl) => describeApi(app, registryUrl)),
    )
    .route('/', grantProofRoutes)
    .route('/', grantRoutes)
    .route('/', grantRequestRoutes)
    .route('/', standingRoutes)
    .route('/', participationRoutes)
    .route('/', useRoutes)
    .route('/', reportRoutes)
    .route('/', enquiryRoutes)
    .route('/', contributionPages)
    .route('/', grantPages)
    .route('/', verifyPages)
    .route('/', changeRoutes)
    .route('/', dumpRoutes)
    .route('/', oaiRoutes)
    .route('/', linksetRoutes)
    .route('/', discoveryRoutes)
    .route('/', deskPages)
    .route('/', missingPages) // last: it answers whatever is left below a language
}

/** Whether this registry shows the sample: real patents, invented declarations. Every page then says so. */
async function holdsSample(read: Reader): Promise<boolean> {
  const [row] = await read.rows("select value from registry_facts where name = 'sample'", [])
  return row !== undefined
}

export type App = ReturnType<typeof createApp>
