import { Hono } from 'hono'
import type { Env, Http } from '../../http/api.ts'
import { answerOai } from './answer.ts'

/**
 * OAI-PMH 2.0 for harvesters of repositories (IRDB, and through it CiNii, OpenAIRE, NDL). Errors of the protocol are
 * answers of status 200, so it stands beside the OpenAPI document and not in it.
 */
export const oaiRoutes = new Hono<Env>()
  .get('/oai', async (c) => answer(c, new URL(c.req.url).searchParams))
  .post('/oai', async (c) => answer(c, new URLSearchParams(await c.req.text())))

async function answer(c: Http, given: URLSearchParams): Promise<Response> {
  const text = await answerOai(c.var.ctx, given, contactOf(c))
  return c.body(text, 200, { 'Content-Type': 'text/xml; charset=utf-8', 'Cache-Control': 'public, no-cache' })
}

/** The protocol wants an address of mail. */
function contactOf(c: Http): string {
  const { registryUrl, securityContact } = c.var.ctx
  const address = securityContact?.startsWith('mailto:') ? securityContact.slice('mailto:'.length) : undefined
  return address ?? `admin@${new URL(registryUrl).hostname}`
}
