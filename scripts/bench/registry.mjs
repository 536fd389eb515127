// A registry on a fresh embedded file, with the generated data, the keys and one officer's client.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { generate, load } from './data.mjs'

export const registryUrl = 'http://127.0.0.1'
export const client = { id: 'bench-client', secret: 'bench-secret-of-the-bench-client', organisation: 'org-000' }

/** @returns the folder (registry.db, keys.json), the data, and the keys as stored */
export async function makeRegistry(product, folder, count, seed) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const data = generate(count, seed)
  const db = product.openDatabase(`file:${join(folder, 'registry.db')}`)
  await product.migrate(db)
  await load(product, db, data)
  const now = new Date().toISOString()
  await db.write([
    product.insertClient({
      client: {
        client_id: client.id,
        organisation: client.organisation,
        role: 'officer',
        name: 'Bench',
        scopes: ['grants:issue', 'grants:read'],
        token_endpoint_auth_method: 'client_secret_basic',
        createdAt: now,
      },
      secretSha256: await product.sha256Hex(client.secret),
      jwks: null,
    }),
  ])
  const astray = await product.factsAstray(db.read)
  if (astray.length > 0) throw new Error(`${astray.length} facts rows differ from their records`)
  db.close()
  const stored = await product.newKeys(new Date(Date.now() - 1000))
  writeFileSync(join(folder, 'keys.json'), JSON.stringify(stored), { mode: 0o600 })
  return { folder, data, stored }
}

/** The context of an officer's request, as the server makes it. */
export function officerContext(product, db, keys) {
  const actor = {
    kind: 'member',
    id: client.id,
    organisationId: client.organisation,
    organisationApproved: true,
    role: 'officer',
    scopes: new Set(['grants:issue', 'grants:read']),
  }
  return () => ({ ...product.registryContext(db, keys, registryUrl, new Date()), actor, requestId: v7() })
}

/** What a grant over one patent is asked with. */
export function grantRequest(product, number) {
  return {
    kind: 'research',
    numbers: [number],
    purpose: 'basic_research',
    mode: 'with',
    project: { title: 'Ion transport in sulfide glasses' },
    grantee: { name: '入会 花子', orcid: 'https://orcid.org/0000-0002-1825-0097' },
    acceptTerms: [...product.catalogue.values()].map(({ id, sha256 }) => ({ id, sha256 })),
    allOrNothing: false,
  }
}

export const question = { purpose: 'basic_research', mode: 'with', beneficiary: 'university' }
