-- What a front desk runs on: when a practice is open and who works when, and what becomes of a booking.

alter table practices
  -- Minutes between the times at which an appointment may begin, counted from the beginning of working time.
  add column slot_minutes int not null default 15 check (slot_minutes between 5 and 120),
  -- A client who cancels later than that before the appointment cancels late.
  add column late_cancellation_hours int not null default 24 check (late_cancellation_hours between 0 and 168),
  -- How long before an appointment its reminder is due; null for none.
  add column reminder_hours int check (reminder_hours between 1 and 168);
call audit_changes('practices');

-- Days on which other hours hold than the week's: of a staff member, or of the whole practice. Without hours there is no work at all.
create table schedule_exceptions (
  practice_id uuid not null references practices (id),
  id uuid not null,
  -- Null for the whole practice.
  staff_id uuid,
  first_day date not null,
  last_day date not null,
  hours jsonb not null default '[]',
  label text,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (practice_id, id),
  foreign key (practice_id, staff_id) references staff (practice_id, id),
  check (last_day - first_day between 0 and 365),
  constraint schedule_exceptions_no_overlap exclude using gist (
    practice_id with =, coalesce(staff_id, practice_id) with =, daterange(first_day, last_day, '[]') with &&) where (deleted_at is null)
);
-- The days by btree, since range operators are not leakproof.
create index schedule_exceptions_days on schedule_exceptions (practice_id, staff_id, last_day) where deleted_at is null;

call confine_to_practice('schedule_exceptions');
call audit_changes('schedule_exceptions');
grant select, insert, update on schedule_exceptions to ${app};

-- Whether a day's hours, [{"from": "09:00", "to": "17:30"}], have one part that holds all of [starts_at, ends_at). A time that the clock shows twice
-- is the later of the two, and one that it skips is as much later as the clock is put forward.
create function covers(hours jsonb, day date, zone text, starts_at timestamptz, ends_at timestamptz) returns boolean
  language sql stable
  return exists (
    select from jsonb_array_elements(hours) as part
    where (day + (part ->> 'from')::time) at time zone zone <= starts_at and (day + (part ->> 'to')::time) at time zone zone >= ends_at);

-- Whether a staff member works all through [starts_at, ends_at), by their exception for the day or else by their week; and the practice, by its own,
-- is open. A practice without opening hours is always open; a staff member without working hours never works. The day is that of the beginning.
create function works(practice uuid, staff_member uuid, starts_at timestamptz, ends_at timestamptz) returns boolean
  language sql stable
begin atomic
  select exists (
    select
    from practices p
    join staff s on s.practice_id = p.id and s.id = works.staff_member
    cross join lateral (select (works.starts_at at time zone p.time_zone)::date as day) d
    cross join lateral (
      select (array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'])[extract(isodow from d.day)::int] as name) w
    where p.id = works.practice
      and covers(
        coalesce(
          (select e.hours from schedule_exceptions e
            where e.practice_id = p.id and e.staff_id = s.id and e.deleted_at is null and e.last_day >= d.day and e.first_day <= d.day),
          s.working_hours -> w.name, '[]'),
        d.day, p.time_zone, works.starts_at, works.ends_at)
      and covers(
        coalesce(
          (select e.hours from schedule_exceptions e
            where e.practice_id = p.id and e.staff_id is null and e.deleted_at is null and e.last_day >= d.day and e.first_day <= d.day),
          case when p.opening_hours is null then '[{"from": "00:00", "to": "24:00"}]' else p.opening_hours -> w.name end, '[]'),
        d.day, p.time_zone, works.starts_at, works.ends_at));
end;
grant execute on function covers(jsonb, date, text, timestamptz, timestamptz), works(uuid, uuid, timestamptz, timestamptz) to ${app};

alter table appointments
  -- Minutes, as the service had them when it was booked.
  add column buffer_before int not null default 0 check (buffer_before between 0 and 1440),
  add column buffer_after int not null default 0 check (buffer_after between 0 and 1440),
  -- Whose doing it was. A client who did not come is one who never said so.
  add column cancellation_reason text check (cancellation_reason in ('CLIENT', 'PRACTICE', 'NO_SHOW')),
  add column late_cancellation boolean not null default false,
  add check (cancellation_reason is null or status = 'CANCELLED'),
  add check (not late_cancellation or cancellation_reason = 'CLIENT');
call audit_changes('appointments');

-- Somebody may book what the rules forbid; the reason is on record.
alter table audit_logs drop constraint audit_logs_action_check;
alter table audit_logs add constraint audit_logs_action_check check (action in (
    'CREATE', 'READ', 'SEARCH', 'UPDATE', 'DELETE', 'RESTORE', 'EXPORT', 'LOGIN', 'LOGIN_FAILED', 'LOGOUT', 'LOCKED', 'DENIED',
    'BREAK_GLASS', 'ROTATE', 'BACKUP', 'VERIFY', 'ARCHIVE', 'ERASE', 'OVERRIDE'));

-- Undoes the statement that calls it, where what it found forbids what it has begun.
create function refuse() returns boolean
  language plpgsql
as $$
begin
  raise exception using errcode = 'MS409', message = 'what the statement found forbids what it was to do';
end
$$;
grant execute on function refuse() to ${app};

-- What the statement of a first request decided, which those who repeat it are told too: neither personal data nor secrets.
alter table idempotency_keys add column decided jsonb;
