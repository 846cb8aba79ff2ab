create table services (
  practice_id uuid not null references practices (id),
  id uuid not null,
  name text not null,
  category text not null,
  description text,
  -- Minutes, as are the buffers that keep the staff member occupied around an appointment.
  duration int not null check (duration between 1 and 1440),
  buffer_before int not null default 0 check (buffer_before between 0 and 1440),
  buffer_after int not null default 0 check (buffer_after between 0 and 1440),
  price numeric(12, 2) not null check (price >= 0),
  active boolean not null default true,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (practice_id, id)
);

create index services_name on services (practice_id, name, id);
create index services_category on services (practice_id, category, name, id);
create index services_active on services (practice_id, active, name, id);

call confine_to_practice('services');
call audit_changes('services');
grant select, insert, update on services to ${app};

create table staff (
  practice_id uuid not null references practices (id),
  id uuid not null,
  user_id uuid not null,
  first_name text not null,
  last_name text not null,
  role text not null check (role in ('ADMIN', 'STAFF', 'MANAGER', 'PRACTITIONER')),
  specializations text[] not null default '{}',
  phone text,
  email text,
  working_hours jsonb,
  hourly_rate numeric(12, 2) check (hourly_rate >= 0),
  active boolean not null default true,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (practice_id, id),
  foreign key (practice_id, user_id) references users (practice_id, id)
);

create unique index staff_user_unique on staff (practice_id, user_id) where deleted_at is null;
create index staff_name on staff (practice_id, last_name, first_name, id);
create index staff_role on staff (practice_id, role);
create index staff_active on staff (practice_id, active);

call confine_to_practice('staff');
call audit_changes('staff');
grant select, insert, update on staff to ${app};
