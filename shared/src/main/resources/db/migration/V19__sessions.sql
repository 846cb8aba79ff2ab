-- Who is logged in, how well that is proved and for how long: sessions, second factors, earlier passwords, and access in an emergency.

-- What a practice asks of its users.
alter table practices
  add column second_factor_for text[] not null default '{}' check (second_factor_for <@ array['ADMIN', 'MANAGER', 'PRACTITIONER', 'STAFF']),
  add column session_idle_minutes int not null default 15 check (session_idle_minutes between 5 and 60),
  add column session_hours int not null default 12 check (session_hours between 1 and 24);
call audit_changes('practices');

-- Operators, whose role is stored as ADMIN, need a second factor from the start.
update practices set second_factor_for = '{ADMIN}' where id = platform_practice();

-- mfa_secret without mfa_enabled is one of which its owner has not shown yet that an authenticator holds it. Of a code that was used, and of all before
-- it, mfa_last_step keeps that they count no more.
alter table users add column mfa_last_step bigint not null default 0;
-- When the user was last sent word that brings a one-time token: who asks for it without a login is not to flood them.
alter table users add column noticed_at timestamptz;
call audit_changes('users', unaudited => '{email_search,last_login,login_attempts,mfa_last_step,noticed_at}', redacted => '{password,mfa_secret}');

-- The passwords that a user had, so that none comes back soon.
create table password_history (
  practice_id uuid not null,
  user_id uuid not null,
  replaced_at timestamptz not null default now(),
  password text not null,
  primary key (practice_id, user_id, replaced_at),
  foreign key (practice_id, user_id) references users (practice_id, id)
);
call confine_to_practice('password_history');
grant select, insert on password_history to ${app};

-- What stands in for a lost authenticator, each once.
create table recovery_codes (
  practice_id uuid not null,
  user_id uuid not null,
  code_hash bytea not null check (octet_length(code_hash) = 32),
  created_at timestamptz not null default now(),
  used_at timestamptz,
  -- Codes that were replaced by others stay, so that their use can still be told from a guess.
  replaced_at timestamptz,
  primary key (practice_id, user_id, code_hash),
  foreign key (practice_id, user_id) references users (practice_id, id)
);
call confine_to_practice('recovery_codes');
grant select, insert, update on recovery_codes to ${app};

-- A login, until it ends. The refresh token is told by two hashes: of the part that all tokens of the session have in common, and of the part that changes
-- with each use. Who has the first and not the second holds a token that was used before.
create table sessions (
  practice_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  created_at timestamptz not null default now(),
  -- When the user last gave what proves who they are; with a second factor or without one.
  authenticated_at timestamptz not null default now(),
  second_factor boolean not null,
  -- Renewed by requests, once a minute.
  last_seen timestamptz not null default now(),
  idle interval not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  end_reason text check (end_reason in ('LOGOUT', 'REVOKED', 'REUSED', 'PASSWORD', 'SECOND_FACTOR', 'DEACTIVATED')),
  family_hash bytea not null check (octet_length(family_hash) = 32),
  refresh_hash bytea not null check (octet_length(refresh_hash) = 32),
  previous_hash bytea,
  refreshed_at timestamptz not null default now(),
  ip_address text,
  user_agent text,
  primary key (practice_id, id),
  foreign key (practice_id, user_id) references users (practice_id, id),
  check ((ended_at is null) = (end_reason is null))
);
create index sessions_user on sessions (practice_id, user_id) where ended_at is null;
call confine_to_practice('sessions');
grant select, insert on sessions to ${app};
grant update (authenticated_at, second_factor, last_seen, ended_at, end_reason, refresh_hash, previous_hash, refreshed_at) on sessions to ${app};

-- Leave to see one client's whole record for a while, whatever the role, because somebody may come to harm otherwise.
create table emergency_accesses (
  practice_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  session_id uuid not null,
  client_id uuid not null,
  reason text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  reviewed_at timestamptz,
  reviewed_by uuid,
  verdict text check (verdict in ('JUSTIFIED', 'UNJUSTIFIED')),
  review_note text,
  version int not null default 1,
  updated_at timestamptz not null default now(),
  primary key (practice_id, id),
  foreign key (practice_id, user_id) references users (practice_id, id),
  foreign key (practice_id, session_id) references sessions (practice_id, id),
  check ((reviewed_at is null) = (verdict is null) and (reviewed_at is null) = (reviewed_by is null)),
  -- Nobody reviews themselves, and nothing is reviewed while it lasts.
  check (reviewed_by <> user_id),
  check (reviewed_at >= least(ended_at, expires_at)),
  check (expires_at <= created_at + interval '1 hour')
);
create index emergency_accesses_open on emergency_accesses (practice_id, created_at desc, id desc);
call confine_to_practice('emergency_accesses');
-- What somebody writes about an emergency may be about the client: it stays with the access.
call audit_changes('emergency_accesses', redacted => '{reason,review_note}');
grant select, insert on emergency_accesses to ${app};
grant update (ended_at, reviewed_at, reviewed_by, verdict, review_note, version, updated_at) on emergency_accesses to ${app};

