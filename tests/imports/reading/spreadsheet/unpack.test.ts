import { deflateRawSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { encodeSheetRows, type SheetRow, sheetCells } from '../../../../src/imports/reading/sheet-rows.ts'
import { unpackSpreadsheet } from '../../../../src/imports/reading/spreadsheet/unpack.ts'
import { stream, workbook } from '../made-files.ts'

async function unpack(bytes: Uint8Array, sheet?: string) {
  const rows: SheetRow[] = []
  const batches: number[] = []
  const result = await unpackSpreadsheet(
    stream(bytes),
    async (batch) => {
      batches.push(batch.length)
      rows.push(...batch)
    },
    sheet === undefined ? {} : { sheet },
  )
  return { result, rows, batches }
}

const codeOf = async (bytes: Uint8Array) => {
  const { result } = await unpack(bytes)
  return 'refusal' in result ? result.refusal.code : 'read'
}

const sheet = (rows: string, options: Parameters<typeof workbook>[1] = {}) =>
  workbook([], { ...options, sheets: { Sheet1: rows } })

describe('a workbook', () => {
  test.each(['shared', 'inline'] as const)(
    'gives its texts, %s, without readings, in their places',
    async (strings) => {
      const table = [['番号', '', 'a & <b>'], [], ['特許5985120', 'two\nlines', ' x ']]
      const { rows, result } = await unpack(workbook(table, { strings }))
      expect(rows).toEqual([
        { line: 1, cells: ['番号', '', 'a & <b>'] },
        { line: 3, cells: ['特許5985120', 'two\nlines', ' x '] },
      ])
      expect(result).toEqual({ sheet: 'Sheet1', sheets: ['Sheet1'], rows: 2 })
    },
  )

  test('gives dates by their style, other numbers as stored, booleans and no errors', async () => {
    const cells =
      '<c r="A1" s="1"><v>45189</v></c><c r="B1" s="2"><v>45189.75</v></c><c r="C1" s="3"><v>1.2E3</v></c><c r="D1"><v>5985120</v></c><c r="E1"><v>5985120.0000000001</v></c><c r="F1" t="b"><v>1</v></c><c r="G1" t="e"><v>#N/A</v></c><c r="H1" t="d"><v>2023-09-20T00:00:00</v></c><c r="I1" t="str"><v>a_x000D_b</v></c>'
    const { rows } = await unpack(sheet(`<row r="1">${cells}</row>`))
    expect(rows[0]?.cells).toEqual([
      '2023-09-20',
      '2023-09-20',
      '1200',
      '5985120',
      '5985120',
      'TRUE',
      '',
      '2023-09-20',
      'a\rb',
    ])
  })

  test('may count its days from 1904, and then says so of numbers without a style', async () => {
    const { rows } = await unpack(
      sheet('<row r="1"><c r="A1" s="1"><v>43727</v></c><c r="B1"><v>43727</v></c></row>', { date1904: true }),
    )
    expect(rows).toEqual([{ line: 1, cells: ['2023-09-20', '43727'], days: 1904 }])
  })

  test('has its formulas never evaluated: the kept value counts, without one the cell is empty and named', async () => {
    const { rows } = await unpack(
      sheet(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>HYPERLINK("http://x")</f></c><c r="C1" t="str"><f>""</f><v></v></c><c r="D1" t="str"><f>A1</f><v>x</v></c></row>',
      ),
    )
    expect(rows).toEqual([{ line: 1, cells: ['2', '', '', 'x'], unfilled: [1] }])
  })

  test('needs no references on rows and cells', async () => {
    const { rows } = await unpack(
      sheet('<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c/><c><v>3</v></c></row>'),
    )
    expect(rows).toEqual([
      { line: 1, cells: ['1', '2'] },
      { line: 3, cells: ['', '3'] },
    ])
  })

  test('is read from its first sheet with data, or the named one', async () => {
    const row = (text: string) => `<row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row>`
    const bytes = workbook([], { sheets: { Cover: '', 一覧: row('first'), Old: row('second') } })
    expect((await unpack(bytes)).result).toEqual({ sheet: '一覧', sheets: ['Cover', '一覧', 'Old'], rows: 1 })
    expect((await unpack(bytes, 'Old')).rows[0]?.cells).toEqual(['second'])
    expect(await codeOf(workbook([], { sheets: { Cover: '' } }))).toBe('sheet_missing')
  })

  describe('of several sheets', () => {
    const line = (...texts: string[]) =>
      `<row>${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`
    const list = line('登録番号', '発明の名称') + line('特許第6200001号', '電池')

    test('has its list read though a cover and notes come first', async () => {
      const sheets = { 表紙: line('特許一覧の説明'), 凡例: line('色', '意味') + line('赤', '消滅'), 一覧: list }
      const { result, rows } = await unpack(workbook([], { sheets }))
      expect(result).toEqual({ sheet: '一覧', sheets: ['表紙', '凡例', '一覧'], rows: 2 })
      expect(rows[1]?.cells).toEqual(['特許第6200001号', '電池'])
    })

    test('names the lists that are not read', async () => {
      const { result } = await unpack(workbook([], { sheets: { 国内: list, メモ: line('x'), 国外: list } }))
      expect(result).toMatchObject({ sheet: '国内', others: ['国外'] })
    })

    test('is read as before where another sheet cannot be, or is too wide to be a list of patents', async () => {
      const wide = line(...Array.from({ length: 600 }, (_, i) => `c${i}`))
      const { result } = await unpack(workbook([], { sheets: { 一覧: list, 広い: wide, 壊れた: '<row><c' } }))
      expect(result).toEqual({ sheet: '一覧', sheets: ['一覧', '広い', '壊れた'], rows: 2 })
    })

    test('is looked at for no longer than the first rows of each', async () => {
      const long = line('x', 'y').repeat(100_000)
      const many = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`S${i}`, long]))
      const [few, all] = [workbook([], { sheets: { S: long } }), workbook([], { sheets: { ...many, 一覧: list } })]
      const timed = async (bytes: Uint8Array) => {
        const started = performance.now()
        await unpack(bytes)
        return performance.now() - started
      }
      expect((await unpack(all)).result).toMatchObject({ sheet: '一覧' })
      // One of the long sheets read whole takes longer than the beginnings of all.
      expect(await timed(all)).toBeLessThan(await timed(few))
    })
  })

  test('comes in batches', async () => {
    const { batches, rows } = await unpack(
      workbook(Array.from({ length: 20_000 }, (_, at) => [String(at), 'x'.repeat(50)])),
    )
    expect(rows).toHaveLength(20_000)
    expect(Math.max(...batches)).toBe(500)
  })
})

