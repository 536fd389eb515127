import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { onTestFinished } from 'vitest'

type Said = { iss: string; aud: string; nonce: string; sub: string }

/**
 * An OpenID provider that answers a code with whatever ID token the test makes, signed as it should be or not. `good`
 * makes one that nothing is wrong with.
 */
export async function startForgedProvider() {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const key = { ...(await exportJWK(publicKey)), alg: 'RS256', use: 'sig', kid: 'one' }
  const forge: { idToken: () => Promise<string> } = {
    idToken: () => Promise.reject(new Error('no ID token was made')),
  }
  const server = createServer(async (request, response) => {
    const path = request.url ?? ''
    const body = path.startsWith('/.well-known/')
      ? metadata(issuer)
      : path === '/jwks'
        ? { keys: [key] }
        : await tokens()
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
  })
  const tokens = async () => ({ access_token: 'opaque', token_type: 'Bearer', id_token: await forge.idToken() })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const issuer = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`
  onTestFinished(() => void server.close())
  const signed = (said: Said, exp: number) =>
    new SignJWT(said)
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuedAt()
      .setExpirationTime(exp)
      .sign(privateKey)
  return {
    issuer,
    forge,
    good: (said: Said) => signed(said, inSeconds(300)),
    expired: (said: Said) => signed(said, inSeconds(-300)),
    unsigned: (said: Said) => `${part({ alg: 'none' })}.${part({ ...said, iat: inSeconds(0), exp: inSeconds(300) })}.`,
    async signedByAnother(said: Said) {
      const other = await generateKeyPair('RS256')
      const made = new SignJWT(said).setProtectedHeader({ alg: 'RS256', kid: 'one' })
      return made.setIssuedAt().setExpirationTime('5m').sign(other.privateKey)
    },
  }
}

function metadata(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256', 'none'],
  }
}

function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
