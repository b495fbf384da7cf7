-- What an admin chose to import from Salesforce into Upflow.
create table import_settings (
  connection_id text primary key,
  owners boolean not null default false,
  contacts boolean not null default false,
  contact_filter json,                       -- {field, operator, values}; null for all contacts
  positions json,                            -- {field, table}: a Contact field, or what its values stand for
  fields json not null default '[]',         -- [{level, field, type, upflowId, upflowName, upflowType}]
  revision integer not null default 1        -- raised by each change: what was read before is read anew
);

-- How far the import of a connection is, and which process does it.
create table import_state (
  connection_id text primary key,
  lease_id uuid,
  lease_until timestamptz,
  revision integer,                          -- of the settings under which rows were read
  epoch integer,                             -- of the shared identifier under which rows were read
  columns json,                              -- what is read, by the names that the org has for it
  account_cursor text,                       -- the largest SystemModstamp whose rows are all stored
  contact_cursor text,
  user_cursor text,
  generation integer not null default 0,     -- of the last complete pass that was begun
  full_at timestamptz,                       -- when the last complete pass ended
  removal boolean not null default false     -- the connection was ended: what was imported is to go
);

-- Accounts, Contacts and owners as Salesforce had them last; only what is imported of them.
create table import_account (
  connection_id text not null,
  account_id text not null,
  stamp timestamptz not null,
  owner_id text,
  values json not null default '{}',
  generation integer not null,
  primary key (connection_id, account_id)
) with (fillfactor = 80);
create index import_account_owner on import_account (connection_id, owner_id);

create table import_contact (
  connection_id text not null,
  contact_id text not null,
  stamp timestamptz not null,
  account_id text,
  email text,
  email_key text,                            -- lower case; null where the contact cannot be imported
  first_name text,
  last_name text,
  title text,
  phone text,
  created_at timestamptz not null,
  values json not null default '{}',
  trouble text,                              -- why it cannot be imported
  generation integer not null,
  primary key (connection_id, contact_id)
) with (fillfactor = 80);
create index import_contact_account on import_contact (connection_id, account_id, created_at, contact_id);
create index import_contact_email on import_contact (connection_id, email_key, created_at, contact_id)
  where email_key is not null;

create table import_user (
  connection_id text not null,
  user_id text not null,
  stamp timestamptz not null,
  email text,
  first_name text,
  last_name text,
  active boolean not null,
  upflow_id text,                            -- of the user in Upflow with this email
  primary key (connection_id, user_id)
);

-- Which Account each customer has, and what Upflow was sent for it.
create table import_customer (
  connection_id text not null,
  customer_id text not null,
  account_id text,
  trouble text,                              -- why it has none
  dirty_at timestamptz,                      -- since when Upflow may lack something
  in_flight boolean not null default false,  -- calls were begun whose end was not kept
  sent_user text,
  sent_fields json not null default '{}',    -- digests of the values that Upflow has, by custom field
  contacts_taken boolean not null default false, -- its contacts are Salesforce's now
  problem text,
  primary key (connection_id, customer_id)
) with (fillfactor = 80);
create index import_customer_account on import_customer (connection_id, account_id);
create index import_customer_dirty on import_customer (connection_id, customer_id) where dirty_at is not null;

create table import_sent_contact (
  connection_id text not null,
  contact_id text not null,
  customer_id text not null,
  upflow_id text not null,
  email_key text not null,
  digest text not null,                      -- of what Upflow was sent last
  primary key (connection_id, contact_id)
) with (fillfactor = 80);
create index import_sent_contact_customer on import_sent_contact (connection_id, customer_id);

create table import_run (
  connection_id text not null,
  run_id uuid not null,
  kind text not null,                        -- changes, full, purge, removal
  state text not null default 'waiting',     -- waiting, running, done, failed, stopped
  phase text,
  done integer not null default 0,           -- of the phase
  total integer,
  counts json not null default '{}',
  reason json,
  started_by text not null,
  created_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  ended_at timestamptz,
  primary key (connection_id, run_id)
);
create unique index import_run_open on import_run (connection_id) where state in ('waiting', 'running');
create index import_run_newest on import_run (connection_id, created_at desc);

-- What could not be imported, and why: the present state of each customer, and what earlier runs said of it.
create table import_skip (
  skip_id bigint generated always as identity primary key,
  connection_id text not null,
  run_id uuid not null,
  customer_id text not null,
  kind text not null,                        -- owner, contact, field, customer
  record_id text not null,                   -- of the Salesforce record
  code text not null,
  detail text,                               -- never a personal value
  present boolean not null default true,
  at timestamptz not null default now()
);
create index import_skip_run on import_skip (connection_id, run_id, code, skip_id);
create index import_skip_customer on import_skip (connection_id, customer_id) where present;
