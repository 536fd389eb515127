import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { mandates } from './mandates.ts'
import { organisations } from './organisations.ts'
import { patents } from './patents.ts'

export const declarations = sqliteTable(
  'declarations',
  {
    id: text('id').primaryKey(),
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    termsId: text('terms_id').notNull(),
    termsSha256: text('terms_sha256').notNull(),
    state: text('state').notNull(),
    fromOn: text('from_on').notNull(),
    untilOn: text('until_on'),
    inForceOn: text('in_force_on'),
    withdrawnOn: text('withdrawn_on'),
    /** The first day on which no new grant is issued: the day of withdrawal and the notice period of the terms. */
    closedOn: text('closed_on'),
    withdrawalReason: text('withdrawal_reason'),
    /** Under which an agent made it, or withdrew it, for the holder or a co-owner. */
    mandateId: text('mandate_id').references(() => mandates.id),
    withdrawalMandateId: text('withdrawal_mandate_id').references(() => mandates.id),
    patentCount: integer('patent_count').notNull(),
    patentsSha256: text('patents_sha256').notNull(),
    version: integer('version').notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (t) => [
    index('declarations_organisation').on(t.organisationId, t.id),
    index('declarations_state').on(t.state, t.createdAt),
  ],
)

export const declarationPatents = sqliteTable(
  'declaration_patents',
  {
    declarationId: text('declaration_id')
      .notNull()
      .references(() => declarations.id),
    patentId: text('patent_id')
      .notNull()
      .references(() => patents.id),
  },
  (t) => [
    primaryKey({ columns: [t.declarationId, t.patentId] }),
    index('declaration_patents_patent').on(t.patentId, t.declarationId),
  ],
)

/** What each co-owner said. A row stands from the day the declaration is made; `pending` is never read as a yes. */
export const consents = sqliteTable(
  'consents',
  {
    declarationId: text('declaration_id')
      .notNull()
      .references(() => declarations.id),
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    answer: text('answer').notNull(),
    answeredAt: text('answered_at'),
    answeredBy: text('answered_by'),
    mandateId: text('mandate_id').references(() => mandates.id),
    /** `link`: by the officer named behind a one-time link; null: by an officer signed in here. */
    via: text('via'),
    /** Since when it is asked, where that is later than the declaration: a later owner. */
    askedAt: text('asked_at'),
    evidenceSha256: text('evidence_sha256'),
    reason: text('reason'),
    /** When it is next looked at whether somebody is to be reminded of it; null: never again. */
    nextReminderAt: text('next_reminder_at'),
  },
  (t) => [
    primaryKey({ columns: [t.declarationId, t.organisationId] }),
    index('consents_organisation').on(t.organisationId, t.answer),
    index('consents_next_reminder').on(t.nextReminderAt).where(sql`next_reminder_at is not null`),
  ],
)

/** Patents that an organisation never declares: by number or by rule. A removed entry stays as a record. */
export const exclusions = sqliteTable(
  'exclusions',
  {
    id: text('id').primaryKey(),
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    /** `number, ipc, title, inventor, filed` */
    rule: text('rule').notNull(),
    /** As it was written. */
    value: text('value').notNull(),
    /** What it is compared by: number keys, a prefix of symbols, folded words, name keys. */
    keys: text('keys', { mode: 'json' }).$type<string[]>().notNull(),
    note: text('note'),
    addedAt: text('added_at').notNull(),
    addedBy: text('added_by').notNull(),
    removedAt: text('removed_at'),
    removedBy: text('removed_by'),
  },
  (t) => [index('exclusions_organisation').on(t.organisationId, t.removedAt)],
)

/** One-time links by which the named officer of a co-owner outside the registry answers. Only a hash is kept. */
export const consentLinks = sqliteTable(
  'consent_links',
  {
    id: text('id').primaryKey(),
    tokenSha256: text('token_sha256').notNull().unique(),
    declarationId: text('declaration_id')
      .notNull()
      .references(() => declarations.id),
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    madeBy: text('made_by').notNull(),
    madeAt: text('made_at').notNull(),
    expiresAt: text('expires_at').notNull(),
    usedAt: text('used_at'),
    revokedAt: text('revoked_at'),
    /** `queued → sent | failed | not_configured`; null: no mail was asked for. */
    mailState: text('mail_state'),
  },
  (t) => [index('consent_links_declaration').on(t.declarationId, t.organisationId)],
)

/** Mails with links that wait to be sent. The row goes, and with it address and link, once it is sent or given up. */
export const consentLinkMails = sqliteTable(
  'consent_link_mails',
  {
    linkId: text('link_id')
      .primaryKey()
      .references(() => consentLinks.id),
    address: text('address').notNull(),
    token: text('token').notNull(),
    attempts: integer('attempts').notNull(),
    nextAt: text('next_at').notNull(),
  },
  (t) => [index('consent_link_mails_due').on(t.nextAt)],
)

/** What was shown behind a link and what was answered: canonical JSON (RFC 8785) whose SHA-256 the consent carries. */
export const consentEvidence = sqliteTable('consent_evidence', {
  linkId: text('link_id')
    .primaryKey()
    .references(() => consentLinks.id),
  text: text('text').notNull(),
  sha256: text('sha256').notNull(),
})

/** Who answered behind a link. The evidence holds a salted digest of it, so it still proves when this is erased. */
export const consentSignatories = sqliteTable('consent_signatories', {
  linkId: text('link_id')
    .primaryKey()
    .references(() => consentLinks.id),
  salt: text('salt').notNull(),
  name: text('name').notNull(),
  post: text('post').notNull(),
  email: text('email').notNull(),
})

/** Who was reminded of an answer that is missing. `kind` with the day for those sent by hand, so that each is sent once. */
export const consentReminders = sqliteTable(
  'consent_reminders',
  {
    declarationId: text('declaration_id')
      .notNull()
      .references(() => declarations.id),
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    kind: text('kind').notNull(),
    sentAt: text('sent_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.declarationId, t.organisationId, t.kind] })],
)

/** Many declarations confirmed at once, worked off group by group. */
export const declarationBatches = sqliteTable(
  'declaration_batches',
  {
    id: text('id').primaryKey(),
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    mandateId: text('mandate_id').references(() => mandates.id),
    confirmedBy: text('confirmed_by').notNull(),
    confirmedAt: text('confirmed_at').notNull(),
    effectSha256: text('effect_sha256').notNull(),
    fromOn: text('from_on'),
    untilOn: text('until_on'),
    /** `working → done | stopped | set_aside`, and from `set_aside` back to `working` */
    state: text('state').notNull(),
    /** How often in a row its next group failed, and of what: a code that its officers are shown in words. */
    attempts: integer('attempts').notNull().default(0),
    fault: text('fault'),
  },
  (t) => [
    index('declaration_batches_state').on(t.state),
    index('declaration_batches_organisation').on(t.organisationId, t.id),
  ],
)

/** One group is one declaration: patents of one set of co-owners under one terms version. */
export const declarationBatchGroups = sqliteTable(
  'declaration_batch_groups',
  {
    batchId: text('batch_id')
      .notNull()
      .references(() => declarationBatches.id),
    position: integer('position').notNull(),
    termsId: text('terms_id').notNull(),
    termsSha256: text('terms_sha256').notNull(),
    coOwnerIds: text('co_owner_ids', { mode: 'json' }).$type<string[]>().notNull(),
    patentIds: text('patent_ids', { mode: 'json' }).$type<string[]>().notNull(),
    /** `waiting → declared | left_out` */
    state: text('state').notNull(),
    declarationId: text('declaration_id').references(() => declarations.id),
    leftOut: text('left_out', { mode: 'json' }).$type<{ number: string; code: string }[]>(),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.position] })],
)
