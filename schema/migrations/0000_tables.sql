CREATE TABLE `area_patents` (
	`area_id` text NOT NULL,
	`patent_id` text NOT NULL,
	`belongs` integer NOT NULL,
	PRIMARY KEY(`area_id`, `patent_id`),
	FOREIGN KEY (`area_id`) REFERENCES `areas`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patent_id`) REFERENCES `patents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `area_patents_patent` ON `area_patents` (`patent_id`);--> statement-breakpoint
CREATE TABLE `areas` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`title_ja` text NOT NULL,
	`title_en` text NOT NULL,
	`summary_ja` text NOT NULL,
	`summary_en` text NOT NULL,
	`rules` text NOT NULL,
	`curator_id` text,
	`state` text NOT NULL,
	`published_on` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`curator_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `areas_slug_unique` ON `areas` (`slug`);--> statement-breakpoint
CREATE INDEX `areas_curator` ON `areas` (`curator_id`);--> statement-breakpoint
CREATE TABLE `related_items` (
	`id` text PRIMARY KEY NOT NULL,
	`patent_id` text,
	`area_id` text,
	`kind` text NOT NULL,
	`title_ja` text,
	`title_en` text,
	`note_ja` text,
	`note_en` text,
	`doi` text,
	`url` text,
	`organisation_id` text,
	`added_at` text NOT NULL,
	FOREIGN KEY (`patent_id`) REFERENCES `patents`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`area_id`) REFERENCES `areas`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `related_items_patent` ON `related_items` (`patent_id`,`id`);--> statement-breakpoint
CREATE INDEX `related_items_area` ON `related_items` (`area_id`,`id`);--> statement-breakpoint
CREATE INDEX `related_items_organisation` ON `related_items` (`organisation_id`);--> statement-breakpoint
CREATE TABLE `consent_evidence` (
	`link_id` text PRIMARY KEY NOT NULL,
	`text` text NOT NULL,
	`sha256` text NOT NULL,
	FOREIGN KEY (`link_id`) REFERENCES `consent_links`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `consent_link_mails` (
	`link_id` text PRIMARY KEY NOT NULL,
	`address` text NOT NULL,
	`token` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_at` text NOT NULL,
	FOREIGN KEY (`link_id`) REFERENCES `consent_links`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `consent_link_mails_due` ON `consent_link_mails` (`next_at`);--> statement-breakpoint
CREATE TABLE `consent_links` (
	`id` text PRIMARY KEY NOT NULL,
	`token_sha256` text NOT NULL,
	`declaration_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`made_by` text NOT NULL,
	`made_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`used_at` text,
	`revoked_at` text,
	`mail_state` text,
	FOREIGN KEY (`declaration_id`) REFERENCES `declarations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `consent_links_token_sha256_unique` ON `consent_links` (`token_sha256`);--> statement-breakpoint
CREATE INDEX `consent_links_declaration` ON `consent_links` (`declaration_id`,`organisation_id`);--> statement-breakpoint
CREATE TABLE `consent_reminders` (
	`declaration_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`kind` text NOT NULL,
	`sent_at` text NOT NULL,
	PRIMARY KEY(`declaration_id`, `organisation_id`, `kind`),
	FOREIGN KEY (`declaration_id`) REFERENCES `declarations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `consent_signatories` (
	`link_id` text PRIMARY KEY NOT NULL,
	`salt` text NOT NULL,
	`name` text NOT NULL,
	`post` text NOT NULL,
	`email` text NOT NULL,
	FOREIGN KEY (`link_id`) REFERENCES `consent_links`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `consents` (
	`declaration_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`answer` text NOT NULL,
	`answered_at` text,
	`answered_by` text,
	`mandate_id` text,
	`via` text,
	`asked_at` text,
	`evidence_sha256` text,
	`reason` text,
	PRIMARY KEY(`declaration_id`, `organisation_id`),
	FOREIGN KEY (`declaration_id`) REFERENCES `declarations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`mandate_id`) REFERENCES `mandates`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `consents_organisation` ON `consents` (`organisation_id`,`answer`);--> statement-breakpoint
CREATE TABLE `declaration_batch_groups` (
	`batch_id` text NOT NULL,
	`position` integer NOT NULL,
	`terms_id` text NOT NULL,
	`terms_sha256` text NOT NULL,
	`co_owner_ids` text NOT NULL,
	`patent_ids` text NOT NULL,
	`state` text NOT NULL,
	`declaration_id` text,
	`left_out` text,
	PRIMARY KEY(`batch_id`, `position`),
	FOREIGN KEY (`batch_id`) REFERENCES `declaration_batches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`declaration_id`) REFERENCES `declarations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `declaration_batches` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`mandate_id` text,
	`confirmed_by` text NOT NULL,
	`confirmed_at` text NOT NULL,
	`effect_sha256` text NOT NULL,
	`from_on` text,
	`until_on` text,
	`state` text NOT NULL,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`mandate_id`) REFERENCES `mandates`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `declaration_batches_state` ON `declaration_batches` (`state`);--> statement-breakpoint
CREATE INDEX `declaration_batches_organisation` ON `declaration_batches` (`organisation_id`,`id`);--> statement-breakpoint
CREATE TABLE `declaration_patents` (
	`declaration_id` text NOT NULL,
	`patent_id` text NOT NULL,
	PRIMARY KEY(`declaration_id`, `patent_id`),
	FOREIGN KEY (`declaration_id`) REFERENCES `declarations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patent_id`) REFERENCES `patents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `declaration_patents_patent` ON `declaration_patents` (`patent_id`,`declaration_id`);--> statement-breakpoint
CREATE TABLE `declarations` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`terms_id` text NOT NULL,
	`terms_sha256` text NOT NULL,
	`state` text NOT NULL,
	`from_on` text NOT NULL,
	`until_on` text,
	`in_force_on` text,
	`withdrawn_on` text,
	`closed_on` text,
	`withdrawal_reason` text,
	`mandate_id` text,
	`withdrawal_mandate_id` text,
	`patent_count` integer NOT NULL,
	`patents_sha256` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`mandate_id`) REFERENCES `mandates`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`withdrawal_mandate_id`) REFERENCES `mandates`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `declarations_organisation` ON `declarations` (`organisation_id`,`id`);--> statement-breakpoint
