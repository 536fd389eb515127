import { and, asc, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import * as schema from '../../schema/index.ts'
import { build, type Reader, type Statement, statement } from '../database.ts'
import { known } from '../shapes.ts'
import {
  type AcceptedAgreement,
  type Application,
  applicationState,
  proposedOrganisation,
  type Signatory,
} from './application.ts'
import { nameKeyOf } from './names.ts'
import type { OrganisationRecord } from './organisation.ts'
import { updateOrganisation } from './queries.ts'

const { organisationApplications: table, participationAcceptances: acceptances } = schema

/** An application with what the use cases need besides what is shown. */
export type ApplicationRecord = {
  application: Application
  version: number
  applicantId: string
  personId: string | undefined
}

export async function findApplication(read: Reader, id: string): Promise<ApplicationRecord | undefined> {
  const [found] = await applications(read, eq(table.id, id), 1)
  return found
}

/** The one that waits, or was returned, for this organisation. */
export async function findLiveApplication(
  read: Reader,
  organisationId: string,
): Promise<ApplicationRecord | undefined> {
  const live = and(eq(table.organisationId, organisationId), inArray(table.state, [...liveStates]))
  const [found] = await applications(read, live, 1)
  return found
}

/** What waits for a steward, the longest waiting first; then what was returned to its applicants. */
export async function listLiveApplications(read: Reader, limit: number): Promise<ApplicationRecord[]> {
  const live = inArray(table.state, [...liveStates])
  return applications(read, live, limit, [sql`${table.state} = 'returned'`, asc(table.sentAt), asc(table.id)])
}

/** The person's own, the newest first. */
export async function listApplicationsOf(
  read: Reader,
  applicantId: string,
  limit: number,
): Promise<ApplicationRecord[]> {
  return applications(read, eq(table.applicantId, applicantId), limit, [desc(table.appliedAt), desc(table.id)])
}

/** Waiting or returned: one organisation has one of these at most. */
export const liveStates = ['waiting', 'returned'] as const

async function applications(
  read: Reader,
  where: ReturnType<typeof and>,
  limit: number,
  order: readonly Parameters<typeof asc>[0][] = [desc(table.appliedAt)],
): Promise<ApplicationRecord[]> {
  const rows = await read
    .select()
    .from(table)
    .where(where)
    .orderBy(...order.map((one) => sql`${one}`))
    .limit(limit)
  const ids = rows.map(({ organisationId }) => organisationId)
  const accepted = await read
    .select()
    .from(acceptances)
    .where(sql`${acceptances.organisationId} in (select value from json_each(${JSON.stringify(ids)}))`)
    .orderBy(asc(acceptances.acceptedAt), asc(acceptances.id))
  const latest = new Map(accepted.map((one) => [one.organisationId, one]))
  return rows.map((row) => {
    const acceptance = latest.get(row.organisationId)
    return {
      version: row.version,
      applicantId: row.applicantId,
      personId: row.personId ?? undefined,
      application: {
        id: row.id,
        organisation: row.organisationId,
        state: applicationState.parse(row.state),
        proposed: proposedOrganisation.parse(row.proposed),
        appliedAt: row.appliedAt,
        sentAt: row.sentAt,
        ...known({ decidedAt: row.decidedAt, reason: row.reason }),
        ...(acceptance ? shownAcceptance(acceptance) : {}),
      },
    }
  })
}

function shownAcceptance(row: typeof acceptances.$inferSelect) {
  const { signatoryName: name, signatoryPost: post } = row
  return {
    agreement: { id: row.agreementId, sha256: row.agreementSha256 },
    ...(name === null || post === null ? {} : { signatory: { name, post } }),
  }
}

/** Live applications of this applicant. */
export async function countLiveApplications(read: Reader, applicantId: string): Promise<number> {
  const [row] = await read.rows(
    `select count(*) from organisation_applications where applicant_id = ? and state in ('waiting', 'returned')`,
    [applicantId],
  )
  return Number(row?.[0] ?? 0)
}

/** The applicant has fewer that are live: settles many sent at once. */
export function fewerLiveApplicationsThan(max: number, applicantId: string): Statement {
  return {
    sql: `insert into guard select count(*) < ?, 'applications' from organisation_applications
          where applicant_id = ? and state in ('waiting', 'returned')`,
    args: [max, applicantId],
  }
}

export function insertApplication({ application, version, applicantId, personId }: ApplicationRecord): Statement {
  return statement(
    build.insert(table).values({
      id: application.id,
      organisationId: application.organisation,
      applicantId,
      personId: personId ?? null,
      proposed: application.proposed,
      state: application.state,
      appliedAt: application.appliedAt,
      sentAt: application.sentAt,
      version,
    }),
  )
}

/** Writes what follows `version`. */
export function updateApplication({ application, version }: ApplicationRecord): Statement {
  return statement(
    build
      .update(table)
      .set({
        organisationId: application.organisation,
        proposed: application.proposed,
        state: application.state,
        sentAt: application.sentAt,
        decidedAt: application.decidedAt ?? null,
        reason: application.reason ?? null,
        version: version + 1,
      })
      .where(and(eq(table.id, application.id), eq(table.version, version))),
    'application',
  )
}

/** What was decided on it, in place of what was decided before. */
export function decideApplication(record: ApplicationRecord | undefined, decision: Partial<Application>): Statement[] {
  if (!record) return []
  const { reason: _, ...before } = record.application
  return [updateApplication({ ...record, application: { ...before, ...decision } })]
}

/**
 * It came to nothing, so nobody needs the name of who was to sign for it any more, nor an answer kept for a repeated
 * request that tells it. That the agreement was accepted stays, as does what was decided on the application.
 */
export function forgetSignatory({ application, applicantId }: ApplicationRecord): Statement[] {
  return [
    {
      sql: `update participation_acceptances set signatory_name = null, signatory_post = null
            where organisation_id = ? and accepted_at >= ?`,
      args: [application.organisation, application.appliedAt],
    },
    {
      sql: 'delete from idempotent_requests where principal = ? and instr(answer, ?) > 0',
      args: [applicantId, application.id],
    },
  ]
}

/** Applications returned before that moment, which wait for their applicants since; the longest waiting first. */
export async function listReturnedBefore(read: Reader, before: string, limit: number): Promise<ApplicationRecord[]> {
  const due = and(eq(table.state, 'returned'), lt(table.sentAt, before), lt(table.decidedAt, before))
  return applications(read, due, limit, [asc(table.sentAt)])
}

export function insertAcceptance(acceptance: {
  id: string
  organisationId: string
  agreement: AcceptedAgreement
  signatory: Signatory
  acceptedBy: string
  acceptedAt: string
}): Statement {
  return statement(
    build.insert(acceptances).values({
      id: acceptance.id,
      organisationId: acceptance.organisationId,
      agreementId: acceptance.agreement.id,
      agreementSha256: acceptance.agreement.sha256,
      signatoryName: acceptance.signatory.name,
      signatoryPost: acceptance.signatory.post,
      acceptedBy: acceptance.acceptedBy,
      acceptedAt: acceptance.acceptedAt,
    }),
  )
}

/** The version that the organisation accepted last, when, and by whom if that was not erased. */
export async function findAcceptance(
  read: Reader,
  organisationId: string,
): Promise<{ agreement: AcceptedAgreement; acceptedAt: string; signatory?: Signatory } | undefined> {
  const [row] = await read
    .select()
    .from(acceptances)
    .where(eq(acceptances.organisationId, organisationId))
    .orderBy(desc(acceptances.acceptedAt), desc(acceptances.id))
    .limit(1)
  return row && { ...shownAcceptance(row), acceptedAt: row.acceptedAt }
}

/** Names of signatories that this person recorded are gone; that the agreement was accepted stays. */
export function eraseSignatories(personId: string): Statement {
  return {
    sql: 'update participation_acceptances set signatory_name = null, signatory_post = null where accepted_by = ?',
    args: [personId],
  }
}

/** The applicant becomes the first officer, unless everything about the person was erased meanwhile. */
export function makeFirstOfficer(personId: string, organisationId: string, at: string): Statement {
  return {
    sql: `insert into memberships (person_id, organisation_id, role, since)
          select id, ?, 'officer', ? from people where id = ? and erased_at is null
          on conflict (person_id, organisation_id) do update set role = 'officer'`,
    args: [organisationId, at, personId],
  }
}

/** No other organisation of this name asks to join at this moment, but these, which are others of the same name. */
export function nobodyElseApplies(names: readonly string[], others: readonly string[]): Statement {
  return {
    sql: `insert into guard select count(*) = 0, 'application' from organisation_names n
          join organisations o on o.id = n.organisation_id
          where o.state = 'applied' and n.source = 'record' and n.key in (select value from json_each(?))
          and o.id not in (select value from json_each(?))`,
    args: [JSON.stringify(names.map(nameKeyOf)), JSON.stringify(others)],
  }
}

/** The record as it was before the application: known by name, gone, or not there unless others name it meanwhile. */
export async function asBefore(
  read: Reader,
  { shownAs, ...record }: OrganisationRecord,
  at: string,
): Promise<Statement[]> {
  const { id } = record.organisation
  if (shownAs === undefined && !(await isNamedByOthers(read, id))) return dropAppliedOrganisation(id)
  const state = shownAs ?? 'named'
  return [
    // One that had left has officers of its own from before; one known by name only has whoever the application brought.
    ...(state === 'named' ? leaveNobodyActing(id) : []),
    updateOrganisation({ ...record, organisation: { ...record.organisation, state } }, at),
  ]
}

/** What others say of the organisation `?1`, by which its record has to stay. */
const namedByOthers = `exists (select 1 from patent_holders where organisation_id = ?1)
  or exists (select 1 from consents where organisation_id = ?1)
  or exists (select 1 from notices where organisation_id = ?1)`

export async function isNamedByOthers(read: Reader, id: string): Promise<boolean> {
  const [row] = await read.rows(`select ${namedByOthers}`, [id])
  return Number(row?.[0]) === 1
}

/** A record that was made for an application only, and all that hangs on it, goes. */
function dropAppliedOrganisation(id: string): Statement[] {
  return [
    { sql: `insert into guard select not (${namedByOthers}), 'organisation'`, args: [id] },
    ...leaveNobodyActing(id),
    { sql: 'delete from organisation_names where organisation_id = ?', args: [id] },
    {
      sql: `delete from organisations where id = ? and state = 'applied' and shown_as is null`,
      args: [id],
      expects: 'organisation',
    },
  ]
}

function leaveNobodyActing(id: string): Statement[] {
  return [
    { sql: 'update sessions set acting_for = null where acting_for = ?', args: [id] },
    ...['clients', 'invitations', 'memberships'].map((name) => ({
      sql: `delete from ${name} where organisation_id = ?`,
      args: [id],
    })),
  ]
}

/** What hangs on the record of an application goes on under the record that it takes over. */
export function moveToOrganisation(from: string, to: string): Statement[] {
  return [
    ...['clients', 'invitations', 'memberships', 'participation_acceptances'].map((name) => ({
      sql: `update ${name} set organisation_id = ? where organisation_id = ?`,
      args: [to, from],
    })),
    { sql: 'update sessions set acting_for = ? where acting_for = ?', args: [to, from] },
    {
      sql: `insert or ignore into organisation_names (organisation_id, key, name, source)
            select ?, key, name, 'own' from organisation_names where organisation_id = ?`,
      args: [to, from],
    },
    ...dropAppliedOrganisation(from),
  ]
}
