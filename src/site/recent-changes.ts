import type { Context } from '../context.ts'
import type { Change } from '../feeds/changes/change.ts'
import { lastChange, listChanges, sequenceBefore } from '../feeds/changes/queries.ts'
import { declarersOf } from './organisation-queries.ts'

/** What readers of the front page come for: what was opened or closed, who joined, what is new to look at. */
const kindsShown = [
  'declaration_in_force',
  'declaration_withdrawn',
  'organisation_approved',
  'organisation_left',
  'area_published',
  'terms_published',
] as const satisfies readonly Change['kind'][]
const changesShown = 8
const weekMilliseconds = 7 * 86_400_000

/** The latest changes of the last seven days, newest first; those before that where there is none. */
export async function recentChanges({
  db,
  registryUrl,
  now,
}: Context): Promise<{ changes: Change[]; declarers: Map<string, string>; ofThisWeek: boolean }> {
  const { sequence } = await lastChange(db.read)
  const list = (after: number) =>
    listChanges(
      db.read,
      registryUrl,
      { kinds: kindsShown },
      { after, before: sequence + 1, order: 'newest' },
      changesShown,
    )
  const weekAgo = new Date(now.getTime() - weekMilliseconds).toISOString()
  // Numbers run in the order of writing; what was dated earlier may stand among them.
  const latest = (await list(await sequenceBefore(db.read, weekAgo))).filter(({ at }) => at >= weekAgo)
  const changes = (latest.length > 0 ? latest : await list(0)).sort((a, b) => b.at.localeCompare(a.at))
  const declarations = changes.flatMap(({ subject: { type, id } }) => (type === 'declaration' ? [id] : []))
  return { changes, declarers: await declarersOf(db.read, declarations), ofThisWeek: latest.length > 0 }
}
