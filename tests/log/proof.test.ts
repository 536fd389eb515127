import { createPublicKey } from 'node:crypto'
import { verifyCheckpoint } from '@sigstore/verify/dist/tlog/checkpoint.js'
import { verifyMerkleInclusion } from '@sigstore/verify/dist/tlog/merkle.js'
import { describe, expect, test } from 'vitest'
import { toBase64url, toHex } from '../../src/log/encoding.ts'
import { formatCheckpoint, type NoteKey, openNote, parseCheckpoint, signNote, verifierKey } from '../../src/log/note.ts'
import { formatProof, type Proof, parseProof, verifyProof } from '../../src/log/proof.ts'
import { appendLeaves, inclusionProof, leafHash, lookupIn, rootOf } from '../../src/log/tree.ts'
import vectors from '../vectors/proofs.json' with { type: 'json' }

const origin = 'registry.example/log'
const leafAt = (index: number) => new TextEncoder().encode(`{"seq":${index}}`)
const nothing = () => {
  throw new Error('an empty tree has no nodes')
}

type Authority = Parameters<typeof verifyCheckpoint>[1][number]

function authorityOf(publicKey: Uint8Array, vkey: string): Authority {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: toBase64url(publicKey) }
  return {
    logID: Buffer.from(vkey.split('+')[1] ?? '', 'hex'),
    baseURL: `https://${origin}`,
    publicKey: createPublicKey({ key: jwk, format: 'jwk' }),
    validFor: { start: new Date(0), end: new Date(8.64e15) },
  }
}

async function newKey(): Promise<{ key: NoteKey; vkey: string; authority: Authority }> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])
  if (!('publicKey' in pair)) throw new Error('Ed25519 keys come in pairs')
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  const vkey = await verifierKey(origin, publicKey)
  return {
    key: { name: origin, privateKey: pair.privateKey, publicKey },
    vkey,
    authority: authorityOf(publicKey, vkey),
  }
}

const size1000 = 1000
const hashes = await Promise.all(Array.from({ length: size1000 }, (_, index) => leafHash(leafAt(index))))
const getNode = lookupIn(await appendLeaves(0, hashes, nothing))

// Throws when the checkpoint or the inclusion is not proved.
function sigstoreVerifies(proof: Proof, leaf: Uint8Array, authority: Authority): void {
  const entry = {
    logIndex: String(proof.index),
    logId: { keyId: authority.logID },
    kindVersion: { kind: '', version: '' },
    integratedTime: '0',
    inclusionPromise: undefined,
    inclusionProof: {
      logIndex: String(proof.index),
      rootHash: Buffer.alloc(0),
      treeSize: '0',
      hashes: proof.hashes.map((hash) => Buffer.from(hash)),
      checkpoint: { envelope: proof.checkpoint },
    },
    canonicalizedBody: Buffer.from(leaf),
  }
  verifyMerkleInclusion(entry, verifyCheckpoint(entry, [authority]))
}

async function signedCheckpoint(size: number, key: NoteKey): Promise<string> {
  return signNote(formatCheckpoint({ origin, size, root: await rootOf(size, getNode) }), key)
}

describe('the verifier of sigstore', async () => {
  const { key, authority } = await newKey()

  async function proofs(size: number, indexes: Iterable<number>): Promise<Proof[]> {
    const checkpoint = await signedCheckpoint(size, key)
    return Promise.all(
      Array.from(indexes, async (index) => {
        const text = formatProof({ index, hashes: await inclusionProof(index, size, getNode), checkpoint })
        const proof = parseProof(text)
        if (!proof) throw new Error('a written proof reads back')
        return proof
      }),
    )
  }

  test('accepts proofs of trees of 1 to 130 leaves, ragged edges included', async () => {
    for (let size = 1; size <= 130; size++) {
      const edges = [0, 1, Math.floor(size / 2), 2 ** Math.floor(Math.log2(size)) - 1, size - 2, size - 1]
      for (const proof of await proofs(size, new Set(edges.filter((index) => index >= 0 && index < size)))) {
        sigstoreVerifies(proof, leafAt(proof.index), authority)
        expect(() => sigstoreVerifies(proof, leafAt(proof.index + 1), authority)).toThrow('root hash does not match')
      }
    }
  })

  test('accepts proofs all over a tree of 1,000 leaves', async () => {
    const indexes = new Set([511, 512, 767, 768, 959, 960, 991, 992, 998, 999])
    for (let index = 0; index < size1000; index += 13) indexes.add(index)
    for (const proof of await proofs(size1000, indexes)) sigstoreVerifies(proof, leafAt(proof.index), authority)
  })

  test('rejects another leaf, another index, and a checkpoint of another key', async () => {
    const [proof] = await proofs(7, [4])
    if (!proof) throw new Error('one proof was asked for')
    expect(() => sigstoreVerifies(proof, leafAt(4), authority)).not.toThrow()
    expect(() => sigstoreVerifies(proof, leafAt(3), authority)).toThrow('root hash does not match')
    expect(() => sigstoreVerifies({ ...proof, index: 5 }, leafAt(4), authority)).toThrow('root hash does not match')
    const foreign = await signedCheckpoint(7, (await newKey()).key)
    expect(() => sigstoreVerifies({ ...proof, checkpoint: foreign }, leafAt(4), authority)).toThrow(
      'checkpoint signature',
    )
    const changed = proof.checkpoint.replace('\n7\n', '\n8\n')
    expect(() => sigstoreVerifies({ ...proof, checkpoint: changed }, leafAt(4), authority)).toThrow(
      'checkpoint signature',
    )
  })

  test('agrees with ours on the vectors that hold', async () => {
    const publicKey = Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex')
    const held = vectors.cases.filter(({ valid }) => valid)
    for (const each of held) {
      const proof = parseProof(each.proof)
      if (!proof) throw new Error(each.name)
      sigstoreVerifies(proof, Buffer.from(each.leaf, 'hex'), authorityOf(publicKey, each.vkey))
    }
    expect(held.length).toBeGreaterThanOrEqual(11)
  })
})

