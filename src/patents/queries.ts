import { and, asc, eq } from 'drizzle-orm'
import { legalStatus } from '../../policies/vocabulary.ts'
import * as schema from '../../schema/index.ts'
import { build, type Reader, type Row, type Statement, statement } from '../database.ts'
import { keptUntilChange } from '../kept.ts'
import { findOrganisations } from '../organisations/queries.ts'
import { known } from '../shapes.ts'
import { fieldName } from './classification/fields.ts'
import { type PatentFacts, statusOn } from './facts.ts'
import { nameKey } from './inventors/names.ts'
import type { PatentNumber } from './numbers/number.ts'
import { numberWithKey } from './numbers/spelling.ts'
import { encumbranceKind, type Patent } from './patent.ts'
import type { PatentRecord } from './record.ts'

const {
  patents: table,
  patentNumbers,
  patentHolders,
  patentInventors,
  patentClasses,
  patentFields,
  patentStatuses,
  patentEncumbrances,
} = schema

/** Facts of the patents that these number keys lead to. One statement however many keys, none for those still in memory. */
export async function findFacts(read: Reader, keys: readonly string[]): Promise<Map<string, PatentFacts>> {
  const kept = factsInMemory(read)
  const facts = new Map<string, PatentFacts>()
  const missing: string[] = []
  for (const key of keys) {
    const known = kept?.get(key)
    if (known !== undefined) facts.set(key, known)
    else missing.push(key)
  }
  if (missing.length === 0) return facts
  for (const [key, body] of await readFacts(read, missing)) {
    // The row was written by `projections/facts.ts` in this shape, and `factsAstray` recomputes it.
    const read: PatentFacts = JSON.parse(String(body))
    facts.set(String(key), read)
    kept?.set(String(key), read)
  }
  return facts
}

/** One costs some kilobytes. */
const factsInMemoryMax = 10_000
const factsInMemory = keptUntilChange<string, PatentFacts>(factsInMemoryMax)

function readFacts(read: Reader, keys: readonly string[]): Promise<readonly Row[]> {
  const [only] = keys
  if (only !== undefined && keys.length === 1)
    return read.rows(
      'select n.key, f.body from patent_numbers n join facts f on f.patent_id = n.patent_id where n.key = ?',
      [only],
    )
  return read.rows(
    `select n.key, f.body from json_each(?) k join patent_numbers n on n.key = k.value
     join facts f on f.patent_id = n.patent_id`,
    [JSON.stringify(keys)],
  )
}

/** Ids of all patents that these keys lead to. */
export async function findPatentIds(read: Reader, keys: readonly string[]): Promise<string[]> {
  const rows = await read.rows(
    'select distinct patent_id from patent_numbers where key in (select value from json_each(?))',
    [JSON.stringify(keys)],
  )
  return rows.map(([id]) => String(id))
}

/** The same by id. */
export async function findFactsById(read: Reader, patentIds: readonly string[]): Promise<Map<string, PatentFacts>> {
  const rows = await read.rows(
    'select patent_id, body from facts where patent_id in (select value from json_each(?))',
    [JSON.stringify(patentIds)],
  )
  return new Map(rows.map(([id, body]): [string, PatentFacts] => [String(id), JSON.parse(String(body))]))
}

/** Id of the patent that one of these keys leads to. */
export async function findPatentId(read: Reader, keys: readonly string[]): Promise<string | undefined> {
  const [row] = await read.rows(
    'select patent_id from patent_numbers where key in (select value from json_each(?)) limit 1',
    [JSON.stringify(keys)],
  )
  return row && String(row[0])
}

/** Which of these numbers stand on another patent's record. */
export async function findNumbersTaken(
  read: Reader,
  patentId: string,
  keys: readonly string[],
): Promise<{ docdb: string; patent: string }[]> {
  const rows = await read.rows(
    `select n.docdb, p.number from patent_numbers n join patents p on p.id = n.patent_id
     where n.key in (select value from json_each(?)) and n.patent_id <> ?`,
    [JSON.stringify(keys), patentId],
  )
  return rows.map(([docdb, patent]) => ({ docdb: String(docdb), patent: String(patent) }))
}

/** One that is withdrawn opens the patent until its notice is over, the day `?2`. */
const standingDeclarations = `from declaration_patents dp join declarations d on d.id = dp.declaration_id
  where dp.patent_id in (select value from json_each(?1))
  and (d.state in ('awaiting_consent', 'in_force') or (d.state = 'withdrawn' and d.closed_on > ?2))`

/** Those of the patents that a declaration opens on that day, or may come to. */
export async function declaredAmong(read: Reader, patentIds: readonly string[], on: string): Promise<Set<string>> {
  const rows = await read.rows(`select distinct dp.patent_id ${standingDeclarations}`, [JSON.stringify(patentIds), on])
  return new Set(rows.map(([id]) => String(id)))
}

/** Settles a change of holders against declarations made at the same time. */
export function noDeclarationStands(patentIds: readonly string[], on: string): Statement {
  return {
    sql: `insert into guard select count(*) = 0, 'declarations' ${standingDeclarations}`,
    args: [JSON.stringify(patentIds), on],
  }
}

