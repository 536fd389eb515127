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
  consent_reminder: ({ terms, since }) => ({
    ja: `共有特許を${named(terms, '利用条件')}で開放することについて、回答をお待ちしています${typeof since === 'string' ? `（${since}から）` : ''}。`,
    en: `Your answer on opening patents that you co-own${terms === undefined ? '' : ` under ${terms}`} is awaited${typeof since === 'string' ? ` since ${since}` : ''}.`,
  }),
  consent_overdue: ({ since }) => ({
    ja: `特許の開放への同意について、共有者の回答がまだありません${typeof since === 'string' ? `（${since}から）` : ''}。`,
    en: `A co-owner has not answered whether it consents to opening the patents${typeof since === 'string' ? `, asked on ${since}` : ''}.`,
  }),
  patents_expiring: ({ patents, estimated, until }) => ({
    ja: `${named(until, '1年後')}までに、貴機関の特許${patents ?? ''}件の存続期間が終わります${Number(estimated) > 0 ? `（うち${estimated}件は推定）` : ''}。`,
    en: `The terms of ${patents ?? 'some'} of your patents end by ${named(until, 'next year')}${Number(estimated) > 0 ? `, ${estimated} of them by estimate` : ''}.`,
  }),
  patent_assigned: ({ patent, on, clauses }) => ({
    ja: `${named(patent, '特許')}の新しい権利者として記録されました${typeof on === 'string' ? `（${on}から）` : ''}。${Array.isArray(clauses) && clauses.length > 0 ? `開放の宣言は、${clauses.join('、')}により引き継がれます。` : ''}`,
    en: `Your organisation is recorded as the new owner of ${named(patent, 'a patent')}${typeof on === 'string' ? ` from ${on} on` : ''}.${Array.isArray(clauses) && clauses.length > 0 ? ` The declarations that open it bind you, by ${clauses.join(', ')}.` : ''}`,
  }),
  declaration_in_force: () => ({
    ja: '共有者全員の同意がそろい、特許の開放の宣言が発効しました。',
    en: 'Every co-owner has consented: the declaration that opens the patents is in force.',
  }),
  declaration_withdrawn: ({ closedFrom }) => ({
    ja: `特許の開放の宣言が撤回されました。${typeof closedFrom === 'string' ? `${closedFrom}以降、` : ''}新しい利用許諾は発行されません。`,
    en: `The declaration that opens the patents was withdrawn. No new grant is issued${typeof closedFrom === 'string' ? ` from ${closedFrom} on` : ''}.`,
  }),
  mandate_given: ({ scope, from }) => ({
    ja: `${actsNamed(scope).ja}の委任を受けました${typeof from === 'string' ? `（${from}から）` : ''}。`,
    en: `Your organisation was given a mandate to ${actsNamed(scope).en}${typeof from === 'string' ? `, from ${from} on` : ''}.`,
  }),
  mandate_ended: ({ endedBy }) => ({
    ja: endedBy === 'agent' ? '委任先が委任を返上しました。' : '受けていた委任が取り消されました。',
    en: endedBy === 'agent' ? 'Your agent gave its mandate back.' : 'The mandate that you were given was revoked.',
  }),
  enquiry: () => ({ ja: '照会が届いています。', en: 'There is an enquiry for you.' }),
  enquiry_received: ({ patent, subject }) => ({
    ja: `${named(patent, '特許')}について、${enquirySubjectNamed(subject).ja}の問い合わせが届きました。回答してください。`,
    en: `There is a question on ${named(patent, 'a patent')} about ${enquirySubjectNamed(subject).en}. Please answer it.`,
  }),
  enquiry_answered: ({ patent, state }) => ({
    ja:
      state === 'declined'
        ? `${named(patent, '特許')}についての問い合わせに、権利者は応じられないと回答しました。`
        : `${named(patent, '特許')}についての問い合わせに、権利者が回答しました。`,
    en:
      state === 'declined'
        ? `The holder of ${named(patent, 'a patent')} declined your enquiry.`
        : `The holder of ${named(patent, 'a patent')} answered your enquiry.`,
  }),
  results_reported: ({ doi }) => ({
    ja: `貴機関の特許を利用した研究の成果が報告されました${typeof doi === 'string' ? `（DOI ${doi}）` : ''}。`,
    en: `Results of research on your patents were reported${typeof doi === 'string' ? ` (DOI ${doi})` : ''}.`,
  }),
  webhook_test: () => ({ ja: 'Webhook の試験送信です。', en: 'This is a test of a webhook.' }),
}

function named(value: NoticeBody[string] | undefined, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise
}

/** What an enquiry is about, in a few words. */
function enquirySubjectNamed(subject: NoticeBody[string] | undefined): Bilingual {
  const found = typeof subject === 'string' ? enquirySubjects.get(subject) : undefined
  return found ?? { ja: '利用', en: 'its use' }
}

const enquirySubjects: ReadonlyMap<string, Bilingual> = new Map([
  ['beyond_terms', { ja: '条件を超える研究・評価', en: 'research beyond the terms' }],
  ['licence', { ja: '実施許諾', en: 'a licence' }],
  ['joint_research', { ja: '共同研究', en: 'joint research' }],
  ['opening', { ja: '開放の依頼', en: 'opening it' }],
])

/** What an agent may do, in one phrase. */
function actsNamed(scope: NoticeBody[string] | undefined): Bilingual {
  const acts = Array.isArray(scope) ? scope.flatMap((one) => mandateActs.get(one) ?? []) : []
  if (acts.length === 0) return { ja: '手続き', en: 'act for another' }
  const last = acts.at(-1)?.en ?? ''
  const before = acts.slice(0, -1).map(({ en }) => en)
  return {
    ja: acts.map(({ ja }) => ja).join('、'),
    en: `${before.length === 0 ? last : `${before.join(', ')} and ${last}`} for another`,
  }
}

const mandateActs: ReadonlyMap<string, Bilingual> = new Map([
  ['enrol', { ja: '特許の登録', en: 'enrol patents' }],
  ['declare', { ja: '開放の宣言', en: 'declare' }],
  ['consent', { ja: '同意の回答', en: 'answer requests for consent' }],
])

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
