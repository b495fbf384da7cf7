-- One row per connection that this database has served.
create table connection (
  connection_id text primary key,
  organization_id text,                      -- Salesforce org, pinned at the first sign-in
  hold_until timestamptz,                    -- no call to Salesforce before this moment
  hold_failures integer not null default 0,
  hold_reason json
);

-- Every push that was answered 202, as it came.
create table push (
  connection_id text not null,
  push_id text not null,
  type text not null,
  sent_at timestamptz not null,
  received_at timestamptz not null default now(),
  body text not null,
  folded_at timestamptz,                     -- its customers' states were compared with the stored ones
  primary key (connection_id, push_id)
);
create index push_waiting on push (connection_id, received_at) where folded_at is null;

-- What became of a push, per customer in it. A push without customers has one row with an empty customer_id.
create table push_effect (
  connection_id text not null,
  push_id text not null,
  customer_id text not null,
  outcome text,                              -- null while pending
  account_id text,
  reason json,
  ended_at timestamptz,
  primary key (connection_id, push_id, customer_id)
) with (fillfactor = 80);
create index push_effect_pending on push_effect (connection_id, customer_id) where outcome is null;

-- The newest state of each customer, and whether Salesforce has it.
create table customer (
  connection_id text not null,
  customer_id text not null,
  updated_at timestamptz not null,
  push_sent_at timestamptz not null,
  push_id text collate "C" not null,
  state json,                                -- null once the customer was deleted in Upflow
  identifier text,                           -- Upflow's side of the shared identifier, ready to compare
  version integer not null default 1,
  changed_at timestamptz not null default now(),
  dirty_at timestamptz,                      -- since when Salesforce may lack the newest state
  lease_id uuid,
  lease_until timestamptz,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  primary key (connection_id, customer_id)
) with (fillfactor = 70);
create index customer_dirty on customer (connection_id, dirty_at) where dirty_at is not null;
create index customer_identifier on customer (connection_id, identifier);

-- What the companion knows of an Account: its side of the identifier, whose it is, what was last written.
create table account (
  connection_id text not null,
  account_id text not null,
  identifier text,
  currency text,
  customer_id text,
  written json not null default '{}',
  primary key (connection_id, account_id)
) with (fillfactor = 70);
create unique index account_customer on account (connection_id, customer_id) where customer_id is not null;
create index account_identifier on account (connection_id, lower(identifier));

-- Identifier values that Salesforce was asked for, so that it is not asked again for each push.
create table identifier_lookup (
  connection_id text not null,
  identifier text not null,
  looked_up_at timestamptz not null,
  primary key (connection_id, identifier)
);