/** The record as the tables keep it, with its version. */
export async function findRecord(
  read: Reader,
  id: string,
): Promise<{ record: PatentRecord; version: number; registeredAt: string; updatedAt: string } | undefined> {
  const [[row], numbers, holders, inventors, classes, fields, statuses, encumbrances] = await Promise.all([
    read.select().from(table).where(eq(table.id, id)),
    read.select().from(patentNumbers).where(eq(patentNumbers.patentId, id)).orderBy(asc(patentNumbers.position)),
    read.select().from(patentHolders).where(eq(patentHolders.patentId, id)).orderBy(asc(patentHolders.position)),
    read.select().from(patentInventors).where(eq(patentInventors.patentId, id)).orderBy(asc(patentInventors.position)),
    read.select().from(patentClasses).where(eq(patentClasses.patentId, id)).orderBy(asc(patentClasses.position)),
    read.select().from(patentFields).where(eq(patentFields.patentId, id)).orderBy(asc(patentFields.field)),
    read
      .select()
      .from(patentStatuses)
      .where(eq(patentStatuses.patentId, id))
      .orderBy(asc(patentStatuses.validFrom), asc(patentStatuses.sequence)),
    read
      .select()
      .from(patentEncumbrances)
      .where(eq(patentEncumbrances.patentId, id))
      .orderBy(asc(patentEncumbrances.position)),
  ])
  if (!row) return undefined
  const symbols = (scheme: string) => classes.filter((one) => one.scheme === scheme).map((one) => one.symbol)
  const { expiresOn, expiresSource, expiresSeenOn } = row
  return {
    version: row.version,
    registeredAt: row.createdAt,
    updatedAt: row.updatedAt,
    record: {
      id: row.id,
      number: row.number,
      office: row.office,
      numbers: numbers.flatMap(({ docdb, key }) => numberWithKey(docdb, key) ?? []),
      title: known({ ja: row.titleJa, en: row.titleEn }),
      holders: holders.map(({ organisationId, share, fromOn, untilOn }) => ({
        organisationId,
        ...known({ share, from: fromOn, until: untilOn }),
      })),
      inventors: inventors.map(({ name, romanised, orcid }) => ({ name, ...known({ romanised, orcid }) })),
      classes: { ipc: symbols('ipc'), cpc: symbols('cpc'), fi: symbols('fi') },
      fields: fields.map(({ field }) => field),
      statuses: statuses.map((one) => ({
        value: legalStatus.parse(one.value),
        on: one.validFrom,
        source: one.source,
        seenOn: one.seenOn,
      })),
      encumbrances: encumbrances.map((one) => ({
        kind: encumbranceKind.parse(one.kind),
        researchReserved: one.researchReserved,
        ...known({ from: one.fromOn, until: one.untilOn }),
      })),
      ...known({
        priorityOn: row.priorityOn,
        filedOn: row.filedOn,
        publishedOn: row.publishedOn,
        grantedOn: row.grantedOn,
        family: row.family,
      }),
      ...(expiresOn !== null && expiresSource !== null && expiresSeenOn !== null
        ? { expires: { on: expiresOn, source: expiresSource, seenOn: expiresSeenOn } }
        : {}),
    },
  }
}

/** The public record. `on` is the day for which "the status" is meant. */
export async function findPatent(
  read: Reader,
  id: string,
  on: string,
): Promise<{ patent: Patent; version: number } | undefined> {
  const found = await findRecord(read, id)
  if (!found) return undefined
  const { record } = found
  const [facts, organisations] = await Promise.all([
    findFacts(
      read,
      record.numbers.slice(0, 1).map(({ key }) => key),
    ),
    findOrganisations(
      read,
      record.holders.map(({ organisationId }) => organisationId),
    ),
  ])
  const [fact] = facts.values()
  const { expires: _expires, family, fields, holders, statuses, ...rest } = record
  const dated = statuses.map((one) => ({ ...one, on: one.on ?? one.seenOn }))
  const patent: Patent = {
    ...rest,
    numbers: [...record.numbers],
    holders: holders.flatMap(({ organisationId, ...held }) => {
      const organisation = organisations.get(organisationId)
      if (!organisation) return []
      const { id: organisationKey, name, kind, ror } = organisation
      return [{ organisation: { id: organisationKey, name, kind, ...(ror === undefined ? {} : { ror }) }, ...held }]
    }),
    fields: fields.map((field) => ({ field, name: fieldName(field) })),
    ...(fact?.end ? { end: fact.end } : {}),
    ...(family === undefined
      ? {}
      : { family: { id: family, members: (fact?.family ?? []).map(({ number }) => number) } }),
    status: statusOn({ statuses: dated, ...(fact?.end ? { end: fact.end } : {}) }, on),
    statuses: dated,
    declarations: (fact?.declarations ?? []).map(
      ({ id: declarationId, termsId, state, from, until, inForceFrom, withdrawnOn }) => ({
        id: declarationId,
        termsId,
        state,
        from,
        ...known({ until, inForceFrom, withdrawnOn }),
      }),
    ),
    registeredAt: found.registeredAt,
    updatedAt: found.updatedAt,
  }
  return { patent, version: found.version }
}

