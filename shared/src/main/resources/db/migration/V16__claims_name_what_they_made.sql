-- What the first request under an Idempotency-Key made. A repeat shows it again, and its audit row is written by the statement that finds the claim, which
-- cannot open the answer: so the id stands here in the clear, as it does in the record's own table. (Claims from before this migration name none, and were
-- all for clients; instances of before it go on making such.)
alter table idempotency_keys
  add column table_name text not null default 'clients',
  add column record_id uuid;
