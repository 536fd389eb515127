import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { findTerms } from '../../policies/terms.ts'
import { declaration } from '../../src/declarations/declaration.ts'
import { commit } from '../../src/log/commit.ts'
import { toHex } from '../../src/log/encoding.ts'
import { loggedEntry } from '../../src/log/entry.ts'
import { openNote, parseCheckpoint } from '../../src/log/note.ts'
import { parseProof, verifyProof } from '../../src/log/proof.ts'
import { proofOfSubject } from '../../src/log/prove.ts'
import { publishCheckpoint } from '../../src/log/publish.ts'
import { decodeEntryBundle, formatTilePath } from '../../src/log/tiles.ts'
import { appendLeaves, leafHash, lookupIn, rootOf, verifyConsistency } from '../../src/log/tree.ts'
import { patent } from '../../src/patents/patent.ts'
import { checkRegistry } from '../support/check-registry.ts'
import { logMany, registryItself, sigstoreVerifies } from '../support/log.ts'
import { patentOf } from '../support/patents.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

const entryPage = z.object({ items: z.array(loggedEntry), next: z.string().nullable() })
const consistency = z.object({ from: z.number(), to: z.number(), hashes: z.array(z.base64()) })
const digested = z.object({ digest: z.string() })

/** As anyone outside reads it: with the key served, from the checkpoint served. */
async function readCheckpoint(registry: LocalRegistry) {
  const vkey = (await registry.anonymous.get('/log/key')).text.trim()
  const served = await registry.anonymous.get('/log/checkpoint')
  expect(served.headers.get('Content-Type')).toMatch(/^text\/plain/)
  const opened = await openNote(served.text, [vkey])
  const checkpoint = parseCheckpoint(opened?.text ?? '')
  if (!checkpoint) throw new Error(`no checkpoint of ${vkey}: ${served.text}`)
  return { vkey, ...checkpoint }
}

