import type { Bilingual } from '../shapes.ts'
import type { NoticeBody, NoticeKind } from './notice.ts'

/** One sentence for a notice. It names no person: who may read the record finds the name there. */
export function sentenceOf(kind: NoticeKind, body: NoticeBody): Bilingual {
  return sentences[kind](body)
}

/** What an officer's client or a person is told, by kind. */
const sentences: Readonly<Record<NoticeKind, (body: NoticeBody) => Bilingual>> = {
  inventorship_claimed: ({ patent, inventor }) => ({
    ja: `${named(patent, '特許')}の${inventor === undefined ? '' : `第${inventor}`}発明者であるという申し出がありました。確認または否認してください。`,
    en: `Someone claims to be ${inventor === undefined ? 'an inventor' : `inventor ${inventor}`} of ${named(patent, 'a patent')}. Please confirm or reject the claim.`,
  }),
  inventorship_decided: ({ patent, state }) => ({
    ja: `${named(patent, '特許')}の発明者であるという申し出は、${outcome(state).ja}。`,
    en: `Your claim to be an inventor of ${named(patent, 'a patent')} ${outcome(state).en}.`,
  }),
  affiliation_asserted: () => ({
    ja: '貴機関に所属しているという申し出がありました。確認または否認してください。',
    en: 'Someone says that they work at your institution. Please confirm or reject it.',
  }),
  affiliation_decided: ({ state }) => ({
    ja: `あなたの所属についての申し出は、${outcome(state).ja}。`,
    en: `What was said of where you work ${outcome(state).en}.`,
  }),
  inventor_moved: () => ({
    ja: '発明者の異動が記録されました。発明者の利用許諾は、新しい所属で引き継がれます。',
    en: 'An inventor’s move was recorded. The inventor’s grants go on at the new institution.',
  }),
  grant_awaits_approval: ({ patents }) => ({
    ja: `貴機関の研究者から利用許諾の申請${typeof patents === 'number' ? `（特許${patents}件）` : ''}があり、承認を待っています。`,
    en: `A researcher of your institution asks for a grant${typeof patents === 'number' ? ` over ${patents} patent${patents === 1 ? '' : 's'}` : ''}; it awaits approval.`,
  }),
  grant_decided: ({ state }) => ({
    ja: `利用許諾の申請は、${outcome(state).ja}。`,
    en: `Your request for a grant ${outcome(state).en}.`,
  }),
  grant_issued: () => ({ ja: '利用許諾が発行されました。', en: 'A grant was issued.' }),
  grant_revoked: () => ({ ja: '利用許諾が取り消されました。', en: 'A grant was revoked.' }),
  consent_asked: ({ terms }) => ({
    ja: `共有特許を${named(terms, '利用条件')}で開放することについて、同意するかどうかの回答が求められています。`,
    en: `You are asked whether you consent to opening patents that you co-own${terms === undefined ? '' : ` under ${terms}`}.`,
  }),
  consent_answered: ({ answer }) => ({
    ja:
      answer === 'refused'
        ? '特許の開放について、共有者は同意しないと回答しました。'
        : '特許の開放について、共有者が同意しました。',
    en:
      answer === 'refused' ? 'A co-owner refused to open the patents.' : 'A co-owner consented to opening the patents.',
  }),
  declaration_in_force: () => ({
    ja: '共有者全員の同意がそろい、特許の開放の宣言が発効しました。',
    en: 'Every co-owner has consented: the declaration that opens the patents is in force.',
  }),
  declaration_withdrawn: ({ closedFrom }) => ({
    ja: `特許の開放の宣言が撤回されました。${typeof closedFrom === 'string' ? `${closedFrom}以降、` : ''}新しい利用許諾は発行されません。`,
    en: `The declaration that opens the patents was withdrawn. No new grant is issued${typeof closedFrom === 'string' ? ` from ${closedFrom} on` : ''}.`,
  }),
  enquiry: () => ({ ja: '照会が届いています。', en: 'There is an enquiry for you.' }),
  webhook_test: () => ({ ja: 'Webhook の試験送信です。', en: 'This is a test of a webhook.' }),
}

function named(value: NoticeBody[string] | undefined, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise
}

/** The end of a sentence on what became of a request. */
function outcome(state: NoticeBody[string] | undefined): Bilingual {
  const known = typeof state === 'string' ? outcomes.get(state) : undefined
  return known ?? { ja: '新しい状態になりました', en: 'has changed' }
}

const outcomes: ReadonlyMap<string, Bilingual> = new Map([
  ['confirmed', { ja: '確認されました', en: 'was confirmed' }],
  ['rejected', { ja: '否認されました', en: 'was rejected' }],
  ['disputed', { ja: '争いがあるものとして記録されました', en: 'is recorded as disputed' }],
  ['reversed', { ja: '確認が取り消されました', en: 'is no longer confirmed' }],
  ['ended', { ja: '終了しました', en: 'has ended' }],
  ['approved', { ja: '承認されました', en: 'was approved' }],
  ['issued', { ja: '承認され、利用許諾が発行されました', en: 'was approved and the grant is issued' }],
  ['refused', { ja: '承認されませんでした', en: 'was refused' }],
  ['withdrawn', { ja: '取り下げられました', en: 'was withdrawn' }],
])
