import { execFileSync, spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { granted, grantOf, numbersOf, opened } from '../support/opening.ts'
import { openRegistry } from '../support/registry.ts'

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
print(json.dumps({"type": type, "patents": claims["authorization_details"][0]["patents"],
  "status": (bits[place["idx"] // 4] >> place["idx"] % 4 * 2) & 3}))
`
const read = z.object({ type: z.string(), patents: z.array(z.string()), status: z.number() })

test('Python verifies a grant from the key set alone, and sees it end in the status list', async (t) => {
  if (python === undefined) return t.skip('jwcrypto for Python is not installed')
  const registry = await openRegistry()
  const { patents } = await opened(registry, 'RPC-OPEN-1.0')
  const institution = await registry.organisation()
  const user = await registry.member(institution.id)
  const [number = ''] = numbersOf(patents)
  const grant = await granted(user, grantOf([number], ['RPC-OPEN-1.0']))
  const verify = async () => {
    const jwks = (await registry.anonymous.get('/.well-known/jwks.json')).text
    const list = (await registry.anonymous.get(new URL(grant.urls.status).pathname)).text
    const input = JSON.stringify({ token: grant.token, jwks, list })
    return read.parse(JSON.parse(execFileSync(python, ['-c', verifier], { input, encoding: 'utf8' })))
  }
  expect(await verify()).toEqual({ type: 'research-grant+jwt', patents: [number], status: 0 })
  await user.post(`/v1/grants/${grant.id}/revocation`, { reason: 'issued_in_error' })
  expect((await verify()).status).toBe(1)
})
