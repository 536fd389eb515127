import { type LegalStatus, legalStatusWords } from '../../policies/vocabulary.ts'
import type { Bilingual } from '../shapes.ts'
import type { Failure, Reason } from './import.ts'

/** Why a row is refused, waits for a decision, or was read otherwise than written: in the officer's words. */
export const reasons = {
  unreadableNumber: (column: string, written: string) =>
    made('unreadable_number', column, {
      ja: `「${cut(written)}」は特許の番号として読めません。番号を直してください。`,
      en: `“${cut(written)}” is not a number we can read. Mend it.`,
    }),
  noNumber: () =>
    made('no_number', '', {
      ja: '番号がありません。出願番号・公開番号・登録番号のいずれかを入れてください。',
      en: 'There is no number. Give an application, publication or grant number.',
    }),
  otherOffice: (number: string, office: string) =>
    made('other_office', '', {
      ja: `${number} は他の番号（${office}）と別の国の番号です。国ごとに行を分けてください。`,
      en: `${number} is of another office than the other numbers (${office}). Give each office a row of its own.`,
    }),
  unreadableSymbol: (scheme: string, written: string) =>
    made('unreadable_symbol', '', {
      ja: `「${cut(written)}」は ${scheme.toUpperCase()} の記号として読めないため、取り込みません。`,
      en: `“${cut(written)}” is not an ${scheme.toUpperCase()} symbol; it is left aside.`,
    }),
  ownerless: (organisation: Bilingual) =>
    made('owner_not_named', '', {
      ja: `権利者の名がありません。${organisation.ja} の特許であれば、そう選んでください。`,
      en: `No owner is named. If it is a patent of ${organisation.en}, say so.`,
    }),
  ownerAssumed: (organisation: Bilingual) =>
    made('owner_assumed', '', {
      ja: `ファイルに権利者の名がないため、${organisation.ja} の単独の権利として登録します。共有であれば、権利者の列を加えて取り込み直してください。`,
      en: `The file names no owners: it is enrolled as held by ${organisation.en} alone. If it is co-owned, add a column of owners and import it again.`,
    }),
  noTitle: () =>
    made('no_title', '', {
      ja: '発明の名称がありません。日本語か英語の名称を入れてください。',
      en: 'There is no title. Give one in Japanese or English.',
    }),
  notYours: (organisation: Bilingual, named: readonly string[]) =>
    made('not_yours', '', {
      ja: `権利者（${cut(named.join('、'))}）に ${organisation.ja} の名がありません。自機関の特許でなければこの行は不要です。`,
      en: `The owners (${cut(named.join(', '))}) do not include ${organisation.en}. If it is not yours, the row is not needed.`,
    }),
  heldByOthers: (number: string, holders: readonly Bilingual[]) =>
    made('held_by_others', '', {
      ja: `${number} は ${cut(holders.map(({ ja }) => ja).join('、'))} の特許として登録されています。権利者に登録の変更を頼んでください。`,
      en: `${number} is enrolled as held by ${cut(holders.map(({ en }) => en).join(', '))}. Ask them to change the record.`,
    }),
  tooManyNumbers: (max: number) =>
    made('too_many_numbers', '', {
      ja: `一つの特許に登録できる番号は ${max} 件までです。`,
      en: `A patent has up to ${max} numbers.`,
    }),
  tooManyStatuses: (max: number) =>
    made('too_many_statuses', '', {
      ja: `一つの特許に記録できる法的状態は ${max} 件までです。変わったものだけを残すか、運営者に相談してください。`,
      en: `A patent has up to ${max} statuses. Keep only what has changed, or ask a steward of the registry.`,
    }),
  skipped: () => made('left_out', '', { ja: '担当者の判断で取り込みません。', en: 'Left out, as an officer decided.' }),
  merged: (line: number) =>
    made('merged', '', {
      ja: `${line} 行目と同じ特許です。その行にまとめました。`,
      en: `The same right as line ${line}; put together with it.`,
    }),
  differsFromLine: (line: number, what: Bilingual) =>
    made('duplicate_differs', '', {
      ja: `${line} 行目と同じ番号ですが、${what.ja}が違います。正しい行だけを残してください。`,
      en: `It has a number of line ${line} but another ${what.en}. Keep the row that is right.`,
    }),
  ambiguousNumber: (written: string, meanings: readonly Bilingual[]) =>
    made('ambiguous_number', '', {
      ja: `「${cut(written)}」は ${meanings.map(({ ja }) => ja).join(' とも ')} とも読めます。どれかを選んでください。`,
      en: `“${cut(written)}” can mean ${meanings.map(({ en }) => en).join(' or ')}. Choose one.`,
    }),
  severalRecords: (numbers: readonly string[]) =>
    made('several_records', '', {
      ja: `この行の番号は、登録済みの ${numbers.join(' と ')} に分かれています。どの特許かを選んでください。`,
      en: `Its numbers lead to ${numbers.join(' and ')}. Choose which of them it is.`,
    }),
  possibleDuplicate: (others: readonly string[]) =>
    made('possible_duplicate', '', {
      ja: `名称・出願日・権利者が同じものがあります（${others.join('、')}）。同じ特許か、別の特許かを選んでください。`,
      en: `Title, filing date and holder are those of ${others.join(', ')}. Say whether it is the same right.`,
    }),
  ownerUndecided: (names: readonly string[]) =>
    made('owner_undecided', '', {
      ja: `権利者「${cut(names.join('／'))}」がどの機関かを選んでください。`,
      en: `Choose which organisation the owner “${cut(names.join(' / '))}” is.`,
    }),
  individualOwner: (names: readonly string[]) =>
    made('individual_owner', '', {
      ja: `権利者「${cut(names.join('、'))}」は個人です。登録できる権利者は機関だけなので、この行は登録せず、お名前も公開しません。`,
      en: `The owner “${cut(names.join(', '))}” is an individual. Only organisations are holders here: the row is not enrolled, and the name not published.`,
    }),
  ownerUnclear: (names: readonly string[]) =>
    made('owner_undecided', '', {
      ja: `権利者「${cut(names.join('／'))}」が機関か個人かを選んでください。個人のお名前は公開しません。`,
      en: `Say whether the owner “${cut(names.join(' / '))}” is an organisation or an individual. Names of individuals are not published.`,
    }),
  holdersDiffer: (record: readonly Bilingual[], file: readonly Bilingual[], declared: boolean) =>
    made(declared ? 'holders_differ_declared' : 'holders_differ', '', {
      ja: `登録では ${cut(record.map(({ ja }) => ja).join('、'))}、ファイルでは ${cut(file.map(({ ja }) => ja).join('、'))} が権利者です。${
        declared
          ? '開放宣言があるか、参加機関の持分が変わるため、権利の移転は譲渡の手続きで記録してください。'
          : 'どちらが正しいかを選んでください。'
      }`,
      en: `On record it is held by ${cut(record.map(({ en }) => en).join(', '))}, in the file by ${cut(file.map(({ en }) => en).join(', '))}. ${
        declared
          ? 'A declaration stands on it, or a member would lose its share: record the transfer as an assignment.'
          : 'Choose which is right.'
      }`,
    }),
  unknownDecision: () =>
    made('decision_not_possible', '', {
      ja: '選んだ内容では決まりません。もう一度選んでください。',
      en: 'What was chosen does not settle it. Choose again.',
    }),
  inventorsLeft: () =>
    made('inventors_left', '', {
      ja: '発明者の表記が登録と大きく違うため、発明者は変更しません。',
      en: 'The inventors are written too differently from the record; they are left as they are.',
    }),
  endedOnRecord: (value: LegalStatus, on: string, source: string) =>
    made('ended_on_record', '', {
      ja: `ファイルでは存続していますが、登録では ${on} に終わっています（${legalStatusWords[value].label.ja}、${source}）。終わった状態のままにします。誤りや回復であれば、その日付のある状態を記録してください。`,
      en: `The file has it alive; on record it ended on ${on} (${legalStatusWords[value].label.en}, ${source}). It stays ended. If that is wrong, or it was restored, record the status with its date.`,
    }),
  changedMeanwhile: (fields: readonly string[]) =>
    made('changed_meanwhile', '', {
      ja: `確認のあとに登録が変わったため、${fields.join('、')} は変更していません。`,
      en: `The record changed after the preview: ${fields.join(', ')} was left as it is.`,
    }),
  couldNotBeWritten: () =>
    made('conflict', '', {
      ja: '他の変更と重なり、書き込めませんでした。もう一度取り込んでください。',
      en: 'Other changes came in between. Import it again.',
    }),
}

/** Why a whole import fails, and what to do. */
export const failures = {
  otherFormat: (asked: string, found: string): Failure => ({
    code: 'other_format',
    text: {
      ja: `指定の形式は ${asked} ですが、中身は ${found} です。形式の指定を外してください。`,
      en: `The format asked for is ${asked}; the content is ${found}. Leave the format out.`,
    },
  }),
  tooManyRows: (max: number): Failure => ({
    code: 'too_many_rows',
    text: {
      ja: `一つのファイルは ${max.toLocaleString('en')} 行までです。分けて送ってください。`,
      en: `A file has up to ${max.toLocaleString('en')} rows. Send it in parts.`,
    },
  }),
  empty: (): Failure => ({
    code: 'empty',
    text: { ja: 'ファイルに行がありません。', en: 'The file has no rows.' },
  }),
  noRights: (): Failure => ({
    code: 'no_rights',
    text: {
      ja: '開始した担当者の権限がなくなったため、登録を止めました。権限のある担当者が続けてください。',
      en: 'Whoever started it may no longer do this. An officer who may has to go on.',
    },
  }),
}

function made(code: string, column: string, text: Bilingual): Reason {
  return { code, column, text }
}

function cut(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
