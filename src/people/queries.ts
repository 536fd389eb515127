import { and, asc, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import * as schema from '../../schema/index.ts'
import { build, type Database, type Reader, type Statement, statement } from '../database.ts'
import { known } from '../shapes.ts'
import { type Identity, type Membership, membershipRole, type Person, personLanguage } from './person.ts'
import { idleSince, type OpenSession, type Session } from './session.ts'

const { people, identities, sessions, signIns, memberships, organisations, savedChecks, stewards } = schema

/** Undefined when there is no such person, or everything about the person was erased. */
export async function findPerson(read: Reader, id: string): Promise<Person | undefined> {
  const [row] = await read
    .select()
    .from(people)
    .where(and(eq(people.id, id), isNull(people.erasedAt)))
  return row && toPerson(row)
}

/** By the canonical address of an ORCID iD, which only a sign-in with ORCID gives to a person. */
export async function findPersonByOrcid(read: Reader, orcid: string): Promise<Person | undefined> {
  const [row] = await read
    .select()
    .from(people)
    .where(and(eq(people.orcid, orcid), isNull(people.erasedAt)))
  return row && toPerson(row)
}

export async function findPersonByIdentity(
  read: Reader,
  { issuer, subject }: Pick<Identity, 'issuer' | 'subject'>,
): Promise<Person | undefined> {
  const [row] = await read
    .select({ person: people })
    .from(identities)
    .innerJoin(people, eq(people.id, identities.personId))
    .where(and(eq(identities.issuer, issuer), eq(identities.subject, subject)))
  return row && toPerson(row.person)
}

export function insertPerson(person: Person, at: string): Statement {
  return statement(
    build.insert(people).values({
      id: person.id,
      name: person.name,
      orcid: person.orcid ?? null,
      language: person.language,
      createdAt: at,
      version: 1,
    }),
  )
}

/** What the person writes about oneself. */
export function updatePerson(id: string, { name, language }: Pick<Person, 'name' | 'language'>): Statement {
  return statement(
    build
      .update(people)
      .set({ name, language, version: sql`${people.version} + 1` })
      .where(and(eq(people.id, id), isNull(people.erasedAt))),
    'person',
  )
}

/** Gives a person without an ORCID iD the one that was shown to be theirs. */
export function setOrcid(id: string, orcid: string): Statement {
  return statement(
    build
      .update(people)
      .set({ orcid, version: sql`${people.version} + 1` })
      .where(and(eq(people.id, id), isNull(people.orcid), isNull(people.erasedAt))),
    'person',
  )
}

export function clearOrcid(id: string): Statement {
  return statement(
    build
      .update(people)
      .set({ orcid: null, version: sql`${people.version} + 1` })
      .where(eq(people.id, id)),
    'person',
  )
}

/** The guard of acts on a person that are not the person's own. */
export function personIsHere(id: string): Statement {
  return {
    sql: `insert into guard select count(*) = 1, 'person' from people where id = ? and erased_at is null`,
    args: [id],
  }
}

/** Whether the person has a live inventor grant that is made out to this ORCID iD. */
export async function hasGrantOn(read: Reader, personId: string, orcid: string, now: Date): Promise<boolean> {
  const { sql, args } = grantsOn(personId, orcid, now)
  const [row] = await read.rows(`select count(*) ${sql}`, args)
  return Number(row?.[0]) > 0
}

export function noGrantOn(personId: string, orcid: string, now: Date): Statement {
  const { sql, args } = grantsOn(personId, orcid, now)
  return { sql: `insert into guard select count(*) = 0, 'grants' ${sql}`, args }
}

function grantsOn(personId: string, orcid: string, now: Date) {
  return {
    sql: `from grants where person_id = ? and kind = 'inventor' and state in ('valid', 'suspended') and expires_at > ?
          and request ->> '$.grantee.orcid' = ?`,
    args: [personId, now.toISOString(), orcid],
  }
}

export async function listIdentities(read: Reader, personId: string): Promise<Identity[]> {
  return read
    .select({ issuer: identities.issuer, subject: identities.subject, linkedAt: identities.linkedAt })
    .from(identities)
    .where(eq(identities.personId, personId))
    .orderBy(asc(identities.linkedAt), asc(identities.issuer), asc(identities.subject))
}

/** Fails as `unique` when the account is somebody's already: it is never moved. */
export function insertIdentity(personId: string, { issuer, subject, linkedAt }: Identity): Statement {
  return statement(build.insert(identities).values({ issuer, subject, personId, linkedAt }))
}

/** Takes one account away while another remains. */
export function deleteIdentity(personId: string, { issuer, subject }: Pick<Identity, 'issuer' | 'subject'>): Statement {
  return {
    sql: `delete from identities where person_id = ? and issuer = ? and subject = ?
          and (select count(*) from identities where person_id = ?) > 1`,
    args: [personId, issuer, subject, personId],
    expects: 'identity',
  }
}

/** The session with its person and posts, while it is neither ended, idle for too long nor too old. */
export async function findSession(read: Reader, idSha256: string, now: Date): Promise<OpenSession | undefined> {
  const [row] = await read
    .select({ session: sessions, person: people, steward: stewards.personId })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .leftJoin(stewards, eq(stewards.personId, people.id))
    .where(
      and(
        eq(sessions.idSha256, idSha256),
        gt(sessions.expiresAt, now.toISOString()),
        gt(sessions.lastSeenAt, idleSince(now)),
        isNull(people.erasedAt),
      ),
    )
  if (!row) return undefined
  const posts = await listMemberships(read, row.person.id)
  const actingFor = posts.find(({ organisationId }) => organisationId === row.session.actingFor)?.organisationId
  return {
    idSha256,
    publicId: row.session.publicId,
    person: toPerson(row.person),
    memberships: posts,
    actingFor,
    steward: row.steward !== null,
    actsAsSteward: row.steward !== null && row.session.asSteward === 1,
    lastSeenAt: row.session.lastSeenAt,
  }
}

/** The person's sessions that can still be used, the one used last first. */
export async function listSessions(
  read: Reader,
  personId: string,
  current: string | undefined,
  now: Date,
): Promise<Session[]> {
  const rows = await read
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.personId, personId),
        gt(sessions.expiresAt, now.toISOString()),
        gt(sessions.lastSeenAt, idleSince(now)),
      ),
    )
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.publicId))
  return rows.map((row) => ({
    id: row.publicId,
    device: row.device,
    createdAt: row.createdAt,
    lastSeenAt: row.lastSeenAt,
    expiresAt: row.expiresAt,
    current: row.publicId === current,
  }))
}

