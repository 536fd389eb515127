import type { PatentInput } from '../../src/patents/patent.ts'

/** A grant number that no other test uses, above the old law and the numbers shared with utility models. */
export function grantNumber(): string {
  return `特許第${4_000_000 + Math.floor(Math.random() * 3_500_000)}号`
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
