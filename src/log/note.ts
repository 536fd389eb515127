import { sha256 } from './canonical.ts'
import { type Bytes, concatBytes, fromBase64, hasLoneSurrogate, toBase64, toHex } from './encoding.ts'
import { hashBytes } from './tree.ts'

// Text signed as C2SP signed-note says, with Ed25519 only, and the C2SP tlog-checkpoint that the log signs so.

/** `origin` names the log: a URL without scheme, equal to the name of the key that signs. */
export type Checkpoint = { origin: string; size: number; root: Uint8Array }
export type NoteKey = { name: string; privateKey: CryptoKey; publicKey: Uint8Array }
export type OpenedNote = { text: string; signedBy: string[] }

/** The note may carry 16 signatures at least, and post-quantum ones take 7,000 characters each. */
export const noteLengthMax = 256 * 1024
/** Each signature of a known key costs a verification. */
export const noteSignaturesMax = 100

/** The text to sign, C2SP tlog-checkpoint. TypeError for parts that no checkpoint can have. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  if (!isPlainText(origin) || origin === '' || origin.includes('\n')) throw new TypeError('not a checkpoint origin')
  if (!Number.isSafeInteger(size) || size < 0) throw new TypeError(`${size} is not a tree size`)
  if (root.length !== hashBytes) throw new TypeError(`a root has ${hashBytes} bytes`)
  return `${origin}\n${size}\n${toBase64(root)}\n`
}

/** Reads the text of an opened note; extension lines are allowed and left out. Undefined for any other text. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  if (text.length > noteLengthMax || !text.endsWith('\n')) return undefined
  const lines = text.slice(0, -1).split('\n')
  const [origin, sizeText, rootText] = lines
  if (!origin || !sizeText || !rootText || lines.includes('')) return undefined
  const size = parseDecimal(sizeText)
  const root = fromBase64(rootText)
  return size === undefined || root?.length !== hashBytes ? undefined : { origin, size, root }
}

/** Appends one Ed25519 signature. TypeError when the text does not end in a newline or holds control characters. */
export async function signNote(text: string, key: NoteKey): Promise<string> {
  if (!isPlainText(text) || !text.endsWith('\n')) throw new TypeError('not the text of a note')
  const id = await keyId(key.name, key.publicKey)
  const signature = await crypto.subtle.sign('Ed25519', key.privateKey, new TextEncoder().encode(text))
  return `${text}\n${signatureMark} ${key.name} ${toBase64(concatBytes([id, new Uint8Array(signature)]))}\n`
}

/**
 * The text and the names of the keys that signed it. Undefined when the note is malformed, when no key of `vkeys`
 * signed it, or when one signature said to be of those keys is false. TypeError when a vkey itself is unreadable.
 */
export async function openNote(note: string, vkeys: readonly string[]): Promise<OpenedNote | undefined> {
  const keys = await Promise.all(vkeys.map(readVerifierKey))
  const signed = splitNote(note)
  if (!signed) return undefined
  const text = new TextEncoder().encode(signed.text)
  const signedBy = new Set<string>()
  for (const { name, id, signature } of signed.signatures) {
    const key = keys.find((known) => known.name === name && known.id === id)
    if (!key) continue
    if (!(await crypto.subtle.verify('Ed25519', key.publicKey, signature, text))) return undefined
    signedBy.add(name)
  }
  return signedBy.size === 0 ? undefined : { text: signed.text, signedBy: [...signedBy] }
}

/** `<name>+<key id in hex>+<base64 of 0x01 and the key>`: the form that Go's sumdb/note and C2SP tools read. */
export async function verifierKey(name: string, publicKey: Uint8Array): Promise<string> {
  const id = await keyId(name, publicKey)
  return `${name}+${toHex(id)}+${toBase64(concatBytes([ed25519Type, publicKey]))}`
}

/** A whole number in decimal without leading zeros; undefined for other text or beyond 2^53. */
export function parseDecimal(text: string): number | undefined {
  const number = Number(text)
  return Number.isSafeInteger(number) && number >= 0 && String(number) === text ? number : undefined
}

const signatureMark = '\u2014'
const ed25519Type = Uint8Array.of(1)
const ed25519KeyBytes = 32
const keyIdBytes = 4

// SHA-256(name || 0x0A || 0x01 || public key)[:4]
async function keyId(name: string, publicKey: Uint8Array): Promise<Bytes> {
  if (!isKeyName(name)) throw new TypeError('a key name has no spaces and no plus')
  if (publicKey.length !== ed25519KeyBytes) throw new TypeError(`an Ed25519 key has ${ed25519KeyBytes} bytes`)
  const digest = await sha256(concatBytes([new TextEncoder().encode(`${name}\n`), ed25519Type, publicKey]))
  return digest.slice(0, keyIdBytes)
}

async function readVerifierKey(vkey: string): Promise<{ name: string; id: string; publicKey: CryptoKey }> {
  // The base64 part may hold a plus of its own; a name may not.
  const [name = '', id = '', ...rest] = vkey.split('+')
  const bytes = fromBase64(rest.join('+'))?.slice(ed25519Type.length)
  if (bytes?.length !== ed25519KeyBytes || (await verifierKey(name, bytes)) !== vkey) {
    throw new TypeError('not an Ed25519 verifier key')
  }
  return { name, id, publicKey: await crypto.subtle.importKey('raw', bytes, 'Ed25519', false, ['verify']) }
}

type Signature = { name: string; id: string; signature: Bytes }

function splitNote(note: string): { text: string; signatures: Signature[] } | undefined {
  if (note.length > noteLengthMax || !isPlainText(note) || !note.endsWith('\n')) return undefined
  const blank = note.lastIndexOf('\n\n')
  if (blank < 0 || blank + 2 === note.length) return undefined
  const lines = note.slice(blank + 2, -1).split('\n')
  if (lines.length > noteSignaturesMax) return undefined
  const signatures = lines.map(readSignature)
  if (!signatures.every((signature) => signature !== undefined)) return undefined
  return { text: note.slice(0, blank + 1), signatures }
}

function readSignature(line: string): Signature | undefined {
  const [mark, name = '', base64 = '', ...rest] = line.split(' ')
  const bytes = fromBase64(base64)
  if (mark !== signatureMark || !isKeyName(name) || !bytes || bytes.length <= keyIdBytes || rest.length > 0) {
    return undefined
  }
  return { name, id: toHex(bytes.slice(0, keyIdBytes)), signature: bytes.slice(keyIdBytes) }
}

function isKeyName(name: string): boolean {
  return name !== '' && isPlainText(name) && !/[\s\u0085+]/u.test(name)
}

// UTF-8 without ASCII control characters other than newline.
function isPlainText(text: string): boolean {
  if (hasLoneSurrogate(text)) return false
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) < 0x20 && text[at] !== '\n') return false
  }
  return true
}