-- Whatever is recorded while such leave is made use of, is marked with it, by whichever statement.
alter table audit_logs add column break_glass uuid default nullif(current_setting('app.break_glass', true), '')::uuid;
create index audit_logs_break_glass on audit_logs (practice_id, break_glass, timestamp) where break_glass is not null;

create or replace view disclosures with (security_invoker = true) as
  select practice_id, record_id, timestamp, id as audit_id, user_id, action, table_name, ip_address, user_agent, request_id, purpose, break_glass
  from audit_logs
  where record_id is not null
  union all
  select s.practice_id, s.record_id, s.at, s.audit_id, l.user_id, l.action, l.table_name, l.ip_address, l.user_agent, l.request_id, l.purpose, l.break_glass
  from audit_subjects s
  join audit_logs l on l.practice_id = s.practice_id and l.timestamp = s.at and l.id = s.audit_id;

-- Refuses the transaction of somebody whose session has ended, whose role is stored as another by now, or whose leave is over. It runs with the settings of every
-- request, so before its statement. The practice of the session is the user's own, which is not the one that an operator acts in: so it runs as the
-- owner, and tells no more than whether a session stands whose id one has. Without a search_path of its own, for what that costs every request
-- (docs/decisions/0018): tables are named with their schema.
create function require_session(home uuid, session uuid, holder uuid, as_role text, emergency uuid) returns void
  language plpgsql security definer
as $$
declare
  seen timestamptz;
begin
  select s.last_seen into seen
  from public.sessions s
  join public.users u on u.practice_id = s.practice_id and u.id = s.user_id
  where s.practice_id = home and s.id = session and s.user_id = holder
    and s.ended_at is null and s.expires_at > now() and s.last_seen + s.idle > now()
    and u.active and u.deleted_at is null and u.role = as_role;
  if not found or (emergency is not null and not exists (
      select from public.emergency_accesses e
      where e.practice_id = home and e.id = emergency and e.session_id = session and e.ended_at is null and e.expires_at > now())) then
    raise exception using errcode = 'MS401', message = 'the session has ended';
  end if;
  if seen < now() - interval '1 minute' then
    -- Of several requests of a session one is enough, and none waits for another.
    update public.sessions set last_seen = now()
    where practice_id = home
      and id in (select s.id from public.sessions s where s.practice_id = home and s.id = session for update skip locked);
  end if;
end
$$;
grant execute on function require_session(uuid, uuid, uuid, text, uuid) to ${app};

alter table one_time_tokens drop constraint one_time_tokens_purpose_check;
alter table one_time_tokens add constraint one_time_tokens_purpose_check
  check (purpose in ('FIRST_LOGIN', 'INVITATION', 'PASSWORD_RESET', 'SECOND_FACTOR'));

-- How often somebody tried to get in from an address. Unlogged: after a crash all begin anew.
create unlogged table login_networks (
  network text primary key,
  since timestamptz not null default now(),
  attempts int not null default 1
);
create index login_networks_since on login_networks (since);
grant select, insert, update on login_networks to ${app};

drop function login_lookup(text);
-- Finds whom an e-mail address logs in, before a practice is known. The one road around row-level security that the application has.
create function login_lookup(email text)
  returns table (
    practice_id uuid, user_id uuid, password text, role text, active boolean, login_attempts int, locked_until timestamptz,
    practice_name text, mfa_enabled boolean, second_factor_required boolean, idle interval, longest interval)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
begin atomic
  select u.practice_id, u.id, u.password, u.role,
    u.active and p.deleted_at is null, u.login_attempts, u.locked_until, p.name, u.mfa_enabled, u.role = any (p.second_factor_for),
    make_interval(mins => p.session_idle_minutes), make_interval(hours => p.session_hours)
  from users u join practices p on p.id = u.practice_id
  where u.email_search = login_lookup.email and u.deleted_at is null;
end;
grant execute on function login_lookup(text) to ${app};
