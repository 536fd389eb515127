import type { Language } from '../http/language.ts'
import type { Bilingual } from '../shapes.ts'
import type { ReportKind } from '../usage/reports/report.ts'

export const reportKindWords: Readonly<Record<ReportKind, Bilingual>> = {
  paper: { ja: '論文', en: 'Paper' },
  dataset: { ja: 'データセット', en: 'Data set' },
  other: { ja: 'その他（成果の概要など）', en: 'Other (an outline of results)' },
}

const ja = {
  results: '成果の報告',
  duty: '条件が求める報告',
  dueSince: '{day}までに報告してください。',
  reportedOn: '最後の報告は{day}です。',
  noResults: 'まだ報告はありません。',
  report: '成果を報告する',
  reportLead:
    '報告は、特許の権利者に届きます。DOI があり、公開を選ぶと、特許のページに「この特許から生まれたもの」として表示されます。あなたの名前と許諾証は示されませんが、論文の著者名からは分かることがあります。公開記録には報告の番号だけ（公開したときは DOI と特許の番号も）が載ります。',
  kind: '種類',
  titles: '題名（どちらか一方でも構いません）',
  titleJa: '日本語の題名',
  titleEn: '英語の題名',
  doi: 'DOI（任意）',
  url: 'URL（任意）',
  on: '公表した日、または概要の対象の最後の日',
  public: '特許のページで誰にでも見せる（DOI が必要です）',
  send: '報告する',
  shown: '公開',
  holdersOnly: '権利者のみ',
  withdraw: '報告を取り消す',
  end: 'この許諾証を返上する',
  endLead: '返上すると、次のようになります。',
  endEffects:
    'この許諾証はすぐに無効になり、元に戻せません。\n検証する人には、5分以内に無効と分かります。\n公開記録に、終了したことと理由が、名前なしで残ります。\n特許が開放されていれば、新しい許諾証を求められます。',
  endReason: '理由',
  end_issued_in_error: '誤って受けた（題目や特許の間違いなど）',
  end_ineligible: '条件に当てはまらなくなった、または使わなくなった',
  confirm: '返上の効果を読み、返上します',
  endDo: '返上する',
  objections: '異議',
  objectionLead:
    '貴機関を離れた発明者が移った先で使っている許諾証、または貴機関の特許を含む許諾証に、条件が定める理由で異議を述べられます。',
  objectionEffects:
    '異議を述べても、許諾証は有効なままです。\n本人に知らされ、条件の定める期間（第9条2項）に答えられます。\n運営者が調べ、その間だけ停止することや、理由が認められれば取り消すことがあります。\n公開記録に、異議があったことと理由が、説明文と名前なしで残ります。',
  moved: '貴機関から引き継がれた許諾証',
  noneMoved: '貴機関から引き継がれた、有効な許諾証はありません。',
  grant: '許諾証の番号',
  reason: '理由',
  note: '説明（運営者が読みます。公開されません）',
  object: '異議を述べる',
  objected: '異議を受け付けました。',
  since: '引き継ぎ',
  patents: '特許',
} as const

const en: Record<keyof typeof ja, string> = {
  results: 'Results',
  duty: 'Reports that the terms ask for',
  dueSince: 'Please report by {day}.',
  reportedOn: 'The last report was on {day}.',
  noResults: 'Nothing has been reported yet.',
  report: 'Report results',
  reportLead:
    'A report goes to the holders of the patents. With a DOI, and if you choose so, it is shown on the patents as what came of them. Neither your name nor the grant is shown there, though the authors of a paper may tell. The public log names the report by its id alone, and a public one by its DOI and patents.',
  kind: 'Kind',
  titles: 'Title (one of the two will do)',
  titleJa: 'Title in Japanese',
  titleEn: 'Title in English',
  doi: 'DOI (optional)',
  url: 'Address (optional)',
  on: 'Day of publication, or last day of what is outlined',
  public: 'Show it to everyone on the pages of the patents (needs a DOI)',
  send: 'Report',
  shown: 'Public',
  holdersOnly: 'Holders only',
  withdraw: 'Withdraw the report',
  end: 'Give this grant up',
  endLead: 'When you give it up:',
  endEffects:
    'The grant is void at once, for good.\nWho verifies it sees so within five minutes.\nThe public log says that it ended and why, without names.\nWhile the patents are open, you can ask for a new one.',
  endReason: 'Reason',
  end_issued_in_error: 'Taken by mistake (wrong project or patents)',
  end_ineligible: 'The terms no longer fit, or it is no longer used',
  confirm: 'I have read what follows, and give it up',
  endDo: 'Give it up',
  objections: 'Objections',
  objectionLead:
    'You can object, for a reason that the terms know, to a grant that an inventor who left you uses elsewhere, or to one that covers patents of yours.',
  objectionEffects:
    'The grant stays valid.\nThe person is told, and has the time of the terms (§9.2) to answer.\nA steward looks into it, may suspend the grant meanwhile, and revokes it if the reason holds.\nThe public log says that there was an objection and why, without the note and without names.',
  moved: 'Grants that went on from your organisation',
  noneMoved: 'No valid grant went on from your organisation.',
  grant: 'Number of the grant',
  reason: 'Reason',
  note: 'What happened (read by stewards, not public)',
  object: 'Object',
  objected: 'Your objection is recorded.',
  since: 'Since',
  patents: 'Patents',
}

export const grantResultWords: Readonly<Record<Language, Record<keyof typeof ja, string>>> = { ja, en }

/** The list of reports that a holder reads. */
export const receivedReportWords = {
  ja: {
    lead: '自機関の特許を使った研究の成果として報告されたものです。公開されていない報告も、権利者としてここで読めます。誰の許諾証によるかは示しません。',
    none: '報告はまだありません。許諾証を受けた人が論文などを報告すると、ここに載ります。',
    result: '成果',
    kind: '種類',
    on: '日付',
    patents: '特許',
    seenBy: '読める人',
    everyone: '誰でも',
    holders: '権利者と許諾を受けた側',
    older: 'これより前の報告',
  },
  en: {
    lead: 'What was reported as a result of research on your organisation’s patents, those that are not public included: you read them as a holder. Whose grant it was is not told.',
    none: 'No report yet. When a grantee reports a paper or the like, it stands here.',
    result: 'Result',
    kind: 'Kind',
    on: 'Date',
    patents: 'Patents',
    seenBy: 'Who can read it',
    everyone: 'everyone',
    holders: 'holders and the grantee’s side',
    older: 'Earlier reports',
  },
} as const
