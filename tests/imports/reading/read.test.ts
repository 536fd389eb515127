import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detect } from '../../../src/imports/reading/detect.ts'
import { ownCells, ownColumns } from '../../../src/imports/reading/formats/own.ts'
import type { FormatId, Layout, ReadPatent, ReadRow } from '../../../src/imports/reading/row.ts'
import {
  cellsOf,
  extract,
  extracts,
  readFile,
  readRows,
  readWorkbook,
  shiftJis,
  utf8,
  utf16,
  workbook,
} from './made-files.ts'

function find(rows: readonly ReadRow[], written: string): ReadRow | undefined {
  return rows.find(({ cells }) => cells.includes(written))
}

function patent(rows: readonly ReadRow[], written: string): ReadPatent {
  const found = find(rows, written)?.patent
  if (found === undefined) throw new Error(`${written} was not read: ${JSON.stringify(find(rows, written)?.faults)}`)
  return found
}

const written = (one: ReadPatent) => one.numbers.map((number) => number.written)
const codes = (row: ReadRow | undefined) => row?.faults.map(({ code }) => code)

describe('extracts of real exports', () => {
  test.each<[string, FormatId, number, number]>([
    [extracts.jPlatPat14, 'j_platpat', 14, 0],
    [extracts.jPlatPat15, 'j_platpat', 14, 0],
    [extracts.jPlatPat16, 'j_platpat', 16, 0],
    [extracts.google, 'google_patents', 18, 0],
    [extracts.lens, 'lens', 18, 0],
    [extracts.nasa, 'nasa', 14, 2],
    [extracts.numbers, 'numbers', 12, 0],
  ])('%s is told by its columns as %s, %i rows of which %i are refused', (name, format, rows, refused) => {
    const read = readFile(extract(name))
    expect(read.found).toMatchObject({ kind: 'layout', layout: { format } })
    expect(read.refusal).toBeUndefined()
    expect(read.rows).toHaveLength(rows)
    expect(read.rows.filter(({ faults }) => faults.length > 0)).toHaveLength(refused)
    for (const row of read.rows) expect(row.patent === undefined).toBe(row.faults.length > 0)
  })

  test.each(Object.values(extracts))('%s is read alike however it is cut', (name) => {
    const bytes = extract(name)
    const found = detect(bytes, 'utf-8', { complete: true })
    if (found.kind !== 'layout') throw new Error(found.kind)
    const { layout } = found
    const whole = readRows(layout, [bytes])
    const cuts = fc.array(fc.nat(bytes.length), { maxLength: 20 })
    fc.assert(
      fc.property(cuts, (places) => {
        const ends = [0, ...places.sort((one, other) => one - other), bytes.length]
        const pieces = ends.slice(1).map((to, at) => bytes.subarray(ends[at], to))
        expect(readRows(layout, pieces)).toEqual(whole)
      }),
      { numRuns: 25 },
    )
    const single = Array.from(bytes, (_, at) => bytes.subarray(at, at + 1))
    expect(readRows(layout, single)).toEqual(whole)
  })

  test.each(Object.values(extracts))('%s says the same in Shift_JIS, UTF-16 and as a workbook', async (name) => {
    const text = new TextDecoder().decode(extract(name))
    const lines = cellsOf(text)
    const facts = ({ rows }: { rows: readonly ReadRow[] }) =>
      rows.map(({ patent, faults, cells }) => ({ patent, faults, cells }))
    const expected = facts(readFile(extract(name)))
    expect(facts(readFile(utf16(text.replace('\ufeff', ''), 'le', true)))).toEqual(expected)
    for (const strings of ['shared', 'inline'] as const) {
      const { rows, found } = await readWorkbook(workbook(lines, { strings }))
      expect(found.kind).toBe('layout')
      expect(rows.map(({ patent, faults }) => ({ patent, faults }))).toEqual(
        expected.map(({ patent, faults }) => ({ patent, faults })),
      )
    }
    // Of Chinese, Korean and accented names Shift_JIS has not every character: the rows that it can hold.
    const kept = lines.filter((cells) => shiftJis(cells.join('')) !== undefined)
    const japanese = kept.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')
    const read = readFile(shiftJis(japanese) ?? new Uint8Array())
    expect(read.rows.length).toBeGreaterThan(lines.length / 3)
    expect(facts(read)).toEqual(facts(readFile(utf8(japanese))))
  })
})

