import { type Context, today } from '../context.ts'
import type { Reader, Statement } from '../database.ts'
import type { Declaration } from './declaration.ts'

/** Who holds listed patents today, or shares in them, and how many of them. */
export type HolderOfListed = { organisationId: string; patents: number }

type Withdrawable = Pick<Declaration, 'id' | 'organisation' | 'consents' | 'patents'>

/** Who may withdraw the declaration today, and the guard that its patents still have the holders that were read. */
export async function findWithdrawers(
  ctx: Context,
  declaration: Withdrawable,
): Promise<{ withdrawers: string[]; holders: string[]; unchanged: Statement }> {
  const holders = await holdersOfListed(ctx.db.read, declaration.id, today(ctx))
  return {
    withdrawers: withdrawersOf(declaration, holders),
    holders: holders.map(({ organisationId }) => organisationId),
    unchanged: holdersUnchanged(declaration.id, today(ctx), holders),
  }
}

/**
 * The terms give it to the holder, that is, to an organisation that owns a listed patent or a share in it (§1.2, §8.1):
 * who declared or consented and still holds one, and who holds all of them in place of such a one. A buyer of a part is
 * bound (§10.3) and does not end what others opened, unless none of them is left.
 */
export function withdrawersOf(
  { organisation: maker, consents, patents }: Omit<Withdrawable, 'id'>,
  holders: readonly HolderOfListed[],
): string[] {
  const holding = new Set(holders.map(({ organisationId }) => organisationId))
  const bound = [maker, ...consents.filter(({ answer }) => answer === 'given').map(({ organisation }) => organisation)]
  const withoutYes = new Set(
    consents.filter(({ answer }) => answer !== 'given').map(({ organisation }) => organisation.id),
  )
  const ofAll = holders
    .filter((one) => one.patents === patents.count && !(holding.has(maker.id) && withoutYes.has(one.organisationId)))
    .map(({ organisationId }) => organisationId)
  const found = [...new Set([...bound.map(({ id }) => id).filter((id) => holding.has(id)), ...ofAll])]
  if (found.length > 0) return found
  return holding.size > 0 ? [...holding] : [maker.id]
}

/** `?1` the declaration, `?2` the day. */
const holdersToday = `select h.organisation_id as organisation, count(distinct dp.patent_id) as patents
  from declaration_patents dp join patent_holders h on h.patent_id = dp.patent_id
    and (h.from_on is null or h.from_on <= ?2) and (h.until_on is null or h.until_on >= ?2)
  where dp.declaration_id = ?1 group by h.organisation_id`

async function holdersOfListed(read: Reader, declarationId: string, on: string): Promise<HolderOfListed[]> {
  const rows = await read.rows(holdersToday, [declarationId, on])
  return rows.map(([organisationId, patents]) => ({
    organisationId: String(organisationId),
    patents: Number(patents),
  }))
}

/** Settles a withdrawal against an assignment, which leaves a declaration in force as it is. */
function holdersUnchanged(declarationId: string, on: string, holders: readonly HolderOfListed[]): Statement {
  return {
    sql: `insert into guard select count(*) = ?3 and coalesce(sum(exists (select 1 from json_each(?4) j
            where j.value ->> 'organisationId' = h.organisation and j.value ->> 'patents' = h.patents)), 0) = ?3,
          'holders' from (${holdersToday}) h`,
    args: [declarationId, on, holders.length, JSON.stringify(holders)],
  }
}
