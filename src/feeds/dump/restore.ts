import { z } from 'zod'
import type { Context } from '../../context.ts'
import type { Statement } from '../../database.ts'
import { RegistryError } from '../../errors.ts'
import { toHex } from '../../log/encoding.ts'
import { publishCheckpoint } from '../../log/publish.ts'
import { leafHash } from '../../log/tree.ts'
import { nameKey } from '../../patents/inventors/names.ts'
import { dumpHead } from './format.ts'
import { type Part, parts } from './parts.ts'
import {
  insertFacts,
  insertLog,
  insertPart,
  insertStamps,
  insertWithheldOrganisation,
  isEmpty,
  remindersDue,
} from './queries.ts'

/** Records put in with one write; a large one alone. */
const recordsPerWriteMax = 200
const charactersPerWriteMax = 1024 * 1024

const named = z.looseObject({ kind: z.string() })
const inventors = z.looseObject({
  inventors: z.array(z.looseObject({ name: z.string(), romanised: z.string().optional() })),
})
const leafOf = z.looseObject({ leaf: z.string() })

/**
 * Puts the public registry of a dump into an empty database and makes anew what follows from it. Check the dump first
 * (`verifyDump`). Who people are, whose a grant is and every account are not in a dump, and so not here afterwards.
 * @param rebuild makes the derived tables of all that was put in
 * @returns the root of the log as it is now: that of the dump
 * @throws not_allowed_now unless the database is empty
 */
export async function restoreDump(
  ctx: Context,
  lines: AsyncIterable<string>,
  rebuild: () => Promise<void>,
): Promise<{ records: number; size: number; root: string }> {
  if (!(await isEmpty(ctx.db.read)))
    throw new RegistryError('not_allowed_now', 'The database is not empty: a dump is put into a new one only.')
  const put = batches(ctx)
  for await (const text of lines) {
    const record = named.parse(JSON.parse(text))
    const part = parts.find(({ kind }) => kind === record.kind)
    if (record.kind === 'dump') await ctx.db.write(insertFacts(dumpHead.parse(record)))
    if (part) await put.add(part, await complete(record, text))
  }
  const records = await put.end()
  await ctx.db.write([insertStamps(), remindersDue(ctx.now.toISOString())])
  await rebuild()
  const { size, root } = await publishCheckpoint(ctx)
  return { records, size, root: toHex(root) }
}

/** Collects records of one part after another, and writes them by the hundred. */
function batches(ctx: Context) {
  let part: Part | undefined
  let texts: string[] = []
  let characters = 0
  let records = 0
  async function flush() {
    if (part === undefined || texts.length === 0) return
    await ctx.db.write(statementsOf(part, `[${texts.join(',')}]`))
    records += texts.length
    texts = []
    characters = 0
  }
  return {
    async add(next: Part, text: string) {
      if (next !== part || texts.length >= recordsPerWriteMax || characters >= charactersPerWriteMax) await flush()
      if (next !== part && next.kind === 'grant')
        await ctx.db.write([insertWithheldOrganisation(ctx.now.toISOString())])
      part = next
      texts.push(text)
      characters += text.length
    },
    async end() {
      await flush()
      return records
    },
  }
}

function statementsOf(part: Part, lines: string): Statement[] {
  return part.kind === 'log' ? insertLog(lines) : insertPart(part, lines)
}

/** With the columns that follow from the others. */
async function complete(record: z.infer<typeof named>, text: string): Promise<string> {
  if (record.kind === 'log') {
    const { leaf } = leafOf.parse(record)
    return JSON.stringify({ ...record, leafHash: toHex(await leafHash(new TextEncoder().encode(leaf))) })
  }
  if (record.kind !== 'patent') return text
  const patent = inventors.parse(record)
  const keyed = patent.inventors.map((one) => ({
    ...one,
    nameKey: nameKey(one.name),
    romanisedKey: one.romanised === undefined ? null : nameKey(one.romanised),
  }))
  return JSON.stringify({ ...patent, inventors: keyed })
}
