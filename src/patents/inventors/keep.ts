import type { Context } from '../../context.ts'
import type { Statement } from '../../database.ts'
import { RegistryError } from '../../errors.ts'
import type { PatentRecord } from '../record.ts'
import { confirmedPlaces, findInventorGrants, noGrantRestsOn } from './queries.ts'

type Inventors = PatentRecord['inventors']

/**
 * An inventorship on which something rests is not edited away: it is reversed, with its reason, where the person hears
 * of it. @returns the guard that it is still so
 */
export async function keepInventors(
  ctx: Context,
  before: Pick<PatentRecord, 'id' | 'inventors'>,
  after: Pick<PatentRecord, 'inventors'>,
): Promise<Statement> {
  refuseOwnIdentifier(ctx, before.inventors, after.inventors)
  for (const { position, orcid } of await confirmedPlaces(ctx.db.read, before.id)) {
    const [was, is] = [before.inventors[position], after.inventors[position]]
    const sameName = was !== undefined && is?.name === was.name
    if (!sameName || (is.orcid !== was.orcid && is.orcid !== orcid)) throw restsOnIt(position)
  }
  const kept = new Set(after.inventors.map(({ orcid }) => orcid))
  const dropped = before.inventors.flatMap(({ orcid }) => (orcid === undefined || kept.has(orcid) ? [] : [orcid]))
  if (await findInventorGrants(ctx.db.read, before.id, dropped, ctx.now))
    throw restsOnIt(before.inventors.findIndex(({ orcid }) => orcid !== undefined && dropped.includes(orcid)))
  return noGrantRestsOn(before.id, dropped, ctx.now)
}

/** An officer does not prove their own inventorship by writing their own iD. */
export function refuseOwnIdentifier(ctx: Context, before: Inventors, after: Inventors): void {
  const { actor } = ctx
  if (actor.kind !== 'person' || actor.orcid === undefined) return
  const own = (inventors: Inventors) => inventors.findIndex(({ orcid }) => orcid === actor.orcid)
  if (own(after) >= 0 && own(after) !== own(before))
    throw new RegistryError('forbidden', 'Nobody decides on their own inventorship. Another officer has to.')
}

function restsOnIt(position: number): RegistryError {
  return new RegistryError(
    'not_allowed_now',
    `Inventor ${position + 1} is confirmed. Reverse that first: POST /v1/patents/{number}/inventors/${position + 1}/confirmation.`,
  )
}
