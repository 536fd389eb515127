import { RegistryError } from '../errors.ts'

/** A sender that says nothing for so long has gone. */
const silenceSecondsMax = 30

/**
 * Reads what a browser still sends and keeps nothing of it: a browser looks at the answer only when it has sent all, and
 * shows a fault of its own where the connection closes on it. More than `bytesMax` is sent by no person; it is cut off.
 */
export async function readAway(body: ReadableStream<Uint8Array> | null, bytesMax: number): Promise<void> {
  if (!body) return
  const reader = body.getReader()
  let bytes = 0
  try {
    while (bytes <= bytesMax) {
      const { done, value } = await withinSilence(reader.read())
      if (done) return
      bytes += value.length
    }
  } catch {
    // Who has gone needs no answer.
  }
  await reader.cancel().catch(() => undefined)
}

/** The next piece of a body. @throws malformed when nothing comes for too long */
export async function withinSilence<Value>(promise: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new RegistryError('malformed', `Nothing arrived for ${silenceSecondsMax} seconds.`)),
      silenceSecondsMax * 1000,
    )
  })
  try {
    return await Promise.race([promise, silence])
  } finally {
    clearTimeout(timer)
  }
}
