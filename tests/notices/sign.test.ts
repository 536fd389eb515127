import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { secretOf, signedHeaders } from '../../src/notices/sign.ts'

const secret = secretOf(Uint8Array.from({ length: 32 }, (_, i) => i * 7))

test('a Standard Webhooks library verifies what is signed, and refuses it changed or under another secret', async () => {
  const payload = JSON.stringify({ type: 'consent_asked', data: { text: '同意' } })
  const headers = await signedHeaders(secret, 'message-1', new Date(), payload)
  expect(new Webhook(secret).verify(payload, headers)).toEqual(JSON.parse(payload))
  expect(() => new Webhook(secret).verify(payload.replace('同意', '拒否'), headers)).toThrow()
  expect(() => new Webhook(secret).verify(payload, { ...headers, 'webhook-id': 'message-2' })).toThrow()
  const later = String(Number(headers['webhook-timestamp']) + 1)
  expect(() => new Webhook(secret).verify(payload, { ...headers, 'webhook-timestamp': later })).toThrow()
  expect(() => new Webhook(secretOf(new Uint8Array(32))).verify(payload, headers)).toThrow()
})

test('the signature is the one that the library makes', async () => {
  const at = new Date('2026-11-21T09:00:00.999Z')
  const headers = await signedHeaders(secret, 'message-1', at, '{}')
  expect(headers['webhook-signature']).toBe(new Webhook(secret).sign('message-1', at, '{}'))
  expect(headers['webhook-timestamp']).toBe('1795251600')
})
