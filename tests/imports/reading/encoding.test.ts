import { describe, expect, test } from 'vitest'
import { encodingOf, nothingSniffed, type SniffedFile, sniffEncoding } from '../../../src/imports/reading/encoding.ts'
import { chunks, shiftJis, utf8, utf16 } from './made-files.ts'

const text = '番号,発明の名称\r\n特許5985120,①ⅰ 表示装置\r\n'

function sniffed(bytes: Uint8Array, size = 7): SniffedFile {
  let sniff = nothingSniffed
  for (const chunk of chunks(bytes, size)) sniff = sniffEncoding(sniff, chunk)
  return encodingOf(sniff)
}

function codeOf(bytes: Uint8Array): string {
  const found = sniffed(bytes)
  return found.kind === 'refusal' ? found.refusal.code : found.kind
}

describe('the encoding of a file', () => {
  const japanese = shiftJis(text) ?? new Uint8Array()
  test.each([
    ['UTF-8', utf8(text), 'utf-8'],
    ['UTF-8 with a mark', utf8(`\ufeff${text}`), 'utf-8'],
    ['ASCII', utf8('a,b\n1,2\n'), 'utf-8'],
    ['Shift_JIS', japanese, 'shift_jis'],
    ['UTF-16LE with a mark', utf16(text, 'le', true), 'utf-16le'],
    ['UTF-16BE with a mark', utf16(text, 'be', true), 'utf-16be'],
    ['UTF-16LE without one', utf16(text, 'le', false), 'utf-16le'],
    ['UTF-16BE without one', utf16(text, 'be', false), 'utf-16be'],
  ])('%s is told however it is cut', (_, bytes, encoding) => {
    for (const size of [1, 2, 3, 5, 1000]) expect(sniffed(bytes, size)).toEqual({ kind: 'text', encoding })
  })

  test('a file cut off within its last character is still read', () => {
    expect(sniffed(utf8(text.trim()).subarray(0, -1))).toEqual({ kind: 'text', encoding: 'utf-8' })
  })

  test('half-width katakana is Shift_JIS', () => {
    expect(sniffed(shiftJis('ﾄｸｷﾖ,ﾊﾂﾒｲ\n') ?? new Uint8Array())).toEqual({ kind: 'text', encoding: 'shift_jis' })
  })

  test('what is no text is refused with what to do instead', () => {
    expect(codeOf(new Uint8Array())).toBe('file_empty')
    expect(codeOf(utf8('%PDF-1.7\n1 0 obj'))).toBe('file_is_pdf')
    expect(codeOf(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))).toBe('old_spreadsheet')
    expect(codeOf(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]))).toBe('spreadsheet')
    expect(codeOf(utf8('PK,name\n'))).toBe('text')
    expect(codeOf(utf8('a,b\0c\n1,2\n'))).toBe('file_is_binary')
    expect(codeOf(new Uint8Array(5000))).toBe('file_is_binary')
  })

  test('a broken one is refused with the line of the break', () => {
    const broken = new Uint8Array([...utf8('a,b\n1,2\n'), 0xff, 0xfd, ...utf8(',x\n')])
    const found = sniffed(broken)
    expect(found).toMatchObject({ kind: 'refusal', refusal: { code: 'encoding_unknown' } })
    expect(found.kind === 'refusal' && found.refusal.text.en).toContain('Line 3')
  })

  test.each([
    ['an overlong form', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a value over U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
  ])('%s is not UTF-8', (_, bytes) => {
    expect(codeOf(new Uint8Array([...bytes, 0xff, 0x0a]))).toBe('encoding_unknown')
  })
})
