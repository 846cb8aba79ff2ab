-- Who did what to which record, when, from where. The application inserts and reads; nobody updates or deletes but the owner, through functions
-- that record it.

create table audit_logs (
  practice_id uuid not null,
  id uuid not null default gen_random_uuid(),
  timestamp timestamptz not null default now(),
  -- Sealing takes the rows of all transactions that have ended, in this order. A restored cluster counts transactions anew: a restore raises the
  -- default of `epoch` by one.
  xid xid8 not null default pg_current_xact_id(),
  epoch int not null default 1,
  user_id uuid,
  action text not null check (action in (
    'CREATE', 'READ', 'SEARCH', 'UPDATE', 'DELETE', 'RESTORE', 'EXPORT', 'LOGIN', 'LOGIN_FAILED', 'LOGOUT', 'LOCKED', 'DENIED',
    'BREAK_GLASS', 'ROTATE', 'BACKUP', 'VERIFY', 'ARCHIVE', 'ERASE')),
  table_name text not null,
  record_id uuid,
  old_values jsonb,
  new_values jsonb,
  ip_address text,
  user_agent text,
  request_id uuid,
  purpose text,
  details jsonb,
  -- The seal covers the digest and not the values, so that an erasure can remove values and salt and the seal still holds. They are null where there
  -- are no values. (That an erased row has no values is left to the erasing function: each CHECK here costs every audited read 10 to 25 µs.)
  salt bytea,
  digest bytea,
  erased_at timestamptz,
  erased_by uuid,
  primary key (practice_id, timestamp, id)
) partition by range (timestamp);

create index audit_logs_record on audit_logs (practice_id, record_id, timestamp desc) where record_id is not null;
create index audit_logs_user on audit_logs (practice_id, user_id, timestamp desc) where user_id is not null;
create index audit_logs_xid on audit_logs (xid);

call confine_to_practice('audit_logs');
-- What the application does not set it cannot forge: id, time and transaction, and the values with their digest, which only the tables' own triggers write.
grant insert (practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, purpose, details) on audit_logs to ${app};
grant select on audit_logs to ${app};

-- What a row's digest covers.
create function audit_digest(salt bytea, old_values jsonb, new_values jsonb) returns bytea
  language sql immutable parallel safe
  return sha256(salt || convert_to(jsonb_build_array(old_values, new_values)::text, 'UTF8'));

grant execute on function audit_digest(bytea, jsonb, jsonb) to ${app};

-- Whom a read of many records disclosed: one row for each. A read of one record names it in audit_logs itself.
create table audit_subjects (
  practice_id uuid not null,
  record_id uuid not null,
  at timestamptz not null default now(),
  audit_id uuid not null,
  primary key (practice_id, record_id, at, audit_id)
) partition by range (at);

call confine_to_practice('audit_subjects');
grant insert (practice_id, record_id, audit_id) on audit_subjects to ${app};
grant select on audit_subjects to ${app};

-- Everything that was done to or seen of a record, whichever way it is recorded. A subject carries its audit row's own time: both are now().
create view disclosures with (security_invoker = true) as
  select practice_id, record_id, timestamp, id as audit_id, user_id, action, table_name, ip_address, user_agent, request_id, purpose
  from audit_logs
  where record_id is not null
  union all
  select s.practice_id, s.record_id, s.at, s.audit_id, l.user_id, l.action, l.table_name, l.ip_address, l.user_agent, l.request_id, l.purpose
  from audit_subjects s
  join audit_logs l on l.practice_id = s.practice_id and l.timestamp = s.at and l.id = s.audit_id;
grant select on disclosures to ${app};

-- Has every change of a table audited: one audit row for each row that a statement changed, holding the columns that changed. Of redacted columns it
-- tells that they changed; a change of unaudited ones alone (derived, or told by an audit row of its own) is no change. The table needs practice_id and
-- id. A migration that adds a column to the table calls this again.
--
-- The trigger's function is written out for the table, column by column: taking rows apart as jsonb took ten times as long (docs/decisions). It runs as
-- the owner, so that the application needs no right to write values. The join of an update is FULL for its plan and not for its rows, since a full
-- join is hashed or merged: the plan is made when some statement changes one row and kept, and as a nested loop it would never end when a later
-- statement changes a hundred thousand.
create procedure audit_changes(target regclass, unaudited text[] default '{}', redacted text[] default '{}')
  language plpgsql
as $$
declare
  name constant text := (select relname from pg_class where oid = target);
  never constant text[] := '{practice_id,id,version,created_at,updated_at}';
  function_name constant text := 'audit_' || name;
  -- Of each audited column: its name as a literal, the old and the new row's value, and what is recorded of each.
  created text;
  removed text;
  changed_from text;
  changed_to text;
  soft boolean;
