-- Customers that were erased. Of one that is gone only a salted hash of its id is left, by which it is known again.
create table erasure_salt (
  connection_id text primary key,
  salt bytea not null
);
create table erased_customer (
  connection_id text not null,
  digest bytea not null,                     -- HMAC-SHA-256 of the customer's id with the connection's salt
  erasure_id uuid not null,
  primary key (connection_id, digest)
);

-- What was asked to be erased, and how far that is. What names the customer goes with its end.
create table erasure (
  connection_id text not null,
  erasure_id uuid not null,
  state text not null default 'clearing',    -- clearing: its Account in Salesforce; done
  customer_id text,
  identifier text,
  account_ids text[],                        -- the Accounts that may show its figures
  requested_by text not null,
  requested_at timestamptz not null default now(),
  attempts integer not null default 0,       -- how often Salesforce refused to clear it
  next_attempt_at timestamptz not null default now(),
  reason json,                               -- what it waits for
  counts json not null default '{}',         -- rows that were deleted, by table
  ended_at timestamptz,
  primary key (connection_id, erasure_id)
);
create index erasure_open on erasure (connection_id, next_attempt_at) where ended_at is null;
create index erasure_newest on erasure (connection_id, requested_at desc, erasure_id desc);

-- A push outlives its body: null once that was dropped.
alter table push alter column body drop not null;
