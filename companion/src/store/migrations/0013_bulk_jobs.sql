-- Jobs of Bulk API 2.0 that may still be writing Accounts, whatever became of the process that closed them.
create table bulk_job (
  connection_id text not null,
  job_id text not null,                             -- Salesforce's
  lease_id uuid not null,                           -- of the customers whose Accounts are in it
  lease_until timestamptz not null,                 -- the process that reads its answers is alive until then
  run_id uuid,                                      -- the export run that most of its customers belong to
  records integer not null,
  processed integer not null default 0,
  started_at timestamptz not null default now(),
  primary key (connection_id, job_id)
);
