import { refusals } from './refusals.ts'
import type { Encoding, Refusal } from './row.ts'

/** What the bytes so far can be. Plain JSON, a few hundred bytes. */
export type EncodingSniff = {
  readonly bytes: number
  readonly lines: number
  /** The first bytes, for marks at the beginning and the pattern of UTF-16 without one. */
  readonly head: readonly number[]
  readonly nul: boolean
  /** UTF-8 (RFC 3629): continuation bytes to come and the range of the next one; `brokenOn` is the line it ended at. */
  readonly utf8: { readonly due: number; readonly low: number; readonly high: number; readonly brokenOn?: number }
  /** Shift_JIS as of CP932: whether the last byte was the first of two. */
  readonly shiftJis: { readonly lead: boolean; readonly brokenOn?: number }
}

export const nothingSniffed: EncodingSniff = {
  bytes: 0,
  lines: 1,
  head: [],
  nul: false,
  utf8: { due: 0, low: 0x80, high: 0xbf },
  shiftJis: { lead: false },
}

/** Enough to see every other byte of a header row in UTF-16. */
const headBytes = 256

/** Feed every chunk of an upload, in order. Linear, and keeps no text. */
export function sniffEncoding(sniff: EncodingSniff, bytes: Uint8Array): EncodingSniff {
  let { lines, nul } = sniff
  let { due, low, high, brokenOn: utf8Broken } = sniff.utf8
  let { lead, brokenOn: shiftJisBroken } = sniff.shiftJis
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80 && due === 0 && !lead) {
      if (byte === 0x0a) lines += 1
      else if (byte === 0) nul = true
      continue
    }
    if (utf8Broken === undefined) {
      if (due > 0) {
        if (byte < low || byte > high) utf8Broken = lines
        due -= 1
        low = 0x80
        high = 0xbf
      } else if (byte >= 0x80) {
        due = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1
        if (byte < 0xc2 || byte > 0xf4) utf8Broken = lines
        low = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80
        high = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf
      }
    }
    if (utf8Broken !== undefined) due = 0
    if (shiftJisBroken === undefined) {
      if (lead) {
        if (byte < 0x40 || byte === 0x7f || byte > 0xfc) shiftJisBroken = lines
        lead = false
      } else if ((byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc)) lead = true
      else if (byte === 0x80 || byte === 0xa0 || byte > 0xfc) shiftJisBroken = lines
    }
    if (shiftJisBroken !== undefined) lead = false
    if (byte === 0x0a) lines += 1
    else if (byte === 0) nul = true
  }
  const missing = headBytes - sniff.head.length
  return {
    bytes: sniff.bytes + bytes.length,
    lines,
    nul,
    head: missing > 0 ? [...sniff.head, ...bytes.subarray(0, missing)] : sniff.head,
    utf8: { due, low, high, ...(utf8Broken === undefined ? {} : { brokenOn: utf8Broken }) },
    shiftJis: { lead, ...(shiftJisBroken === undefined ? {} : { brokenOn: shiftJisBroken }) },
  }
}

/** What the whole file is, after its last chunk; asked earlier, what it is so far (a refusal then is final). */
export type SniffedFile =
  | { readonly kind: 'text'; readonly encoding: Encoding }
  /** Once it is unpacked: which sheet was read, and which others hold a list too. */
  | { readonly kind: 'spreadsheet'; readonly sheet?: string; readonly others?: readonly string[] }
  | { readonly kind: 'refusal'; readonly refusal: Refusal }

export function encodingOf(sniff: EncodingSniff): SniffedFile {
  const { head, utf8, shiftJis } = sniff
  if (sniff.bytes === 0) return refused(refusals.empty())
  if (beginsWith(head, [0x50, 0x4b, 0x03, 0x04])) return { kind: 'spreadsheet' }
  if (beginsWith(head, [0xd0, 0xcf, 0x11, 0xe0])) return refused(refusals.oldSpreadsheet())
  if (beginsWith(head, [0x25, 0x50, 0x44, 0x46, 0x2d])) return refused(refusals.pdf())
  if (beginsWith(head, [0xff, 0xfe])) return text('utf-16le')
  if (beginsWith(head, [0xfe, 0xff])) return text('utf-16be')
  if (sniff.nul) {
    const wide = wideText(head)
    return wide === undefined ? refused(refusals.binary()) : text(wide)
  }
  if (utf8.brokenOn === undefined && utf8.due === 0) return text('utf-8')
  if (shiftJis.brokenOn === undefined && !shiftJis.lead) return text('shift_jis')
  // A file cut off within its last character is still read: the row with the broken character says so.
  if (utf8.brokenOn === undefined) return text('utf-8')
  if (shiftJis.brokenOn === undefined) return text('shift_jis')
  return refused(refusals.encoding(Math.max(utf8.brokenOn, shiftJis.brokenOn)))
}

function beginsWith(head: readonly number[], mark: readonly number[]): boolean {
  return mark.every((byte, at) => head[at] === byte)
}

function text(encoding: Encoding): SniffedFile {
  return { kind: 'text', encoding }
}

function refused(refusal: Refusal): SniffedFile {
  return { kind: 'refusal', refusal }
}

/** UTF-16 without a mark: separators, digits and line ends are ASCII with a zero byte on one and the same side. */
function wideText(head: readonly number[]): 'utf-16le' | 'utf-16be' | undefined {
  let little = 0
  let big = 0
  for (let at = 0; at + 1 < head.length; at += 2) {
    const [first = 0, second = 0] = [head[at], head[at + 1]]
    if (second === 0 && isPlain(first)) little += 1
    if (first === 0 && isPlain(second)) big += 1
    if (first === 0 && second === 0) return undefined
  }
  const units = head.length / 2
  if (Math.max(little, big) < Math.max(4, units * 0.08) || Math.min(little, big) > Math.max(little, big) / 5)
    return undefined
  return little > big ? 'utf-16le' : 'utf-16be'
}

function isPlain(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d
}
