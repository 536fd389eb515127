import { and, asc, desc, eq, gt, inArray, lt, or, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { mode, purpose } from '../../policies/vocabulary.ts'
import * as schema from '../../schema/index.ts'
import { build, inserting, type Reader, ready, type Statement, statement } from '../database.ts'
import { known } from '../shapes.ts'
import {
  type GrantInput,
  type GrantKind,
  type GrantState,
  grantee,
  grantInput,
  grantKind,
  grantState,
} from './grant.ts'

const { grants: table, grantPatents, grantEvents, patents } = schema
const insertGrantRow = inserting(table)
const insertEventRow = inserting(grantEvents)

/** What is kept of the request: everything but the numbers, which stand in `grant_patents`. */
export const keptRequest = grantInput.omit({ numbers: true }).extend({ grantee })
export type KeptRequest = z.infer<typeof keptRequest>

/** Without a declaration it rests on the participation agreements of the holders. */
export type CoveredPatent = { patentId: string; number: string; termsId: string; declarationId: string | null }

/** A grant as the tables keep it. */
export type GrantRecord = {
  id: string
  number: string
  kind: GrantKind
  state: GrantState
  stateAt: string
  reason: string | null
  supersededBy: string | null
  organisationId: string
  personId: string | null
  request: KeptRequest
  purpose: GrantInput['purpose']
  mode: GrantInput['mode']
  from: string
  until: string
  issuedAt: string
  expiresAt: string
  token: string
  tokenSha256: string
  statusList: number
  statusIndex: number
  version: number
  covered: readonly CoveredPatent[]
}

export async function findGrant(read: Reader, idOrNumber: string): Promise<GrantRecord | undefined> {
  const [row] = await grantByIdOrNumber(read).all({ idOrNumber })
  if (!row) return undefined
  const covered = await coveredByGrant(read).all({ id: row.id })
  return {
    ...row,
    kind: grantKind.parse(row.kind),
    state: grantState.parse(row.state),
    request: keptRequest.parse(row.request),
    purpose: purpose.parse(row.purpose),
    mode: mode.parse(row.mode),
    from: row.fromOn,
    until: row.untilOn,
    covered,
  }
}

const grantByIdOrNumber = ready((read) =>
  read
    .select()
    .from(table)
    .where(or(eq(table.id, sql.placeholder('idOrNumber')), eq(table.number, sql.placeholder('idOrNumber'))))
    .prepare(),
)

const coveredByGrant = ready((read) =>
  read
    .select({
      patentId: grantPatents.patentId,
      number: patents.number,
      termsId: grantPatents.termsId,
      declarationId: grantPatents.declarationId,
    })
    .from(grantPatents)
    .innerJoin(patents, eq(patents.id, grantPatents.patentId))
    .where(eq(grantPatents.grantId, sql.placeholder('id')))
    .orderBy(asc(grantPatents.position))
    .prepare(),
)

/** An institution's grants, or a person's own. An inventor grant follows the person: no institution lists it. */
export async function listGrantIds(
  read: Reader,
  of: { organisationId: string } | { personId: string },
  before: string | undefined,
  limit: number,
): Promise<string[]> {
  const mine =
    'personId' in of
      ? eq(table.personId, of.personId)
      : and(eq(table.organisationId, of.organisationId), eq(table.kind, 'research'))
  const rows = await read
    .select({ id: table.id })
    .from(table)
    .where(and(mine, before === undefined ? undefined : lt(table.id, before)))
    .orderBy(desc(table.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Grants of the person that can be relied on, now or once a suspension is lifted. */
export async function liveGrantsOf(read: Reader, personId: string, now: Date): Promise<GrantRecord[]> {
  const rows = await read
    .select({ id: table.id })
    .from(table)
    .where(
      and(
        eq(table.personId, personId),
        inArray(table.state, ['valid', 'suspended']),
        gt(table.expiresAt, now.toISOString()),
      ),
    )
    .orderBy(asc(table.id))
  const found = await Promise.all(rows.map(({ id }) => findGrant(read, id)))
  return found.flatMap((grant) => grant ?? [])
}

/** The person is still here, under the iD that was relied on. */
export function personUnchanged({ id, orcid }: { id: string; orcid?: string | undefined }): Statement {
  return {
    sql: `insert into guard select count(*) = 1, 'person' from people where id = ? and orcid is ? and erased_at is null`,
    args: [id, orcid ?? null],
  }
}

/** The person's live grants are these at these versions, and no others. */
export function liveGrantsAre(personId: string, live: readonly GrantRecord[], now: Date): Statement {
  return {
    sql: `insert into guard select count(*) = (select count(*) from grants g where g.person_id = ?1
            and g.state in ('valid', 'suspended') and g.expires_at > ?3) and count(*) = json_array_length(?2), 'grants'
          from json_each(?2) j join grants g on g.id = j.value ->> 'id' and g.version = j.value ->> 'version'`,
    args: [personId, JSON.stringify(live.map(({ id, version }) => ({ id, version }))), now.toISOString()],
  }
}

export async function findGrantEvents(read: Reader, grantId: string) {
  const rows = await eventsOfGrant(read).all({ grantId })
  return rows.map(({ state, at, reason }) => ({ status: grantState.parse(state), at, ...known({ reason }) }))
}

const eventsOfGrant = ready((read) =>
  read
    .select()
    .from(grantEvents)
    .where(eq(grantEvents.grantId, sql.placeholder('grantId')))
    .orderBy(asc(grantEvents.version))
    .prepare(),
)

/** Which organisations hold each covered patent today. */
export async function findHolders(read: Reader, grantId: string, on: string): Promise<Map<string, Set<string>>> {
  const rows = await read.rows(
    `select h.patent_id, h.organisation_id from grant_patents gp join patent_holders h on h.patent_id = gp.patent_id
     where gp.grant_id = ? and (h.from_on is null or h.from_on <= ?) and (h.until_on is null or h.until_on >= ?)`,
    [grantId, on, on],
  )
  const holders = new Map<string, Set<string>>()
  for (const [patentId, organisationId] of rows) {
    const held = holders.get(String(patentId)) ?? new Set()
    held.add(String(organisationId))
    holders.set(String(patentId), held)
  }
  return holders
}

/** The first day of the earliest evaluation of any of these patents by the organisation. */
export async function firstEvaluation(
  read: Reader,
  organisationId: string,
  patentIds: readonly string[],
): Promise<string | undefined> {
  const [row] = await read.rows(
    `select min(g.from_on) from grants g join grant_patents gp on gp.grant_id = g.id
     where g.organisation_id = ? and g.purpose = 'evaluation' and gp.patent_id in (select value from json_each(?))`,
    [organisationId, JSON.stringify(patentIds)],
  )
  return typeof row?.[0] === 'string' ? row[0] : undefined
}

/** Institutions that grants in whose place this one came had named. */
export async function formerInstitutionsOf(read: Reader, grantId: string): Promise<string[]> {
  const rows = await read.rows(
    `with recursive former (id, organisation_id) as (
       select id, organisation_id from grants where superseded_by = ?
       union select g.id, g.organisation_id from grants g join former f on g.superseded_by = f.id)
     select distinct organisation_id from former`,
    [grantId],
  )
  return rows.map(([id]) => String(id))
}

/** About how many grants there are; grants are never deleted. */
export async function countGrants(read: Reader): Promise<number> {
  const [row] = await read.rows('select max(rowid) from grants', [])
  return Number(row?.[0] ?? 0)
}

/** Statuses of a list other than valid. */
export async function findStatuses(read: Reader, list: number): Promise<{ index: number; state: GrantState }[]> {
  const rows = await read
    .select({ index: table.statusIndex, state: table.state })
    .from(table)
    .where(and(eq(table.statusList, list), sql`${table.state} <> 'valid'`))
  return rows.map(({ index, state }) => ({ index, state: grantState.parse(state) }))
}

/** What a log entry of a grant is made of; absent once its record was erased. */
export async function findGrantEntry(read: Reader, grantId: string) {
  const [row] = await read.rows(
    `select e.sequence, e.leaf, r.salt, r.record from log_entries e join log_records r on r.sequence = e.sequence
     where e.subject = ? and +e.type = 'granted' limit 1`, // `+`: by the index on subjects, of which each has few entries
    [grantId],
  )
  if (!row) return undefined
  const [sequence, leaf, salt, record] = row
  return { sequence: Number(sequence), leaf: String(leaf), salt: String(salt), record: String(record) }
}

export function insertGrant(grant: GrantRecord, by: string): Statement[] {
  return [
    insertGrantRow({
      id: grant.id,
      number: grant.number,
      kind: grant.kind,
      state: grant.state,
      stateAt: grant.stateAt,
      organisationId: grant.organisationId,
      personId: grant.personId,
      request: grant.request,
      namePublic: false,
      purpose: grant.purpose,
      mode: grant.mode,
      fromOn: grant.from,
      untilOn: grant.until,
      issuedAt: grant.issuedAt,
      expiresAt: grant.expiresAt,
      token: grant.token,
      tokenSha256: grant.tokenSha256,
      statusList: grant.statusList,
      statusIndex: grant.statusIndex,
      version: grant.version,
    }),
    {
      sql: `insert into grant_patents (grant_id, patent_id, declaration_id, terms_id, position)
            select ?, value ->> 'patentId', value ->> 'declarationId', value ->> 'termsId', key from json_each(?)`,
      args: [
        grant.id,
        JSON.stringify(
          grant.covered.map(({ patentId, declarationId, termsId }) => ({ patentId, declarationId, termsId })),
        ),
      ],
    },
    insertEvent(grant, by),
  ]
}

/** Writes the state that follows `grant.version - 1`. */
export function updateGrant(grant: GrantRecord, by: string): Statement[] {
  return [
    statement(
      build
        .update(table)
        .set({
          state: grant.state,
          stateAt: grant.stateAt,
          reason: grant.reason,
          supersededBy: grant.supersededBy,
          version: grant.version,
        })
        .where(and(eq(table.id, grant.id), eq(table.version, grant.version - 1))),
      'grant',
    ),
    insertEvent(grant, by),
  ]
}

function insertEvent(grant: GrantRecord, by: string): Statement {
  return insertEventRow({
    grantId: grant.id,
    version: grant.version,
    state: grant.state,
    at: grant.stateAt,
    reason: grant.reason,
    by,
  })
}

/** The declarations that a grant was decided on must still be so. */
export function declarationsUnchanged(relied: readonly { id: string; version: number }[]): Statement {
  return {
    sql: `insert into guard select count(*) = ?, 'declarations' from json_each(?) j join declarations d
          on d.id = j.value ->> 'id' and d.version = j.value ->> 'version'`,
    args: [relied.length, JSON.stringify(relied)],
  }
}

/** None of those who hold the patents on that day is suspended, as the verdicts on them took it. */
export function holdersTakePart(patentIds: readonly string[], on: string): Statement {
  return {
    sql: `insert into guard select count(*) = 0, 'holders' from patent_holders h
          join organisation_suspensions s on s.organisation_id = h.organisation_id
          where h.patent_id in (select value from json_each(?1))
          and (h.from_on is null or h.from_on <= ?2) and (h.until_on is null or h.until_on >= ?2)
          and s.from_on <= ?2 and (s.until_on is null or s.until_on > ?2)`,
    args: [JSON.stringify(patentIds), on],
  }
}
