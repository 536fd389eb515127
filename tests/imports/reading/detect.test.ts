import { describe, expect, test } from 'vitest'
import {
  type Detected,
  detect,
  headBytesMax,
  mappingThatFits,
  withMapping,
} from '../../../src/imports/reading/detect.ts'
import { type Mapping, mapping } from '../../../src/imports/reading/mapping.ts'
import { readChunk, startReading } from '../../../src/imports/reading/read.ts'
import type { Layout } from '../../../src/imports/reading/row.ts'
import { readFile, readWorkbook, shiftJis, utf8, workbook } from './made-files.ts'

const docket = [
  ['知的財産部 特許一覧', '', '', '', '', '', '', '', '', '', '', '', ''],
  [
    '整理番号',
    '発明の名称',
    '出願番号',
    '出願日',
    '公開番号',
    '登録番号',
    '登録日',
    '発明者',
    '出願人',
    '共同出願人',
    '国',
    '状況',
    '年金期限',
  ],
  [
    'K-001',
    '固体電解質',
    '2015-253876',
    'H27.12.25',
    '',
    '５９８５１２０',
    '平成28年8月12日',
    '宮下徳彦、井手仁彦',
    '京都大学',
    '三井金属鉱業株式会社（1/2）',
    '日本',
    '登録',
    '2026/8/12',
  ],
  [
    'K-002',
    '電池',
    '特願2020-123456',
    '令和2年7月20日',
    '特開2022-12345',
    '',
    '',
    '山田太郎',
    '京都大学',
    '－',
    'JP',
    '審査中',
    '',
  ],
  [
    'K-003',
    'Battery',
    '16/123,456',
    '2018/9/6',
    'US 2019/0123456 A1',
    '11,355,780',
    '2022.6.7',
    '山田太郎',
    '京都大学',
    '',
    '米国',
    '登録',
    '',
  ],
  ['K-004', '誤り', '2020-1', '2020/13/1', '', '', '', '', '', '', '日本', '何か', ''],
]
const csv = docket
  .map((cells) => cells.join(',').replace('11,355,780', '"11,355,780"').replace('16/123,456', '"16/123,456"'))
  .join('\r\n')

function needed(found: Detected) {
  if (found.kind !== 'needs_mapping') throw new Error(`${found.kind}: ${JSON.stringify(found)}`)
  return found
}

function asGuessed(found: Detected): Layout {
  const { layout, guess } = needed(found)
  const chosen = withMapping(layout, guess)
  if ('refusal' in chosen) throw new Error(chosen.refusal.code)
  return chosen.layout
}

const codeOf = (found: Detected) => (found.kind === 'refusal' ? found.refusal.code : found.kind)
const ofText = (text: string, complete = true) => detect(utf8(text), 'utf-8', { complete })