export type NewSession = {
  idSha256: string
  publicId: string
  personId: string
  actingFor: string | undefined
  device: string
  createdAt: string
  expiresAt: string
}

/** Writes a session in the place of the one that the browser had before; sessions that are over go with it. */
export function openSessionRow(
  db: Database,
  { actingFor, ...made }: NewSession,
  replaces: string | undefined,
): Promise<void> {
  const row = { ...made, actingFor: actingFor ?? null, lastSeenAt: made.createdAt }
  return db.write([
    { sql: 'delete from sessions where expires_at <= ? or id_sha256 = ?', args: [made.createdAt, replaces ?? ''] },
    statement(build.insert(sessions).values(row)),
  ])
}

export function touchSession(db: Database, idSha256: string, at: string): Promise<void> {
  return db.write([{ sql: 'update sessions set last_seen_at = ? where id_sha256 = ?', args: [at, idSha256] }])
}

export function setActingFor(db: Database, idSha256: string, organisationId: string | null): Promise<void> {
  return db.write([
    {
      sql: 'update sessions set acting_for = ?, as_steward = 0 where id_sha256 = ?',
      args: [organisationId, idSha256],
    },
  ])
}

/** The session acts for the registry from now on, as long as its person is a steward. */
export function setActingAsSteward(db: Database, idSha256: string): Promise<void> {
  return db.write([
    { sql: 'update sessions set acting_for = null, as_steward = 1 where id_sha256 = ?', args: [idSha256] },
  ])
}

export function endSessionRow(db: Database, personId: string, publicId: string): Promise<void> {
  return db.write([{ sql: 'delete from sessions where person_id = ? and public_id = ?', args: [personId, publicId] }])
}

export type SignInRow = typeof signIns.$inferSelect

