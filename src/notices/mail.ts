import type { NoticeShown } from './notice.ts'

export type Mail = { to: string; subject: string; text: string }

/** Hands a mail over to be delivered; throws when it was not taken. */
export type SendMail = (mail: Mail, signal: AbortSignal) => Promise<void>

type MailSettings = { url: string; token: string; from: string }

/** From the settings; nothing unless all three are there. */
export function mailTransport(settings: {
  MAIL_URL?: string | undefined
  MAIL_TOKEN?: string | undefined
  MAIL_FROM?: string | undefined
}): { mail?: SendMail } {
  const { MAIL_URL: url, MAIL_TOKEN: token, MAIL_FROM: from } = settings
  if (url === undefined || token === undefined || from === undefined) return {}
  return { mail: mailOverHttp({ url, token, from }) }
}

/**
 * Over an HTTP mail API: `POST` of JSON `{ from, to, subject, text }` with a bearer token, as several services take it.
 * The operator chose the address, so it may be of a private network.
 */
export function mailOverHttp({ url, token, from }: MailSettings): SendMail {
  return async ({ to, subject, text }, signal) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify({ from, to: [to], subject, text }),
      redirect: 'manual',
      signal,
    })
    await response.body?.cancel()
    if (!response.ok) throw new Error(`the mail service answered ${response.status}`)
  }
}

/** A notice as a mail in both languages. The details are read in the registry, by those who may. */
export function mailOf({ text, id }: NoticeShown, to: string, registryUrl: string): Mail {
  return {
    to,
    subject: `[Iriai 入会] ${text.ja}`,
    text: [text.ja, text.en, `${registryUrl}/`, `Notice ${id}`].join('\n\n'),
  }
}
