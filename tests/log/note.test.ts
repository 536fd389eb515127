import { describe, expect, test } from 'vitest'
import { toHex } from '../../src/log/encoding.ts'
import {
  formatCheckpoint,
  type NoteKey,
  noteLengthMax,
  noteSignaturesMax,
  openNote,
  parseCheckpoint,
  parseDecimal,
  signNote,
  verifierKey,
} from '../../src/log/note.ts'

// The example of Go's golang.org/x/mod/sumdb/note: private key, verifier key, text and signature.
const goName = 'PeterNeumann'
const goVkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const goSecret = 'AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'
const goText = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const goSignature =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
const goNote = `${goText}\n${goSignature}`

async function goKey(): Promise<NoteKey> {
  const seed = Buffer.from(goSecret, 'base64').subarray(1)
  const pkcs8 = Uint8Array.from([...Buffer.from('302e020100300506032b657004220420', 'hex'), ...seed])
  return {
    name: goName,
    publicKey: Buffer.from(goVkey.split('+')[2] ?? '', 'base64').subarray(1),
    privateKey: await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']),
  }
}

async function newKey(name: string): Promise<{ key: NoteKey; vkey: string }> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])
  if (!('publicKey' in pair)) throw new Error('Ed25519 keys come in pairs')
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  return { key: { name, privateKey: pair.privateKey, publicKey }, vkey: await verifierKey(name, publicKey) }
}
const signatureOf = (note: string) => note.slice(note.lastIndexOf('\n\n') + 2)

describe('the example of Go', () => {
  test('has the same verifier key and signature here', async () => {
    const key = await goKey()
    expect(await verifierKey(goName, key.publicKey)).toBe(goVkey)
    expect(await signNote(goText, key)).toBe(goNote)
  })

  test('opens', async () => {
    expect(await openNote(goNote, [goVkey])).toEqual({ text: goText, signedBy: [goName] })
  })
})