describe('J-PlatPat', () => {
  const { rows } = readFile(extract(extracts.jPlatPat16))
  const old = readFile(extract(extracts.jPlatPat14)).rows

  test('gives every number of the right, but not that of the international publication', () => {
    const republished = old.find(({ cells }) => cells[0]?.startsWith('再表'))
    expect(republished?.cells.some((cell) => cell.startsWith('WO'))).toBe(true)
    expect(republished?.patent?.numbers.some((number) => number.written.startsWith('WO'))).toBe(false)
    expect(republished?.patent?.numbers.length).toBeGreaterThanOrEqual(2)
  })

  test('keeps commas within a symbol, and takes the marks out of names', () => {
    const symbols = [...rows, ...old].flatMap((row) => row.patent?.classes.fi ?? [])
    expect(symbols.some((symbol) => /^[A-H]\d\d[A-Z]\d+\/\d+,\d{3}/.test(symbol))).toBe(true)
    expect(symbols.every((symbol) => /^[A-H]\d\d[A-Z]\d+[/:]\d+(?:,\d{3})?(?:@[A-Z])?$/.test(symbol))).toBe(true)
    const names = rows.flatMap((row) => row.patent?.holders.flatMap((holder) => holder.names) ?? [])
    expect(names).toContain('霊智信息服務（深セン）有限公司')
    expect(names.join()).not.toMatch(/[▲▼]/)
  })

  test('tells owners apart by the comma', () => {
    const four = rows.find((row) => row.cells[5]?.startsWith('霊智信息服務'))
    expect(four?.patent?.holders).toHaveLength(4)
  })

  test('says how the right stands in the words of the file', () => {
    const status = (stage: string, event: string) =>
      rows.find(({ cells }) => cells.includes(stage) && cells.includes(event))?.patent?.status?.value
    expect(status('特許 消滅', '年金不納による特許権の消滅')).toBe('lapsed')
    expect(status('特許 消滅', '存続期間満了による特許権の消滅')).toBe('expired')
    expect(status('（出願の）却下・拒絶', '出願のみなし取下げ')).toBe('withdrawn')
    expect(status('（出願の）却下・拒絶', '出願の拒絶・却下')).toBe('refused')
    expect(status('審査請求前', '公開公報の発行')).toBe('pending')
  })

  test('dates, title and application of one row are as printed', () => {
    expect(patent(old, '特開2014-240260')).toMatchObject({
      title: { ja: '操舵補助表示装置' },
      filedOn: '2013-06-12',
      publishedOn: '2014-12-25',
      holders: [{ names: ['トヨタ自動車株式会社'] }],
      inventors: [],
    })
    expect(written(patent(old, '特開2014-240260'))).toEqual(['特開2014-240260', '特許5786899', '特願2013-124136'])
  })
})

describe('Google Patents', () => {
  const { rows } = readFile(extract(extracts.google))

  test('takes the native and the romanised name for one owner and one inventor', () => {
    const read = patent(rows, 'JP-2023152966-A')
    expect(read.holders).toEqual([
      { names: ['出光興産株式会社', 'Idemitsu Kosan Co Ltd'] },
      { names: ['国立大学法人千葉大学', 'Univ Chiba Nat Univ Corp'] },
    ])
    expect(read.inventors).toEqual([
      { name: '宇都野 太', romanised: 'Futoshi Utsuno' },
      { name: '大窪 貴洋', romanised: 'Takahiro Okubo' },
    ])
  })

  test('keeps legal forms with their names', () => {
    expect(patent(rows, 'US-10020535-B2').holders).toEqual([
      { names: ['Idemitsu Kosan Co., Ltd.'] },
      { names: ['Toyota Jidosha Kabushiki Kaisha'] },
    ])
  })

  test('leaves out an inventor whose name is broken in the file, and says so', () => {
    const row = find(rows, 'CN-111009683-B')
    expect(row?.warnings.map(({ code }) => code)).toEqual(['broken_names'])
    expect(row?.patent?.inventors).toHaveLength(4)
  })

  test('leaves open whose name is whose when form does not say', () => {
    expect(patent(rows, 'JP-6968563-B2').unpairedHolders?.length).toBeGreaterThan(1)
    expect(patent(rows, 'JP-6968563-B2').holders).toEqual([])
  })

  test('says granted only where there is a date of grant, and published only of a first publication', () => {
    expect(patent(rows, 'JP-5985120-B1')).toMatchObject({
      status: { value: 'granted', on: '2016-09-06' },
      grantedOn: '2016-09-06',
      publishedOn: '2016-09-06',
    })
    expect(patent(rows, 'EP-1921698-A2').status).toBeUndefined()
    expect(patent(rows, 'US-10020535-B2').publishedOn).toBeUndefined()
    expect(patent(rows, 'JP-2023152966-A').publishedOn).toBe('2023-10-17')
  })
})

