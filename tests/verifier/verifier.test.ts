import { describe, expect, test } from 'vitest'
import { verifyGrant } from '../../src/verifier/verifier.ts'
import vectors from '../vectors/tokens.json' with { type: 'json' }
import { expectVerdict, optionsOf } from './vectors.ts'

describe('the published vectors', () => {
  test.each(vectors.cases)('$name', async (one) => {
    expectVerdict(await verifyGrant(one.token, optionsOf(vectors)), one)
  })

  test('stop at each code but those that need another trust', () => {
    const codes = new Set(vectors.cases.flatMap(({ code }) => (code === null ? [] : [code])))
    expect([...codes].sort()).toEqual([
      'expired',
      'issuer_unknown',
      'key_unknown',
      'not_yet',
      'other_type',
      'revoked',
      'signature_wrong',
      'status_missing',
      'status_out_of_range',
      'status_stale',
      'status_unknown',
      'status_unusable',
      'suspended',
      'terms_changed',
      'terms_unknown',
      'unreadable',
    ])
  })
})

const valid = vectors.cases.find(({ name }) => name === 'valid')?.token ?? ''
const options = optionsOf(vectors)
const issuer = Object.keys(vectors.issuers)[0] ?? ''

/** The code of the first check that did not pass. */
async function stopOf(token: string, changed: Partial<Parameters<typeof verifyGrant>[1]>) {
  const { valid: verdict, checks } = await verifyGrant(token, { ...options, ...changed })
  return [verdict, checks.find(({ passed }) => passed !== true)?.code]
}

test('a valid grant passes seven checks in a fixed order and gives its claims', async () => {
  const { checks, claims } = await verifyGrant(valid, options)
  expect(checks.map(({ name }) => name)).toEqual(['readable', 'type', 'issuer', 'signature', 'time', 'terms', 'status'])
  expect(claims?.authorization_details[0]?.patents).toEqual(['JP-5985120-B1', 'US-10020535-B2'])
})

test('claims are given only when the signature holds', async () => {
  for (const { token, code } of vectors.cases) {
    const { claims, checks } = await verifyGrant(token, options)
    expect(claims !== undefined, code ?? 'valid').toBe(checks.some((one) => one.code === 'signature_good'))
  }
})

test('without a way to the status list nothing is valid', async () => {
  const { statusList: _statusList, ...without } = options
  const { valid: verdict, checks } = await verifyGrant(valid, without)
  expect([verdict, checks.at(-1)?.code]).toEqual([null, 'status_missing'])
})

test('nothing is fetched for a token that is not the issuer’s', async () => {
  const asked: string[] = []
  const statusList = async (uri: string) => {
    asked.push(uri)
    return options.statusList(uri)
  }
  for (const { token, code } of vectors.cases)
    if (['signature_wrong', 'issuer_unknown', 'key_unknown', 'other_type', 'unreadable'].includes(code ?? ''))
      await verifyGrant(token, { ...options, statusList })
  expect(asked).toEqual([])
  await verifyGrant(valid, { ...options, statusList })
  expect(asked).toEqual([`${issuer}/v1/status-lists/0`])
})

test('an answer that is not text, or a page of a megabyte, is no status list', async () => {
  expect(await stopOf(valid, { statusList: async () => 'x'.repeat(5 * 1024 * 1024) })).toEqual([null, 'status_missing'])
  expect(await stopOf(valid, { statusList: async () => JSON.parse('{}') })).toEqual([null, 'status_missing'])
  expect(await stopOf(valid, { statusList: async () => '<!doctype html>' })).toEqual([null, 'status_unusable'])
  expect(await stopOf(valid, { statusList: () => Promise.reject(new TypeError('offline')) })).toEqual([
    null,
    'status_missing',
  ])
})

test('keys are fetched only with the function given, and only when the issuer has no keys at hand', async () => {
  const issuers = { [issuer]: { jwksUri: `${issuer}/.well-known/jwks.json` } }
  const jwks = JSON.stringify(Object.values(vectors.issuers)[0]?.jwks)
  expect(await stopOf(valid, { issuers })).toEqual([null, 'keys_missing'])
  expect(await stopOf(valid, { issuers, keySet: async (uri) => (uri.startsWith(issuer) ? jwks : '') })).toEqual([
    true,
    undefined,
  ])
  for (const text of ['', 'null', '[]', '{"keys":[1]}', '{"keys":{}}'])
    expect(await stopOf(valid, { issuers, keySet: async () => text })).toEqual([null, 'keys_missing'])
  expect(await stopOf(valid, { issuers, keySet: () => Promise.reject(new Error('offline')) })).toEqual([
    null,
    'keys_missing',
  ])
})

test('a key given up as compromised proves nothing; a set said to be complete knows all keys', async () => {
  const { jwks } = vectors.issuers['https://registry.example']
  const [first] = jwks.keys
  expect(await stopOf(valid, { issuers: { [issuer]: { jwks, distrusted: [first?.kid ?? ''] } } })).toEqual([
    null,
    'key_distrusted',
  ])
  const unknown = vectors.cases.find(({ code }) => code === 'key_unknown')?.token ?? ''
  expect(await stopOf(unknown, { issuers: { [issuer]: { jwks, complete: true } } })).toEqual([false, 'signature_wrong'])
  expect(await stopOf(valid, { issuers: { [issuer]: { jwks: { keys: [] } } } })).toEqual([null, 'key_unknown'])
})

test('two keys of one id are no key', async () => {
  const { jwks } = vectors.issuers['https://registry.example']
  expect(await stopOf(valid, { issuers: { [issuer]: { jwks: { keys: [...jwks.keys, ...jwks.keys] } } } })).toEqual([
    null,
    'key_unknown',
  ])
})

test('a clock that is no time makes nothing valid', async () => {
  expect(await stopOf(valid, { now: new Date(Number.NaN) })).toEqual([false, 'not_yet'])
})

test('a token beyond the limit is not read', async () => {
  const [header = '', , signature = ''] = valid.split('.')
  expect(await stopOf(`${header}.${'e'.repeat(200_000)}.${signature}`, {})).toEqual([false, 'unreadable'])
})

test('any one character changed makes a valid grant not valid', { timeout: 60_000 }, async () => {
  const step = 7
  for (let at = 0; at < valid.length; at += step) {
    const other = valid[at] === 'A' ? 'B' : 'A'
    const { valid: verdict } = await verifyGrant(`${valid.slice(0, at)}${other}${valid.slice(at + 1)}`, options)
    expect(verdict, `character ${at}`).not.toBe(true)
  }
})
