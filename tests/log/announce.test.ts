import { expect, test } from 'vitest'
import { catalogue } from '../../policies/terms.ts'
import { type Keys, keyUses, loadKeys, newKeys, rotatedKeys } from '../../src/keys.ts'
import { announce } from '../../src/log/announce.ts'
import { listEntries } from '../../src/log/queries.ts'
import { checkRegistry, dumpState } from '../support/check-registry.ts'
import { registryItself } from '../support/log.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

const known = catalogue.size + keyUses.length

function announcedWith(registry: LocalRegistry, keys: Keys): Promise<number> {
  return announce({ ...registryItself(registry), keys })
}

test('every terms version and every key is in the log once, however often the registry starts', async () => {
  const registry = await openLocalRegistry()
  expect(await announce(registryItself(registry))).toBe(known)
  const before = await dumpState(registry)
  expect(await announce(registryItself(registry))).toBe(0)
  expect(await dumpState(registry)).toBe(before)
  const terms = await listEntries(registry.db.read, { type: 'terms_published' }, undefined, 100)
  expect(terms.map(({ record }) => record).reverse()).toEqual(
    [...catalogue.values()].map(({ id, sha256, publishedOn }) => ({ id, sha256, publishedOn })),
  )
  await checkRegistry(registry)
})

test('of processes that start at once, one announces', async () => {
  const registry = await openLocalRegistry()
  const added = await Promise.all(Array.from({ length: 8 }, () => announce(registryItself(registry))))
  expect(added.sort((a, b) => a - b)).toEqual([0, 0, 0, 0, 0, 0, 0, known])
  expect((await listEntries(registry.db.read, {}, undefined, 100)).length).toBe(known)
})

test('a rotation adds the new keys, and each old one again once it is retired', async () => {
  const registry = await openLocalRegistry()
  const first = await newKeys(new Date('2026-01-01T00:00:00Z'))
  await announcedWith(registry, await loadKeys(first))
  const rotated = await rotatedKeys(first, new Date('2026-06-01T00:00:00Z'))
  expect(await announcedWith(registry, await loadKeys(rotated))).toBe(3)
  const again = await rotatedKeys(rotated, new Date('2026-11-01T00:00:00Z'))
  // Three new keys, and the three first ones as retired.
  expect(await announcedWith(registry, await loadKeys(again))).toBe(6)
  const [oldest] = first.keys
  const entries = await listEntries(registry.db.read, { subject: oldest?.kid }, undefined, 10)
  expect(entries.map(({ record }) => record)).toMatchObject([{ state: 'retired' }, { state: 'active' }])
  await checkRegistry(registry)
})

test('no private half of a key is in the log', async () => {
  const registry = await openLocalRegistry()
  const stored = await newKeys(new Date('2026-01-01T00:00:00Z'))
  await announcedWith(registry, await loadKeys(stored))
  const state = await dumpState(registry)
  for (const { jwk } of stored.keys) {
    expect(state).toContain(jwk.x)
    expect(state).not.toContain(jwk.d)
  }
})
