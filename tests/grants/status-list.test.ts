import { execFileSync, spawnSync } from 'node:child_process'
import { StatusList } from '@sd-jwt/jwt-status-list'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { statusListEntries, statusListFor } from '../../src/grants/status-list.ts'
import { publicKeySet } from '../../src/keys.ts'
import { decodeStatusList, getStatus, statusListBits } from '../../src/verifier/status-codec.ts'
import { granted, grantOf, numbersOf, opened } from '../support/opening.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

const claims = z.object({ ttl: z.number(), status_list: z.object({ bits: z.literal(2), lst: z.string() }) })

async function publishedList(registry: LocalRegistry): Promise<{ lst: string; claims: Record<string, unknown> }> {
  const { text } = await registry.anonymous.get('/v1/status-lists/0')
  const { payload } = await jwtVerify(text, createLocalJWKSet(publicKeySet(registry.keys)), {
    typ: 'statuslist+jwt',
    issuer: registry.url,
    subject: `${registry.url}/v1/status-lists/0`,
    currentDate: registry.clock.now,
  })
  return { lst: claims.parse(payload).status_list.lst, claims: payload }
}

/** A registry with a valid, a suspended, a revoked and a superseded grant, and the successor of the last. */
async function openWithGrants(): Promise<LocalRegistry> {
  const registry = await openLocalRegistry()
  const [first, second] = await Promise.all([opened(registry, 'RPC-OPEN-1.0'), opened(registry, 'RPC-OPEN-1.0')])
  const osaka = await registry.organisation()
  const officer = await registry.member(osaka.id)
  const issue = (patents: typeof first.patents) => granted(officer, grantOf(numbersOf(patents), ['RPC-OPEN-1.0']))
  await issue(first.patents)
  const [suspended, revoked] = [await issue(first.patents), await issue(first.patents)]
  const shared = await issue([...first.patents, ...second.patents])
  await registry.steward.post(`/v1/grants/${suspended.id}/suspension`, { note: 'An inquiry.' })
  await registry.steward.post(`/v1/grants/${revoked.id}/revocation`, { reason: 'breach' })
  await second.officer.post(`/v1/grants/${shared.id}/revocation`, { reason: 'breach' })
  return registry
}

async function tableOf(registry: LocalRegistry): Promise<[number, string][]> {
  const rows = await registry.db.read.rows('select status_index, state from grants where status_list = 0', [])
  return rows.map(([index, state]) => [Number(index), String(state)])
}

const statusValues = new Map([
  ['valid', 0],
  ['revoked', 1],
  ['superseded', 1],
  ['suspended', 2],
])

test('the list says of every entry what the table does, and of all other entries that they are valid', async () => {
  const registry = await openWithGrants()
  const table = await tableOf(registry)
  expect(table.map(([, state]) => state).sort()).toEqual(['revoked', 'superseded', 'suspended', 'valid', 'valid'])
  const { lst, claims: said } = await publishedList(registry)
  const ours = await decodeStatusList(lst)
  const theirs = StatusList.decompressStatusList(lst, statusListBits)
  expect(ours.length * 4).toBe(statusListEntries)
  for (const [index, state] of table) {
    expect(getStatus(ours, index, statusListBits)).toBe(statusValues.get(state))
    expect(theirs.getStatus(index)).toBe(statusValues.get(state))
  }
  const marked = Array.from({ length: statusListEntries }, (_, index) => getStatus(ours, index, statusListBits))
  expect(marked.filter((value) => value !== 0)).toHaveLength(3)
  const now = registry.clock.now.getTime() / 1000
  expect(said).toMatchObject({ iat: now, exp: now + 86_400, ttl: 300 })
})

test.skipIf(spawnSync('python3', ['--version']).status !== 0)(
  'the standard library of Python reads the same list (skipped where there is no python3)',
  async () => {
    const registry = await openWithGrants()
    const { lst } = await publishedList(registry)
    const table = await tableOf(registry)
    const script = [
      'import base64, json, sys, zlib',
      'asked = json.load(sys.stdin)',
      "raw = zlib.decompress(base64.urlsafe_b64decode(asked['lst'] + '=' * (-len(asked['lst']) % 4)))",
      "print(json.dumps([(raw[i // 4] >> (i % 4 * 2)) & 3 for i in asked['indexes']]))",
    ].join('\n')
    const indexes = table.map(([index]) => index)
    const answer = execFileSync('python3', ['-c', script], { input: JSON.stringify({ lst, indexes }) })
    expect(JSON.parse(answer.toString())).toEqual(table.map(([, state]) => statusValues.get(state)))
  },
)

test('a list is left when a sixteenth of it is taken', () => {
  expect([0, 1, 8191, 8192, 16_384].map(statusListFor)).toEqual([0, 0, 0, 1, 2])
})
