import { entryWords } from '../../log/words.ts'
import type { Bilingual } from '../../shapes.ts'
import type { Change } from './change.ts'

/** What is no act, and so no entry of the log. */
const ofRecords = {
  organisation_named: { ja: '権利者として名前が記録された機関', en: 'Organisation named as a holder' },
  organisation_changed: { ja: '機関の記録の変更', en: 'Organisation record changed' },
  patent_enrolled: { ja: '特許の登録', en: 'Patent enrolled' },
  patent_changed: { ja: '特許の記録の変更', en: 'Patent record changed' },
  patent_status_changed: { ja: '特許の法的状況の変更', en: 'Legal status of a patent changed' },
  area_changed: { ja: '重点領域の変更', en: 'Area changed' },
}

/** What happened, in each language: an act in the words of the log. */
export const kindWords: Readonly<Record<Change['kind'], Bilingual>> = { ...entryWords, ...ofRecords }

export const feedWords = {
  title: { ja: '入会 Iriai：変更の記録', en: 'Iriai 入会: changes' },
  subtitle: {
    ja: '開放宣言、許諾、特許の状況など、公開の記録に起きた変更です。',
    en: 'Declarations, grants, legal status and every other change of the public record.',
  },
}

/** 「開放宣言の発効：京都大学、RPC-OPEN-1.0（特許3件）」 */
export function titleOf({ kind, subject, terms, patents }: Omit<Change, 'title'>): Bilingual {
  const named = [subject.type === 'patent' || subject.type === 'grant' ? subject.number : undefined]
  const own = subject.type === 'terms' || subject.type === 'key' ? subject.id : terms
  const ja = [...named, subject.name?.ja ?? subject.name?.en, own].filter((part) => part !== undefined)
  const en = [...named, subject.name?.en ?? subject.name?.ja, own].filter((part) => part !== undefined)
  return {
    ja: `${kindWords[kind].ja}${ja.length === 0 ? '' : `：${ja.join('、')}`}${patents === undefined ? '' : `（特許${patents}件）`}`,
    en: `${kindWords[kind].en}${en.length === 0 ? '' : `: ${en.join(', ')}`}${patents === undefined ? '' : ` (${patents} ${patents === 1 ? 'patent' : 'patents'})`}`,
  }
}
