-- Keys are replaced while everything runs: a version is added, everything under the old one is moved to it, and the old one is retired. From its
-- retirement on, no statement may encrypt under it.

-- Versions of the root key that nothing may be wrapped under any more. Where the root lies nobody knows transactions; so the statement that stores
-- a wrapped key looks here.
create table retired_root_keys (
  version int primary key check (version > 0),
  retired_at timestamptz not null default now()
);
grant select on retired_root_keys to ${app};

-- One replacement of one key: asked for by an operator, carried out by a queue job. It belongs to the platform, whatever practice it is about.
create table key_rotations (
  practice_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('ROOT', 'PRACTICE', 'CLIENT')),
  target_practice uuid,
  target_client uuid,
  reason text not null,
  requested_by uuid,
  status text not null default 'PENDING' check (status in ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED')),
  -- Null until the new version is there.
  from_version int,
  to_version int,
  -- Stages are worked off one by one. A stage begins by moving what writers are allowed, at `opened_at` by the transaction `opened_xid`; it ends when
  -- nothing is left of what they wrote before.
  stage int not null default 0,
  opened_at timestamptz,
  opened_xid xid8,
  -- How many things were moved.
  done bigint not null default 0,
  error text,
  -- Who works on it holds it for a while. Each holder gets a higher fence, and a statement of an earlier holder changes nothing.
  fence bigint not null default 0,
  held_until timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  completed_at timestamptz,
  primary key (practice_id, id),
  check ((kind = 'ROOT') = (target_practice is null)),
  check ((kind = 'CLIENT') = (target_client is not null))
);

create index key_rotations_created on key_rotations (practice_id, created_at desc, id desc);
-- One at a time for each key; a failed one has to be resumed, since it has left the key between two versions.
create unique index key_rotations_running on key_rotations (practice_id, kind, coalesce(target_practice, practice_id), coalesce(target_client, practice_id))
  where status <> 'COMPLETED';

call confine_to_practice('key_rotations');
call audit_changes('key_rotations', unaudited => '{opened_at,opened_xid,done,fence,held_until,completed_at}');
grant select, insert on key_rotations to ${app};
grant update (status, error, version, updated_at) on key_rotations to ${app};

-- Whether a practice has a key, or a client of it, for an operator, who sees no practice's rows. It says no more than that.
create function has_key(practice uuid, client uuid) returns boolean
  language sql stable security definer
  set search_path = public, pg_temp
as $$
  select case
    when client is null then exists (select from practice_keys where practice_id = practice)
    else exists (select from client_keys where practice_id = practice and client_id = client)
  end
$$;
grant execute on function has_key(uuid, uuid) to ${app};

-- When the values of a row were encrypted anew under another key of the client. The digest stays that of the values that were sealed: verification
-- reports this, and not tampering.
alter table audit_logs add column reencrypted_at timestamptz;

create function reencrypt_audit_values(practice uuid, at timestamptz, audit_id uuid, old_audit jsonb, new_audit jsonb, old_anew jsonb, new_anew jsonb)
  returns boolean
  language sql security definer
  set search_path = public, pg_temp
as $$
  update audit_logs
  set old_values = old_anew, new_values = new_anew, reencrypted_at = now()
  where practice_id = practice and timestamp = at and id = audit_id
    and old_values is not distinct from old_audit and new_values is not distinct from new_audit
  returning true
$$;
grant execute on function reencrypt_audit_values(uuid, timestamptz, uuid, jsonb, jsonb, jsonb, jsonb) to ${maintenance};
