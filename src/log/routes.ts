import { z } from '@hono/zod-openapi'
import { RegistryError } from '../errors.ts'
import { api, type Http, json, problems, route } from '../http/api.ts'
import { decodeCursor, page, paged, pageQuery } from '../http/paging.ts'
import { entryTypes } from './commit.ts'
import { concatBytes, toBase64 } from './encoding.ts'
import { checkpointExample, loggedEntry, loggedEntryExample, proofExample } from './entry.ts'
import { parseDecimal } from './note.ts'
import { proofOfEntry, proveConsistency } from './prove.ts'
import { logVerifierKey, publishCheckpoint } from './publish.ts'
import { leafTexts, listEntries, nodeHashes, publishedSize } from './queries.ts'
import { encodeEntryBundle, parseTilePath, tileExists, tileNodes } from './tiles.ts'

/** A checkpoint may be this old; who just wrote asks for the proof instead. */
const checkpointCache = 'public, max-age=5'
/** A tile of a given width never changes. */
const tileCache = 'public, max-age=31536000, immutable'
const keyCache = 'public, max-age=300'

const plainText = (description: string, example: string) => ({
  description,
  content: { 'text/plain': { schema: z.string(), example } },
})

const checkpoint = route({
  method: 'get',
  path: '/log/checkpoint',
  operationId: 'readCheckpoint',
  tags: ['Log'],
  summary: 'The signed state of the public log (C2SP tlog-checkpoint)',
  description:
    'A signed note (C2SP signed-note) of origin, number of entries and root hash (RFC 6962), over all entries at the time of signing. It may be five seconds old; the proof of an entry always comes with a checkpoint that covers it.',
  responses: { 200: plainText('A signed note over origin, number of entries and root hash.', checkpointExample) },
})

const key = route({
  method: 'get',
  path: '/log/key',
  operationId: 'readLogKey',
  tags: ['Log'],
  summary: 'The public key of the log as a C2SP verifier key',
  description:
    'The Ed25519 key with which checkpoints are signed. The identity of the log is this key, so it is never rotated; keep a copy of your own.',
  responses: {
    200: plainText(
      '`<name>+<key id>+<key>`, for any C2SP tool.',
      'registry.example/log+3627d006+AY+atlKcB+Mk5j9fOMWNLnNdspBpZUtqACPM7dqycFaD\n',
    ),
  },
})

