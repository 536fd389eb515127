import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { organisations } from './organisations.ts'
import { patents } from './patents.ts'

/** A person. Everything that names one stands in this file's tables, so that erasing is complete. */
export const people = sqliteTable('people', {
  id: text('id').primaryKey(),
  /** As the person writes it; null once erased. */
  name: text('name'),
  /** `https://orcid.org/…`, only from a sign-in with ORCID itself. */
  orcid: text('orcid').unique(),
  language: text('language').notNull(),
  createdAt: text('created_at').notNull(),
  erasedAt: text('erased_at'),
  version: integer('version').notNull(),
})

/** Accounts at OpenID providers that are this person's. Keyed by issuer and subject, never by e-mail. */
export const identities = sqliteTable(
  'identities',
  {
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    linkedAt: text('linked_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.issuer, t.subject] }), index('identities_person').on(t.personId)],
)

/** Sessions by the hash of their id: a copy of the table opens none. */
export const sessions = sqliteTable(
  'sessions',
  {
    idSha256: text('id_sha256').primaryKey(),
    /** By which the person names it in a list; opens nothing. */
    publicId: text('public_id').notNull().unique(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    /** Which of the person's organisations the session acts for; null: for oneself. */
    actingFor: text('acting_for').references(() => organisations.id),
    /** The session acts for the registry; only while the person is a steward. */
    asSteward: integer('as_steward').notNull().default(0),
    device: text('device').notNull(),
    createdAt: text('created_at').notNull(),
    lastSeenAt: text('last_seen_at').notNull(),
    expiresAt: text('expires_at').notNull(),
  },
  (t) => [index('sessions_person').on(t.personId)],
)

/**
 * Sign-ins under way, by the hash of the id in the browser's cookie, which also opens what is sealed: a copy of the
 * table completes none. Each row is taken away when its answer comes in.
 */
export const signIns = sqliteTable(
  'sign_ins',
  {
    idSha256: text('id_sha256').primaryKey(),
    sealed: text('sealed').notNull(),
    expiresAt: text('expires_at').notNull(),
  },
  (t) => [index('sign_ins_expires').on(t.expiresAt)],
)

/** People who act for an organisation. */
export const memberships = sqliteTable(
  'memberships',
  {
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    role: text('role').notNull(),
    since: text('since').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.organisationId] }),
    index('memberships_organisation').on(t.organisationId),
  ],
)

/** One-time links by which an organisation makes a person its officer or viewer. */
export const invitations = sqliteTable(
  'invitations',
  {
    id: text('id').primaryKey(),
    tokenSha256: text('token_sha256').notNull().unique(),
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    role: text('role').notNull(),
    madeBy: text('made_by').notNull(),
    madeAt: text('made_at').notNull(),
    expiresAt: text('expires_at').notNull(),
    usedAt: text('used_at'),
    usedBy: text('used_by'),
    withdrawnAt: text('withdrawn_at'),
  },
  (t) => [index('invitations_organisation').on(t.organisationId)],
)

/** People who run the registry. */
export const stewards = sqliteTable('stewards', {
  personId: text('person_id')
    .primaryKey()
    .references(() => people.id),
  since: text('since').notNull(),
})

/** One-time links by which whoever runs the registry makes a person its steward. */
export const stewardInvitations = sqliteTable('steward_invitations', {
  id: text('id').primaryKey(),
  tokenSha256: text('token_sha256').notNull().unique(),
  madeBy: text('made_by').notNull(),
  madeAt: text('made_at').notNull(),
  expiresAt: text('expires_at').notNull(),
  usedAt: text('used_at'),
  usedBy: text('used_by'),
})

/**
 * Where a person works, as somebody said it: who (`self`, an officer of the institution, an issuer's claim) and when.
 * A row is one assertion with its dates; ending or rejecting it writes the row's end, never takes the row away.
 */
export const affiliations = sqliteTable(
  'affiliations',
  {
    id: text('id').primaryKey(),
    /** Null where an institution named an ORCID iD: whether anyone has signed in with it is not for it to learn. */
    personId: text('person_id').references(() => people.id),
    orcid: text('orcid'),
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    fromOn: text('from_on').notNull(),
    untilOn: text('until_on'),
    /** `self`, `institution` or `issuer`. */
    source: text('source').notNull(),
    /** Who said so: a person, a client, an issuer. */
    assertedBy: text('asserted_by').notNull(),
    assertedAt: text('asserted_at').notNull(),
    /** `asserted → confirmed | rejected`, and `ended`. */
    state: text('state').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: text('decided_at'),
    reason: text('reason'),
    version: integer('version').notNull(),
  },
  (t) => [
    index('affiliations_person').on(t.personId),
    index('affiliations_orcid').on(t.orcid),
    index('affiliations_organisation').on(t.organisationId, t.state),
  ],
)

/** "I am inventor 2 of this patent": what the person says, and what the holder answers. */
export const inventorClaims = sqliteTable(
  'inventor_claims',
  {
    id: text('id').primaryKey(),
    patentId: text('patent_id')
      .notNull()
      .references(() => patents.id),
    position: integer('position').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    /** `claimed → confirmed | rejected`; a rejected claim may be `disputed`; `withdrawn` by the person. */
    state: text('state').notNull(),
    statement: text('statement'),
    /** Second sources found: the same ORCID iD on a family member, a researchmap record. */
    support: text('support', { mode: 'json' }).$type<Record<string, unknown>[]>().notNull(),
    claimedAt: text('claimed_at').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: text('decided_at'),
    reason: text('reason'),
    version: integer('version').notNull(),
  },
  (t) => [
    index('inventor_claims_patent').on(t.patentId, t.position),
    index('inventor_claims_person').on(t.personId),
    uniqueIndex('inventor_claims_once').on(t.patentId, t.position, t.personId),
  ],
)

/** Checks that a person chose to keep, for oneself alone. No other check leaves a trace of who asked. */
export const savedChecks = sqliteTable(
  'saved_checks',
  {
    id: text('id').primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    name: text('name').notNull(),
    /** As they were written, one a line. */
    numbers: text('numbers').notNull(),
    /** The use that was asked about, without a day: each time it is today's answer that is shown. */
    question: text('question', { mode: 'json' }).$type<Record<string, string>>().notNull(),
    savedAt: text('saved_at').notNull(),
  },
  (t) => [index('saved_checks_person').on(t.personId)],
)
