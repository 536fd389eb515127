import { and, asc, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import * as schema from '../../../schema/index.ts'
import { build, type Reader, type Statement, statement } from '../../database.ts'
import { known } from '../../shapes.ts'
import { claimSupport, type InventorClaim, type InventorClaimRecord, inventorClaimState } from './inventor-claim.ts'
import { nameKey } from './names.ts'

const { inventorClaims: table, patents, people, patentInventors } = schema
const support = z.array(claimSupport)

/** A person as inventorship knows one: the account, and the ORCID iD that signed in. */
export type Claimant = { id: string; orcid?: string | undefined }

export type PrintedInventor = {
  patentId: string
  number: string
  version: number
  position: number
  name: string
  romanised: string | null
  orcid: string | null
}

/** The inventor printed at a place (from 0) of an enrolled patent. */
export async function findPrinted(
  read: Reader,
  patentId: string,
  position: number,
): Promise<PrintedInventor | undefined> {
  const [row] = await printed(read).where(
    and(eq(patentInventors.patentId, patentId), eq(patentInventors.position, position)),
  )
  return row
}

/**
 * Places on enrolled patents where the person is the inventor: by an ORCID iD that a holder put there, or by a claim
 * that a holder confirmed. Where another person's claim is confirmed, the place is that person's.
 */
export async function confirmedInventorships(
  read: Reader,
  { id, orcid }: Claimant,
): Promise<{ patentId: string; number: string; position: number }[]> {
  const rows = await read.rows(
    `select i.patent_id, p.number, i.position from patent_inventors i join patents p on p.id = i.patent_id
     where i.orcid = ?2 and not exists (select 1 from inventor_claims c where c.patent_id = i.patent_id
       and c.position = i.position and c.state = 'confirmed' and c.person_id <> ?1)
     union
     select c.patent_id, p.number, c.position from inventor_claims c join patents p on p.id = c.patent_id
     join patent_inventors i on i.patent_id = c.patent_id and i.position = c.position
     where c.person_id = ?1 and c.state = 'confirmed'
     order by 2, 3`,
    [id, orcid ?? null],
  )
  return rows.map(([patentId, number, position]) => ({
    patentId: String(patentId),
    number: String(number),
    position: Number(position),
  }))
}

export async function findClaim(
  read: Reader,
  patentId: string,
  position: number,
  personId: string,
): Promise<InventorClaimRecord | undefined> {
  const [row] = await read
    .select()
    .from(table)
    .where(and(eq(table.patentId, patentId), eq(table.position, position), eq(table.personId, personId)))
  return row && toRecord(row)
}

export async function claimsAt(read: Reader, patentId: string, position: number): Promise<InventorClaimRecord[]> {
  const rows = await read
    .select()
    .from(table)
    .where(and(eq(table.patentId, patentId), eq(table.position, position)))
    .orderBy(asc(table.id))
  return rows.map(toRecord)
}

export async function claimsOf(read: Reader, personId: string): Promise<InventorClaimRecord[]> {
  const rows = await read.select().from(table).where(eq(table.personId, personId)).orderBy(asc(table.id))
  return rows.map(toRecord)
}

/** For a holder: claims on the patent, with who makes them. */
export async function claimsOn(read: Reader, patentId: string): Promise<InventorClaim[]> {
  const rows = await read
    .select({ claim: table, name: people.name, orcid: people.orcid })
    .from(table)
    .innerJoin(people, eq(people.id, table.personId))
    .where(eq(table.patentId, patentId))
    .orderBy(asc(table.position), asc(table.id))
  const shown = await showClaims(
    read,
    rows.map(({ claim }) => toRecord(claim)),
  )
  return shown.map((one, i) => ({ ...one, person: { name: rows[i]?.name ?? '', ...known({ orcid: rows[i]?.orcid }) } }))
}

export async function showClaims(read: Reader, records: readonly InventorClaimRecord[]): Promise<InventorClaim[]> {
  if (records.length === 0) return []
  const ids = [...new Set(records.map(({ patentId }) => patentId))]
  const places = await printed(read).where(inArray(patentInventors.patentId, ids))
  const numbers = new Map(
    (await read.select({ id: patents.id, number: patents.number }).from(patents).where(inArray(patents.id, ids))).map(
      ({ id, number }) => [id, number] as const,
    ),
  )
  return records.map((one) => ({
    id: one.id,
    patent: numbers.get(one.patentId) ?? one.patentId,
    inventor: one.position + 1,
    state: one.state,
    support: one.support,
    claimedAt: one.claimedAt,
    ...known({
      printed: places.find(({ patentId, position }) => patentId === one.patentId && position === one.position)?.name,
      statement: one.statement,
      decidedAt: one.decidedAt,
      reason: one.reason,
    }),
  }))
}

/** Places whose printed name has the letters of this one and that nobody is confirmed for. */
export async function namesLike(read: Reader, name: string, limit: number): Promise<PrintedInventor[]> {
  const key = nameKey(name)
  if (key === null) return []
  const rows = await read.rows(
    `select i.patent_id, p.number, p.version, i.position, i.name, i.romanised, i.orcid
     from patent_inventors i join patents p on p.id = i.patent_id
     where (i.name_key = ?1 or i.romanised_key = ?1) and i.orcid is null and not exists (select 1 from inventor_claims c
       where c.patent_id = i.patent_id and c.position = i.position and c.state = 'confirmed')
     order by p.number, i.position limit ?2`,
    [key, limit],
  )
  return rows.map(([patentId, number, version, position, printedName, romanised, orcid]) => ({
    patentId: String(patentId),
    number: String(number),
    version: Number(version),
    position: Number(position),
    name: String(printedName),
    romanised: romanised === null ? null : String(romanised),
    orcid: orcid === null ? null : String(orcid),
  }))
}

export async function findPrintedAt(
  read: Reader,
  places: readonly { patentId: string; position: number }[],
): Promise<PrintedInventor[]> {
  if (places.length === 0) return []
  const rows = await printed(read).where(
    inArray(
      patentInventors.patentId,
      places.map(({ patentId }) => patentId),
    ),
  )
  return rows.filter((row) =>
    places.some(({ patentId, position }) => patentId === row.patentId && position === row.position),
  )
}

/** Canonical numbers of other patents of the family on which a holder put this iD. */
export async function familyNaming(read: Reader, patentId: string, orcid: string): Promise<string[]> {
  const rows = await read.rows(
    `select distinct m.number from patents p join patents m on m.family = p.family and m.id <> p.id
     join patent_inventors i on i.patent_id = m.id where p.id = ? and i.orcid = ? order by 1`,
    [patentId, orcid],
  )
  return rows.map(([number]) => String(number))
}

/** Keys of all numbers of the patent. */
export async function numberKeys(read: Reader, patentId: string): Promise<Map<string, string>> {
  const rows = await read.rows('select key, docdb from patent_numbers where patent_id = ?', [patentId])
  return new Map(rows.map(([key, docdb]) => [String(key), String(docdb)]))
}

/** Places for which a claim is confirmed, with the claimant's iD. */
export async function confirmedPlaces(
  read: Reader,
  patentId: string,
): Promise<{ position: number; orcid: string | undefined }[]> {
  const rows = await read
    .select({ position: table.position, orcid: people.orcid })
    .from(table)
    .innerJoin(people, eq(people.id, table.personId))
    .where(and(eq(table.patentId, patentId), eq(table.state, 'confirmed')))
  return rows.map(({ position, orcid }) => ({ position, orcid: orcid ?? undefined }))
}

/** Whether a live inventor grant over the patent is of a person with one of these iDs. */
export async function findInventorGrants(
  read: Reader,
  patentId: string,
  orcids: readonly string[],
  now: Date,
): Promise<boolean> {
  const rows = await read.rows(`select 1 ${inventorGrants} limit 1`, [
    patentId,
    now.toISOString(),
    JSON.stringify(orcids),
  ])
  return rows.length > 0
}

export function noGrantRestsOn(patentId: string, orcids: readonly string[], now: Date): Statement {
  return {
    sql: `insert into guard select count(*) = 0, 'grants' ${inventorGrants}`,
    args: [patentId, now.toISOString(), JSON.stringify(orcids)],
  }
}

const inventorGrants = `from grants g join grant_patents gp on gp.grant_id = g.id join people p on p.id = g.person_id
  where gp.patent_id = ? and g.kind = 'inventor' and g.state in ('valid', 'suspended') and g.expires_at > ?
  and p.orcid in (select value from json_each(?))`

export function insertClaim(claim: InventorClaimRecord): Statement {
  return statement(build.insert(table).values(claim))
}

/** Writes the state that follows `claim.version - 1`. */
export function updateClaim(claim: InventorClaimRecord): Statement {
  const { id, patentId: _patent, position: _position, personId: _person, ...set } = claim
  return statement(
    build
      .update(table)
      .set(set)
      .where(and(eq(table.id, id), eq(table.version, claim.version - 1))),
    'inventor claim',
  )
}

/** Puts the iD of the confirmed inventor on the patent, or takes it away; a new version of the patent's record. */
export function putOrcid(patentId: string, position: number, orcid: string | null, version: number): Statement[] {
  return [
    ...newVersion(patentId, version),
    statement(
      build
        .update(patentInventors)
        .set({ orcid })
        .where(and(eq(patentInventors.patentId, patentId), eq(patentInventors.position, position))),
      'inventor',
    ),
  ]
}

/** Who is an inventor is part of the patent's record: what relied on the version before is decided again. */
function newVersion(patentId: string, version: number): Statement[] {
  return [
    {
      sql: 'update patents set version = version + 1 where id = ? and version = ?',
      args: [patentId, version],
      expects: 'patent',
    },
  ]
}

/** Nobody else is confirmed for the place, and no other iD stands on it. */
export function placeIsFree(patentId: string, position: number, { id, orcid }: Claimant): Statement {
  return {
    sql: `insert into guard select count(*) = 0, 'inventor' from (
            select 1 from inventor_claims where patent_id = ?1 and position = ?2 and state = 'confirmed' and person_id <> ?3
            union all
            select 1 from patent_inventors where patent_id = ?1 and position = ?2 and orcid is not null
              and orcid is not ?4)`,
    args: [patentId, position, id, orcid ?? null],
  }
}

function printed(read: Reader) {
  return read
    .select({
      patentId: patentInventors.patentId,
      number: patents.number,
      version: patents.version,
      position: patentInventors.position,
      name: patentInventors.name,
      romanised: patentInventors.romanised,
      orcid: patentInventors.orcid,
    })
    .from(patentInventors)
    .innerJoin(patents, eq(patents.id, patentInventors.patentId))
    .$dynamic()
}

function toRecord(row: typeof table.$inferSelect): InventorClaimRecord {
  return { ...row, state: inventorClaimState.parse(row.state), support: support.parse(row.support) }
}
