-- What is bytea is encrypted under the client's own key. Names, e-mail and phone stay readable under row-level security, so that they can be
-- searched; the columns for searching are normalised in Java and compared byte by byte, which is leakproof and serves prefixes.
create table clients (
  practice_id uuid not null references practices (id),
  id uuid not null,
  first_name text not null,
  last_name text not null,
  email text not null,
  phone text,
  date_of_birth bytea,
  ssn bytea,
  address bytea,
  emergency_contact bytea,
  medical_history bytea,
  notes bytea,
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'VIP', 'INACTIVE')),
  first_name_search text collate "C" not null,
  last_name_search text collate "C" not null,
  email_search text collate "C" not null,
  first_name_phonetic text collate "C",
  last_name_phonetic text collate "C",
  ssn_index bytea,
  dob_name_index bytea,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (practice_id, id)
);

create unique index clients_email_unique on clients (practice_id, email_search) where deleted_at is null;
create index clients_created on clients (practice_id, created_at, id);
create index clients_status on clients (practice_id, status, created_at, id);
create index clients_last_name on clients (practice_id, last_name_search, first_name_search, id);
create index clients_first_name on clients (practice_id, first_name_search, last_name_search, id);
-- Those who sound alike, or share a phone, in the order that they are shown in: a page is the beginning of a walk, however many there are.
create index clients_last_name_phonetic on clients (practice_id, last_name_phonetic, last_name_search, first_name_search, id)
  where last_name_phonetic is not null;
create index clients_first_name_phonetic on clients (practice_id, first_name_phonetic, last_name_search, first_name_search, id)
  where first_name_phonetic is not null;
create index clients_phone on clients (practice_id, phone, last_name_search, first_name_search, id) where phone is not null;
create index clients_ssn on clients (practice_id, ssn_index) where ssn_index is not null;
create index clients_dob_name on clients (practice_id, dob_name_index) where dob_name_index is not null;

call confine_to_practice('clients');
call audit_changes('clients',
  unaudited => '{first_name_search,last_name_search,email_search,first_name_phonetic,last_name_phonetic,ssn_index,dob_name_index}');
grant select, insert, update on clients to ${app};
