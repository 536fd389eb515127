import { expect } from 'vitest'
import { checkRegistry } from './check-registry.ts'
import type { Answer, LocalRegistry } from './registry.ts'

/**
 * The first request has read and decided, and stands before its write; then the second is carried out whole; then the
 * first goes on. What two requests at once meet by chance, these meet every time.
 */
export async function between(registry: LocalRegistry, first: () => Promise<Answer>, second: () => Promise<Answer>) {
  const { db } = registry
  const write = db.write
  let reach = () => {}
  let release = () => {}
  const reached = new Promise<void>((resolve) => {
    reach = resolve
  })
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  db.write = async (statements) => {
    db.write = write
    reach()
    await released
    return write(statements)
  }
  const answer = first()
  await Promise.race([reached, answer])
  expect(db.write, 'the first request came to its write').toBe(write)
  const later = await second()
  release()
  const earlier = await answer
  await checkRegistry(registry)
  return { earlier, later }
}
