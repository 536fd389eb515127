import { bounded } from '../../kept.ts'
import type { NumberHints, ParsedNumber } from '../../patents/numbers/number.ts'
import { parseNumber } from '../../patents/numbers/parse.ts'

/** As `parseNumber`; a number of a row is asked for when the cell is read and again when the row is prepared. */
export function parseRead(written: string, { office, type }: NumberHints = {}): ParsedNumber {
  const asked = `${office ?? ''} ${type ?? ''} ${written}`
  const known = read.get(asked)
  if (known !== undefined) return known
  const parsed = parseNumber(written, { office, type })
  read.set(asked, parsed)
  return parsed
}

/** The numbers of one chunk, and no more: some 2 MB. */
const numbersKeptMax = 3000
const read = bounded<string, ParsedNumber>(numbersKeptMax)
