CREATE TABLE `consents` (
	`declaration_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`answer` text NOT NULL,
	`answered_at` text,
	`answered_by` text,
	`evidence_sha256` text,
	`reason` text,
	PRIMARY KEY(`declaration_id`, `organisation_id`),
	FOREIGN KEY (`declaration_id`) REFERENCES `declarations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `consents_organisation` ON `consents` (`organisation_id`,`answer`);--> statement-breakpoint
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
	`patent_count` integer NOT NULL,
	`patents_sha256` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `declarations_organisation` ON `declarations` (`organisation_id`,`id`);--> statement-breakpoint
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
CREATE TABLE `history` (
	`id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL,
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
	`family` text,
	`version` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `patents_number_unique` ON `patents` (`number`);--> statement-breakpoint
CREATE INDEX `patents_family` ON `patents` (`family`);--> statement-breakpoint
CREATE INDEX `patents_filed` ON `patents` (`filed_on`,`id`);--> statement-breakpoint
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
