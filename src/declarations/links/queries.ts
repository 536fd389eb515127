import { and, asc, desc, eq, gt, gte, isNull, lte, sql } from 'drizzle-orm'
import { z } from 'zod'
import * as schema from '../../../schema/index.ts'
import { build, type Reader, type Statement, statement } from '../../database.ts'
import { known } from '../../shapes.ts'
import { type ConsentLink, linkStateOf } from './link.ts'

const { consentLinks: table, consentLinkMails: mails, consentEvidence, consentSignatories } = schema
const mailState = z.enum(['queued', 'sent', 'failed', 'not_configured'])

export async function findLinkByToken(read: Reader, tokenSha256: string, now: Date): Promise<ConsentLink | undefined> {
  const [row] = await read.select().from(table).where(eq(table.tokenSha256, tokenSha256))
  return row && toLink(row, now)
}

export async function findLink(read: Reader, id: string, now: Date): Promise<ConsentLink | undefined> {
  const [row] = await read.select().from(table).where(eq(table.id, id))
  return row && toLink(row, now)
}

/** All that were made for these declarations, the newest first. */
export async function linksOf(read: Reader, declarationIds: readonly string[], now: Date): Promise<ConsentLink[]> {
  const rows = await read
    .select()
    .from(table)
    .where(sql`${table.declarationId} in (select value from json_each(${JSON.stringify(declarationIds)}))`)
    .orderBy(desc(table.madeAt), desc(table.id))
  return rows.map((row) => toLink(row, now))
}

/** How many the organisation has made for its declarations since then. */
export async function countLinksSince(read: Reader, organisationId: string, since: string): Promise<number> {
  const [row] = await read
    .select({ count: sql<number>`count(*)` })
    .from(table)
    .innerJoin(schema.declarations, eq(schema.declarations.id, table.declarationId))
    .where(and(eq(schema.declarations.organisationId, organisationId), gte(table.madeAt, since)))
  return Number(row?.count ?? 0)
}

export function insertLink(link: ConsentLink, secret: { tokenSha256: string; madeBy: string }): Statement {
  return statement(
    build.insert(table).values({
      id: link.id,
      tokenSha256: secret.tokenSha256,
      declarationId: link.declaration,
      organisationId: link.organisation,
      madeBy: secret.madeBy,
      madeAt: link.madeAt,
      expiresAt: link.expiresAt,
      mailState: link.mail ?? null,
    }),
  )
}

/** Links that are open for that co-owner are of no more use, and no mail with one goes out. */
export function revokeOpenLinks(declarationId: string, organisationId: string, at: string): Statement[] {
  return [
    statement(
      build
        .update(table)
        .set({ revokedAt: at })
        .where(and(eq(table.declarationId, declarationId), eq(table.organisationId, organisationId), isUnused())),
    ),
    {
      sql: `delete from consent_link_mails where link_id in (
              select id from consent_links where declaration_id = ? and organisation_id = ?)`,
      args: [declarationId, organisationId],
    },
  ]
}

export function revokeLinkRow(id: string, at: string): Statement[] {
  return [
    statement(
      build
        .update(table)
        .set({ revokedAt: at })
        .where(and(eq(table.id, id), isUnused())),
      'link',
    ),
    statement(build.delete(mails).where(eq(mails.linkId, id))),
  ]
}

/** Uses a link that is open at that moment, once. */
export function useLink(id: string, at: string): Statement {
  return statement(
    build
      .update(table)
      .set({ usedAt: at })
      .where(and(eq(table.id, id), isUnused(), gt(table.expiresAt, at))),
    'link',
  )
}

/** Which of these organisations have an officer here who can answer: the others are asked by a one-time link. */
export async function withOfficers(read: Reader, organisationIds: readonly string[]): Promise<Set<string>> {
  const rows = await read.rows(
    `select o.id from organisations o where o.id in (select value from json_each(?)) and ${hasOfficer}`,
    [JSON.stringify(organisationIds)],
  )
  return new Set(rows.map(([id]) => String(id)))
}

/** Nobody has come who answers for the organisation here. */
export function stillWithoutOfficers(organisationId: string): Statement {
  return {
    sql: `insert into guard select count(*) = 0, 'officers' from organisations o where o.id = ? and ${hasOfficer}`,
    args: [organisationId],
  }
}

