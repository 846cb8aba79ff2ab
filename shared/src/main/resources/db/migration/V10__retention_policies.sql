-- All periods are in days. A practice's policy goes before the platform's for the same table.
create table data_retention_policies (
  practice_id uuid not null references practices (id),
  id uuid not null,
  table_name text not null check (table_name in ('clients', 'appointments', 'audit_logs', 'reconciliation_jobs')),
  retention_period int not null check (retention_period > 0),
  archive_after int check (archive_after > 0),
  delete_after int,
  active boolean not null default true,
  -- Who confirmed, and when, that this policy deletes clinical records.
  deletion_acknowledged_by uuid,
  deletion_acknowledged_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (practice_id, id),
  constraint data_retention_policies_periods check (delete_after >= retention_period and (archive_after is null or delete_after >= archive_after)),
  constraint data_retention_policies_clinical check (
    delete_after is null or table_name not in ('clients', 'appointments') or deletion_acknowledged_at is not null),
  -- 45 CFR 164.316(b)(2)(i): documentation is kept for six years.
  constraint data_retention_policies_documentation check (table_name <> 'audit_logs' or retention_period >= 2192)
);

create unique index data_retention_policies_table on data_retention_policies (practice_id, table_name) where deleted_at is null;

call confine_to_practice('data_retention_policies');
call audit_changes('data_retention_policies');
grant select, insert, update on data_retention_policies to ${app};

-- The platform's defaults. No clinical record is archived or deleted until a practice says so.
insert into data_retention_policies (practice_id, id, table_name, retention_period, archive_after, delete_after) values
  (platform_practice(), '00000000-0000-7000-8000-000000000001', 'clients', 3653, null, null),
  (platform_practice(), '00000000-0000-7000-8000-000000000002', 'appointments', 3653, null, null),
  (platform_practice(), '00000000-0000-7000-8000-000000000003', 'audit_logs', 2192, null, 2557),
  (platform_practice(), '00000000-0000-7000-8000-000000000004', 'reconciliation_jobs', 365, null, 730);
