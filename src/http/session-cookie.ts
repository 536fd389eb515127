import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { RegistryError } from '../errors.ts'
import { sha256Hex } from '../log/canonical.ts'
import type { Http } from './api.ts'

/** 256 bits in base64url. */
const idCharacters = 43
/** Browsers keep a cookie for 400 days at most; the session itself ends far earlier. */
const cookieSecondsMax = 30 * 86_400

export type CookieName = 'sid' | 'signin'

/**
 * The id that a cookie of ours holds; undefined when it has not the shape of one. On https the cookie carries the prefix
 * `__Host-` (RFC 6265bis), so that no other host can set it. A trial on http has none: browsers would refuse it.
 */
export function readCookie(c: Http, name: CookieName): string | undefined {
  const value = isSecure(c) ? getCookie(c, name, 'host') : getCookie(c, name)
  return value !== undefined && value.length === idCharacters && /^[A-Za-z0-9_-]+$/.test(value) ? value : undefined
}

export function writeCookie(c: Http, name: CookieName, id: string, seconds: number): void {
  const kept = { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: Math.min(seconds, cookieSecondsMax) } as const
  if (isSecure(c)) setCookie(c, name, id, { ...kept, prefix: 'host' })
  else setCookie(c, name, id, kept)
}

export function dropCookie(c: Http, name: CookieName): void {
  if (isSecure(c)) deleteCookie(c, name, { prefix: 'host', path: '/', secure: true })
  else deleteCookie(c, name, { path: '/' })
}

/**
 * Whether one of our own pages sent the request. `Sec-Fetch-Site` is written by the browser alone and decides; a
 * browser without it names our address as `Origin`.
 */
export function isSameOrigin(c: Http): boolean {
  const site = c.req.header('Sec-Fetch-Site')
  const origin = c.req.header('Origin')
  const ours = origin === new URL(c.var.ctx.registryUrl).origin
  if (site === undefined) return ours
  return site === 'same-origin' && (ours || origin === undefined || origin === 'null')
}

/** The token of every form on a page that this session is shown. It does not give the session id away. */
export async function csrfToken(c: Http): Promise<string> {
  const id = readCookie(c, 'sid')
  return id === undefined ? '' : csrfTokenOf(id)
}

export function csrfTokenOf(sessionId: string): Promise<string> {
  return sha256Hex(`csrf ${sessionId}`)
}

/** The name of the field that carries the token. */
export const csrfField = 'csrf'

/**
 * Refuses a form that was not sent from our own page in this very session.
 * @throws forbidden when the token is missing or another one, or another site sent the form
 */
export async function requireCsrf(c: Http, form: Readonly<Record<string, unknown>>): Promise<void> {
  if (!c.var.session) throw new RegistryError('unauthenticated', 'Sign in first.')
  const given = form[csrfField]
  const wanted = await csrfToken(c)
  if (!isSameOrigin(c) || typeof given !== 'string' || !alike(given, wanted))
    throw new RegistryError('forbidden', 'The form is out of date, or came from another site. Load the page again.')
}

function isSecure(c: Http): boolean {
  return c.var.ctx.registryUrl.startsWith('https:')
}

/** Compares without telling by time where they differ. */
function alike(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let i = 0; i < a.length && i < b.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return difference === 0
}