describe('Lens', () => {
  const { rows } = readFile(extract(extracts.lens))

  test('splits values at ;; and reads both classifications', () => {
    const read = patent(rows, 'US 4762104 A')
    expect(read.inventors.map(({ name }) => name)).toContain('XIUJING SHANG')
    expect(read.inventors).toHaveLength(5)
    expect(read.classes.ipc).toEqual(['F02B1/04', 'F02B19/12', 'F02B23/08'])
    expect(read.status).toEqual({ value: 'granted', on: '1988-08-09' })
  })

  test('of later years is read by the new names of its columns, with its legal status', () => {
    const header =
      '#,Jurisdiction,Kind,Display Key,Lens ID,Publication Date,Application Number,Application Date,Earliest Priority Date,Title,Abstract,Applicants,Inventors,Owners,Document Type,CPC Classifications,IPCR Classifications,Legal Status'
    const row = (type: string, owner: string, status: string) =>
      `1,US,B1,US 7650331 B1,000-000-000-000-000,2010-01-19,US 87128604 A,2004-06-18,2004-06-18,System,x,,DEAN JEFFREY;;GHEMAWAT SANJAY,${owner},${type},G06F9/5066,G06F9/46,${status}`
    const file = [
      header,
      row('Granted Patent', 'GOOGLE LLC (2017-09-29)', 'Active'),
      row('Granted Patent', 'GOOGLE LLC (2017-09-29)', 'Discontinued'),
      row('Patent Application', '', 'Discontinued'),
      row('Patent Application', '', 'Odd'),
    ].join('\n')
    const read = readFile(utf8(file)).rows
    expect(read.map((one) => one.patent?.status?.value)).toEqual(['granted', 'lapsed', 'withdrawn', undefined])
    expect(read[0]?.patent?.holders).toEqual([{ names: ['GOOGLE LLC'] }])
    expect(read[2]?.warnings.map(({ code }) => code)).toEqual(['holders_missing'])
  })
})

describe('the NASA portfolio', () => {
  const { rows } = readFile(extract(extracts.nasa))

  test('reads 0 as not granted, and months first', () => {
    expect(patent(rows, 'KSC-12871').numbers).toEqual([
      { written: '13/033,085', column: 'Application SN', office: 'US', type: 'application' },
    ])
    expect(patent(rows, 'ARC-14048-1')).toMatchObject({
      expiresOn: '2015-10-03',
      reference: 'ARC-14048-1',
      status: { value: 'granted' },
    })
  })

  test('refuses a row without any number in the officer’s words, with line and column', () => {
    const row = find(rows, 'KSC-12236-2-PCT')
    expect(codes(row)).toEqual(['number_unreadable'])
    expect(row?.faults[0]?.column).toBe('Application SN')
    expect(row?.faults[0]?.text.ja).toContain('「/0」')
    expect(codes(find(rows, 'LEW-18693-1'))).toEqual(['number_missing'])
    expect(row?.line).toBeGreaterThan(1)
  })

  test('reads on without a status or a second number that nobody knows, and warns', () => {
    expect(find(rows, 'MSC-24745-1')?.warnings.map(({ code }) => code)).toEqual(['status_unknown'])
    expect(find(rows, '12/45,970')?.warnings.map(({ code }) => code)).toEqual(['number_left_out'])
  })
})

