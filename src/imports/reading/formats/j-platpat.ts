import { addDate, addNumbers, addOwners, addSymbols, newDraft, setTitle } from '../draft.ts'
import { faults } from '../faults.ts'
import { splitNames } from '../names.ts'
import { ownersOf } from '../owners.ts'
import { readJapaneseStage } from '../statuses.ts'
import { has } from '../table.ts'
import { cell, type TableFormat } from './format.ts'

/**
 * 検索結果一覧 of J-PlatPat: 14 columns to 2022, then 15, and 16 with the abstract, which is left alone. No inventors, no
 * IPC. 公知日 is the day of the first publication of the document listed.
 */
export const jPlatPat: TableFormat = {
  id: 'j_platpat',
  recognises: (table) => has(table, '文献番号', '出願番号', '出願人/権利者', 'fi'),
  read: (row) => {
    const draft = newDraft()
    addNumbers(draft, cell(row, '文献番号'))
    for (const column of ['公開番号', '公告番号', '登録番号', 'その他']) {
      const found = cell(row, column)
      // The number of the international publication belongs to the whole family, not to the Japanese right.
      if (!/^WO/i.test(found.text.normalize('NFKC'))) addNumbers(draft, found)
    }
    addNumbers(draft, cell(row, '出願番号'), { office: 'JP', type: 'application' })
    setTitle(draft, 'ja', cell(row, '発明の名称'))
    const owners = cell(row, '出願人/権利者')
    addOwners(draft, owners, ownersOf(splitNames(owners.text, ',')))
    if (owners.text === '') draft.warnings.push(faults.holdersMissing(owners.column))
    addSymbols(draft, 'fi', cell(row, 'fi'))
    addDate(draft, 'filedOn', cell(row, '出願日'))
    addDate(draft, 'publishedOn', cell(row, '公知日'))
    const stage = cell(row, 'ステージ')
    const registered = /^(?:特許|実登|登録)/.test(cell(row, '登録番号').text)
    if (stage.text !== '') {
      const value = readJapaneseStage(stage.text, cell(row, 'イベント詳細').text)
      if (value === undefined) draft.warnings.push(faults.statusUnknown(stage.column, stage.text))
      else draft.status = { value }
    } else if (registered) draft.status = { value: 'granted' }
    return [draft]
  },
}
