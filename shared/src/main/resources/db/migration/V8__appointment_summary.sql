-- Which instants' days have to be counted again. Appended to by every change of an appointment and emptied by the one worker that counts; without
-- a unique key writers never wait for each other, and it is the instant and not the day, since the practice's time zone may change.
create table summary_dirty (
  practice_id uuid not null,
  date_time timestamptz not null
);

call confine_to_practice('summary_dirty');
grant insert on summary_dirty to ${app};

create function mark_days_of_new() returns trigger
  language plpgsql
as $$
begin
  insert into summary_dirty (practice_id, date_time) select distinct practice_id, date_time from new_rows;
  return null;
end
$$;

create function mark_days_of_old() returns trigger
  language plpgsql
as $$
begin
  insert into summary_dirty (practice_id, date_time) select distinct practice_id, date_time from old_rows;
  return null;
end
$$;

-- EXCEPT both ways leaves the rows of which something changed that is counted.
create function mark_days_of_changed() returns trigger
  language plpgsql
as $$
begin
  insert into summary_dirty (practice_id, date_time)
  with o as (select practice_id, id, date_time, status, payment_status, price, deleted_at from old_rows),
  n as (select practice_id, id, date_time, status, payment_status, price, deleted_at from new_rows)
  select practice_id, date_time from (select * from o except select * from n) was
  union
  select practice_id, date_time from (select * from n except select * from o) is_now;
  return null;
end
$$;

create trigger mark_days_insert after insert on appointments referencing new table as new_rows
  for each statement execute function mark_days_of_new();
create trigger mark_days_update after update on appointments referencing old table as old_rows new table as new_rows
  for each statement execute function mark_days_of_changed();
create trigger mark_days_delete after delete on appointments referencing old table as old_rows
  for each statement execute function mark_days_of_old();

-- One row for each day of a practice, in its own time zone, that has an appointment which is not deleted.
create table daily_totals (
  practice_id uuid not null references practices (id),
  day date not null,
  total_appointments int not null check (total_appointments > 0),
  completed_appointments int not null,
  cancelled_appointments int not null,
  total_revenue numeric(14, 2) not null,
  completed_revenue numeric(14, 2) not null,
  counted_at timestamptz not null default now(),
  primary key (practice_id, day)
);

call confine_to_practice('daily_totals');
grant select on daily_totals to ${app};

-- Rates are of the day's appointments; trailing averages are for each of the last 7 and 28 days, whether or not the practice was open.
create materialized view appointment_summary as
  select
    practice_id,
    day as appointment_date,
    total_appointments,
    completed_appointments,
    cancelled_appointments,
    total_revenue,
    completed_revenue,
    round(completed_appointments::numeric / total_appointments, 4) as completion_rate,
    round(cancelled_appointments::numeric / total_appointments, 4) as cancellation_rate,
    round(sum(total_appointments) over week / 7.0, 2) as average_appointments_7_days,
    round(sum(total_appointments) over month / 28.0, 2) as average_appointments_28_days,
    round(sum(total_revenue) over week / 7, 2) as average_revenue_7_days,
    round(sum(total_revenue) over month / 28, 2) as average_revenue_28_days
  from daily_totals
  window
    week as (partition by practice_id order by day range between interval '6 days' preceding and current row),
    month as (partition by practice_id order by day range between interval '27 days' preceding and current row);

create unique index appointment_summary_day on appointment_summary (practice_id, appointment_date);

-- A materialized view has no policies. This view is the only way to it, and the only one that is not security_invoker.
create view practice_appointment_summary with (security_barrier = true) as
  select * from appointment_summary
  where practice_id = (select nullif(current_setting('app.current_practice_id', true), '')::uuid);
grant select on practice_appointment_summary to ${app};
