import { z } from '@hono/zod-openapi'

/**
 * A Japanese corporate number (法人番号) as its 13 digits; full-width digits, spaces, hyphens and a leading T (of the
 * invoice register) are accepted. Undefined when the shape or the check digit is wrong.
 */
export function parseCorporateNumber(input: string): string | undefined {
  if (input.length > corporateNumberCharactersMax) return undefined
  const digits = input
    .normalize('NFKC')
    .replace(/[\s‐‑–−ー-]/g, '')
    .replace(/^T/i, '')
  if (!/^[1-9]\d{12}$/.test(digits)) return undefined
  return checkDigit(digits.slice(1)) === digits.slice(0, 1) ? digits : undefined
}

export const corporateNumber = z
  .string()
  .max(50)
  .transform((input, ctx) => {
    const found = parseCorporateNumber(input)
    if (found !== undefined) return found
    ctx.addIssue({
      code: 'custom',
      message: 'Not a corporate number (法人番号).',
      params: { code: 'invalid_corporate_number' },
    })
    return z.NEVER
  })
  .openapi({ type: 'string', description: 'Japanese corporate number (法人番号), 13 digits', example: '5010005007398' })

// 13 digits with separators between all of them stay well under this.
const corporateNumberCharactersMax = 50

/** 9 minus the digits from the right, weighted 1 and 2 in turn, modulo 9 (法人番号の指定等に関する省令). */
function checkDigit(digits: string): string {
  let sum = 0
  for (let at = 0; at < digits.length; at += 1)
    sum += Number(digits.charAt(digits.length - 1 - at)) * (at % 2 === 0 ? 1 : 2)
  return String(9 - (sum % 9))
}
