import { and, asc, desc, eq, gt, isNull } from 'drizzle-orm'
import * as schema from '../../../schema/index.ts'
import { build, type Reader, type Statement, statement } from '../../database.ts'
import { type MembershipRole, membershipRole } from '../person.ts'
import type { Invitation, Member } from './invitation.ts'

const { invitations: table, memberships, people } = schema

export async function findInvitation(read: Reader, tokenSha256: string, now: Date): Promise<Invitation | undefined> {
  const [row] = await read.select().from(table).where(eq(table.tokenSha256, tokenSha256))
  return row && toInvitation(row, now)
}

/** The newest first. */
export async function listInvitations(read: Reader, organisationId: string, now: Date): Promise<Invitation[]> {
  const rows = await read
    .select()
    .from(table)
    .where(eq(table.organisationId, organisationId))
    .orderBy(desc(table.madeAt), desc(table.id))
    .limit(invitationsShownMax)
  return rows.map((row) => toInvitation(row, now))
}

/** Older ones have long been used, withdrawn or have expired. */
const invitationsShownMax = 100

export function insertInvitation(made: Omit<Invitation, 'state'>, tokenSha256: string, madeBy: string): Statement {
  return statement(
    build.insert(table).values({
      id: made.id,
      tokenSha256,
      organisationId: made.organisation,
      role: made.role,
      madeBy,
      madeAt: made.madeAt,
      expiresAt: made.expiresAt,
    }),
  )
}

/** Uses an invitation that is open at that moment, once. */
export function useInvitation(id: string, personId: string, at: string): Statement {
  return statement(
    build
      .update(table)
      .set({ usedAt: at, usedBy: personId })
      .where(and(eq(table.id, id), isOpen(at))),
    'invitation',
  )
}

export function withdrawInvitationRow(organisationId: string, id: string, at: string): Statement {
  return statement(
    build
      .update(table)
      .set({ withdrawnAt: at })
      .where(and(eq(table.id, id), eq(table.organisationId, organisationId), isOpen(at))),
    'invitation',
  )
}

/** The post, or the person's present post in that organisation with another role. */
export function putMembership(personId: string, organisationId: string, role: MembershipRole, at: string): Statement {
  return statement(
    build
      .insert(memberships)
      .values({ personId, organisationId, role, since: at })
      .onConflictDoUpdate({ target: [memberships.personId, memberships.organisationId], set: { role } }),
  )
}

/** Ends the post at once, in the person's open sessions too. */
export function deleteMembership(personId: string, organisationId: string): Statement[] {
  return [
    statement(
      build
        .delete(memberships)
        .where(and(eq(memberships.personId, personId), eq(memberships.organisationId, organisationId))),
      'membership',
    ),
    {
      sql: 'update sessions set acting_for = null where person_id = ? and acting_for = ?',
      args: [personId, organisationId],
    },
  ]
}

/** The organisation still has a person as its officer: settles the last two who leave at once. */
export function hasOfficer(organisationId: string): Statement {
  return {
    sql: `insert into guard select count(*) > 0, 'officers' from memberships where organisation_id = ? and role = 'officer'`,
    args: [organisationId],
  }
}

export async function listMembers(read: Reader, organisationId: string): Promise<Member[]> {
  const rows = await read
    .select({ personId: people.id, name: people.name, role: memberships.role, since: memberships.since })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(eq(memberships.organisationId, organisationId))
    .orderBy(asc(memberships.since), asc(people.id))
  return rows.map(({ role, name, ...rest }) => ({ ...rest, name: name ?? '', role: membershipRole.parse(role) }))
}

function isOpen(at: string) {
  return and(isNull(table.usedAt), isNull(table.withdrawnAt), gt(table.expiresAt, at))
}

function toInvitation(row: typeof table.$inferSelect, now: Date): Invitation {
  return {
    id: row.id,
    organisation: row.organisationId,
    role: membershipRole.parse(row.role),
    madeAt: row.madeAt,
    expiresAt: row.expiresAt,
    state: stateOf(row, now),
  }
}

function stateOf(row: typeof table.$inferSelect, now: Date): Invitation['state'] {
  if (row.usedAt !== null) return 'used'
  if (row.withdrawnAt !== null) return 'withdrawn'
  return row.expiresAt > now.toISOString() ? 'open' : 'expired'
}
