import { createPublicKey } from 'node:crypto'
import { verifyCheckpoint } from '@sigstore/verify/dist/tlog/checkpoint.js'
import { verifyMerkleInclusion } from '@sigstore/verify/dist/tlog/merkle.js'
import type { Context } from '../../src/context.ts'
import { commit, type LogEntry } from '../../src/log/commit.ts'
import { toBase64url } from '../../src/log/encoding.ts'
import { parseProof } from '../../src/log/proof.ts'
import { registryContext } from '../../src/node.ts'
import type { LocalRegistry } from './registry.ts'

/** The registry itself acting at the present moment of the clock. */
export function registryItself({ db, keys, url, clock }: LocalRegistry): Context {
  return registryContext(db, keys, url, clock.now)
}

/** Entries that concern no table, all in one act: what a log looks like after that many acts. */
export async function logMany(registry: LocalRegistry, count: number): Promise<void> {
  const entries = Array.from({ length: count }, (): LogEntry => {
    const subject = crypto.randomUUID()
    return { type: 'terms_published', subject, record: { id: subject } }
  })
  const [first, ...rest] = entries
  if (first) await commit(registryItself(registry), { write: [], entries: [first, ...rest], answer: undefined })
}

/** The verifier of sigstore, which shares no code with ours. Throws when the proof does not hold. */
export function sigstoreVerifies(proofText: string, leaf: string, vkey: string): void {
  const proof = parseProof(proofText)
  const [name = '', id = '', ...key] = vkey.trim().split('+')
  if (!proof) throw new Error('the proof is malformed')
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: toBase64url(Buffer.from(key.join('+'), 'base64').subarray(1)) }
  const authority = {
    logID: Buffer.from(id, 'hex'),
    baseURL: `https://${name}`,
    publicKey: createPublicKey({ key: jwk, format: 'jwk' }),
    validFor: { start: new Date(0), end: new Date(8.64e15) },
  }
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
