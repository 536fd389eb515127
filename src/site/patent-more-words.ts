import type { Language } from '../http/language.ts'

const ja = {
  areas: '重点領域',
  who: '誰に聞けばよいか',
  whoText: 'この特許は、いまは開放されていません。使ってよいかどうかを決めるのは、次の権利者です。',
  whoWaiting:
    '開放の宣言はされていますが、共有者の同意がそろっていません。次の権利者のすべてが同意すると開放されます。',
  named: 'この登録簿には参加していません。公式サイトの窓口に連絡してください。',
  suspended: '参加が停止されています。',
  left: '参加を終えています。',
  approved: '参加しています。この下から問い合わせられます。',
  applied: '参加を申し込んでいます。',
  agent: '窓口: {name}',
  letter: '開放をお願いする文面',
  letterText: 'そのまま写して使えます。[ ] の中を書き換えてください。',
  letterBody:
    '{holders} 知的財産ご担当者様\n\n[所属と氏名]と申します。次の特許を、研究に使わせていただきたく、ご連絡しました。\n\n{number}「{title}」\n{address}\n\n使いたい目的: [例: 硫化物固体電解質のイオン伝導についての仮説の検証。大学の研究室で、2027年3月まで]\n\n研究に限って無償で開放いただける場合は、次のページで利用条件を選び、宣言していただけます。一件からでも開放できます。\n{choose}\n\n個別の許諾や条件がある場合は、お知らせいただけますと幸いです。',
} as const

const en: Record<keyof typeof ja, string> = {
  areas: 'Priority areas',
  who: 'Whom to ask',
  whoText: 'This patent is not open at present. Whether you may use it is for these holders to decide.',
  whoWaiting:
    'A declaration was made, and a co-owner has not consented yet. The patent opens once all of these holders have.',
  named: 'Does not take part in this registry: write to the office named on its own site.',
  suspended: 'Its participation is suspended.',
  left: 'It has left the commons.',
  approved: 'Takes part: you can ask it below.',
  applied: 'Has applied to take part.',
  agent: 'Acts for it: {name}',
  letter: 'A letter that asks to open it',
  letterText: 'Copy it as it is, and replace what stands in [ ].',
  letterBody:
    'To the intellectual property office of {holders}\n\nI am [name, institution]. I would like to use this patent in research:\n\n{number} “{title}”\n{address}\n\nWhat for: [for example: to test a hypothesis on ion transport in sulfide electrolytes, in a university laboratory, until March 2027]\n\nIf you could open it to research alone, free of charge, you can choose terms and declare it here, beginning with a single patent:\n{choose}\n\nIf you would rather give an individual permission, please tell me on what conditions.',
}

export const patentMoreWords: Readonly<Record<Language, Record<keyof typeof ja, string>>> = { ja, en }
