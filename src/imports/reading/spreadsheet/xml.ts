import { SaxesParser } from 'saxes'
import { SpreadsheetBroken } from './zip.ts'

export type Attributes = Readonly<Record<string, string>>

/** What is done with the elements of a part. Names come without their prefix. */
export type Elements = {
  readonly open?: (name: string, attributes: Attributes) => void
  readonly text?: (text: string) => void
  readonly close?: (name: string) => void
}

/**
 * A reader of one XML part, fed with bytes as they are unpacked. Office files have no document type: one is refused, so no
 * entity is ever expanded or fetched. Throws `SpreadsheetBroken` for what is not well-formed.
 */
export function xmlReader(elements: Elements): { write: (bytes: Uint8Array) => void; end: () => void } {
  const decoder = new TextDecoder('utf-8')
  const parser = new SaxesParser()
  let silent = 0
  parser.on('error', () => {
    throw new SpreadsheetBroken()
  })
  parser.on('doctype', () => {
    throw new SpreadsheetBroken()
  })
  parser.on('opentag', ({ name, attributes }) => {
    silent = 0
    elements.open?.(local(name), attributes)
  })
  parser.on('text', (text) => elements.text?.(text))
  parser.on('cdata', (text) => elements.text?.(text))
  parser.on('closetag', ({ name }) => elements.close?.(local(name)))
  return {
    write: (bytes) => {
      silent += bytes.length
      if (silent > silentBytesMax) throw new SpreadsheetBroken()
      parser.write(decoder.decode(bytes, { stream: true }))
    },
    end: () => {
      parser.write(decoder.decode())
      parser.close()
    },
  }
}

/** No text of a cell is as long as this between two elements; what is unpacked at once may be 8 MB. */
const silentBytesMax = 16 * 1024 * 1024

function local(name: string): string {
  const colon = name.indexOf(':')
  return colon === -1 ? name : name.slice(colon + 1)
}
