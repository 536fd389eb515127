import type { Language } from '../http/language.ts'
import type { ApplicationState } from '../organisations/application.ts'
import type { OrganisationKind, OrganisationName, OrganisationState } from '../organisations/organisation.ts'
import type { Bilingual } from '../shapes.ts'

export const kindWords: Readonly<Record<OrganisationKind, Bilingual>> = {
  university: { ja: '大学', en: 'University' },
  research_institute: { ja: '研究機関', en: 'Research institute' },
  hospital: { ja: '病院', en: 'Hospital' },
  nonprofit: { ja: 'その他の非営利法人', en: 'Other non-profit' },
  government: { ja: '行政機関', en: 'Government body' },
  company: { ja: '企業', en: 'Company' },
  tlo: { ja: '技術移転機関（TLO）', en: 'Technology licensing organisation (TLO)' },
}

export const organisationStateWords: Readonly<Record<OrganisationState, Bilingual>> = {
  named: { ja: '名前だけ知られています', en: 'known by name only' },
  applied: { ja: '申込み中', en: 'has applied' },
  approved: { ja: '参加中', en: 'takes part' },
  suspended: { ja: '参加停止中', en: 'suspended' },
  left: { ja: '脱退', en: 'has left' },
}

export const applicationStateWords: Readonly<Record<ApplicationState, Bilingual>> = {
  waiting: { ja: '運営者の確認待ち', en: 'waits for a steward' },
  returned: { ja: '差し戻し', en: 'returned to you' },
  approved: { ja: '承認', en: 'approved' },
  declined: { ja: '不承認', en: 'declined' },
  withdrawn: { ja: '取り下げ', en: 'withdrawn' },
}

export const nameSourceWords: Readonly<Record<OrganisationName['source'], Bilingual>> = {
  record: { ja: '登録名', en: 'name on record' },
  former: { ja: '旧名', en: 'former name' },
  own: { ja: '機関が加えた名前', en: 'added by you' },
  import: { ja: '取り込みで使われた名前', en: 'used in an import' },
}

/** What is not as it should be in a field of these forms. */
export const organisationFaultWords: Readonly<Record<string, Bilingual>> = {
  organisation_name: {
    ja: '名称を、日本語と英語で入力してください（300文字まで）。',
    en: 'Give the name in Japanese and in English, up to 300 characters.',
  },
  organisation_kind: { ja: '機関の種別を選んでください。', en: 'Choose the kind of organisation.' },
  organisation_country: {
    ja: '国は、英大文字2文字の符号で入力してください（日本は JP）。',
    en: 'The country is a code of two capital letters, such as JP.',
  },
  organisation_ror: {
    ja: 'ROR ID が正しくありません。もう一度お確かめください。',
    en: 'This is not a ROR id. Check its characters.',
  },
  organisation_corporateNumber: {
    ja: '法人番号が正しくありません。13桁の数字をお確かめください。',
    en: 'This is not a 法人番号: 13 digits, of which the first is a check digit.',
  },
  organisation_signatory: {
    ja: '署名者の氏名と役職を入力してください（200文字まで）。',
    en: 'Give the signatory’s name and post, up to 200 characters each.',
  },
  organisation_agreement: {
    ja: '参加契約を読み、同意してください。',
    en: 'Read the participation agreement and accept it.',
  },
  organisation_noticeAddress: { ja: 'メールアドレスの形を確かめてください。', en: 'Check the e-mail address.' },
  organisation_names: {
    ja: '名前は1行に一つ、30個まで、それぞれ300文字までです。',
    en: 'One name a line, up to 30 of them, of up to 300 characters.',
  },
  field_scopes: { ja: 'できることを選んでください。', en: 'Choose what it may do.' },
  field_url: {
    ja: 'アドレスは https で始まる公開されたものにしてください。',
    en: 'The address is a public one that begins with https.',
  },
  name_taken: { ja: 'その名前は、別の機関の名前です。', en: 'That is a name of another organisation.' },
  not_the_current_agreement: {
    ja: '参加契約に新しい版があります。読んで同意してください。',
    en: 'There is a newer version of the agreement. Read and accept it.',
  },
  not_named: {
    ja: '引き継げるのは、名前だけ知られている機関の記録です。',
    en: 'Only a record known by name only can be taken over.',
  },
  viewer_reads_only: { ja: '閲覧の接続にできるのは、許諾証を読むことだけです。', en: 'A viewer may read grants only.' },
  not_https: { ja: 'アドレスは https で始まるものにしてください。', en: 'The address has to be https.' },
  unreadable: { ja: 'アドレスとして読めません。', en: 'This is no address.' },
  port: { ja: 'ポートは443か8443です。', en: 'The port has to be 443 or 8443.' },
  credentials: { ja: 'アドレスに利用者名やパスワードを含めないでください。', en: 'Leave out user name and password.' },
  private_address: {
    ja: '公開されたインターネットのアドレスではありません。',
    en: 'Not an address of the public internet.',
  },
  private_name: { ja: '公開されたインターネットの名前ではありません。', en: 'Not a name of the public internet.' },
  not_confirmed: {
    ja: '内容を読んだうえで、確認の欄に印を付けてください。',
    en: 'Read what will happen and tick the box.',
  },
}

