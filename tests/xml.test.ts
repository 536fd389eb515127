import fc from 'fast-check'
import { expect, test } from 'vitest'
import { element, xmlDocument } from '../src/xml.ts'
import { readXml } from './support/xml.ts'

test('any text, with control characters and halves of pairs, comes out as XML that reads back as what XML can hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ maxLength: 50 }), (text, value) => {
      const read = readXml(xmlDocument(element('a', { b: value }, text, '\u0000\u0008\ufffe\ud800<&>"\'')))
      const held = (given: string) =>
        given.replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
      const lines = (given: string) => given.replaceAll(/\r\n?/g, '\n')
      expect(read.text).toBe(lines(`${held(text)}<&>"'`))
      expect(read.attributes.b).toBe(lines(held(value)).replaceAll(/[\n\t]/g, ' '))
    }),
  )
})

test('what is undefined is left out', () => {
  expect(element('a', { b: undefined, c: '1' }, undefined, [element('d', {})]).xml).toBe('<a c="1"><d/></a>')
})