describe('a list of numbers', () => {
  test('is read with United States numbers under patent_id', () => {
    const { rows } = readFile(extract(extracts.numbers))
    expect(rows[0]?.patent?.numbers).toEqual([{ written: '9711743', column: 'patent_id', office: 'US', type: 'grant' }])
  })

  test('needs no header when the numbers speak for themselves', () => {
    const { rows, found } = readFile(utf8('特許第5985120号\nUS 10,020,535 B2\r\nEP1921698A2'))
    expect(found).toMatchObject({ kind: 'layout', layout: { format: 'numbers', headerLine: 0 } })
    expect(rows.map((row) => row.patent?.numbers[0]?.written)).toEqual([
      '特許第5985120号',
      'US 10,020,535 B2',
      'EP1921698A2',
    ])
  })
})

describe('Espacenet', () => {
  const file = [
    'Espacenet;;;',
    'Query;"ta all ""battery"""',
    'Language;en',
    'Results;2',
    'Filters;',
    'Sort;priority',
    'Date;2026-11-01',
    '"No";"Title";"Inventors";"Applicants";"Publication number";"Earliest priority";"IPC";"CPC";"Publication date";"Earliest publication";"Family number";',
    '"1";"Sulfide solid electrolyte";"MIYASHITA NORIHIKO [JP]\nIDE HITOHIKO [JP]";"MITSUI MINING & SMELTING CO [JP]\nTOYOTA MOTOR CO LTD [JP]";"JP2016139482A\nJP5985120B2";"2014-12-26";"H01M10/0562\nH01B1/06";"H01M10/0562 (EP,US)";"2016-08-04\n2016-09-06";"2016-08-04";"056150386";',
    '"2";"Family";"DOE JANE [US]";"ACME INC [US]";"US2018069262A1\nEP3293807A1";"2015-05-15";"H01M4/62";"";"2018-03-08\n2018-03-14";"2018-03-08";"57248999";',
  ].join('\n')
  const { rows, found } = readFile(utf8(file))

  test('is found after the lines about the search', () => {
    expect(found).toMatchObject({ kind: 'layout', layout: { format: 'espacenet', separator: ';', headerLine: 8 } })
  })

  test('has one value a line, names without their country, symbols without who gave them', () => {
    expect(rows[0]?.patent).toMatchObject({
      holders: [{ names: ['MITSUI MINING & SMELTING CO'] }, { names: ['TOYOTA MOTOR CO LTD'] }],
      inventors: [{ name: 'MIYASHITA NORIHIKO' }, { name: 'IDE HITOHIKO' }],
      classes: { ipc: ['H01M10/0562', 'H01B1/06'], cpc: ['H01M10/0562'] },
      priorityOn: '2014-12-26',
      family: '056150386',
    })
    expect(rows[0]?.patent && written(rows[0].patent)).toEqual(['JP2016139482A', 'JP5985120B2'])
    expect(rows[0]?.patent?.publishedOn).toBeUndefined()
  })

  test('gives a right for each office of a family, and says so', () => {
    const family = rows.slice(1)
    expect(family.map((row) => row.patent && written(row.patent))).toEqual([['US2018069262A1'], ['EP3293807A1']])
    for (const row of family) expect(row.warnings.map(({ code }) => code)).toEqual(['several_rights'])
    expect(new Set(family.map((row) => row.line)).size).toBe(1)
  })
})

test('PATENTSCOPE is read by its columns, day first', () => {
  const file = [
    'Application Id,Application Number,Application Date,Country,Title,I P C,Applicants,Inventors',
    'WO2022210482,PCT/JP2022/014939,28.03.2022,WO,LITHIUM ION CONDUCTOR,H01M 10/0562; H01B 1/06,"NGK INSULATORS, LTD.; NATIONAL UNIVERSITY CORPORATION NAGOYA INSTITUTE OF TECHNOLOGY",SATO Yosuke; YAGI En',
  ].join('\n')
  const { rows, found } = readFile(utf8(file))
  expect(found).toMatchObject({ layout: { format: 'patentscope' } })
  expect(rows[0]?.patent).toMatchObject({
    filedOn: '2022-03-28',
    holders: [
      { names: ['NGK INSULATORS, LTD.'] },
      { names: ['NATIONAL UNIVERSITY CORPORATION NAGOYA INSTITUTE OF TECHNOLOGY'] },
    ],
    inventors: [{ name: 'SATO Yosuke' }, { name: 'YAGI En' }],
    classes: { ipc: ['H01M10/0562', 'H01B1/06'] },
  })
  expect(rows[0]?.patent && written(rows[0].patent)).toEqual(['WO2022210482', 'PCT/JP2022/014939'])
})

