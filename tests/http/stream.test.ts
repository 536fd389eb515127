import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { Env } from '../../src/http/api.ts'
import { streamed } from '../../src/http/stream.ts'

const lines = Array.from(crypto.getRandomValues(new Uint8Array(40_000)), (byte) => String.fromCharCode(byte)).join('')

function served(source: AsyncIterable<string>, millisecondsMax?: number) {
  return new Hono<Env>().get('/', (c) => streamed(c, source, { 'Content-Type': 'text/plain' }, millisecondsMax))
}

async function* endless(ended: () => void): AsyncGenerator<string> {
  try {
    for (;;) yield lines
  } finally {
    ended()
  }
}

test('what goes wrong before the first text is no broken answer', async () => {
  const failing = (async function* (): AsyncGenerator<string> {
    yield* []
    throw new Error('busy')
  })()
  const app = served(failing).onError((error, c) => c.text(error.message, 503))
  const answer = await app.request('/')
  expect([answer.status, await answer.text()]).toEqual([503, 'busy'])
})

test.each([undefined, 'gzip'])('a reader that takes too long is cut off, and the source ended (%s)', async (coding) => {
  let isEnded = false
  const source = endless(() => {
    isEnded = true
  })
  const answer = await served(source, 50).request(
    '/',
    coding === undefined ? {} : { headers: { 'Accept-Encoding': coding } },
  )
  const reader = answer.body?.getReader()
  expect((await reader?.read())?.value?.length).toBeGreaterThan(0)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(isEnded).toBe(true)
  const rest = async () => {
    for (;;) if ((await reader?.read())?.done !== false) return
  }
  await expect(rest()).rejects.toThrow()
})

test.each([undefined, 'gzip'])('no more is made than is read, and others have their turn (%s)', async (coding) => {
  let made = 0
  const counted = (async function* (): AsyncGenerator<string> {
    for (; made < 5000; made++) yield lines
  })()
  const answer = await served(counted).request(
    '/',
    coding === undefined ? {} : { headers: { 'Accept-Encoding': coding } },
  )
  const reader = answer.body?.getReader()
  for (let i = 0; i < 3; i++) await reader?.read()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(made).toBeLessThan(20)
  await reader?.cancel()
})

test('a reader that goes away ends the source', async () => {
  let isEnded = false
  const source = endless(() => {
    isEnded = true
  })
  const answer = await served(source).request('/')
  await answer.body?.cancel()
  expect(isEnded).toBe(true)
})

test('an empty source is an empty answer', async () => {
  const none = (async function* (): AsyncGenerator<string> {})()
  expect(await (await served(none).request('/')).text()).toBe('')
})
