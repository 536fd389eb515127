import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Provider } from 'oidc-provider'

/** Somebody who can sign in here. `id` is the subject: for a client of kind `orcid` an ORCID iD. */
export type SampleAccount = { id: string; name: string; note: string; claims?: Readonly<Record<string, unknown>> }

export type SampleClient = {
  clientId: string
  clientSecret: string
  redirectUris: readonly string[]
  authMethod: 'client_secret_post' | 'client_secret_basic'
  /** Who may sign in with this client. */
  accounts: readonly SampleAccount[]
}

export type IdentityProvider = { issuer: string; close(): Promise<void> }

/** Loopback only: whoever reaches this provider can be anybody. */
const host = '127.0.0.1'

/**
 * An OpenID provider for the trial and the tests: a real one (oidc-provider), but its sign-in page asks for no password
 * and lists its people as buttons, each time anew. Everything it knows is gone when the process ends.
 */
export async function startIdentityProvider(
  port: number,
  clientsFor: (issuer: string) => readonly SampleClient[],
): Promise<IdentityProvider> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  const issuer = `http://${host}:${address !== null && typeof address === 'object' ? address.port : port}`
  const clients = clientsFor(issuer)
  const provider = new Provider(issuer, configuration(clients))
  const answer = provider.callback()
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/auth?')) delete request.headers.cookie
    const work = request.url?.startsWith('/login/')
      ? login(provider, clients, request, response)
      : answer(request, response)
    work.catch(() => {
      if (!response.headersSent) response.writeHead(400, { 'Content-Type': 'text/plain' })
      response.end('This sign-in is over. Begin again.')
    })
  })
  return {
    issuer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function configuration(clients: readonly SampleClient[]): Record<string, unknown> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const accounts = new Map(
    clients.flatMap((client) => client.accounts.map((account) => [account.id, account] as const)),
  )
  return {
    adapter: memory(),
    clients: clients.map(({ clientId, clientSecret, redirectUris, authMethod }) => ({
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: redirectUris,
      token_endpoint_auth_method: authMethod,
      grant_types: ['authorization_code'],
      response_types: ['code'],
    })),
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'sample' }] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, interaction: { uid: string }) => `/login/${interaction.uid}` },
    claims: { openid: ['sub', 'name', 'eduperson_scoped_affiliation', 'schac_home_organization'] },
    conformIdTokenClaims: false,
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    findAccount: (_: unknown, id: string) => {
      const account = accounts.get(id)
      return account && { accountId: id, claims: () => ({ sub: id, name: account.name, ...account.claims }) }
    },
    loadExistingGrant: async ({ oidc }: { oidc: GrantContext }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
    renderError: async (ctx: { type: string; body: string }, out: { error: string }) => {
      ctx.type = 'html'
      ctx.body = document('Error', `<p>${escaped(out.error)}</p>`)
    },
  }
}

/** What the provider keeps, by kind and id, for as long as the process runs. */
function memory() {
  const kept = new Map<string, Record<string, unknown>>()
  return class {
    readonly #kind: string
    constructor(kind: string) {
      this.#kind = kind
    }
    async upsert(id: string, payload: Record<string, unknown>) {
      kept.set(`${this.#kind} ${id}`, payload)
    }
    async find(id: string) {
      return kept.get(`${this.#kind} ${id}`)
    }
    async findByUid(uid: string) {
      return [...kept].find(([key, { uid: one }]) => key.startsWith(`${this.#kind} `) && one === uid)?.[1]
    }
    async consume(id: string) {
      const found = await this.find(id)
      if (found) found.consumed = Math.floor(Date.now() / 1000)
    }
    async destroy(id: string) {
      kept.delete(`${this.#kind} ${id}`)
    }
    async revokeByGrantId(grantId: string) {
      for (const [key, payload] of kept) if (payload.grantId === grantId) kept.delete(key)
    }
  }
}

type GrantContext = { provider: Provider; client: { clientId: string }; session: { accountId: string } }

/** GET shows who can sign in; POST is the choice. */
async function login(
  provider: Provider,
  clients: readonly SampleClient[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { params } = await provider.interactionDetails(request, response)
  const accounts = clients.find(({ clientId }) => clientId === params.client_id)?.accounts ?? []
  if (request.method === 'POST') {
    const choice = new URLSearchParams(await bodyOf(request)).get('account')
    if (choice === 'nobody') {
      await provider.interactionFinished(request, response, { error: 'access_denied' })
      return
    }
    const account = accounts.find(({ id }) => id === choice)
    if (!account) throw new Error('no such account')
    response.setHeader('Set-Cookie', ['_session=; Max-Age=0; Path=/', '_session.sig=; Max-Age=0; Path=/'])
    await provider.interactionFinished(request, response, { login: { accountId: account.id } })
    return
  }
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(loginPage(accounts))
}

function loginPage(accounts: readonly SampleAccount[]): string {
  const buttons = accounts.map(
    ({ id, name, note }) =>
      `<p><button name="account" value="${escaped(id)}">${escaped(name)}</button> ${escaped(note)} <small>${escaped(id)}</small></p>`,
  )
  return document(
    '見本のサインイン / Sample sign-in',
    `<p>架空の人です。だれとしてサインインするかを選んでください。<br><span lang="en">Invented people. Choose who you are.</span></p>
<form method="post">${buttons.join('\n')}
<p><button name="account" value="nobody">やめる / Cancel</button></p></form>`,
  )
}

function document(title: string, content: string): string {
  return `<!doctype html><html lang="ja"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{font:16px/1.8 system-ui;max-width:40rem;margin:2rem auto;padding:0 1rem}button{font:inherit;padding:.4rem 1rem}</style>
<h1>${title}</h1>${content}</html>`
}

/** A choice is some dozen bytes. */
const bodyBytesMax = 10_000

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) {
    text += String(part)
    if (text.length > bodyBytesMax) throw new Error('too long')
  }
  return text
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