describe('a spreadsheet of nobody’s form', () => {
  test('gets a guess for every column from its header', () => {
    const found = needed(readFile(utf8(csv)).found)
    expect(found.layout.headerLine).toBe(2)
    expect(found.guess.columns.map(({ field }) => field)).toEqual([
      'reference',
      'title',
      'application_number',
      'filed_on',
      'publication_number',
      'grant_number',
      'granted_on',
      'inventors',
      'holders',
      'holders',
      'office',
      'status',
      'ignore',
    ])
    expect(found.guess.office).toBe('JP')
    expect(found.samples[0]?.[0]).toBe('K-001')
    expect(mapping.parse(found.guess)).toEqual(found.guess)
  })

  test.each([
    [
      'names under a common name',
      '整理番号,番号,,発明の名称,権利者,日付,\n,登録番号,出願番号,,,出願日,登録日\n',
      ['整理番号', '登録番号', '出願番号', '発明の名称', '権利者', '出願日', '登録日'],
      ['reference', 'grant_number', 'application_number', 'title', 'holders', 'filed_on', 'granted_on'],
    ],
    [
      'names that need the one above',
      '保有特許一覧\n整理番号,名称,出願,,登録,,出願人\n,,番号,日,番号,日,\n',
      ['整理番号', '名称', '出願番号', '出願日', '登録番号', '登録日', '出願人'],
      ['reference', 'title', 'application_number', 'filed_on', 'grant_number', 'granted_on', 'holders'],
    ],
  ])('whose header is two rows has both read as one: %s', (_, head, header, fields) => {
    const row = 'K-1,特許第6240000号,特願2015-254000,電池,京都大学,2015-12-10,2016-09-01\n'
    const found = needed(readFile(utf8(head + row.repeat(3))).found)
    expect(found.layout.header).toEqual(header)
    expect(found.layout.headerLine).toBe(head.split('\n').length - 1)
    expect(found.guess.columns.map(({ field }) => field)).toEqual(fields)
    expect(found.samples).toHaveLength(3)
  })

  test('keeps its first row of patents though that has no number in it', () => {
    const text = '登録番号,発明の名称,権利者,備考\n,番号,京都大学,日\n特許第6240000号,電池,京都大学,\n'
    const found = needed(readFile(utf8(text)).found)
    expect([found.layout.headerLine, found.layout.header]).toEqual([1, ['登録番号', '発明の名称', '権利者', '備考']])
  })

  test('in a workbook without a list is refused in the words of a workbook', async () => {
    const { refusal } = await readWorkbook(workbook([['特許一覧の説明'], ['このブックに一覧はありません']]))
    expect(refusal?.code).toBe('list_missing')
  })

  test('in English is guessed as well', () => {
    const text =
      'Docket No.\tTitle\tPatent No.\tSerial No.\tFiling Date\tIssue Date\tInventors\tAssignee\tStatus\nA1\tX\t7317210\t10/874,003\t06/16/2004\t01/08/2008\tA\tB\tIssued'
    const found = needed(readFile(utf8(text)).found)
    expect(found.guess.columns.map(({ field }) => field)).toEqual([
      'reference',
      'title',
      'grant_number',
      'application_number',
      'filed_on',
      'granted_on',
      'inventors',
      'holders',
      'status',
    ])
    expect(found.guess.office).toBe('US')
  })

  test('is guessed from its cells where the header says nothing', () => {
    const found = needed(readFile(utf8('A,B\nx,特許5985120\ny,特許5873533\n')).found)
    expect(found.guess.columns.map(({ field }) => field)).toEqual(['ignore', 'number'])
  })

  test.each(['UTF-8', 'Shift_JIS', 'xlsx'])('is read by the confirmed columns, in %s', async (form) => {
    const read =
      form === 'xlsx'
        ? await readWorkbook(workbook(docket), asGuessed)
        : readFile(form === 'UTF-8' ? utf8(csv) : (shiftJis(csv) ?? new Uint8Array()), 100, asGuessed)
    const [first, second, third, fourth] = read.rows
    expect(first?.patent).toMatchObject({
      reference: 'K-001',
      title: { ja: '固体電解質' },
      filedOn: '2015-12-25',
      grantedOn: '2016-08-12',
      holders: [{ names: ['京都大学'] }, { names: ['三井金属鉱業株式会社'] }],
      inventors: [{ name: '宮下徳彦' }, { name: '井手仁彦' }],
      status: { value: 'granted' },
    })
    expect(first?.patent?.numbers).toEqual([
      { written: '2015-253876', column: '出願番号', office: 'JP', type: 'application' },
      { written: '５９８５１２０', column: '登録番号', office: 'JP', type: 'grant' },
    ])
    expect(second?.patent).toMatchObject({
      filedOn: '2020-07-20',
      status: { value: 'pending' },
      holders: [{ names: ['京都大学'] }],
    })
    expect(third?.patent?.numbers.map(({ written, office }) => [written, office])).toEqual([
      ['16/123,456', 'US'],
      ['US 2019/0123456 A1', 'US'],
      ['11,355,780', 'US'],
    ])
    expect(third?.patent?.title).toEqual({ en: 'Battery' })
    expect(fourth?.faults).toMatchObject([{ code: 'date_impossible', column: '出願日' }])
    expect(fourth?.warnings).toMatchObject([{ code: 'status_unknown', column: '状況' }])
    expect(fourth?.line).toBe(6)
  })

  test('has dates like 03/04/2021 read only in an order that was chosen', () => {
    const text = '登録番号,出願日\n5985120,03/04/2021\n'
    const rows = (order?: 'mdy' | 'dmy') =>
      readFile(utf8(text), 100, (found) => {
        const { layout, guess } = needed(found)
        const chosen = withMapping(layout, order === undefined ? guess : { ...guess, dateOrder: order })
        return 'layout' in chosen ? chosen.layout : undefined
      }).rows
    expect(rows()[0]?.faults.map(({ code }) => code)).toEqual(['date_order_unknown'])
    expect(rows('mdy')[0]?.patent?.filedOn).toBe('2021-03-04')
    expect(rows('dmy')[0]?.patent?.filedOn).toBe('2021-04-03')
  })

  test('with a separator of its own has its names split there and nowhere else', () => {
    const read = readFile(utf8('登録番号;出願人\n5985120;アライバル、リミテッド/京都大学\n'), 100, (found) => {
      const { layout, guess } = needed(found)
      const chosen = withMapping(layout, { ...guess, separator: '/' })
      return 'layout' in chosen ? chosen.layout : undefined
    })
    expect(read.rows[0]?.patent?.holders).toEqual([{ names: ['アライバル、リミテッド'] }, { names: ['京都大学'] }])
  })
})

