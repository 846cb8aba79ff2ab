-- What reminds clients of their appointments.

alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (kind in ('INVITATION', 'PASSWORD_RESET', 'BREAK_GLASS', 'APPOINTMENT_REMINDER'));

-- What is left to be reminded of, by practice, since each has its own time for it. What was reminded of, and what is over, is not there.
create index appointments_unreminded on appointments (practice_id, date_time)
  where not reminder_sent and deleted_at is null and status in ('SCHEDULED', 'CONFIRMED');

-- The few practices that remind at all.
create index practices_reminding on practices (id) where reminder_hours is not null and deleted_at is null;
