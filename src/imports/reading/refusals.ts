import { columnsMax, recordCharactersMax } from './delimited.ts'
import type { Refusal } from './row.ts'

/** Files that are not read: what is wrong, and what to do instead. */
export const refusals = {
  empty: () => refusal('file_empty', 'ファイルが空です。', 'The file is empty.'),
  pdf: () =>
    refusal(
      'file_is_pdf',
      'これは PDF です。元の一覧を CSV または Excel ブック（.xlsx）で保存して、アップロードしてください。',
      'This is a PDF. Save the list itself as CSV or as an Excel workbook (.xlsx) and upload that.',
    ),
  oldSpreadsheet: () =>
    refusal(
      'old_spreadsheet',
      '古い形式の Excel ファイル（.xls）か、パスワード付きのファイルです。Excel で開き、パスワードを外して、「名前を付けて保存」→「Excel ブック（.xlsx）」で保存してください。',
      'This is an old Excel file (.xls) or one with a password. Open it in Excel, take the password off, choose Save As → Excel Workbook (.xlsx), and upload that.',
    ),
  binary: () =>
    refusal(
      'file_is_binary',
      '文字の一覧ではないファイルです。一覧を CSV（UTF-8）または Excel ブック（.xlsx）で保存してください。',
      'This file is not text. Save the list as CSV (UTF-8) or as an Excel workbook (.xlsx).',
    ),
  webPage: () =>
    refusal(
      'file_is_web_page',
      'これはウェブページ（HTML または XML）です。Excel で開き、「名前を付けて保存」→「Excel ブック（.xlsx）」で保存してください。',
      'This is a web page (HTML or XML). Open it in Excel, choose Save As → Excel Workbook (.xlsx), and upload that.',
    ),
  encoding: (line: number) =>
    refusal(
      'encoding_unknown',
      `${line}行目に、UTF-8 でも Shift_JIS でも読めない文字があります。「CSV UTF-8（コンマ区切り）」で保存し直してください。`,
      `Line ${line} has characters that are neither UTF-8 nor Shift_JIS. Save the list again as “CSV UTF-8”.`,
    ),
  noHeader: () =>
    refusal(
      'header_missing',
      '見出しの行が見つかりません。1行目に列の名前を入れてください。',
      'There is no header row. Put the names of the columns in the first line.',
    ),
  separator: () =>
    refusal(
      'separator_unknown',
      '列の区切りがわかりません。コンマ、タブ、セミコロンのどれかで区切って保存してください。',
      'The columns are not told apart by commas, tabs or semicolons. Save the list with one of these.',
    ),
  tooManyColumns: () =>
    refusal(
      'columns_too_many',
      `列が${columnsMax}を超えています。特許に関する列だけを残してください。`,
      `There are more than ${columnsMax} columns. Keep those about the patents.`,
    ),
  recordTooLong: (line: number) =>
    refusal(
      'record_too_long',
      `${line}行目から始まる行が長すぎます（${recordCharactersMax.toLocaleString('en')}文字まで）。改行が失われていないか確かめてください。`,
      `The row that begins in line ${line} is too long (${recordCharactersMax.toLocaleString('en')} characters at most). Check that the line breaks are still there.`,
    ),
  openQuote: (line: number) =>
    refusal(
      'quote_open',
      `${line}行目で始まる引用符（"）が閉じていません。その行を直してください。`,
      `A quotation mark (") that opens in line ${line} is never closed. Mend that line.`,
    ),
  notJson: (line: number) =>
    refusal(
      'json_broken',
      `${line}行目で JSON として読めなくなりました。書き出し直してください。`,
      `From line ${line} on this is not JSON. Export it again.`,
    ),
  unknownJson: () =>
    refusal(
      'json_unknown',
      'この JSON の形式はわかりません。researchmap の産業財産権、または1行に1件の特許の NDJSON を受け付けます。',
      'This JSON is of no known form. Industrial property rights from researchmap and NDJSON with one patent a line are read.',
    ),
  mappingWithoutNumbers: () =>
    refusal(
      'mapping_without_numbers',
      '番号（出願番号、公開番号、登録番号など）の列を一つ以上選んでください。',
      'Choose at least one column that holds numbers (application, publication or patent number).',
    ),
  mappingDoesNotFit: () =>
    refusal(
      'mapping_does_not_fit',
      '列の対応付けが、このファイルの見出しと合いません。対応付けをやり直してください。',
      'This choice of columns does not fit the header of the file. Choose the columns again.',
    ),
  spreadsheetTooLarge: () =>
    refusal(
      'spreadsheet_too_large',
      'Excel ファイルが 20 MB を超えています。「CSV UTF-8（コンマ区切り）」で保存してください。CSV は 100 MB まで受け付けます。',
      'The workbook is larger than 20 MB. Save the sheet as “CSV UTF-8”, which is taken up to 100 MB.',
    ),
  spreadsheetBroken: () =>
    refusal(
      'spreadsheet_broken',
      'Excel ファイルとして読めません。Excel で開いて保存し直してください。',
      'This workbook cannot be read. Open it in Excel and save it again.',
    ),
  notSpreadsheet: () =>
    refusal(
      'not_a_spreadsheet',
      '圧縮ファイルですが、Excel ブック（.xlsx）ではありません。一覧を .xlsx または CSV で保存してください。',
      'This is a zip file but no Excel workbook (.xlsx). Save the list as .xlsx or CSV.',
    ),
  binarySpreadsheet: () =>
    refusal(
      'binary_spreadsheet',
      'Excel バイナリブック（.xlsb）は読めません。「名前を付けて保存」→「Excel ブック（.xlsx）」で保存してください。',
      'A binary workbook (.xlsb) is not read. Choose Save As → Excel Workbook (.xlsx).',
    ),
  openDocument: () =>
    refusal(
      'open_document',
      'OpenDocument（.ods）は読めません。「名前を付けて保存」で .xlsx または CSV を選んでください。',
      'An OpenDocument sheet (.ods) is not read. Choose Save As and .xlsx or CSV.',
    ),
  encrypted: () =>
    refusal(
      'spreadsheet_encrypted',
      'パスワードで保護されたファイルです。パスワードを外して保存し直してください。',
      'The file is protected by a password. Take the password off and save it again.',
    ),
  expandsTooFar: () =>
    refusal(
      'spreadsheet_expands_too_far',
      'Excel ファイルの中身が大きすぎます（展開して 200 MB まで）。必要なシートだけを CSV で保存してください。',
      'The contents of the workbook are too large (200 MB when unpacked). Save the sheet you need as CSV.',
    ),
  tooManyRows: () =>
    refusal(
      'rows_too_many',
      'シートの行が 200,000 を超えています。「CSV UTF-8（コンマ区切り）」で保存してください。',
      'The sheet has more than 200,000 rows. Save it as “CSV UTF-8”.',
    ),
  noList: () =>
    refusal(
      'list_missing',
      '特許の一覧のあるシートが見つかりません。見出しの行（出願番号、発明の名称など）のあるシートを入れて保存してください。',
      'No sheet holds a list of patents. Save the workbook with a sheet that has a header row (application number, title and so on).',
    ),
  noSheet: () => refusal('sheet_missing', 'データのあるシートが見つかりません。', 'No sheet with data was found.'),
} as const

function refusal(code: string, ja: string, en: string): Refusal {
  return { code, text: { ja, en } }
}
