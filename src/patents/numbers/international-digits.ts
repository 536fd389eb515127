/** Year and six-digit serial of an international publication. */
export type InternationalDigits = { year: number; serial: string }

/**
 * Reads the digits of a WO number in every width in use: 2+5 (to mid-2002), 2+6 (to 2003), 4+6, and the shortened 4+5;
 * with a slash or without. Eight digits that begin with 00 can also be a 2+5 number after a zero: both are given.
 */
export function readInternationalDigits(body: string): InternationalDigits[] {
  const split = withSlash.exec(body)
  if (split?.[1] !== undefined && split[2] !== undefined) return only(split[1], split[2])
  const digits = body.replace(/[ .,-]/g, '')
  if (!/^\d{7,11}$/.test(digits)) return []
  switch (digits.length) {
    case 7:
      return only(digits.slice(0, 2), digits.slice(2))
    case 8:
      return digits.startsWith('00')
        ? [...only(digits.slice(0, 2), digits.slice(2)), ...only(digits.slice(1, 3), digits.slice(3))]
        : only(digits.slice(0, 2), digits.slice(2))
    default:
      return only(digits.slice(0, 4), digits.slice(4))
  }
}

/** Four-digit year; two digits from 78, the first year of the PCT, mean the twentieth century. */
export function internationalYear(digits: string): number | undefined {
  const count = Number(digits)
  if (digits.length === 2) return count >= 78 ? 1900 + count : 2000 + count
  return count >= 1978 && count <= 2099 ? count : undefined
}

const withSlash = /^(\d{4}|\d{2}) ?[/-] ?(\d{1,7})$/

function only(yearDigits: string, serialDigits: string): InternationalDigits[] {
  const year = internationalYear(yearDigits)
  const serial = serialDigits.replace(/^0+/, '')
  return year === undefined || serial === '' || serial.length > 6 ? [] : [{ year, serial: serial.padStart(6, '0') }]
}
