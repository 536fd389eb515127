import { and, desc, eq, inArray, isNull, lt } from 'drizzle-orm'
import * as schema from '../../../schema/index.ts'
import { build, inserting, type Reader, type Statement, statement } from '../../database.ts'
import {
  type Asker,
  type EnquiryRecord,
  type EnquiryState,
  enquirySubject,
  enquiryState as stateShape,
} from './enquiry.ts'

const { enquiries: table } = schema
const insertRow = inserting(table)

export async function findEnquiry(read: Reader, id: string): Promise<EnquiryRecord | undefined> {
  const [row] = await read.select().from(table).where(eq(table.id, id))
  return row && toRecord(row)
}

/** The latest first. */
export async function listSent(
  read: Reader,
  asker: Asker,
  before: string | undefined,
  limit: number,
): Promise<EnquiryRecord[]> {
  const rows = await read
    .select()
    .from(table)
    .where(and(isBy(asker), before === undefined ? undefined : lt(table.id, before)))
    .orderBy(desc(table.id))
    .limit(limit)
  return rows.map(toRecord)
}

/** Those to any of these holders, the latest first. */
export async function listReceived(
  read: Reader,
  holderIds: readonly string[],
  state: EnquiryState | undefined,
  before: string | undefined,
  limit: number,
): Promise<EnquiryRecord[]> {
  const rows = await read
    .select()
    .from(table)
    .where(
      and(
        inArray(table.holderId, [...holderIds]),
        state === undefined ? undefined : eq(table.state, state),
        before === undefined ? undefined : lt(table.id, before),
      ),
    )
    .orderBy(desc(table.id))
    .limit(limit)
  return rows.map(toRecord)
}

/** Of the asker `?1` (a person for oneself) or `?2` (an organisation). */
const by = '((?2 is null and person_id = ?1 and organisation_id is null) or organisation_id = ?2)'

export type Load = { open: number; today: number; same: string | undefined }

/** How much the asker asks, and whether the same holder is asked about the same patent. */
export async function loadOf(
  read: Reader,
  { personId, organisationId }: Asker,
  holderId: string,
  patentId: string,
  since: string,
): Promise<Load> {
  const [row] = await read.rows(
    `select sum(state = 'open'), sum(asked_at > ?5), max(iif(state = 'open' and holder_id = ?3 and patent_id = ?4, id, null))
     from enquiries where ${by}`,
    [personId, organisationId, holderId, patentId, since],
  )
  const [open, today, same] = row ?? []
  return { open: Number(open ?? 0), today: Number(today ?? 0), same: typeof same === 'string' ? same : undefined }
}

/** Settles the same sent twice at once, and too many at once: the asker has this many open ones, this one not among them. */
export function openEnquiriesAre({ personId, organisationId }: Asker, open: number): Statement {
  return {
    sql: `insert into guard select count(*) = ?3, 'enquiries' from enquiries where ${by} and state = 'open'`,
    args: [personId, organisationId, open],
  }
}

export function insertEnquiry(record: EnquiryRecord): Statement {
  return insertRow(record)
}

/** Writes what follows `version - 1`. */
export function updateEnquiry(record: EnquiryRecord): Statement {
  return statement(
    build
      .update(table)
      .set({
        state: record.state,
        answer: record.answer,
        answerContact: record.answerContact,
        answeredBy: record.answeredBy,
        answeredAt: record.answeredAt,
        mandateId: record.mandateId,
        version: record.version,
      })
      .where(and(eq(table.id, record.id), eq(table.version, record.version - 1))),
    'enquiry',
  )
}

/** The organisation still takes part, and holds the patent as the question took it. */
export function holderTakesPart(patentId: string, holderId: string): Statement {
  return {
    sql: `insert into guard select count(*) > 0, 'holder' from patent_holders h join organisations o on o.id = h.organisation_id
          where h.patent_id = ? and h.organisation_id = ? and o.state = 'approved'`,
    args: [patentId, holderId],
  }
}

function isBy({ personId, organisationId }: Asker) {
  return organisationId === null
    ? and(eq(table.personId, personId ?? ''), isNull(table.organisationId))
    : eq(table.organisationId, organisationId)
}

function toRecord(row: typeof table.$inferSelect): EnquiryRecord {
  return { ...row, subject: enquirySubject.parse(row.subject), state: stateShape.parse(row.state) }
}