const ja = {
  joinTitle: '機関の参加を申し込む',
  joinLead: '大学、研究機関、企業などが入会地に参加するための申込みです。参加しても、特許を開放する義務は生じません。',
  joinSteps:
    '機関を探す、申込みを書いて送る、運営者が確かめる、の順に進みます。承認されると、申し込んだ方が最初の担当者になります。',
  joinSignIn: '申し込むには、まずサインインしてください。',
  alreadyMember: '機関がすでに参加しているときは、その担当者から招待リンクを受け取ってください。',
  find: '機関の名前、または ROR ID',
  findHint: '日本語でも英語でも、名前の一部で探せます。',
  search: '探す',
  found: '見つかった機関',
  foundLead: 'あなたの機関を選んでください。',
  fromRor: 'ROR の一覧（CC0）',
  choose: 'この機関で申し込む',
  memberAlready: 'すでに参加しています。その担当者から招待リンクを受け取ってください。',
  nothingFound: '「{q}」に当てはまる機関は、登録簿にも ROR の一覧にも見つかりません。名前を直接入力して申し込めます。',
  byHand: '一覧にない機関として、名前を入力して申し込む',
  applicationTitle: '申込み',
  nameJa: '名称（日本語）',
  nameEn: '名称（英語）',
  kind: '種別',
  country: '国',
  countryHint: '英大文字2文字（日本は JP）',
  ror: 'ROR ID（任意）',
  corporateNumber: '法人番号（任意、13桁）',
  signatory: '署名者',
  signatoryLead: '機関のために参加契約に同意する権限のある方です。氏名と役職は公開しません。求めがあれば消去します。',
  signatoryName: '氏名',
  signatoryPost: '役職',
  agreement: '参加契約',
  readAgreement: '参加契約を読む',
  acceptAgreement: '署名者は参加契約を読み、機関のために同意しました。',
  send: '申し込む',
  sendAgain: '直して、もう一度送る',
  returned: '運営者から差し戻されました',
  applications: '機関の参加の申込み',
  appliedOn: '申し込んだ日',
  waitsSince: '{day}から待っています',
  mend: '直す',
  withdraw: '取り下げる',
  goesOn: '登録簿で名前だけ知られていた「{name}」の記録を引き継ぎます。',
  nowOfficer: '承認されました。あなたがこの機関の最初の担当者です。',
  begin: '特許の一覧を取り込む',
  state: '状態',
  reason: '理由',
  organisation: '機関',
  todo: '操作',
} as const

const en: Record<keyof typeof ja, string> = {
  joinTitle: 'Apply for your organisation to join',
  joinLead:
    'For universities, research institutes, companies and others who want to take part in the commons. Taking part creates no duty to open a patent.',
  joinSteps:
    'Find the organisation, write and send the application, and a steward looks at it. Once it is approved, the person who applied is its first officer.',
  joinSignIn: 'To apply, sign in first.',
  alreadyMember: 'If your organisation takes part already, ask one of its officers for an invitation link.',
  find: 'Name of the organisation, or its ROR id',
  findHint: 'Part of the name will do, in Japanese or English.',
  search: 'Find',
  found: 'Found',
  foundLead: 'Choose your organisation.',
  fromRor: 'list of ROR (CC0)',
  choose: 'Apply for this one',
  memberAlready: 'Takes part already. Ask one of its officers for an invitation link.',
  nothingFound:
    'Nothing fits “{q}”, neither in the registry nor in the list of ROR. You can apply with the name as you write it.',
  byHand: 'Apply for an organisation that is not listed',
  applicationTitle: 'Application',
  nameJa: 'Name in Japanese',
  nameEn: 'Name in English',
  kind: 'Kind',
  country: 'Country',
  countryHint: 'Two capital letters, such as JP',
  ror: 'ROR id (optional)',
  corporateNumber: '法人番号 (optional, 13 digits)',
  signatory: 'Signatory',
  signatoryLead:
    'Who has authority to accept the participation agreement for the organisation. Name and post are not public, and are erased on request.',
  signatoryName: 'Name',
  signatoryPost: 'Post',
  agreement: 'Participation agreement',
  readAgreement: 'Read the participation agreement',
  acceptAgreement: 'The signatory has read the participation agreement and accepts it for the organisation.',
  send: 'Apply',
  sendAgain: 'Send again as mended',
  returned: 'A steward has returned the application',
  applications: 'Applications to join',
  appliedOn: 'Applied',
  waitsSince: 'waits since {day}',
  mend: 'Mend',
  withdraw: 'Withdraw',
  goesOn: 'Goes on under the record of “{name}”, so far known by name only.',
  nowOfficer: 'Approved. You are the first officer of this organisation.',
  begin: 'Import your list of patents',
  state: 'State',
  reason: 'Reason',
  organisation: 'Organisation',
  todo: 'Action',
}

/** Words of joining, for applicants. */
export const joinWords: Readonly<Record<Language, Readonly<Record<keyof typeof ja, string>>>> = { ja, en }