export async function findSignIn(read: Reader, idSha256: string, now: string): Promise<SignInRow | undefined> {
  const [row] = await read
    .select()
    .from(signIns)
    .where(and(eq(signIns.idSha256, idSha256), gt(signIns.expiresAt, now)))
  return row
}

/** Those that nobody finished go with it. */
export function insertSignIn(db: Database, row: SignInRow, now: string): Promise<void> {
  return db.write([
    { sql: 'delete from sign_ins where expires_at <= ?', args: [now] },
    statement(build.insert(signIns).values(row)),
  ])
}

/** Fails as `stale` when it was taken already. */
export function takeSignIn(db: Database, idSha256: string): Promise<void> {
  return db.write([
    { sql: 'delete from sign_ins where id_sha256 = ?', args: [idSha256] },
    { sql: "insert into guard select changes() = 1, 'sign-in'", args: [] },
  ])
}

export async function listMemberships(read: Reader, personId: string): Promise<Membership[]> {
  const rows = await read
    .select({
      organisationId: organisations.id,
      ja: organisations.nameJa,
      en: organisations.nameEn,
      state: organisations.state,
      role: memberships.role,
    })
    .from(memberships)
    .innerJoin(organisations, eq(organisations.id, memberships.organisationId))
    .where(eq(memberships.personId, personId))
    .orderBy(asc(memberships.since), asc(organisations.id))
  return rows.map(({ organisationId, ja, en, state, role }) => ({
    organisationId,
    organisationName: { ja, en },
    organisationApproved: state === 'approved',
    role: membershipRole.parse(role),
  }))
}

export type SavedCheckRow = typeof savedChecks.$inferSelect

/** The person's saved checks in full, the newest first. */
export function savedChecksOf(read: Reader, personId: string): Promise<SavedCheckRow[]> {
  return read
    .select()
    .from(savedChecks)
    .where(eq(savedChecks.personId, personId))
    .orderBy(desc(savedChecks.savedAt), desc(savedChecks.id))
}

/** The same with how many numbers each has, instead of the numbers. */
export async function listSavedChecks(
  read: Reader,
  personId: string,
): Promise<{ id: string; name: string; savedAt: string; count: number }[]> {
  const rows = await read.rows(
    `select id, name, saved_at, length(numbers) - length(replace(numbers, char(10), '')) + 1
     from saved_checks where person_id = ? order by saved_at desc, id desc`,
    [personId],
  )
  return rows.map(([id, name, savedAt, count]) => ({
    id: String(id),
    name: String(name),
    savedAt: String(savedAt),
    count: Number(count),
  }))
}

/** Undefined for another person's, as if there were none. */
export async function findSavedCheck(read: Reader, personId: string, id: string): Promise<SavedCheckRow | undefined> {
  const [row] = await read
    .select()
    .from(savedChecks)
    .where(and(eq(savedChecks.personId, personId), eq(savedChecks.id, id)))
  return row
}

/**
 * In the place of the same one saved before. Nothing is written for somebody who was erased meanwhile. Fails as `stale`
 * when the person would have more than `max`.
 */
export function insertSavedCheck(db: Database, row: SavedCheckRow, max: number): Promise<void> {
  const { id, personId, name, numbers, savedAt } = row
  const question = JSON.stringify(row.question)
  return db.write([
    {
      sql: 'delete from saved_checks where person_id = ? and name = ? and numbers = ? and question = ?',
      args: [personId, name, numbers, question],
    },
    {
      sql: `insert into saved_checks (id, person_id, name, numbers, question, saved_at)
            select ?, id, ?, ?, ?, ? from people where id = ? and erased_at is null`,
      args: [id, name, numbers, question, savedAt, personId],
    },
    {
      sql: "insert into guard select count(*) <= ?, 'saved checks' from saved_checks where person_id = ?",
      args: [max, personId],
    },
  ])
}

export function deleteSavedCheck(db: Database, personId: string, id: string): Promise<void> {
  return db.write([{ sql: 'delete from saved_checks where person_id = ? and id = ?', args: [personId, id] }])
}

function toPerson(row: typeof people.$inferSelect): Person {
  return known({
    id: row.id,
    name: row.name ?? '',
    orcid: row.orcid,
    language: personLanguage.parse(row.language),
  })
}