describe('researchmap', () => {
  const right = {
    '@id': 'https://api.researchmap.jp/x/industrial_property_rights/1',
    industrial_property_right_type: 'patent_right',
    industrial_property_right_title: { ja: '固体電解質', en: 'Solid electrolyte' },
    inventors: {
      ja: [{ name: '宇都野 太' }, { name: '大窪 貴洋' }],
      en: [{ name: 'Futoshi Utsuno' }, { name: 'Takahiro Okubo' }],
    },
    application_number: '特願 2022-063093',
    application_date: '2022-04-05',
    patent_announcement_number: '特開 2023-152966',
    patent_announcement_date: '2023-10-17',
    applicants: [
      { 'rm:institution_code': '0123456789', applicant: { ja: '出光興産株式会社', en: 'Idemitsu Kosan Co.,Ltd.' } },
    ],
    right_holder: { ja: '国立大学法人千葉大学', en: 'Chiba University' },
    identifiers: { j_global_id: ['202303012345678901'] },
  }
  const expected = {
    title: { ja: '固体電解質', en: 'Solid electrolyte' },
    filedOn: '2022-04-05',
    publishedOn: '2023-10-17',
    holders: [{ names: ['国立大学法人千葉大学', 'Chiba University'] }],
    inventors: [
      { name: '宇都野 太', romanised: 'Futoshi Utsuno' },
      { name: '大窪 貴洋', romanised: 'Takahiro Okubo' },
    ],
  }

  test.each([
    ['an object with items', JSON.stringify({ '@context': [{ rm: 'x' }], total_items: 1, items: [right] })],
    ['an array', JSON.stringify([right], null, 2)],
    ['one a line', `${JSON.stringify(right)}\n`],
    ['a bulk file', `${JSON.stringify({ insert: { type: 'industrial_property_rights' }, similar_merge: right })}\n`],
  ])('in %s is read with its misleading names', (_, text) => {
    const { rows, found } = readFile(utf8(text), 50)
    expect(found).toMatchObject({ kind: 'layout', layout: { format: 'researchmap', header: ownColumns } })
    expect(rows).toHaveLength(1)
    expect(rows[0]?.patent).toMatchObject(expected)
    expect(rows[0]?.patent && written(rows[0].patent)).toEqual(['特開2023-152966', '特願2022-063093'])
  })

  test('refuses designs and trade marks', () => {
    const design = { ...right, industrial_property_right_type: 'design_right' }
    expect(codes(readFile(utf8(JSON.stringify([design]))).rows[0])).toEqual(['not_a_patent'])
  })

  test('keeps the applicants where there is no holder yet', () => {
    const { right_holder: _, ...applied } = right
    const [row] = readFile(utf8(JSON.stringify([applied]))).rows
    expect(row?.patent?.holders).toEqual([{ names: ['出光興産株式会社', 'Idemitsu Kosan Co.,Ltd.'] }])
  })

  test('names the member that has the wrong form', () => {
    const [row] = readFile(utf8(JSON.stringify([{ ...right, application_number: 5 }]))).rows
    expect(row?.faults).toMatchObject([{ code: 'member_unreadable', column: 'application_number' }])
  })
})

