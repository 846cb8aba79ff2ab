-- What the worker needs that counts days anew and refreshes the summary.

-- Without an instant it is the whole practice: all its days have to be counted again.
alter table summary_dirty alter column date_time drop not null;
create index summary_dirty_whole on summary_dirty (practice_id) where date_time is null;

-- Other days begin and end with another time zone. One row, whatever the practice has; the worker does the rest.
create function mark_whole_practice() returns trigger
  language plpgsql
as $$
begin
  insert into summary_dirty (practice_id, date_time) values (new.practice_id, null);
  return null;
end
$$;
create trigger mark_days_time_zone after update of time_zone on practices
  for each row when (old.time_zone is distinct from new.time_zone) execute function mark_whole_practice();

-- What is counted is the status, the price and whether it is deleted; whether it is paid is not.
create or replace function mark_days_of_changed() returns trigger
  language plpgsql
as $$
begin
  insert into summary_dirty (practice_id, date_time)
  with o as (select practice_id, id, date_time, status, price, deleted_at is null as counts from old_rows),
  n as (select practice_id, id, date_time, status, price, deleted_at is null as counts from new_rows)
  select practice_id, date_time from (select * from o except select * from n) was
  union
  select practice_id, date_time from (select * from n except select * from o) is_now;
  return null;
end
$$;

-- How far the summary has come: one row.
create table summary_state (
  only_row boolean primary key default true check (only_row),
  -- The moment that daily_totals stand for: every change that was there by then is counted. Null while only a part of the changes is.
  counted_as_of timestamptz,
  -- Whether daily_totals have changed since the materialized view was refreshed. It outlives whoever changed them.
  behind boolean not null default true,
  -- The moment that the materialized view stands for.
  as_of timestamptz not null
);
grant select (as_of) on summary_state to ${app};

-- The view is still empty, as it was right to be until the first appointment was written.
insert into summary_state (as_of) values (coalesce((select min(created_at) from appointments), now()));
