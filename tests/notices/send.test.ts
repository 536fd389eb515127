import { createServer, type RequestListener, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { pinnedSend } from '../../src/notices/pinned-send.ts'
import { type Send, sendByFetch } from '../../src/notices/send.ts'

/** A receiver on this machine; the URL that reaches it, and the requests that came. */
async function listen(answer: RequestListener) {
  const requests: { path: string; body: string; type: string | undefined; host: string | undefined }[] = []
  const server = createServer((incoming, outgoing) => {
    let body = ''
    incoming.on('data', (chunk) => {
      body += chunk
    })
    incoming.on('end', () => {
      const { 'content-type': type, host } = incoming.headers
      requests.push({ path: incoming.url ?? '', body, type, host })
      answer(incoming, outgoing)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: portOf(server.address()), requests }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}

const loopback = { address: '127.0.0.1', family: 4 }
const resolve = async () => [loopback]
const message = { headers: { 'Content-Type': 'application/json' }, body: '{"text":"同意"}' }
const soon = () => AbortSignal.timeout(400)

describe.each<{ name: string; send: Send; host: string }>([
  { name: 'by fetch', send: sendByFetch, host: '127.0.0.1' },
  { name: 'to a pinned address', send: pinnedSend({ resolve, request }, () => true), host: 'hooks.example' },
])('$name', ({ send, host }) => {
  test('posts the body with its headers and tells the status', async () => {
    const { port, requests } = await listen((_, outgoing) => outgoing.writeHead(202).end('thanks'))
    const url = `http://${host}:${port}/iriai?key=1`
    expect(await send({ url, ...message, signal: soon() })).toEqual({ status: 202 })
    const type = 'application/json'
    expect(requests).toEqual([{ path: '/iriai?key=1', body: message.body, type, host: `${host}:${port}` }])
  })

  test('follows no redirect', async () => {
    const { port, requests } = await listen((_, outgoing) => outgoing.writeHead(307, { Location: '/elsewhere' }).end())
    const url = `http://${host}:${port}/`
    expect(await send({ url, ...message, signal: soon() })).toEqual({ status: 307 })
    expect(requests.map(({ path }) => path)).toEqual(['/'])
  })

  test('waits for no one who never answers', async () => {
    const { port, requests } = await listen(() => {})
    await expect(send({ url: `http://${host}:${port}/`, ...message, signal: soon() })).rejects.toThrow()
    expect(requests).toHaveLength(1)
  })

  test('reads no body, however long, and hangs up', async () => {
    let hungUp = false
    const { port } = await listen((_, outgoing) => {
      outgoing.writeHead(200)
      const timer = setInterval(() => outgoing.write('x'.repeat(65_536)), 5)
      outgoing.on('close', () => {
        clearInterval(timer)
        hungUp = true
      })
    })
    const signal = AbortSignal.timeout(20_000)
    expect(await send({ url: `http://${host}:${port}/`, ...message, signal })).toEqual({ status: 200 })
    await expect.poll(() => hungUp, { timeout: 5000 }).toBe(true)
  }, 10_000)
})

describe('a name that is looked up', () => {
  const refused: [string, { address: string; family: number }[]][] = [
    ['a private address', [{ address: '10.0.0.7', family: 4 }]],
    ['loopback', [loopback]],
    [
      'a public address and a private one',
      [
        { address: '8.8.8.8', family: 4 },
        { address: 'fd00::1', family: 6 },
      ],
    ],
    ['an address of cloud metadata', [{ address: '169.254.169.254', family: 4 }]],
    ['a mapped loopback', [{ address: '::ffff:127.0.0.1', family: 6 }]],
    ['nothing', []],
  ]

  test.each(refused)('as %s is refused before anything is sent', async (_, addresses) => {
    const { port, requests } = await listen((_incoming, outgoing) => outgoing.end())
    const send = pinnedSend({ resolve: async () => addresses, request })
    const url = `http://hooks.example:${port}/`
    await expect(send({ url, ...message, signal: soon() })).rejects.toMatchObject({ code: 'refused_address' })
    expect(requests).toEqual([])
  })

  test('is looked up once: what it says a moment later leads nowhere else', async () => {
    const { port, requests } = await listen((_, outgoing) => outgoing.end())
    let asked = 0
    const rebinding = async () => {
      asked += 1
      return [asked === 1 ? loopback : { address: '127.0.0.2', family: 4 }]
    }
    const judged: string[] = []
    const send = pinnedSend({ resolve: rebinding, request }, (address) => {
      judged.push(address)
      return true
    })
    expect(await send({ url: `http://hooks.example:${port}/`, ...message, signal: soon() })).toEqual({ status: 200 })
    expect([asked, judged, requests.length]).toEqual([1, ['127.0.0.1'], 1])
  })

  test('that does not exist, or a port where nobody listens, is unreachable', async () => {
    const { port } = await listen(() => {})
    const nowhere = pinnedSend({ resolve: () => Promise.reject(new Error('ENOTFOUND')), request })
    const url = `http://hooks.example:${port}/`
    await expect(nowhere({ url, ...message, signal: soon() })).rejects.toMatchObject({ code: 'unreachable' })
    const closed = pinnedSend({ resolve, request }, () => true)
    const other = 'http://hooks.example:1/'
    await expect(closed({ url: other, ...message, signal: soon() })).rejects.toMatchObject({ code: 'unreachable' })
  })
})