CREATE INDEX `declarations_state` ON `declarations` (`state`,`created_at`);--> statement-breakpoint
CREATE TABLE `exclusions` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`rule` text NOT NULL,
	`value` text NOT NULL,
	`keys` text NOT NULL,
	`note` text,
	`added_at` text NOT NULL,
	`added_by` text NOT NULL,
	`removed_at` text,
	`removed_by` text,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `exclusions_organisation` ON `exclusions` (`organisation_id`,`removed_at`);--> statement-breakpoint
CREATE TABLE `changes` (
	`sequence` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`log_sequence` integer
);
--> statement-breakpoint
CREATE INDEX `changes_at` ON `changes` (`at`);--> statement-breakpoint
CREATE INDEX `changes_kind` ON `changes` (`kind`,`sequence`);--> statement-breakpoint
CREATE INDEX `changes_subject` ON `changes` (`subject`,`sequence`);--> statement-breakpoint
CREATE TABLE `patent_stamps` (
	`patent_id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `patent_stamps_at` ON `patent_stamps` (`at`,`patent_id`);--> statement-breakpoint
CREATE TABLE `grant_events` (
	`grant_id` text NOT NULL,
	`version` integer NOT NULL,
	`state` text NOT NULL,
	`at` text NOT NULL,
	`reason` text,
	`by` text NOT NULL,
	PRIMARY KEY(`grant_id`, `version`),
	FOREIGN KEY (`grant_id`) REFERENCES `grants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `grant_objections` (
	`id` text PRIMARY KEY NOT NULL,
	`grant_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`reason` text NOT NULL,
	`note` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`grant_id`) REFERENCES `grants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `grant_objections_grant` ON `grant_objections` (`grant_id`,`id`);--> statement-breakpoint
CREATE TABLE `grant_patents` (
	`grant_id` text NOT NULL,
	`patent_id` text NOT NULL,
	`declaration_id` text,
	`terms_id` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`grant_id`, `patent_id`),
	FOREIGN KEY (`grant_id`) REFERENCES `grants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patent_id`) REFERENCES `patents`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`declaration_id`) REFERENCES `declarations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `grant_patents_patent` ON `grant_patents` (`patent_id`);--> statement-breakpoint
CREATE TABLE `grant_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`request` text NOT NULL,
	`state` text NOT NULL,
	`requested_at` text NOT NULL,
	`decided_by` text,
	`decided_at` text,
	`reason` text,
	`grant_id` text,
	`version` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`grant_id`) REFERENCES `grants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `grant_requests_organisation` ON `grant_requests` (`organisation_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `grant_requests_person` ON `grant_requests` (`person_id`,`id`);--> statement-breakpoint
