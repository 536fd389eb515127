import { z } from '@hono/zod-openapi'

/**
 * Canonical address of an ORCID iD (ISO 7064 MOD 11-2), from the address, the grouped digits or the bare digits; a small
 * x, full-width digits and a closing slash are accepted. Undefined when the shape or the check digit is wrong.
 */
export function parseOrcid(input: string): string | undefined {
  if (input.length > orcidCharactersMax) return undefined
  const match = shape.exec(input.normalize('NFKC').trim().toUpperCase())
  if (match === null) return undefined
  const digits = match.slice(1, 5).join('')
  return checkCharacter(digits.slice(0, 15)) === digits.slice(15)
    ? `https://orcid.org/${match.slice(1, 5).join('-')}`
    : undefined
}

export const orcid = z
  .string()
  .max(100)
  .transform((input, ctx) => {
    const found = parseOrcid(input)
    if (found !== undefined) return found
    ctx.addIssue({ code: 'custom', message: 'Not an ORCID iD.', params: { code: 'invalid_orcid' } })
    return z.NEVER
  })
  .openapi({ type: 'string', description: 'ORCID iD', example: 'https://orcid.org/0000-0002-1825-0097' })

// The address is 37 characters; room for spaces and a closing slash.
const orcidCharactersMax = 100

const shape =
  /^(?:(?:HTTPS?:\/\/)?(?:WWW\.)?ORCID\.ORG\/|ORCID(?: ID)?: ?)?(\d{4})[-‐‑–−]?(\d{4})[-‐‑–−]?(\d{4})[-‐‑–−]?(\d{3}[\dX])\/?$/

function checkCharacter(digits: string): string {
  let total = 0
  for (const digit of digits) total = (total + Number(digit)) * 2
  const check = (12 - (total % 11)) % 11
  return check === 10 ? 'X' : String(check)
}