test('rows written down come back', () => {
  const rows: SheetRow[] = [{ line: 7, cells: ['a', '\n"漢'], unfilled: [1], days: 1904 }]
  const text = new TextDecoder().decode(encodeSheetRows(rows))
  expect(text.split('\n')).toHaveLength(2)
  expect(sheetCells(text.trimEnd())).toEqual(rows[0])
  expect(sheetCells('[1]')).toBeUndefined()
})

describe('a hostile workbook', () => {
  test('that expands over 200 MB is stopped while it does', async () => {
    // 256 MB of spaces in a quarter of a megabyte.
    const spaces = deflateRawSync(Buffer.alloc(256 * 1024 * 1024, ' '))
    const bytes = zipOfDeflated({
      'xl/workbook.xml': deflateRawSync('<workbook xmlns:r="r"><sheets><sheet name="A" r:id="a"/></sheets></workbook>'),
      'xl/_rels/workbook.xml.rels': deflateRawSync('<R><Relationship Id="a" Target="worksheets/sheet1.xml"/></R>'),
      'xl/worksheets/sheet1.xml': spaces,
    })
    expect(bytes.length).toBeLessThan(1_000_000)
    const start = performance.now()
    const before = process.memoryUsage().rss
    expect(await codeOf(bytes)).toBe('spreadsheet_expands_too_far')
    expect(performance.now() - start).toBeLessThan(20_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
  })

  test('with too much shared text is stopped at 64 MB', async () => {
    const strings = strToU8(`<sst><si><t>${'x'.repeat(70 * 1024 * 1024)}</t></si></sst>`)
    expect(await codeOf(workbook([['a']], { parts: { 'xl/sharedStrings.xml': strings } }))).toBe(
      'spreadsheet_expands_too_far',
    )
  })

  test('that declares entities is refused, so none is expanded or fetched', async () => {
    const laughs = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    const part = strToU8(
      `${laughs}<worksheet><sheetData><row><c t="str"><v>&b;&x;</v></c></row></sheetData></worksheet>`,
    )
    expect(await codeOf(workbook([], { sheets: { A: '' }, parts: { 'xl/worksheets/sheet1.xml': part } }))).toBe(
      'spreadsheet_broken',
    )
  })

  test('with an entity that nobody declared, or XML that is none, is refused', async () => {
    for (const rows of ['<row><c t="str"><v>&x;</v></c></row>', '<row><c></row>']) {
      expect(await codeOf(sheet(rows))).toBe('spreadsheet_broken')
    }
  })

  test('with over 500 columns or 200,000 rows is refused', async () => {
    expect(await codeOf(sheet('<row><c r="SG1"><v>1</v></c></row>'))).toBe('columns_too_many')
    expect(await codeOf(sheet('<row><c r="SF1"><v>1</v></c></row>'))).toBe('read')
    expect(await codeOf(sheet('<row><c r="XFD1" s="1"/><c r="A1"><v>1</v></c></row>'))).toBe('read')
    expect(await codeOf(sheet('<row><c><v>1</v></c></row>'.repeat(200_001)))).toBe('rows_too_many')
  })

  test('over 20 MB is refused before it is looked at', async () => {
    async function* large() {
      for (let count = 0; count < 1000; count += 1) yield new Uint8Array(1024 * 1024)
    }
    const result = await unpackSpreadsheet(large(), async () => {})
    expect(result).toMatchObject({ refusal: { code: 'spreadsheet_too_large' } })
  })

  test.each([
    ['a document', { 'word/document.xml': strToU8('<w/>') }, 'not_a_spreadsheet'],
    ['a binary workbook', { 'xl/workbook.bin': strToU8('x') }, 'binary_spreadsheet'],
    [
      'an OpenDocument sheet',
      { 'content.xml': strToU8('<x/>'), 'META-INF/manifest.xml': strToU8('<x/>') },
      'open_document',
    ],
    ['a workbook without sheets', { 'xl/workbook.xml': strToU8('<workbook/>') }, 'sheet_missing'],
  ])('that is %s is told so', async (_, parts, code) => {
    expect(await codeOf(zipSync(parts))).toBe(code)
  })

  test('that is cut off, scrambled or encrypted is refused', async () => {
    const bytes = workbook([['a'], ['b']])
    expect(await codeOf(bytes.subarray(0, bytes.length - 30))).toBe('spreadsheet_broken')
    expect(await codeOf(new Uint8Array([0x50, 0x4b, 3, 4]))).toBe('spreadsheet_broken')
    const directory = new DataView(bytes.buffer).getUint32(bytes.length - 6, true)
    expect(await codeOf(bytes.map((byte, at) => (at < directory ? byte ^ 0x5a : byte)))).toBe('spreadsheet_broken')
    const encrypted = new Uint8Array(bytes)
    const view = new DataView(encrypted.buffer)
    view.setUint16(directory + 8, 1, true)
    expect(await codeOf(encrypted)).toBe('spreadsheet_encrypted')
  })
})

/** A zip of parts that are packed already; its sizes say nothing of what is in them. */
function zipOfDeflated(parts: Record<string, Uint8Array>): Uint8Array {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, packed] of Object.entries(parts)) {
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt16LE(name.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(8, 10)
    central.writeUInt32LE(packed.length, 20)
    central.writeUInt16LE(name.length, 28)
    central.writeUInt32LE(at, 42)
    files.push(local, Buffer.from(name), Buffer.from(packed))
    directory.push(central, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(at, 16)
  return new Uint8Array(Buffer.concat([...files, ...directory, end]))
}