const tile = route({
  method: 'get',
  path: '/log/tile/{path}',
  operationId: 'readTile',
  tags: ['Log'],
  summary: 'Hash tiles and entry bundles (C2SP tlog-tiles)',
  description:
    'Static resources from which anyone rebuilds and audits the whole tree. A tile of a given width never changes and may be kept for ever; one that lies beyond the latest checkpoint is 404.',
  request: {
    params: z.object({
      path: z.string().max(64).openapi({
        description:
          '`<L>/<N>` or `entries/<N>`, with `.p/<W>` for a partial tile; slashes as they are. Up to the latest checkpoint.',
        example: 'entries/000.p/14',
      }),
    }),
  },
  responses: {
    200: {
      description: 'Hashes of 32 bytes, or each leaf after its length (uint16, big-endian).',
      content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...problems('not_found'),
  },
})

const proof = route({
  method: 'get',
  path: '/v1/log/entries/{sequence}.tlog-proof',
  operationId: 'proveLogEntry',
  tags: ['Log'],
  summary: 'Proof that an entry is in the log (C2SP tlog-proof)',
  description:
    'The leaf of the entry with its inclusion proof and a checkpoint that covers it, signed now if need be. It stays verifiable offline with the key of the log, without asking the registry again.',
  request: { params: z.object({ sequence: z.string().openapi({ example: '13' }) }) },
  responses: {
    200: plainText(
      'Index, inclusion hashes and checkpoint; `extra` is the leaf. Verifiable offline with the log key.',
      proofExample,
    ),
    ...problems('not_found'),
  },
})

const list = route({
  method: 'get',
  path: '/v1/log/entries',
  operationId: 'listLogEntries',
  tags: ['Log'],
  summary: 'Entries of the public log, newest first',
  description:
    'Legal acts as they were recorded: declarations, consents, withdrawals, grants, revocations, terms, keys, organisations. A leaf holds ids and a salted SHA-256 digest, no names; records that are public come with the salt, so that the digest can be recomputed.',
  request: {
    query: z.object({
      type: z.enum(entryTypes).optional(),
      subject: z.string().max(200).optional().openapi({ description: 'Id of the record that the act was about.' }),
      ...pageQuery,
    }),
  },
  responses: {
    200: json(
      'A page.',
      page(loggedEntry).openapi('LogEntryPage', { example: { items: [loggedEntryExample], next: null } }),
    ),
    ...problems('malformed'),
  },
})

const consistency = route({
  method: 'get',
  path: '/v1/log/consistency',
  operationId: 'proveLogConsistency',
  tags: ['Log'],
  summary: 'Proof that a later tree contains an earlier one (RFC 6962, 2.1.2)',
  description:
    'Shows that nothing was changed or removed between two sizes of the tree, for those who kept an earlier checkpoint. 400 when a size lies outside of the log.',
  request: {
    query: z.object({
      from: z.coerce.number().int().min(0).openapi({ description: 'Size of the tree that you know.' }),
      to: z.coerce.number().int().min(0).optional().openapi({ description: 'Default: the latest checkpoint.' }),
    }),
  },
  responses: {
    200: json(
      'The hashes, Base64. Compare with the roots of the two checkpoints.',
      z
        .object({ from: z.number().int(), to: z.number().int(), hashes: z.array(z.string()) })
        .openapi('LogConsistency', {
          example: {
            from: 3,
            to: 8,
            hashes: [
              'VBJE4FRK3xe7fUnltrne2R8iMXuEnpdTnGgFYJjYVV0=',
              'vi1YXm95URMcEd6OKOOcgO5htssE/nLP2j17VD/Vyl0=',
              'xanl4U3jPnjG3/nz/1aXM5+ynusm/6SQqwPavEeLjHE=',
              'h1Mps07Ewwp6NbvwuJMKnDlbCABryTFT2APhkvxg/qc=',
            ],
          },
        }),
    ),
    ...problems('malformed'),
  },
})

export const logRoutes = api()
  .openapi(checkpoint, async (c) => {
    const { note } = await publishCheckpoint(c.var.ctx)
    return c.text(note, 200, { 'Cache-Control': checkpointCache })
  })
  .openapi(key, async (c) => c.text(`${await logVerifierKey(c.var.ctx)}\n`, 200, { 'Cache-Control': keyCache }))
  .openapi(list, async (c) => {
    const { type, subject, cursor, limit } = c.req.valid('query')
    const [before] = decodeCursor(cursor) ?? []
    const found = await listEntries(
      c.var.ctx.db.read,
      { type, subject },
      before === undefined ? undefined : (parseDecimal(String(before)) ?? 0),
      limit + 1,
    )
    return c.json(
      paged(c, found, limit, (entry) => [entry.sequence]),
      200,
    )
  })
  .openapi(consistency, async (c) => {
    const { from, to } = c.req.valid('query')
    const { size } = await publishCheckpoint(c.var.ctx, to)
    const [first, last] = [from, to ?? size]
    if (last > size) throw outside('to', `The log has ${size} entries.`)
    if (first > last) throw outside('from', `There is no tree of ${first} entries in one of ${last}.`)
    const hashes = await proveConsistency(c.var.ctx, first, last)
    return c.json({ from: first, to: last, hashes: hashes.map(toBase64) }, 200)
  })

// Paths that an OpenAPI template can name but the router of the document's templates cannot match.
logRoutes.openAPIRegistry.registerPath(tile)
logRoutes.get('/log/tile/*', async (c) => {
  const bytes = await readTile(c)
  if (!bytes) throw new RegistryError('not_found', 'There is no such tile in the tree of the latest checkpoint.')
  return c.body(bytes, 200, { 'Content-Type': 'application/octet-stream', 'Cache-Control': tileCache })
})
logRoutes.openAPIRegistry.registerPath(proof)
logRoutes.get('/v1/log/entries/:proof{[0-9]+\\.tlog-proof}', async (c) => {
  const sequence = parseDecimal(c.req.param('proof').slice(0, -'.tlog-proof'.length))
  const text = sequence === undefined ? undefined : await proofOfEntry(c.var.ctx, sequence)
  if (text === undefined) throw new RegistryError('not_found', 'The log has no entry of that number.')
  return c.text(text, 200, { 'Cache-Control': checkpointCache })
})

async function readTile(c: Http): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { read } = c.var.ctx.db
  const asked = parseTilePath(c.req.path)
  if (!asked || !tileExists(asked, (await publishedSize(read)) ?? 0)) return undefined
  const { level, first, count } = tileNodes(asked)
  if (asked.kind === 'hashes') return concatBytes(await nodeHashes(read, level, first, count))
  const leaves = await leafTexts(read, first, count)
  return encodeEntryBundle(leaves.map((leaf) => new TextEncoder().encode(leaf)))
}

function outside(parameter: string, detail: string): RegistryError {
  return new RegistryError('malformed', detail, {
    faults: [{ pointer: `?${parameter}`, code: 'outside_the_log', detail }],
  })
}
