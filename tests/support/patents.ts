import type { PatentInput } from '../../src/patents/patent.ts'

const poolBlock = 4_400_000 + (Number(process.env.VITEST_POOL_ID ?? 0) % 6) * 100_000
let drawn = Math.floor(Math.random() * 100_000)

/**
 * A grant number that no other test draws or writes out: each process of a run counts in a block of its own, from
 * anywhere in it, because a registry may outlive the run. Above the old law and the numbers shared with utility models.
 */
export function grantNumber(): string {
  drawn = (drawn + 1) % 100_000
  return `特許第${poolBlock + drawn}号`
}

/** A patent as an officer sends it, held by these organisations. */
export function patentOf(
  holders: readonly { id: string }[],
  more: Record<string, unknown> = {},
): Partial<PatentInput> & Record<string, unknown> {
  return {
    numbers: [grantNumber()],
    title: { ja: '試験用の固体電解質', en: 'Solid electrolyte for testing' },
    holders: holders.map(({ id }) => ({ organisation: id })),
    classes: { ipc: ['H01M10/0562'], cpc: [], fi: [] },
    filedOn: '2015-12-25',
    grantedOn: '2016-09-06',
    status: { value: 'granted', source: 'J-PlatPat', seenOn: '2026-11-01' },
    ...more,
  }
}
