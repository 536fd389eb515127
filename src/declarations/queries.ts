import { and, asc, desc, eq, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import * as schema from '../../schema/index.ts'
import { build, type Reader, type Statement, statement } from '../database.ts'
import { agentsOf } from '../mandates/queries.ts'
import { findOrganisations } from '../organisations/queries.ts'
import { allAsked, endedStatuses } from '../patents/facts.ts'
import { known } from '../shapes.ts'
import { type ConsentInput, type Declaration, declarationState } from './declaration.ts'
import { firstReminder } from './reminders.ts'

const { declarations: table, declarationPatents, consents, patents } = schema
const answer = z.enum(['pending', 'given', 'refused'])

export type DeclarationRecord = { declaration: Declaration; version: number; patentIds: string[] }

export async function findDeclaration(read: Reader, id: string): Promise<DeclarationRecord | undefined> {
  return (await findDeclarations(read, [id]))[0]
}

/** In the order asked for; what is not there is left out. Five statements however many they are. */
export async function findDeclarations(read: Reader, ids: readonly string[]): Promise<DeclarationRecord[]> {
  if (ids.length === 0) return []
  const asked = sql`(select value from json_each(${JSON.stringify(ids)}))`
  const [rows, listed, answers] = await Promise.all([
    read.select().from(table).where(sql`${table.id} in ${asked}`),
    read
      .select({
        declarationId: declarationPatents.declarationId,
        id: patents.id,
        number: patents.number,
        // The latest word of any source; a right whose recorded end has come gets its own on the next day.
        status: sql<string | null>`(select s.value from patent_statuses s where s.patent_id = ${patents.id}
          order by s.valid_from desc, s.sequence desc limit 1)`,
      })
      .from(declarationPatents)
      .innerJoin(patents, eq(patents.id, declarationPatents.patentId))
      .where(sql`${declarationPatents.declarationId} in ${asked}`)
      .orderBy(asc(patents.number)),
    read
      .select()
      .from(consents)
      .where(sql`${consents.declarationId} in ${asked}`)
      .orderBy(asc(consents.organisationId)),
  ])
  const mandateIds = [
    ...rows.flatMap((row) => [row.mandateId, row.withdrawalMandateId]),
    ...answers.map(({ mandateId }) => mandateId),
  ]
  const [names, agents] = await Promise.all([
    findOrganisations(
      read,
      [...rows, ...answers].map((one) => one.organisationId),
    ),
    agentsOf(read, [...new Set(mandateIds.flatMap((id) => id ?? []))]),
  ])
  const byId = new Map(rows.map((row) => [row.id, row]))
  const patentsOf = byDeclaration(listed)
  const answersOf = byDeclaration(answers)
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row ? [toRecord(row, patentsOf.get(id) ?? [], answersOf.get(id) ?? [], names, agents)] : []
  })
}

function byDeclaration<Row extends { declarationId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    const same = found.get(row.declarationId)
    if (same) same.push(row)
    else found.set(row.declarationId, [row])
  }
  return found
}

function toRecord(
  row: typeof table.$inferSelect,
  listed: readonly { id: string; number: string; status: string | null }[],
  answers: readonly (typeof consents.$inferSelect)[],
  names: Awaited<ReturnType<typeof findOrganisations>>,
  agents: Awaited<ReturnType<typeof agentsOf>>,
): DeclarationRecord {
  const ended = listed.filter(({ status }) => status !== null && endedStatuses.has(status)).length
  const agentOf = (mandateId: string | null) => (mandateId === null ? undefined : agents.get(mandateId))
  const named = (organisationId: string) => ({
    id: organisationId,
    name: names.get(organisationId)?.name ?? { ja: organisationId, en: organisationId },
  })
  return {
    version: row.version,
    patentIds: listed.map((one) => one.id),
    declaration: {
      id: row.id,
      organisation: named(row.organisationId),
      termsId: row.termsId,
      termsSha256: row.termsSha256,
      state: declarationState.parse(row.state),
      from: row.fromOn,
      ...known({
        until: row.untilOn,
        inForceFrom: row.inForceOn,
        withdrawnOn: row.withdrawnOn,
        closedFrom: row.closedOn,
        withdrawalReason: row.withdrawalReason,
        actedBy: agentOf(row.mandateId),
        withdrawalActedBy: agentOf(row.withdrawalMandateId),
      }),
      patents: {
        count: row.patentCount,
        ...known({ ended: ended === 0 ? null : ended }),
        sha256: row.patentsSha256,
        numbers: listed.map((one) => one.number),
      },
      consents: answers.map((one) => ({
        organisation: named(one.organisationId),
        answer: answer.parse(one.answer),
        ...known({
          answeredAt: one.answeredAt,
          actedBy: agentOf(one.mandateId),
          via: one.via === 'link' ? ('link' as const) : null,
          evidenceSha256: one.evidenceSha256,
          reason: one.reason,
        }),
      })),
      declaredAt: row.createdAt,
    },
  }
}

