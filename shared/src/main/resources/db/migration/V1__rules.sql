-- What every later migration stands on: who may do what by default, and the two rules a table takes with one call.

-- FORCE ROW LEVEL SECURITY binds the owner as well. Without BYPASSRLS a migration's UPDATE changes no row, a foreign key "validates" rows that
-- violate it, and a materialized view fills with nothing, all of it silently.
do $$
begin
  if not (select rolbypassrls from pg_roles where rolname = current_user) then
    raise exception 'migrations must run as a role with BYPASSRLS, not as %', current_user;
  end if;
end
$$;

alter default privileges revoke execute on functions from public;

-- The application compares its own schema version with this table's, and says so in its readiness.
grant select on ${flyway:table} to ${app};

create extension if not exists btree_gist with schema public;

-- The platform's own practice. It owns the operators and the audit of logins by unknown users: a key column cannot be null.
create function platform_practice() returns uuid
  language sql immutable parallel safe
  return '00000000-0000-0000-0000-000000000000'::uuid;

-- Confines a table to the practice that the connection's transaction has named. The sub-select is evaluated once for a statement, not for a row;
-- an unset practice reads as null and matches nothing.
create procedure confine_to_practice(target regclass)
  language plpgsql
as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy %I on %s
       using (practice_id = (select nullif(current_setting(''app.current_practice_id'', true), '''')::uuid))
       with check (practice_id = (select nullif(current_setting(''app.current_practice_id'', true), '''')::uuid))',
    (select relname from pg_class where oid = target) || '_of_practice', target);
end
$$;

-- Adds to a range-partitioned table the partition for [lower_bound, upper_bound), unless it is there. CREATE ... PARTITION OF would lock the
-- parent and all it refers to against everybody; a table made apart and attached only holds off other schema changes. Row-level security on the
-- partition, without a policy, keeps out anybody who is granted it by mistake: access goes through the parent and the parent's policy.
create function add_partition(parent regclass, partition_name text, lower_bound timestamptz, upper_bound timestamptz) returns boolean
  language plpgsql
  set timezone = 'UTC'
as $$
begin
  if exists (select from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = parent and c.relname = partition_name) then
    return false;
  end if;
  execute format('create table %I (like %s including all)', partition_name, parent);
  execute format('alter table %I enable row level security', partition_name);
  execute format('alter table %I force row level security', partition_name);
  execute format('alter table %s attach partition %I for values from (%L) to (%L)', parent, partition_name, lower_bound, upper_bound);
  return true;
end
$$;

-- Adds the partitions by month that a table needs from `first` to `last`, and answers how many were lacking.
create function add_monthly_partitions(parent regclass, first date, last date) returns int
  language sql
  set timezone = 'UTC'
as $$
  select count(*) filter (where add_partition(parent, format('%s_%s', parent, to_char(month, 'YYYY_MM')), month, month + interval '1 month'))::int
  from generate_series(date_trunc('month', first::timestamptz), last::timestamptz, interval '1 month') as month
$$;

-- The same by year.
create function add_yearly_partitions(parent regclass, first date, last date) returns int
  language sql
  set timezone = 'UTC'
as $$
  select count(*) filter (where add_partition(parent, format('%s_%s', parent, to_char(year, 'YYYY')), year, year + interval '1 year'))::int
  from generate_series(date_trunc('year', first::timestamptz), last::timestamptz, interval '1 year') as year
$$;
