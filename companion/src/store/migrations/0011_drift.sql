-- How often what Accounts show is compared with what they should show.
create table drift_setting (
  connection_id text primary key,
  schedule text not null default 'daily',    -- off, daily, weekly
  next_at timestamptz not null
);

-- A record of each such audit.
create table drift_audit (
  connection_id text not null,
  audit_id uuid not null,
  state text not null default 'waiting',     -- waiting, running, done, failed, refused
  of_audit uuid,                             -- a second look at the Accounts that this one found
  requested_by text not null,
  requested_at timestamptz not null default now(),
  attempt integer not null default 0,        -- raised by each beginning: who began earlier keeps nothing any more
  started_at timestamptz,
  ended_at timestamptz,
  total integer not null default 0,          -- linked Accounts
  compared integer not null default 0,
  left_out integer not null default 0,       -- their customers are being written, or wait for a person
  drifted integer not null default 0,        -- Accounts
  gone integer not null default 0,
  calls integer not null default 0,
  counts json not null default '{}',         -- drifted Accounts by field
  reason json,
  primary key (connection_id, audit_id)
);
create unique index drift_audit_open on drift_audit (connection_id) where ended_at is null;
create index drift_audit_newest on drift_audit (connection_id, requested_at desc, audit_id desc);

-- What an audit found: one row for each field of an Account that does not show what it should.
create table drift_row (
  connection_id text not null,
  audit_id uuid not null,
  account_id text not null,
  field text not null,                       -- empty where the Account is gone
  customer_id text not null,
  kind text not null,                        -- blanked, changed, gone
  shows text,
  should_show text,
  repair_run_id uuid,                        -- the export run that writes the field anew
  primary key (connection_id, audit_id, account_id, field)
);
create index drift_row_field on drift_row (connection_id, audit_id, field, account_id);
create index drift_row_customer on drift_row (connection_id, customer_id);
create index drift_row_repair on drift_row (connection_id, repair_run_id, customer_id)
  where repair_run_id is not null;