export function insertPatent(record: PatentRecord, at: string): Statement[] {
  return [
    statement(build.insert(table).values({ ...columns(record), version: 1, createdAt: at, updatedAt: at })),
    ...insertNumbers(record.id, record.numbers, 0),
    ...insertParts(record),
    ...insertStatuses(record.id, record.statuses, 0, at),
  ]
}

/** Replaces what may change; numbers and statuses are only added. */
export function updatePatent(before: PatentRecord, after: PatentRecord, version: number, at: string): Statement[] {
  const { id: _id, ...set } = columns(after)
  const dropped = [patentHolders, patentInventors, patentClasses, patentFields, patentEncumbrances]
  return [
    statement(
      build
        .update(table)
        .set({ ...set, version: version + 1, updatedAt: at })
        .where(and(eq(table.id, after.id), eq(table.version, version))),
      'patent',
    ),
    ...insertNumbers(after.id, after.numbers.slice(before.numbers.length), before.numbers.length),
    ...dropped.map((part) => statement(build.delete(part).where(eq(part.patentId, after.id)))),
    ...insertParts(after),
    ...insertStatuses(after.id, after.statuses.slice(before.statuses.length), before.statuses.length, at),
  ]
}

function columns(record: PatentRecord) {
  return {
    id: record.id,
    number: record.number,
    office: record.office,
    titleJa: record.title.ja ?? null,
    titleEn: record.title.en ?? null,
    priorityOn: record.priorityOn ?? null,
    filedOn: record.filedOn ?? null,
    publishedOn: record.publishedOn ?? null,
    grantedOn: record.grantedOn ?? null,
    expiresOn: record.expires?.on ?? null,
    expiresSource: record.expires?.source ?? null,
    expiresSeenOn: record.expires?.seenOn ?? null,
    family: record.family ?? null,
  }
}

function insertNumbers(patentId: string, numbers: readonly PatentNumber[], first: number): Statement[] {
  if (numbers.length === 0) return []
  const rows = numbers.map(({ key, docdb }, i) => ({ key, docdb, patentId, position: first + i }))
  return [statement(build.insert(patentNumbers).values(rows))]
}

/** How many other patents say that they are of this family. */
export async function countFamily(read: Reader, family: string, exceptId: string): Promise<number> {
  const [row] = await read.rows('select count(*) from patents where family = ? and id <> ?', [family, exceptId])
  return Number(row?.[0] ?? 0)
}

/** Settles many that join one family at once. */
export function familyWithin(family: string, max: number): Statement {
  return {
    sql: `insert into guard select count(*) <= ?, 'family' from patents where family = ?`,
    args: [max, family],
  }
}

function insertStatuses(patentId: string, statuses: PatentRecord['statuses'], first: number, at: string): Statement[] {
  if (statuses.length === 0) return []
  const rows = statuses.map(({ value, on, source, seenOn }, i) => ({
    patentId,
    sequence: first + i,
    value,
    validFrom: on ?? seenOn,
    source,
    seenOn,
    recordedAt: at,
  }))
  return [statement(build.insert(patentStatuses).values(rows))]
}

function insertParts(record: PatentRecord): Statement[] {
  const patentId = record.id
  const { holders, inventors, classes, fields, encumbrances } = record
  const symbols = (['ipc', 'cpc', 'fi'] as const).flatMap((scheme) =>
    classes[scheme].map((symbol, position) => ({ patentId, scheme, symbol, position })),
  )
  const statements: Statement[] = []
  if (holders.length > 0)
    statements.push(
      statement(
        build.insert(patentHolders).values(
          holders.map(({ organisationId, share, from, until }, position) => ({
            patentId,
            organisationId,
            position,
            share: share ?? null,
            fromOn: from ?? null,
            untilOn: until ?? null,
          })),
        ),
      ),
    )
  if (inventors.length > 0)
    statements.push(
      statement(
        build.insert(patentInventors).values(
          inventors.map(({ name, romanised, orcid }, position) => ({
            patentId,
            position,
            name,
            romanised: romanised ?? null,
            orcid: orcid ?? null,
            nameKey: nameKey(name),
            romanisedKey: romanised === undefined ? null : nameKey(romanised),
          })),
        ),
      ),
    )
  if (symbols.length > 0) statements.push(statement(build.insert(patentClasses).values(symbols)))
  if (fields.length > 0)
    statements.push(statement(build.insert(patentFields).values(fields.map((field) => ({ patentId, field })))))
  if (encumbrances.length > 0)
    statements.push(
      statement(
        build.insert(patentEncumbrances).values(
          encumbrances.map(({ kind, researchReserved, from, until }, position) => ({
            patentId,
            position,
            kind,
            researchReserved,
            fromOn: from ?? null,
            untilOn: until ?? null,
          })),
        ),
      ),
    )
  return statements
}
