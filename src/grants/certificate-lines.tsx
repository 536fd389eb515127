import { raw } from 'hono/html'
import { renderSVG } from 'uqr'
import { modeWords, purposeWords, revocationReason, revocationReasonWords } from '../../policies/vocabulary.ts'
import { fill, type Language, readDate } from '../http/language.ts'
import { Fact } from '../http/parts.tsx'
import { certificateWords } from './certificate-words.ts'
import type { GrantState } from './grant.ts'
import type { GrantRecord } from './queries.ts'

/** Dates and use of a grant. */
export function CertificateLines({ lang, grant }: { lang: Language; grant: GrantRecord }) {
  const say = certificateWords[lang]
  return (
    <>
      <Fact name={say.period}>
        {fill(say.dates, { from: readDate(grant.from, lang), until: readDate(grant.until, lang) })}
      </Fact>
      <Fact name={say.use}>{useInWords(grant, lang)}</Fact>
    </>
  )
}

export function useInWords({ purpose, mode }: Pick<GrantRecord, 'purpose' | 'mode'>, lang: Language): string {
  return `${purposeWords[purpose].label[lang]} · ${modeWords[mode].label[lang]}`
}

/** The word for a state, and the verdict whose colour and shape it shares. */
const stateWords: Record<GrantState, { ja: string; en: string; mark: string }> = {
  valid: { ja: '有効', en: 'Valid', mark: 'allowed' },
  expired: { ja: '期間満了', en: 'Expired', mark: 'not_needed' },
  suspended: { ja: '停止中', en: 'Suspended', mark: 'ask' },
  revoked: { ja: '取消', en: 'Revoked', mark: 'not_allowed' },
  superseded: { ja: '新しい許諾証に交代', en: 'Superseded', mark: 'not_needed' },
}

export function State({ state, lang }: { state: GrantState; lang: Language }) {
  return <span class={`mark ${stateWords[state].mark}`}>{stateWords[state][lang]}</span>
}

export type GrantEvent = { status: GrantState; at: string; reason?: string }

export function Events({ events, lang }: { events: readonly GrantEvent[]; lang: Language }) {
  return (
    <ol class="events">
      {events.map(({ at, status, reason }) => (
        <li>
          <time datetime={at}>{readDate(at.slice(0, 10), lang)}</time>
          <span>
            {stateWords[status][lang]}
            {reason === undefined ? null : ` — ${readReason(reason, lang)}`}
          </span>
        </li>
      ))}
    </ol>
  )
}

function readReason(reason: string, lang: Language): string {
  const known = revocationReason.safeParse(reason)
  return known.success ? revocationReasonWords[known.data].label[lang] : reason
}

/** Level M stands a coffee stain; a short URL then has 33 modules a side. */
export function QrCode({ url, label }: { url: string; label: string }) {
  return (
    <a class="qr" href={url} aria-label={label}>
      {raw(renderSVG(url, { ecc: 'M', border: 2 }))}
    </a>
  )
}

/** Our own mark: strips of a field held in common, within a seal's two rings. Lines only, so that it prints on anything. */
export function Seal({ label }: { label: string }) {
  return (
    <svg class="seal" viewBox="0 0 120 120" role="img" aria-label={label} fill="none" stroke="currentColor">
      <circle cx="60" cy="60" r="57" stroke-width="2.5" />
      <circle cx="60" cy="60" r="53" stroke-width=".8" />
      <circle cx="60" cy="60" r="37" stroke-width=".8" />
      <path id="seal-ring" d="M60 18.5a41.5 41.5 0 1 1-.1 0" stroke="none" />
      <text font-size="9.5" letter-spacing="1.1" fill="currentColor" stroke="none">
        <textPath href="#seal-ring">RESEARCH PATENT COMMONS · IRIAI · </textPath>
      </text>
      <path d="M38 46h44M44 60h32M38 74h44" stroke-width="6.5" />
      <path d="M60 36v48" stroke-width="1.2" stroke-dasharray="2 2" />
    </svg>
  )
}
