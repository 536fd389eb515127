import { serve } from '@hono/node-server'
import { onTestFinished } from 'vitest'
import { startIdentityProvider } from '../../src/sample/identity-provider.ts'
import { samplePeople, sampleProviders } from '../../src/sample/people.ts'
import { type LocalRegistry, openLocalRegistry } from './registry.ts'

export type Shown = { status: number; url: string; headers: Headers; text: string }

/** A browser as far as signing in needs one: cookies by host, redirects, `Refresh`, forms, `Origin` and `Sec-Fetch-Site`. */
export type Browser = {
  cookies: Map<string, Map<string, string>>
  /** The cookies of the registry. */
  own(): Map<string, string>
  /** One request, nothing followed. */
  request(method: 'GET' | 'POST', url: string, options?: RequestOptions): Promise<Shown>
  /** Follows to the page that stands still. */
  open(url: string): Promise<Shown>
  /** Sends the form of the page whose action and fields fit, and follows. */
  submit(page: Shown, action: RegExp, fields?: Record<string, string>): Promise<Shown>
}
type RequestOptions = { form?: Record<string, string>; json?: string; headers?: Record<string, string> }

/** The registry over HTTP on a port of loopback, under its public https address. */
export function openBrowser(registry: { url: string; origin: string }): Browser {
  const cookies = new Map<string, Map<string, string>>()
  const jar = (url: URL) => {
    const kept = cookies.get(url.hostname) ?? new Map<string, string>()
    cookies.set(url.hostname, kept)
    return kept
  }
  const request: Browser['request'] = async (method, address, { form, json, headers = {} } = {}) => {
    const url = new URL(address, registry.url)
    const ours = url.origin === new URL(registry.url).origin
    const target = ours ? new URL(url.pathname + url.search, registry.origin) : url
    const response = await fetch(target, {
      method,
      redirect: 'manual',
      headers: {
        Accept: 'text/html',
        Cookie: [...jar(url)].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(method === 'POST' ? { Origin: url.origin, 'Sec-Fetch-Site': 'same-origin' } : {}),
        ...(form ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
        ...headers,
      },
      ...(form ? { body: new URLSearchParams(form).toString() } : json === undefined ? {} : { body: json }),
    })
    for (const line of response.headers.getSetCookie()) keep(jar(url), line)
    return { status: response.status, url: url.href, headers: response.headers, text: await response.text() }
  }
  const follow = async (shown: Shown): Promise<Shown> => {
    let page = shown
    for (let step = 0; step < 20; step++) {
      const next = page.headers.get('Location') ?? page.headers.get('Refresh')?.replace(/^0;url=/, '')
      if (next === undefined || next === null) return page
      page = await request('GET', new URL(next, page.url).href)
    }
    throw new Error('the redirects do not end')
  }
  return {
    cookies,
    own: () => jar(new URL(registry.url)),
    request,
    open: async (url) => follow(await request('GET', url)),
    async submit(page, action, fields = {}) {
      const form = formsOf(page).find((one) => action.test(one.action))
      if (!form) throw new Error(`no form ${action} at ${page.url}: ${page.text.slice(0, 500)}`)
      const url = new URL(form.action, page.url).href
      return follow(await request('POST', url, { form: { ...form.fields, ...fields } }))
    },
  }
}

/** The forms of a page with their hidden fields. */
export function formsOf({ text, url }: Shown): { action: string; fields: Record<string, string> }[] {
  return [...text.matchAll(/<form method="post"([^>]*)>(.*?)<\/form>/gs)].map(([, head = '', inner = '']) => ({
    action: /action="([^"]*)"/.exec(head)?.[1] ?? url,
    fields: Object.fromEntries(
      [...inner.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [
        name,
        value,
      ]),
    ),
  }))
}

function keep(jar: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split('; ')
  const name = pair.slice(0, pair.indexOf('='))
  const over = attributes.some((one) => /^max-age=0$/i.test(one) || /^expires=Thu, 01 Jan 1970/i.test(one))
  if (over) jar.delete(name)
  else jar.set(name, pair.slice(pair.indexOf('=') + 1))
}

/** A registry over HTTP with the sample's two providers, each a real one in this process. */
export async function openWithProviders() {
  const url = 'https://registry.test'
  const sample = sampleProviders(url, () => 'a secret of the client')
  const two = await Promise.all([startIdentityProvider(0, sample.clients), startIdentityProvider(0, sample.clients)])
  const [first, second] = two
  onTestFinished(async () => void (await Promise.all(two.map((one) => one.close()))))
  const [orcid, kyoto] = [sample.providers(first.issuer)[0], sample.providers(second.issuer)[1]]
  if (!orcid || !kyoto) throw new Error('the sample has two providers')
  const registry = await openLocalRegistry({ url, providers: [orcid, kyoto] })
  registry.clock.now = new Date()
  return { ...registry, providers: { orcid, kyoto }, origin: await overHttp(registry) }
}

/** @returns the origin at which the registry is reached */
export async function overHttp(registry: LocalRegistry): Promise<string> {
  const answer = async (request: Request) => {
    const { pathname, search } = new URL(request.url)
    const body = request.method === 'GET' ? {} : { body: await request.arrayBuffer() }
    return registry.fetch(pathname + search, { method: request.method, headers: request.headers, ...body })
  }
  return new Promise((resolve) => {
    const server = serve({ fetch: answer, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve(`http://127.0.0.1:${port}`),
    )
    onTestFinished(() => void server.close())
  })
}

export type SignInRegistry = Awaited<ReturnType<typeof openWithProviders>>

/** To the provider's own page, where the person is chosen. */
export async function toProvider(browser: Browser, provider = 'orcid', returnTo = '/ja/me'): Promise<Shown> {
  const page = await browser.open(`/ja/sign-in?return=${encodeURIComponent(returnTo)}`)
  return browser.submit(page, new RegExp(`/sign-in/${provider}$`))
}

/** The whole way: sign-in page, provider, person, and back. */
export async function signInAs(
  browser: Browser,
  account: string,
  provider = 'orcid',
  returnTo = '/ja/me',
): Promise<Shown> {
  return browser.submit(await toProvider(browser, provider, returnTo), /login/, { account })
}

/** As far as the provider's answer, which is not given to the registry: the address of our callback. */
export async function answerFor(
  browser: Browser,
  account: string,
  provider = 'orcid',
  returnTo = '/ja/me',
): Promise<string> {
  let page = await toProvider(browser, provider, returnTo)
  page = await browser.request('POST', page.url, { form: { account } })
  for (let step = 0; step < 10; step++) {
    const next = new URL(page.headers.get('Location') ?? '', page.url)
    if (next.pathname.endsWith('/callback')) return next.href
    page = await browser.request('GET', next.href)
  }
  throw new Error('the provider does not answer')
}

export function sampleAccount(at: number): string {
  const account = samplePeople[at]?.orcid
  if (account === undefined) throw new Error('no such person in the sample')
  return account
}
