import { type Actor, actorId, type Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { onceAs } from '../http/idempotency.ts'
import { languageOf } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'
import { requireCsrf } from '../http/session-cookie.ts'
import { sha256Hex } from '../log/canonical.ts'
import type { Membership } from '../people/person.ts'
import type { OpenSession } from '../people/session.ts'

/** The text fields of a form; files and repeated fields are left out. */
export type Fields = Readonly<Record<string, string>>

/** A form of the desk from the person whose session it is. */
export async function ownForm(c: Http): Promise<{ session: OpenSession; fields: Fields }> {
  const body = await c.req.parseBody()
  await requireCsrf(c, body)
  const { session } = c.var
  if (!session) throw new RegistryError('unauthenticated', 'Sign in first.')
  const fields = Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
  )
  return { session, fields }
}

/** What a form asks for is done, or the page is shown again with what stops it. */
export async function orShowAgain(
  run: () => Promise<Response>,
  again: (stop: RegistryError) => Response | Promise<Response>,
): Promise<Response> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof RegistryError) || error.code === 'internal' || error.code === 'unauthenticated') throw error
    return again(error)
  }
}

/** A field with something in it. */
export function given(fields: Fields, name: string): string | undefined {
  const text = fields[name]?.trim() ?? ''
  return text === '' ? undefined : text
}

/** A reason is one line, whatever lines it was written in. */
export function reasonIn(fields: Fields): string | undefined {
  return given(fields, 'reason')?.replaceAll(/\s+/g, ' ')
}

export function goTo(c: Http, path: string): Response {
  return c.redirect(inLanguage(languageOf(c).lang, path), 303)
}

/** To the sign-in page, and back here from there. */
export function toSignIn(c: Http): Response {
  const { lang } = languageOf(c)
  const { pathname, search } = new URL(c.req.url)
  c.header('Cache-Control', 'no-store')
  return c.redirect(`${inLanguage(lang, '/sign-in')}?return=${encodeURIComponent(`${pathname}${search}`)}`, 303)
}

/** The person's own desk is for oneself, whichever organisation the session acts for. */
export function forOneself(ctx: Context): Context {
  const { actor } = ctx
  if (actor.kind !== 'person') return ctx
  const { steward: _, ...person } = actor
  const oneself: Actor = { ...person, actingFor: undefined }
  return { ...ctx, actor: oneself }
}

/** The post in whose name the session acts, when it is an officer's of an approved organisation. */
export function officerPost({ memberships, actingFor }: OpenSession): Membership | undefined {
  const post = memberships.find(({ organisationId }) => organisationId === actingFor)
  return post?.role === 'officer' && post.organisationApproved ? post : undefined
}

/** The field that tells one showing of a form from the next. */
export const shownField = 'shown'

/** A form that is sent twice, by a second click or by going back, has one effect. */
export async function onceShown<Answer>(
  ctx: Context,
  fields: Fields,
  run: (ctx: Context) => Promise<Answer>,
): Promise<Answer> {
  if (given(fields, shownField) === undefined) return run(ctx)
  const requestSha256 = await sha256Hex(JSON.stringify(Object.entries(fields).sort()))
  const { answer } = await onceAs(
    ctx,
    { principal: actorId(ctx.actor), key: `form ${requestSha256}`, requestSha256 },
    run,
  )
  return answer
}
