import type { z } from 'zod'
import { invalid, RegistryError } from '../errors.ts'
import type { Fields } from './form.ts'

/**
 * The terms that the person has read and accepted, as the form showed them.
 * @throws invalid_input when the box is not ticked, or one of them was not shown in this version
 */
export function acceptedTerms(
  fields: Fields,
  needed: readonly { id: string; sha256: string }[],
): { id: string; sha256: string }[] {
  if (needed.length > 0 && fields.accept !== 'yes')
    throw invalid('/accept', 'terms_not_accepted', 'Read the terms and accept them.')
  if (needed.some(({ id, sha256 }) => fields[`terms-${id}`] !== sha256))
    throw invalid('/accept', 'terms_changed', 'Other terms apply to these patents. Read them and accept them.')
  return needed.map(({ id, sha256 }) => ({ id, sha256 }))
}

/**
 * What a form says, in the shape that the verb takes; else which field is not as it should be.
 * @param of the fields of a form whose words for `name` and the like are its own
 */
export function inputOrStop<Shape>(
  schema: z.ZodType<Shape>,
  value: unknown,
  of: 'field' | 'organisation' = 'field',
): Shape {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(({ path, message }) => ({
    pointer: `/${String(path[0] ?? '')}`,
    code: `${of}_${String(path[0] ?? '')}`,
    detail: message,
  }))
  throw new RegistryError('invalid_input', 'Some fields are not filled in as they should be.', { faults })
}
