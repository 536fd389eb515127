import { z } from '@hono/zod-openapi'
import { hasLoneSurrogate } from './log/encoding.ts'

/** Shapes that every noun uses. */

/** One line of text as a person writes it: trimmed, well-formed Unicode, no control characters. */
export function line(charactersMax: number) {
  return z
    .string()
    .max(charactersMax)
    .transform((text) => text.trim())
    .pipe(z.string().min(1))
    .refine((text) => !unprintable(text), {
      message: 'must be one line of well-formed text without control characters',
    })
}

function unprintable(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x20 || (unit >= 0x7f && unit < 0xa0)) return true
  }
  return hasLoneSurrogate(text)
}

/** A calendar date, `YYYY-MM-DD`. */
export const date = z.iso.date().openapi({ example: '2026-11-21' })

/** A point in time, RFC 3339 UTC. */
export const time = z.iso.datetime().openapi({ example: '2026-11-21T09:00:00.000Z' })

export const bilingual = z.object({ ja: z.string(), en: z.string() })
export type Bilingual = z.infer<typeof bilingual>

export const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .openapi({ example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' })

/** A country or office, WIPO ST.3: two capital letters. */
export const countryCode = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .openapi({ example: 'JP' })

/** Leaves out members that are null or undefined: in what goes out, an absent member means "not known". */
export function known<Shape extends Record<string, unknown>>(members: Shape): Known<Shape>
export function known(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== undefined))
}

type Known<Shape> = {
  [Name in keyof Shape as null extends Shape[Name] ? never : undefined extends Shape[Name] ? never : Name]: Shape[Name]
} & {
  [Name in keyof Shape as null extends Shape[Name] ? Name : undefined extends Shape[Name] ? Name : never]?: NonNullable<
    Shape[Name]
  >
}
