import type { FormatId } from './reading/row.ts'

/** What the public record names as the source of what a file said: where the file comes from, in any language. */
export function sourceOf(format: FormatId | undefined): string {
  return format === undefined ? ofHolder : sources[format]
}

const ofHolder = '権利者の一覧 (holder’s list)'

const sources: Readonly<Record<FormatId, string>> = {
  own_csv: ofHolder,
  own_ndjson: ofHolder,
  j_platpat: 'J-PlatPat',
  google_patents: 'Google Patents',
  lens: 'The Lens',
  espacenet: 'Espacenet',
  patentscope: 'PATENTSCOPE',
  researchmap: 'researchmap',
  nasa: 'NASA patent portfolio',
  numbers: ofHolder,
  mapped: ofHolder,
}
