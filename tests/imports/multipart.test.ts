import { expect, test } from 'vitest'
import { RegistryError } from '../../src/errors.ts'
import { readMultipart } from '../../src/imports/multipart.ts'

const type = 'multipart/form-data; boundary=xYz'

async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
}

function part(name: string, body: string, file?: string): string {
  const more = file === undefined ? '' : `; filename="${file}"\r\nContent-Type: text/csv`
  return `--xYz\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${body}\r\n`
}

async function read(text: string, size = 7, contentType = type) {
  const decoder = new TextDecoder()
  let file = ''
  const { fields, fileName } = await readMultipart(inPieces(text, size), contentType, async (bytes) => {
    file += decoder.decode(bytes, { stream: true })
  })
  return { file, fileName, fields: Object.fromEntries(fields) }
}

test('fields and file are read wherever the pieces are cut', async () => {
  const content = 'a,b\r\n--xY\r\n1,"入会\r\n--xYnot"\r\n'
  const text = `${part('seenOn', '2026-11-21')}${part('file', content, '特許.csv')}${part('format', '')}--xYz--\r\n`
  for (const size of [1, 2, 3, 5, 8, 13, 64, 10_000])
    expect(await read(text, size), String(size)).toEqual({
      file: content,
      fileName: '特許.csv',
      fields: { seenOn: '2026-11-21', format: '' },
    })
})

test('an empty file is a file', async () => {
  expect((await read(`${part('file', '', 'x.csv')}--xYz--`, 3)).file).toBe('')
})

test.each([
  ['without its last boundary', part('file', 'a,b', 'x.csv'), type, 'malformed'],
  ['without any boundary', 'a,b\n1,2\n', type, 'malformed'],
  [
    'with a long text before the first boundary',
    `${'x'.repeat(5000)}\r\n${part('file', 'a', 'x')}--xYz--`,
    type,
    'too_large',
  ],
  ['without a file', `${part('seenOn', '2026-11-21')}--xYz--`, type, 'malformed'],
  ['with two files', `${part('file', 'a', 'x')}${part('file', 'b', 'y')}--xYz--`, type, 'malformed'],
  ['with a thousand parts', `${part('a', 'b').repeat(1000)}--xYz--`, type, 'too_large'],
  ['with endless headers', `--xYz\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`, type, 'too_large'],
  ['with a field of a megabyte', `${part('mapping', 'x'.repeat(1_000_000))}--xYz--`, type, 'too_large'],
  ['with a part of no name', '--xYz\r\nContent-Type: text/csv\r\n\r\na\r\n--xYz--', type, 'malformed'],
  ['that names no boundary', part('file', 'a', 'x'), 'multipart/form-data', 'malformed'],
  [
    'with a boundary of 200 characters',
    part('file', 'a', 'x'),
    `multipart/form-data; boundary=${'b'.repeat(200)}`,
    'malformed',
  ],
])('a form %s is refused', async (_, text, contentType, code) => {
  const outcome = read(text, 1000, contentType)
  await expect(outcome).rejects.toThrow(RegistryError)
  await expect(read(text, 1000, contentType)).rejects.toMatchObject({ code })
})
