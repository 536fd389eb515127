import { execFileSync, spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { grantClaims } from '../../src/grants/claims.ts'
import { claimPath, inventorGrant, member, moved, ok, printed, worksAt } from '../support/inventors.ts'
import { enrolled, granted, grantOf, numbersOf, opened } from '../support/opening.ts'
import { readPayload } from '../support/payload.ts'
import { newOrcid, signedIn } from '../support/people.ts'
import { openRegistry, type Registry } from '../support/registry.ts'

const python = ['/usr/bin/python3', 'python3'].find((one) => spawnSync(one, ['-c', 'import jwcrypto']).status === 0)

/** As the README shows, but for the dates: the clock of the registry under test may stand still. */
const verifier = `
import base64, json, sys, zlib
from jwcrypto import jwk, jws
given = json.load(sys.stdin)
keys = jwk.JWKSet.from_json(given["jwks"])
def signed(text):
    token = jws.JWS()
    token.deserialize(text)
    header = json.loads(token.objects["protected"])
    token.allowed_algs = ["ES256"]
    token.verify(keys.get_key(header["kid"]))
    return header["typ"], json.loads(token.payload)
type, claims = signed(given["token"])
place = claims["status"]["status_list"]
list = signed(given["list"])[1]["status_list"]
bits = zlib.decompress(base64.urlsafe_b64decode(list["lst"] + "=="))
print(json.dumps({"type": type, "kind": claims["kind"], "sub": claims["sub"], "affiliation": claims.get("affiliation"),
  "patents": claims["authorization_details"][0]["patents"],
  "status": (bits[place["idx"] // 4] >> place["idx"] % 4 * 2) & 3}))
`
const affiliation = z.object({ organisation: z.string(), source: z.string(), by: z.string(), asserted: z.number() })
const read = z.object({
  type: z.string(),
  kind: z.string(),
  sub: z.string(),
  affiliation: affiliation.nullable(),
  patents: z.array(z.string()),
  status: z.number(),
})

/** All that Python is given: the token, the key set, and the signed list that the token names. */
async function readByPython(python: string, registry: Registry, token: string) {
  const jwks = (await registry.anonymous.get('/.well-known/jwks.json')).text
  const { uri } = grantClaims.parse(readPayload(token)).status.status_list
  const list = (await registry.anonymous.get(new URL(uri).pathname)).text
  const input = JSON.stringify({ token, jwks, list })
  return read.parse(JSON.parse(execFileSync(python, ['-c', verifier], { input, encoding: 'utf8' })))
}

test('Python verifies a grant from the key set alone, and sees it end in the status list', async (t) => {
  if (python === undefined) return t.skip('jwcrypto for Python is not installed')
  const registry = await openRegistry()
  const { patents } = await opened(registry, 'RPC-OPEN-1.0')
  const institution = await registry.organisation()
  const user = await registry.member(institution.id)
  const [number = ''] = numbersOf(patents)
  const grant = await granted(user, grantOf([number], ['RPC-OPEN-1.0']))
  const verify = () => readByPython(python, registry, grant.token)
  expect(await verify()).toMatchObject({ type: 'research-grant+jwt', kind: 'research', patents: [number], status: 0 })
  await user.post(`/v1/grants/${grant.id}/revocation`, { reason: 'issued_in_error' })
  expect((await verify()).status).toBe(1)
})

test('Python verifies an inventor grant, and after a move sees the old one ended and the new one valid', async (t) => {
  if (python === undefined) return t.skip('jwcrypto for Python is not installed')
  const registry = await openRegistry()
  const [kyoto, osaka] = [await member(registry), await member(registry)]
  const made = await enrolled(kyoto.officer, [kyoto.organisation], printed())
  const orcid = newOrcid()
  const inventor = await signedIn(registry, { name: '入会 花子', orcid })
  ok(await inventor.post(claimPath(made), {}))
  ok(await kyoto.officer.post(claimPath(made, 'confirmation'), { state: 'confirmed' }))
  await worksAt(inventor, kyoto)
  const at = ({ organisation }: typeof kyoto) => `${registry.url}/v1/organisations/${organisation.id}`
  const { token } = await inventorGrant(inventor)
  const inventorGrantAt = (institution: typeof kyoto, status: number) => ({
    type: 'research-grant+jwt',
    kind: 'inventor',
    sub: orcid,
    affiliation: { organisation: at(institution), source: orcid, by: 'self' },
    patents: [made.number],
    status,
  })
  expect(await readByPython(python, registry, token)).toMatchObject(inventorGrantAt(kyoto, 0))
  const [grant] = (await moved(inventor, osaka)).grants
  expect(await readByPython(python, registry, token)).toMatchObject(inventorGrantAt(kyoto, 1))
  expect(await readByPython(python, registry, grant?.next?.token ?? '')).toMatchObject(inventorGrantAt(osaka, 0))
})
