import { z } from '@hono/zod-openapi'
import { time } from '../shapes.ts'
import { type EntryType, entryTypes } from './commit.ts'

/**
 * Acts whose record is public by itself, so that anyone can recompute its digest. Left out are those that may hold what
 * the registry does not show: a grantee's name, and an organisation that no steward has approved.
 */
const withheld: ReadonlySet<EntryType> = new Set([
  'granted',
  'grant_superseded',
  'organisation_applied',
  'organisation_returned',
  'participation_accepted',
])
export const publicRecordTypes: readonly EntryType[] = entryTypes.filter((type) => !withheld.has(type))

export const loggedEntryExample = {
  sequence: 9,
  type: 'declaration_in_force',
  subject: '01a200d7-7a08-71f6-a020-59b78103cab9',
  at: '2026-11-06T01:00:00.000Z',
  leaf: '{"at":"2026-11-06T01:00:00.000Z","digest":"f82208d830ec201e45fbc80e98c194bc47d85afbfb3ba94d2d5652266e7752ae","subject":"01a200d7-7a08-71f6-a020-59b78103cab9","type":"declaration_in_force","v":1}',
  record: { id: '01a200d7-7a08-71f6-a020-59b78103cab9', inForceFrom: '2026-11-06' },
  salt: '1ebc0f7172262f32233191c529dcb5a9',
}

/** A signed checkpoint (C2SP tlog-checkpoint), and the proof of an entry that ends with it (C2SP tlog-proof). */
export const checkpointExample = [
  'registry.example/log',
  '14',
  '+NY1hmxypPuxN8JrTNOpNgWybEFbD4nL1FhFp/v3Tgg=',
  '',
  '— registry.example/log NifQBtKruMzBqFAXiLl2T+cQk4PJ/L3+WdWvUdwfp91/EdqPiS9+gHAQ0RjUqsgPcKFSD4r8aTS4hlegMRJgkKuEwAc=',
  '',
].join('\n')

export const proofExample = [
  'c2sp.org/tlog-proof@v1',
  'extra eyJhdCI6IjIwMjYtMTEtMjFUMDk6MDA6MDAuMDAwWiIsImRpZ2VzdCI6IjI5ZTdkMzg4MDRmMjQ5MDgzYzIwYWIwYTcxZTRiODJiOGZlYzgyZWM4MWRkZWM4NGZlZmRjZWNlNjM1MTJmM2YiLCJzdWJqZWN0IjoiMDFhMjAwZDctN2EyNy03NDJjLTg4NDktNTRkMDUzMTMyYjM0IiwidHlwZSI6ImdyYW50ZWQiLCJ2IjoxfQ==',
  'index 13',
  '0Rkwim/EYeyRo6krXKzK7fRHaltKv7Qs6B2nkeqlOG8=',
  'hYpbrdQi7UuasZR0TrBb096QK7NC7DgPFrdmfY0+7K0=',
  'CJHvWAVz3zO9fUzqPc8Bv4vjlHwcta1toaSqKxKH/7A=',
  '',
  checkpointExample,
].join('\n')

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
  .openapi('LogEntry', { example: loggedEntryExample })
export type LoggedEntry = z.infer<typeof loggedEntry>
