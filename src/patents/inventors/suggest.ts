import { type Context, today } from '../../context.ts'
import { requirePerson } from '../../organisations/rights.ts'
import { findPerson } from '../../people/queries.ts'
import { holdersOn } from '../facts.ts'
import { findFactsById } from '../queries.ts'
import type { Invention, Inventions } from './inventor-claim.ts'
import { namesMatch } from './names.ts'
import {
  claimsOf,
  confirmedInventorships,
  findPrintedAt,
  namesLike,
  type PrintedInventor,
  showClaims,
} from './queries.ts'

/** Enough to look through; a name that more patents carry needs a number to begin with. */
const suggestionsMax = 50

/** The person's inventions: confirmed, claimed, and those on which a name like theirs is printed. */
export async function readInventions(ctx: Context): Promise<Inventions> {
  const actor = requirePerson(ctx.actor)
  const { read } = ctx.db
  const [person, confirmed, claims] = await Promise.all([
    findPerson(read, actor.id),
    confirmedInventorships(read, actor),
    claimsOf(read, actor.id),
  ])
  const name = person?.name ?? ''
  const alike = (await namesLike(read, name, suggestionsMax)).filter(
    (place) =>
      (namesMatch(place.name, name) || (place.romanised !== null && namesMatch(place.romanised, name))) &&
      !claims.some(({ patentId, position }) => patentId === place.patentId && position === place.position),
  )
  return {
    confirmed: await shown(ctx, await findPrintedAt(read, confirmed)),
    claimed: await showClaims(read, claims),
    suggested: await shown(ctx, alike),
  }
}

async function shown(ctx: Context, places: readonly PrintedInventor[]): Promise<Invention[]> {
  const facts = await findFactsById(
    ctx.db.read,
    places.map(({ patentId }) => patentId),
  )
  return places.map((place) => {
    const fact = facts.get(place.patentId)
    return {
      patent: place.number,
      title: fact?.title ?? {},
      inventor: place.position + 1,
      printed: place.name,
      ...(place.romanised === null ? {} : { romanised: place.romanised }),
      holders: fact ? holdersOn(fact, today(ctx)).map(({ id, name }) => ({ id, name })) : [],
    }
  })
}
