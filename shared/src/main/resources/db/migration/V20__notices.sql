-- What the platform has to tell somebody (docs/messages.md): written by the statement that is its cause, delivered by a queue function. A notice holds
-- ids alone; what its message says is composed when it is delivered.
create table notices (
  practice_id uuid not null references practices (id),
  id uuid not null,
  kind text not null check (kind in ('INVITATION', 'PASSWORD_RESET', 'BREAK_GLASS')),
  -- Whom or what it is about.
  subject_id uuid not null,
  created_at timestamptz not null default now(),
  attempts int not null default 0,
  -- Until then nobody else tries: somebody is at it, or it is too early.
  held_until timestamptz,
  delivered_at timestamptz,
  failed_at timestamptz,
  -- Why the last attempt did not succeed; neither secrets nor personal data.
  error text,
  primary key (practice_id, id),
  check (delivered_at is null or failed_at is null)
);

-- What is left to be delivered: by id, which is all that a message of the queue names, and in order of age, since ids count up with time.
create index notices_undelivered on notices (id) where delivered_at is null and failed_at is null;

call confine_to_practice('notices');
-- No trigger audits it: the row itself says what was told and when, and the application cannot change it.
grant select on notices to ${app};
grant insert (practice_id, id, kind, subject_id) on notices to ${app};

-- Where a practice has messages sent. One that is deleted has no secret any more.
create table message_channels (
  practice_id uuid not null references practices (id),
  -- A practice has one: with this column the rules for records hold for it as well.
  id uuid not null generated always as (practice_id) stored,
  url text not null,
  secret bytea,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (practice_id),
  check ((secret is null) = (deleted_at is not null))
);

call confine_to_practice('message_channels');
call audit_changes('message_channels', redacted => '{secret}');
grant select on message_channels to ${app};
grant insert (practice_id, url, secret) on message_channels to ${app};
grant update (url, secret, version, created_at, updated_at, deleted_at) on message_channels to ${app};