describe('our own forms', () => {
  const line = {
    numbers: ['特許第5985120号', 'JP5985120B1'],
    title: { ja: '固体電解質', en: 'Solid electrolyte' },
    holders: [
      { organisation: 'https://ror.org/02kpeqv85' },
      { name: { ja: '三井金属鉱業株式会社', en: 'Mitsui Mining & Smelting Co., Ltd.' } },
    ],
    inventors: [{ name: '宮下 徳彦', romanised: 'Norihiko Miyashita' }],
    classes: { ipc: ['H01M10/0562'], cpc: [], fi: ['H02J3/00,170@A'] },
    filedOn: '2015-12-25',
    status: { value: 'granted', on: '2016-09-06', source: 'J-PlatPat', seenOn: '2026-11-01' },
    expires: { on: '2035-12-25', source: 'J-PlatPat', seenOn: '2026-11-01' },
    reference: 'K-1',
  }
  const expected = {
    title: line.title,
    holders: [
      { names: ['https://ror.org/02kpeqv85'] },
      { names: ['三井金属鉱業株式会社', 'Mitsui Mining & Smelting Co., Ltd.'] },
    ],
    inventors: line.inventors,
    classes: line.classes,
    filedOn: '2015-12-25',
    expiresOn: '2035-12-25',
    status: { value: 'granted', on: '2016-09-06' },
    reference: 'K-1',
  }

  test('NDJSON is read line by line, a broken line refuses its row alone', () => {
    const text = `${JSON.stringify(line)}\n{"numbers":["特許第1号",}\n${JSON.stringify({ numbers: ['特許5873533'], colour: 1 })}\n`
    const { rows } = readFile(utf8(text), 100)
    expect(rows[0]?.patent).toMatchObject(expected)
    expect(rows.map(({ line: at }) => at)).toEqual([1, 2, 3])
    expect(codes(rows[1])).toContain('json_unreadable')
    expect(rows[2]?.warnings).toMatchObject([{ code: 'member_unknown', column: 'colour' }])
  })

  test('CSV says the same, and what is downloaded from another form reads alike', () => {
    const [row] = readFile(utf8(JSON.stringify(line))).rows
    const csv = [ownColumns, row?.cells ?? []].map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\r\n')
    const read = readFile(utf8(csv))
    expect(read.found).toMatchObject({ layout: { format: 'own_csv' } })
    expect(read.rows[0]?.patent).toMatchObject(expected)
    expect(read.rows[0]?.cells).toEqual(ownCells(read.rows[0]?.patent ?? {}))
  })

  test('a column of reasons, and the apostrophe of a download, do not disturb', () => {
    const csv = `"numbers","title_en","holders","理由"\r\n"JP5985120B1","'-electrolyte","'=A","何か"`
    const [row] = readFile(utf8(csv)).rows
    expect(row?.patent).toMatchObject({ title: { en: '-electrolyte' }, holders: [{ names: ['=A'] }] })
  })
})

describe('a row', () => {
  const layout: Layout = {
    format: 'own_csv',
    shape: 'delimited',
    encoding: 'utf-8',
    separator: ',',
    header: ['numbers', 'title_ja', 'filed_on'],
    headerLine: 1,
  }
  const read = (row: string) => readRows(layout, [utf8(`numbers,title_ja,filed_on\n${row}\n`)]).rows[0]

  test('with more cells than the header is refused, with fewer it is read with a warning', () => {
    expect(codes(read('特許5985120,a,2015-12-25,x'))).toEqual(['columns_shifted'])
    expect(codes(read('特許5985120,a,2015-12-25,'))).toEqual([])
    expect(read('特許5985120,a')?.warnings.map(({ code }) => code)).toEqual(['columns_missing'])
  })

  test('with an impossible date or broken characters is refused, naming the column', () => {
    expect(read('特許5985120,a,2015-02-30')?.faults).toMatchObject([{ code: 'date_impossible', column: 'filed_on' }])
    expect(read('特許5985120,a\ufffd,2015-02-20')?.faults).toMatchObject([
      { code: 'broken_characters', column: 'title_ja' },
    ])
    expect(codes(read('特許5985\ufffd,a,2015-02-20'))).toEqual(['broken_characters'])
  })

  test('over the limits of a record is refused in words', () => {
    expect(codes(read(`特許5985120,${'a'.repeat(1001)},`))).toEqual(['cell_too_long'])
    expect(codes(read(`${Array.from({ length: 21 }, (_, at) => `特許${5_000_000 + at}`).join(';')},a,`))).toEqual([
      'numbers_too_many',
    ])
  })

  test('that repeats the header, as in downloads put together, is passed over', () => {
    const twice = `${'numbers,title_ja,filed_on\r\n特許5985120,a,\r\n'.repeat(2)}`
    expect(readFile(utf8(`\ufeff${twice}`)).rows.map(({ line }) => line)).toEqual([2, 4])
    expect(readFile(utf8(twice.replaceAll('numbers', '\ufeffnumbers'))).rows).toHaveLength(2)
  })

  test('has its words in both languages', () => {
    for (const fault of read('特許5985120,a,2015-02-30')?.faults ?? []) {
      expect(fault.text.ja).toMatch(/[ぁ-ん]/)
      expect(fault.text.en).toMatch(/[a-z]/)
    }
  })
})
