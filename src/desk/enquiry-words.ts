import type { Language } from '../http/language.ts'
import type { Bilingual } from '../shapes.ts'
import type { EnquiryState, EnquirySubject } from '../usage/enquiries/enquiry.ts'

export const enquirySubjectWords: Readonly<Record<EnquirySubject, Bilingual>> = {
  beyond_terms: { ja: '条件を超える研究・評価', en: 'Research or evaluation beyond the terms' },
  licence: { ja: '実施許諾（ライセンス）', en: 'A licence' },
  joint_research: { ja: '共同研究', en: 'Joint research' },
  opening: { ja: '開放の依頼', en: 'That it be opened to research' },
}

export const enquiryStateWords: Readonly<Record<EnquiryState, Bilingual>> = {
  open: { ja: '回答待ち', en: 'Waits for an answer' },
  answered: { ja: '回答済み', en: 'Answered' },
  declined: { ja: '辞退', en: 'Declined' },
  withdrawn: { ja: '取り下げ', en: 'Withdrawn' },
}

const ja = {
  enquiries: '問い合わせ',
  mine: '送った問い合わせ',
  mineLead: '権利者に送った問い合わせと、その回答です。あなたと相手の権利者だけが見ます。',
  noneSent: 'まだ問い合わせはありません。特許のページの「権利者に問い合わせる」から送れます。',
  ask: '権利者に問い合わせる',
  askLead:
    '権利者の知的財産担当者に届き、回答はこの画面に届きます。公開記録や件数には載りません。見るのは、相手の権利者と、その委任を受けて宣言を行う機関の担当者だけです。相手には、あなたの名前と、選んだ機関が示されます。ほかの共有者には知らされません。',
  number: '特許の番号',
  next: '次へ',
  holder: '問い合わせる権利者',
  as: '問い合わせる人',
  asOneself: '個人として（{name}）',
  asOrganisation: '{name}の担当者として',
  subject: '用件',
  message: '内容',
  messageHint: '使いたい目的、時期、規模などを書いてください。4,000文字まで。',
  contact: '連絡先（任意）',
  contactHint: 'メールアドレスなど。権利者も連絡先を示して回答したときに、はじめて相手に示されます。',
  send: '送る',
  patent: '特許',
  state: '状態',
  askedOn: '送った日',
  from: '差出人',
  to: '相手',
  answer: '回答',
  contacts: '連絡先',
  theirs: '相手の連絡先',
  noContacts: '双方が連絡先を示すと、ここに表示されます。',
  withdraw: '取り下げる',
  withdrawHint: '取り下げると、相手にはあなたの名前も内容も見えなくなります。',
  noHolder: 'この特許の権利者は、まだこの登録簿に参加していません。',
  noHolderText:
    '公報にある権利者（{names}）の知的財産部門へ、次の文を書き直して送ってください。参加すると、ここから問い合わせられます。',
  letter:
    '特許 {number} について\n\n貴機関の上記の特許を研究に使うことを考えています。\n・目的：\n・時期と規模：\n・希望すること（開放、許諾、共同研究など）：\n\n研究への開放をお考えでしたら、登録簿「入会」（{url}）から宣言できます。',
  received: '届いた問い合わせ',
  receivedLead: '古いものから並んでいます。回答は一度だけです。その後のやり取りは、交換した連絡先で行ってください。',
  noneReceived: '回答を待っている問い合わせはありません。',
  done: '終わった問い合わせ',
  sentByUs: '貴機関から送った問い合わせ',
  waits: '{days}日間お待ちです',
  waitsToday: '今日届きました',
  forHolder: '宛先',
  read: '読む・回答する',
  withdrawnText: '相手が取り下げたため、内容は表示されません。',
  decision: '回答の種類',
  answered: '前向きに回答する',
  declined: '応じられないと回答する',
  text: '回答の内容',
  answerContactHint: '示すと、相手の連絡先（示されているとき）と交換されます。',
  answerDo: '回答を送る',
  answerEffect: '回答は一度だけで、送ると変えられません。',
  answeredBy: '{name}が代わって回答',
  nobody: '（消去された人）',
} as const