describe('a kept mapping', () => {
  const kept: Mapping = {
    columns: [
      { header: '登録番号', field: 'grant_number' },
      { header: '発明の名称', field: 'title' },
      { header: '備考', field: 'ignore' },
    ],
    office: 'JP',
  }

  test('fits columns in another order, and with columns that say nothing of a patent', () => {
    expect(mappingThatFits(['発明の名称', 'メモ', '登録番号'], [kept])?.columns.map(({ field }) => field)).toEqual([
      'title',
      'ignore',
      'grant_number',
    ])
  })

  test('does not fit when a used column is gone or a new one may matter', () => {
    expect(mappingThatFits(['発明の名称', '備考'], [kept])).toBeUndefined()
    expect(mappingThatFits(['発明の名称', '登録番号', '共同出願人'], [kept])).toBeUndefined()
  })

  test('without a column of numbers is refused', () => {
    const { layout, guess } = needed(readFile(utf8('発明の名称,登録番号\na,5985120\n')).found)
    const without = { ...guess, columns: guess.columns.map((column) => ({ ...column, field: 'ignore' as const })) }
    expect(withMapping(layout, without)).toMatchObject({ refusal: { code: 'mapping_without_numbers' } })
    expect(withMapping({ ...layout, header: ['発明の名称'] }, kept)).toMatchObject({
      refusal: { code: 'mapping_does_not_fit' },
    })
  })
})

describe('files that are no list', () => {
  test.each([
    ['nothing but spaces', ' \n \n', 'header_missing'],
    ['a web page', '<!DOCTYPE html><html><table>', 'file_is_web_page'],
    ['a table as XML', '<?xml version="1.0"?><Workbook/>', 'file_is_web_page'],
    ['other JSON', '{"a":1}', 'json_unknown'],
    ['a separator that is none', 'id|title|owner\n1|a|b\n2|c|d\n', 'separator_unknown'],
    ['prose', 'Dear colleague\nplease find attached\n', 'separator_unknown'],
    ['an open quote', '"a,b\n1,2\n', 'quote_open'],
    ['5,000 columns', `${'a,'.repeat(5000)}b\n${'1,'.repeat(5000)}2\n`, 'columns_too_many'],
  ])('%s is refused', (_, text, code) => {
    expect(codeOf(ofText(text))).toBe(code)
  })

  test('one line without end is refused from its beginning, and when it comes later', () => {
    expect(codeOf(ofText('x'.repeat(headBytesMax), false))).toBe('record_too_long')
    expect(codeOf(ofText('x,'.repeat(headBytesMax / 2), false))).toBe('record_too_long')
    const head = 'numbers,title_ja,filed_on\n特許5985120,a,\n'
    const found = ofText(head)
    if (found.kind !== 'layout') throw new Error(found.kind)
    const piece = utf8('y'.repeat(headBytesMax))
    let state = readChunk(startReading(found.layout), utf8(head), false).state
    let refusal: string | undefined
    // 1 GB is 4,096 of these: it must not come to that.
    for (let count = 0; count < 4096 && refusal === undefined; count += 1) {
      const step = readChunk(state, piece, false)
      expect(JSON.stringify(step.state).length).toBeLessThan(2 * headBytesMax)
      state = step.state
      refusal = step.refusal?.code
      expect(count).toBeLessThan(3)
    }
    expect(refusal).toBe('record_too_long')
  })

  test('rows of 5,000 cells under a good header are refused row by row', () => {
    const { rows } = readFile(utf8(`numbers,title_ja,filed_on\n${'1,'.repeat(5000)}\n特許5985120,a,\n`))
    expect(rows.map(({ faults }) => faults.map(({ code }) => code))).toEqual([['columns_shifted'], []])
    expect(rows[0]?.cells.length).toBeLessThanOrEqual(500)
  })

  test('hostile cells take time in proportion to their length', () => {
    const cells = [
      ' '.repeat(100_000),
      '"'.repeat(100_000),
      ', '.repeat(50_000),
      '('.repeat(100_000),
      '特'.repeat(80_000),
      '1/'.repeat(50_000),
      'H'.repeat(100_000),
    ]
    const header = 'id,title,assignee,inventor/author,priority date,filing/creation date,publication date,grant date'
    const start = performance.now()
    for (const cell of cells) {
      const quoted = `"${cell.replaceAll('"', '""')}"`
      const columns = header.split(',').map((_, at) => `JP-5985120-B1,${','.repeat(at)}${quoted}`)
      readFile(utf8(`${header}\n${columns.join('\n')}\n`))
      readFile(
        utf8(`文献番号,出願番号,出願人/権利者,FI,発明の名称,出願日\n特許5985120,${quoted},${quoted},${quoted}\n`),
      )
    }
    expect(performance.now() - start).toBeLessThan(20_000)
  })
})
