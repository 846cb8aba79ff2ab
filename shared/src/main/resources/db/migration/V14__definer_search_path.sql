-- The one function that answers before a practice is known finds what it names where its owner means it, whatever search_path the caller has set. It runs
-- once for a login, which costs a bcrypt. (The audit's trigger functions run with every write, which it would slow: docs/decisions/0003.)
alter function login_lookup(text) set search_path = pg_catalog, public, pg_temp;
