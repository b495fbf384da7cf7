-- Who renews a session holds its lease, so that processes do not renew it at the same time.
alter table salesforce_session
  add column lease_id uuid,
  add column lease_until timestamptz,
  add column granted_at timestamptz;                -- when a user approved the app; null where nobody had to

alter table salesforce_authorization
  add column succeeded boolean not null default false,
  add column redirect_uri text not null default '',
  add column client_id text not null default '';
create index salesforce_authorization_connection on salesforce_authorization (connection_id, started_at);

alter table connection
  add column organization_currency text,            -- the org's own currency, as last read
  add column permissions_checked_at timestamptz,
  add column permissions_ok boolean;

-- How far the last read of Upflow's customers came.
create table upflow_read (
  connection_id text primary key,
  state text not null,                              -- running, done, failed
  customers_read integer not null default 0,
  total integer,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  problem json
);
