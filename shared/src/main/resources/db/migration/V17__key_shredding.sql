-- Keys are destroyed, and with them whatever they encrypt: in tables, in the history, in every backup of the records. What stays behind says that it was
-- done on purpose.

-- Whose keys were destroyed. It belongs to the keys and not to the records: a restored record without a key finds here why.
create table destroyed_keys (
  practice_id uuid not null,
  -- The nil UUID stands for the practice's own keys, and so for everything of it.
  client_id uuid not null,
  shredding_id uuid not null,
  destroyed_at timestamptz not null default now(),
  primary key (practice_id, client_id)
);
call confine_to_practice('destroyed_keys');
grant select on destroyed_keys to ${app};

-- Whether a client's keys were destroyed, its own or its practice's. To be asked where there are none.
create function keys_destroyed(practice uuid, client uuid) returns boolean
  language sql stable
  set search_path = public, pg_temp
as $$
  select exists (
    select from destroyed_keys
    where practice_id = practice and client_id in (client, '00000000-0000-0000-0000-000000000000'))
$$;
grant execute on function keys_destroyed(uuid, uuid) to ${app};

-- One destruction of one key: asked for by an operator, carried out by a queue job. It belongs to the platform, whatever practice it is about.
create table key_shreddings (
  practice_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('CLIENT', 'PRACTICE')),
  target_practice uuid not null,
  target_client uuid,
  reason text not null,
  requested_by uuid,
  status text not null check (status in ('WAITING', 'PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED')),
  -- A practice's keys are destroyed when that was asked for twice, the second time not before this.
  confirmable_at timestamptz,
  confirmed_at timestamptz,
  confirmed_by uuid,
  client_keys bigint not null default 0,
  practice_keys bigint not null default 0,
  destroyed_at timestamptz,
  -- When the last backup that may hold the keys has expired; and when it was found then that they are nowhere.
  certifiable_at timestamptz,
  certified_at timestamptz,
  done bigint not null default 0,
  error text,
  fence bigint not null default 0,
  held_until timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  completed_at timestamptz,
  primary key (practice_id, id),
  check ((kind = 'CLIENT') = (target_client is not null)),
  check (target_practice <> practice_id),
  check (kind = 'CLIENT' or confirmable_at is not null),
  -- Whatever a statement says: no practice's keys go without the second step in its time.
  check (kind = 'CLIENT' or status in ('WAITING', 'CANCELLED') or coalesce(confirmed_at >= confirmable_at, false)),
  check (certified_at is null or certified_at >= certifiable_at)
);

create index key_shreddings_created on key_shreddings (practice_id, created_at desc, id desc);
create unique index key_shreddings_running on key_shreddings (practice_id, target_practice, coalesce(target_client, practice_id))
  where status not in ('COMPLETED', 'CANCELLED');

call confine_to_practice('key_shreddings');
call audit_changes('key_shreddings', unaudited => '{done,fence,held_until,completed_at}');
grant select, insert on key_shreddings to ${app};
grant update (status, error, confirmed_at, confirmed_by, version, updated_at) on key_shreddings to ${app};
