import { parseNumber } from '../../patents/numbers/parse.ts'
import { readDate } from './dates.ts'
import type { MappedField, Mapping } from './mapping.ts'
import { headerKey } from './table.ts'

/** What each column of an unknown table holds, as far as its name and the first rows tell; a person confirms it. */
export function guessMapping(header: readonly string[], samples: readonly (readonly string[])[]): Mapping {
  const columns = header.map((name, index) => ({
    header: name.slice(0, headerCharactersMax),
    field: fieldOf(name) ?? fieldOfCells(samples.map((cells) => cells[index] ?? '')),
  }))
  const office = officeFor(header, columns, samples)
  return { columns, ...(office === undefined ? {} : { office }) }
}

/** How sure a row looks like a header: how many of its cells are words for columns. */
export function headerScore(cells: readonly string[]): number {
  return cells.filter((cell) => cell.trim() !== '' && fieldOf(cell) !== undefined).length
}

const headerCharactersMax = 200

/** What a column's name says; undefined when it says nothing. */
export function fieldOf(name: string): MappedField | undefined {
  const key = headerKey(name).replace(/[()（）._#:-]/g, '')
  if (key === '' || key.length > 60) return undefined
  return exact.get(key) ?? words.find(([, pattern]) => pattern.test(key))?.[0]
}

// 年金期限 is the day of the next fee, not the end of the right; 代理人 and 持分 have no place in a record.
const spelled: readonly (readonly [MappedField, string])[] = [
  [
    'ignore',
    '年金期限 次回年金期限 年金納付期限 代理人 特許事務所 持分 持分比率 備考 no # 番 行 url 要約 abstract 審判番号 担当者 費用 attorney agent annuitydue 出願種別 種別 優先権番号 優先権主張番号',
  ],
  [
    'reference',
    '整理番号 管理番号 社内整理番号 内部番号 案件番号 ファイル番号 docket docketno docketnumber casenumber caseno case reference ourreference ourref fileno refno',
  ],
  ['title', '発明の名称 発明名称 名称 発明等の名称 タイトル title inventiontitle titleofinvention patenttitle name'],
  ['title_ja', '発明の名称和文 発明の名称日本語 和文名称 名称和文 titlejapanese titleja japanesetitle'],
  ['title_en', '発明の名称英文 発明の名称英語 英文名称 名称英文 英語名称 titleenglish titleen englishtitle'],
  [
    'application_number',
    '出願番号 国内出願番号 出願no 特許出願番号 applicationnumber applicationno applno appno applicationsn serialnumber serialno 国際出願番号',
  ],
  [
    'publication_number',
    '公開番号 公表番号 公開公報番号 公開no 公開公表番号 公報番号 国際公開番号 publicationnumber publicationno pubno',
  ],
  [
    'grant_number',
    '登録番号 特許番号 特許登録番号 登録no 特許no patentnumber patentno grantnumber registrationnumber registrationno 権利番号',
  ],
  ['number', '文献番号 番号 出願番号・登録番号 number numbers patent patents documentnumber'],
  [
    'filed_on',
    '出願日 出願年月日 国内出願日 国際出願日 filingdate applicationdate filed datefiled fileddate dateoffiling',
  ],
  ['priority_on', '優先日 優先権主張日 優先権日 最先優先日 prioritydate earliestprioritydate'],
  ['published_on', '公開日 公開年月日 公知日 国際公開日 publicationdate publisheddate datepublished'],
  [
    'granted_on',
    '登録日 登録年月日 特許登録日 設定登録日 grantdate issuedate dateofgrant registrationdate dategranted issued',
  ],
  [
    'expires_on',
    '存続期間満了日 満了日 権利満了日 存続期間満了予定日 満了予定日 期間満了日 expirydate expirationdate expires patentexpirationdate dateofexpiry',
  ],
  ['inventors', '発明者 発明者名 発明者氏名 考案者 創作者 inventor inventors inventornames'],
  [
    'holders',
    '出願人 権利者 特許権者 共同出願人 出願人名 出願人/権利者 出願人権利者 共同権利者 共有者 名義人 applicant applicants assignee assignees owner owners coowners coapplicants holder holders proprietor',
  ],
  ['office', '国 国名 出願国 権利国 国コード 登録国 国・地域 国地域 country countrycode office jurisdiction'],
  ['status', '状況 状態 ステータス 法的状況 権利状況 現況 現在の状況 権利状態 審査状況 ステージ status legalstatus'],
  ['status_on', '状況日 ステータス日付 消滅日 statusdate'],
  ['ipc', 'ipc 国際特許分類 ipc分類 ipcclassifications ipcr'],
  ['cpc', 'cpc cpcclassifications'],
  ['fi', 'fi fi記号'],
  ['family', 'ファミリー ファミリーid family familyid familynumber ファミリ'],
]

const exact: ReadonlyMap<string, MappedField> = new Map(
  spelled.flatMap(([field, list]) => list.split(' ').map((word) => [word, field] as const)),
)

// For headers with more around the word: 「出願番号（国内）」, 「Patent No. (granted)」. In order of how much they say.
const words: readonly (readonly [MappedField, RegExp])[] = [
  ['ignore', /年金|代理人|持分|請求期限|期限|事務所|費用|備考|メモ|url|abstract|要約|attorney|annuity|所属|部局|連絡/],
  ['reference', /整理番号|管理番号|docket/],
  ['expires_on', /満了.{0,4}日|expir/],
  ['application_number', /出願番号|application(?:number|no)/],
  ['publication_number', /公開番号|公表番号|publication(?:number|no)/],
  ['grant_number', /登録番号|特許番号|patent(?:number|no)|registration(?:number|no)/],
  ['priority_on', /優先.{0,4}日|prioritydate/],
  ['filed_on', /出願(?:年月)?日|filingdate|applicationdate/],
  ['published_on', /公開(?:年月)?日|publicationdate/],
  ['granted_on', /登録(?:年月)?日|grantdate|issuedate/],
  ['title', /発明.{0,2}名称|title/],
  ['inventors', /発明者|inventor/],
  ['holders', /出願人|権利者|applicant|assignee|owner/],
]

/** A column without a telling name: numbers with their office, or nothing that is used. */
function fieldOfCells(cells: readonly string[]): MappedField {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  if (filled.length === 0) return 'ignore'
  const numbers = filled.filter(
    (cell) => cell.length >= 6 && readDate(cell).kind === 'unreadable' && parseNumber(cell).candidates.length > 0,
  )
  return numbers.length >= filled.length * 0.6 ? 'number' : 'ignore'
}

/** For numbers that do not name their office: Japan under Japanese headers, the United States where `12/345,678` stands. */
function officeFor(
  header: readonly string[],
  columns: Mapping['columns'],
  samples: readonly (readonly string[])[],
): string | undefined {
  if (header.some((name) => /[\u3040-\u30ff\u3400-\u9fff]/.test(name))) return 'JP'
  const numbers = samples.flatMap((cells) =>
    cells.filter((_, index) => columns[index]?.field === 'application_number' || columns[index]?.field === 'number'),
  )
  return numbers.some((cell) => /^\d{2}\/\d{3},?\d{3}$/.test(cell.trim())) ? 'US' : undefined
}