describe('a note', () => {
  test('opens whichever of its keys is known, and names only those', async () => {
    const [log, witness, stranger] = [await newKey('a.example/log'), await newKey('証人.example'), await newKey('c')]
    const text = '入会\n\nsecond paragraph\n'
    const note = (await signNote(text, log.key)) + signatureOf(await signNote(text, witness.key))
    expect(await openNote(note, [log.vkey])).toEqual({ text, signedBy: ['a.example/log'] })
    expect(await openNote(note, [witness.vkey, log.vkey])).toEqual({
      text,
      signedBy: ['a.example/log', '証人.example'],
    })
    expect(await openNote(note, [stranger.vkey])).toBeUndefined()
    expect(await openNote(note, [])).toBeUndefined()
  })

  test('stays closed when the text or a signature of a known key is changed', async () => {
    const other = await newKey('other')
    expect(await openNote(goNote.replace('problem is', 'problem was'), [goVkey])).toBeUndefined()
    const forged = goSignature.replace('ZJku', 'ZJkv')
    expect(await openNote(`${goText}\n${forged}`, [goVkey])).toBeUndefined()
    const alsoSigned = signatureOf(await signNote(goText, other.key))
    expect(await openNote(`${goText}\n${alsoSigned}${forged}`, [other.vkey])).toBeDefined()
    expect(await openNote(`${goText}\n${alsoSigned}${forged}`, [other.vkey, goVkey])).toBeUndefined()
  })

  test('ignores a key that shares the name but not the id, or the id but not the name', async () => {
    const sameName = await newKey(goName)
    expect(await openNote(goNote, [sameName.vkey])).toBeUndefined()
    expect(await openNote(goNote.replace('— PeterNeumann', '— Someone'), [goVkey])).toBeUndefined()
    const other = await newKey('other')
    const both = goNote + signatureOf(await signNote(goText, other.key))
    expect(await openNote(both, [sameName.vkey, other.vkey])).toEqual({ text: goText, signedBy: ['other'] })
  })

  test.each([
    ['no signature', goText],
    ['no signature line', `${goText}\n`],
    ['no blank line', goText + goSignature],
    ['no last newline', goNote.slice(0, -1)],
    ['a hyphen for the dash', goNote.replace('—', '-')],
    ['two spaces', goNote.replace('— ', '—  ')],
    ['a word too many', goNote.replace('AM=\n', 'AM= x\n')],
    ['no padding', goNote.replace('AM=\n', 'AM\n')],
    ['a signature as short as its key id', `${goText}\n— stranger x08gow==\n${goSignature}`],
    ['a line that is no signature', `${goText}\n${goSignature}hello\n`],
    ['a control character', goNote.replace('cryptography', 'crypto\tgraphy')],
    ['carriage returns', goNote.replaceAll('\n', '\r\n')],
    ['half a surrogate pair', goNote.replace('cryptography', 'crypto\ud83d')],
    ['nothing', ''],
  ])('with %s is refused', async (_, note) => {
    expect(await openNote(note, [goVkey])).toBeUndefined()
  })

  test('has a greatest length and number of signatures', async () => {
    const key = await goKey()
    const fits = await signNote(`${'a'.repeat(noteLengthMax - goSignature.length - 2)}\n`, key)
    expect(fits).toHaveLength(noteLengthMax)
    expect(await openNote(fits, [goVkey])).toBeDefined()
    expect(await openNote(`a${fits}`, [goVkey])).toBeUndefined()
    const repeated = (count: number) => `${goText}\n${goSignature.repeat(count)}`
    expect(await openNote(repeated(noteSignaturesMax), [goVkey])).toEqual({ text: goText, signedBy: [goName] })
    expect(await openNote(repeated(noteSignaturesMax + 1), [goVkey])).toBeUndefined()
  })

  test('is not signed when its text or key could not be read back', async () => {
    const key = await goKey()
    for (const text of ['', 'no newline', 'tab\t\n', '\ud83d\n']) {
      await expect(signNote(text, key)).rejects.toThrow(TypeError)
    }
    for (const name of ['', 'a b', 'a+b', 'a\nb', 'a\u3000b', 'a\u0085b']) {
      await expect(signNote(goText, { ...key, name })).rejects.toThrow(TypeError)
    }
    await expect(signNote(goText, { ...key, publicKey: key.publicKey.subarray(1) })).rejects.toThrow(TypeError)
  })

  test.each([
    ['nothing', ''],
    ['another key id', goVkey.replace('c74f20a3', 'c74f20a4')],
    ['another name', goVkey.replace('Peter', 'Piter')],
    ['another key type', 'PeterNeumann+c74f20a3+Alpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
    ['a short key', goVkey.slice(0, -4)],
    ['an upper-case id', goVkey.replace('c74f20a3', 'C74F20A3')],
  ])('cannot be opened with a verifier key of %s', async (_, vkey) => {
    await expect(openNote(goNote, [vkey])).rejects.toThrow(TypeError)
  })
})

describe('a checkpoint', () => {
  const root = Uint8Array.from({ length: 32 }, (_, at) => at)

  test('is written as C2SP tlog-checkpoint says, and reads back', () => {
    const text = formatCheckpoint({ origin: 'example.com/log', size: 20852163, root })
    expect(text).toBe('example.com/log\n20852163\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n')
    expect(parseCheckpoint(text)).toEqual({ origin: 'example.com/log', size: 20852163, root })
    expect(parseCheckpoint(`${text}extension\nanother\n`)).toEqual(parseCheckpoint(text))
  })

  test('of the specification reads as it says', () => {
    const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'
    const checkpoint = parseCheckpoint(text)
    expect(checkpoint?.size).toBe(20852163)
    expect(toHex(checkpoint?.root ?? root)).toMatch(/^0ac5186a91863e8e/)
    if (checkpoint) expect(formatCheckpoint(checkpoint)).toBe(text)
  })

  test('is found in a signed note', async () => {
    const { key, vkey } = await newKey('example.com/log')
    const note = await signNote(formatCheckpoint({ origin: key.name, size: 0, root }), key)
    const opened = await openNote(note, [vkey])
    expect(parseCheckpoint(opened?.text ?? '')).toEqual({ origin: 'example.com/log', size: 0, root })
  })

  const hash = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='
  test.each([
    ['two lines', 'example.com/log\n1\n'],
    ['no last newline', `example.com/log\n1\n${hash}`],
    ['no origin', `\n1\n${hash}\n`],
    ['an empty extension', `example.com/log\n1\n${hash}\n\n`],
    ['a leading zero', `example.com/log\n01\n${hash}\n`],
    ['a sign', `example.com/log\n+1\n${hash}\n`],
    ['an exponent', `example.com/log\n1e3\n${hash}\n`],
    ['a size beyond 2^53', `example.com/log\n9007199254740993\n${hash}\n`],
    ['a short root', `example.com/log\n1\n${hash.slice(4)}\n`],
    ['base64url', `example.com/log\n1\n${hash.replace('AAEC', '-_-_')}\n`],
  ])('with %s is refused', (_, text) => {
    expect(parseCheckpoint(text)).toBeUndefined()
  })

  test('is not written of parts that could not be read back', () => {
    const good = { origin: 'example.com/log', size: 1, root }
    for (const part of [{ origin: '' }, { origin: 'a\nb' }, { origin: 'a\u0000' }, { size: -1 }, { size: 1.5 }]) {
      expect(() => formatCheckpoint({ ...good, ...part })).toThrow(TypeError)
    }
    expect(() => formatCheckpoint({ ...good, root: root.slice(1) })).toThrow(TypeError)
  })
})

test('decimals have one spelling', () => {
  expect(parseDecimal('0')).toBe(0)
  expect(parseDecimal('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER)
  for (const text of ['', ' ', '00', '01', '-0', '-1', '1.0', '1e3', '0x1', '９', 'Infinity', '9007199254740992']) {
    expect(parseDecimal(text)).toBeUndefined()
  }
})
