create table users (
  practice_id uuid not null references practices (id),
  id uuid not null,
  email text not null,
  email_search text collate "C" not null,
  -- A bcrypt hash; null until the user has chosen a password.
  password text,
  -- A user of the platform's practice is an operator, whatever stands here.
  role text not null default 'STAFF' check (role in ('ADMIN', 'STAFF', 'MANAGER', 'PRACTITIONER')),
  mfa_enabled boolean not null default false,
  mfa_secret bytea,
  last_login timestamptz,
  login_attempts int not null default 0 check (login_attempts >= 0),
  locked_until timestamptz,
  active boolean not null default true,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (practice_id, id)
);

-- One login for one e-mail address, whatever the practice: the practice is known only after the login.
create unique index users_email_unique on users (email_search) where deleted_at is null;
create index users_role on users (practice_id, role);

call confine_to_practice('users');
-- The login itself is audited as LOGIN or LOGIN_FAILED.
call audit_changes('users', unaudited => '{email_search,last_login,login_attempts}', redacted => '{password,mfa_secret}');
grant select, insert, update on users to ${app};

-- Finds whom an e-mail address logs in, before a practice is known. The one road around row-level security that the application has.
create function login_lookup(email text)
  returns table (
    practice_id uuid, user_id uuid, password text, role text, active boolean, login_attempts int, locked_until timestamptz,
    practice_name text, mfa_enabled boolean)
  language sql stable security definer
begin atomic
  select u.practice_id, u.id, u.password, case when u.practice_id = platform_practice() then 'OPERATOR' else u.role end,
    u.active and p.deleted_at is null, u.login_attempts, u.locked_until, p.name, u.mfa_enabled
  from users u join practices p on p.id = u.practice_id
  where u.email_search = login_lookup.email and u.deleted_at is null;
end;

grant execute on function login_lookup(text) to ${app};

-- Tokens that let somebody in once: an invitation, a first login, a new password. Whoever holds the token is told by its SHA-256 alone.
create table one_time_tokens (
  practice_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  purpose text not null check (purpose in ('FIRST_LOGIN', 'INVITATION', 'PASSWORD_RESET')),
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (practice_id, id),
  foreign key (practice_id, user_id) references users (practice_id, id)
);

create index one_time_tokens_user on one_time_tokens (practice_id, user_id);

call confine_to_practice('one_time_tokens');
call audit_changes('one_time_tokens', redacted => '{token_hash}');
grant select, insert, update on one_time_tokens to ${app};
