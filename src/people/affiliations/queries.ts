import { and, desc, eq, lt, or } from 'drizzle-orm'
import * as schema from '../../../schema/index.ts'
import { build, type Reader, type Statement, statement } from '../../database.ts'
import { findOrganisations } from '../../organisations/queries.ts'
import { known } from '../../shapes.ts'
import {
  type Affiliation,
  type AffiliationRecord,
  affiliationSource,
  affiliationState,
  byOf,
  isCurrent,
} from './affiliation.ts'

const { affiliations: table, people } = schema

/** A person as affiliations know one: by account, or by the ORCID iD that an institution named. */
export type KnownPerson = { id: string; orcid?: string | undefined }

export async function findAffiliation(read: Reader, id: string): Promise<AffiliationRecord | undefined> {
  const [row] = await read.select().from(table).where(eq(table.id, id))
  return row && toRecord(row)
}

/** All that was ever said of where the person works, newest first. */
export async function affiliationsOf(read: Reader, person: KnownPerson): Promise<AffiliationRecord[]> {
  const rows = await read.select().from(table).where(ofPerson(person)).orderBy(desc(table.fromOn), desc(table.id))
  return rows.map(toRecord)
}

export async function currentAffiliations(read: Reader, person: KnownPerson): Promise<AffiliationRecord[]> {
  return (await affiliationsOf(read, person)).filter(isCurrent)
}

/** For the institution: those of its own people, newest first. */
export async function listAffiliations(
  read: Reader,
  organisationId: string,
  before: string | undefined,
  limit: number,
): Promise<Affiliation[]> {
  const rows = await read
    .select({ affiliation: table, name: people.name, orcid: people.orcid })
    .from(table)
    .leftJoin(people, eq(people.id, table.personId))
    .where(and(eq(table.organisationId, organisationId), before === undefined ? undefined : lt(table.id, before)))
    .orderBy(desc(table.id))
    .limit(limit)
  const shown = await showAffiliations(
    read,
    rows.map((row) => toRecord(row.affiliation)),
  )
  return shown.map((one, i) => {
    const row = rows[i]
    // Of an iD that the institution named, nothing is told but that iD.
    const person =
      row?.affiliation.orcid === null
        ? { name: row.name || undefined, orcid: row.orcid }
        : { orcid: row?.affiliation.orcid }
    return { ...one, person: known(person) }
  })
}

export async function showAffiliations(read: Reader, records: readonly AffiliationRecord[]): Promise<Affiliation[]> {
  const organisations = await findOrganisations(read, [...new Set(records.map((one) => one.organisationId))])
  return records.map((one) => ({
    id: one.id,
    organisation: {
      id: one.organisationId,
      name: organisations.get(one.organisationId)?.name ?? { ja: one.organisationId, en: one.organisationId },
    },
    from: one.from,
    state: one.state,
    source: one.source,
    by: byOf(one),
    asserted: one.assertedAt,
    ...known({
      until: one.until,
      reason: one.reason,
      confirmed: confirmedAt(one),
    }),
  }))
}

/** When the institution stood behind it. */
export function confirmedAt(one: AffiliationRecord): string | undefined {
  if (one.state !== 'confirmed') return undefined
  return one.source === 'institution' ? one.assertedAt : (one.decidedAt ?? undefined)
}

/** No two current affiliations of the same person with the same organisation from the same source. */
export function insertAffiliation(one: AffiliationRecord): Statement[] {
  return [
    {
      sql: `insert into guard select count(*) = 0, 'affiliation' from affiliations where organisation_id = ? and source = ?
            and state in ('asserted', 'confirmed') and (person_id = ? or orcid = ?)`,
      args: [one.organisationId, one.source, one.personId, one.orcid],
    },
    statement(
      build.insert(table).values({
        id: one.id,
        personId: one.personId,
        orcid: one.orcid,
        organisationId: one.organisationId,
        fromOn: one.from,
        untilOn: one.until,
        source: one.source,
        assertedBy: one.assertedBy,
        assertedAt: one.assertedAt,
        state: one.state,
        decidedBy: one.decidedBy,
        decidedAt: one.decidedAt,
        reason: one.reason,
        version: one.version,
      }),
    ),
  ]
}

/** Writes the state that follows `one.version - 1`. */
export function updateAffiliation(one: AffiliationRecord): Statement {
  return statement(
    build
      .update(table)
      .set({
        untilOn: one.until,
        state: one.state,
        decidedBy: one.decidedBy,
        decidedAt: one.decidedAt,
        reason: one.reason,
        version: one.version,
      })
      .where(and(eq(table.id, one.id), eq(table.version, one.version - 1))),
    'affiliation',
  )
}

/** What was decided on must still be so: each of these at its version. */
export function affiliationsUnchanged(relied: readonly { id: string; version: number }[]): Statement {
  return {
    sql: `insert into guard select count(*) = ?, 'affiliations' from json_each(?) j join affiliations a
          on a.id = j.value ->> 'id' and a.version = j.value ->> 'version'`,
    args: [relied.length, JSON.stringify(relied.map(({ id, version }) => ({ id, version })))],
  }
}

/** The person has these current affiliations and no others. */
export function affiliationsAre(person: KnownPerson, current: readonly { id: string }[]): Statement {
  return {
    sql: `insert into guard select count(*) = 0, 'affiliations' from affiliations where (person_id = ? or orcid = ?)
          and state in ('asserted', 'confirmed') and id not in (select value from json_each(?))`,
    args: [person.id, person.orcid ?? null, JSON.stringify(current.map(({ id }) => id))],
  }
}

function ofPerson({ id, orcid }: KnownPerson) {
  return orcid === undefined ? eq(table.personId, id) : or(eq(table.personId, id), eq(table.orcid, orcid))
}

function toRecord({ fromOn, untilOn, ...row }: typeof table.$inferSelect): AffiliationRecord {
  return {
    ...row,
    from: fromOn,
    until: untilOn,
    source: affiliationSource.parse(row.source),
    state: affiliationState.parse(row.state),
  }
}