async function readTile(registry: LocalRegistry, path: string): Promise<Uint8Array> {
  const response = await registry.fetch(path)
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`)
  expect(response.headers.get('Content-Type')).toBe('application/octet-stream')
  expect(response.headers.get('Cache-Control')).toContain('immutable')
  return new Uint8Array(await response.arrayBuffer())
}

/** Every tile of one level of tiles, the last one partial. */
async function readTiles(registry: LocalRegistry, kind: 'entries' | number, width: number): Promise<Uint8Array[]> {
  const tiles: Uint8Array[] = []
  for (let first = 0; first < width; first += 256) {
    const place = { index: first / 256, width: Math.min(256, width - first) }
    const tile = kind === 'entries' ? { kind: 'entries' as const } : { kind: 'hashes' as const, level: kind }
    tiles.push(await readTile(registry, formatTilePath({ ...tile, ...place })))
  }
  return tiles
}

function cut(bytes: Uint8Array): string[] {
  return Array.from({ length: bytes.length / 32 }, (_, at) => toHex(bytes.subarray(at * 32, at * 32 + 32)))
}

describe('tiles', () => {
  test('full and partial, of hashes and of entries, rebuild the root of the checkpoint', async () => {
    const registry = await openLocalRegistry()
    await logMany(registry, 690)
    const { size, root } = await readCheckpoint(registry)
    expect(size).toBe(690)
    const bundles = await readTiles(registry, 'entries', size)
    const leaves = bundles.flatMap((bundle) => decodeEntryBundle(bundle) ?? [])
    expect(leaves.length).toBe(690)
    const hashes = await Promise.all(leaves.map(leafHash))
    const nodes = await appendLeaves(0, hashes, () => {
      throw new Error('an empty tree has no nodes')
    })
    expect(toHex(await rootOf(size, lookupIn(nodes)))).toBe(toHex(root))
    expect((await readTiles(registry, 0, size)).flatMap(cut)).toEqual(hashes.map(toHex))
    expect(cut(await readTile(registry, '/log/tile/1/000.p/2'))).toEqual(
      [0, 1].map((index) => toHex(lookupIn(nodes)(8, index))),
    )
  })

  test('are served up to the latest checkpoint and not beyond', async () => {
    const registry = await openLocalRegistry()
    await logMany(registry, 300)
    expect((await registry.anonymous.get('/log/tile/0/000')).status).toBe(404)
    await registry.anonymous.get('/log/checkpoint')
    await logMany(registry, 10)
    for (const path of ['0/000', '0/000.p/255', '0/001.p/44', 'entries/000', 'entries/001.p/44', '1/000.p/1'])
      expect((await registry.anonymous.get(`/log/tile/${path}`)).status, path).toBe(200)
    for (const path of ['0/001.p/45', '0/001', 'entries/001.p/45', '1/000.p/2', '1/000', '2/000.p/1', '63/000.p/1'])
      expect((await registry.anonymous.get(`/log/tile/${path}`)).status, path).toBe(404)
  })

  test.each([
    '0/0',
    '0/x000/000',
    '00/000',
    '0/000.p/0',
    '0/000.p/256',
    '0/000.p/01',
    '64/000',
    '-1/000',
    'entries/',
    '',
    '0/x999/x999/x999/x999/x999/999',
    '0/000/',
    '..%2F..%2Fhealthz',
  ])('%s is no tile', async (path) => {
    const registry = await openLocalRegistry()
    await logMany(registry, 256)
    await registry.anonymous.get('/log/checkpoint')
    expect((await registry.anonymous.get(`/log/tile/${path}`)).problem().code).toBe('not_found')
  })
})

describe('proofs', () => {
  test('of entries all over the log verify with our reader and with that of sigstore', async () => {
    const registry = await openLocalRegistry()
    await logMany(registry, 613)
    const { vkey } = await readCheckpoint(registry)
    const entries = (await registry.anonymous.get('/v1/log/entries?limit=100')).as(entryPage).items
    for (const sequence of [612, 611, 607, 600, 576, 575, 520]) {
      const leaf = entries.find((entry) => entry.sequence === sequence)?.leaf ?? ''
      const { text, headers } = await registry.anonymous.get(`/v1/log/entries/${sequence}.tlog-proof`)
      expect(headers.get('Content-Type')).toMatch(/^text\/plain/)
      expect(await verifyProof(text, new TextEncoder().encode(leaf), vkey)).toBe(true)
      sigstoreVerifies(text, leaf, vkey)
      expect(new TextDecoder().decode(parseProof(text)?.extra)).toBe(leaf)
      expect(() => sigstoreVerifies(text, leaf.replace('"v":1', '"v":2'), vkey)).toThrow('root hash')
    }
  })

  test('of an entry just written publish the checkpoint that covers it', async () => {
    const registry = await openLocalRegistry()
    await logMany(registry, 3)
    expect((await readCheckpoint(registry)).size).toBe(3)
    const { id } = await registry.organisation()
    const text = await proofOfSubject(registryItself(registry), 'organisation_approved', id)
    const { vkey } = await readCheckpoint(registry)
    const [entry] = (await registry.anonymous.get(`/v1/log/entries?subject=${id}&type=organisation_approved`)).as(
      entryPage,
    ).items
    expect(await verifyProof(text ?? '', new TextEncoder().encode(entry?.leaf), vkey)).toBe(true)
    sigstoreVerifies(text ?? '', entry?.leaf ?? '', vkey)
  })

  test('are of the latest entry of a subject, and undefined when there is none', async () => {
    const registry = await openLocalRegistry()
    const { id } = await registry.organisation()
    for (const state of ['suspended', 'approved', 'suspended'])
      await registry.steward.post(`/v1/organisations/${id}/approval`, { state })
    const text = await proofOfSubject(registryItself(registry), 'organisation_suspended', id)
    expect(parseProof(text ?? '')?.index).toBe(4)
    expect(await proofOfSubject(registryItself(registry), 'granted', id)).toBeUndefined()
    expect(await proofOfSubject(registryItself(registry), 'organisation_left', id)).toBeUndefined()
  })

  test.each(['3', '03', '99999999999999999999', '-1', 'x', ''])('%s is no entry of three', async (sequence) => {
    const registry = await openLocalRegistry()
    await logMany(registry, 3)
    expect((await registry.anonymous.get(`/v1/log/entries/${sequence}.tlog-proof`)).problem().code).toBe('not_found')
  })
})

describe('consistency', () => {
  test('is proved between every two of the checkpoints that a reader kept', async () => {
    const registry = await openLocalRegistry()
    const kept = [await readCheckpoint(registry)]
    for (const step of [1, 2, 1, 3, 1, 120, 128, 1, 300]) {
      await logMany(registry, step)
      kept.push(await readCheckpoint(registry))
    }
    for (const older of kept)
      for (const newer of kept.filter(({ size }) => size >= older.size)) {
        const url = `/v1/log/consistency?from=${older.size}&to=${newer.size}`
        const { hashes } = (await registry.anonymous.get(url)).as(consistency)
        const proof = hashes.map((hash) => Uint8Array.from(Buffer.from(hash, 'base64')))
        const pair = { from: older.size, fromRoot: older.root, to: newer.size, toRoot: newer.root, proof }
        expect(await verifyConsistency(pair), url).toBe(true)
        if (older.size > 0 && newer.size > older.size)
          expect(await verifyConsistency({ ...pair, fromRoot: newer.root }), url).toBe(false)
      }
    expect((await registry.anonymous.get('/v1/log/consistency?from=4')).as(consistency).to).toBe(557)
    await checkRegistry(registry)
  })

  test.each(['from=3&to=2', 'from=1&to=4', 'from=4', 'from=-1', 'from=x', 'to=2', 'from=1e300', 'from=1.5'])(
    'cannot be asked for with %s of three entries',
    async (query) => {
      const registry = await openLocalRegistry()
      await logMany(registry, 3)
      const answer = await registry.anonymous.get(`/v1/log/consistency?${query}`)
      expect([answer.status, answer.problem().code]).toEqual([400, 'malformed'])
    },
  )
})

describe('the list of entries', () => {
  test('pages from the newest to the oldest, each once, whatever comes in between', async () => {
    const registry = await openLocalRegistry()
    await logMany(registry, 25)
    const seen: number[] = []
    let path: string | null = '/v1/log/entries?limit=10'
    while (path !== null) {
      const { items, next }: z.infer<typeof entryPage> = (await registry.anonymous.get(path)).as(entryPage)
      seen.push(...items.map(({ sequence }) => sequence))
      await logMany(registry, 2)
      path = next && `/v1/log/entries?limit=10&cursor=${next}`
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => 24 - i))
  })

  test('lets anyone recompute the digest of a public act', async () => {
    const registry = await openLocalRegistry()
    const kyoto = await registry.organisation()
    const osaka = await registry.organisation()
    const officer = await registry.member(kyoto.id)
    const coOwner = await registry.member(osaka.id)
    const { number } = (await officer.post('/v1/patents', patentOf([kyoto, osaka]))).as(patent)
    const terms = findTerms('RPC-OPEN-1.0')
    const { id } = (
      await officer.post('/v1/declarations', {
        termsId: terms?.id,
        termsSha256: terms?.sha256,
        numbers: [number],
        encumbrancesChecked: true,
      })
    ).as(declaration)
    await coOwner.post(`/v1/declarations/${id}/consents`, { answer: 'given' })
    await officer.post(`/v1/declarations/${id}/withdrawal`, { reason: 'The patent was assigned.' })
    const { items } = (await registry.anonymous.get(`/v1/log/entries?subject=${id}`)).as(entryPage)
    expect(items.map(({ type }) => type)).toEqual([
      'declaration_withdrawn',
      'declaration_in_force',
      'consented',
      'declared',
    ])
    for (const { leaf, record, salt } of items) {
      const recomputed = createHash('sha256')
        .update(`${salt}${canonicalize(record)}`)
        .digest('hex')
      expect(digested.parse(JSON.parse(leaf)).digest).toBe(recomputed)
    }
    await checkRegistry(registry)
  })

  test('gives neither record nor salt of what may hold a name that is not public', async () => {
    const registry = await openLocalRegistry()
    const subject = crypto.randomUUID()
    const record = { grantee: { name: '山田 花子', orcid: '0000-0002-1825-0097' } }
    await commit(registryItself(registry), {
      write: [],
      entries: [
        { type: 'granted', subject, record },
        { type: 'grant_superseded', subject, record },
        { type: 'organisation_applied', subject, record },
        { type: 'grant_suspended', subject, record: { id: subject, note: '山田氏の報告を確認中' } },
      ],
      answer: undefined,
    })
    const { text } = await registry.anonymous.get(`/v1/log/entries?subject=${subject}`)
    const { items } = entryPage.parse(JSON.parse(text))
    expect(items.length).toBe(4)
    for (const item of items) expect(Object.keys(item).sort()).toEqual(['at', 'leaf', 'sequence', 'subject', 'type'])
    expect(text).not.toContain('山田')
    expect(text).not.toContain('salt')
    const proof = (await registry.anonymous.get('/v1/log/entries/0.tlog-proof')).text
    expect(Buffer.from(parseProof(proof)?.extra ?? []).toString()).not.toContain('山田')
  })

  test.each(['type=unknown', 'limit=0', 'limit=101', 'cursor=x'])('cannot be asked for with %s', async (query) => {
    const registry = await openLocalRegistry()
    expect((await registry.anonymous.get(`/v1/log/entries?${query}`)).problem().code).toBe('malformed')
  })

  test('is empty behind a cursor of another list', async () => {
    const registry = await openLocalRegistry()
    await logMany(registry, 3)
    const cursor = Buffer.from('["Kyoto University","0198"]').toString('base64url')
    expect((await registry.anonymous.get(`/v1/log/entries?cursor=${cursor}`)).as(entryPage).items).toEqual([])
  })
})

test('a record erased leaves the log, its proofs and its checkpoints as they were', async () => {
  const registry = await openLocalRegistry()
  const { id } = await registry.organisation()
  await logMany(registry, 5)
  const before = await publishCheckpoint(registryItself(registry))
  await registry.db.write([{ sql: 'delete from log_records where sequence <= 1', args: [] }])
  const { vkey, root } = await readCheckpoint(registry)
  expect(toHex(root)).toBe(toHex(before.root))
  const [entry] = (await registry.anonymous.get(`/v1/log/entries?subject=${id}`)).as(entryPage).items
  expect([entry?.type, entry?.record, entry?.salt]).toEqual(['organisation_approved', undefined, undefined])
  const { text } = await registry.anonymous.get(`/v1/log/entries/${entry?.sequence}.tlog-proof`)
  expect(await verifyProof(text, new TextEncoder().encode(entry?.leaf), vkey)).toBe(true)
  await checkRegistry(registry)
})
