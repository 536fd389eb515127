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
