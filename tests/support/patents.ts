import type { PatentInput } from '../../src/patents/patent.ts'

/** A grant number that no other test uses; seven digits, above the old law's range. */
export function grantNumber(): string {
  return `特許第${2_600_000 + Math.floor(Math.random() * 5_000_000)}号`
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