describe('the published vectors', () => {
  test.each(vectors.cases)('$name: $valid', async ({ vkey, leaf, proof, valid }) => {
    expect(await verifyProof(proof, Uint8Array.from(Buffer.from(leaf, 'hex')), vkey)).toBe(valid)
  })

  test('of extra data carry it unread', () => {
    const withExtra = vectors.cases.map(({ proof }) => parseProof(proof)?.extra).filter((extra) => extra !== undefined)
    expect(withExtra.map((extra) => new TextDecoder().decode(extra))).toEqual(['grant'])
  })
})

describe('the text of a proof', () => {
  test('is as C2SP tlog-proof writes it', async () => {
    const { key } = await newKey()
    const checkpoint = await signedCheckpoint(3, key)
    const [sibling] = await inclusionProof(2, 3, getNode)
    const text = formatProof({
      index: 2,
      hashes: sibling ? [sibling] : [],
      checkpoint,
      extra: Uint8Array.of(1, 2, 3, 4),
    })
    expect(text).toBe(
      `c2sp.org/tlog-proof@v1\nextra AQIDBA==\nindex 2\n${Buffer.from(sibling ?? '').toString('base64')}\n\n${checkpoint}`,
    )
  })

  test('keeps the checkpoint as it was signed', async () => {
    const { key, vkey } = await newKey()
    const checkpoint = await signedCheckpoint(1000, key)
    const proof = parseProof(formatProof({ index: 3, hashes: await inclusionProof(3, 1000, getNode), checkpoint }))
    expect(proof?.checkpoint).toBe(checkpoint)
    expect(proof?.extra).toBeUndefined()
    const note = await openNote(proof?.checkpoint ?? '', [vkey])
    expect(toHex(parseCheckpoint(note?.text ?? '')?.root ?? new Uint8Array())).toBe(toHex(await rootOf(1000, getNode)))
  })

  const hash = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='
  test.each([
    ['no index', `c2sp.org/tlog-proof@v1\n${hash}\n\nnote\n`],
    ['index after the hashes', `c2sp.org/tlog-proof@v1\n${hash}\nindex 1\n\nnote\n`],
    ['extra data after the index', 'c2sp.org/tlog-proof@v1\nindex 1\nextra AA==\n\nnote\n'],
    ['extra data that is not base64', 'c2sp.org/tlog-proof@v1\nextra A\nindex 1\n\nnote\n'],
    ['a short hash', `c2sp.org/tlog-proof@v1\nindex 1\n${hash.slice(4)}\n\nnote\n`],
    ['a space after the index', 'c2sp.org/tlog-proof@v1\nindex 1 \n\nnote\n'],
    ['no checkpoint', 'c2sp.org/tlog-proof@v1\nindex 1\n\n'],
    ['no blank line', 'c2sp.org/tlog-proof@v1\nindex 1\nnote\n'],
    ['65 hashes', `c2sp.org/tlog-proof@v1\nindex 1\n${`${hash}\n`.repeat(65)}\nnote\n`],
    ['endless extra data', `c2sp.org/tlog-proof@v1\nextra ${'AAAA'.repeat(20_000)}\nindex 1\n\nnote\n`],
  ])('with %s is refused', (_, text) => {
    expect(parseProof(text)).toBeUndefined()
  })

  test('may hold no hash and up to 64', () => {
    expect(parseProof('c2sp.org/tlog-proof@v1\nindex 0\n\nnote\n')).toEqual({
      index: 0,
      hashes: [],
      checkpoint: 'note\n',
    })
    const full = parseProof(`c2sp.org/tlog-proof@v1\nindex 1\n${`${hash}\n`.repeat(64)}\nnote\n`)
    expect(full?.hashes).toHaveLength(64)
  })

  test('is not written of parts that could not be read back', () => {
    expect(() => formatProof({ index: -1, hashes: [], checkpoint: '' })).toThrow(TypeError)
    expect(() => formatProof({ index: 0, hashes: [new Uint8Array(31)], checkpoint: '' })).toThrow(TypeError)
  })

  test('cannot be checked with an unreadable verifier key', async () => {
    await expect(verifyProof('', leafAt(0), 'registry.example/log')).rejects.toThrow(TypeError)
  })
})
