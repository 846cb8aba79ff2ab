create table reconciliation_jobs (
  practice_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  status text not null default 'PENDING' check (status in ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED')),
  algorithm text not null check (algorithm in ('FUZZY_MATCH', 'ML_MODEL', 'HYBRID')),
  -- The mean over the matches, once there are any.
  confidence numeric(5, 4) check (confidence between 0 and 1),
  -- Encrypted under the practice's key.
  input_data bytea not null,
  results bytea,
  error text,
  -- Milliseconds.
  processing_time int check (processing_time >= 0),
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (practice_id, id),
  foreign key (practice_id, user_id) references users (practice_id, id)
);

create index reconciliation_jobs_created on reconciliation_jobs (practice_id, created_at, id);
create index reconciliation_jobs_status on reconciliation_jobs (practice_id, status, created_at, id);
create index reconciliation_jobs_user on reconciliation_jobs (practice_id, user_id, created_at, id);

call confine_to_practice('reconciliation_jobs');
-- Input and results are files of records: that they changed is audited, not what they were.
call audit_changes('reconciliation_jobs', redacted => '{input_data,results}');
grant select, insert, update on reconciliation_jobs to ${app};
