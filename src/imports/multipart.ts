import { RegistryError } from '../errors.ts'
import { concatBytes } from '../log/encoding.ts'

/** A form with a file has half a dozen fields. */
const partsMax = 20
/** Headers of one part: a name, a file name, a type. */
const headBytesMax = 8 * 1024
/** The longest field is a mapping of columns. */
const fieldBytesMax = 256 * 1024
/** RFC 2046 section 5.1.1: a boundary has up to 70 characters. */
const boundaryCharactersMax = 70
/** What may stand before the first boundary. */
const preambleBytesMax = 1024

export type Multipart = {
  /** All fields that are not the file. Complete once the file is read to its end. */
  fields: Map<string, string>
  fileName: string
}

/**
 * Reads multipart/form-data (RFC 7578) as it arrives: fields are kept, the one part named `file` is handed on piece by
 * piece, nothing else is. Bounded in memory whatever is sent. @throws malformed, too_large
 */
export async function readMultipart(
  body: AsyncIterable<Uint8Array>,
  contentType: string,
  onFile: (bytes: Uint8Array) => Promise<void>,
): Promise<Multipart> {
  const encoder = new TextEncoder()
  const boundary = encoder.encode(`\r\n--${boundaryOf(contentType)}`)
  const source = body[Symbol.asyncIterator]()
  // A line break before the first boundary may be missing: it is put there.
  let held: Uint8Array = encoder.encode('\r\n')
  let parts = 0
  let fileName: string | undefined
  const fields = new Map<string, string>()

  async function more(): Promise<void> {
    const { value, done } = await source.next()
    if (done) throw malformed('The upload ends before its last boundary.')
    held = held.length === 0 ? value : concatBytes([held, value])
  }

  /** Everything up to the next boundary goes to `take`; what may be the beginning of one stays. */
  async function upToBoundary(take: (bytes: Uint8Array) => Promise<void> | void): Promise<void> {
    for (;;) {
      const at = indexOf(held, boundary)
      if (at >= 0) {
        if (at > 0) await take(held.subarray(0, at))
        held = held.subarray(at + boundary.length)
        return
      }
      const kept = Math.min(held.length, boundary.length - 1)
      if (held.length > kept) await take(held.subarray(0, held.length - kept))
      held = held.slice(held.length - kept)
      await more()
    }
  }

  async function lineEndsPart(): Promise<boolean> {
    while (held.length < 2) await more()
    if (held[0] === 45 && held[1] === 45) return true
    let skipped = 0
    while (held[0] === 32 || held[0] === 9) {
      held = held.subarray(1)
      skipped += 1
      if (skipped > boundaryCharactersMax) throw malformed('A boundary is followed by something else.')
      while (held.length < 2) await more()
    }
    if (held[0] !== 13 || held[1] !== 10) throw malformed('A boundary is followed by something else.')
    held = held.subarray(2)
    return false
  }

  async function headers(): Promise<string> {
    for (;;) {
      if (held.length >= 2 && held[0] === 13 && held[1] === 10) {
        held = held.subarray(2)
        return ''
      }
      const at = indexOf(held, blankLine)
      if (at > headBytesMax || (at < 0 && held.length > headBytesMax))
        throw new RegistryError('too_large', `The headers of a part have up to ${headBytesMax} bytes.`)
      if (at >= 0) {
        const text = new TextDecoder().decode(held.subarray(0, at))
        held = held.subarray(at + blankLine.length)
        return text
      }
      await more()
    }
  }

  const before = counted(preambleBytesMax, 'What stands before the first boundary')
  await upToBoundary(before.take)
  while (!(await lineEndsPart())) {
    parts += 1
    if (parts > partsMax) throw new RegistryError('too_large', `An upload has up to ${partsMax} parts.`)
    const { name, file } = dispositionOf(await headers())
    // An empty part: its boundary may follow the blank line at once.
    held = concatBytes([crlf, held])
    if (name === 'file') {
      if (fileName !== undefined) throw malformed('An upload has one part named file.')
      fileName = file ?? ''
      await upToBoundary(withoutFirst(2, onFile))
    } else {
      const value = counted(fieldBytesMax, `The field ${name.slice(0, 50)}`)
      await upToBoundary(withoutFirst(2, value.take))
      fields.set(name, new TextDecoder().decode(value.bytes()))
    }
  }
  if (fileName === undefined) throw malformed('An upload has a part named file.')
  return { fields, fileName }
}

const crlf = new Uint8Array([13, 10])
const blankLine = new Uint8Array([13, 10, 13, 10])

function boundaryOf(contentType: string): string {
  const [, quoted, plain] = /;\s{0,9}boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType) ?? []
  const boundary = quoted ?? plain
  if (boundary === undefined || boundary.length > boundaryCharactersMax)
    throw malformed(`multipart/form-data names a boundary of up to ${boundaryCharactersMax} characters.`)
  return boundary
}

function dispositionOf(headers: string): { name: string; file?: string } {
  const line = headers.split('\r\n').find((one) => /^content-disposition:/i.test(one)) ?? ''
  const [, name] = /;\s{0,9}name="([^"]{0,200})"/i.exec(line) ?? []
  const [, file] = /;\s{0,9}filename="([^"]{0,500})"/i.exec(line) ?? []
  if (name === undefined) throw malformed('A part has no name.')
  return { name, ...(file === undefined ? {} : { file }) }
}

function counted(bytesMax: number, what: string) {
  const pieces: Uint8Array[] = []
  let length = 0
  return {
    take(bytes: Uint8Array) {
      length += bytes.length
      if (length > bytesMax) throw new RegistryError('too_large', `${what} has up to ${bytesMax} bytes.`)
      pieces.push(bytes.slice())
    },
    bytes: () => concatBytes(pieces),
  }
}

function withoutFirst(skip: number, take: (bytes: Uint8Array) => Promise<void> | void) {
  let left = skip
  return async (bytes: Uint8Array) => {
    const from = Math.min(left, bytes.length)
    left -= from
    if (bytes.length > from) await take(bytes.subarray(from))
  }
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  const [first = 0] = wanted
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (at + wanted.length > bytes.length) return -1
    let same = 1
    while (same < wanted.length && bytes[at + same] === wanted[same]) same += 1
    if (same === wanted.length) return at
  }
  return -1
}

function malformed(detail: string): RegistryError {
  return new RegistryError('malformed', detail)
}
