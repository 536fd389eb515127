import type { Reader } from './database.ts'

/**
 * Values read from the database and kept in memory until anything in it changes, so that none is ever older than the
 * last write. undefined where the database cannot tell (`Reader.version`): over a network, and so on Workers.
 * @param valuesMax the oldest goes when there are more
 */
export function keptUntilChange<Key, Value>(valuesMax: number): (read: Reader) => Kept<Key, Value> | undefined {
  const byReader = new WeakMap<Reader, { version: number; kept: Kept<Key, Value> }>()
  return (read) => {
    const version = read.version()
    if (version === undefined) return undefined
    const known = byReader.get(read)
    if (known?.version === version) return known.kept
    const kept = bounded<Key, Value>(valuesMax)
    byReader.set(read, { version, kept })
    return kept
  }
}

export type Kept<Key, Value> = {
  has(key: Key): boolean
  get(key: Key): Value | undefined
  set(key: Key, value: Value): void
}

/** A map that lets the oldest go when it is full. */
export function bounded<Key, Value>(valuesMax: number): Kept<Key, Value> {
  const values = new Map<Key, Value>()
  return {
    has: (key) => values.has(key),
    get: (key) => values.get(key),
    set(key, value) {
      const oldest = values.keys().next()
      if (values.size >= valuesMax && oldest.done === false) values.delete(oldest.value)
      values.set(key, value)
    },
  }
}
