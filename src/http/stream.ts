import type { Http } from './api.ts'

/** Text goes out in pieces of about this size: many lines to a piece, and little of it in memory. */
const pieceCharacters = 32 * 1024

/** Whoever reads no faster than this is cut off: a source may hold a moment of the database, and there are few of those. */
export const streamMillisecondsMax = 3_600_000

/**
 * An answer of any length that is made while it is read. Its first text is made before the answer begins, so that what
 * goes wrong until then is a problem with a status and no broken answer. The source is ended when the reader goes away or
 * takes too long. Compressed (gzip) where `Accept-Encoding` asks for it.
 */
export async function streamed(
  c: Http,
  source: AsyncIterable<string>,
  headers: Readonly<Record<string, string>>,
  millisecondsMax = streamMillisecondsMax,
): Promise<Response> {
  c.header('Vary', 'Accept-Encoding', { append: true })
  if (c.req.method === 'HEAD') return c.body(null, 200, headers)
  const texts = source[Symbol.asyncIterator]()
  const pieces = streamOf(texts, await texts.next(), millisecondsMax)
  if (!acceptsGzip(c.req.header('Accept-Encoding'))) return c.body(pieces, 200, headers)
  const { headers: all } = c.body(null, 200, { ...headers, 'Content-Encoding': 'gzip' })
  // Workers would compress what names an encoding once more; other runtimes do not know the member.
  const compressed = { headers: all, encodeBody: 'manual' }
  return new Response(gzipped(pieces), compressed)
}

function streamOf(
  texts: AsyncIterator<string>,
  first: IteratorResult<string>,
  millisecondsMax: number,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  const late = AbortSignal.timeout(millisecondsMax)
  let next = first
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        late.addEventListener('abort', () => {
          if (next.done === true) return
          controller.error(new Error('the reader took too long'))
          void texts.return?.()
        })
      },
      async pull(controller) {
        let piece = ''
        while (next.done !== true && piece.length < pieceCharacters) {
          piece += next.value
          next = await texts.next()
        }
        if (late.aborted) return
        if (piece !== '') controller.enqueue(encoder.encode(piece))
        if (next.done === true) controller.close()
      },
      async cancel() {
        next = { done: true, value: undefined }
        await texts.return?.()
      },
    },
    // Without a reader no more is made.
    { highWaterMark: 0 },
  )
}

/**
 * Each piece waits until the compressor has taken the one before. `pipeThrough` does not on Node: it would make and hold
 * the whole answer at once, and let nobody else have a turn meanwhile.
 */
function gzipped(pieces: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const { readable, writable } = new CompressionStream('gzip')
  void pump(pieces.getReader(), writable.getWriter())
  return readable
}

async function pump(
  from: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  to: WritableStreamDefaultWriter<BufferSource>,
): Promise<void> {
  try {
    for (;;) {
      const { done, value } = await from.read()
      if (done) return await to.close()
      await to.write(value)
    }
  } catch (error) {
    // One of the two is at its end already: it was the reader that went away, or the source that failed.
    await Promise.allSettled([from.cancel(error), to.abort(error)])
  }
}

/** RFC 9110 section 12.5.3: named with a weight above zero. */
function acceptsGzip(header: string | undefined): boolean {
  return (header ?? '')
    .slice(0, 1000)
    .split(',')
    .some((part) => {
      const [coding = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
      return coding === 'gzip' && !parameters.some((one) => /^q=0(?:\.0{1,3})?$/.test(one))
    })
}

/** Whether `If-None-Match` names this tag (RFC 9110 section 13.1.2, weak comparison). */
export function isUnchanged(c: Http, tag: string): boolean {
  const opaque = (one: string) => one.trim().replace(/^W\//, '')
  const tags = c.req.header('If-None-Match')?.slice(0, 1000).split(',') ?? []
  return tags.some((one) => one.trim() === '*' || opaque(one) === opaque(tag))
}
