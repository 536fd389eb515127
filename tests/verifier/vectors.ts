import { expect } from 'vitest'
import type { Verified } from '../../src/verifier/verifier.ts'
import type vectors from '../vectors/tokens.json'

type Vectors = typeof vectors
type Case = Vectors['cases'][number]

/** What a verifier is given for the vectors; an address that they do not have fails as a lost connection would. */
export function optionsOf({ issuers, terms, now, statusLists }: Vectors) {
  const lists = new Map(Object.entries(statusLists))
  return {
    issuers,
    terms,
    now: new Date(now),
    statusList: async (uri: string) => {
      const list = lists.get(uri)
      if (list === undefined) throw new TypeError('Failed to fetch')
      return list
    },
  }
}

export function expectVerdict({ valid, checks }: Pick<Verified, 'valid' | 'checks'>, expected: Case): void {
  const stopped = checks.find(({ passed }) => passed !== true)
  expect({ valid, code: stopped?.code ?? null }).toEqual({ valid: expected.valid, code: expected.code })
}