/** Ids of an organisation's declarations, or of those that wait for its consent, newest first. */
export async function listDeclarationIds(
  read: Reader,
  filter: { organisationId?: string | undefined; awaitingId?: string | undefined; state?: string | undefined },
  before: string | undefined,
  limit: number,
): Promise<string[]> {
  const { organisationId, awaitingId, state } = filter
  const rows = await read
    .select({ id: table.id })
    .from(table)
    .where(
      and(
        organisationId === undefined ? undefined : eq(table.organisationId, organisationId),
        awaitingId === undefined
          ? undefined
          : sql`${table.state} = 'awaiting_consent' and ${table.id} in (select declaration_id from consents where organisation_id = ${awaitingId} and answer = 'pending')`,
        state === undefined ? undefined : eq(table.state, state),
        before === undefined ? undefined : lt(table.id, before),
      ),
    )
    .orderBy(desc(table.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

export function insertDeclaration({ declaration, version, patentIds }: DeclarationRecord): Statement[] {
  const { id } = declaration
  return [
    statement(
      build.insert(table).values({
        id,
        organisationId: declaration.organisation.id,
        termsId: declaration.termsId,
        termsSha256: declaration.termsSha256,
        state: declaration.state,
        fromOn: declaration.from,
        untilOn: declaration.until ?? null,
        inForceOn: declaration.inForceFrom ?? null,
        patentCount: declaration.patents.count,
        patentsSha256: declaration.patents.sha256,
        mandateId: declaration.actedBy?.mandate ?? null,
        version,
        createdAt: declaration.declaredAt,
        updatedAt: declaration.declaredAt,
      }),
    ),
    {
      sql: 'insert into declaration_patents (declaration_id, patent_id) select ?, value from json_each(?)',
      args: [id, JSON.stringify(patentIds)],
    },
    ...declaration.consents.map(({ organisation }) =>
      statement(
        build.insert(consents).values({
          declarationId: id,
          organisationId: organisation.id,
          answer: 'pending',
          nextReminderAt: firstReminder(declaration.declaredAt),
        }),
      ),
    ),
  ]
}

/** Writes the state that follows `version`. */
export function updateDeclaration(declaration: Declaration, version: number, at: string): Statement {
  return statement(
    build
      .update(table)
      .set({
        state: declaration.state,
        inForceOn: declaration.inForceFrom ?? null,
        withdrawnOn: declaration.withdrawnOn ?? null,
        closedOn: declaration.closedFrom ?? null,
        withdrawalReason: declaration.withdrawalReason ?? null,
        withdrawalMandateId: declaration.withdrawalActedBy?.mandate ?? null,
        version: version + 1,
        updatedAt: at,
      })
      .where(and(eq(table.id, declaration.id), eq(table.version, version))),
    'declaration',
  )
}

export function answerConsent(
  id: string,
  organisationId: string,
  answered: {
    by: string
    at: string
    given: Omit<ConsentInput, 'organisation'>
    via: 'link' | undefined
    mandateId: string | undefined
  },
): Statement {
  const { by, at, given, via, mandateId } = answered
  return statement(
    build
      .update(consents)
      .set({
        answer: given.answer,
        answeredAt: at,
        answeredBy: by,
        mandateId: mandateId ?? null,
        via: via ?? null,
        evidenceSha256: given.evidenceSha256 ?? null,
        reason: given.reason ?? null,
        nextReminderAt: null,
      })
      .where(
        and(
          eq(consents.declarationId, id),
          eq(consents.organisationId, organisationId),
          eq(consents.answer, 'pending'),
        ),
      ),
    'consent',
  )
}

/** An organisation that takes part from now on is looked at once more: until now nobody of it could be reminded. */
export function remindAnew(organisationId: string, at: string): Statement {
  return {
    sql: `update consents set next_reminder_at = ?1 where organisation_id = ?2 and answer = 'pending'`,
    args: [at, organisationId],
  }
}

/** The patents and versions that a decision relied on must still be so. */
export function patentsUnchanged(relied: readonly { patentId: string; version: number }[]): Statement {
  return {
    sql: `insert into guard select count(*) = ?, 'patents' from json_each(?) j join patents p
          on p.id = j.value ->> 'patentId' and p.version = j.value ->> 'version'`,
    args: [relied.length, JSON.stringify(relied.map(({ patentId, version }) => ({ patentId, version })))],
  }
}

/** No declaration under these terms stands on any of the patents from that day; settles two officers declaring at once. */
export function notYetDeclared(termsId: string, patentIds: readonly string[], from: string): Statement {
  return {
    sql: `insert into guard select count(*) = 0, 'declaration' from declaration_patents dp join declarations d
          on d.id = dp.declaration_id where dp.patent_id in (select value from json_each(?))
          and d.terms_id = ? and d.state in ('awaiting_consent', 'in_force') and (d.until_on is null or d.until_on >= ?)
          and ${allAsked}`,
    args: [JSON.stringify(patentIds), termsId, from],
  }
}

/** Whether the organisation has opened patents to others on that day: declarations for inventors alone do not count. */
export async function holdsDeclarationOn(read: Reader, organisationId: string, on: string): Promise<boolean> {
  const [row] = await read.rows(
    `select 1 from declarations where organisation_id = ? and terms_id not like 'RPC-INVENTOR-%'
     and state in ('in_force', 'withdrawn') and in_force_on <= ? and from_on <= ?
     and (until_on is null or until_on >= ?) and (closed_on is null or closed_on > ?) limit 1`,
    [organisationId, on, on, on, on],
  )
  return row !== undefined
}
