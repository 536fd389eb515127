import type { Context } from '../../context.ts'
import { DatabaseError } from '../../database.ts'
import { commit } from '../../log/commit.ts'
import { findDeclaration } from '../queries.ts'
import { dueMails, findLink, finishMail, type LinkMail, takeMail } from './queries.ts'

/** Hands a mail over to be delivered; throws when it was not taken. */
export type SendMail = (mail: { to: string; subject: string; text: string }, signal: AbortSignal) => Promise<void>

/** Within what a Worker may ask of others in one run, beside the notices. */
const mailsPerRunMax = 5
/** After each attempt that failed, minutes until the next; then it is given up, and the holder sends the link itself. */
const waitMinutes: readonly number[] = [5, 30, 120, 600]
const attemptMilliseconds = 5000

/**
 * Scheduled: sends one-time links to the addresses that holders gave. Where no mail is set up nothing waits: the holder is
 * told on its desk, and address and link are forgotten. How many were sent.
 */
export async function sendLinkMails(ctx: Context, send: SendMail | undefined): Promise<number> {
  let sent = 0
  for (const mail of await dueMails(ctx.db.read, ctx.now.toISOString(), mailsPerRunMax))
    if (await sendOne(ctx, mail, send)) sent += 1
  return sent
}

async function sendOne(ctx: Context, mail: LinkMail, send: SendMail | undefined): Promise<boolean> {
  const wait = waitMinutes[mail.attempts]
  const next = new Date(ctx.now.getTime() + (wait ?? 5) * 60_000).toISOString()
  const event = { event: 'consent_link_mail', subject: mail.linkId, source: 'registry' }
  try {
    await commit(ctx, {
      write: [takeMail(mail, next)],
      events: [{ ...event, after: { attempt: mail.attempts + 1 } }],
      answer: undefined,
    })
  } catch (error) {
    // Another process has taken it.
    if (error instanceof DatabaseError && error.fault === 'stale') return false
    throw error
  }
  const state = await outcome(ctx, mail, send)
  if (state === 'failed' && wait !== undefined) return false
  await commit(ctx, {
    write: finishMail(mail.linkId, state),
    events: [{ ...event, after: { state } }],
    answer: undefined,
  })
  return state === 'sent'
}

async function outcome(
  ctx: Context,
  { linkId, address, token }: LinkMail,
  send: SendMail | undefined,
): Promise<'sent' | 'failed' | 'not_configured'> {
  if (send === undefined) return 'not_configured'
  const link = await findLink(ctx.db.read, linkId, ctx.now)
  const found = link && (await findDeclaration(ctx.db.read, link.declaration))
  if (link?.state !== 'open' || !found) return 'failed'
  const { declaration } = found
  const count = declaration.patents.count
  const url = `${ctx.registryUrl}/consent/${token}`
  const { ja, en } = declaration.organisation.name
  const signal = AbortSignal.timeout(attemptMilliseconds)
  try {
    await send(
      {
        to: address,
        subject: `[Iriai 入会] ${ja}から、共有特許の開放への同意のお願い`,
        text: [
          `${ja}が、貴機関と共有する特許${count}件を、研究のために開放する宣言をしました（${declaration.termsId}）。貴機関の同意をいただくと効力を生じます。次のページで内容をお読みのうえ、ご回答ください。サインインは要りません。`,
          `${en} has declared ${count} patent${count === 1 ? '' : 's'} that you co-own open to research (${declaration.termsId}). The declaration takes effect with your consent. Please read and answer on this page; no account is needed.`,
          url,
          `${link.expiresAt.slice(0, 10)} まで / until ${link.expiresAt.slice(0, 10)}`,
        ].join('\n\n'),
      },
      signal,
    )
    return 'sent'
  } catch {
    return 'failed'
  }
}
