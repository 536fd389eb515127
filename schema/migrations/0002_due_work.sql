CREATE TABLE `organisation_leavings` (
	`organisation_id` text PRIMARY KEY NOT NULL,
	`left_on` text NOT NULL,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `consents` ADD `next_reminder_at` text;--> statement-breakpoint
CREATE INDEX `consents_next_reminder` ON `consents` (`next_reminder_at`) WHERE next_reminder_at is not null;--> statement-breakpoint
ALTER TABLE `declaration_batches` ADD `attempts` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `declaration_batches` ADD `fault` text;--> statement-breakpoint
-- Looked at once more by the registry's own work, which then writes the moment that follows.
UPDATE `consents` SET `next_reminder_at` = coalesce(`asked_at`, (SELECT d.`created_at` FROM `declarations` d WHERE d.`id` = `declaration_id`)) WHERE `answer` = 'pending';
