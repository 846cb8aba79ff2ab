create table practices (
  id uuid primary key,
  -- The practice is its own tenant: with this column every rule of a practice's tables holds for it as well.
  practice_id uuid not null generated always as (id) stored,
  name text not null,
  address text,
  phone text,
  email text,
  tax_id bytea,
  license_number bytea,
  -- An IANA name. The check calls for it by using it: an unknown one is refused when it is written, not when days are counted in it.
  time_zone text not null default 'UTC' check (timestamptz '2000-01-01 00:00:00+00' at time zone time_zone is not null),
  opening_hours jsonb,
  settings jsonb not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);

create index practices_name on practices (name);

call confine_to_practice('practices');
call audit_changes('practices');
grant select, insert, update on practices to ${app};

-- A practice's keys, wrapped by the root key of the version named. Wrapped keys live apart from what they open: no backup holds both.
create table practice_keys (
  practice_id uuid not null references practices (id),
  version int not null check (version > 0),
  root_version int not null check (root_version > 0),
  wrapped bytea not null,
  -- Whether writers may still use it. A statement that writes a ciphertext names its key's version and is refused when this is false.
  accepted boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (practice_id, version)
);

call confine_to_practice('practice_keys');
grant select, insert on practice_keys to ${app};

-- A client's own keys, wrapped by a key of the practice. No reference to the client: a key outlives the client's row when that moves to the archive,
-- and goes before it when the client is erased.
create table client_keys (
  practice_id uuid not null,
  client_id uuid not null,
  version int not null check (version > 0),
  practice_key_version int not null,
  wrapped bytea not null,
  accepted boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (practice_id, client_id, version),
  foreign key (practice_id, practice_key_version) references practice_keys (practice_id, version)
);

-- What is left to rewrap when a practice's key rotates.
create index client_keys_practice_key on client_keys (practice_id, practice_key_version);

call confine_to_practice('client_keys');
grant select, insert on client_keys to ${app};

-- Keys that sign access tokens. They belong to the platform; the private halves are wrapped by the root key.
create table signing_keys (
  kid text primary key,
  public_jwk text not null,
  root_version int not null check (root_version > 0),
  wrapped_private bytea not null,
  created_at timestamptz not null default now(),
  not_before timestamptz not null,
  expires_at timestamptz not null,
  check (not_before < expires_at)
);

grant select on signing_keys to ${app};

insert into practices (id, name) values (platform_practice(), 'MedSpaSync Pro');