CREATE TABLE `grants` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`state_at` text NOT NULL,
	`reason` text,
	`superseded_by` text,
	`organisation_id` text NOT NULL,
	`person_id` text,
	`request` text NOT NULL,
	`name_public` integer NOT NULL,
	`purpose` text NOT NULL,
	`mode` text NOT NULL,
	`from_on` text NOT NULL,
	`until_on` text NOT NULL,
	`issued_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`token` text NOT NULL,
	`token_sha256` text NOT NULL,
	`status_list` integer NOT NULL,
	`status_index` integer NOT NULL,
	`version` integer NOT NULL,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `grants_number_unique` ON `grants` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `grants_status` ON `grants` (`status_list`,`status_index`);--> statement-breakpoint
CREATE INDEX `grants_organisation` ON `grants` (`organisation_id`,`id`);--> statement-breakpoint
CREATE INDEX `grants_person` ON `grants` (`person_id`,`id`);--> statement-breakpoint
CREATE INDEX `grants_superseded_by` ON `grants` (`superseded_by`);--> statement-breakpoint
CREATE TABLE `holder_name_decisions` (
	`organisation_id` text NOT NULL,
	`key` text NOT NULL,
	`holder_id` text,
	`decided_at` text NOT NULL,
	PRIMARY KEY(`organisation_id`, `key`)
);
--> statement-breakpoint
CREATE TABLE `import_chunks` (
	`import_id` text NOT NULL,
	`part` text NOT NULL,
	`position` integer NOT NULL,
	`bytes` blob NOT NULL,
	PRIMARY KEY(`import_id`, `part`, `position`)
);
--> statement-breakpoint
CREATE TABLE `import_mappings` (
	`organisation_id` text NOT NULL,
	`fingerprint` text NOT NULL,
	`mapping` text NOT NULL,
	`used_at` text NOT NULL,
	PRIMARY KEY(`organisation_id`, `fingerprint`)
);
--> statement-breakpoint
CREATE TABLE `import_names` (
	`import_id` text NOT NULL,
	`key` text NOT NULL,
	`names` text NOT NULL,
	`outcome` text NOT NULL,
	`organisation_id` text,
	`ror` text,
	`candidates` text NOT NULL,
	`rows` integer NOT NULL,
	PRIMARY KEY(`import_id`, `key`)
);
--> statement-breakpoint
CREATE INDEX `import_names_outcome` ON `import_names` (`import_id`,`outcome`);--> statement-breakpoint
CREATE TABLE `import_row_keys` (
	`import_id` text NOT NULL,
	`key` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`import_id`, `key`)
);
--> statement-breakpoint
CREATE TABLE `import_rows` (
	`import_id` text NOT NULL,
	`position` integer NOT NULL,
	`line` integer NOT NULL,
	`result` text NOT NULL,
	`waiting` integer DEFAULT 0 NOT NULL,
	`cells` text NOT NULL,
	`patent` text,
	`owners` text,
	`likeness` text,
	`reasons` text NOT NULL,
	`changes` text,
	`choices` text,
	`decision` text,
	`world` text,
	`declared` integer DEFAULT 0 NOT NULL,
	`patent_id` text,
	PRIMARY KEY(`import_id`, `position`)
);
--> statement-breakpoint
CREATE INDEX `import_rows_result` ON `import_rows` (`import_id`,`result`,`position`);--> statement-breakpoint
CREATE INDEX `import_rows_waiting` ON `import_rows` (`import_id`,`waiting`,`position`);--> statement-breakpoint
CREATE INDEX `import_rows_owners` ON `import_rows` (`import_id`,`owners`);--> statement-breakpoint
CREATE INDEX `import_rows_likeness` ON `import_rows` (`import_id`,`likeness`);--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`by_kind` text NOT NULL,
	`by_id` text NOT NULL,
	`by_organisation_id` text NOT NULL,
	`mandate_id` text,
	`state` text NOT NULL,
	`phase` text NOT NULL,
	`file_name` text NOT NULL,
	`file_bytes` integer DEFAULT 0 NOT NULL,
	`file_sha256` text,
	`sniffed` text,
	`asked_format` text,
	`seen_on` text NOT NULL,
	`mapping` text,
	`layout` text,
	`guess` text,
	`read_state` text,
	`part` text DEFAULT 'file' NOT NULL,
	`chunks` integer DEFAULT 0 NOT NULL,
	`chunks_read` integer DEFAULT 0 NOT NULL,
	`rows_read` integer DEFAULT 0 NOT NULL,
	`cursor` integer DEFAULT 0 NOT NULL,
	`counts` text DEFAULT '{}' NOT NULL,
	`world` text DEFAULT '{}' NOT NULL,
	`failure` text,
	`leased_by` text,
	`leased_until` text,
	`version` integer NOT NULL,
	`idempotency_principal` text,
	`idempotency_key` text,
	`request_sha256` text,
	`created_at` text NOT NULL,
	`started_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `imports_organisation` ON `imports` (`organisation_id`,`id`);--> statement-breakpoint
