import type { Act, MandateState } from '../mandates/mandate.ts'
import type { Bilingual } from '../shapes.ts'

const ja = {
  lead: '委任を受けた機関は、決めた範囲と期間のあいだ、権利者に代わって手続きを行えます。行ったことは、誰が誰のために行ったかとともに記録に残ります。',
  principals: '委任を受けている機関',
  principalsLead: '貴機関が代わって手続きできる機関の、いまの状態です。',
  noPrincipals:
    '委任を受けている機関はまだありません。大学などの権利者が、その担当者の画面で貴機関を委任先に選ぶと、ここに並びます。',
  principal: '機関',
  enrolled: '登録',
  open: '開放中',
  blocked: '同意待ち',
  expiring: '12か月以内に満了',
  todo: '貴機関の作業',
  waitsFor: '{name}（特許{count}件、{day}から）',
  answerConsents: '同意の回答：{count}件（{day}から）',
  notYourScope: '同意の回答{count}件（委任の範囲外）',
  nothingToDo: 'ありません',
  dormant: 'この機関は今、入会地に参加していないため、代わって手続きすることはできません。',
  given: '貴機関からの委任',
  noGiven: '貴機関からの委任はまだありません。',
  agent: '委任先',
  scope: '範囲',
  period: '期間',
  state: '状態',
  action: '操作',
  openEnd: '終わりの日は決めていません',
  givenOn: '{day}に委任',
  revoke: '取り消す',
  revokeLead: '取り消すと、次の手続きからすぐに行えなくなります。これまでに行われたことは変わりません。',
  giveBack: '返上する',
  giveBackLead: '返上すると、この機関に代わる手続きはすぐに行えなくなります。これまでに行ったことは変わりません。',
  give: '委任する',
  giveLead: '委任先は、ほかの機関へ再び委任することはできません。委任はいつでも取り消せます。',
  agentField: '委任先の機関',
  scopeField: '任せること',
  until: '終わる日（任意）',
  untilHint: '空欄なら、どちらかが終わらせるまで続きます。',
  received: '受けた委任のすべて',
} as const

const en: Record<keyof typeof ja, string> = {
  lead: 'An agent with a mandate acts for a holder, within a scope and dates. Every act is recorded with who did it, and for whom.',
  principals: 'Organisations you act for',
  principalsLead: 'How things stand today with those for whom you may act.',
  noPrincipals:
    'You act for nobody yet. When a holder, a university for instance, chooses your organisation as its agent on this page, it is listed here.',
  principal: 'Organisation',
  enrolled: 'Enrolled',
  open: 'Open',
  blocked: 'Waiting for consent',
  expiring: 'Expiring in 12 months',
  todo: 'For you to do',
  waitsFor: '{name} ({count|patent|patents}, since {day})',
  answerConsents: 'Answer requests for consent: {count} (since {day})',
  notYourScope: 'Requests for consent: {count} (not in your mandate)',
  nothingToDo: 'Nothing',
  dormant: 'This organisation does not take part in the commons at present, so nothing can be done for it.',
  given: 'Mandates you have given',
  noGiven: 'You have given no mandate yet.',
  agent: 'Agent',
  scope: 'Scope',
  period: 'Period',
  state: 'State',
  action: 'Action',
  openEnd: 'no last day',
  givenOn: 'given on {day}',
  revoke: 'Revoke',
  revokeLead: 'The agent’s very next act is refused. What was done before stays as it is.',
  giveBack: 'Give back',
  giveBackLead: 'You can do nothing more for this organisation from then on. What you did stays as it is.',
  give: 'Give a mandate',
  giveLead: 'An agent cannot pass its mandate on. You can revoke it at any time.',
  agentField: 'Agent',
  scopeField: 'What it may do',
  until: 'Last day (optional)',
  untilHint: 'Left empty, it lasts until one of you ends it.',
  received: 'All mandates you were given',
}

/** Words of the page of mandates. */
export const mandateWords = { ja, en }

export const actWords: Record<Act, { label: Bilingual; hint: Bilingual }> = {
  enrol: {
    label: { ja: '登録', en: 'Enrol' },
    hint: { ja: '特許の登録と、記録の変更', en: 'register patents and change their records' },
  },
  declare: {
    label: { ja: '宣言', en: 'Declare' },
    hint: { ja: '開放の宣言と、その撤回', en: 'make declarations and withdraw them' },
  },
  consent: {
    label: { ja: '同意', en: 'Consent' },
    hint: { ja: '共有者としての同意の回答', en: 'answer co-owners’ requests for consent' },
  },
}

export const stateWords: Record<MandateState, Bilingual> = {
  future: { ja: '開始前', en: 'Not yet' },
  in_force: { ja: '有効', en: 'In force' },
  expired: { ja: '期間満了', en: 'Expired' },
  ended: { ja: '終了', en: 'Ended' },
}

export const endedByWords: Record<'principal' | 'agent', Bilingual> = {
  principal: { ja: '取り消し', en: 'revoked' },
  agent: { ja: '返上', en: 'given back' },
}
