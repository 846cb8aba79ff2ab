-- What free times are read by, and what reminds clients of their appointments.

-- With all that a month's bookings are read for, so that their rows need not be fetched one by one.
drop index staff_bookings_start;
create index staff_bookings_start on staff_bookings (practice_id, staff_id, starts_at) include (during, blocking);

alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (kind in ('INVITATION', 'PASSWORD_RESET', 'BREAK_GLASS', 'APPOINTMENT_REMINDER'));

-- What is left to be reminded of, by practice, since each has its own time for it. What was reminded of, and what is over, is not there.
create index appointments_unreminded on appointments (practice_id, date_time)
  where not reminder_sent and deleted_at is null and status in ('SCHEDULED', 'CONFIRMED');

-- The few practices that remind at all.
create index practices_reminding on practices (id) where reminder_hours is not null and deleted_at is null;
