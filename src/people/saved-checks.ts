import { z } from 'zod'
import type { Context } from '../context.ts'
import { DatabaseError } from '../database.ts'
import { invalid } from '../errors.ts'
import { requirePerson } from '../organisations/rights.ts'
import { line } from '../shapes.ts'
import { deleteSavedCheck, insertSavedCheck } from './queries.ts'

/** More lists than a person looks through; a page shows them all. */
export const savedChecksMax = 200
export const savedCheckNameCharactersMax = 100

/** `numbers`: one a line, as they were written. `question`: the use that was asked about, without a day. */
export const savedCheckInput = z.object({
  name: line(savedCheckNameCharactersMax),
  numbers: z.string().min(1),
  question: z.record(z.string(), z.string()),
})
export type SavedCheckInput = z.infer<typeof savedCheckInput>

/**
 * Keeps a check for the person alone; the same one saved again takes the place of the first.
 * @throws invalid_input when the person keeps as many as one may
 */
export async function saveCheck(ctx: Context, input: SavedCheckInput): Promise<void> {
  const { id: personId } = requirePerson(ctx.actor)
  const row = { ...input, id: ctx.newId(), personId, savedAt: ctx.now.toISOString() }
  try {
    await insertSavedCheck(ctx.db, row, savedChecksMax)
  } catch (error) {
    if (!(error instanceof DatabaseError && error.fault === 'stale')) throw error
    throw invalid('/checks', 'too_many_checks', `You keep up to ${savedChecksMax} checks. Delete one first.`)
  }
}

/** Takes it away; nothing happens when it is not there, or another person's. */
export function dropCheck(ctx: Context, id: string): Promise<void> {
  return deleteSavedCheck(ctx.db, requirePerson(ctx.actor).id, id)
}
