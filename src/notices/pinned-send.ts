import { isPublicAddress } from './public-host.ts'
import { type Send, SendError } from './send.ts'

type Address = { address: string; family: number }

type RequestOptions = {
  method: string
  headers: Record<string, string | number>
  signal: AbortSignal
  agent: false
  lookup(
    hostname: string,
    options: { all?: boolean | undefined },
    found: (error: null, address: string | Address[], family?: number) => void,
  ): void
}

/** The part of a runtime with sockets that is used: `dns.lookup` for all addresses, and `https.request`. */
export type Sockets = {
  resolve(hostname: string): Promise<readonly Address[]>
  request(
    url: URL,
    options: RequestOptions,
    answer: (response: { statusCode?: number | undefined; destroy(): unknown }) => void,
  ): { on(event: 'error', listener: (error: Error) => void): unknown; end(body: Uint8Array): unknown }
}

/**
 * A sender for a machine that has a private network: it looks the name up itself, refuses when any of the addresses is
 * not public, and connects to those very addresses, so that a name that answers differently a moment later gains nothing.
 */
export function pinnedSend({ resolve, request }: Sockets, isAllowed = isPublicAddress): Send {
  return async ({ url, headers, body, signal }) => {
    const { hostname } = new URL(url)
    const addresses = await resolve(hostname.replaceAll(/^\[|\]$/g, '')).catch((error: unknown) => {
      throw new SendError('unreachable', error)
    })
    const [first] = addresses
    if (!first || !addresses.every(({ address }) => isAllowed(address))) throw new SendError('refused_address')
    const bytes = new TextEncoder().encode(body)
    return new Promise((answered, failed) => {
      const options: RequestOptions = {
        method: 'POST',
        headers: { ...headers, 'Content-Length': bytes.length },
        signal,
        // A connection kept from before would lead where the name led then.
        agent: false,
        lookup: (_, { all }, found) => (all ? found(null, [...addresses]) : found(null, first.address, first.family)),
      }
      const outgoing = request(new URL(url), options, (response) => {
        answered({ status: response.statusCode ?? 0 })
        response.destroy()
      })
      outgoing.on('error', (error) => failed(new SendError('unreachable', error)))
      outgoing.end(bytes)
    })
  }
}
