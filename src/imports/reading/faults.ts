import type { RowFault } from './row.ts'

/** What is wrong with a cell, in which column, and what to do. Cells are quoted up to a few dozen characters. */
export const faults = {
  numberMissing: (column: string) =>
    fault(
      'number_missing',
      column,
      '番号がありません。出願番号、公開番号、登録番号のどれかを入れてください。',
      'There is no number. Enter an application, publication or patent number.',
    ),
  numberUnreadable: (column: string, cell: string) =>
    fault(
      'number_unreadable',
      column,
      `${inColumn(column)}の「${short(cell)}」は特許の番号として読めません。国と番号の種類がわかるように書いてください（例: 特許第1234567号、US 9,123,456 B2）。`,
      `“${short(cell)}”${under(column)} is not read as a patent number. Write it with its country and kind, such as JP 1234567 B2.`,
    ),
  numberLeftOut: (column: string, cell: string) =>
    fault(
      'number_left_out',
      column,
      `${inColumn(column)}の「${short(cell)}」は番号として読めないため、ほかの番号だけを使います。`,
      `“${short(cell)}”${under(column)} is not read as a number; the other numbers of the row are used.`,
    ),
  numbersTooMany: (column: string, max: number) =>
    fault(
      'numbers_too_many',
      column,
      `1行に番号が${max}を超えてあります。一つの権利を1行にしてください。`,
      `There are more than ${max} numbers in the row. Give each right a row of its own.`,
    ),
  dateUnreadable: (column: string, cell: string) =>
    fault(
      'date_unreadable',
      column,
      `${inColumn(column)}の「${short(cell)}」は日付として読めません。2023/09/20 のように書いてください。`,
      `“${short(cell)}”${under(column)} is not read as a date. Write it like 2023-09-20.`,
    ),
  dateImpossible: (column: string, cell: string) =>
    fault(
      'date_impossible',
      column,
      `${inColumn(column)}の「${short(cell)}」という日はありません。日付を直してください。`,
      `There is no such day as “${short(cell)}”${under(column)}. Mend the date.`,
    ),
  dateOrderUnknown: (column: string, cell: string) =>
    fault(
      'date_order_unknown',
      column,
      `${inColumn(column)}の「${short(cell)}」は、月と日の順がわかりません。列の対応付けで順を選ぶか、2023/09/20 のように書いてください。`,
      `“${short(cell)}”${under(column)} does not say which is the month. Choose the order with the columns, or write 2023-09-20.`,
    ),
  dateIncomplete: (column: string, cell: string) =>
    fault(
      'date_incomplete',
      column,
      `${inColumn(column)}の「${short(cell)}」には月か日がないため、この日付は使いません。`,
      `“${short(cell)}”${under(column)} lacks the month or the day, so this date is not used.`,
    ),
  statusUnknown: (column: string, cell: string) =>
    fault(
      'status_unknown',
      column,
      `${inColumn(column)}の「${short(cell)}」は状況の言葉として知られていないため、使いません。`,
      `“${short(cell)}”${under(column)} is no known word for a status and is not used.`,
    ),
  refusalNotFinal: (column: string) =>
    fault(
      'refusal_not_final',
      column,
      '「拒絶査定」は確定したとは限らないため、出願中として読みます。確定していれば「拒絶確定」と書いてください。',
      'A decision of refusal may still be appealed and is read as pending. Write “refused (final)” when it is final.',
    ),
  officeUnknown: (column: string, cell: string) =>
    fault(
      'office_unknown',
      column,
      `${inColumn(column)}の「${short(cell)}」という国・官庁がわかりません。JP、US、EP のような2文字で書いてください。`,
      `“${short(cell)}”${under(column)} is no known country or office. Write its two letters: JP, US, EP.`,
    ),
  brokenCharacters: (column: string) =>
    fault(
      'broken_characters',
      column,
      `${inColumn(column)}に文字化け（�）があります。元のデータを直して、UTF-8 で保存してください。`,
      `There are broken characters (�)${under(column)}. Mend the source and save it as UTF-8.`,
    ),
  brokenNames: (column: string, count: number) =>
    fault(
      'broken_names',
      column,
      `${inColumn(column)}の${count}名は元のファイルで文字化け（�）しているため、入れません。あとで足せます。`,
      `${count} of the names${under(column)} are broken (�) in the file itself and are left out. They can be added later.`,
    ),
  holdersMissing: (column: string) =>
    fault(
      'holders_missing',
      column,
      `${inColumn(column)}に権利者の名前がありません。`,
      `There is no owner's name${under(column)}.`,
    ),
  columnsTooMany: (header: number, found: number) =>
    fault(
      'columns_shifted',
      '',
      `見出しは${header}列ですが、この行は${found}列あります。区切り文字を含む項目を " で囲んでください。`,
      `The header has ${header} columns and this row ${found}. Put quotation marks (") around cells that contain the separator.`,
    ),
  columnsTooFew: (header: number, found: number) =>
    fault(
      'columns_missing',
      '',
      `見出しは${header}列ですが、この行は${found}列しかありません。足りない列は空として読みます。`,
      `The header has ${header} columns and this row only ${found}. Those that lack are read as empty.`,
    ),
  tooLong: (column: string, max: number) =>
    fault(
      'cell_too_long',
      column,
      `${inColumn(column)}が長すぎます（${max}文字まで）。`,
      `The text${under(column)} is too long (${max} characters at most).`,
    ),
  tooMany: (column: string, max: number) =>
    fault(
      'values_too_many',
      column,
      `${inColumn(column)}の項目が多すぎます（${max}件まで）。`,
      `There are too many entries${under(column)} (${max} at most).`,
    ),
  notAPatent: (column: string, cell: string) =>
    fault(
      'not_a_patent',
      column,
      `「${short(cell)}」は特許・実用新案ではないため、受け付けません。`,
      `“${short(cell)}” is no patent or utility model and is not taken.`,
    ),
  severalRights: (column: string) =>
    fault(
      'several_rights',
      column,
      'この行には複数の権利の番号があるため、番号ごとに分けて読みます。',
      'This row has the numbers of several rights; each is read by itself.',
    ),
  symbolsUnreadable: (column: string) =>
    fault(
      'symbols_unreadable',
      column,
      `${inColumn(column)}に特許分類の記号として読めるものがないため、使いません。`,
      `Nothing${under(column)} is read as a classification symbol, so it is not used.`,
    ),
  formulaWithoutValue: (column: string) =>
    fault(
      'formula_without_value',
      column,
      `${inColumn(column)}の数式には計算結果が保存されていないため、空として読みます。Excel で開いて保存し直してください。`,
      `The formula${under(column)} was saved without its result and is read as empty. Open the file in Excel and save it again.`,
    ),
  jsonUnreadable: () => fault('json_unreadable', '', 'JSON として読めません。', 'This is not JSON.'),
  memberUnreadable: (member: string, cell: string) =>
    fault(
      'member_unreadable',
      member,
      `「${member}」の値「${short(cell)}」は読めません。形式を確かめてください。`,
      `The value “${short(cell)}” of “${member}” cannot be read. Check its form.`,
    ),
  memberUnknown: (member: string) =>
    fault(
      'member_unknown',
      member,
      `「${short(member)}」という項目は知られていないため、使いません。`,
      `“${short(member)}” is no known member and is not used.`,
    ),
} as const

function fault(code: string, column: string, ja: string, en: string): RowFault {
  return { code, column, text: { ja, en } }
}

function inColumn(column: string): string {
  return column === '' ? 'この行' : `「${short(column)}」の欄`
}

function under(column: string): string {
  return column === '' ? '' : ` under “${short(column)}”`
}

const quotedCharactersMax = 40

function short(text: string): string {
  const line = text
    .slice(0, quotedCharactersMax * 2)
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > quotedCharactersMax ? `${line.slice(0, quotedCharactersMax)}…` : line
}