CREATE INDEX `imports_state` ON `imports` (`state`,`updated_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `imports_idempotency` ON `imports` (`idempotency_principal`,`idempotency_key`);--> statement-breakpoint
CREATE TABLE `history` (
	`id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL,
	`acted_by` text,
	`source` text NOT NULL,
	`event` text NOT NULL,
	`subject` text NOT NULL,
	`before` text,
	`after` text,
	`request_id` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `history_subject` ON `history` (`subject`,`id`);--> statement-breakpoint
CREATE TABLE `log_checkpoints` (
	`size` integer PRIMARY KEY NOT NULL,
	`note` text NOT NULL,
	`signed_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `log_entries` (
	`sequence` integer PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`subject` text NOT NULL,
	`at` text NOT NULL,
	`leaf` text NOT NULL,
	`leaf_hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `log_entries_subject` ON `log_entries` (`subject`);--> statement-breakpoint
CREATE INDEX `log_entries_type` ON `log_entries` (`type`,`sequence`);--> statement-breakpoint
CREATE TABLE `log_nodes` (
	`level` integer NOT NULL,
	`position` integer NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`level`, `position`)
);
--> statement-breakpoint
CREATE TABLE `log_records` (
	`sequence` integer PRIMARY KEY NOT NULL,
	`salt` text NOT NULL,
	`record` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `mandates` (
	`id` text PRIMARY KEY NOT NULL,
	`principal_id` text NOT NULL,
	`agent_id` text NOT NULL,
	`scope` text NOT NULL,
	`from_on` text NOT NULL,
	`until_on` text,
	`given_at` text NOT NULL,
	`given_by` text NOT NULL,
	`ended_at` text,
	`ended_by` text,
	`ended_by_id` text,
	FOREIGN KEY (`principal_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`agent_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ended_by_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `mandates_principal` ON `mandates` (`principal_id`,`id`);--> statement-breakpoint
CREATE INDEX `mandates_agent` ON `mandates` (`agent_id`,`id`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`notice_id` text NOT NULL,
	`target` text NOT NULL,
	`webhook_id` text,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_at` text NOT NULL,
	`claim` text,
	`last_status` integer,
	`last_error` text,
	PRIMARY KEY(`notice_id`, `target`),
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`webhook_id`) REFERENCES `webhooks`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`state`,`next_at`);--> statement-breakpoint
CREATE INDEX `deliveries_webhook` ON `deliveries` (`webhook_id`,`notice_id`);--> statement-breakpoint
CREATE INDEX `deliveries_claim` ON `deliveries` (`claim`);--> statement-breakpoint
CREATE TABLE `notices` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text,
	`person_id` text,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`body` text NOT NULL,
	`created_at` text NOT NULL,
	`read_at` text,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `notices_organisation` ON `notices` (`organisation_id`,`id`);--> statement-breakpoint
CREATE INDEX `notices_person` ON `notices` (`person_id`,`id`);--> statement-breakpoint
CREATE TABLE `webhooks` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`url` text NOT NULL,
	`secret` text NOT NULL,
	`kinds` text NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `webhooks_organisation` ON `webhooks` (`organisation_id`);--> statement-breakpoint
CREATE TABLE `client_assertions` (
	`client_id` text NOT NULL,
	`jti` text NOT NULL,
	`expires_at` text NOT NULL,
	PRIMARY KEY(`client_id`, `jti`)
);
--> statement-breakpoint
CREATE INDEX `client_assertions_expires` ON `client_assertions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `clients` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text,
	`role` text NOT NULL,
	`name` text NOT NULL,
	`secret_sha256` text,
	`jwks` text,
	`scopes` text NOT NULL,
	`created_at` text NOT NULL,
	`revoked_at` text,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `clients_organisation` ON `clients` (`organisation_id`);--> statement-breakpoint
CREATE TABLE `organisation_applications` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`applicant_id` text NOT NULL,
	`person_id` text,
	`proposed` text NOT NULL,
	`state` text NOT NULL,
	`applied_at` text NOT NULL,
	`sent_at` text NOT NULL,
	`decided_at` text,
	`reason` text,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `organisation_applications_live` ON `organisation_applications` (`organisation_id`) WHERE state in ('waiting', 'returned');--> statement-breakpoint
CREATE INDEX `organisation_applications_state` ON `organisation_applications` (`state`,`sent_at`);--> statement-breakpoint
CREATE INDEX `organisation_applications_person` ON `organisation_applications` (`person_id`);--> statement-breakpoint
CREATE TABLE `organisation_names` (
	`organisation_id` text NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`source` text NOT NULL,
	PRIMARY KEY(`organisation_id`, `key`),
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `organisation_names_key` ON `organisation_names` (`key`);--> statement-breakpoint
CREATE TABLE `organisation_suspensions` (
	`organisation_id` text NOT NULL,
	`from_on` text NOT NULL,
	`until_on` text,
	PRIMARY KEY(`organisation_id`, `from_on`),
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `organisations` (
	`id` text PRIMARY KEY NOT NULL,
	`ror` text,
	`corporate_number` text,
	`name_ja` text NOT NULL,
	`name_en` text NOT NULL,
	`kind` text NOT NULL,
	`country` text NOT NULL,
	`state` text NOT NULL,
	`shown_as` text,
	`grant_approval` text DEFAULT 'automatic' NOT NULL,
	`notice_address` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `organisations_ror_unique` ON `organisations` (`ror`);--> statement-breakpoint
CREATE UNIQUE INDEX `organisations_corporate_number_unique` ON `organisations` (`corporate_number`);--> statement-breakpoint
CREATE INDEX `organisations_name_en` ON `organisations` (`name_en`,`id`);--> statement-breakpoint
CREATE INDEX `organisations_state` ON `organisations` (`state`);--> statement-breakpoint
CREATE TABLE `participation_acceptances` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`agreement_id` text NOT NULL,
	`agreement_sha256` text NOT NULL,
	`signatory_name` text,
	`signatory_post` text,
	`accepted_by` text NOT NULL,
	`accepted_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `participation_acceptances_organisation` ON `participation_acceptances` (`organisation_id`,`accepted_at`);--> statement-breakpoint
CREATE TABLE `patent_classes` (
	`patent_id` text NOT NULL,
	`scheme` text NOT NULL,
	`symbol` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`patent_id`, `scheme`, `symbol`),
	FOREIGN KEY (`patent_id`) REFERENCES `patents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `patent_classes_symbol` ON `patent_classes` (`scheme`,`symbol`);--> statement-breakpoint
CREATE TABLE `patent_encumbrances` (
	`patent_id` text NOT NULL,
	`position` integer NOT NULL,
	`kind` text NOT NULL,
	`research_reserved` integer NOT NULL,
	`from_on` text,
	`until_on` text,
	PRIMARY KEY(`patent_id`, `position`),
	FOREIGN KEY (`patent_id`) REFERENCES `patents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `patent_fields` (
	`patent_id` text NOT NULL,
	`field` integer NOT NULL,
	PRIMARY KEY(`patent_id`, `field`),
	FOREIGN KEY (`patent_id`) REFERENCES `patents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `patent_fields_field` ON `patent_fields` (`field`,`patent_id`);--> statement-breakpoint
CREATE TABLE `patent_holders` (
	`patent_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`share` text,
	`from_on` text,
	`until_on` text,
	`position` integer NOT NULL,
	PRIMARY KEY(`patent_id`, `position`),
	FOREIGN KEY (`patent_id`) REFERENCES `patents`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `patent_holders_organisation` ON `patent_holders` (`organisation_id`,`patent_id`);--> statement-breakpoint
CREATE TABLE `patent_inventors` (
	`patent_id` text NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`romanised` text,
	`orcid` text,
	`name_key` text,
	`romanised_key` text,
	PRIMARY KEY(`patent_id`, `position`),
	FOREIGN KEY (`patent_id`) REFERENCES `patents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `patent_inventors_orcid` ON `patent_inventors` (`orcid`);--> statement-breakpoint
CREATE INDEX `patent_inventors_name` ON `patent_inventors` (`name_key`);--> statement-breakpoint
CREATE INDEX `patent_inventors_romanised` ON `patent_inventors` (`romanised_key`);--> statement-breakpoint
CREATE TABLE `patent_numbers` (
	`key` text PRIMARY KEY NOT NULL,
	`patent_id` text NOT NULL,
	`docdb` text NOT NULL,
	`position` integer NOT NULL,
	FOREIGN KEY (`patent_id`) REFERENCES `patents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `patent_numbers_patent` ON `patent_numbers` (`patent_id`);--> statement-breakpoint
CREATE TABLE `patent_statuses` (
	`patent_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`value` text NOT NULL,
	`valid_from` text NOT NULL,
	`source` text NOT NULL,
	`seen_on` text NOT NULL,
	`recorded_at` text NOT NULL,
	PRIMARY KEY(`patent_id`, `sequence`),
	FOREIGN KEY (`patent_id`) REFERENCES `patents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `patents` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`office` text NOT NULL,
	`title_ja` text,
	`title_en` text,
	`priority_on` text,
	`filed_on` text,
	`published_on` text,
	`granted_on` text,
	`expires_on` text,
	`expires_source` text,
	`expires_seen_on` text,
	`end_settled_on` text,
	`family` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `patents_number_unique` ON `patents` (`number`);--> statement-breakpoint
CREATE INDEX `patents_family` ON `patents` (`family`);--> statement-breakpoint
CREATE INDEX `patents_filed` ON `patents` (`filed_on`,`id`);--> statement-breakpoint
CREATE INDEX `patents_registered` ON `patents` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `patents_end_due` ON `patents` (`expires_on`) WHERE end_settled_on is not expires_on;--> statement-breakpoint
CREATE INDEX `patents_expires` ON `patents` (`expires_on`);--> statement-breakpoint
CREATE TABLE `affiliations` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text,
	`orcid` text,
	`organisation_id` text NOT NULL,
	`from_on` text NOT NULL,
	`until_on` text,
	`source` text NOT NULL,
	`asserted_by` text NOT NULL,
	`asserted_at` text NOT NULL,
	`state` text NOT NULL,
	`decided_by` text,
	`decided_at` text,
	`reason` text,
	`version` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `affiliations_person` ON `affiliations` (`person_id`);--> statement-breakpoint
CREATE INDEX `affiliations_orcid` ON `affiliations` (`orcid`);--> statement-breakpoint
CREATE INDEX `affiliations_organisation` ON `affiliations` (`organisation_id`,`state`);--> statement-breakpoint
CREATE TABLE `identities` (
	`issuer` text NOT NULL,
	`subject` text NOT NULL,
	`person_id` text NOT NULL,
	`linked_at` text NOT NULL,
	PRIMARY KEY(`issuer`, `subject`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `identities_person` ON `identities` (`person_id`);--> statement-breakpoint
CREATE TABLE `inventor_claims` (
	`id` text PRIMARY KEY NOT NULL,
	`patent_id` text NOT NULL,
	`position` integer NOT NULL,
	`person_id` text NOT NULL,
	`state` text NOT NULL,
	`statement` text,
	`support` text NOT NULL,
	`claimed_at` text NOT NULL,
	`decided_by` text,
	`decided_at` text,
	`reason` text,
	`version` integer NOT NULL,
	FOREIGN KEY (`patent_id`) REFERENCES `patents`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `inventor_claims_patent` ON `inventor_claims` (`patent_id`,`position`);--> statement-breakpoint
CREATE INDEX `inventor_claims_person` ON `inventor_claims` (`person_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `inventor_claims_once` ON `inventor_claims` (`patent_id`,`position`,`person_id`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`token_sha256` text NOT NULL,
	`organisation_id` text NOT NULL,
	`role` text NOT NULL,
	`made_by` text NOT NULL,
	`made_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`used_at` text,
	`used_by` text,
	`withdrawn_at` text,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_token_sha256_unique` ON `invitations` (`token_sha256`);--> statement-breakpoint
CREATE INDEX `invitations_organisation` ON `invitations` (`organisation_id`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`person_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`role` text NOT NULL,
	`since` text NOT NULL,
	PRIMARY KEY(`person_id`, `organisation_id`),
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `memberships_organisation` ON `memberships` (`organisation_id`);--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text,
	`orcid` text,
	`language` text NOT NULL,
	`created_at` text NOT NULL,
	`erased_at` text,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `people_orcid_unique` ON `people` (`orcid`);--> statement-breakpoint
CREATE TABLE `saved_checks` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`name` text NOT NULL,
	`numbers` text NOT NULL,
	`question` text NOT NULL,
	`saved_at` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `saved_checks_person` ON `saved_checks` (`person_id`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id_sha256` text PRIMARY KEY NOT NULL,
	`public_id` text NOT NULL,
	`person_id` text NOT NULL,
	`acting_for` text,
	`as_steward` integer DEFAULT 0 NOT NULL,
	`device` text NOT NULL,
	`created_at` text NOT NULL,
	`last_seen_at` text NOT NULL,
	`expires_at` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`acting_for`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_public_id_unique` ON `sessions` (`public_id`);--> statement-breakpoint
CREATE INDEX `sessions_person` ON `sessions` (`person_id`);--> statement-breakpoint
CREATE TABLE `sign_ins` (
	`id_sha256` text PRIMARY KEY NOT NULL,
	`sealed` text NOT NULL,
	`expires_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sign_ins_expires` ON `sign_ins` (`expires_at`);--> statement-breakpoint
CREATE TABLE `steward_invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`token_sha256` text NOT NULL,
	`made_by` text NOT NULL,
	`made_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`used_at` text,
	`used_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `steward_invitations_token_sha256_unique` ON `steward_invitations` (`token_sha256`);--> statement-breakpoint
CREATE TABLE `stewards` (
	`person_id` text PRIMARY KEY NOT NULL,
	`since` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `map_cells` (
	`key` integer PRIMARY KEY NOT NULL,
	`patents` integer NOT NULL,
	`open` integer NOT NULL,
	`weight` integer NOT NULL,
	`open_weight` integer NOT NULL,
	`holders` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `map_due` (
	`patent_id` text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE `map_members` (
	`patent_id` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL,
	`open` integer NOT NULL,
	`status` text NOT NULL,
	`filed_on` text NOT NULL,
	`as_of` text NOT NULL,
	`changes_on` text,
	FOREIGN KEY (`patent_id`) REFERENCES `patents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `map_members_changes` ON `map_members` (`changes_on`) WHERE changes_on is not null;--> statement-breakpoint
CREATE INDEX `map_members_filed` ON `map_members` (`filed_on`,`patent_id`);--> statement-breakpoint
CREATE INDEX `map_members_open` ON `map_members` (`open`,`filed_on`,`patent_id`);--> statement-breakpoint
CREATE INDEX `map_members_status` ON `map_members` (`status`,`filed_on`,`patent_id`);--> statement-breakpoint
CREATE TABLE `map_rankings` (
	`key` integer PRIMARY KEY NOT NULL,
	`patents` integer NOT NULL,
	`open` integer NOT NULL,
	`weight` integer NOT NULL,
	`open_weight` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `map_rankings_patents` ON `map_rankings` ((key >> 36),`patents`) WHERE patents > 1;--> statement-breakpoint
CREATE TABLE `map_values` (
	`id` integer PRIMARY KEY NOT NULL,
	`dim` text NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `map_values_value` ON `map_values` (`dim`,`value`);--> statement-breakpoint
CREATE TABLE `projection_progress` (
	`name` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `search_documents` (
	`id` integer PRIMARY KEY NOT NULL,
	`patent_id` text NOT NULL,
	`stamp` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `search_documents_patent` ON `search_documents` (`patent_id`);--> statement-breakpoint
CREATE TABLE `search_due` (
	`patent_id` text PRIMARY KEY NOT NULL,
	`mark` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `facts` (
	`patent_id` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL,
	FOREIGN KEY (`patent_id`) REFERENCES `patents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `guard` (
	`holds` integer NOT NULL,
	`what` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `idempotent_requests` (
	`principal` text NOT NULL,
	`key` text NOT NULL,
	`request_sha256` text NOT NULL,
	`answer` text,
	`expires_at` text NOT NULL,
	PRIMARY KEY(`principal`, `key`)
);
--> statement-breakpoint
CREATE INDEX `idempotent_requests_expires` ON `idempotent_requests` (`expires_at`);--> statement-breakpoint
CREATE TABLE `registry_facts` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `touched_patents` (
	`patent_id` text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE `check_counts` (
	`patent_id` text NOT NULL,
	`month` text NOT NULL,
	`checks` integer NOT NULL,
	PRIMARY KEY(`patent_id`, `month`),
	FOREIGN KEY (`patent_id`) REFERENCES `patents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `enquiries` (
	`id` text PRIMARY KEY NOT NULL,
	`patent_id` text NOT NULL,
	`holder_id` text NOT NULL,
	`person_id` text,
	`organisation_id` text,
	`subject` text NOT NULL,
	`message` text NOT NULL,
	`contact` text,
	`state` text NOT NULL,
	`asked_at` text NOT NULL,
	`answer` text,
	`answer_contact` text,
	`answered_by` text,
	`answered_at` text,
	`mandate_id` text,
	`version` integer NOT NULL,
	FOREIGN KEY (`patent_id`) REFERENCES `patents`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`holder_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `enquiries_holder` ON `enquiries` (`holder_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `enquiries_person` ON `enquiries` (`person_id`,`id`);--> statement-breakpoint
CREATE INDEX `enquiries_organisation` ON `enquiries` (`organisation_id`,`id`);--> statement-breakpoint
CREATE TABLE `result_report_patents` (
	`report_id` text NOT NULL,
	`patent_id` text NOT NULL,
	PRIMARY KEY(`report_id`, `patent_id`),
	FOREIGN KEY (`report_id`) REFERENCES `result_reports`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`patent_id`) REFERENCES `patents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `result_report_patents_patent` ON `result_report_patents` (`patent_id`,`report_id`);--> statement-breakpoint
CREATE TABLE `result_reports` (
	`id` text PRIMARY KEY NOT NULL,
	`grant_id` text NOT NULL,
	`person_id` text,
	`kind` text NOT NULL,
	`title_ja` text,
	`title_en` text,
	`doi` text,
	`url` text,
	`on_date` text NOT NULL,
	`is_public` integer NOT NULL,
	`reported_at` text NOT NULL,
	`withdrawn_at` text,
	FOREIGN KEY (`grant_id`) REFERENCES `grants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `result_reports_grant` ON `result_reports` (`grant_id`,`id`);--> statement-breakpoint
CREATE INDEX `result_reports_person` ON `result_reports` (`person_id`,`id`);