begin
  select
    string_agg(format('case when n.%I is not null then jsonb_build_object(%L, %s) else ''{}'' end', c, c, recorded_new), ' || ' order by attnum),
    string_agg(format('case when o.%I is not null then jsonb_build_object(%L, %s) else ''{}'' end', c, c, recorded_old), ' || ' order by attnum),
    string_agg(format('case when n.%I is distinct from o.%I then jsonb_build_object(%L, %s) else ''{}'' end', c, c, c, recorded_old), ' || ' order by attnum),
    string_agg(format('case when n.%I is distinct from o.%I then jsonb_build_object(%L, %s) else ''{}'' end', c, c, c, recorded_new), ' || ' order by attnum),
    bool_or(c = 'deleted_at')
  into created, removed, changed_from, changed_to, soft
  from (
    select attnum, attname as c,
      format(case when attname = any (redacted) then 'case when o.%I is not null then ''[redacted]'' end' else 'o.%I' end, attname) as recorded_old,
      format(case when attname = any (redacted) then 'case when n.%I is not null then ''[redacted]'' end' else 'n.%I' end, attname) as recorded_new
    from pg_attribute
    where attrelid = target and attnum > 0 and not attisdropped and attname <> all (never || unaudited)
  ) columns;

  execute format($function$
    create or replace function %I() returns trigger
      language plpgsql security definer
    as $body$
    begin
      if tg_op = 'INSERT' then
        insert into public.audit_logs (
          practice_id, user_id, action, table_name, record_id, new_values, ip_address, user_agent, request_id, salt, digest)
        select v.practice_id, nullif(current_setting('app.current_user_id', true), '')::uuid, 'CREATE', %L, v.id, v.new_values,
          nullif(current_setting('app.client_address', true), ''), nullif(current_setting('app.user_agent', true), ''),
          nullif(current_setting('app.request_id', true), '')::uuid, v.salt, public.audit_digest(v.salt, null, v.new_values)
        from (select n.practice_id, n.id, %s as new_values, uuid_send(gen_random_uuid()) as salt from new_rows n offset 0) v;
      elsif tg_op = 'UPDATE' then
        insert into public.audit_logs (
          practice_id, user_id, action, table_name, record_id, old_values, new_values, ip_address, user_agent, request_id, salt, digest)
        select v.practice_id, nullif(current_setting('app.current_user_id', true), '')::uuid, v.action, %L, v.id, v.old_values, v.new_values,
          nullif(current_setting('app.client_address', true), ''), nullif(current_setting('app.user_agent', true), ''),
          nullif(current_setting('app.request_id', true), '')::uuid, v.salt, public.audit_digest(v.salt, v.old_values, v.new_values)
        from (
          select n.practice_id, n.id, %s as action, %s as old_values, %s as new_values, uuid_send(gen_random_uuid()) as salt
          from old_rows o full join new_rows n on n.practice_id = o.practice_id and n.id = o.id
          offset 0
        ) v
        where v.new_values <> '{}';
      else
        insert into public.audit_logs (
          practice_id, user_id, action, table_name, record_id, old_values, ip_address, user_agent, request_id, salt, digest)
        select v.practice_id, nullif(current_setting('app.current_user_id', true), '')::uuid, 'DELETE', %L, v.id, v.old_values,
          nullif(current_setting('app.client_address', true), ''), nullif(current_setting('app.user_agent', true), ''),
          nullif(current_setting('app.request_id', true), '')::uuid, v.salt, public.audit_digest(v.salt, v.old_values, null)
        from (select o.practice_id, o.id, %s as old_values, uuid_send(gen_random_uuid()) as salt from old_rows o offset 0) v;
      end if;
      return null;
    end
    $body$
    $function$,
    function_name,
    name, created,
    name,
    case when soft
      then 'case when o.deleted_at is null and n.deleted_at is not null then ''DELETE''
              when o.deleted_at is not null and n.deleted_at is null then ''RESTORE'' else ''UPDATE'' end'
      else '''UPDATE''' end,
    changed_from, changed_to,
    name, removed);

  execute format('create or replace trigger audit_insert after insert on %s referencing new table as new_rows
    for each statement execute function %I()', target, function_name);
  execute format('create or replace trigger audit_update after update on %s referencing old table as old_rows new table as new_rows
    for each statement execute function %I()', target, function_name);
  execute format('create or replace trigger audit_delete after delete on %s referencing old table as old_rows
    for each statement execute function %I()', target, function_name);
end
$$;

select add_monthly_partitions('audit_logs', current_date, (current_date + interval '12 months')::date);
select add_monthly_partitions('audit_subjects', current_date, (current_date + interval '12 months')::date);
