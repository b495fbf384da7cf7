alter table customer
  add column overdue float8,                        -- of the newest state, in the currency's own unit
  add column shown_overdue float8,                  -- the same, as its Account shows it
  add column run_id uuid,                           -- the export run that has it written
  add column run_waits boolean not null default false;  -- dirty for the sake of that run alone
create index customer_run on customer (connection_id, run_id) where run_id is not null;

-- Exports that a person started: they go through the customers in slices.
create table export_run (
  connection_id text not null,
  run_id uuid not null,
  kind text not null,
  state text not null default 'running',
  customer_ids text[],                              -- of a selection, in order; null for all
  forget_fields json,                               -- fields that are written anew; null for all of them
  total integer not null,
  cursor text not null default '',      -- the last customer that was taken
  started_at timestamptz not null default now(),
  started_by text not null,
  paused_at timestamptz,
  paused_seconds float8 not null default 0,
  ended_at timestamptz,
  primary key (connection_id, run_id)
);
create unique index export_run_full on export_run (connection_id)
  where kind <> 'selection' and state in ('running', 'paused');

create table export_run_outcome (
  connection_id text not null,
  run_id uuid not null,
  outcome text not null,
  customers integer not null,
  primary key (connection_id, run_id, outcome)
);

-- The last trial of each connection: Accounts that were written and rolled back.
create table preflight (
  connection_id text primary key,
  preflight_id uuid not null,
  state text not null,
  sample integer not null,
  started_at timestamptz not null default now(),
  started_by text not null,
  ended_at timestamptz,
  tried integer not null default 0,
  would_pass integer not null default 0,
  calls integer not null default 0,
  failures json not null default '[]',
  reason json
);

-- Calls to the Salesforce API that this companion made or set aside, by the hour.
create table api_call (
  connection_id text not null,
  hour timestamptz not null,
  calls integer not null,
  primary key (connection_id, hour)
);

-- What the org says of its own calls in 24 hours. The row is also what processes lock to share the budget.
create table api_budget (
  connection_id text primary key,
  org_used integer,
  org_max integer,
  read_at timestamptz
);
