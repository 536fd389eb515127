import { and, asc, desc, eq, gte, isNull, lt, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import * as schema from '../../schema/index.ts'
import { build, type Reader, type Statement, statement } from '../database.ts'
import { findOrganisations } from '../organisations/queries.ts'
import type { Bilingual } from '../shapes.ts'
import { known } from '../shapes.ts'
import { type Act, type ActedByShown, act, type Mandate, type MandateState, mandateStateOn } from './mandate.ts'

const { mandates: table } = schema
const scope = z.array(act)

/**
 * Of the agent `?1` on the day `?2`, for the act `?3` (null: any): its day has come and not passed, nobody has ended it,
 * and both of the two take part.
 */
const standing = `m.agent_id = ?1 and m.ended_at is null and m.from_on <= ?2 and (m.until_on is null or m.until_on >= ?2)
  and (?3 is null or exists (select 1 from json_each(m.scope) where value = ?3))
  and exists (select 1 from organisations o where o.id = m.principal_id and o.state = 'approved')
  and exists (select 1 from organisations o where o.id = m.agent_id and o.state = 'approved')`

/** The mandate under which the agent may do this for one of these today; the first of them when there are several. */
export async function findStanding(
  read: Reader,
  agentId: string,
  principalIds: readonly string[],
  act: Act,
  on: string,
): Promise<Standing | undefined> {
  const [first] = await findStandings(read, agentId, principalIds, act, on)
  return first
}

export type Standing = { mandateId: string; principalId: string }

/** Of each of these for which the agent may do this today the mandate, in the order in which they are asked for. */
export async function findStandings(
  read: Reader,
  agentId: string,
  principalIds: readonly string[],
  act: Act,
  on: string,
): Promise<Standing[]> {
  const rows = await read.rows(
    `select min(m.id), m.principal_id from json_each(?4) j join mandates m on m.principal_id = j.value
     where ${standing} group by m.principal_id order by min(j.key)`,
    [agentId, on, act, JSON.stringify(principalIds)],
  )
  return rows.map(([mandateId, principalId]) => ({ mandateId: String(mandateId), principalId: String(principalId) }))
}

/** What an agent decided on: nobody has ended these mandates since, and both parties of each still take part. */
export function stillMandated(mandateIds: readonly string[]): Statement {
  return {
    sql: `insert into guard select count(*) = ?1, 'mandate' from json_each(?2) j
          cross join mandates m on m.id = j.value and m.ended_at is null
          join organisations p on p.id = m.principal_id and p.state = 'approved'
          join organisations a on a.id = m.agent_id and a.state = 'approved'`,
    args: [mandateIds.length, JSON.stringify(mandateIds)],
  }
}

/** For whom the agent may do this, or anything, on that day; by name, each once. */
export async function principalsOf(
  read: Reader,
  agentId: string,
  act: Act | undefined,
  on: string,
): Promise<{ organisationId: string; name: Bilingual; mandateId: string; until?: string }[]> {
  const rows = await read.rows(
    `select p.id, p.name_ja, p.name_en, m.id, m.until_on from mandates m join organisations p on p.id = m.principal_id
     where ${standing} order by p.name_en, p.id, m.id`,
    [agentId, on, act ?? null],
  )
  const byPrincipal = new Map(
    rows.toReversed().map(([id, ja, en, mandateId, until]) => [
      String(id),
      {
        organisationId: String(id),
        name: { ja: String(ja), en: String(en) },
        mandateId: String(mandateId),
        ...(until === null ? {} : { until: String(until) }),
      },
    ]),
  )
  return [...byPrincipal.values()].toReversed()
}

/** The agents behind these mandates, as acts show them. */
export async function agentsOf(read: Reader, mandateIds: readonly string[]): Promise<Map<string, ActedByShown>> {
  if (mandateIds.length === 0) return new Map()
  const rows = await read.rows(
    `select m.id, o.id, o.name_ja, o.name_en from mandates m join organisations o on o.id = m.agent_id
     where m.id in (select value from json_each(?))`,
    [JSON.stringify(mandateIds)],
  )
  return new Map(
    rows.map(([mandate, id, ja, en]) => [
      String(mandate),
      { organisation: { id: String(id), name: { ja: String(ja), en: String(en) } }, mandate: String(mandate) },
    ]),
  )
}

export async function findMandate(read: Reader, id: string, on: string): Promise<Mandate | undefined> {
  const [row] = await read.select().from(table).where(eq(table.id, id))
  if (!row) return undefined
  const [mandate] = await toMandates(read, [row], on)
  return mandate
}

/** Newest first. `partyId`: only those that the organisation gave or was given. */
export async function listMandates(
  read: Reader,
  filter: {
    partyId?: string | undefined
    principalId?: string | undefined
    agentId?: string | undefined
    state?: MandateState | undefined
  },
  on: string,
  before: string | undefined,
  limit: number,
): Promise<Mandate[]> {
  const { partyId, principalId, agentId, state } = filter
  const rows = await read
    .select()
    .from(table)
    .where(
      and(
        partyId === undefined ? undefined : sql`(${table.principalId} = ${partyId} or ${table.agentId} = ${partyId})`,
        principalId === undefined ? undefined : eq(table.principalId, principalId),
        agentId === undefined ? undefined : eq(table.agentId, agentId),
        state === undefined ? undefined : inState(state, on),
        before === undefined ? undefined : lt(table.id, before),
      ),
    )
    .orderBy(desc(table.id))
    .limit(limit)
  return toMandates(read, rows, on)
}

/** As `mandateStateOn` says it. */
function inState(state: MandateState, on: string) {
  const over = sql`(${table.untilOn} is not null and ${table.untilOn} < ${on})`
  if (state === 'ended') return sql`${table.endedAt} is not null`
  if (state === 'expired') return sql`${table.endedAt} is null and ${over}`
  if (state === 'future') return sql`${table.endedAt} is null and not ${over} and ${table.fromOn} > ${on}`
  return sql`${table.endedAt} is null and not ${over} and ${table.fromOn} <= ${on}`
}

export function insertMandate(mandate: Mandate, by: string): Statement {
  return statement(
    build.insert(table).values({
      id: mandate.id,
      principalId: mandate.principal.id,
      agentId: mandate.agent.id,
      scope: mandate.scope,
      fromOn: mandate.from,
      untilOn: mandate.until ?? null,
      givenAt: mandate.givenAt,
      givenBy: by,
    }),
  )
}

/** `?1` lets `?2` do one of the acts `?3` on a day between `?4` and `?5` (null: without end). */
const alike = `from mandates m where m.principal_id = ?1 and m.agent_id = ?2 and m.ended_at is null
  and exists (select 1 from json_each(m.scope) s join json_each(?3) w on w.value = s.value)
  and (m.until_on is null or m.until_on >= ?4) and (?5 is null or m.from_on <= ?5)`

function asAlike({ principal, agent, scope, from, until }: Mandate): (string | null)[] {
  return [principal.id, agent.id, JSON.stringify(scope), from, until ?? null]
}

/** Id of a mandate of the same two that stands for one of its acts on one of its days. */
export async function findSameMandate(read: Reader, mandate: Mandate): Promise<string | undefined> {
  const [row] = await read.rows(`select m.id ${alike} limit 1`, asAlike(mandate))
  return row && String(row[0])
}

/** Settles two officers giving the same at once. */
export function notYetGiven(mandate: Mandate): Statement {
  return { sql: `insert into guard select count(*) = 0, 'mandate' ${alike}`, args: asAlike(mandate) }
}

/** Of the principal `?1`, not over on the day `?2`. */
const open = 'from mandates where principal_id = ?1 and ended_at is null and (until_on is null or until_on >= ?2)'

export async function countOpenMandates(read: Reader, principalId: string, on: string): Promise<number> {
  const [row] = await read.rows(`select count(*) ${open}`, [principalId, on])
  return Number(row?.[0] ?? 0)
}

export function fewerMandatesThan(max: number, principalId: string, on: string): Statement {
  return { sql: `insert into guard select count(*) < ?3, 'mandates' ${open}`, args: [principalId, on, max] }
}

/** Mandates that the organisation gave or was given and that are not over on that day. */
export async function openMandatesOf(
  read: Reader,
  organisationId: string,
  on: string,
  limit: number,
): Promise<Mandate[]> {
  const rows = await read
    .select()
    .from(table)
    .where(
      and(
        or(eq(table.principalId, organisationId), eq(table.agentId, organisationId)),
        isNull(table.endedAt),
        or(isNull(table.untilOn), gte(table.untilOn, on)),
      ),
    )
    .orderBy(asc(table.id))
    .limit(limit)
  return toMandates(read, rows, on)
}

/** After the act none that it gave or was given is left open on that day. */
export function noMandateLeft(organisationId: string, on: string): Statement {
  return {
    sql: `insert into guard select count(*) = 0, 'mandates' from mandates
          where (principal_id = ?1 or agent_id = ?1) and ended_at is null and (until_on is null or until_on >= ?2)`,
    args: [organisationId, on],
  }
}

export function closeMandate(id: string, partyId: string, by: string, at: string): Statement {
  return statement(
    build
      .update(table)
      .set({ endedAt: at, endedBy: by, endedById: partyId })
      .where(and(eq(table.id, id), isNull(table.endedAt))),
    'mandate',
  )
}

async function toMandates(read: Reader, rows: readonly (typeof table.$inferSelect)[], on: string): Promise<Mandate[]> {
  const names = await findOrganisations(
    read,
    rows.flatMap(({ principalId, agentId }) => [principalId, agentId]),
  )
  const party = (id: string) => ({ id, name: names.get(id)?.name ?? { ja: id, en: id } })
  return rows.map((row) => {
    const dates = { from: row.fromOn, ...known({ until: row.untilOn, endedAt: row.endedAt }) }
    return {
      id: row.id,
      principal: party(row.principalId),
      agent: party(row.agentId),
      scope: scope.parse(row.scope),
      state: mandateStateOn(dates, on),
      ...dates,
      givenAt: row.givenAt,
      ...(row.endedById === null
        ? {}
        : { endedBy: row.endedById === row.principalId ? ('principal' as const) : ('agent' as const) }),
    }
  })
}
