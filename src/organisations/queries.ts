import { and, asc, eq, gt, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import * as schema from '../../schema/index.ts'
import { build, containing, type Reader, ready, type Statement, statement } from '../database.ts'
import { keptUntilChange } from '../kept.ts'
import { known } from '../shapes.ts'
import {
  grantApproval,
  type Organisation,
  type OrganisationRecord,
  type OrganisationState,
  organisationKind,
  organisationState,
  shownAs,
  shownToOthers,
} from './organisation.ts'
import { parseRor } from './ror.ts'

const { organisations: table, organisationSuspensions: suspensions } = schema

/** By id or by ROR id in any of its spellings. */
export async function findOrganisation(read: Reader, idOrRor: string): Promise<OrganisationRecord | undefined> {
  const ror = parseRor(idOrRor)
  const [row] = await (ror ? organisationByRor(read).all({ ror }) : organisationById(read).all({ id: idOrRor }))
  return row && toRecord(row)
}

const organisationById = ready((read) => selectOrganisations(read, eq(table.id, sql.placeholder('id'))).prepare())
const organisationByRor = ready((read) => selectOrganisations(read, eq(table.ror, sql.placeholder('ror'))).prepare())

export async function findOrganisations(read: Reader, ids: readonly string[]): Promise<Map<string, Organisation>> {
  const rows = await selectOrganisations(
    read,
    sql`${table.id} in (select value from json_each(${JSON.stringify(ids)}))`,
  )
  return new Map(rows.map((row) => [row.id, toRecord(row).organisation]))
}

export async function listOrganisations(
  read: Reader,
  filter: { kind?: string; q?: string; state?: OrganisationState; includeApplied: boolean },
  after: readonly [string, string] | undefined,
  limit: number,
): Promise<Organisation[]> {
  const pattern = filter.q && containing(filter.q)
  const rows = await selectOrganisations(
    read,
    and(
      statesOf(filter),
      filter.kind ? eq(table.kind, filter.kind) : undefined,
      pattern
        ? sql`(${table.nameJa} like ${pattern} escape '\\' or ${table.nameEn} like ${pattern} escape '\\')`
        : undefined,
      after ? or(gt(table.nameEn, after[0]), and(eq(table.nameEn, after[0]), gt(table.id, after[1]))) : undefined,
    ),
  )
    .orderBy(asc(table.nameEn), asc(table.id))
    .limit(limit)
  return rows.flatMap((row) => {
    const record = toRecord(row)
    return (filter.includeApplied ? record.organisation : shownToOthers(record)) ?? []
  })
}

/** Those that joined, and to stewards those that ask to; those known by name only when they are asked for. */
function statesOf({ state, includeApplied }: { state?: OrganisationState; includeApplied: boolean }): SQL | undefined {
  const shown = includeApplied
    ? sql`${table.state}`
    : sql`case ${table.state} when 'applied' then coalesce(${table.shownAs}, '') else ${table.state} end`
  return state === undefined ? sql`${shown} not in ('named', '')` : sql`${shown} = ${state}`
}

/** Organisations by ROR id or 法人番号, to refuse a second record of the same one. Two where these stand on two. */
export async function findSameOrganisations(
  read: Reader,
  { ror, corporateNumber }: { ror?: string | undefined; corporateNumber?: string | undefined },
): Promise<OrganisationRecord[]> {
  const same = [ror && eq(table.ror, ror), corporateNumber && eq(table.corporateNumber, corporateNumber)].filter(isSql)
  if (same.length === 0) return []
  return (await selectOrganisations(read, or(...same))).map(toRecord)
}

/**
 * What the organisation has open on that day; what is withdrawn with notice is open until the notice is over, and a right
 * that has ended is open to nobody, as is one of a holder that is suspended.
 */
export async function countOpened(
  read: Reader,
  id: string,
  on: string,
): Promise<{ declarations: number; patents: number }> {
  const [row] = await read.rows(
    `select count(distinct d.id), count(distinct iif(exists (select 1 from patent_holders h
         join organisation_suspensions u on u.organisation_id = h.organisation_id
         where h.patent_id = dp.patent_id and (h.from_on is null or h.from_on <= ?2)
         and (h.until_on is null or h.until_on >= ?2) and u.from_on <= ?2 and (u.until_on is null or u.until_on > ?2)),
       null, dp.patent_id))
     from declarations d join declaration_patents dp on dp.declaration_id = d.id
     where d.organisation_id = ?1 and d.state in ('in_force', 'withdrawn') and d.in_force_on <= ?2 and d.from_on <= ?2
     and (d.until_on is null or d.until_on >= ?2) and (d.closed_on is null or d.closed_on > ?2)
     and coalesce((select s.value from patent_statuses s where s.patent_id = dp.patent_id and s.valid_from <= ?2
       order by s.valid_from desc, s.sequence desc limit 1), 'unknown') in ('pending', 'granted', 'unknown')`,
    [id, on],
  )
  return { declarations: Number(row?.[0] ?? 0), patents: Number(row?.[1] ?? 0) }
}

/** Ids of organisations that are suspended, or have left, on that day. */
export async function suspendedOn(read: Reader, on: string): Promise<readonly string[]> {
  const kept = suspendedInMemory(read)
  const known = kept?.get(on)
  if (known !== undefined) return known
  const rows = await read.rows(
    'select organisation_id from organisation_suspensions where from_on <= ? and (until_on is null or until_on > ?)',
    [on, on],
  )
  const ids = rows.map(([id]) => String(id))
  kept?.set(on, ids)
  return ids
}

/**
 * Since when each of these is bound by its participation agreement: approved, and not gone since. One that is suspended
 * stays bound; what may not begin meanwhile is read beside it.
 */
export async function participationsOf(
  read: Reader,
  ids: readonly string[],
): Promise<Map<string, { since: string; version: number }>> {
  const rows = await read.rows(
    `select o.id, o.version, min(e.at) from organisations o
     join log_entries e on e.subject = o.id and e.type = 'organisation_approved'
     and e.sequence > coalesce((select max(sequence) from log_entries where subject = o.id and type = 'organisation_left'), -1)
     where o.id in (select value from json_each(?)) and o.state in ('approved', 'suspended') group by o.id, o.version`,
    [JSON.stringify(ids)],
  )
  return new Map(
    rows.map(([id, version, at]) => [String(id), { since: String(at).slice(0, 10), version: Number(version) }]),
  )
}

/** What was decided on must still be so: each of these organisations at its version. */
export function organisationsUnchanged(relied: readonly { id: string; version: number }[]): Statement {
  return {
    sql: `insert into guard select count(*) = ?, 'organisations' from json_each(?) j join organisations o
          on o.id = j.value ->> 'id' and o.version = j.value ->> 'version'`,
    args: [relied.length, JSON.stringify(relied.map(({ id, version }) => ({ id, version })))],
  }
}

/** Almost every question is about today. */
const suspendedInMemory = keptUntilChange<string, readonly string[]>(100)

export function insertOrganisation(organisation: Organisation): Statement {
  return statement(
    build.insert(table).values({
      id: organisation.id,
      ror: organisation.ror ?? null,
      corporateNumber: organisation.corporateNumber ?? null,
      nameJa: organisation.name.ja,
      nameEn: organisation.name.en,
      kind: organisation.kind,
      country: organisation.country,
      state: organisation.state,
      version: 1,
      createdAt: organisation.since,
      updatedAt: organisation.since,
    }),
  )
}

export function updateOrganisation({ organisation, version, shownAs }: OrganisationRecord, at: string): Statement {
  return statement(
    build
      .update(table)
      .set({
        ror: organisation.ror ?? null,
        corporateNumber: organisation.corporateNumber ?? null,
        nameJa: organisation.name.ja,
        nameEn: organisation.name.en,
        kind: organisation.kind,
        country: organisation.country,
        state: organisation.state,
        shownAs: shownAs ?? null,
        grantApproval: organisation.grantApproval ?? 'automatic',
        version: version + 1,
        updatedAt: at,
      })
      .where(and(eq(table.id, organisation.id), eq(table.version, version))),
    'organisation',
  )
}

/** Where its notices go by e-mail. Not in the record, which is public. */
export async function findNoticeAddress(read: Reader, id: string): Promise<string | undefined> {
  const [row] = await read.select({ address: table.noticeAddress }).from(table).where(eq(table.id, id))
  return row?.address ?? undefined
}

export function setNoticeAddress(id: string, noticeAddress: string | null): Statement {
  return statement(build.update(table).set({ noticeAddress }).where(eq(table.id, id)))
}

export function openSuspension(organisationId: string, fromOn: string): Statement {
  return statement(
    build
      .insert(suspensions)
      .values({ organisationId, fromOn })
      .onConflictDoUpdate({
        target: [suspensions.organisationId, suspensions.fromOn],
        set: { untilOn: null },
      }),
  )
}

export function closeSuspension(organisationId: string, untilOn: string): Statement {
  return statement(
    build
      .update(suspensions)
      .set({ untilOn })
      .where(
        and(
          eq(suspensions.organisationId, organisationId),
          isNull(suspensions.untilOn),
          lte(suspensions.fromOn, untilOn),
        ),
      ),
  )
}

/** Patents that name the organisation as a holder: their facts carry its name. */
export async function patentsHeldBy(read: Reader, organisationId: string): Promise<string[]> {
  const rows = await read
    .selectDistinct({ id: schema.patentHolders.patentId })
    .from(schema.patentHolders)
    .where(eq(schema.patentHolders.organisationId, organisationId))
  return rows.map(({ id }) => id)
}

/** The organisation is named on just these patents still, so that the facts of all of them are made again. */
export function holdsJust(organisationId: string, patentIds: readonly string[]): Statement {
  return {
    sql: `insert into guard select count(*) = ?1 and sum(patent_id in (select value from json_each(?2))) is nullif(?1, 0), 'patents'
          from (select distinct patent_id from patent_holders where organisation_id = ?3)`,
    args: [patentIds.length, JSON.stringify(patentIds), organisationId],
  }
}

function selectOrganisations(read: Reader, where: SQL | undefined) {
  return read.select().from(table).where(where).$dynamic()
}

function toRecord(row: typeof table.$inferSelect): OrganisationRecord {
  return {
    version: row.version,
    ...known({ shownAs: row.shownAs === null ? null : shownAs.parse(row.shownAs) }),
    organisation: known({
      id: row.id,
      ror: row.ror,
      corporateNumber: row.corporateNumber,
      name: { ja: row.nameJa, en: row.nameEn },
      kind: organisationKind.parse(row.kind),
      country: row.country,
      state: organisationState.parse(row.state),
      grantApproval: row.grantApproval === 'automatic' ? null : grantApproval.parse(row.grantApproval),
      since: row.createdAt,
    }),
  }
}

function isSql(value: SQL | string | undefined): value is SQL {
  return typeof value === 'object'
}
