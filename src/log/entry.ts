import { z } from '@hono/zod-openapi'
import { time } from '../shapes.ts'
import { type EntryType, entryTypes } from './commit.ts'

/**
 * Acts whose record is public by itself, so that anyone can recompute its digest. Left out are those that may hold what
 * the registry does not show: a grantee's name, and an organisation that no steward has approved.
 */
export const publicRecordTypes: readonly EntryType[] = entryTypes.filter((type) => !isWithheld(type))

export const loggedEntry = z
  .object({
    sequence: z.number().int().openapi({ description: 'Index of the leaf in the tree, from 0.' }),
    type: z.enum(entryTypes),
    subject: z.string().openapi({ description: 'Id of the record that the act was about.' }),
    at: time,
    leaf: z.string().openapi({ description: 'The exact text whose UTF-8 form is hashed (RFC 6962), canonical JSON.' }),
    record: z.unknown().optional().openapi({
      description:
        'The record as it stood, for acts whose record is public and carries no note. SHA-256 of `salt` and the canonical JSON (RFC 8785) of `record` is the `digest` in `leaf`.',
    }),
    salt: z.string().optional(),
  })
  .openapi('LogEntry', {
    example: {
      sequence: 17,
      type: 'grant_revoked',
      subject: '0198c0de-0000-7000-8000-000000000000',
      at: '2026-11-21T09:00:00.000Z',
      leaf: '{"at":"2026-11-21T09:00:00.000Z","digest":"e3b0…","subject":"0198c0de-0000-7000-8000-000000000000","type":"grant_revoked","v":1}',
    },
  })
export type LoggedEntry = z.infer<typeof loggedEntry>

function isWithheld(type: EntryType): boolean {
  return type === 'granted' || type === 'grant_superseded' || type === 'organisation_applied'
}
