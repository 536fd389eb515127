import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

export const organisations = sqliteTable(
  'organisations',
  {
    id: text('id').primaryKey(),
    ror: text('ror').unique(),
    corporateNumber: text('corporate_number').unique(),
    nameJa: text('name_ja').notNull(),
    nameEn: text('name_en').notNull(),
    kind: text('kind').notNull(),
    country: text('country').notNull(),
    /** `named → applied → approved → (suspended) → left` */
    state: text('state').notNull(),
    /** What others see while it asks to join: it was `named`, or had `left`. Null: others do not see it yet. */
    shownAs: text('shown_as'),
    /** Whether grants that its people ask for are issued at once (`automatic`) or wait for it (`officer_approves`). */
    grantApproval: text('grant_approval').notNull().default('automatic'),
    /** Where its notices go by e-mail. Never public. */
    noticeAddress: text('notice_address'),
    version: integer('version').notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (t) => [index('organisations_name_en').on(t.nameEn, t.id), index('organisations_state').on(t.state)],
)

/** Every name under which an organisation is found, by `nameKeyOf`. `source`: `record`, `former`, `own`, `import`. */
export const organisationNames = sqliteTable(
  'organisation_names',
  {
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    key: text('key').notNull(),
    name: text('name').notNull(),
    source: text('source').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.key] }), index('organisation_names_key').on(t.key)],
)

/** Who asked that an organisation take part, and what became of it. What is proposed is not public until approved. */
export const organisationApplications = sqliteTable(
  'organisation_applications',
  {
    id: text('id').primaryKey(),
    /** A record that is made for an application goes with it when it is declined. */
    organisationId: text('organisation_id').notNull(),
    /** A person, or the client of one; never the name. */
    applicantId: text('applicant_id').notNull(),
    /** The person becomes the first officer; null where a machine client applied. */
    personId: text('person_id'),
    proposed: text('proposed', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    /** `waiting → returned → waiting …`, then `approved` or `declined`. */
    state: text('state').notNull(),
    appliedAt: text('applied_at').notNull(),
    /** Since when it waits: sent, or sent again. */
    sentAt: text('sent_at').notNull(),
    decidedAt: text('decided_at'),
    reason: text('reason'),
    version: integer('version').notNull(),
  },
  (t) => [
    uniqueIndex('organisation_applications_live').on(t.organisationId).where(sql`state in ('waiting', 'returned')`),
    index('organisation_applications_state').on(t.state, t.sentAt),
    index('organisation_applications_person').on(t.personId),
  ],
)

/** Acceptances of the participation agreement. The signatory's name and post are private, and null once erased. */
export const participationAcceptances = sqliteTable(
  'participation_acceptances',
  {
    id: text('id').primaryKey(),
    organisationId: text('organisation_id').notNull(),
    agreementId: text('agreement_id').notNull(),
    agreementSha256: text('agreement_sha256').notNull(),
    signatoryName: text('signatory_name'),
    signatoryPost: text('signatory_post'),
    acceptedBy: text('accepted_by').notNull(),
    acceptedAt: text('accepted_at').notNull(),
  },
  (t) => [index('participation_acceptances_organisation').on(t.organisationId, t.acceptedAt)],
)

/** From when to when an organisation may not take part: read beside the facts of its patents, never copied into them. */
export const organisationSuspensions = sqliteTable(
  'organisation_suspensions',
  {
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    fromOn: text('from_on').notNull(),
    untilOn: text('until_on'),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.fromOn] })],
)

/** Organisations that have left and of which declarations or mandates are still to be ended; the row goes with the last. */
export const organisationLeavings = sqliteTable('organisation_leavings', {
  organisationId: text('organisation_id')
    .primaryKey()
    .references(() => organisations.id),
  /** The day from which it all counts as ended, whenever that is written. */
  leftOn: text('left_on').notNull(),
})

/** Machine clients (OAuth 2). A steward's client belongs to no organisation. */
export const clients = sqliteTable(
  'clients',
  {
    id: text('id').primaryKey(),
    organisationId: text('organisation_id').references(() => organisations.id),
    role: text('role').notNull(),
    name: text('name').notNull(),
    secretSha256: text('secret_sha256'),
    jwks: text('jwks', { mode: 'json' }).$type<{ keys: Record<string, unknown>[] }>(),
    scopes: text('scopes', { mode: 'json' }).$type<string[]>().notNull(),
    createdAt: text('created_at').notNull(),
    revokedAt: text('revoked_at'),
  },
  (t) => [index('clients_organisation').on(t.organisationId)],
)

/** Used `jti` of private_key_jwt assertions (RFC 7523), kept until they would have expired anyway. */
export const clientAssertions = sqliteTable(
  'client_assertions',
  {
    clientId: text('client_id').notNull(),
    jti: text('jti').notNull(),
    expiresAt: text('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.clientId, t.jti] }), index('client_assertions_expires').on(t.expiresAt)],
)
