import type { Language } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'
import type { InventorClaim } from '../patents/inventors/inventor-claim.ts'
import { Mark } from './parts.tsx'
import { deskWords } from './words.ts'

const claimLike = {
  claimed: 'ask',
  confirmed: 'allowed',
  rejected: 'not_allowed',
  disputed: 'ask',
  withdrawn: 'not_needed',
} as const

export function ClaimMark({ state, lang }: { state: InventorClaim['state']; lang: Language }) {
  return <Mark like={claimLike[state]}>{deskWords[lang][`claim_${state}`]}</Mark>
}

export function PatentLink({ lang, number }: { lang: Language; number: string }) {
  return (
    <a class="num" href={inLanguage(lang, `/patents/${encodeURIComponent(number)}`)}>
      {number}
    </a>
  )
}
