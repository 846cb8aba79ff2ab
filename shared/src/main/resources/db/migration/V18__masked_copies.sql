-- Masked copies of practices for development (docs/masked-copies.md): asked for by an operator, made by a queue job. They belong to the platform,
-- whatever practice they are of.
create table masked_copies (
  practice_id uuid not null,
  id uuid not null,
  target_practice uuid not null,
  reason text not null,
  requested_by uuid,
  status text not null default 'PENDING' check (status in ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED')),
  -- Rows: copied so far, and there when it began.
  done bigint not null default 0,
  total bigint,
  -- Of a complete one: name, rows, bytes and SHA-256 of each file.
  files jsonb,
  error text,
  -- What pseudonyms are made with, sealed under the root key of the version named. It goes when the copy is complete or deleted: then nobody can go back.
  secret bytea,
  secret_root_version int,
  -- How far it is, for whoever goes on. It names a record, and goes with the secret.
  checkpoint jsonb,
  -- Who works on it holds it for a while. Each holder gets a higher fence, and a statement of an earlier holder changes nothing.
  fence bigint not null default 0,
  held_until timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  completed_at timestamptz,
  -- When its files were deleted.
  deleted_at timestamptz,
  primary key (practice_id, id),
  check ((secret is null) = (secret_root_version is null)),
  check (secret is null or status <> 'COMPLETED' and deleted_at is null)
);

create index masked_copies_created on masked_copies (practice_id, created_at desc, id desc);
-- One of a practice at a time.
create unique index masked_copies_running on masked_copies (practice_id, target_practice) where status in ('PENDING', 'PROCESSING');
-- What is left to seal anew when the root key rotates.
create index masked_copies_secret on masked_copies (secret_root_version) where secret is not null;

call confine_to_practice('masked_copies');
call audit_changes('masked_copies', unaudited => '{done,total,secret_root_version,checkpoint,fence,held_until,completed_at}', redacted => '{secret}');
-- The application does not read the secret; it forgets it when it deletes a copy.
grant select (practice_id, id, target_practice, reason, requested_by, status, done, total, files, error, fence, version, created_at, updated_at, completed_at,
  deleted_at) on masked_copies to ${app};
grant insert (practice_id, id, target_practice, reason, requested_by) on masked_copies to ${app};
grant update (status, error, secret, secret_root_version, checkpoint, fence, held_until, version, updated_at, deleted_at) on masked_copies to ${app};