/** One that is suspended keeps its officers, who answer once they may again; of one that has left nobody does. */
const hasOfficer = `o.state in ('approved', 'suspended') and (
  exists (select 1 from memberships m where m.organisation_id = o.id and m.role = 'officer')
  or exists (select 1 from clients c where c.organisation_id = o.id and c.role = 'officer' and c.revoked_at is null))`

/** The co-owner's answer is still missing. */
export function stillPending(declarationId: string, organisationId: string): Statement {
  return {
    sql: `insert into guard select count(*) = 1, 'consent' from consents c join declarations d on d.id = c.declaration_id
          where c.declaration_id = ? and c.organisation_id = ? and c.answer = 'pending' and d.state = 'awaiting_consent'`,
    args: [declarationId, organisationId],
  }
}

export function insertEvidence(linkId: string, text: string, sha256: string): Statement {
  return statement(build.insert(consentEvidence).values({ linkId, text, sha256 }))
}

export type Signatory = { salt: string; name: string; post: string; email: string }

export function insertSignatory(linkId: string, signatory: Signatory): Statement {
  return statement(build.insert(consentSignatories).values({ linkId, ...signatory }))
}

export function deleteSignatory(linkId: string): Statement {
  return statement(build.delete(consentSignatories).where(eq(consentSignatories.linkId, linkId)), 'signatory')
}

/** What was shown and said behind the link that the co-owner used; the signatory unless erased. */
export async function findEvidence(
  read: Reader,
  declarationId: string,
  organisationId: string,
): Promise<{ linkId: string; text: string; sha256: string; signatory: Signatory | undefined } | undefined> {
  const [row] = await read
    .select({ evidence: consentEvidence, signatory: consentSignatories })
    .from(table)
    .innerJoin(consentEvidence, eq(consentEvidence.linkId, table.id))
    .leftJoin(consentSignatories, eq(consentSignatories.linkId, table.id))
    .where(and(eq(table.declarationId, declarationId), eq(table.organisationId, organisationId)))
  if (!row) return undefined
  const { linkId: _link, ...signatory } = row.signatory ?? { linkId: '', salt: '', name: '', post: '', email: '' }
  return { ...row.evidence, signatory: row.signatory === null ? undefined : signatory }
}

export type LinkMail = typeof mails.$inferSelect

export function queueMail(linkId: string, address: string, token: string, at: string): Statement {
  return statement(build.insert(mails).values({ linkId, address, token, attempts: 0, nextAt: at }))
}

export async function dueMails(read: Reader, at: string, limit: number): Promise<LinkMail[]> {
  return read.select().from(mails).where(lte(mails.nextAt, at)).orderBy(asc(mails.nextAt)).limit(limit)
}

/** Takes a mail for an attempt, so that another process leaves it alone until then. */
export function takeMail({ linkId, attempts }: LinkMail, until: string): Statement {
  return statement(
    build
      .update(mails)
      .set({ attempts: attempts + 1, nextAt: until })
      .where(and(eq(mails.linkId, linkId), eq(mails.attempts, attempts))),
    'mail',
  )
}

/** The mail has gone, or is given up: the address and the link in it are forgotten. */
export function finishMail(linkId: string, state: 'sent' | 'failed' | 'not_configured'): Statement[] {
  return [
    statement(build.delete(mails).where(eq(mails.linkId, linkId))),
    statement(build.update(table).set({ mailState: state }).where(eq(table.id, linkId))),
  ]
}

/** Titles for the page behind a link, by number. */
export async function titlesOf(
  read: Reader,
  patentIds: readonly string[],
): Promise<{ number: string; title: { ja?: string; en?: string } }[]> {
  const rows = await read.rows(
    `select number, title_ja, title_en from patents where id in (select value from json_each(?)) order by number`,
    [JSON.stringify(patentIds)],
  )
  return rows.map(([number, ja, en]) => ({
    number: String(number),
    title: known({ ja: ja === null ? null : String(ja), en: en === null ? null : String(en) }),
  }))
}

function isUnused() {
  return and(isNull(table.usedAt), isNull(table.revokedAt))
}

function toLink(row: typeof table.$inferSelect, now: Date): ConsentLink {
  return {
    id: row.id,
    declaration: row.declarationId,
    organisation: row.organisationId,
    state: linkStateOf(row, now),
    madeAt: row.madeAt,
    expiresAt: row.expiresAt,
    ...known({ mail: row.mailState === null ? null : mailState.parse(row.mailState) }),
  }
}
