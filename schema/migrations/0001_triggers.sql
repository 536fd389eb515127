-- An assumption that holds leaves no row; one that does not ends the batch it stands in.
create trigger guard_holds before insert on guard when new.holds = 1 begin
  select raise(ignore);
end;
--> statement-breakpoint
create trigger guard_stale before insert on guard when new.holds is not 1 begin
  select raise(abort, 'stale');
end;
--> statement-breakpoint
-- The log has no gap and is never rewritten.
create trigger log_entries_gapless before insert on log_entries
when new.sequence is not (select coalesce(max(sequence) + 1, 0) from log_entries) begin
  select raise(abort, 'stale');
end;
--> statement-breakpoint
create trigger log_entries_no_update before update on log_entries begin
  select raise(abort, 'log entries are never changed');
end;
--> statement-breakpoint
create trigger log_entries_no_delete before delete on log_entries begin
  select raise(abort, 'log entries are never deleted');
end;
--> statement-breakpoint
create trigger log_nodes_no_update before update on log_nodes begin
  select raise(abort, 'log nodes are never changed');
end;
--> statement-breakpoint
create trigger log_nodes_no_delete before delete on log_nodes begin
  select raise(abort, 'log nodes are never deleted');
end;
--> statement-breakpoint
create trigger log_checkpoints_no_update before update on log_checkpoints begin
  select raise(abort, 'checkpoints are never changed');
end;
--> statement-breakpoint
create trigger log_checkpoints_no_delete before delete on log_checkpoints begin
  select raise(abort, 'checkpoints are never deleted');
end;
--> statement-breakpoint
create trigger patent_statuses_no_update before update on patent_statuses begin
  select raise(abort, 'legal status is only added');
end;
--> statement-breakpoint
create trigger patent_statuses_no_delete before delete on patent_statuses begin
  select raise(abort, 'legal status is only added');
end;
--> statement-breakpoint
create trigger grant_events_no_update before update on grant_events begin
  select raise(abort, 'grant events are only added');
end;
--> statement-breakpoint
create trigger grant_events_no_delete before delete on grant_events begin
  select raise(abort, 'grant events are only added');
end;
--> statement-breakpoint
create trigger history_no_delete before delete on history begin
  select raise(abort, 'history is only added');
end;
--> statement-breakpoint
-- `insert or replace` deletes without firing delete triggers.
create trigger log_nodes_no_replace before insert on log_nodes
when exists (select 1 from log_nodes where level = new.level and position = new.position) begin
  select raise(abort, 'UNIQUE constraint failed: log_nodes');
end;
--> statement-breakpoint
-- `insert or replace` deletes without firing delete triggers.
create trigger log_checkpoints_no_replace before insert on log_checkpoints
when exists (select 1 from log_checkpoints where size = new.size) begin
  select raise(abort, 'UNIQUE constraint failed: log_checkpoints');
end;
--> statement-breakpoint
-- `insert or replace` deletes without firing delete triggers.
create trigger patent_statuses_no_replace before insert on patent_statuses
when exists (select 1 from patent_statuses where patent_id = new.patent_id and sequence = new.sequence) begin
  select raise(abort, 'UNIQUE constraint failed: patent_statuses');
end;
--> statement-breakpoint
-- `insert or replace` deletes without firing delete triggers.
create trigger grant_events_no_replace before insert on grant_events
when exists (select 1 from grant_events where grant_id = new.grant_id and version = new.version) begin
  select raise(abort, 'UNIQUE constraint failed: grant_events');
end;
--> statement-breakpoint
-- Ids of values begin behind those of fields and years, which are their own.
insert into map_values (id, dim, value) values (9999, '', '');
--> statement-breakpoint
-- The values of the patents of the running batch, before (sign -1) and after (sign 1); empty between batches.
create table `map_changes` (
  `place` integer primary key, `rank` integer not null, `sign` integer not null, `id` integer not null, `value` text,
  `partners` integer not null, `share` integer not null, `open` integer not null
);
--> statement-breakpoint
-- Words of patents; the texts themselves are not kept twice. Filled with tokens that the code makes (two letters at a time for Japanese).
create virtual table search_text using fts5 (
  title, names, numbers, classes, related, filters,
  content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0"
);
--> statement-breakpoint
-- Who follows the changes relies on their numbers: none is taken back or given to another.
create trigger changes_no_update before update on changes begin
  select raise(abort, 'changes are only added');
end;
--> statement-breakpoint
create trigger changes_no_delete before delete on changes begin
  select raise(abort, 'changes are only added');
end;
--> statement-breakpoint
-- `insert or replace` deletes without firing delete triggers.
create trigger changes_no_replace before insert on changes
when exists (select 1 from changes where sequence = new.sequence) begin
  select raise(abort, 'UNIQUE constraint failed: changes');
end;
--> statement-breakpoint
-- What was given is not changed afterwards, and what was ended stays so: acts rely on it.
create trigger mandates_only_end before update on mandates
when old.ended_at is not null or new.ended_at is null
  or (new.id, new.principal_id, new.agent_id, new.scope, new.from_on, new.given_at, new.given_by)
    is not (old.id, old.principal_id, old.agent_id, old.scope, old.from_on, old.given_at, old.given_by)
  or new.until_on is not old.until_on begin
  select raise(abort, 'a mandate is only ended');
end;
--> statement-breakpoint
create trigger mandates_no_delete before delete on mandates begin
  select raise(abort, 'a mandate is only ended');
end;
--> statement-breakpoint
-- `insert or replace` deletes without firing delete triggers.
create trigger mandates_no_replace before insert on mandates when exists (select 1 from mandates where id = new.id) begin
  select raise(abort, 'UNIQUE constraint failed: mandates');
end;
