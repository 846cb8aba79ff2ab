-- The answer of a POST for as long as its Idempotency-Key is remembered, with the digest of the request that it answered. Both are encrypted under the
-- practice's key: in the clear, the digest would let whoever reads this table find a Social Security number by trying them all.
create table idempotency_keys (
  practice_id uuid not null,
  user_id uuid not null,
  key text not null,
  -- Which of the requests under this key was the first.
  request_id uuid not null,
  response bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (practice_id, user_id, key)
);

create index idempotency_keys_expiry on idempotency_keys (expires_at);

call confine_to_practice('idempotency_keys');
grant select, insert, update on idempotency_keys to ${app};

-- The last layer of the cache. Unlogged: after a crash it is empty, which is all that a cache may be. Values are encrypted.
create unlogged table cache_entries (
  practice_id uuid not null,
  key text not null,
  value bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (practice_id, key)
);

create index cache_entries_expiry on cache_entries (expires_at);

call confine_to_practice('cache_entries');
grant select, insert, update, delete on cache_entries to ${app};
