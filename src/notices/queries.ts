import { and, desc, eq, isNull, lt } from 'drizzle-orm'
import * as schema from '../../schema/index.ts'
import { build, type Database, type Reader, type Statement, statement } from '../database.ts'
import { known } from '../shapes.ts'
import { type NoticeShown, noticeBody, noticeKind } from './notice.ts'
import type { Notice } from './notify.ts'
import { sentenceOf } from './words.ts'

const { notices: table } = schema

/** For whom a notice is: one organisation, or one person. */
export type Recipient = Notice['to']

export function insertNotice(id: string, { to, kind, subject, body }: Notice, at: string): Statement {
  return statement(build.insert(table).values({ id, kind, subject, body: { ...body }, createdAt: at, ...to }))
}

/** The newest first, from behind `before` on. */
export async function listNotices(
  read: Reader,
  to: Recipient,
  unread: boolean,
  before: string | undefined,
  limit: number,
): Promise<NoticeShown[]> {
  const rows = await read
    .select()
    .from(table)
    .where(
      and(
        isFor(to),
        unread ? isNull(table.readAt) : undefined,
        before === undefined ? undefined : lt(table.id, before),
      ),
    )
    .orderBy(desc(table.id))
    .limit(limit)
  return rows.map(toNotice)
}

/** Only by those for whom it is: for others there is no such notice. */
export async function findNotice(read: Reader, to: Recipient, id: string): Promise<NoticeShown | undefined> {
  const [row] = await read
    .select()
    .from(table)
    .where(and(isFor(to), eq(table.id, id)))
  return row && toNotice(row)
}

/** Who has looked is nobody's record, so this is no public write. The first time stays. */
export async function markRead(db: Database, id: string, at: string): Promise<void> {
  await db.write([
    statement(
      build
        .update(table)
        .set({ readAt: at })
        .where(and(eq(table.id, id), isNull(table.readAt))),
    ),
  ])
}

function isFor(to: Recipient) {
  return 'personId' in to ? eq(table.personId, to.personId) : eq(table.organisationId, to.organisationId)
}

export function toNotice(row: typeof table.$inferSelect): NoticeShown {
  const kind = noticeKind.parse(row.kind)
  const body = noticeBody.parse(row.body)
  return {
    id: row.id,
    kind,
    to: row.organisationId === null ? { person: row.personId ?? '' } : { organisation: row.organisationId },
    subject: row.subject,
    text: sentenceOf(kind, body),
    body,
    createdAt: row.createdAt,
    ...known({ readAt: row.readAt }),
  }
}