const en: Record<keyof typeof ja, string> = {
  enquiries: 'Enquiries',
  mine: 'Enquiries you sent',
  mineLead: 'What you asked holders, and their answers. Only you and the holder that you asked see it.',
  noneSent: 'None yet. “Ask the holder” on the page of a patent leads here.',
  ask: 'Ask the holder',
  askLead:
    'It reaches the holder’s intellectual property office, and the answer comes to this page. No log and no count tells of it. Only the holder that you ask sees it, and agents that declare under its mandate. They see your name, and the organisation if you choose one. Co-owners that you do not ask are not told.',
  number: 'Patent number',
  next: 'Next',
  holder: 'Holder to ask',
  as: 'Who asks',
  asOneself: 'Yourself ({name})',
  asOrganisation: 'As officer of {name}',
  subject: 'What it is about',
  message: 'Message',
  messageHint: 'What you want to do, when, and how much. Up to 4,000 characters.',
  contact: 'How to reach you (optional)',
  contactHint: 'An e-mail address, say. The holder sees it only once it has answered with its own.',
  send: 'Send',
  patent: 'Patent',
  state: 'State',
  askedOn: 'Sent on',
  from: 'From',
  to: 'To',
  answer: 'Answer',
  contacts: 'How to reach each other',
  theirs: 'How to reach them',
  noContacts: 'Shown here once both of you have given theirs.',
  withdraw: 'Withdraw',
  withdrawHint: 'The holder will no longer see your name, nor what you asked.',
  noHolder: 'The holder of this patent does not take part in the registry yet.',
  noHolderText:
    'Complete the letter below and send it to the intellectual property department of the holder named in the publication ({names}). Once it takes part, you can ask here.',
  letter:
    'Patent {number}\n\nWe are thinking of using this patent of yours in research.\n- Purpose:\n- When, and how much:\n- What we ask for (opening, a licence, joint research):\n\nIf you would open it to research, you can declare so in the registry Iriai ({url}).',
  received: 'Enquiries received',
  receivedLead: 'The oldest first. There is one answer; go on by the contacts that you exchange.',
  noneReceived: 'No enquiry waits for an answer.',
  done: 'Enquiries that are over',
  sentByUs: 'Enquiries sent by your organisation',
  waits: 'waits for {days|day|days}',
  waitsToday: 'came today',
  forHolder: 'To',
  read: 'Read and answer',
  withdrawnText: 'It was withdrawn, so what it said is not shown.',
  decision: 'Kind of answer',
  answered: 'Answer',
  declined: 'Decline',
  text: 'Your answer',
  answerContactHint: 'If you give it, it is exchanged for the asker’s, where they have given theirs.',
  answerDo: 'Send the answer',
  answerEffect: 'There is one answer, and it cannot be changed.',
  answeredBy: 'answered by {name} for the holder',
  nobody: '(erased)',
}

export const enquiryWords: Readonly<Record<Language, Record<keyof typeof ja, string>>> = { ja, en }

/** Names of places in the office. */
export const usagePlaceWords: Readonly<Record<Language, { enquiries: string; objections: string; reports: string }>> = {
  ja: { enquiries: ja.enquiries, objections: '異議', reports: '成果報告' },
  en: { enquiries: en.enquiries, objections: 'Objections', reports: 'Reports' },
}

/** What is wrong in forms of enquiries and reports, by the code of the fault. */
export const usageFaultWords: Readonly<Record<string, Bilingual>> = {
  field_message: { ja: '内容を4,000文字までで入力してください。', en: 'Write a message of up to 4,000 characters.' },
  field_text: { ja: '回答を4,000文字までで入力してください。', en: 'Write an answer of up to 4,000 characters.' },
  field_contact: { ja: '連絡先を1行、300文字までで入力してください。', en: 'One line of up to 300 characters.' },
  field_subject: { ja: '用件を選んでください。', en: 'Choose what it is about.' },
  field_decision: { ja: '回答の種類を選んでください。', en: 'Choose the kind of answer.' },
  choose_holder: { ja: '問い合わせる権利者を選んでください。', en: 'Choose the holder to ask.' },
  own_patent: { ja: '自分の機関の特許です。', en: 'This is a patent of your own organisation.' },
  field_title: {
    ja: '題名を、日本語か英語のどちらかで1行、300文字までで入力してください。',
    en: 'Give the title in Japanese or English, one line of up to 300 characters.',
  },
  field_doi: {
    ja: 'DOI を「10.1038/nmat3066」のように入力してください。公開するには DOI が必要です。',
    en: 'Give the DOI as in 10.1038/nmat3066. What is made public needs one.',
  },
  field_url: { ja: 'http または https の URL を入力してください。', en: 'Give an address with http or https.' },
  field_kind: { ja: '種類を選んでください。', en: 'Choose the kind.' },
  field_note: { ja: '説明を1行、1,000文字までで入力してください。', en: 'One line of up to 1,000 characters.' },
  not_covered: { ja: 'この許諾証が含まない特許があります。', en: 'The grant does not cover one of these patents.' },
  not_confirmed: { ja: '確認の欄に印を付けてください。', en: 'Tick the box to confirm.' },
}
