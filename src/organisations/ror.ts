import { z } from '@hono/zod-openapi'

/**
 * Canonical address of a ROR id, from the address or the nine characters alone, in either case. Undefined when the
 * shape or the checksum (ISO 7064 MOD 97-10 over Crockford's base 32) is wrong.
 */
export function parseRor(input: string): string | undefined {
  if (input.length > rorCharactersMax) return undefined
  const match = shape.exec(input.normalize('NFKC').trim().toLowerCase())
  if (match?.[1] === undefined || match[2] === undefined) return undefined
  return checksum(match[1]) === match[2] ? `https://ror.org/0${match[1]}${match[2]}` : undefined
}

export const ror = z
  .string()
  .max(100)
  .transform((input, ctx) => {
    const found = parseRor(input)
    if (found !== undefined) return found
    ctx.addIssue({ code: 'custom', message: 'Not a ROR id.', params: { code: 'invalid_ror' } })
    return z.NEVER
  })
  .openapi({ type: 'string', description: 'ROR id', example: 'https://ror.org/057zh3y96' })

// The address is 25 characters; room for spaces and a closing slash.
const rorCharactersMax = 100

const shape = /^(?:(?:https?:\/\/)?(?:www\.)?ror\.org\/)?0([a-hj-km-np-tv-z0-9]{6})(\d{2})\/?$/
const crockford = '0123456789abcdefghjkmnpqrstvwxyz'

function checksum(characters: string): string {
  let value = 0
  for (const character of characters) value = value * 32 + crockford.indexOf(character)
  return String(98 - ((value * 100) % 97)).padStart(2, '0')
}
