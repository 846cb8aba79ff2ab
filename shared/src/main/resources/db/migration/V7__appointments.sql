create table appointments (
  -- That the practice exists follows from the three references below; checking it apart would lock its row once more for each booking.
  practice_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  service_id uuid not null,
  staff_id uuid not null,
  date_time timestamptz not null,
  -- Minutes.
  duration int not null check (duration between 1 and 1440),
  status text not null default 'SCHEDULED' check (status in ('SCHEDULED', 'CONFIRMED', 'CANCELLED', 'COMPLETED')),
  notes bytea,
  price numeric(12, 2) not null check (price >= 0),
  payment_status text not null default 'PENDING' check (payment_status in ('PENDING', 'PAID', 'FAILED', 'REFUNDED')),
  reminder_sent boolean not null default false,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  -- The partition's key has to stand in it. What makes (practice_id, id) unique across the years is the row in staff_bookings.
  primary key (practice_id, id, date_time),
  foreign key (practice_id, client_id) references clients (practice_id, id),
  foreign key (practice_id, service_id) references services (practice_id, id),
  foreign key (practice_id, staff_id) references staff (practice_id, id)
) partition by range (date_time);

create index appointments_time on appointments (practice_id, date_time, id);
create index appointments_staff on appointments (practice_id, staff_id, date_time);
create index appointments_client on appointments (practice_id, client_id, date_time);
create index appointments_service on appointments (practice_id, service_id, date_time);
create index appointments_status on appointments (practice_id, status, date_time);
create index appointments_payment_status on appointments (practice_id, payment_status, date_time);

call confine_to_practice('appointments');
call audit_changes('appointments');
grant select, insert, update on appointments to ${app};

-- When a staff member is taken: one row for each appointment, written by the same statement. It is not partitioned, since an exclusion across
-- partitions must hold and cannot be had there; a cancelled appointment keeps its row and no longer blocks.
create table staff_bookings (
  practice_id uuid not null,
  appointment_id uuid not null,
  staff_id uuid not null,
  -- The appointment's date_time: it leads from an id to the one partition that holds the appointment.
  starts_at timestamptz not null,
  -- The time that is taken, buffers included: [from, to).
  during tstzrange not null check (not isempty(during) and lower_inc(during) and not upper_inc(during)),
  blocking boolean not null default true,
  primary key (practice_id, appointment_id),
  foreign key (practice_id, staff_id) references staff (practice_id, id),
  constraint staff_bookings_no_overlap
    exclude using gist (practice_id with =, staff_id with =, during with &&) where (blocking)
);

-- Availability reads by this one: range operators are not leakproof, so that under row-level security they cannot use the exclusion's index.
create index staff_bookings_start on staff_bookings (practice_id, staff_id, starts_at);

call confine_to_practice('staff_bookings');
grant select, insert, update on staff_bookings to ${app};

select add_yearly_partitions('appointments', (current_date - interval '3 years')::date, (current_date + interval '2 years')::date);
