import { expect, test } from 'vitest'
import { z } from 'zod'
import { verifyGrant } from '../../src/verifier/verifier.ts'
import { granted, grantOf, numbersOf, opened } from '../support/opening.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

async function withGrant() {
  const registry = await openLocalRegistry()
  const { patents } = await opened(registry, 'RPC-OPEN-1.0')
  const client = await registry.member((await registry.organisation()).id)
  const issued = await granted(client, grantOf(numbersOf(patents), ['RPC-OPEN-1.0']))
  return { registry, client, issued }
}

function sent(registry: LocalRegistry, fields: Record<string, string | File>, path = '/en/verify') {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  return registry.anonymous.send('POST', path, { body })
}

/** The answer in one word, as the page marks it. */
function verdictOf(text: string): string[] {
  const [, mark = '', word = ''] = /id="verdict" class="mark ([a-z_]+)">([^<]+)</.exec(text) ?? []
  return [mark, word]
}

test('without script the form answers in one word, then each check', async () => {
  const { registry, client, issued } = await withGrant()
  const valid = await sent(registry, { token: ` ${issued.token}\n` })
  expect(verdictOf(valid.text)).toEqual(['allowed', 'Valid'])
  expect(valid.text.match(/class="mark allowed">Passed/g)).toHaveLength(9)
  expect(verdictOf((await sent(registry, { token: issued.token }, '/ja/verify')).text)).toEqual(['allowed', '有効'])
  const [header, , signature] = issued.token.split('.')
  expect(verdictOf((await sent(registry, { token: `${header}.e30.${signature}` })).text)).toEqual([
    'not_allowed',
    'Not valid',
  ])
  await client.post(`/v1/grants/${issued.id}/revocation`, { reason: 'issued_in_error' })
  expect(verdictOf((await sent(registry, { token: issued.token })).text)).toEqual(['not_allowed', 'Not valid'])
})

test('a file is read in place of the field; nothing at all is only the form again', async () => {
  const { registry, issued } = await withGrant()
  const file = new File([issued.token], 'grant.jwt', { type: 'application/jwt' })
  expect(verdictOf((await sent(registry, { token: '', file })).text)).toEqual(['allowed', 'Valid'])
  const empty = await sent(registry, { token: '' })
  expect([empty.status, verdictOf(empty.text)]).toEqual([200, ['', '']])
  expect((await sent(registry, { token: 'x'.repeat(2 * 1024 * 1024) })).status).toBe(413)
  expect(verdictOf((await sent(registry, { token: 'x'.repeat(300_000) })).text)).toEqual(['not_allowed', 'Not valid'])
})

test('the short URL of a certificate leads to its page, and no other address does', async () => {
  const { registry, issued } = await withGrant()
  const found = await sent(registry, { token: `${registry.url}/g/${issued.number}` })
  expect([found.status, found.headers.get('Location')]).toEqual([303, `/en/g/${issued.number}`])
  for (const token of ['https://other.test/g/0123456789', `${registry.url}/g/../../evil`, '//evil.test/g/0123456789'])
    expect((await sent(registry, { token })).status).toBe(200)
})

test('what is pasted comes back as text', async () => {
  const registry = await openLocalRegistry()
  const { text } = await sent(registry, { token: '</textarea><script>alert(1)</script>' })
  expect(text).not.toContain('<script>alert')
})

test('the page brings all that its script needs to verify a grant, save the status list', async () => {
  const { registry, issued } = await withGrant()
  const { text, headers } = await registry.anonymous.get('/en/verify')
  expect(headers.get('Content-Security-Policy')).toContain("script-src 'self'")
  const [, data = ''] = /<script id="facts" type="application\/json">(.*?)<\/script>/s.exec(text) ?? []
  const facts = z
    .object({
      issuer: z.string(),
      keys: z.object({
        jwks: z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })) }),
        distrusted: z.array(z.string()),
      }),
      terms: z.record(z.string(), z.string()),
      lists: z.array(z.string()),
    })
    .parse(JSON.parse(data))
  expect(facts.keys.jwks.keys.every((key) => !('d' in key))).toBe(true)
  const { valid } = await verifyGrant(issued.token, {
    issuers: { [facts.issuer]: facts.keys },
    terms: facts.terms,
    now: registry.clock.now,
    statusList: async (uri) => {
      expect(facts.lists).toContain(uri)
      return (await registry.anonymous.get(new URL(uri).pathname)).text
    },
  })
  expect(valid).toBe(true)
})
