import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

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
    state: text('state').notNull(),
    /** Whether grants that its people ask for are issued at once (`automatic`) or wait for it (`officer_approves`). */
    grantApproval: text('grant_approval').notNull().default('automatic'),
    /** Where its notices go by e-mail. Never public. */
    noticeAddress: text('notice_address'),
    version: integer('version').notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (t) => [index('organisations_name_en').on(t.nameEn, t.id)],
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
