import { type Context, today } from '../context.ts'
import { type Database, DatabaseError, type Statement } from '../database.ts'
import { stampPatents } from '../log/changes.ts'
import { clearTouched, touch } from './facts.ts'
import { mapAfter } from './map.ts'
import { membersAstray } from './map-members.ts'
import { indexDue, searchAfter } from './search.ts'

/** Patents counted anew in one batch: as many as Turso takes within its five seconds, many times over. */
const patentsPerBatchMax = 500
/** What one run does at most, so that notices and checkpoints are not kept waiting. */
const patentsPerRunMax = 20_000
/** An import makes its own in its thread; here they would keep requests waiting. */
const documentsPerRunMax = 2_000
/** Members that one run recounts: the whole of a million in some days, in a fraction of a second a run. */
const recountedPerRunMax = 500

/**
 * Brings up to the day what is derived: counters of patents whose status or openness changes today, those of organisations
 * that may, or may not, take part any more, and words that are not in the search index yet. Then recounts a slice of the
 * members and mends what differs. Writes nothing when nothing is due; processes that do it at the same time do not hurt.
 * @returns how many patents were counted, documents made, and members mended
 */
export async function settleDay(ctx: Context): Promise<{ settled: number; indexed: number; mended: number }> {
  const settled = await settleDue(ctx)
  const indexed = await indexDue(ctx.db, documentsPerRunMax)
  return { settled, indexed, mended: await recount(ctx) }
}

async function settleDue(ctx: Context): Promise<number> {
  let settled = 0
  while (settled < patentsPerRunMax) {
    const rows = await ctx.db.read.rows(
      `select patent_id from (select patent_id from map_members where changes_on <= ?1 limit ?2)
       union select patent_id from (select patent_id from map_due limit ?2) limit ?2`,
      [today(ctx), patentsPerBatchMax],
    )
    if (rows.length === 0) break
    const ids = rows.map(([id]) => String(id))
    // A day that came changes what is shown of them, as a write would.
    if (!(await countAnew(ctx.db, ids, today(ctx), stampPatents(ids, ctx.now.toISOString())))) break
    settled += rows.length
  }
  return settled
}

/** Also where nothing changed: what is subtracted is what was added. False when another process was at it. */
async function countAnew(
  db: Database,
  patentIds: readonly string[],
  on: string,
  more: readonly Statement[] = [],
): Promise<boolean> {
  try {
    const due = {
      sql: 'delete from map_due where patent_id in (select value from json_each(?))',
      args: [JSON.stringify(patentIds)],
    }
    await db.write([touch(patentIds), ...mapAfter(on), ...searchAfter([]), clearTouched, due, ...more])
    return true
  } catch (error) {
    if (error instanceof DatabaseError && error.fault === 'busy') return false
    throw error
  }
}

function remembered(ctx: Context, patentIds: readonly string[]): Statement {
  return {
    sql: `insert into history (id, at, by, source, event, subject, after, request_id) values (?, ?, 'registry', 'recount', 'map_drift_mended', 'map', ?, ?)`,
    args: [ctx.newId(), ctx.now.toISOString(), JSON.stringify({ patents: patentIds }), ctx.requestId],
  }
}

/** A slice of the patents at each run, in a ring: members that are not what the records say are mended and told of. */
async function recount(ctx: Context): Promise<number> {
  const [progress] = await ctx.db.read.rows(`select at from projection_progress where name = 'recount'`, [])
  const after = progress === undefined ? '' : String(progress[0])
  const slice = 'select id from patents where id > ?1 order by id limit ?2'
  const [found, [last]] = await Promise.all([
    ctx.db.read.rows(membersAstray(`(${slice}) r cross join patents p on p.id = r.id`), [after, recountedPerRunMax]),
    ctx.db.read.rows(`select max(id), count(*) from (${slice})`, [after, recountedPerRunMax]),
  ])
  const ids = found.map(([id]) => String(id))
  if (ids.length > 0) {
    console.warn(JSON.stringify({ level: 'warn', event: 'map_drift', patents: ids.length, first: ids[0] }))
    await countAnew(ctx.db, ids, today(ctx), [remembered(ctx, ids)])
  }
  const end = Number(last?.[1] ?? 0) < recountedPerRunMax
  const next = end ? '' : String(last?.[0])
  // A registry that fits one slice is at its end each time: nothing is to be remembered.
  if (next !== after)
    await ctx.db.write([
      {
        sql: `insert into projection_progress (name, at) values ('recount', ?)
              on conflict (name) do update set at = excluded.at`,
        args: [next],
      },
    ])
  return ids.length
}
