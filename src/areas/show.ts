import { type Context, today } from '../context.ts'
import { findOrganisations } from '../organisations/queries.ts'
import { listRelated } from '../patents/related/queries.ts'
import { known } from '../shapes.ts'
import type { Area, AreaLine, AreaRecord } from './area.ts'
import { type AreaCell, countHolders, countOpen, countYears, patentsOf } from './queries.ts'

const holdersShownMax = 50

/** The area with what stands in it today. */
export async function showArea(ctx: Context, record: AreaRecord): Promise<{ area: Area; cells: AreaCell[] }> {
  const { read } = ctx.db
  const ids = await patentsOf(read, record)
  const [cells, years, related, line] = await Promise.all([
    countHolders(read, ids, today(ctx)),
    countYears(read, ids),
    listRelated(read, { areaId: record.id }),
    lineOf(ctx, record, ids),
  ])
  const totals = new Map<string, { patents: number; open: number }>()
  for (const { holder, patents, open } of cells) {
    const sum = totals.get(holder) ?? { patents: 0, open: 0 }
    totals.set(holder, { patents: sum.patents + patents, open: sum.open + open })
  }
  const strongest = [...totals].sort(([, a], [, b]) => b.patents - a.patents).slice(0, holdersShownMax)
  const names = await findOrganisations(
    read,
    [...strongest.map(([id]) => id), record.curatorId].filter((id) => id !== undefined),
  )
  const named = (id: string) => ({ id, name: names.get(id)?.name ?? { ja: id, en: id } })
  const { id, rules, picked, leftOut, updatedAt, curatorId } = record
  return {
    cells,
    area: {
      ...line,
      id,
      rules: [...rules],
      picked: [...picked],
      leftOut: [...leftOut],
      years,
      holders: strongest.map(([holder, amount]) => ({ ...named(holder), ...amount })),
      related,
      updatedAt,
      ...known({ curator: curatorId === undefined ? undefined : named(curatorId) }),
    },
  }
}

export async function showAreaLine(ctx: Context, record: AreaRecord): Promise<AreaLine> {
  return lineOf(ctx, record, await patentsOf(ctx.db.read, record))
}

async function lineOf(ctx: Context, record: AreaRecord, ids: readonly string[]): Promise<AreaLine> {
  const { slug, title, summary, state, publishedOn } = record
  return {
    slug,
    title,
    summary,
    state,
    patents: ids.length,
    open: await countOpen(ctx.db.read, ids),
    ...known({ publishedOn }),
  }
}
