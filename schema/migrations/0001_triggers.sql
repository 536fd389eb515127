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
