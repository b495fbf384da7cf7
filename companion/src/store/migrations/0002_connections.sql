-- Connections are made in the console and live here. What is called sealed is encrypted with a key that the
-- database does not have.
alter table connection
  add column name text not null default '',
  add column created_at timestamptz not null default now(),
  add column revision integer not null default 1,   -- raised by each change of what a connection is or may do
  add column state text not null default 'disconnected',
  add column state_reason json,
  add column state_since timestamptz not null default now(),
  add column upflow_environment text,
  add column upflow_credentials text,               -- sealed JSON { apiKey, apiSecret }
  add column upflow_checked_at timestamptz,
  add column upflow_problem json,                   -- why Upflow refused the credentials when last asked
  add column salesforce_flow text,
  add column salesforce_origin text,                -- where people and apps of this org sign in
  add column salesforce_client_id text,
  add column salesforce_app text,                   -- sealed JSON with the rest of the app's credentials
  add column salesforce_user_id text,
  add column salesforce_username text,
  add column connected_at timestamptz,
  add column connected_by text,
  add column confirmed_currency text,               -- the org's currency that an admin accepted although Upflow's is another
  add column identifier json,
  add column export_mapping json not null default '{}',
  add column exporting boolean not null default false,
  add column api_call_cap integer,                  -- calls to Salesforce in 24 hours; null leaves it to the default
  add column provisioned_salesforce text;           -- digest of what the file of connections last said of Salesforce

-- The live session with Salesforce of each connection, shared by all processes.
create table salesforce_session (
  connection_id text primary key,
  access_token text,                                -- sealed
  refresh_token text,                               -- sealed
  instance_origin text,
  generation integer not null default 1,            -- raised by each new access token
  issued_at timestamptz not null default now()
);

create table push_secret (
  connection_id text not null,
  secret_id uuid not null,
  sealed text not null,
  created_at timestamptz not null default now(),
  primary key (connection_id, secret_id)
);

create table api_token (
  connection_id text not null,
  token_id uuid not null,
  name text not null,
  digest bytea not null,                            -- SHA-256; the token itself is shown once
  created_at timestamptz not null default now(),
  primary key (connection_id, token_id)
);

-- An admin was sent to Salesforce to approve the app; no answer may ever come.
create table salesforce_authorization (
  authorization_id uuid primary key,
  connection_id text not null,
  state_digest bytea not null unique,
  session_digest bytea not null,                    -- the browser session that began it
  origin text not null,
  verifier text not null,                           -- sealed
  started_by text not null,
  started_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  problem json
);

-- Who changed what. Rows are only ever added; each carries the hash of the one before.
create table audit (
  sequence integer primary key,
  at timestamptz not null,
  connection_id text,
  actor text not null,
  action text not null,
  subject text,
  details json not null default '{}',
  previous_hash text not null,
  hash text not null
);
create index audit_connection on audit (connection_id, sequence);
create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log can only be added to';
end $$;
create trigger audit_is_append_only before update or delete on audit
  for each row execute function refuse_audit_change();
