/** A POST to somebody else's system. `signal` ends it, wherever it is. */
export type Outgoing = { url: string; headers: Readonly<Record<string, string>>; body: string; signal: AbortSignal }

/** Sends and tells the HTTP status. It follows no redirect and reads no body; it throws when there is no answer. */
export type Send = (message: Outgoing) => Promise<{ status: number }>

/** Why there was no answer, in a word that may be shown: it tells nothing of our network. */
export class SendError extends Error {
  override readonly name = 'SendError'
  readonly code: 'refused_address' | 'unreachable'
  constructor(code: SendError['code'], cause?: unknown) {
    super(`send: ${code}`, { cause })
    this.code = code
  }
}

/**
 * For Workers, whose `fetch` reaches the public internet only: there is no private network behind it, so a name that
 * resolves to a private address leads nowhere. Node uses a sender that pins the address that it looked up.
 */
export const sendByFetch: Send = async ({ url, headers, body, signal }) => {
  const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' })
  await response.body?.cancel()
  return { status: response.status }
}
